import { gzipSync, zstdCompressSync } from 'node:zlib';
import { imageFromDirectory, type LayerCompression } from '../build/from-directory.ts';
import { assembleImage, type BuiltImage, type BuiltLayer } from '../build/built-image.ts';
import { sha256 } from '../digest.ts';
import type { ImageConfig, Platform } from '../image.ts';
import { mediaTypes } from '../manifest.ts';
import { tarArchive, type Member } from './tar.ts';

export interface BuildImageOptions {
  reference: string;
  /** Files of the (last) layer: path → contents, mode 0644, owner root. */
  files?: Record<string, string | Uint8Array>;
  /** A folder whose contents are the (only) layer. */
  rootDir?: string;
  /** Layers, the lowest first: members as tar-stream takes them, or the bytes of a whole archive. */
  layers?: readonly (readonly Member[] | Buffer)[];
  config?: ImageConfig;
  platform?: Platform;
  /** Default gzip. */
  compression?: LayerCompression;
}

/** Makes a small image for a test, in memory (but for `rootDir`). */
export async function buildImage(options: BuildImageOptions): Promise<BuiltImage> {
  const { reference, files, rootDir, config, platform, compression = 'gzip' } = options;
  const rest = { ...(config ? { config } : {}), ...(platform ? { platform } : {}) };
  if (rootDir !== undefined)
    return imageFromDirectory({ directory: rootDir, reference, compression, ...rest });
  const archives = await Promise.all(
    (options.layers ?? []).map((layer) =>
      Buffer.isBuffer(layer) ? layer : tarArchive(layer as readonly Member[]),
    ),
  );
  if (files)
    archives.push(
      await tarArchive(Object.entries(files).map(([name, contents]) => ({ name, contents, mtime: epoch }))),
    );
  return assembleImage({
    reference,
    layers: archives.map((archive) => layerOf(archive, compression)),
    ...rest,
  });
}

/** A layer of an archive's bytes. */
export function layerOf(archive: Buffer, compression: LayerCompression = 'gzip'): BuiltLayer {
  const bytes =
    compression === 'gzip' ? gzipSync(archive) : compression === 'zstd' ? zstdCompressSync(archive) : archive;
  const mediaType = {
    gzip: mediaTypes.ociLayerGzip,
    zstd: mediaTypes.ociLayerZstd,
    none: mediaTypes.ociLayer,
  }[compression];
  return {
    descriptor: { mediaType, digest: sha256(bytes), size: bytes.length },
    diffId: sha256(archive),
    contents: { bytes },
  };
}

const epoch = new Date(0);
