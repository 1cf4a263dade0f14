import { sha256 } from '../digest.ts';
import { ImageError, type Descriptor, type ImageConfig, type Platform } from '../image.ts';
import { mediaTypes } from '../manifest.ts';
import { hostPlatform } from '../platform.ts';

/** Bytes in memory, or in a file. */
export type BlobBytes = { bytes: Uint8Array } | { path: string };

/** A layer ready to be part of an image. */
export interface BuiltLayer {
  descriptor: Descriptor;
  /** Digest of the uncompressed archive. */
  diffId: string;
  contents: BlobBytes;
}

/** An image that is made but in no registry yet. Dispose it to delete the files that hold its layers. */
export interface BuiltImage extends AsyncDisposable {
  /** The name it shall have. */
  reference: string;
  manifest: Descriptor;
  config: Descriptor;
  layers: Descriptor[];
  diffIds: string[];
  /** Throws ImageError `notFound` for a digest that is not of this image. */
  blob(digest: string): BlobBytes;
}

export interface AssembleOptions {
  reference: string;
  layers: readonly BuiltLayer[];
  config?: ImageConfig;
  /** Default: this machine's. */
  platform?: Platform;
  /** RFC 3339. Default: the epoch, so that equal contents make an equal image. */
  created?: string;
  /** Called when the image is disposed. */
  dispose?: () => Promise<void>;
}

/** Puts layers and a configuration together to an OCI image (image-spec `manifest.md`, `config.md`). */
export function assembleImage(options: AssembleOptions): BuiltImage {
  const { reference, layers, platform = hostPlatform(), created = '1970-01-01T00:00:00Z' } = options;
  const diffIds = layers.map(({ diffId }) => diffId);
  const config = json(mediaTypes.ociConfig, {
    created,
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant ? { variant: platform.variant } : {}),
    config: options.config ?? {},
    rootfs: { type: 'layers', diff_ids: diffIds },
    history: layers.map(() => ({ created, created_by: 'gantry' })),
  });
  const manifest = json(mediaTypes.ociManifest, {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
  });
  const blobs = new Map<string, BlobBytes>();
  for (const { descriptor, contents } of layers) blobs.set(descriptor.digest, contents);
  for (const { descriptor, bytes } of [config, manifest]) blobs.set(descriptor.digest, { bytes });
  return {
    reference,
    manifest: manifest.descriptor,
    config: config.descriptor,
    layers: layers.map(({ descriptor }) => descriptor),
    diffIds,
    blob(digest) {
      const found = blobs.get(digest);
      if (!found) throw new ImageError('notFound', `blob ${digest} is not of ${reference}`);
      return found;
    },
    [Symbol.asyncDispose]: async () => options.dispose?.(),
  };
}

function json(mediaType: string, value: object): { descriptor: Descriptor; bytes: Uint8Array } {
  const bytes = Buffer.from(JSON.stringify(value));
  return { descriptor: { mediaType, digest: sha256(bytes), size: bytes.length }, bytes };
}
