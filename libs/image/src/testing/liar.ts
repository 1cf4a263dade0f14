import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BuiltImage } from '../build/built-image.ts';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface Liar extends AsyncDisposable {
  host: string;
  /** What was asked: `GET /v2/x/manifests/1`, with the Authorization it carried. */
  asked: { line: string; authorization: string | undefined; range: string | undefined }[];
}

/**
 * A registry that serves `image` honestly under any repository and tag, but for the paths that `lies` has an answer for:
 * `manifest` (by tag), `manifest:<digest>`, `blob:<digest>`, or a whole path.
 */
export async function startLiar(
  image: BuiltImage | undefined,
  lies: Record<string, Answer> = {},
): Promise<Liar> {
  const asked: Liar['asked'] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://x');
    asked.push({
      line: `${request.method} ${url.pathname}`,
      authorization: request.headers.authorization,
      range: request.headers.range,
    });
    const [, kind, which = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(url.pathname) ?? [];
    const byDigest = which.includes(':');
    const key =
      kind === 'blobs'
        ? `blob:${which}`
        : kind === 'manifests' && byDigest
          ? `manifest:${which}`
          : 'manifest';
    const lie = lies[url.pathname] ?? (kind ? lies[key] : undefined);
    if (lie) return lie(request, response);
    if (!image || !kind) return void response.writeHead(404).end('{"errors":[{"code":"NAME_UNKNOWN"}]}');
    const digest = byDigest ? which : image.manifest.digest;
    try {
      const contents = image.blob(digest);
      if (!('bytes' in contents)) throw new Error('not in memory');
      response.writeHead(200, {
        'content-type': kind === 'manifests' ? image.manifest.mediaType : 'application/octet-stream',
        'content-length': contents.bytes.length,
      });
      response.end(contents.bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
