import {
  connect,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type OutgoingHttpHeaders,
} from 'node:http2';
import { connect as connectSocket, isIP } from 'node:net';
import type { Clock } from '@gantry/base';
import { framed, MessageReader } from './grpc-frames.ts';

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
  /** `http://host:port`, `https://host:port`, or `unix:///path` of a socket, which is spoken to without TLS. */
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
/** A connection with a stream that nothing has come on for so long is asked whether it is alive. */
const quietMs = 10_000;

const notOne = 'the answer is not one message';

interface Connection {
  readonly session: ClientHttp2Session;
  streams: number;
  established: boolean;
}

interface Call {
  readonly connection: Connection;
  readonly stream: ClientHttp2Stream;
  /** Gives it up, unless it is over. */
  fail(code: number, details: string): void;
}

/** What comes of a call with many answers. */
export interface GrpcReceiver {
  message(bytes: Buffer): void;
  /** The call is over; called at most once, last, and not after disposal. */
  ended(error: GrpcError): void;
}

/**
 * gRPC calls on one HTTP/2 connection, which is made when a call needs it and replaced when it breaks. It does for the few calls that
 * every request makes what grpc-js does for all: at a third of its processor time (docs/adr/0202-etcd-calls-on-http2.md).
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
      let answer: Buffer | undefined;
      const call = this.#open(method, this.#options.deadlineMs, {
        message(bytes) {
          if (!answer) return void (answer = bytes);
          call.fail(grpcStatus.internal, notOne);
        },
        ended(error) {
          timer[Symbol.dispose]();
          if (error) reject(error);
          else if (answer) resolve(answer);
          else reject(new GrpcError(grpcStatus.internal, notOne, { sent: true }));
        },
      });
      const timer = this.#clock.after(this.#options.deadlineMs, () => {
        call.fail(grpcStatus.deadlineExceeded, 'Deadline exceeded');
        this.#suspect(call.connection);
      });
      call.stream.end(framed(message));
    });
  }

  /**
   * Makes a call that is answered until it ends, and keeps its own side open. Disposing ends it. While it is open the connection is asked
   * for life signs whenever it has been quiet for 10 s.
   */
  open(method: string, message: Uint8Array, receiver: GrpcReceiver): Disposable {
    let isQuiet = false;
    let done = false;
    const call = this.#open(method, undefined, {
      message(bytes) {
        isQuiet = false;
        receiver.message(bytes);
      },
      ended: (error) => {
        timer[Symbol.dispose]();
        if (done) return;
        done = true;
        receiver.ended(error ?? new GrpcError(grpcStatus.unavailable, 'the stream ended', { sent: true }));
      },
    });
    const watchOver = (): Disposable =>
      this.#clock.after(quietMs, () => {
        if (isQuiet) this.#suspect(call.connection);
        isQuiet = true;
        timer = watchOver();
      });
    let timer = watchOver();
    call.stream.write(framed(message));
    return {
      [Symbol.dispose]: () => {
        done = true;
        timer[Symbol.dispose]();
        call.stream.close(constants.NGHTTP2_CANCEL);
      },
    };
  }

  /** `ended` is called once, without an error when the server's status was OK. */
  #open(
    method: string,
    timeoutMs: number | undefined,
    receiver: { message(bytes: Buffer): void; ended(error?: GrpcError): void },
  ): Call {
    const connection = this.#connected();
    connection.streams++;
    const stream = connection.session.request(this.#headersOf(method, timeoutMs));
    const reader = new MessageReader(longestAnswerBytes);
    let status: number | undefined;
    let details = '';
    let isRefused = false;
    let isOver = false;
    const end = (code: number, text: string, sent: boolean) => {
      if (isOver) return;
      isOver = true;
      receiver.ended(code === grpcStatus.ok ? undefined : new GrpcError(code, text, { sent }));
    };
    const fail = (code: number, text: string) => {
      end(code, text, connection.established);
      stream.close(constants.NGHTTP2_CANCEL);
    };
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
      if (isOver || (status ?? grpcStatus.ok) !== grpcStatus.ok) return;
      reader.push(chunk);
      try {
        for (let message = reader.next(); message && !isOver; message = reader.next())
          receiver.message(message);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        fail(grpcStatus.resourceExhausted, error.message);
      }
    });
    stream.on('error', (error) => {
      isRefused = stream.rstCode === constants.NGHTTP2_REFUSED_STREAM;
      details ||= causeOf(error);
    });
    stream.on('close', () => {
      if (status === grpcStatus.ok && reader.pending > 0) return end(grpcStatus.internal, notOne, true);
      const sent = status !== undefined || (connection.established && !isRefused);
      end(status ?? grpcStatus.unavailable, details || 'the connection was lost', sent);
    });
    return { connection, stream, fail };
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
    const { hostname, protocol, pathname } = new URL(endpoint);
    const isSocket = protocol === 'unix:';
    const session = connect(isSocket ? 'http://localhost' : endpoint, {
      ...(isSocket ? { createConnection: () => connectSocket(decodeURIComponent(pathname)) } : {}),
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

  #headersOf(method: string, timeoutMs: number | undefined): OutgoingHttpHeaders {
    let headers = this.#headers.get(method);
    if (!headers) {
      headers = {
        [constants.HTTP2_HEADER_METHOD]: 'POST',
        [constants.HTTP2_HEADER_PATH]: method,
        'content-type': 'application/grpc',
        te: 'trailers',
        ...(timeoutMs === undefined ? {} : { 'grpc-timeout': `${timeoutMs}m` }),
      };
      this.#headers.set(method, headers);
    }
    return headers;
  }

  /** A call has run out of time, or a stream is quiet: either there is nothing to say, or nobody is there any more. */
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
