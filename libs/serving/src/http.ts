import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';

/**
 * What this library needs of a request: `IncomingMessage` of node:http and `Http2ServerRequest` of node:http2 both have it, so that
 * one handler serves HTTP/1.1 and HTTP/2.
 */
export interface HttpRequest extends Readable {
  method?: string | undefined;
  url?: string | undefined;
  headers: IncomingHttpHeaders;
  socket: Socket;
  httpVersionMajor: number;
  /** Its body has been received. */
  readonly complete: boolean;
  readonly aborted: boolean;
}

/** See {@link HttpRequest}: `ServerResponse` and `Http2ServerResponse`. */
export interface HttpResponse {
  readonly headersSent: boolean;
  readonly writableEnded: boolean;
  readonly destroyed?: boolean;
  /** Of HTTP/2. */
  readonly stream?: ServerHttp2Stream;
  statusCode: number;
  setHeader(name: string, value: string | number | readonly string[]): unknown;
  writeHead(code: number, headers?: OutgoingHttpHeaders): unknown;
  write(chunk: string | Uint8Array): boolean;
  end(chunk?: string | Uint8Array): unknown;
  destroy(error?: Error): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  once(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
}

/** True once the client is out of reach. HTTP/2's response does not say so, only its stream does. */
export function isGone({ destroyed, stream }: HttpResponse): boolean {
  return destroyed === true || (stream !== undefined && (stream.destroyed || stream.closed));
}

/**
 * To be called before an answer to a request whose body was not read to its end: what the client still sends is not waited for, once it
 * has been answered.
 */
export function endUnread(req: HttpRequest, res: HttpResponse): void {
  if (req.complete || res.headersSent) return;
  const { stream } = res;
  if (stream) stream.once('finish', () => stream.close());
  else {
    res.setHeader('connection', 'close');
    // Node forgets the request now: whoever reads its body would not hear that the connection is gone.
    res.once('finish', () => req.destroy());
  }
}

/** Resolves when the response takes more, or when its connection is gone. */
export function drained(res: HttpResponse): Promise<void> {
  // Nothing would be heard of it any more.
  if (isGone(res)) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      res.off('drain', done);
      res.off('close', done);
      resolve();
    };
    res.once('drain', done);
    res.once('close', done);
  });
}

/** An AbortSignal that fires when the client is gone or the answer has been sent. */
export function closed(res: HttpResponse): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => controller.abort());
  return controller.signal;
}
