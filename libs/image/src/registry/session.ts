import type { Readable } from 'node:stream';
import { Backoff, type Clock, type Logger } from '@gantry/base';
import { digestMismatch, hashLike, sha256 } from '../digest.ts';
import { ImageError, type Credentials, type Descriptor } from '../image.ts';
import { acceptedManifests, isManifestType } from '../manifest.ts';
import { repositoryName, type Reference } from '../reference.ts';
import {
  basic,
  identities,
  parseChallenges,
  tokenFrom,
  tokenRequest,
  type Challenge,
  type Identity,
} from './auth.ts';
import type { Endpoint } from './endpoint.ts';
import { RegistryFailure } from './failure.ts';
import { readBody, type HttpRequest, type HttpResponse, type Transport } from './transport.ts';

export interface SessionOptions {
  transport: Transport;
  clock: Clock;
  log: Logger;
  reference: Reference;
  /** In the order to try. */
  endpoints: readonly Endpoint[];
  /** For the registry that the reference names; mirrors get only what `registries.yaml` says for them. */
  credentials: readonly Credentials[];
  /** Of the repository: `pull`, or `pull,push`. */
  actions: 'pull' | 'pull,push';
  signal: AbortSignal;
}

/** A manifest or index as it came. */
export interface FetchedManifest {
  bytes: Buffer;
  mediaType: string | undefined;
  digest: string;
}

/** The rest of a blob from `offset` on. */
export interface BlobBody {
  offset: number;
  body: Readable;
}

/** distribution-spec: registries should take manifests of at least 4 MiB; nobody makes larger ones. */
const maxManifestBytes = 4 << 20;
const maxTokenBytes = 1 << 20;
/** Attempts at one request to one endpoint. */
const maxAttempts = 4;
/** A `Retry-After` longer than this is for the caller's own back-off. */
const longestWaitMs = 10_000;

/**
 * One conversation about one repository (distribution-spec, "Endpoints"): remembers what opened each endpoint's door.
 * Requests go to the endpoints in order until one has it; the error told is that of the one that got furthest.
 */
export class RegistrySession {
  readonly #options: SessionOptions;
  readonly #authorization = new Map<Endpoint, string>();

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Which registry this talks to, for limits per registry. */
  get key(): string {
    return this.#options.endpoints[0]?.host ?? '';
  }

  /** Fetches a manifest or index by tag or digest. Its digest is computed here and compared with what is promised. */
  manifest(which: string): Promise<FetchedManifest> {
    return this.#anywhere((endpoint) => this.#manifestAt(endpoint, which));
  }

  /**
   * Opens a blob at `offset` (or at 0, when the registry does not do ranges). One attempt per endpoint: the caller resumes.
   */
  blob({ digest }: Descriptor, offset: number): Promise<BlobBody> {
    return this.#anywhere((endpoint) => this.#blobAt(endpoint, digest, offset));
  }

  /** Sends a request to `path` of the repository at `endpoint`, answering the challenges it meets. */
  async request(
    endpoint: Endpoint,
    method: HttpRequest['method'],
    path: string | URL,
    options: { headers?: Record<string, string>; body?: HttpRequest['body'] } = {},
  ): Promise<HttpResponse> {
    const { transport, signal } = this.#options;
    const url = typeof path === 'string' ? new URL(`${endpoint.base}/${endpoint.repository}/${path}`) : path;
    if (endpoint.mirrorOf && typeof path === 'string') url.searchParams.set('ns', endpoint.mirrorOf);
    // A place that the registry named (an upload's Location) gets no credentials unless it is the registry.
    const own = url.origin === new URL(endpoint.base).origin;
    const send = (authorization?: string) =>
      transport.send({
        method,
        url,
        headers: { ...options.headers, ...(authorization && own ? { authorization } : {}) },
        body: options.body,
        signal,
      });
    const first = await send(this.#authorization.get(endpoint));
    if (first.status !== 401 || !own || first.url.origin !== url.origin) return first;
    const challenges = parseChallenges(first.headers['www-authenticate']);
    const why = await serverMessage(first);
    this.#authorization.delete(endpoint);
    let failure: unknown;
    for (const identity of this.#identities(endpoint)) {
      let authorization: string | undefined;
      try {
        authorization = await this.#authorize(endpoint, challenges, identity);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        failure ??= error;
      }
      if (authorization === undefined) continue;
      const response = await send(authorization);
      if (response.status !== 401 && response.status !== 403) {
        this.#authorization.set(endpoint, authorization);
        return response;
      }
      const denied = await serverMessage(response);
      failure ??= this.#denied(endpoint, denied || why);
    }
    throw failure ?? this.#denied(endpoint, why);
  }

  #identities(endpoint: Endpoint): Identity[] {
    return identities(endpoint.mirrorOf ? [] : this.#options.credentials, endpoint.config.auth);
  }

  /** The Authorization header by which `identity` answers one of the challenges; undefined when it cannot. */
  async #authorize(
    endpoint: Endpoint,
    challenges: Challenge[],
    identity: Identity,
  ): Promise<string | undefined> {
    if (identity.kind === 'bearer') return `Bearer ${identity.token}`;
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (!bearer) {
      const wantsBasic = challenges.some(({ scheme }) => scheme === 'basic');
      return wantsBasic && identity.kind === 'password'
        ? basic(identity.username, identity.password)
        : undefined;
    }
    const scope = `repository:${endpoint.repository}:${this.#options.actions}`;
    const { method, url, headers, body } = tokenRequest(bearer, identity, new URL(endpoint.base), scope);
    const response = await this.#options.transport.send({
      method,
      url,
      headers,
      signal: this.#options.signal,
      ...(body === undefined ? {} : { body: () => Buffer.from(body) }),
    });
    const bytes = await readBody(response, maxTokenBytes);
    if (response.status !== 200) {
      const who = identity.kind === 'anonymous' ? 'anonymous' : 'oauth';
      const message = `failed to authorize: failed to fetch ${who} token: unexpected status from GET request to ${url.origin}${url.pathname}: ${response.status}`;
      throw new RegistryFailure(response.status >= 500 ? 'unavailable' : 'unauthorized', message, {
        transient: response.status >= 500,
      });
    }
    return `Bearer ${tokenFrom(bytes ?? Buffer.alloc(0), url)}`;
  }

  async #manifestAt(endpoint: Endpoint, which: string): Promise<FetchedManifest> {
    const name = `${repositoryName(this.#options.reference)}${which.includes(':') ? '@' : ':'}${which}`;
    return this.#retried(async () => {
      const response = await this.request(endpoint, 'GET', `manifests/${which}`, {
        headers: { accept: acceptedManifests },
      });
      if (response.status !== 200) throw await this.failure(endpoint, response, name);
      const bytes = await readBody(response, maxManifestBytes);
      if (!bytes)
        throw new ImageError('invalid', `${name}: the manifest is larger than ${maxManifestBytes} bytes`);
      const promised = which.includes(':') ? which : header(response, 'docker-content-digest');
      const digest = digestOf(bytes, promised);
      if (promised !== undefined && digest !== promised) throw digestMismatch(name, promised, digest);
      const mediaType = header(response, 'content-type');
      return {
        bytes,
        digest,
        mediaType: mediaType && isManifestType(bare(mediaType)) ? bare(mediaType) : undefined,
      };
    });
  }

  async #blobAt(endpoint: Endpoint, digest: string, offset: number): Promise<BlobBody> {
    const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const response = await this.request(endpoint, 'GET', `blobs/${digest}`, { headers });
    if (response.status === 206) {
      const start = /^bytes (\d+)-/.exec(header(response, 'content-range') ?? '')?.[1];
      if (start !== undefined && Number(start) === offset) return { offset, body: response.body };
      response.body.destroy();
      throw new RegistryFailure('unavailable', `${digest}: the registry sent another range than asked for`);
    }
    if (response.status === 200) return { offset: 0, body: response.body };
    if (response.status === 416 && offset > 0) {
      response.body.on('error', () => {}).destroy();
      return this.#blobAt(endpoint, digest, 0);
    }
    throw await this.failure(endpoint, response, `${repositoryName(this.#options.reference)}@${digest}`);
  }

  /** What an unexpected answer means. Reads the body. */
  async failure(endpoint: Endpoint, response: HttpResponse, name: string): Promise<ImageError> {
    const { status, url } = response;
    const message = await serverMessage(response);
    if (status === 404) return new RegistryFailure('notFound', `${name}: not found`);
    if (status === 401 || status === 403) return this.#denied(endpoint, message);
    const retryAfter = Number(header(response, 'retry-after'));
    return new RegistryFailure(
      'unavailable',
      `${name}: unexpected status from request to ${url.origin}${url.pathname}: ${status}${message ? `: ${message}` : ''}`,
      {
        transient: status >= 500 || status === 429 || status === 408,
        ...(retryAfter > 0 ? { retryAfterMs: retryAfter * 1000 } : {}),
      },
    );
  }

  #denied(endpoint: Endpoint, message: string): ImageError {
    const verb = this.#options.actions === 'pull' ? 'pull' : 'push';
    return new ImageError(
      'unauthorized',
      `${verb} access denied, repository does not exist or may require authorization: ${endpoint.host} said: ${message || '401 Unauthorized'}`,
    );
  }

  async #anywhere<T>(ask: (endpoint: Endpoint) => Promise<T>): Promise<T> {
    let furthest: ImageError | undefined;
    for (const endpoint of this.#options.endpoints) {
      try {
        return await ask(endpoint);
      } catch (error) {
        if (!(error instanceof ImageError)) throw error;
        if (!furthest || rank(error) > rank(furthest)) furthest = error;
        this.#options.log.debug('registry endpoint failed', { endpoint: endpoint.base, err: error });
      }
    }
    throw furthest ?? new ImageError('unavailable', 'no endpoint to ask');
  }

  async #retried<T>(attempt: () => Promise<T>): Promise<T> {
    const backoff = registryBackoff();
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        await waitBeforeRetry(error, backoff, this.#options.clock, this.#options.signal);
      }
    }
  }
}

/** Delays between attempts at one request: 0.2, 0.4, 0.8 s. */
export function registryBackoff(): Backoff {
  return new Backoff({ initialMs: 200, maxMs: 5_000, jitter: 0.2 });
}

/** Waits as long as is fit before the next attempt; rethrows `error` when another one is no use. */
export async function waitBeforeRetry(
  error: unknown,
  backoff: Backoff,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  if (!(error instanceof RegistryFailure) || !error.transient || backoff.failures >= maxAttempts - 1)
    throw error;
  const waitMs = Math.max(backoff.next(), error.retryAfterMs ?? 0);
  if (waitMs > longestWaitMs) throw error;
  await clock.sleep(waitMs, signal);
}

function rank({ reason }: ImageError): number {
  return { unavailable: 0, notFound: 1, unauthorized: 2, badReference: 3, noSpace: 4, invalid: 5 }[reason];
}

function digestOf(bytes: Uint8Array, promised: string | undefined): string {
  if (promised === undefined || promised.startsWith('sha256:')) return sha256(bytes);
  const hash = hashLike(promised);
  return `${promised.split(':')[0]}:${hash.update(bytes).digest('hex')}`;
}

function bare(contentType: string): string {
  return (contentType.split(';')[0] ?? '').trim().toLowerCase();
}

export function header(response: HttpResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** The first error of a registry's JSON answer (distribution-spec, "Error Codes"), on one line and short. */
async function serverMessage(response: HttpResponse): Promise<string> {
  const body = await readBody(response, 64 << 10).catch(() => undefined);
  try {
    const { errors } = JSON.parse((body ?? '').toString()) as {
      errors?: { code?: unknown; message?: unknown }[];
    };
    const [first] = errors ?? [];
    if (!first) return '';
    return printable(`${String(first.code ?? '')}: ${String(first.message ?? '')}`);
  } catch {
    return '';
  }
}

function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]+/g, ' ').slice(0, 300);
}
