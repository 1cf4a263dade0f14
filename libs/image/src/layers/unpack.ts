import { createHash } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import type { Syscalls } from '@gantry/host';
import { digestMismatch, digestParts } from '../digest.ts';
import { diskError, errorCode } from '../files.ts';
import { ImageError } from '../image.ts';
import { LayerWriter, type AppliedLayer } from './layer-writer.ts';
import { ratioFreeBytes, type LayerLimits } from './limits.ts';
import { TarError } from './tar-error.ts';
import { TarReader } from './tar-reader.ts';
import { isZstd, ZstdFrames } from './zstd-frames.ts';

export interface UnpackTask {
  /** The verified blob. */
  blob: string;
  /** An empty folder on the store's file system; the layer comes to lie in its `fs`. */
  target: string;
  /** What the uncompressed archive must be. */
  diffId: string;
  limits: LayerLimits;
}

const readBytes = 1 << 20;
/** Where each file has a frame of its own, large ones have several and so have the headers between. */
const framesPerEntry = 2;

/**
 * Unpacks one layer into `<target>/fs`. Reads gzip, zstd and plain tar by their first bytes. Throws ImageError `invalid`
 * for a hostile or broken layer, `noSpace`, or the signal's reason; what was written is then the caller's to delete.
 */
export async function unpackLayer(
  task: UnpackTask,
  syscalls: Syscalls,
  signal: AbortSignal,
): Promise<AppliedLayer> {
  const { blob, target, diffId, limits } = task;
  const compressedBytes = statSync(blob).size;
  const root = join(target, 'fs');
  mkdirSync(root, 0o755);
  const writer = new LayerWriter(root, join(target, 'spare'), syscalls, limits);
  const reader = new TarReader(writer);
  const hash = createHash(digestParts(diffId).algorithm);
  const stream = decompressed(blob, limits);
  const stop = () => stream.destroy(signal.reason as Error);
  signal.addEventListener('abort', stop, { once: true });
  try {
    signal.throwIfAborted();
    let bytes = 0;
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limits.maxLayerBytes)
        throw new ImageError('invalid', `more than ${limits.maxLayerBytes} bytes uncompressed`);
      if (bytes > ratioFreeBytes && bytes > compressedBytes * limits.maxRatio)
        throw new ImageError(
          'invalid',
          `more than ${limits.maxRatio} times its compressed size (${compressedBytes} bytes)`,
        );
      hash.update(chunk);
      reader.push(chunk);
    }
    reader.finish();
    const actual = `${digestParts(diffId).algorithm}:${hash.digest('hex')}`;
    if (actual !== diffId) throw digestMismatch('wrong diff id', diffId, actual);
    return writer.finish();
  } catch (error) {
    writer.abandon();
    stream.destroy();
    throw signal.aborted ? signal.reason : unpackError(error);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function decompressed(path: string, { maxEntries }: LayerLimits): Readable {
  const magic = Buffer.alloc(4);
  const file = openSync(path, 'r');
  try {
    readSync(file, magic, 0, 4, 0);
  } finally {
    closeSync(file);
  }
  const source = createReadStream(path, { highWaterMark: readBytes });
  const shown = () => {}; // a failure shows where the stream is read
  if (magic[0] === 0x1f && magic[1] === 0x8b)
    return pipeline(source, createGunzip({ chunkSize: readBytes }), shown);
  if (isZstd(magic))
    return pipeline(
      source,
      new ZstdFrames(framesPerEntry * maxEntries),
      createZstdDecompress({ chunkSize: readBytes }),
      shown,
    );
  return source;
}

/** Errors of zlib and of paths that no file system takes are the layer's fault. */
function unpackError(error: unknown): unknown {
  if (error instanceof ImageError) return error;
  if (error instanceof TarError) return new ImageError('invalid', error.message, { cause: error });
  const code = errorCode(error) ?? '';
  const decoding = /^(Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test(code);
  if (decoding)
    return new ImageError('invalid', `cannot decompress: ${(error as Error).message}`, { cause: error });
  if (
    ['ENAMETOOLONG', 'ELOOP', 'ENOTDIR', 'EEXIST', 'EINVAL', 'EMLINK', 'E2BIG', 'ERANGE', 'EISDIR'].includes(
      code,
    )
  )
    return new ImageError('invalid', (error as Error).message, { cause: error });
  return diskError(error);
}
