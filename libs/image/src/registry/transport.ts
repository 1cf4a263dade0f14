import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Agent, request, type Dispatcher } from 'undici';
import { isAbort } from '@gantry/base';
import type { RegistriesConfig, RegistryTls } from './config.ts';
import { RegistryFailure, requestFailure } from './failure.ts';

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH';
  url: URL;
  headers: Record<string, string>;
  /** Made anew for each attempt. */
  body?: (() => Readable | Uint8Array) | undefined;
  signal?: AbortSignal | undefined;
}

export interface HttpResponse {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Readable;
  /** Where it came from, after redirects. */
  url: URL;
}

export interface TransportOptions {
  registries: RegistriesConfig;
  /** Until a connection stands. Default 10,000. */
  connectTimeoutMs?: number;
  /** Until the response's headers. Default 30,000. */
  headersTimeoutMs?: number;
  /** Between two pieces of a body. Default 30,000. */
  bodyTimeoutMs?: number;
}

/** docker follows ten. */
const maxRedirects = 10;

/** HTTP to registries: connections kept per TLS setting, redirects followed without carrying credentials elsewhere. */
export class Transport {
  readonly #options: TransportOptions;
  readonly #agents = new Map<RegistryTls | undefined, Agent>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /**
   * Sends a request. GET and HEAD follow redirects: never from https to http, and `authorization` goes to the first host only.
   * Rejects with {@link RegistryFailure} when there is no answer at all. The caller reads or destroys `body`.
   */
  async send({ method, url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    let target = url;
    let sent: Record<string, string> = { 'accept-encoding': 'identity', 'user-agent': 'gantry', ...headers };
    for (let hops = 0; ; hops++) {
      const response = await this.#once(method, target, sent, body, signal);
      const location = response.headers.location;
      const redirected =
        [301, 302, 303, 307, 308].includes(response.status) && (method === 'GET' || method === 'HEAD');
      if (!redirected || typeof location !== 'string') return response;
      response.body.on('error', () => {}).destroy();
      if (hops === maxRedirects)
        throw new RegistryFailure(
          'unavailable',
          `failed to do request: ${url.href}: stopped after ${maxRedirects} redirects`,
        );
      if (!URL.canParse(location, target.href)) throw refused(target, location, 'it is not a URL');
      const next = new URL(location, target.href);
      if (next.protocol !== 'https:' && next.protocol !== 'http:')
        throw refused(target, location, 'it is not http');
      if (next.protocol === 'http:' && target.protocol === 'https:')
        throw refused(target, location, 'it leaves https');
      if (next.host !== target.host || next.protocol !== target.protocol) {
        const { authorization: _, ...others } = sent;
        sent = others;
      }
      target = next;
    }
  }

  async #once(
    method: HttpRequest['method'],
    url: URL,
    headers: Record<string, string>,
    body: HttpRequest['body'],
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    try {
      const response = await request(url, {
        method,
        headers,
        dispatcher: this.#agent(url.host),
        headersTimeout: this.#options.headersTimeoutMs ?? 30_000,
        bodyTimeout: this.#options.bodyTimeoutMs ?? 30_000,
        ...(body ? { body: body() } : {}),
        ...(signal ? { signal } : {}),
      } satisfies Parameters<typeof request>[1]);
      return { status: response.statusCode, headers: response.headers, body: response.body, url };
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (isAbort(error) || error instanceof RegistryFailure) throw error;
      throw requestFailure(error, method, url);
    }
  }

  /** The connections for a host: its own TLS settings if it has any. Files are read when first needed. */
  #agent(host: string): Dispatcher {
    const tls = this.#options.registries.configs[host]?.tls;
    let agent = this.#agents.get(tls);
    if (!agent) {
      agent = new Agent({
        connect: { timeout: this.#options.connectTimeoutMs ?? 10_000, ...(tls ? tlsOptions(tls, host) : {}) },
        keepAliveTimeout: 4_000,
      });
      this.#agents.set(tls, agent);
    }
    return agent;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.destroy()));
    this.#agents.clear();
  }
}

function tlsOptions(tls: RegistryTls, host: string) {
  const read = (path: string) => {
    try {
      return readFileSync(path);
    } catch (cause) {
      throw new RegistryFailure(
        'unavailable',
        `TLS settings of ${host}: cannot read ${path}: ${(cause as Error).message}`,
        { cause },
      );
    }
  };
  return {
    ...(tls.ca_file ? { ca: read(tls.ca_file) } : {}),
    ...(tls.cert_file && tls.key_file ? { cert: read(tls.cert_file), key: read(tls.key_file) } : {}),
    ...(tls.insecure_skip_verify ? { rejectUnauthorized: false } : {}),
  };
}

function refused(from: URL, to: string, why: string): RegistryFailure {
  return new RegistryFailure(
    'unavailable',
    `failed to do request: ${from.href}: refusing the redirect to ${JSON.stringify(to.slice(0, 200))}: ${why}`,
  );
}

/** All of a body that may have at most `maxBytes`; undefined when it has more. */
export async function readBody(
  response: HttpResponse,
  maxBytes: number,
  method = 'GET',
): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) {
        response.body.destroy();
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch (error) {
    if (isAbort(error)) throw error;
    throw requestFailure(error, method, response.url);
  }
  return Buffer.concat(chunks);
}
