import { connect, constants, type ClientHttp2Session, type OutgoingHttpHeaders } from 'node:http2';
import { isIP } from 'node:net';
import type { Clock } from '@gantry/base';

/** gRPC's status codes that are told apart here (grpc `doc/statuscodes.md`). */
export const grpcStatus = { ok: 0, deadlineExceeded: 4, resourceExhausted: 8, internal: 13, unavailable: 14 };

const statusNames: Record<number, string> = {
  1: 'CANCELLED',
  2: 'UNKNOWN',
  3: 'INVALID_ARGUMENT',
  4: 'DEADLINE_EXCEEDED',
  5: 'NOT_FOUND',
  7: 'PERMISSION_DENIED',
  8: 'RESOURCE_EXHAUSTED',
  9: 'FAILED_PRECONDITION',
  11: 'OUT_OF_RANGE',
  12: 'UNIMPLEMENTED',
  13: 'INTERNAL',
  14: 'UNAVAILABLE',
  16: 'UNAUTHENTICATED',
};

/** How a call ended that did not succeed; its message reads like grpc-js's: `14 UNAVAILABLE: …`. */
export class GrpcError extends Error {
  readonly code: number;
  /** False when the server cannot have seen the call, so that it may be made again whatever it does. */
  readonly sent: boolean;

  constructor(code: number, details: string, options: { sent: boolean }) {
    super(`${code} ${statusNames[code] ?? 'UNKNOWN'}: ${details}`);
    this.code = code;
    this.sent = options.sent;
  }
}

export interface GrpcConnectionOptions {
  /** `http://host:port` or `https://host:port`. */
  endpoint: string;
  /** PEM, with https. */
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer };
  /** How long a call may take. */
  deadlineMs: number;
}

const mebibyte = 1024 * 1024;
const longestAnswerBytes = 256 * mebibyte;
/** A connection that failed is not tried again for so long. */
const reconnectMs = 100;
/** Streams of a connection are numbered up to 2^31, by twos: it is replaced long before they run out. */
const streamsPerConnection = 2 ** 29;
/** A connection on which a call has run out of time must answer a ping within this. */
const pingMs = 5_000;
/** Message flag and length, before every message (grpc `doc/PROTOCOL-HTTP2.md`). */
const prefixBytes = 5;

interface Connection {
  readonly session: ClientHttp2Session;
  streams: number;
  established: boolean;
}

/**
 * Unary gRPC calls on one HTTP/2 connection, which is made when a call needs it and replaced when it breaks. It does for the few
 * calls that every request makes what grpc-js does for all: at a third of its processor time (docs/adr/0202-etcd-calls-on-http2.md).
 */
export class GrpcConnection implements Disposable {
  readonly #options: GrpcConnectionOptions;
  readonly #clock: Clock;
  readonly #headers = new Map<string, OutgoingHttpHeaders>();
  #connection: Connection | undefined;
  #failed: { atMs: number; why: string } | undefined;
  #closed = false;

  constructor(options: GrpcConnectionOptions, clock: Clock) {
    this.#options = options;
    this.#clock = clock;
  }

  /**
   * Makes a call: `method` is `/package.Service/Method`, `message` its encoded request. Resolves with the encoded answer.
   * @throws GrpcError
   */
  call(method: string, message: Uint8Array): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const connection = this.#connected();
      const { session } = connection;
      connection.streams++;
      const stream = session.request(this.#headersOf(method));
      const chunks: Buffer[] = [];
      let bytes = 0;
      let status: number | undefined;
      let details = '';
      let refused = false;
      const end = (error?: GrpcError) => {
        timer[Symbol.dispose]();
        if (error) reject(error);
        else resolve(unframed(chunks, bytes));
      };
      const timer = this.#clock.after(this.#options.deadlineMs, () => {
        end(
          new GrpcError(grpcStatus.deadlineExceeded, 'Deadline exceeded', { sent: connection.established }),
        );
        stream.close(constants.NGHTTP2_CANCEL);
        this.#suspect(connection);
      });
      const statusFrom = (headers: Record<string, unknown>) => {
        const given = headers['grpc-status'];
        if (given === undefined) return;
        status = Number(given);
        details = decoded(String(headers['grpc-message'] ?? ''));
      };
      stream.on('response', (headers) => {
        statusFrom(headers);
        if (headers[':status'] === 200 || status !== undefined) return;
        status = grpcStatus.unavailable;
        details = `the server answered with HTTP ${headers[':status']}`;
      });
      stream.on('trailers', statusFrom);
      stream.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes <= longestAnswerBytes) return;
        status = grpcStatus.resourceExhausted;
        details = `the answer has more than ${longestAnswerBytes} bytes`;
        stream.close(constants.NGHTTP2_CANCEL);
      });
      stream.on('error', (error) => {
        refused = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
        details ||= causeOf(error);
      });
      stream.on('close', () => {
        if (status === grpcStatus.ok && !isWhole(chunks, bytes)) {
          status = grpcStatus.internal;
          details = 'the answer is not one message';
        }
        if (status === grpcStatus.ok) return end();
        const sent = connection.established && !refused;
        end(
          new GrpcError(status ?? grpcStatus.unavailable, details || 'the connection was lost', {
            sent: sent || status !== undefined,
          }),
        );
      });
      stream.end(framed(message));
    });
  }

  /** The connection in use; a new one, not established yet, where there is none. */
  #connected(): Connection {
    if (this.#closed) throw new GrpcError(grpcStatus.unavailable, 'the client was closed', { sent: false });
    const current = this.#connection;
    if (current) {
      const { session, streams } = current;
      if (streams < streamsPerConnection && !session.closed && !session.destroyed) return current;
      this.#retire(current);
    }
    if (this.#failed && this.#clock.monotonicMs() - this.#failed.atMs < reconnectMs)
      throw new GrpcError(grpcStatus.unavailable, this.#failed.why, { sent: false });
    const { endpoint, tls } = this.#options;
    const { hostname } = new URL(endpoint);
    const session = connect(endpoint, {
      ...tls,
      // A server is not asked for by an address (RFC 6066, section 3).
      ...(isIP(hostname) ? { servername: '' } : {}),
      settings: { enablePush: false, initialWindowSize: 8 * mebibyte },
    });
    const connection: Connection = { session, streams: 0, established: false };
    session.once('connect', () => {
      // Node tells of it, too, when the session has been destroyed while it was being made.
      if (session.destroyed) return;
      connection.established = true;
      this.#failed = undefined;
      session.setLocalWindowSize(32 * mebibyte);
    });
    session.on('error', (error) => {
      if (!connection.established) this.#failed = { atMs: this.#clock.monotonicMs(), why: causeOf(error) };
    });
    session.once('goaway', () => this.#retire(connection));
    session.once('close', () => this.#retire(connection));
    session.unref();
    this.#connection = connection;
    return connection;
  }

  #headersOf(method: string): OutgoingHttpHeaders {
    let headers = this.#headers.get(method);
    if (!headers) {
      headers = {
        [constants.HTTP2_HEADER_METHOD]: 'POST',
        [constants.HTTP2_HEADER_PATH]: method,
        'content-type': 'application/grpc',
        te: 'trailers',
        'grpc-timeout': `${this.#options.deadlineMs}m`,
      };
      this.#headers.set(method, headers);
    }
    return headers;
  }

  /** A call has run out of time: either the server is slow, or nobody is there any more. */
  #suspect(connection: Connection): void {
    const { session } = connection;
    if (!connection.established) {
      // Destroyed first: one that is closed is left to end by itself, and would come up when the server answers at last.
      session.destroy();
      return this.#retire(connection);
    }
    if (session.destroyed || session.closed) return;
    const timer = this.#clock.after(pingMs, () => session.destroy());
    session.ping(() => timer[Symbol.dispose]());
  }

  /** No new calls go there; those under way come to their end. */
  #retire(connection: Connection): void {
    if (this.#connection === connection) this.#connection = undefined;
    if (!connection.session.closed) connection.session.close();
  }

  [Symbol.dispose](): void {
    this.#closed = true;
    this.#connection?.session.destroy();
    this.#connection = undefined;
  }
}

function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(prefixBytes + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, prefixBytes);
  return frame;
}

function isWhole(chunks: Buffer[], bytes: number): boolean {
  if (bytes < prefixBytes) return false;
  const first = chunks[0]!.length >= prefixBytes ? chunks[0]! : (chunks[0] = Buffer.concat(chunks.splice(0)));
  return first[0] === 0 && first.readUInt32BE(1) === bytes - prefixBytes;
}

function unframed(chunks: Buffer[], bytes: number): Buffer {
  const frame = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, bytes);
  return frame.subarray(prefixBytes);
}

/** `grpc-message` is percent-encoded. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Node wraps what happened to a connection in an error of the stream. */
function causeOf(error: Error): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
