import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, type Stats } from 'node:fs';
import { lstat, mkdtemp, readdir, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, type Transform, type TransformOptions } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress, type ZstdOptions } from 'node:zlib';
import type { Host } from '@gantry/host';
import type { ImageConfig, Platform } from '../image.ts';
import { mediaTypes } from '../manifest.ts';
import { assembleImage, type BuiltImage, type BuiltLayer } from './built-image.ts';
import { padding, tarEnd, tarHeader, type TarMember } from './tar-writer.ts';

export type LayerCompression = 'gzip' | 'zstd' | 'none';

export interface LayerFromDirectoryOptions {
  directory: string;
  /** Where the layer's file is written. */
  path: string;
  /** Default gzip. */
  compression?: LayerCompression;
  /** With it, file capabilities are taken along. */
  host?: Host;
}

export interface ImageFromDirectoryOptions {
  /** Its contents become the root file system: owners, modes, times, links as they are; the root itself is root's, 0755. */
  directory: string;
  /** The name the image shall have. */
  reference: string;
  config?: ImageConfig;
  platform?: Platform;
  /** RFC 3339. Default: the epoch. */
  created?: string;
  compression?: LayerCompression;
  host?: Host;
}

/** Makes an image of one layer. Its layer lies in a temporary file until the image is disposed. */
export async function imageFromDirectory(options: ImageFromDirectoryOptions): Promise<BuiltImage> {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-image-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const layer = await layerFromDirectory({ ...options, path: join(folder, 'layer') });
    const { reference, config, platform, created } = options;
    return assembleImage({
      reference,
      layers: [layer],
      dispose,
      ...(config ? { config } : {}),
      ...(platform ? { platform } : {}),
      ...(created ? { created } : {}),
    });
  } catch (error) {
    await dispose();
    throw error;
  }
}

/**
 * Writes the tree under `directory` as a layer, in the order of names, so that equal trees make equal layers. Sockets are left
 * out: they mean nothing without the process behind them.
 */
export async function layerFromDirectory(options: LayerFromDirectoryOptions): Promise<BuiltLayer> {
  const { path, compression = 'gzip' } = options;
  const plain = createHash('sha256');
  const packed = createHash('sha256');
  const watch = (hash: typeof plain) =>
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    };
  const archive = Readable.from(tarOf(options.directory, options.host), {
    objectMode: false,
    highWaterMark: 1 << 20,
  });
  const squeeze = compressor(compression);
  if (squeeze) await pipeline(archive, watch(plain), squeeze, watch(packed), createWriteStream(path));
  else await pipeline(archive, watch(plain), createWriteStream(path));
  const diffId = `sha256:${plain.digest('hex')}`;
  const digest = squeeze ? `sha256:${packed.digest('hex')}` : diffId;
  const { size } = await stat(path);
  return { descriptor: { mediaType: layerTypes[compression], digest, size }, diffId, contents: { path } };
}

const layerTypes: Record<LayerCompression, string> = {
  gzip: mediaTypes.ociLayerGzip,
  zstd: mediaTypes.ociLayerZstd,
  none: mediaTypes.ociLayer,
};

function compressor(compression: LayerCompression): Transform | undefined {
  if (compression === 'none') return undefined;
  // Each piece is compressed before the next is taken: whether the last one is known to be the last would else depend on
  // time, and with it what zstd writes, so that equal trees would make unequal layers now and then.
  const inTurn: Pick<TransformOptions, 'writableHighWaterMark'> = { writableHighWaterMark: 1 };
  return compression === 'gzip'
    ? createGzip({ level: 6, ...inTurn })
    : createZstdCompress(inTurn as ZstdOptions);
}

async function* tarOf(directory: string, host: Host | undefined): AsyncGenerator<Buffer> {
  const linked = new Map<string, string>();
  const root = Buffer.from(directory).toString('latin1');
  // A folder made for the purpose is often 0700, and as the root of a container nobody but root could work there.
  const { mtimeMs } = await lstat(directory);
  yield tarHeader({
    type: 'directory',
    name: './',
    mode: 0o755,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: mtimeMs / 1000,
  });
  yield* contentsOf('');
  yield tarEnd;

  async function* contentsOf(folder: string): AsyncGenerator<Buffer> {
    const names = (await readdir(at(folder), { encoding: 'latin1' })).sort();
    for (const name of names) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const found = await lstat(at(path));
      if (found.isSocket()) continue;
      yield* memberOf(path, found);
      if (found.isDirectory()) yield* contentsOf(path);
    }
  }

  async function* memberOf(path: string, found: Stats): AsyncGenerator<Buffer> {
    const base = {
      mode: found.mode & 0o7777,
      uid: found.uid,
      gid: found.gid,
      size: 0,
      mtime: found.mtimeMs / 1000,
    };
    if (found.isDirectory()) {
      yield tarHeader({ ...base, type: 'directory', name: `${path}/` });
      return;
    }
    const inode = `${found.dev}:${found.ino}`;
    const first = found.nlink > 1 ? linked.get(inode) : undefined;
    if (first !== undefined) {
      yield tarHeader({ ...base, type: 'link', name: path, linkName: first });
      return;
    }
    if (found.nlink > 1) linked.set(inode, path);
    if (found.isSymbolicLink())
      yield tarHeader({ ...base, type: 'symlink', name: path, linkName: await readlink(at(path), 'latin1') });
    else if (found.isFIFO()) yield tarHeader({ ...base, type: 'fifo', name: path });
    else if (found.isFile()) yield* fileOf(path, found, base);
    else {
      const type = found.isBlockDevice() ? 'block' : 'character';
      const [deviceMajor, deviceMinor] = [
        (found.rdev >> 8) & 0xfff,
        (found.rdev & 0xff) | ((found.rdev >> 12) & 0xfff00),
      ];
      yield tarHeader({ ...base, type, name: path, deviceMajor, deviceMinor });
    }
  }

  async function* fileOf(
    path: string,
    { size }: Stats,
    base: Omit<TarMember, 'type' | 'name'>,
  ): AsyncGenerator<Buffer> {
    const capability = host?.syscalls.lgetxattr(at(path).toString(), 'security.capability');
    const xattrs = capability ? new Map([['security.capability', capability]]) : new Map<string, Buffer>();
    yield tarHeader({ ...base, type: 'file', name: path, size, xattrs });
    if (size === 0) return;
    let sent = 0;
    for await (const chunk of createReadStream(at(path), { end: size - 1, highWaterMark: 1 << 20 })) {
      sent += (chunk as Buffer).length;
      yield chunk as Buffer;
    }
    if (sent !== size) throw new Error(`${at(path).toString()} shrank while it was read`);
    yield padding(size);
  }

  function at(path: string): Buffer {
    return Buffer.from(path === '' ? root : `${root}/${path}`, 'latin1');
  }
}
