import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { linuxHost } from '@gantry/host';
import type { BuiltImage } from './build/built-image.ts';
import { sha256 } from './digest.ts';
import type { Descriptor } from './image.ts';
import { mediaTypes } from './manifest.ts';
import { hostPlatform } from './platform.ts';
import type { Progress } from './pull.ts';
import { openImageStore, type LocalImageStore } from './store.ts';
import { buildImage } from './testing/build-image.ts';
import { plantCanary, fingerprint } from './testing/canary.ts';
import { startLiar, type Answer } from './testing/liar.ts';

let work: string;
let store: LocalImageStore;
let image: BuiltImage;

beforeEach(async () => {
  work = mkdtempSync(join(tmpdir(), 'gantry-liar-'));
  store = await openImageStore({ root: join(work, 's'), host: linuxHost, log: silentLogger });
  image = await buildImage({
    reference: 'x',
    files: { big: noise(300_000), small: '1' },
    compression: 'none',
  });
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  rmSync(work, { recursive: true, force: true });
});

function noise(bytes: number): Buffer {
  return Buffer.from(Array.from({ length: bytes }, (_, i) => (i * i * 31 + i * 7) & 0xff));
}
const layer = () => image.layers[0]!;
const layerBytes = () => bytesOf(layer().digest);
function bytesOf(digest: string): Buffer {
  const contents = image.blob(digest);
  return 'bytes' in contents ? Buffer.from(contents.bytes) : Buffer.alloc(0);
}
const send =
  (bytes: Buffer, type: string = mediaTypes.ociManifest): Answer =>
  (_, response) =>
    void response.writeHead(200, { 'content-type': type }).end(bytes);
const json = (value: unknown, type?: string) => send(Buffer.from(JSON.stringify(value)), type);
/** Sends `chunk` again and again until nobody listens. */
function endless(response: ServerResponse, chunk: Buffer): void {
  const more = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

/** Nothing of the image may be in the store. */
async function expectNothing(): Promise<void> {
  expect(await store.list()).toEqual([]);
  expect(store.usage()).toMatchObject({ images: 0, layers: 0 });
  expect(readdirSync(join(work, 's/snapshots'))).toEqual(['0']);
}

describe('a registry that lies', () => {
  it.each<[string, () => Promise<Record<string, Answer>> | Record<string, Answer>, string, string]>([
    [
      'in a layer’s bytes',
      () => ({ [`blob:${layer().digest}`]: send(Buffer.alloc(layer().size, 'x')) }),
      'invalid',
      'unexpected digest sha256:',
    ],
    [
      'in the configuration',
      () => ({ [`blob:${image.config.digest}`]: send(Buffer.alloc(image.config.size, ' ')) }),
      'invalid',
      `expected sha256:`,
    ],
    [
      'about the manifest’s digest',
      () => ({
        manifest: (_, response) =>
          void response
            .writeHead(200, { 'docker-content-digest': sha256('other') })
            .end(bytesOf(image.manifest.digest)),
      }),
      'invalid',
      `expected ${sha256('other')}`,
    ],
    [
      'with a digest that is none',
      () => ({
        manifest: (_, response) =>
          void response.writeHead(200, { 'docker-content-digest': '../../x' }).end('{}'),
      }),
      'invalid',
      'invalid digest',
    ],
    [
      'with a manifest that is none',
      () => ({ manifest: send(Buffer.from('<html>')) }),
      'invalid',
      'not JSON',
    ],
    [
      'with a manifest larger than any',
      () => ({ manifest: (_, response) => endless(response.writeHead(200), Buffer.alloc(65_536, ' ')) }),
      'invalid',
      'larger than 4194304 bytes',
    ],
    [
      'with a layer that never ends',
      () => ({ [`blob:${layer().digest}`]: (_, response) => endless(response.writeHead(200), layerBytes()) }),
      'invalid',
      'bytes promised by its descriptor',
    ],
    [
      'with a configuration larger than any',
      () => ({
        manifest: json({ schemaVersion: 2, config: { ...image.config, size: 9 << 20 }, layers: [] }),
      }),
      'invalid',
      'a configuration of',
    ],
    [
      'with a layer larger than this host takes',
      () => ({
        manifest: json({ schemaVersion: 2, config: image.config, layers: [{ ...layer(), size: 2 ** 40 }] }),
      }),
      'invalid',
      'are taken',
    ],
    [
      'with fewer layers than the configuration has',
      () => ({ manifest: json({ schemaVersion: 2, config: image.config, layers: [] }) }),
      'invalid',
      '0 layers in the manifest, 1',
    ],
    [
      'with a foreign layer',
      () => ({
        manifest: json({
          schemaVersion: 2,
          config: image.config,
          layers: [
            {
              ...layer(),
              mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
              urls: ['http://127.0.0.1:1/x'],
            },
          ],
        }),
      }),
      'invalid',
      'is foreign',
    ],
    [
      'with redirects in a circle',
      () => ({
        manifest: (request, response) => void response.writeHead(302, { location: request.url! }).end(),
      }),
      'unavailable',
      'stopped after 10 redirects',
    ],
    [
      'with a redirect to a file',
      () => ({
        manifest: (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
      }),
      'unavailable',
      'refusing the redirect',
    ],
    [
      'that wants more credentials whatever it gets',
      () => ({
        manifest: (_, response) =>
          void response.writeHead(401, { 'www-authenticate': 'Basic realm="again"' }).end(),
      }),
      'unauthorized',
      'pull access denied',
    ],
    [
      'that sends its users elsewhere with their password',
      () => ({
        manifest: (_, response) =>
          void response.writeHead(401, { 'www-authenticate': 'Bearer realm="http://192.0.2.1/token"' }).end(),
      }),
      'unauthorized',
      'it is not https',
    ],
    [
      'that is broken',
      () => ({
        manifest: (_, response) =>
          void response.writeHead(500).end('{"errors":[{"code":"UNKNOWN","message":"on\\u001b[31m fire"}]}'),
      }),
      'unavailable',
      ': 500: UNKNOWN: on [31m fire',
    ],
  ])('%s is found out', async (_, lies, reason, message) => {
    await using liar = await startLiar(image, await lies());
    const credentials = [
      { username: 'u', password: 'p' },
      { username: 'v', password: 'q' },
    ];
    await expect(store.pull(`${liar.host}/x:1`, { credentials })).rejects.toThrow(
      expect.objectContaining({ name: 'ImageError', reason, message: expect.stringContaining(message) }),
    );
    expect(liar.asked.length).toBeLessThan(20);
    await expectNothing();
    // And the store is none the worse for it.
    await using honest = await startLiar(image);
    expect((await store.pull(`${honest.host}/x:1`)).digest).toBe(image.manifest.digest);
  });

  it('about an image by digest is found out', async () => {
    await using liar = await startLiar(image, {
      [`manifest:${image.manifest.digest}`]: json({ schemaVersion: 2 }),
    });
    await expect(store.pull(`${liar.host}/x@${image.manifest.digest}`)).rejects.toThrow(
      `expected ${image.manifest.digest}`,
    );
    await expectNothing();
  });

  it('about a layer’s contents is found out after unpacking, and nothing of it stays', async () => {
    const config = JSON.parse(bytesOf(image.config.digest).toString()) as { rootfs: { diff_ids: string[] } };
    config.rootfs.diff_ids = [sha256('other')];
    const bytes = Buffer.from(JSON.stringify(config));
    const digest = sha256(bytes);
    const manifest = {
      schemaVersion: 2,
      config: { ...image.config, digest, size: bytes.length },
      layers: image.layers,
    };
    await using liar = await startLiar(image, { manifest: json(manifest), [`blob:${digest}`]: send(bytes) });
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toThrow(
      `failed to extract layer ${layer().digest}: wrong diff id: unexpected digest ${image.diffIds[0]}, expected ${sha256('other')}`,
    );
    await expectNothing();
  });

  it('with a hostile layer changes nothing outside', async () => {
    using canary = plantCanary();
    await using hostile = await buildImage({
      reference: 'x',
      layers: [
        [{ name: 'ok', contents: '1' }],
        [
          { name: 's', type: 'symlink', linkname: canary.path },
          { name: 's/victim', contents: 'evil' },
          { name: `${'../'.repeat(20)}${canary.path}/victim`, contents: 'evil' },
        ],
      ],
    });
    await using liar = await startLiar(hostile);
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toMatchObject({
      reason: 'invalid',
      message: expect.stringContaining('leads out of the layer'),
    });
    expect(fingerprint(canary.path)).toBe(canary.print);
    expect(await store.list()).toEqual([]);
    await store.collectGarbage();
    expect(store.usage()).toMatchObject({ contentBytes: 0, layers: 0 });
  });
});

describe('what is on its way under a digest', () => {
  /** An image of somebody else's whose only layer claims to be `digest`, and says so of no more than `size` bytes. */
  const claiming = (digest: string, size: number) =>
    json({
      schemaVersion: 2,
      config: image.config,
      layers: [{ mediaType: mediaTypes.ociLayer, digest, size }],
    });
  const blobOnDisk = (digest: string) =>
    readFileSync(join(work, 's/content/blobs', ...digest.split(':')), 'utf8');

  it('cannot be written into what another pull has verified and stored meanwhile', async () => {
    const { digest } = image.manifest;
    const evil = Buffer.from(bytesOf(digest).toString().replace('"schemaVersion":2', '"schemaVersion":3'));
    const asked = Promise.withResolvers<ServerResponse>();
    await using liar = await startLiar(image, {
      manifest: claiming(digest, evil.length),
      [`blob:${digest}`]: (_, response) => asked.resolve(response),
    });
    const attack = store.pull(`${liar.host}/evil:1`).catch((error: unknown) => error);
    const response = await asked.promise;
    await using honest = await startLiar(image);
    await store.pull(`${honest.host}/x:1`);
    response.writeHead(200, { 'content-length': evil.length }).end(evil);
    expect(await attack).toMatchObject({ name: 'ImageError', reason: 'invalid' });
    expect(blobOnDisk(digest)).toBe(bytesOf(digest).toString());
  });

  it('holds up nobody who gets it from elsewhere', async () => {
    const { digest } = layer();
    const asked = Promise.withResolvers<void>();
    await using liar = await startLiar(image, {
      [`blob:${digest}`]: (_, response) => {
        response.writeHead(200, { 'content-length': layer().size }).flushHeaders();
        asked.resolve();
      },
    });
    const abort = new AbortController();
    const slow = store.pull(`${liar.host}/x:1`, { signal: abort.signal }).catch((error: unknown) => error);
    await asked.promise;
    await using honest = await startLiar(image);
    expect((await store.pull(`${honest.host}/x:1`)).digest).toBe(image.manifest.digest);
    abort.abort(new Error('enough'));
    expect(await slow).toMatchObject({ message: 'enough' });
  });

  it('and has come wrong in part does not spoil the pull that goes on with it', async () => {
    const { digest, size } = layer();
    {
      await using liar = await startLiar(image, {
        [`blob:${digest}`]: (_, response) =>
          void response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(Buffer.alloc(size - 1, 'x')),
      });
      await expect(store.pull(`${liar.host}/x:1`)).rejects.toThrow('unexpected');
    }
    const resumable: Answer = (request, response) => {
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const bytes = layerBytes().subarray(from);
      if (from > 0) response.setHeader('content-range', `bytes ${from}-${size - 1}/${size}`);
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': bytes.length }).end(bytes);
    };
    await using honest = await startLiar(image, { [`blob:${digest}`]: resumable });
    expect((await store.pull(`${honest.host}/x:1`)).digest).toBe(image.manifest.digest);
  });
});

describe('a registry that fails', () => {
  it('in the middle of a layer is asked for the rest', async () => {
    let times = 0;
    let arrivedBytes = 0;
    const flaky: Answer = (request, response) => {
      const bytes = layerBytes();
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const to = ++times < 3 ? from + 100_000 : bytes.length;
      const headers = { 'content-length': bytes.length - from };
      if (from > 0)
        response.writeHead(206, {
          ...headers,
          'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}`,
        });
      else response.writeHead(200, headers);
      response.write(bytes.subarray(from, to));
      if (to >= bytes.length) response.end();
      // What is still on its way when the connection breaks is lost: some of it has to have arrived.
      else void eventually(() => arrivedBytes > from).finally(() => response.destroy());
    };
    await using liar = await startLiar(image, { [`blob:${layer().digest}`]: flaky });
    const onProgress = ({ doneBytes }: Progress) => (arrivedBytes = doneBytes);
    expect((await store.pull(`${liar.host}/x:1`, { onProgress })).digest).toBe(image.manifest.digest);
    const ranges = liar.asked.filter(({ line }) => line.includes(layer().digest)).map(({ range }) => range);
    expect(ranges).toHaveLength(3);
    expect(ranges[0]).toBeUndefined();
    expect(ranges[2]).toMatch(/^bytes=[1-9]/);
  });

  it('again and again in one layer is borne as long as each time something came', async () => {
    let arrivedBytes = 0;
    const flaky: Answer = (request, response) => {
      const bytes = layerBytes();
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
      const headers = { 'content-length': bytes.length - from };
      const range = { 'content-range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
      response.writeHead(from > 0 ? 206 : 200, from > 0 ? { ...headers, ...range } : headers);
      if (from + 50_000 >= bytes.length) return void response.end(bytes.subarray(from));
      response.write(bytes.subarray(from, from + 50_000));
      void eventually(() => arrivedBytes > from).finally(() => response.destroy());
    };
    await using liar = await startLiar(image, { [`blob:${layer().digest}`]: flaky });
    const onProgress = ({ digest, doneBytes }: Progress) => {
      if (digest === layer().digest) arrivedBytes = doneBytes;
    };
    expect((await store.pull(`${liar.host}/x:1`, { onProgress })).digest).toBe(image.manifest.digest);
    expect(liar.asked.filter(({ line }) => line.includes(layer().digest)).length).toBeGreaterThan(5);
  });

  it('to end a layer is told apart from one that lies, and the next pull goes on where it stopped', async () => {
    let whole = false;
    let asked: string | undefined;
    const half: Answer = (request, response) => {
      const bytes = layerBytes();
      if (whole) {
        asked = request.headers.range;
        response.writeHead(206, { 'content-range': `bytes 200000-${bytes.length - 1}/${bytes.length}` });
        return void response.end(bytes.subarray(200_000));
      }
      if (request.headers.range) return void response.writeHead(503).end();
      response.writeHead(200, { 'transfer-encoding': 'chunked' }).end(bytes.subarray(0, 200_000));
    };
    await using liar = await startLiar(image, { [`blob:${layer().digest}`]: half });
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toThrow(/503|unexpected EOF/);
    expect(readdirSync(join(work, 's/content/ingest'))).toHaveLength(1);
    whole = true;
    expect((await store.pull(`${liar.host}/x:1`)).digest).toBe(image.manifest.digest);
    expect(asked).toBe('bytes=200000-');
  });

  it('for a moment is asked again', async () => {
    let times = 0;
    const shaky: Answer = (_, response) => {
      if (++times < 3) response.writeHead(503).end();
      else send(bytesOf(image.manifest.digest))(_, response);
    };
    await using liar = await startLiar(image, { manifest: shaky });
    expect((await store.pull(`${liar.host}/x:1`)).digest).toBe(image.manifest.digest);
  });
});

describe('credentials', () => {
  it('go to the registry and its token service, and nowhere that a redirect leads', async () => {
    await using storage = await startLiar(undefined, {
      '/storage': (_, response) => void response.writeHead(200).end(layerBytes()),
    });
    const guarded =
      (answer: Answer): Answer =>
      (request, response) => {
        if (request.headers.authorization === 'Bearer good') return answer(request, response);
        const realm = `http://${request.headers.host}/token`;
        response
          .writeHead(401, {
            'www-authenticate': `Bearer realm="${realm}",service="s",scope="repository:x:pull"`,
          })
          .end();
      };
    await using liar = await startLiar(image, {
      '/token': (request, response) => {
        const good = request.headers.authorization === `Basic ${Buffer.from('me:secret').toString('base64')}`;
        response.writeHead(good ? 200 : 401).end(good ? '{"token":"good","expires_in":60}' : '{}');
      },
      manifest: guarded(send(bytesOf(image.manifest.digest))),
      [`blob:${layer().digest}`]: guarded(
        (_, response) => void response.writeHead(307, { location: `http://${storage.host}/storage` }).end(),
      ),
    });
    const pulled = await store.pull(`${liar.host}/x:1`, {
      credentials: [
        { username: 'no', password: 'no' },
        { username: 'me', password: 'secret' },
      ],
    });
    expect(pulled.digest).toBe(image.manifest.digest);
    expect(storage.asked).toEqual([{ line: 'GET /storage', authorization: undefined, range: undefined }]);
  });

  it('for one registry are not given to its mirror', async () => {
    await using liar = await startLiar(image, {
      manifest: (_, response) =>
        void response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
    });
    await using mirrored = await openImageStore({
      root: join(work, 'm'),
      host: linuxHost,
      log: silentLogger,
      registries: { mirrors: { '127.0.0.1:1': { endpoint: [`http://${liar.host}`] } }, configs: {} },
    });
    await expect(
      mirrored.pull('127.0.0.1:1/x', { credentials: [{ username: 'me', password: 'secret' }] }),
    ).rejects.toMatchObject({ reason: 'unauthorized' });
    expect(liar.asked.map(({ authorization }) => authorization)).toEqual([undefined]);
  });
});

describe('an index', () => {
  const index = (manifests: Descriptor[]) => json({ schemaVersion: 2, manifests }, mediaTypes.ociIndex);
  const other = { os: 'linux', architecture: 's390x' };
  const missing = { mediaType: mediaTypes.ociManifest, digest: sha256('missing'), size: 7 };

  it('is searched for this platform, also one level down', async () => {
    const inner = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        manifests: [
          { ...missing, platform: other },
          { ...image.manifest, platform: hostPlatform() },
        ],
      }),
    );
    const nested = { mediaType: mediaTypes.ociIndex, digest: sha256(inner), size: inner.length };
    await using liar = await startLiar(image, {
      manifest: index([{ ...missing, platform: { os: 'unknown', architecture: 'unknown' } }, nested]),
      [`manifest:${nested.digest}`]: send(inner, mediaTypes.ociIndex),
    });
    const pulled = await store.pull(`${liar.host}/x:1`);
    expect(pulled.digest).toBe(image.manifest.digest);
    expect(pulled.names[1]).not.toContain(image.manifest.digest);
    expect(await store.get(pulled.names[1]!)).toEqual(pulled);
  });

  it('without this platform has nothing to pull', async () => {
    await using liar = await startLiar(image, { manifest: index([{ ...missing, platform: other }]) });
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toMatchObject({
      reason: 'notFound',
      message: expect.stringContaining('no match for platform in manifest: not found'),
    });
  });

  it('may not be nested for ever', async () => {
    const levels = new Map<string, Buffer>();
    let below: Descriptor = { ...image.manifest, platform: hostPlatform() };
    for (let i = 0; i < 4; i++) {
      const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [below] }));
      below = { mediaType: mediaTypes.ociIndex, digest: sha256(bytes), size: bytes.length };
      levels.set(below.digest, bytes);
    }
    const lies = Object.fromEntries(
      [...levels].map(([digest, bytes]) => [`manifest:${digest}`, send(bytes, mediaTypes.ociIndex)]),
    );
    await using liar = await startLiar(image, { ...lies, manifest: index([below]) });
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toThrow('nested deeper than 2');
  });

  it('must say the size of its manifests truly', async () => {
    await using liar = await startLiar(image, {
      manifest: index([{ ...image.manifest, size: 1, platform: hostPlatform() }]),
    });
    await expect(store.pull(`${liar.host}/x:1`)).rejects.toThrow('its descriptor says 1');
  });
});
