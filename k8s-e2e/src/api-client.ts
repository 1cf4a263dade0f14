import { readFileSync } from 'node:fs';
import { Agent, request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'yaml';

export interface Credentials {
  ca: string;
  certificate?: string;
  key?: string;
  token?: string;
}

export interface ApiResponse {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

export interface ApiRequest {
  /** Sent as JSON unless it is text or bytes already. */
  body?: unknown;
  /** Default application/json. */
  type?: string;
  headers?: Record<string, string>;
  /** Default 60,000. */
  timeoutMs?: number;
}

interface WatchEvent<T> {
  type: string;
  object: T;
}

/** Plain HTTPS to an API server, without any library between: what a stranger's client would send. */
export class ApiClient {
  readonly server: string;
  readonly credentials: Credentials;
  readonly #agent: Agent;

  constructor(server: string, credentials: Credentials) {
    this.server = server;
    this.credentials = credentials;
    const { ca, certificate, key } = credentials;
    this.#agent = new Agent({
      keepAlive: true,
      ca,
      ...(certificate !== undefined && key !== undefined ? { cert: certificate, key } : {}),
    });
  }

  static fromKubeconfig(file: string): ApiClient {
    const config = parse(readFileSync(file, 'utf8')) as {
      clusters: { cluster: { server: string; 'certificate-authority-data': string } }[];
      users: { user: { 'client-certificate-data': string; 'client-key-data': string } }[];
    };
    const { cluster } = config.clusters[0]!;
    const { user } = config.users[0]!;
    const plain = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');
    return new ApiClient(cluster.server, {
      ca: plain(cluster['certificate-authority-data']),
      certificate: plain(user['client-certificate-data']),
      key: plain(user['client-key-data']),
    });
  }

  /** The same server as somebody else; `{}` is nobody. */
  as(credentials: Omit<Credentials, 'ca'>): ApiClient {
    return new ApiClient(this.server, { ca: this.credentials.ca, ...credentials });
  }

  /** The answer, whatever its status. Rejects when there is none in time. */
  request(method: string, path: string, options: ApiRequest = {}): Promise<ApiResponse> {
    const { body, timeoutMs = 60_000 } = options;
    const bytes =
      body === undefined
        ? undefined
        : Buffer.isBuffer(body)
          ? body
          : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const sent = request(`${this.server}${path}`, {
        ...this.#options(method),
        headers: {
          ...this.#headers(),
          ...(bytes
            ? { 'content-type': options.type ?? 'application/json', 'content-length': bytes.length }
            : {}),
          ...options.headers,
        },
        signal: AbortSignal.timeout(timeoutMs),
      });
      sent.once('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)));
      sent.once('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', (error) => reject(new Error(`${method} ${path}: ${error.message}`)));
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      sent.end(bytes);
    });
  }

  /** The object at a path. Rejects with what the server said unless it answers 200 or 201. */
  async json<T>(path: string, method = 'GET', options: ApiRequest = {}): Promise<T> {
    const { status, text } = await this.request(method, path, options);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text.slice(0, 1000)}`);
    return JSON.parse(text) as T;
  }

  /** Calls back for each event of a watch until disposed; `ended` resolves when the server ends it. */
  watch<T>(path: string, look: (event: WatchEvent<T>) => void): Disposable & { ended: Promise<void> } {
    const stop = new AbortController();
    const ended = new Promise<void>((resolve, reject) => {
      const sent = request(`${this.server}${path}`, {
        ...this.#options('GET'),
        agent: false,
        headers: this.#headers(),
        signal: stop.signal,
      });
      sent.once('error', (error) => (stop.signal.aborted ? resolve() : reject(error)));
      sent.once('response', (answer) => {
        let rest = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          const lines = (rest + chunk).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) look(JSON.parse(line) as WatchEvent<T>);
        });
        answer.once('error', () => resolve());
        answer.once('end', () => resolve());
      });
      sent.end();
    });
    return { ended, [Symbol.dispose]: () => stop.abort() };
  }

  #options(method: string): RequestOptions {
    const { ca, certificate, key } = this.credentials;
    return {
      method,
      agent: this.#agent,
      ca,
      ...(certificate !== undefined && key !== undefined ? { cert: certificate, key } : {}),
    };
  }

  #headers(): Record<string, string> {
    const { token } = this.credentials;
    return { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
  }
}
