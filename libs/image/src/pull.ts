import pLimit, { type LimitFunction } from 'p-limit';
import { isAbort, LinkedAbort, messageOf } from '@gantry/base';
import type { ContentStore } from './content/content-store.ts';
import { ShortBlob } from './content/content-store.ts';
import { chainIds } from './digest.ts';
import { errorCode } from './files.ts';
import { ImageError, type Credentials, type Descriptor, type Platform } from './image.ts';
import type { LayerWorkers } from './layers/layer-workers.ts';
import {
  checkLayerType,
  isIndexType,
  isManifestType,
  parseImageConfig,
  parseManifest,
  type Manifest,
} from './manifest.ts';
import type { Lease } from './metadata/leases.ts';
import type { ResolvedImageStoreOptions } from './options.ts';
import { platformRank } from './platform.ts';
import { fullName, repositoryName, type Reference } from './reference.ts';
import { endpointsOf } from './registry/endpoint.ts';
import { lostConnection, RegistryFailure } from './registry/failure.ts';
import { registryBackoff, RegistrySession, waitBeforeRetry } from './registry/session.ts';
import type { Transport } from './registry/transport.ts';
import { SingleFlight } from './single-flight.ts';
import type { OverlaySnapshotter } from './snapshots/overlay-snapshotter.ts';

export interface Progress {
  digest: string;
  doneBytes: number;
  totalBytes: number;
}

export interface PullParts {
  options: ResolvedImageStoreOptions;
  transport: Transport;
  content: ContentStore;
  snapshots: OverlaySnapshotter;
  workers: LayerWorkers;
}

export interface PullRequest {
  reference: Reference;
  platform: Platform;
  credentials: readonly Credentials[];
  signal: AbortSignal;
  lease: Lease;
  onProgress: (progress: Progress) => void;
}

/** What a pull has found and made. */
export interface Pulled {
  target: string;
  manifest: string;
}

/** An index may name an index, which names manifests; nothing deeper is an image. */
const maxIndexDepth = 2;
/** Configurations are small; this is for one with a very long history. */
const maxConfigBytes = 8 << 20;

/**
 * Fetches images and unpacks them:
 *
 *     reference ─▶ index ─▶ manifest ─▶ config ─┬─▶ layer ─▶ verified ─▶ unpacked ─┐  in parallel
 *                                               └─▶ layer ─▶ verified ─▶ unpacked ─┴─▶ committed, lowest first
 *
 * Layers are parsed only after their digest was verified. A layer that is unpacked already is not fetched.
 */
export class Puller {
  readonly #parts: PullParts;
  readonly #blobs = new SingleFlight<void, number>();
  readonly #layers = new SingleFlight<void>();
  readonly #downloads = new Map<string, LimitFunction>();

  constructor(parts: PullParts) {
    this.#parts = parts;
  }

  /** Throws ImageError in containerd's words, or the signal's reason. */
  async pull(request: PullRequest): Promise<Pulled> {
    const { reference, signal } = request;
    const { options, transport } = this.#parts;
    const name = fullName(reference);
    const session = new RegistrySession({
      transport,
      clock: options.clock,
      log: options.log,
      reference,
      endpoints: endpointsOf(reference, options.registries),
      credentials: request.credentials,
      actions: 'pull',
      signal,
    });
    let stage = `failed to resolve reference "${name}"`;
    try {
      const root = await this.#resolve(session, request);
      stage = 'failed to copy';
      const { digest, manifest } = await this.#select(session, request, root, 0);
      await this.#contents(session, request, digest, manifest);
      return { target: root.digest, manifest: digest };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (isAbort(error)) throw error;
      const reason = error instanceof ImageError ? error.reason : 'unavailable';
      const where = error instanceof LayerFailure ? '' : `${stage}: `;
      throw new ImageError(reason, `failed to pull and unpack image "${name}": ${where}${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  async close(reason: unknown): Promise<void> {
    await Promise.all([this.#blobs.close(reason), this.#layers.close(reason)]);
  }

  /** The document that the reference names, which is stored. */
  async #resolve(session: RegistrySession, { reference, lease }: PullRequest): Promise<Document> {
    const { content } = this.#parts;
    if (reference.digest !== undefined) {
      lease.add(reference.digest);
      if (content.has(reference.digest))
        return {
          digest: reference.digest,
          bytes: await content.read(reference.digest),
          mediaType: undefined,
        };
    }
    const fetched = await session.manifest(reference.digest ?? reference.tag ?? 'latest');
    lease.add(fetched.digest);
    content.put(fetched.digest, fetched.bytes);
    return fetched;
  }

  /** The manifest for the platform wanted. */
  async #select(
    session: RegistrySession,
    request: PullRequest,
    { bytes, mediaType, digest }: Document,
    depth: number,
  ): Promise<{ digest: string; manifest: Manifest }> {
    const what = `${repositoryName(request.reference)}@${digest}`;
    const document = parseManifest(bytes, mediaType, what);
    if (document.kind === 'manifest') return { digest, manifest: document };
    if (depth === maxIndexDepth)
      throw new ImageError('invalid', `${what}: indexes nested deeper than ${maxIndexDepth}`);
    const choice = choose(document.manifests, request.platform);
    if (!choice) {
      const { os, architecture, variant } = request.platform;
      throw new ImageError(
        'notFound',
        `no match for platform in manifest: not found (${what} has nothing for ${[os, architecture, variant].filter(Boolean).join('/')})`,
      );
    }
    const { content } = this.#parts;
    request.lease.add(choice.digest);
    if (!content.has(choice.digest)) {
      const fetched = await session.manifest(choice.digest);
      if (fetched.bytes.length !== choice.size)
        throw new ImageError(
          'invalid',
          `${choice.digest}: ${fetched.bytes.length} bytes, its descriptor says ${choice.size}`,
        );
      content.put(choice.digest, fetched.bytes);
    }
    const next = {
      digest: choice.digest,
      bytes: await content.read(choice.digest),
      mediaType: choice.mediaType,
    };
    return this.#select(session, request, next, depth + 1);
  }

  async #contents(
    session: RegistrySession,
    request: PullRequest,
    digest: string,
    manifest: Manifest,
  ): Promise<void> {
    const { content, snapshots, workers } = this.#parts;
    const { config, layers } = manifest;
    for (const layer of layers) checkLayerType(layer);
    if (!layers.every(({ digest: layer }) => content.has(layer))) workers.warm();
    if (config.size > maxConfigBytes)
      throw new ImageError(
        'invalid',
        `${config.digest}: a configuration of ${config.size} bytes, at most ${maxConfigBytes}`,
      );
    await this.#fetch(session, request, config);
    const file = parseImageConfig(await content.read(config.digest), layers.length, config.digest);
    const { os, architecture } = file.platform;
    if (os !== '' && architecture !== '' && platformRank(request.platform, file.platform) === undefined)
      throw new ImageError(
        'notFound',
        `no match for platform in manifest: not found (${digest} is for ${os}/${architecture}, wanted ${request.platform.os}/${request.platform.architecture})`,
      );
    const chain = chainIds(file.diffIds);
    request.lease.add(...chain);
    // The first layer that fails stops the others.
    using stop = new LinkedAbort(request.signal);
    const linked = { ...request, signal: stop.signal };
    let below: Promise<void> = Promise.resolve();
    let failure: { error: unknown } | undefined;
    const work = layers.map((layer, i) => {
      const chainId = chain[i]!;
      if (snapshots.has(chainId)) {
        request.onProgress({ digest: layer.digest, doneBytes: layer.size, totalBytes: layer.size });
        return Promise.resolve();
      }
      const parent = i === 0 ? undefined : chain[i - 1]!;
      const before = below;
      below = this.#layer(session, linked, layer, { chainId, diffId: file.diffIds[i]!, parent }, before);
      return below.catch((error: unknown) => {
        failure ??= { error };
        stop.abort(error);
      });
    });
    await Promise.all(work); // until nothing goes on behind the caller's back
    if (failure) throw failure.error;
  }

  /** Fetches one layer and unpacks it, then waits until what is below it counts, and makes it count. */
  async #layer(
    session: RegistrySession,
    request: PullRequest,
    layer: Descriptor,
    names: { chainId: string; diffId: string; parent: string | undefined },
    below: Promise<void>,
  ): Promise<void> {
    const { snapshots, workers, content, options } = this.#parts;
    const { chainId, diffId, parent } = names;
    await this.#fetch(session, request, layer);
    const unpack = async (signal: AbortSignal) => {
      if (snapshots.has(chainId)) return;
      const staged = snapshots.stage();
      try {
        const blob = content.path(layer.digest);
        const applied = await workers.unpack(
          { blob, target: staged.path, diffId, limits: options.limits },
          signal,
        );
        await below;
        await snapshots.commit(staged, applied, {
          chainId,
          diffId,
          ...(parent === undefined ? {} : { parent }),
        });
      } catch (error) {
        snapshots.abandon(staged);
        throw signal.aborted || isAbort(error) || error instanceof LayerFailure
          ? error
          : new LayerFailure(layer.digest, error);
      }
    };
    const key = ownKey(request, chainId);
    await shared(this.#layers, key, () => snapshots.has(chainId), unpack, request.signal);
  }

  /** Makes a blob be in the content store; one that is on its way for another pull is waited for. */
  async #fetch(session: RegistrySession, request: PullRequest, descriptor: Descriptor): Promise<void> {
    const { content, options } = this.#parts;
    const { digest, size } = descriptor;
    request.lease.add(digest);
    const progress = (doneBytes: number) => request.onProgress({ digest, doneBytes, totalBytes: size });
    if (size > options.limits.maxBlobBytes)
      throw new ImageError(
        'invalid',
        `blob ${digest}: ${size} bytes, at most ${options.limits.maxBlobBytes} are taken`,
      );
    await shared(
      this.#blobs,
      ownKey(request, digest),
      () => content.has(digest),
      (signal, emit) => this.#download(session, request, descriptor, signal, emit),
      request.signal,
      progress,
    );
    progress(size);
  }

  /** Goes on where the connection was lost, until it was several times without getting any further. */
  async #download(
    session: RegistrySession,
    { reference }: PullRequest,
    descriptor: Descriptor,
    signal: AbortSignal,
    emit: (doneBytes: number) => void,
  ): Promise<void> {
    const { content, options } = this.#parts;
    const backoff = registryBackoff();
    let furthest = 0;
    const onProgress = (doneBytes: number) => {
      // Not what comes again from a registry that does no ranges: it might begin anew for ever.
      if (doneBytes > furthest) backoff.reset();
      furthest = Math.max(furthest, doneBytes);
      emit(doneBytes);
    };
    await this.#slot(session.key)(async () => {
      for (;;) {
        try {
          return await content.ingest(
            descriptor,
            async (offset) => {
              const { offset: from, body } = await session.blob(descriptor, offset);
              if (signal.aborted) body.destroy();
              else signal.addEventListener('abort', () => body.destroy(), { once: true });
              return { offset: from, body };
            },
            { from: reference.domain, signal, onProgress },
          );
        } catch (error) {
          if (signal.aborted) throw signal.reason;
          await waitBeforeRetry(transferFailure(error, descriptor), backoff, options.clock, signal);
          options.log.debug('download goes on', { digest: descriptor.digest, err: error });
        }
      }
    });
  }

  #slot(registry: string): LimitFunction {
    let limit = this.#downloads.get(registry);
    if (!limit) this.#downloads.set(registry, (limit = pLimit(this.#parts.options.limits.parallelDownloads)));
    return limit;
  }
}

interface Document {
  digest: string;
  bytes: Buffer;
  mediaType: string | undefined;
}

/** A layer that came as promised and cannot be unpacked; its message says so by itself. */
class LayerFailure extends ImageError {
  constructor(digest: string, cause: unknown) {
    const reason = cause instanceof ImageError ? cause.reason : 'unavailable';
    super(reason, `failed to extract layer ${digest}: ${messageOf(cause)}`, { cause });
  }
}

/** Best platform first; the first listed wins among equals. What is no manifest (attestations, unknown types) does not count. */
function choose(manifests: readonly Descriptor[], platform: Platform): Descriptor | undefined {
  let best: { rank: number; descriptor: Descriptor } | undefined;
  for (const descriptor of manifests) {
    if (!isManifestType(descriptor.mediaType)) continue;
    // An index in an index says no platform: it may have the right one.
    const rank = descriptor.platform
      ? platformRank(platform, descriptor.platform)
      : isIndexType(descriptor.mediaType)
        ? 50
        : 100;
    if (rank !== undefined && (!best || rank < best.rank)) best = { rank, descriptor };
  }
  return best?.descriptor;
}

/** A body that broke off is worth another attempt; anything else is what it is. */
function transferFailure(error: unknown, { digest }: Descriptor): unknown {
  if (error instanceof ShortBlob)
    return new RegistryFailure('invalid', error.message, { transient: true, cause: error });
  const code = errorCode(error) ?? '';
  if (error instanceof ImageError || !/^(UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(code)) return error;
  return lostConnection(error, `blob ${digest}`);
}

/**
 * Names work that pulls from one registry share. Those from another do it for themselves: a registry that sends its bytes one
 * a minute under a digest that others need as well holds up nobody but its own users.
 */
function ownKey({ reference }: PullRequest, digest: string): string {
  return `${reference.domain} ${digest}`;
}

/**
 * Work that another pull may be doing already. When that one fails, for its credentials or because it was cancelled, the
 * same work is tried by ourselves before it is given up.
 */
async function shared<E>(
  flights: SingleFlight<void, E>,
  key: string,
  done: () => boolean,
  start: (signal: AbortSignal, emit: (event: E) => void) => Promise<void>,
  signal: AbortSignal,
  onEvent?: (event: E) => void,
): Promise<void> {
  while (!done()) {
    const joined = flights.has(key);
    try {
      await flights.join(key, start, signal, onEvent);
    } catch (error) {
      if (!joined || signal.aborted) throw error;
    }
  }
}
