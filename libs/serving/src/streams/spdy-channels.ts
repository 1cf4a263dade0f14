import type { Duplex } from 'node:stream';
import { StatusError, type Clock } from '@gantry/base';
import type { StreamChunk } from '@gantry/link';
import type { HttpRequest } from '../http.ts';
import { channel, type ClientChannels } from './channels.ts';
import { Inbox } from './inbox.ts';
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts';

export const isSpdy = (req: HttpRequest): boolean =>
  String(req.headers.upgrade ?? '').toLowerCase() === 'spdy/3.1';

/** How long the client may take to open the streams it needs, as upstream's `streamCreationTimeout`. */
const streamsWithinMs = 30_000;
const maxWaitingBytes = 1024 * 1024;

/** The first of `protocols` that the client offers in `X-Stream-Protocol-Version`; Forbidden, as upstream has it, when none. */
export function negotiateSpdy(req: HttpRequest, protocols: readonly string[]): string {
  const header = req.headers['x-stream-protocol-version'];
  const offered = (Array.isArray(header) ? header : [header ?? ''])
    .flatMap((each) => each.split(','))
    .map((each) => each.trim());
  const chosen = protocols.find((each) => offered.includes(each));
  if (chosen === undefined)
    throw new StatusError(
      'Forbidden',
      `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server supports [${protocols.join(' ')}]`,
    );
  return chosen;
}

/** Switches protocols. */
export function acceptSpdy(socket: Duplex, protocol: string): SpdyConnection {
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n' +
      `X-Stream-Protocol-Version: ${protocol}\r\n\r\n`,
  );
  return new SpdyConnection(socket);
}

const numbers: Readonly<Record<string, number>> = {
  stdin: channel.stdin,
  stdout: channel.stdout,
  stderr: channel.stderr,
  error: channel.status,
  resize: channel.resize,
};

/** A remote command over SPDY: one stream per channel, told apart by their header `streamType`. */
export class SpdyChannels implements ClientChannels {
  readonly #connection: SpdyConnection;
  readonly #streams: ReadonlyMap<number, SpdyStream>;
  readonly #inbox = new Inbox<StreamChunk>(maxWaitingBytes, ({ data }) => data.length + 64);

  private constructor(connection: SpdyConnection, streams: ReadonlyMap<number, SpdyStream>) {
    this.#connection = connection;
    this.#streams = streams;
    for (const from of [channel.stdin, channel.resize]) {
      const stream = streams.get(from);
      if (stream) this.#pump(from, stream);
    }
    void connection.closed.then(() => this.#inbox.close());
  }

  /** Waits until the client has opened all `wanted` channels. */
  static async open(
    connection: SpdyConnection,
    head: Buffer,
    wanted: readonly number[],
    clock: Clock,
  ): Promise<SpdyChannels> {
    const streams = new Map<number, SpdyStream>();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    connection.onStream = (stream) => {
      const number = numbers[stream.headers['streamtype'] ?? ''];
      if (number === undefined || streams.has(number)) return void stream.destroy();
      streams.set(number, stream);
      if (wanted.every((each) => streams.has(each))) resolve();
    };
    void connection.run(head);
    using _timeout = clock.after(streamsWithinMs, () =>
      reject(new Error('the client did not open its streams in time')),
    );
    void connection.closed.then(() => reject(new Error('the client went away')));
    await promise;
    return new SpdyChannels(connection, streams);
  }

  get incoming(): AsyncIterable<StreamChunk> {
    return this.#inbox;
  }

  #pump(from: number, stream: SpdyStream): void {
    this.#inbox.onFull = () => this.#streams.get(channel.stdin)?.pause();
    this.#inbox.onDrained = () => this.#streams.get(channel.stdin)?.resume();
    stream.on('data', (data: Buffer) => this.#inbox.push({ channel: from, data }));
    stream.on('end', () => {
      if (from === channel.stdin) this.#inbox.push({ channel: from, data: Buffer.alloc(0), end: true });
    });
  }

  send(to: number, data: Uint8Array): Promise<void> {
    const stream = this.#streams.get(to);
    // A channel the client did not ask for: nobody listens.
    if (!stream) return Promise.resolve();
    return write(stream, data);
  }

  async finish(status: Uint8Array): Promise<void> {
    const error = this.#streams.get(channel.status);
    if (error) await write(error, status);
    await Promise.all(
      [...this.#streams.values()].map(
        (stream) => new Promise<void>((resolve) => void stream.end(() => resolve())),
      ),
    );
    this.#connection.end();
  }
}

export function write(stream: Duplex, data: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) =>
    stream.write(data, (error?: Error | null) => (error ? reject(error) : resolve())),
  );
}
