import { mkdirSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { counter, histogram, isAbort } from '@gantry/base';
import { collect } from './collect.ts';
import { ContentStore } from './content/content-store.ts';
import { chainIds, isDigest, sha256 } from './digest.ts';
import {
  ImageError,
  type Descriptor,
  type Image,
  type ImageStore,
  type Mount,
  type Platform,
  type PullOptions,
} from './image.ts';
import { LayerWorkers } from './layers/layer-workers.ts';
import { parseImageConfig, parseManifest, type ImageConfigFile } from './manifest.ts';
import { Durability } from './metadata/durability.ts';
import { Leases } from './metadata/leases.ts';
import { ImageNames, type NamedImage } from './metadata/names.ts';
import {
  resolveImageStoreOptions,
  type ImageStoreOptions,
  type ResolvedImageStoreOptions,
} from './options.ts';
import { hostPlatform } from './platform.ts';
import { Puller, type Progress } from './pull.ts';
import { fullName, parseReference, repositoryName, type Reference } from './reference.ts';
import { Transport } from './registry/transport.ts';
import { SingleFlight } from './single-flight.ts';
import { OverlaySnapshotter } from './snapshots/overlay-snapshotter.ts';

/** How much the store holds. */
export interface StoreUsage {
  /** Compressed blobs, in bytes. */
  contentBytes: number;
  /** Contents of unpacked layers, in bytes. */
  layerBytes: number;
  images: number;
  layers: number;
  roots: number;
}

/** The store on this machine's disk. */
export interface LocalImageStore extends ImageStore {
  usage(): StoreUsage;
}

/** An image's manifest and configuration, read. Both are immutable, so this is kept. */
interface ImageFile {
  config: Descriptor;
  layers: Descriptor[];
  file: ImageConfigFile;
  chain: string[];
}

/**
 * Opens the store in `options.root`, makes it when there is none, and drops from it what a crash left half-made. One process at
 * a time may have it open. Throws when the folder cannot be used.
 */
export async function openImageStore(options: ImageStoreOptions): Promise<LocalImageStore> {
  const store = new DiskImageStore(resolveImageStoreOptions(options));
  await store.load();
  return store;
}

class DiskImageStore implements LocalImageStore {
  readonly #options: ResolvedImageStoreOptions;
  readonly #durability: Durability;
  readonly #content: ContentStore;
  readonly #workers: LayerWorkers;
  readonly #snapshots: OverlaySnapshotter;
  readonly #names: ImageNames;
  readonly #leases = new Leases();
  readonly #transport: Transport;
  readonly #puller: Puller;
  readonly #pulls = new SingleFlight<Image, Progress>();
  readonly #files = new Map<string, ImageFile>();
  readonly #closing = new AbortController();

  constructor(options: ResolvedImageStoreOptions) {
    const { root, host, log, clock, registries } = options;
    if (!isAbsolute(root)) throw new Error(`the image store needs an absolute path, not ${root}`);
    mkdirSync(root, { recursive: true, mode: 0o700 });
    this.#options = options;
    this.#durability = new Durability({ root, host, log, clock });
    this.#workers = new LayerWorkers(clock);
    this.#content = new ContentStore(`${root}/content`, this.#durability);
    this.#snapshots = new OverlaySnapshotter({
      root,
      workers: this.#workers,
      durability: this.#durability,
      log,
    });
    this.#names = new ImageNames(root, log);
    this.#durability.forgetSuspects();
    this.#transport = new Transport({ registries });
    this.#puller = new Puller({
      options,
      transport: this.#transport,
      content: this.#content,
      snapshots: this.#snapshots,
      workers: this.#workers,
    });
  }

  /** Reads all named images; the names of those that are not whole any more are dropped. */
  async load(): Promise<void> {
    const broken: string[] = [];
    for (const [name, { manifest }] of this.#names.entries()) {
      try {
        const { chain } = await this.#read(manifest);
        if (!chain.every((each) => this.#snapshots.has(each)))
          throw new ImageError('notFound', 'a layer is missing');
      } catch (err) {
        broken.push(name);
        this.#options.log.warn('an image is not whole any more; it must be pulled again', {
          image: name,
          err,
        });
      }
    }
    if (broken.length > 0) await this.#names.change([], broken);
  }

  async pull(text: string, options: PullOptions = {}): Promise<Image> {
    const reference = parseReference(text);
    const { signal, onProgress, credentials = [], platform = hostPlatform() } = options;
    this.#closing.signal.throwIfAborted();
    const key = JSON.stringify([fullName(reference), platform, sha256(JSON.stringify(credentials))]);
    return this.#pulls.join(
      key,
      (all, emit) => this.#pull(reference, platform, credentials, all, emit),
      signal,
      onProgress,
    );
  }

  async #pull(
    reference: Reference,
    platform: Platform,
    credentials: NonNullable<PullOptions['credentials']>,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<Image> {
    const { log, clock, metrics } = this.#options;
    const name = fullName(reference);
    const started = clock.monotonicMs();
    using lease = this.#leases.lease();
    try {
      const pulled = await this.#puller.pull({ reference, platform, credentials, signal, lease, onProgress });
      const { layers, config } = await this.#read(pulled.manifest);
      lease.add(config.digest);
      await this.#names.change(namesFor(reference, pulled));
      const image = (await this.#image(pulled.manifest))!;
      const durationMs = clock.monotonicMs() - started;
      log.info('image pulled', {
        image: name,
        digest: pulled.target,
        layers: layers.length,
        sizeBytes: image.sizeBytes,
        durationMs,
      });
      if (metrics)
        histogram(
          metrics,
          'kubelet_image_pull_duration_seconds',
          'Duration in seconds to pull an image.',
          ['image_size_in_bytes'],
          [1, 5, 10, 20, 30, 60, 180, 600, 1200, 1800, 3600],
        ).observe({ image_size_in_bytes: sizeBucket(image.sizeBytes) }, durationMs / 1000);
      return image;
    } catch (error) {
      if (metrics && !isAbort(error))
        counter(metrics, 'gantry_image_pull_failures_total', 'Pulls of images that failed, by reason.', [
          'reason',
        ]).inc({
          reason: error instanceof ImageError ? error.reason : 'unavailable',
        });
      throw error;
    }
  }

  async get(text: string): Promise<Image | undefined> {
    const manifest = this.#find(text);
    return manifest === undefined ? undefined : this.#image(manifest);
  }

  async list(): Promise<Image[]> {
    const manifests = new Set(this.#names.entries().map(([, { manifest }]) => manifest));
    const images = await Promise.all([...manifests].map((manifest) => this.#image(manifest)));
    return images.filter((image) => image !== undefined);
  }

  async remove(text: string): Promise<void> {
    const id = idOf(text);
    if (id !== undefined) {
      const manifest = this.#find(text);
      const names = this.#names.entries().filter(([, image]) => image.manifest === manifest);
      return this.#names.change(
        [],
        names.map(([name]) => name),
      );
    }
    const reference = parseReference(text);
    const name = this.#named(reference);
    const removed = name === undefined ? undefined : this.#names.get(name);
    if (name === undefined || !removed) return;
    const gone = [name];
    // The digest that came along with the tag goes with the last tag of the repository that stands for it.
    const repository = repositoryName(reference);
    const others = this.#names
      .entries()
      .some(
        ([other, { target }]) =>
          other !== name && target === removed.target && other.startsWith(`${repository}:`),
      );
    const digestName = `${repository}@${removed.target}`;
    if (!others && this.#names.get(digestName)?.implied) gone.push(digestName);
    await this.#names.change([], gone);
  }

  async prepareRoot(key: string, image: Image): Promise<Mount> {
    return this.#snapshots.prepareRoot(key, chainIds(image.diffIds).at(-1));
  }

  async removeRoot(key: string): Promise<void> {
    this.#snapshots.removeRoot(key);
  }

  async roots(): Promise<string[]> {
    return this.#snapshots.roots();
  }

  writableLayer(key: string): string {
    return this.#snapshots.writableLayer(key);
  }

  async collectGarbage(): Promise<number> {
    const neededBlobs = new Set<string>();
    const neededChains: string[] = [];
    const read = new Map<string, ImageFile>();
    for (const [, { manifest }] of this.#names.entries()) read.set(manifest, await this.#read(manifest));
    // From here on nothing is awaited, so names and leases are those of one moment.
    for (const [, { target, manifest }] of this.#names.entries()) {
      const image = read.get(manifest) ?? this.#files.get(manifest);
      neededBlobs.add(target).add(manifest);
      for (const { digest } of image ? [image.config, ...image.layers] : []) neededBlobs.add(digest);
      const top = image?.chain.at(-1);
      if (top !== undefined) neededChains.push(top);
    }
    for (const manifest of this.#files.keys()) if (!neededBlobs.has(manifest)) this.#files.delete(manifest);
    return collect({
      content: this.#content,
      snapshots: this.#snapshots,
      leases: this.#leases,
      neededBlobs,
      neededChains,
    });
  }

  usage(): StoreUsage {
    return {
      contentBytes: this.#content.sizeBytes,
      layerBytes: this.#snapshots.sizeBytes,
      images: new Set(this.#names.entries().map(([, { manifest }]) => manifest)).size,
      layers: this.#snapshots.chains().length,
      roots: this.#snapshots.roots().length,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const reason = new DOMException('the image store is closed', 'AbortError');
    this.#closing.abort(reason);
    await this.#pulls.close(reason);
    await this.#puller.close(reason);
    await this.#workers.close();
    await this.#transport.close();
    await this.#durability.close();
  }

  /** Digest of the manifest that a reference, a digest or an id stands for here. */
  #find(text: string): string | undefined {
    const id = idOf(text);
    if (id === undefined) {
      const name = this.#named(parseReference(text));
      return name === undefined ? undefined : this.#names.get(name)?.manifest;
    }
    return this.#names
      .entries()
      .find(
        ([, { target, manifest }]) =>
          target === id || manifest === id || this.#files.get(manifest)?.config.digest === id,
      )?.[1].manifest;
  }

  /** The name under which a reference is kept: a digest decides over a tag. */
  #named(reference: Reference): string | undefined {
    const name =
      reference.digest === undefined
        ? fullName(reference)
        : `${repositoryName(reference)}@${reference.digest}`;
    return this.#names.get(name) ? name : undefined;
  }

  async #image(manifest: string): Promise<Image | undefined> {
    const { config, layers, file } = await this.#read(manifest);
    const names = this.#names
      .entries()
      .flatMap(([name, image]) => (image.manifest === manifest ? [name] : []));
    if (names.length === 0) return undefined;
    return {
      id: config.digest,
      digest: manifest,
      names,
      config: file.config,
      platform: file.platform,
      diffIds: file.diffIds,
      sizeBytes: layers.reduce((sum, { size }) => sum + size, config.size),
      ...(file.created === undefined ? {} : { created: file.created }),
    };
  }

  async #read(manifest: string): Promise<ImageFile> {
    const known = this.#files.get(manifest);
    if (known) return known;
    const document = parseManifest(await this.#content.read(manifest), undefined, manifest);
    if (document.kind === 'index') throw new ImageError('invalid', `${manifest} is an index`);
    const { config, layers } = document;
    const file = parseImageConfig(await this.#content.read(config.digest), layers.length, config.digest);
    const image = { config, layers, file, chain: chainIds(file.diffIds) };
    this.#files.set(manifest, image);
    return image;
  }
}

/** `sha256:<hex>` or bare hex: an image's id, or the digest of its manifest. */
function idOf(text: string): string | undefined {
  if (isDigest(text)) return text;
  return /^[0-9a-f]{64}$/.test(text) ? `sha256:${text}` : undefined;
}

/** The names a pull gives: what was asked for, and for a tag the digest it stood for. */
function namesFor(
  reference: Reference,
  pulled: { target: string; manifest: string },
): [string, NamedImage][] {
  const byDigest = `${repositoryName(reference)}@${pulled.target}`;
  if (reference.digest !== undefined) return [[byDigest, { ...pulled }]];
  return [
    [fullName(reference), { ...pulled }],
    [byDigest, { ...pulled, implied: true }],
  ];
}

/** The kubelet's buckets of `image_size_in_bytes` (pkg/kubelet/images/image_manager.go). */
function sizeBucket(bytes: number): string {
  const mib = 2 ** 20;
  const bounds: [number, string][] = [
    [10, '0-10MB'],
    [100, '10MB-100MB'],
    [500, '100MB-500MB'],
    [1024, '500MB-1GB'],
    [5120, '1GB-5GB'],
    [10240, '5GB-10GB'],
    [51200, '10GB-50GB'],
    [102400, '50GB-100GB'],
  ];
  return bounds.find(([bound]) => bytes <= bound * mib)?.[1] ?? 'GT100GB';
}
