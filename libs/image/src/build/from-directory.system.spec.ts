import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { createGzip, createZstdCompress } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxHost } from '@gantry/host';
import { sha256 } from '../digest.ts';
import { defaultLayerLimits } from '../layers/limits.ts';
import { unpackLayer } from '../layers/unpack.ts';
import { fingerprint } from '../testing/canary.ts';
import { imageFromDirectory, layerFromDirectory, type LayerCompression } from './from-directory.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'gantry-build-'));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

describe('an image from a folder', () => {
  it.each(['gzip', 'zstd', 'none'] as const)('unpacks to what the folder was (%s)', async (compression) => {
    const directory = join(work, 'tree');
    const at = (path: string) => join(directory, path);
    const capability = Buffer.from('01000002800000000000000000000000000000ff', 'hex');
    mkdirSync(at('d/e'), { recursive: true });
    writeFileSync(at('d/e/big'), Buffer.alloc(3_000_000, 'abc'));
    writeFileSync(at('d/empty'), '');
    writeFileSync(at(`${'long-name-'.repeat(15)}ü`), 'x');
    linkSync(at('d/e/big'), at('hard'));
    symlinkSync('/nowhere/../x', at('sym'));
    linuxHost.syscalls.mknod(at('pipe'), 0o10600, 0);
    writeFileSync(at('caps'), 'x');
    chownSync(at('caps'), 3_000_000, 4_000_000);
    chmodSync(at('caps'), 0o6755);
    linuxHost.syscalls.lsetxattr(at('caps'), 'security.capability', capability);
    const server = createServer().listen(at('socket'));
    for (const path of ['d/e/big', 'd/empty', 'd/e', 'd', 'caps', 'pipe', `${'long-name-'.repeat(15)}ü`])
      utimesSync(at(path), 100, 200);
    utimesSync(directory, 100, 300);
    chmodSync(directory, 0o700);
    try {
      await using image = await imageFromDirectory({
        directory,
        reference: 'x',
        compression,
        host: linuxHost,
      });
      await using again = await imageFromDirectory({
        directory,
        reference: 'x',
        compression,
        host: linuxHost,
      });
      expect(again.manifest.digest).toBe(image.manifest.digest);
      const contents = image.blob(image.layers[0]!.digest);
      const target = join(work, 'target');
      mkdirSync(target);
      await unpackLayer(
        {
          blob: 'path' in contents ? contents.path : '',
          target,
          diffId: image.diffIds[0]!,
          limits: defaultLayerLimits,
        },
        linuxHost.syscalls,
        new AbortController().signal,
      );
      await new Promise((resolve) => server.close(resolve)); // which removes the socket
      utimesSync(directory, 100, 300);
      chmodSync(directory, 0o755); // as the root of an image is
      const symTimes = (text: string) => text.replaceAll(/^(\S+sym) (\d+ \d+ \d+) [\d.]+/gm, '$1 $2 -');
      expect(symTimes(fingerprint(join(target, 'fs')).replaceAll(join(target, 'fs'), directory))).toBe(
        symTimes(fingerprint(directory)),
      );
      expect(linuxHost.syscalls.lgetxattr(join(target, 'fs/caps'), 'security.capability')).toEqual(
        capability,
      );
      expect(lstatSync(join(target, 'fs/hard')).nlink).toBe(2);
    } finally {
      server.close();
    }
  });

  // zstd writes another end when it hears of the end together with the last piece, which depends on how fast the pieces come.
  it.each([
    ['gzip', () => createGzip({ level: 6 })],
    ['zstd', () => createZstdCompress()],
  ] as const)('has the layer that its bytes make piece by piece (%s)', async (compression, make) => {
    const directory = join(work, 'tree');
    mkdirSync(directory);
    for (const name of ['a', 'b', 'c']) writeFileSync(join(directory, name), name.repeat(5_000));
    const layer = (path: string, how: LayerCompression) =>
      layerFromDirectory({ directory, path: join(work, path), compression: how });
    await layer('plain', 'none');
    const apart = make();
    const packed = buffer(apart);
    await new Promise<void>((resolve) => apart.write(readFileSync(join(work, 'plain')), () => resolve()));
    apart.end();
    const { descriptor } = await layer('packed', compression);
    expect(descriptor.digest).toBe(sha256(await packed));
  });

  it('that is not there leaves nothing behind', async () => {
    await expect(imageFromDirectory({ directory: join(work, 'none'), reference: 'x' })).rejects.toThrow(
      'ENOENT',
    );
  });
});
