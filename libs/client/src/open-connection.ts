import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import {
  Agent as HttpsAgent,
  request as httpsRequest,
  type RequestOptions as HttpsOptions,
} from 'node:https';
import { messageOf, StatusError } from '@gantry/base';
import { statusErrorOf, type ClusterAccess } from '@gantry/state';
import type { Answer, Connection, RequestOptions } from './connection.ts';

export interface ConnectionOptions {
  /** How long one request may take; default 0: as long as it takes. Streams have no limit. */
  timeoutMs?: number;
  /** Sent with every request. */
  headers?: Record<string, string | string[]>;
}

/** No answer that is read as a whole may be larger. */
const maxBodyBytes = 1024 ** 3;
const connectTimeoutMs = 15_000;

/** Opens no socket yet: the first request does. */
export function openConnection(access: ClusterAccess, options: ConnectionOptions = {}): Connection {
  return new HttpConnection(access, options);
}

/** On Node's own client, not on undici as long-lived programs have it: that takes longer to load than a short command to run. */
class HttpConnection implements Connection {
  readonly server: string;
  readonly namespace: string;
  readonly tls: Connection['tls'];
  readonly headers: Connection['headers'];
  readonly #agent: HttpAgent;
  readonly #url: URL;
  readonly #timeoutMs: number;

  constructor(access: ClusterAccess, { timeoutMs = 0, headers = {} }: ConnectionOptions) {
    this.server = access.server.replace(/\/+$/, '');
    this.#url = new URL(this.server);
    this.namespace = access.namespace;
    this.tls = {
      ...(access.ca ? { ca: access.ca } : {}),
      ...(access.cert ? { cert: access.cert } : {}),
      ...(access.key ? { key: access.key } : {}),
      ...(access.tlsServerName ? { servername: access.tlsServerName } : {}),
      rejectUnauthorized: !access.insecureSkipTlsVerify,
    };
    const { token, basic } = access;
    const authorization = token
      ? `Bearer ${token}`
      : basic && `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`;
    this.headers = { ...headers, 'user-agent': 'gantry', ...(authorization ? { authorization } : {}) };
    const pool = { keepAlive: true, maxSockets: 64 };
    this.#agent =
      this.#url.protocol === 'http:' ? new HttpAgent(pool) : new HttpsAgent({ ...pool, ...this.tls });
    this.#timeoutMs = timeoutMs;
  }

  async request(options: RequestOptions): Promise<Answer> {
    const signal = options.signal ?? (this.#timeoutMs > 0 ? AbortSignal.timeout(this.#timeoutMs) : undefined);
    const answer = await this.#send(options, signal);
    return {
      status: answer.statusCode ?? 0,
      headers: answer.headers,
      body: await this.#whole(answer, signal),
    };
  }

  async stream(options: RequestOptions): Promise<AsyncIterable<Uint8Array>> {
    const { signal } = options;
    return this.#chunks(await this.#send(options, signal), signal);
  }

  close(): Promise<void> {
    this.#agent.destroy();
    return Promise.resolve();
  }

  async #send(options: RequestOptions, signal: AbortSignal | undefined): Promise<IncomingMessage> {
    const {
      method = 'GET',
      path,
      body,
      accept = 'application/json',
      contentType = 'application/json',
    } = options;
    signal?.throwIfAborted();
    const bytes =
      body === undefined
        ? undefined
        : typeof body === 'string' || body instanceof Uint8Array
          ? Buffer.from(body)
          : Buffer.from(JSON.stringify(body));
    const settings: HttpsOptions = {
      agent: this.#agent,
      host: this.#url.hostname.replace(/^\[|\]$/g, ''),
      port: this.#url.port || (this.#url.protocol === 'http:' ? 80 : 443),
      method,
      path: this.#url.pathname.replace(/\/+$/, '') + path,
      headers: {
        ...this.headers,
        accept,
        ...(bytes ? { 'content-type': contentType, 'content-length': bytes.length } : {}),
      },
      ...(signal ? { signal } : {}),
    };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = (this.#url.protocol === 'http:' ? httpRequest : httpsRequest)(settings, resolve);
      outgoing.on('error', (error) => reject(this.#failure(error, signal)));
      outgoing.on('socket', (socket) => {
        if (!socket.connecting) return;
        // Only the way there is limited: an answer may take its time.
        socket.setTimeout(connectTimeoutMs, () => socket.destroy(new Error('the connection timed out')));
        socket.once('secureConnect', () => socket.setTimeout(0));
        socket.once('connect', () => this.#url.protocol === 'http:' && socket.setTimeout(0));
      });
      outgoing.end(bytes);
    });
    const status = answer.statusCode ?? 0;
    if (status >= 400) throw statusErrorOf(status, (await this.#whole(answer, signal)).toString('utf8'));
    return answer;
  }

  async *#chunks(answer: IncomingMessage, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of answer) yield chunk as Buffer;
    } catch (error) {
      throw this.#failure(error, signal);
    }
  }

  async #whole(answer: IncomingMessage, signal: AbortSignal | undefined): Promise<Buffer> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of this.#chunks(answer, signal)) {
      size += chunk.length;
      if (size > maxBodyBytes)
        throw new StatusError('InternalError', `the server's answer is larger than ${maxBodyBytes} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }

  #failure(error: unknown, signal: AbortSignal | undefined): unknown {
    if (error instanceof StatusError) return error;
    if (signal?.aborted) return signal.reason;
    const { code } = error as NodeJS.ErrnoException;
    const { host } = this.#url;
    return StatusError.unavailable(
      code === 'ECONNREFUSED'
        ? `The connection to the server ${host} was refused - did you specify the right host or port?`
        : `Unable to connect to the server ${host}: ${messageOf(error)}`,
      error,
    );
  }
}
