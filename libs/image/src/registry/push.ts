import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { silentLogger, systemClock, type Clock, type Logger } from '@gantry/base';
import type { BlobBytes, BuiltImage } from '../build/built-image.ts';
import { ImageError, type Credentials, type Descriptor } from '../image.ts';
import { fullName, parseReference, type Reference } from '../reference.ts';
import { noRegistries, type RegistriesConfig } from './config.ts';
import { endpointsOf, upstream, type Endpoint } from './endpoint.ts';
import { header, registryBackoff, RegistrySession, waitBeforeRetry } from './session.ts';
import { Transport, type HttpResponse } from './transport.ts';

export interface PushOptions {
  image: BuiltImage;
  /** Default: the image's own. Its digest, if it has one, must be the image's. */
  reference?: string;
  registries?: RegistriesConfig;
  credentials?: readonly Credentials[];
  signal?: AbortSignal;
  log?: Logger;
  clock?: Clock;
}

/**
 * Pushes an image to the registry that its name names (distribution-spec, "Push"): the blobs it lacks, then the
 * manifest. Mirrors are not pushed to, but a mirror entry for the registry's own host says how to speak to it.
 * Returns the digest of the manifest. Throws ImageError.
 */
export async function pushImage(options: PushOptions): Promise<string> {
  const { image, registries = noRegistries, clock = systemClock } = options;
  const reference = parseReference(options.reference ?? image.reference);
  const signal = options.signal ?? new AbortController().signal;
  const transport = new Transport({ registries });
  const endpoint = pushEndpoint(reference, registries);
  const session = new RegistrySession({
    transport,
    clock,
    log: options.log ?? silentLogger,
    reference,
    endpoints: [endpoint],
    credentials: options.credentials ?? [],
    actions: 'pull,push',
    signal,
  });
  try {
    for (const descriptor of [
      ...new Map([...image.layers, image.config].map((each) => [each.digest, each])).values(),
    ])
      await retried(() => pushBlob(session, endpoint, descriptor, image.blob(descriptor.digest)));
    await retried(() => pushManifest(session, endpoint, reference, image));
    return image.manifest.digest;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof ImageError)) throw error;
    throw new ImageError(error.reason, `failed to push "${fullName(reference)}": ${error.message}`, {
      cause: error,
    });
  } finally {
    await transport.close();
  }

  async function retried(attempt: () => Promise<void>): Promise<void> {
    const backoff = registryBackoff();
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        await waitBeforeRetry(error, backoff, clock, signal);
      }
    }
  }
}

function pushEndpoint(reference: Reference, registries: RegistriesConfig): Endpoint {
  return (
    endpointsOf(reference, registries).find(({ host }) => host === reference.domain) ??
    upstream(reference, registries)
  );
}

async function pushBlob(
  session: RegistrySession,
  endpoint: Endpoint,
  { digest, size }: Descriptor,
  blob: BlobBytes,
): Promise<void> {
  const there = await session.request(endpoint, 'HEAD', `blobs/${digest}`);
  drop(there);
  if (there.status === 200) return;
  const started = await session.request(endpoint, 'POST', 'blobs/uploads/', {
    headers: { 'content-length': '0' },
  });
  if (started.status !== 202) throw await session.failure(endpoint, started, digest);
  drop(started);
  const location = header(started, 'location');
  if (location === undefined || !URL.canParse(location, started.url.href))
    throw new ImageError('unavailable', `${endpoint.host} did not say where to upload`);
  const url = new URL(location, started.url.href);
  url.searchParams.set('digest', digest);
  const body = (): Readable | Uint8Array => ('bytes' in blob ? blob.bytes : createReadStream(blob.path));
  const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
  const done = await session.request(endpoint, 'PUT', url, { headers, body });
  if (done.status !== 201) throw await session.failure(endpoint, done, digest);
  drop(done);
}

async function pushManifest(
  session: RegistrySession,
  endpoint: Endpoint,
  reference: Reference,
  image: BuiltImage,
): Promise<void> {
  const { digest, mediaType } = image.manifest;
  if (reference.digest !== undefined && reference.digest !== digest)
    throw new ImageError('badReference', `the image is ${digest}, its name says ${reference.digest}`);
  const blob = image.blob(digest);
  const body = (): Readable | Uint8Array => ('bytes' in blob ? blob.bytes : createReadStream(blob.path));
  const headers = { 'content-type': mediaType, 'content-length': String(image.manifest.size) };
  const done = await session.request(endpoint, 'PUT', `manifests/${reference.tag ?? digest}`, {
    headers,
    body,
  });
  if (done.status !== 201) throw await session.failure(endpoint, done, fullName(reference));
  drop(done);
}

function drop(response: HttpResponse): void {
  response.body.on('error', () => {}).resume();
}
