import { execFileSync, spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, silentLogger } from '@gantry/base';
import { eventually, freePort } from '@gantry/base/testing';
import { linuxHost, MNT_DETACH, mountFlags } from '@gantry/host';
import { ImageError, type Mount } from './image.ts';
import type { ImageStoreOptions } from './options.ts';
import { parseRegistries } from './registry/config.ts';
import { pushImage } from './registry/push.ts';
import { openImageStore, type LocalImageStore } from './store.ts';
import { buildImage } from './testing/build-image.ts';
import { busyboxPath, busyboxRoot } from './testing/busybox-root.ts';
import { startRegistry, type TestRegistry } from './testing/registry.ts';

let registry: TestRegistry;
let work: string;
let stores: LocalImageStore[] = [];
let serial = 0;

beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry[Symbol.asyncDispose]());
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'gantry-store-'));
});
afterEach(async () => {
  for (const store of stores) await store[Symbol.asyncDispose]();
  stores = [];
  rmSync(work, { recursive: true, force: true });
});

async function open(options: Partial<ImageStoreOptions> = {}): Promise<LocalImageStore> {
  const store = await openImageStore({
    root: join(work, 's'),
    host: linuxHost,
    log: silentLogger,
    ...options,
  });
  stores.push(store);
  return store;
}

async function close(store: LocalImageStore): Promise<void> {
  stores = stores.filter((each) => each !== store);
  await store[Symbol.asyncDispose]();
}

/** Pushes an image of the given layers under a new name and returns that. */
async function push(layers: Record<string, string>[], config = {}): Promise<string> {
  const reference = `${registry.host}/test/image-${++serial}:1`;
  const members = layers.map((files) =>
    Object.entries(files).map(([name, contents]) => ({ name, contents, mtime: new Date(0) })),
  );
  await using image = await buildImage({ reference, layers: members, config });
  await pushImage({ image });
  return reference;
}

/** Mounts a root, calls with its place, unmounts. */
function mounted<T>(mount: Mount, use: (path: string) => T): T {
  const path = join(work, 'mnt');
  mkdirSync(path, { recursive: true });
  linuxHost.syscalls.mount(mount.source, path, mount.type, 0, mount.options.join(','));
  try {
    return use(path);
  } finally {
    linuxHost.syscalls.umount(path, 0);
  }
}

describe('the image store', () => {
  it('pulls an image, says what it is, and gives it out as a root in which programs run', async () => {
    const rootDir = busyboxRoot(join(work, 'busybox'));
    const reference = `${registry.host}/library/busybox:1`;
    await using image = await buildImage({ reference, rootDir, config: { Cmd: ['sh'], Env: [busyboxPath] } });
    const digest = await pushImage({ image });
    const store = await open();
    const progress: number[] = [];
    const pulled = await store.pull(reference, {
      onProgress: ({ doneBytes, totalBytes }) => progress.push(doneBytes / totalBytes),
    });
    expect(pulled).toMatchObject({
      id: image.config.digest,
      digest,
      names: [reference, `${registry.host}/library/busybox@${digest}`],
      config: { Cmd: ['sh'], Env: [busyboxPath] },
      diffIds: image.diffIds,
      sizeBytes: image.layers[0]!.size + image.config.size,
    });
    expect(progress.at(-1)).toBe(1);
    for (const name of [
      reference,
      digest,
      image.config.digest,
      image.config.digest.slice(7),
      `${registry.host}/library/busybox@${digest}`,
    ])
      expect(await store.get(name)).toEqual(pulled);
    expect(await store.get('busybox:other')).toBeUndefined();
    expect(await store.list()).toEqual([pulled]);
    const mount = await store.prepareRoot('c1', pulled);
    const said = mounted(mount, (path) =>
      execFileSync(
        'chroot',
        [path, '/bin/sh', '-c', 'echo $(id -u) > /tmp/x; cat /tmp/x; stat -c %a / /tmp'],
        { encoding: 'utf8' },
      ),
    );
    expect(said).toBe('0\n755\n1777\n');
    expect(await store.prepareRoot('c1', pulled)).toEqual(mount);
    expect(await store.roots()).toEqual(['c1']);
    expect(readFileSync(join(store.writableLayer('c1'), 'tmp/x'), 'utf8')).toBe('0\n');
    await store.removeRoot('c1');
    await store.removeRoot('c1');
    expect(await store.roots()).toEqual([]);
    await eventually(() => readdirSync(join(work, 's', 'trash')).length === 0);
  });

  it('stacks layers: what an upper one changes, deletes and hides is so', async () => {
    const reference = await push([
      { 'etc/a': '1', 'etc/b': '1', 'old/x': '1', 'old/y': '1' },
      { 'etc/a': '2', 'etc/.wh.b': '', 'old/.wh..wh..opq': '', 'old/z': '2' },
      { 'etc/c': '3' },
    ]);
    const store = await open();
    const image = await store.pull(reference);
    mounted(await store.prepareRoot('c', image), (path) => {
      expect(readFileSync(join(path, 'etc/a'), 'utf8')).toBe('2');
      expect(readdirSync(join(path, 'etc')).sort()).toEqual(['a', 'c']);
      expect(readdirSync(join(path, 'old'))).toEqual(['z']);
    });
  });

  it('hides all below a layer that says so of its root, also in a store opened anew', async () => {
    const reference = await push([
      { a: '1', 'etc/a': '1' },
      { '.wh..wh..opq': '', b: '2' },
      { 'etc/c': '3' },
    ]);
    let store = await open();
    const image = await store.pull(reference);
    for (const key of ['c', 'd']) {
      mounted(await store.prepareRoot(key, image), (path) => {
        expect(readdirSync(path).sort()).toEqual(['b', 'etc']);
        expect(readdirSync(join(path, 'etc'))).toEqual(['c']);
      });
      await close(store);
      store = await open();
    }
    expect(store.usage()).toMatchObject({ layers: 3, roots: 2 });
  });

  it('removes what a container has hidden deeper than any path reaches', async () => {
    const store = await open();
    const image = await store.pull(await push([{ a: '1' }]));
    mounted(await store.prepareRoot('c', image), (path) => {
      const deep = `i=0; while [ $i -lt 600 ]; do mkdir dddddddd && cd -P dddddddd; i=$((i+1)); done; echo x > f`;
      execFileSync('sh', ['-c', deep], { cwd: path });
    });
    await store.removeRoot('c');
    await eventually(() => readdirSync(join(work, 's', 'trash')).length === 0);
  });

  it('mounts an image of 127 layers, where the store’s path is short', async () => {
    const reference = await push(Array.from({ length: 127 }, (_, i) => ({ [`f${i}`]: `${i}` })));
    const root = mkdtempSync('/tmp/g');
    try {
      const store = await open({ root });
      const mount = await store.prepareRoot('c'.repeat(64), await store.pull(reference));
      expect(mounted(mount, (path) => readdirSync(path).length)).toBe(127);
      await close(store);
    } finally {
      rmSync(root, { recursive: true });
    }
  });

  it('takes an image without layers', async () => {
    const store = await open();
    const image = await store.pull(await push([]));
    expect(mounted(await store.prepareRoot('c', image), (path) => readdirSync(path))).toEqual([]);
  });

  it('fetches and unpacks layers that images share once, and forgets only what nobody needs', async () => {
    const [one, two] = [await push([{ a: '1' }, { b: '1' }]), await push([{ a: '1' }, { c: '1' }])];
    const store = await open();
    const first = await store.pull(one);
    await store.pull(two);
    expect(store.usage()).toMatchObject({ images: 2, layers: 3 });
    await store.prepareRoot('c', first);
    await store.remove(one);
    expect(await store.get(one)).toBeUndefined();
    expect(await store.list()).toHaveLength(1);
    expect(await store.collectGarbage()).toBeGreaterThan(0);
    expect(store.usage()).toMatchObject({ images: 1, layers: 3, roots: 1 });
    mounted(await store.prepareRoot('c', first), (path) =>
      expect(readdirSync(path).sort()).toEqual(['a', 'b']),
    );
    await store.removeRoot('c');
    await store.collectGarbage();
    expect(store.usage()).toMatchObject({ images: 1, layers: 2, roots: 0 });
    await expect(store.prepareRoot('d', first)).rejects.toMatchObject({ reason: 'notFound' });
    expect((await store.pull(two)).names).toContain(two);
    await store.remove(two);
    await store.collectGarbage();
    expect(store.usage()).toEqual({ contentBytes: 0, layerBytes: 0, images: 0, layers: 0, roots: 0 });
    expect((await store.pull(one)).names).toContain(one);
  });

  it('moves a tag to what it stands for now', async () => {
    const store = await open();
    const reference = await push([{ a: '1' }]);
    const old = await store.pull(reference);
    await using image = await buildImage({ reference, files: { a: '2' } });
    await pushImage({ image });
    const now = await store.pull(reference);
    expect(now.id).not.toBe(old.id);
    expect((await store.get(reference))?.id).toBe(now.id);
    expect((await store.get(old.digest))?.names).toEqual([`${reference.replace(/:1$/, '')}@${old.digest}`]);
  });

  it('is all there after it was closed and opened, and after names were lost it is honest about that', async () => {
    const reference = await push([{ a: '1' }, { b: '2' }]);
    let store = await open();
    const image = await store.pull(reference);
    await store.prepareRoot('c', image);
    await close(store);
    store = await open();
    expect(await store.get(reference)).toEqual(image);
    expect(await store.roots()).toEqual(['c']);
    mounted(await store.prepareRoot('c', image), (path) =>
      expect(readdirSync(path).sort()).toEqual(['a', 'b']),
    );
    await close(store);
    writeFileSync(join(work, 's/metadata/names.json'), '{"broken');
    store = await open();
    expect(await store.list()).toEqual([]);
    expect(await store.pull(reference)).toEqual(image);
  });

  it('drops what a power cut may have spoilt, and an image that lacks a layer', async () => {
    const reference = await push([{ a: '1' }, { b: '2' }]);
    let store = await open();
    await store.pull(reference);
    await close(store);
    // As after another boot: the marks of what was not flushed bear another boot's id.
    const folder = join(work, 's/unsynced');
    const marks = readdirSync(folder);
    expect(marks).toHaveLength(6); // two layers, config, manifest; two snapshots
    for (const mark of marks)
      renameSync(join(folder, mark), join(folder, mark.replace(/^[^.]+/, 'another-boot')));
    store = await open();
    expect(await store.list()).toEqual([]);
    expect(store.usage()).toMatchObject({ contentBytes: 0, layers: 0 });
    expect(readdirSync(folder)).toEqual([]);
    expect((await store.pull(reference)).names).toContain(reference);
    await close(store);
    rmSync(join(work, 's/snapshots/1'), { recursive: true, force: true });
    for (const id of readdirSync(join(work, 's/snapshots')))
      if (id !== '0') rmSync(join(work, 's/snapshots', id), { recursive: true });
    store = await open();
    expect(await store.list()).toEqual([]);
    expect((await store.pull(reference)).names).toContain(reference);
  });

  it('has whole images only when it was killed at any moment of a pull', async () => {
    const random = (seed: number) => {
      let text = '';
      for (let i = 0; text.length < 400_000; i++)
        text += createHash('sha256').update(`${seed}.${i}`).digest('hex');
      return text;
    };
    const layers = Array.from({ length: 4 }, (_, i) =>
      Object.fromEntries(Array.from({ length: 5 }, (_, j) => [`l${i}/f${j}`, random(i * 10 + j)])),
    );
    const reference = await push(layers);
    const script = `
      import { openImageStore } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      import { linuxHost } from ${JSON.stringify(join(import.meta.dirname, '../../host/src/index.ts'))};
      import { silentLogger } from ${JSON.stringify(join(import.meta.dirname, '../../base/src/index.ts'))};
      const store = await openImageStore({ root: ${JSON.stringify(join(work, 's'))}, host: linuxHost, log: silentLogger });
      console.log('open');
      await store.pull(${JSON.stringify(reference)});
      console.log('pulled');
    `;
    for (const killAfterMs of [5, 25, 60, 100, 150]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await new Promise((resolve) => child.stdout.once('data', resolve));
      const exited = new Promise((resolve) => child.once('exit', resolve));
      await new Promise((resolve) => setTimeout(resolve, killAfterMs)); // the moment is what is varied here
      child.kill('SIGKILL');
      await exited;
      const store = await open();
      for (const image of await store.list()) {
        const files = mounted(await store.prepareRoot('check', image), (path) =>
          layers
            .flatMap((files) => Object.entries(files))
            .every(([name, contents]) => readFileSync(join(path, name), 'utf8') === contents),
        );
        expect(files).toBe(true);
        await store.removeRoot('check');
        await store.remove(reference);
      }
      expect(readdirSync(join(work, 's/snapshots')).filter((id) => id.startsWith('.'))).toEqual([]);
      await close(store);
    }
    const store = await open();
    const image = await store.pull(reference);
    mounted(await store.prepareRoot('c', image), (path) => {
      for (const [name, contents] of layers.flatMap((files) => Object.entries(files)))
        expect(readFileSync(join(path, name), 'utf8') === contents).toBe(true);
    });
  });

  it('pulls one reference once for all who ask, and stops when all have gone', async () => {
    const reference = await push([{ a: '1' }]);
    const metrics = createMetrics({ processMetrics: false });
    const store = await open({ metrics });
    const [one, two] = await Promise.all([store.pull(reference), store.pull(reference)]);
    expect(one).toEqual(two);
    expect(await metrics.metrics()).toContain(
      'kubelet_image_pull_duration_seconds_count{image_size_in_bytes="0-10MB"} 1',
    );
    const abort = new AbortController();
    const other = store.pull(await push([{ b: '1' }]), { signal: abort.signal });
    abort.abort(new Error('no longer needed'));
    await expect(other).rejects.toThrow('no longer needed');
  });

  it('does not lose a pull in progress to a garbage collection', async () => {
    const reference = await push(
      Array.from({ length: 8 }, (_, i) => ({ [`f${i}`]: `${i}`.repeat(100_000) })),
    );
    const store = await open();
    let pulling = true;
    const pull = store.pull(reference).finally(() => (pulling = false));
    while (pulling) {
      await store.collectGarbage();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const image = await pull;
    await store.collectGarbage();
    expect(mounted(await store.prepareRoot('c', image), (path) => readdirSync(path))).toHaveLength(8);
  });

  it('goes to mirrors first, by their rules', async () => {
    const reference = await push([{ a: 'mirrored' }]);
    const path = reference.slice(registry.host.length + 1);
    const nowhere = `127.0.0.1:${await freePort()}`;
    const registries = parseRegistries(`
mirrors:
  "${nowhere}":
    endpoint: ["http://127.0.0.1:1", "http://${registry.host}"]
    rewrite: { "^moved/(.*)": "test/$1" }
`);
    const store = await open({ registries });
    const image = await store.pull(`${nowhere}/${path.replace(/^test/, 'moved')}`);
    expect(image.names[0]).toBe(`${nowhere}/${path.replace(/^test/, 'moved')}`);
    await expect(store.pull(`${nowhere}/moved/none`)).rejects.toMatchObject({ reason: 'notFound' });
  });

  it('says in containerd’s words why there is no image', async () => {
    const store = await open();
    const none = `${registry.host}/test/none:1`;
    // No resolver needs to be asked about it: a part of it is too long (RFC 1035, section 2.3.4).
    const nowhere = `${'x'.repeat(64)}.invalid`;
    const fail = (reference: string) =>
      store.pull(reference).then(
        () => undefined,
        (error: unknown) => error as ImageError,
      );
    expect(await fail(none)).toMatchObject({
      reason: 'notFound',
      message: `failed to pull and unpack image "${none}": failed to resolve reference "${none}": ${none}: not found`,
    });
    const port = await freePort();
    expect(await fail(`127.0.0.1:${port}/x`)).toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining(`dial tcp 127.0.0.1:${port}: connect: connection refused`),
    });
    expect(await fail(`${nowhere}/x`)).toMatchObject({
      reason: 'unavailable',
      message: expect.stringContaining('no such host'),
    });
    expect(await fail('Bad Name')).toMatchObject({ reason: 'badReference' });
    const https = await open({
      root: join(work, 't'),
      registries: parseRegistries(`mirrors: { "${nowhere}": { endpoint: ["https://${registry.host}"] } }`),
    });
    await expect(https.pull(`${nowhere}/x`)).rejects.toThrow(
      'http: server gave HTTP response to HTTPS client',
    );
    expect(readdirSync(join(work, 's/content/blobs/sha256'))).toEqual([]);
  });

  it('authenticates with the credentials given, in order, or says that it may not', async () => {
    const htpasswd = join(work, 'htpasswd');
    writeFileSync(htpasswd, `me:${bcryptOfSecret}\n`);
    await using secured = await startRegistry({
      extraConfig: `auth: { htpasswd: { realm: test, path: ${JSON.stringify(htpasswd)} } }`,
    });
    const reference = `${secured.host}/private:1`;
    const good = { username: 'me', password: 'secret' };
    await using image = await buildImage({ reference, files: { a: '1' } });
    await expect(pushImage({ image })).rejects.toMatchObject({ reason: 'unauthorized' });
    await pushImage({ image, credentials: [good] });
    const store = await open();
    await expect(store.pull(reference)).rejects.toMatchObject({ reason: 'unauthorized' });
    await expect(
      store.pull(reference, { credentials: [{ username: 'me', password: 'wrong' }] }),
    ).rejects.toThrow('pull access denied');
    const pulled = await store.pull(reference, { credentials: [{ username: 'x', password: 'y' }, good] });
    expect(pulled.digest).toBe(image.manifest.digest);
    const node = await open({
      root: join(work, 't'),
      registries: parseRegistries(
        `configs: { "${secured.host}": { auth: { username: me, password: secret } } }`,
      ),
    });
    expect((await node.pull(reference)).digest).toBe(image.manifest.digest);
  });

  it('pushes and pulls again what is not compressed and what is by zstd', async () => {
    const store = await open();
    for (const compression of ['none', 'zstd'] as const) {
      const reference = `${registry.host}/test/${compression}:1`;
      await using image = await buildImage({ reference, files: { a: compression }, compression });
      await pushImage({ image });
      const mount = await store.prepareRoot(compression, await store.pull(reference));
      expect(mounted(mount, (path) => readFileSync(join(path, 'a'), 'utf8'))).toBe(compression);
    }
  });

  it('says when the disk is full, and works again when it is not', async () => {
    const layer = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`f${i}`, randomBytes(100_000).toString('latin1')]),
    );
    const reference = await push([layer]);
    const root = join(work, 'small');
    mkdirSync(root);
    for (const size of ['1m', '4m']) {
      // Too small for the blob; large enough for it, too small for its layer.
      linuxHost.syscalls.mount('tmpfs', root, 'tmpfs', 0, `size=${size}`);
      try {
        const store = await open({ root });
        await expect(store.pull(reference)).rejects.toMatchObject({
          reason: 'noSpace',
          message: expect.stringContaining('no space left on device'),
        });
        expect(await store.list()).toEqual([]);
        linuxHost.syscalls.mount('tmpfs', root, 'tmpfs', mountFlags.remount, 'size=32m');
        expect((await store.pull(reference)).names).toContain(reference);
        await close(store);
      } finally {
        linuxHost.syscalls.umount(root, MNT_DETACH);
      }
    }
  });

  it('keeps no root under a name that leads elsewhere', async () => {
    const store = await open();
    const image = await store.pull(await push([]));
    for (const key of ['', '.', '..', '../x', 'a/b', '-a', 'a'.repeat(129)])
      await expect(store.prepareRoot(key, image)).rejects.toThrow('cannot name a root');
    await expect(open({ root: join(work, 'a,b') })).rejects.toThrow('no way to write that');
  });
});

/** crypt(3) of "secret", the only kind that docker-registry takes. */
const bcryptOfSecret = '$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a';
