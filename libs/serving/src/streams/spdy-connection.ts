import { Duplex } from 'node:stream';
import { ByteQueue } from './byte-queue.ts';
import { HeaderDeflater, HeaderInflater, type SpdyHeaders } from './spdy-headers.ts';

const synStream = 1;
const synReply = 2;
const rstStream = 3;
const ping = 6;
const goAway = 7;
const flagFin = 1;
/** Data frames are written in pieces of at most this, so that streams take turns. */
const maxFrameBytes = 32 * 1024;
/** Frames larger than this are nothing a client of ours sends. */
const maxIncomingBytes = 8 * 1024 * 1024;
const maxStreams = 1000;

/** One stream of a {@link SpdyConnection}: what is written goes out as data frames, `end` half-closes. */
export class SpdyStream extends Duplex {
  readonly id: number;
  readonly headers: SpdyHeaders;
  readonly #connection: SpdyConnection;

  constructor(connection: SpdyConnection, id: number, headers: SpdyHeaders) {
    super({ allowHalfOpen: true, readableHighWaterMark: 256 * 1024, writableHighWaterMark: 256 * 1024 });
    this.#connection = connection;
    this.id = id;
    this.headers = headers;
    this.on('error', () => {});
  }

  override _read(): void {
    this.#connection.resume(this);
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#connection.writeData(this.id, chunk, false).then(() => done(), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#connection.writeData(this.id, Buffer.alloc(0), true).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#connection.forget(this, error !== null || !this.readableEnded || !this.writableFinished);
    done(error);
  }
}

/**
 * The server's end of SPDY/3.1 as Kubernetes uses it: streams that the client opens, data both ways, pings. Like the Go library
 * at the other end (moby/spdystream) it leaves flow control to TCP: window updates are neither sent nor waited for; a stream that
 * is not read makes the whole connection wait. That is why this is not `spdy-transport`, which would stop after 64 KiB.
 * (SPDY Protocol - Draft 3.1)
 */
export class SpdyConnection {
  /** Called for each new stream, in order; its headers are there. */
  onStream: (stream: SpdyStream) => void = () => {};
  /** Settles when the connection is gone. */
  readonly closed: Promise<void>;
  readonly #socket: Duplex;
  readonly #inflater = new HeaderInflater();
  readonly #deflater = new HeaderDeflater();
  readonly #streams = new Map<number, SpdyStream>();
  /** Streams whose reader is behind. */
  readonly #blocked = new Set<SpdyStream>();
  #unblock: (() => void) | undefined;
  #lastId = 0;
  #replies: Promise<void> = Promise.resolve();

  constructor(socket: Duplex) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('error', () => socket.destroy());
  }

  /** Reads until the connection ends. @param head what was read from the socket already. */
  async run(head: Buffer): Promise<void> {
    try {
      await this.#read(head);
    } catch {
      // Whatever the other end did wrong: the connection is of no more use.
    } finally {
      this.#socket.destroy();
      for (const stream of this.#streams.values()) stream.destroy();
      this.#inflater.close();
      this.#deflater.close();
    }
  }

  /** Says that no more streams are taken, and closes when what was written is out. */
  end(): void {
    const body = Buffer.alloc(8);
    body.writeUInt32BE(this.#lastId, 0);
    if (this.#socket.writable) {
      this.#socket.write(control(goAway, 0, body));
      this.#socket.end();
    }
  }

  destroy(): void {
    this.#socket.destroy();
  }

  resume(stream: SpdyStream): void {
    if (this.#blocked.delete(stream) && this.#blocked.size === 0) this.#unblock?.();
  }

  forget(stream: SpdyStream, abort: boolean): void {
    this.resume(stream);
    if (!this.#streams.delete(stream.id) || !abort || !this.#socket.writable) return;
    const body = Buffer.alloc(8);
    body.writeUInt32BE(stream.id, 0);
    body.writeUInt32BE(5, 4); // CANCEL
    this.#socket.write(control(rstStream, 0, body));
  }

  async writeData(id: number, data: Buffer, fin: boolean): Promise<void> {
    await this.#replies;
    let at = 0;
    do {
      const piece = data.subarray(at, at + maxFrameBytes);
      at += piece.length;
      const head = Buffer.alloc(8);
      head.writeUInt32BE(id, 0);
      head.writeUInt32BE(piece.length, 4);
      if (fin && at >= data.length) head[4] = flagFin;
      if (this.#socket.destroyed || !this.#socket.writable) throw new Error('spdy: the connection is closed');
      this.#socket.cork();
      this.#socket.write(head);
      const room = piece.length === 0 || this.#socket.write(piece);
      this.#socket.uncork();
      if (!room)
        await new Promise<void>((resolve) => {
          const done = () => {
            this.#socket.off('drain', done);
            this.#socket.off('close', done);
            resolve();
          };
          this.#socket.once('drain', done);
          this.#socket.once('close', done);
        });
    } while (at < data.length);
  }

  async #read(head: Buffer): Promise<void> {
    const waiting = new ByteQueue();
    const take = async (piece: Buffer) => {
      waiting.append(piece);
      while (waiting.bytes.length >= 8) {
        const length = waiting.bytes.readUInt32BE(4) & 0xffffff;
        if (length > maxIncomingBytes) throw new RangeError('spdy: frame is too large');
        if (waiting.bytes.length < 8 + length) return;
        const frame = waiting.bytes.subarray(0, 8 + length);
        waiting.drop(8 + length);
        await this.#handle(frame);
      }
    };
    await take(head);
    for await (const chunk of this.#socket as AsyncIterable<Buffer>) await take(chunk);
  }

  async #handle(frame: Buffer): Promise<void> {
    const first = frame.readUInt32BE(0);
    const flags = frame[4]!;
    const body = frame.subarray(8);
    if ((first & 0x80000000) === 0) return this.#handleData(first, flags, body);
    if (((first >>> 16) & 0x7fff) !== 3) throw new RangeError('spdy: not version 3');
    switch (first & 0xffff) {
      case synStream:
        return this.#handleSynStream(flags, body);
      case rstStream: {
        const stream = this.#streams.get(body.readUInt32BE(0));
        if (stream) {
          this.#streams.delete(stream.id);
          stream.destroy();
        }
        return;
      }
      case ping:
        // An odd number is the client's question; the same frame is the answer.
        if (body.readUInt32BE(0) % 2 === 1 && this.#socket.writable) this.#socket.write(Buffer.from(frame));
    }
  }

  async #handleSynStream(flags: number, body: Buffer): Promise<void> {
    const id = body.readUInt32BE(0) & 0x7fffffff;
    const headers = await this.#inflater.decode(body.subarray(10));
    if (id <= this.#lastId || this.#streams.size >= maxStreams) throw new RangeError('spdy: bad stream id');
    this.#lastId = id;
    const stream = new SpdyStream(this, id, headers);
    this.#streams.set(id, stream);
    // The answer precedes all data of the stream.
    this.#replies = this.#reply(id);
    await this.#replies;
    if (flags & flagFin) stream.push(null);
    this.onStream(stream);
  }

  async #reply(id: number): Promise<void> {
    const block = await this.#deflater.encode({});
    const body = Buffer.alloc(4 + block.length);
    body.writeUInt32BE(id, 0);
    block.copy(body, 4);
    if (this.#socket.writable) this.#socket.write(control(synReply, 0, body));
  }

  async #handleData(id: number, flags: number, body: Buffer): Promise<void> {
    const stream = this.#streams.get(id);
    if (!stream) return;
    if (body.length > 0 && !stream.push(Buffer.from(body))) this.#blocked.add(stream);
    if (flags & flagFin) {
      this.#blocked.delete(stream);
      stream.push(null);
    }
    while (this.#blocked.size > 0 && !this.#socket.destroyed)
      await new Promise<void>((resolve) => {
        const go = () => {
          this.#unblock = undefined;
          this.#socket.off('close', go);
          resolve();
        };
        this.#unblock = go;
        this.#socket.once('close', go);
      });
  }
}

/** A control frame of version 3. */
function control(type: number, flags: number, body: Buffer): Buffer {
  const frame = Buffer.alloc(8 + body.length);
  frame.writeUInt16BE(0x8003, 0);
  frame.writeUInt16BE(type, 2);
  frame.writeUInt32BE(body.length, 4);
  frame[4] = flags;
  body.copy(frame, 8);
  return frame;
}
