import { Agent, type Dispatcher } from 'undici';
import { counter, histogram, isAbort, messageOf, StatusError, type Metrics } from '@gantry/base';
import type { ClusterAccess } from './kubeconfig.ts';
import { statusErrorOf } from './status-error-of.ts';

export interface RemoteRequest {
  /** Default GET. */
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/pods`, without the query. */
  path: string;
  /** Undefined values are left out. */
  query?: Record<string, string | number | boolean | undefined>;
  headers?: Record<string, string>;
  /** Objects are sent as JSON. */
  body?: string | Uint8Array | object;
  signal?: AbortSignal | undefined;
  /** How long the answer may be silent. Default 60,000; 0 for streams: no limit. */
  idleMs?: number;
}

export interface RemoteResponse {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  /** To be read or destroyed. */
  readonly body: Dispatcher.ResponseData['body'];
}

export interface RemoteClientOptions {
  /** The `User-Agent`. Default `gantry`. */
  userAgent?: string;
  /** Connections at most; watches hold one each. Default 1,024. */
  connections?: number;
  /** Where requests are counted (`rest_client_requests_total`, …). Default: nowhere. */
  metrics?: Metrics;
}

/** No answer that is read as a whole may be larger. */
const maxBodyBytes = 1024 * 1024 * 1024;

/** Raw requests to a Kubernetes API server, authenticated. Failures of the connection are ServiceUnavailable. */
export class RemoteClient implements AsyncDisposable {
  readonly access: ClusterAccess;
  readonly #agent: Agent;
  readonly #headers: Record<string, string>;
  readonly #origin: string;
  readonly #basePath: string;
  readonly #measured: ((method: string, code: string, tookMs: number) => void) | undefined;

  constructor(access: ClusterAccess, options: RemoteClientOptions = {}) {
    this.access = access;
    const { origin, host, pathname } = new URL(access.server);
    this.#measured = options.metrics && requestMetrics(options.metrics, host);
    this.#origin = origin;
    this.#basePath = pathname.replace(/\/+$/, '');
    this.#agent = new Agent({
      connections: options.connections ?? 1_024,
      allowH2: false,
      connect: {
        ...(access.ca ? { ca: access.ca } : {}),
        ...(access.cert ? { cert: access.cert } : {}),
        ...(access.key ? { key: access.key } : {}),
        ...(access.tlsServerName ? { servername: access.tlsServerName } : {}),
        rejectUnauthorized: !access.insecureSkipTlsVerify,
        timeout: 10_000,
      },
    });
    const { token, basic } = access;
    const authorization = token
      ? `Bearer ${token}`
      : basic && `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
    this.#headers = {
      'user-agent': options.userAgent ?? 'gantry',
      ...(authorization ? { authorization } : {}),
    };
  }

  /** Any answer, whatever its status. The signal's reason when it aborts. */
  async request(request: RemoteRequest): Promise<RemoteResponse> {
    const { method = 'GET', body, signal, idleMs = 60_000 } = request;
    const raw = body === undefined || typeof body === 'string' || body instanceof Uint8Array;
    const beganMs = performance.now();
    try {
      const response = await this.#agent.request({
        origin: this.#origin,
        path: this.#basePath + request.path + queryString(request.query),
        method,
        headers: {
          accept: 'application/json',
          ...this.#headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...request.headers,
        },
        body: raw ? (body ?? null) : JSON.stringify(body),
        headersTimeout: 60_000,
        bodyTimeout: idleMs,
        ...(signal ? { signal } : {}),
      });
      this.#measured?.(method, String(response.statusCode), performance.now() - beganMs);
      return { status: response.statusCode, headers: response.headers, body: response.body };
    } catch (error) {
      this.#measured?.(method, '<error>', performance.now() - beganMs);
      throw this.#failed(error, signal);
    }
  }

  /** The body of a successful answer, as a stream; other answers are thrown as the StatusError they carry. */
  async stream(request: RemoteRequest): Promise<RemoteResponse> {
    const response = await this.request(request);
    if (response.status < 400) return response;
    throw statusErrorOf(response.status, await this.#text(response, request.signal));
  }

  /** The JSON of a successful answer; other answers are thrown as the StatusError they carry. */
  async json<T>(request: RemoteRequest): Promise<T> {
    const response = await this.stream(request);
    const text = await this.#text(response, request.signal);
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      throw new StatusError('InternalError', `the answer to ${request.path} is no JSON`, { cause: error });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy();
  }

  async #text(response: RemoteResponse, signal: AbortSignal | undefined): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    try {
      for await (const chunk of response.body as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maxBodyBytes)
          throw new StatusError('InternalError', `the server's answer is larger than ${maxBodyBytes} bytes`);
        chunks.push(chunk);
      }
    } catch (error) {
      throw error instanceof StatusError ? error : this.#failed(error, signal);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  #failed(error: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted && (isAbort(error) || error === signal.reason)) return signal.reason;
    return StatusError.unavailable(`${this.access.server} did not answer: ${messageOf(error)}`, error);
  }
}

/** The metrics of upstream's clients; times are until the answer begins. */
function requestMetrics(metrics: Metrics, host: string) {
  const requests = counter(
    metrics,
    'rest_client_requests_total',
    'Requests to the API, by method, host and status code.',
    ['code', 'method', 'host'],
  );
  const durations = histogram(
    metrics,
    'rest_client_request_duration_seconds',
    'Time until an answer of the API begins, by verb and host.',
    ['verb', 'host'],
    [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60],
  );
  return (method: string, code: string, tookMs: number) => {
    requests.inc({ code, method, host });
    durations.observe({ verb: method, host }, tookMs / 1000);
  };
}

function queryString(query: RemoteRequest['query'] = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return parameters.size ? `?${parameters}` : '';
}
