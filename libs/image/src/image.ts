/** An OCI content descriptor (image-spec `descriptor.md`). `digest` is `sha256:<hex>`, `size` in bytes. */
export interface Descriptor {
  mediaType: string;
  digest: string;
  size: number;
  urls?: string[];
  annotations?: Record<string, string>;
  platform?: Platform;
}

export interface Platform {
  os: string;
  architecture: string;
  variant?: string;
}

/** What a process of the image runs with when nothing else is said (image-spec `config.md`, its `config` object). */
export interface ImageConfig {
  User?: string;
  ExposedPorts?: Record<string, object>;
  Env?: string[];
  Entrypoint?: string[];
  Cmd?: string[];
  Volumes?: Record<string, object>;
  WorkingDir?: string;
  Labels?: Record<string, string>;
  StopSignal?: string;
}

/** An image that is here, whole. */
export interface Image {
  /** Digest of its configuration: what `docker images` and `status.containerStatuses[].imageID` call its id. */
  id: string;
  /** Digest of its manifest. */
  digest: string;
  /** Every reference it is known by, in full form: `127.0.0.1:5000/hello:1`, `docker.io/library/busybox@sha256:…`. */
  names: string[];
  config: ImageConfig;
  platform: Platform;
  /** Uncompressed digests of its layers, the lowest first. */
  diffIds: string[];
  /** Of its blobs, compressed. */
  sizeBytes: number;
  /** RFC 3339. */
  created?: string;
}

export interface Credentials {
  username: string;
  password: string;
}

export interface PullOptions {
  /** Tried in order before none: from `imagePullSecrets` and the node's own configuration. */
  credentials?: readonly Credentials[];
  /** Default: this machine's. */
  platform?: Platform;
  signal?: AbortSignal;
  onProgress?: (progress: { digest: string; doneBytes: number; totalBytes: number }) => void;
}

/** As `mount(2)` wants it; never mounted by the one who makes it. */
export interface Mount {
  type: 'overlay' | 'bind';
  source: string;
  /** As in OCI mounts: `lowerdir=…`, `ro`, … */
  options: string[];
}

/** Why an image could not be had, in a sentence that ends in `status.containerStatuses[].state.waiting.message`. */
export class ImageError extends Error {
  /**
   * `unauthorized`, `notFound`: the registry said so. `unavailable`: it could not be reached or failed. `invalid`: what it
   * sent is not what it promised (digest, size, hostile layer). `badReference`: not a name of an image. `noSpace`.
   */
  readonly reason: 'unauthorized' | 'notFound' | 'unavailable' | 'invalid' | 'badReference' | 'noSpace';

  constructor(reason: ImageError['reason'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'ImageError';
    this.reason = reason;
  }
}

/**
 * The images of one host: pulled from registries, kept by digest, unpacked once per layer, and handed out as mounts.
 * Safe to call concurrently; two pulls of one image, or of one layer from one registry, are one piece of work. After a crash
 * at any point the store opens again with whole images only.
 */
export interface ImageStore extends AsyncDisposable {
  /** Fetches what is missing and unpacks it. Throws ImageError; leaves nothing half-made that counts as an image. */
  pull(reference: string, options?: PullOptions): Promise<Image>;
  /** The image here under this reference, digest or id; undefined when there is none. Never asks a registry. */
  get(reference: string): Promise<Image | undefined>;
  list(): Promise<Image[]>;
  /** Forgets a name; blobs and layers nobody needs go at the next `collectGarbage`. */
  remove(reference: string): Promise<void>;
  /**
   * A writable root file system over the image's layers for one container: its folders are made, its mount returned.
   * Idempotent by `key` (the container's id).
   */
  prepareRoot(key: string, image: Image): Promise<Mount>;
  /** Removes the writable layer of `key`, which must not be mounted any more. Idempotent. */
  removeRoot(key: string): Promise<void>;
  /** Keys of all roots that exist: to find those of containers long gone. */
  roots(): Promise<string[]>;
  /** The folder in which the writable layer of `key` lies, or would lie: to see how large it has grown. */
  writableLayer(key: string): string;
  /** Removes blobs and layers that neither a name nor a root needs; returns the bytes freed. */
  collectGarbage(): Promise<number>;
}
