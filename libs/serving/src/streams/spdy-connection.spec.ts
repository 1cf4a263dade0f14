import { duplexPair } from 'node:stream';
import { constants, createDeflate } from 'node:zlib';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts';

const dictionary = (
  createRequire(import.meta.url)('spdy-transport/lib/spdy-transport/protocol/spdy/dictionary.js') as Record<
    string,
    Buffer
  >
)['3.1']!;

/** A client just good enough to open streams, send data and look at frames. */
class Client {
  readonly frames: Buffer[] = [];
  readonly #deflate = createDeflate({ dictionary });
  readonly #wire;
  readonly connection: SpdyConnection;
  readonly streams: SpdyStream[] = [];

  constructor() {
    const [here, there] = duplexPair();
    this.#wire = here;
    let waiting = Buffer.alloc(0);
    here.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 8) {
        const length = 8 + (waiting.readUInt32BE(4) & 0xffffff);
        if (waiting.length < length) return;
        this.frames.push(waiting.subarray(0, length));
        waiting = waiting.subarray(length);
      }
    });
    this.connection = new SpdyConnection(there);
    this.connection.onStream = (stream) => this.streams.push(stream);
    void this.connection.run(Buffer.alloc(0));
  }

  raw(bytes: Buffer): void {
    this.#wire.write(bytes);
  }

  end(): void {
    this.#wire.destroy();
  }

  async open(id: number, headers: Record<string, string>): Promise<SpdyStream> {
    const text = (value: string) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);
    const plain = Buffer.concat([
      number(Object.keys(headers).length),
      ...Object.entries(headers).flatMap(([name, value]) => [text(name), text(value)]),
    ]);
    const chunks: Buffer[] = [];
    const collect = (chunk: Buffer) => chunks.push(chunk);
    this.#deflate.on('data', collect);
    await new Promise<void>((resolve) => {
      this.#deflate.write(plain);
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => resolve());
    });
    this.#deflate.off('data', collect);
    this.raw(frame(0x80030001, 0, Buffer.concat([number(id), number(0), Buffer.alloc(2), ...chunks])));
    return eventually(() => this.streams.find((stream) => stream.id === id));
  }

  data(id: number, data: Buffer, fin = false): void {
    this.raw(frame(id, fin ? 1 : 0, data));
  }
}

const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const frame = (first: number, flags: number, body: Buffer) =>
  Buffer.concat([number(first), number((flags << 24) | body.length).fill(flags, 0, 1), body]);

describe('the server’s end of SPDY', () => {
  it('opens streams with their headers and answers each', async () => {
    const client = new Client();
    expect((await client.open(1, { streamType: 'error' })).headers['streamtype']).toBe('error');
    expect((await client.open(3, { streamType: 'data', port: '80' })).headers['port']).toBe('80');
    const replies = await eventually(() => (client.frames.length >= 2 ? client.frames : undefined));
    expect(replies.map((each) => each.readUInt32BE(0).toString(16))).toEqual(['80030002', '80030002']);
    client.end();
  });

  it('carries data both ways, in pieces, and half-closes', async () => {
    const client = new Client();
    const stream = await client.open(1, { streamType: 'data' });
    client.data(1, Buffer.from('up'));
    client.data(1, Buffer.alloc(0), true);
    const received: Buffer[] = [];
    for await (const chunk of stream) received.push(chunk as Buffer);
    expect(Buffer.concat(received).toString()).toBe('up');
    const sent = Buffer.alloc(300_000, 'x');
    stream.end(sent);
    await eventually(() => client.frames.at(-1)![4] === 1);
    const data = client.frames.filter((each) => each.readUInt32BE(0) === 1).map((each) => each.subarray(8));
    expect(Buffer.concat(data).equals(sent)).toBe(true);
    expect(Math.max(...data.map(({ length }) => length))).toBeLessThanOrEqual(32 * 1024);
    client.end();
  });

  it('answers pings', async () => {
    const client = new Client();
    const ping = frame(0x80030006, 0, number(7));
    client.raw(ping);
    await eventually(() => client.frames.some((each) => each.equals(ping)));
    client.end();
  });

  it('stops reading while a stream is not read, and goes on after', async () => {
    const client = new Client();
    const stream = await client.open(1, { streamType: 'data' });
    const chunk = Buffer.alloc(64 * 1024, 'y');
    for (let i = 0; i < 100; i++) client.data(1, chunk);
    client.data(1, Buffer.alloc(0), true);
    await eventually(() => stream.readableLength >= 256 * 1024);
    expect(stream.readableLength).toBeLessThan(1024 * 1024);
    let size = 0;
    for await (const each of stream) size += (each as Buffer).length;
    expect(size).toBe(100 * chunk.length);
    client.end();
  });

  it.each([
    ['another version', frame(0x80020001, 0, Buffer.alloc(20))],
    ['a frame that is too large', Buffer.alloc(8, 0xff)],
    ['headers that are no zlib', frame(0x80030001, 0, Buffer.concat([number(1), Buffer.alloc(30, 0xff)]))],
    ['a frame that is too short', frame(0x80030001, 0, Buffer.alloc(2))],
    ['a reset of nothing', frame(0x80030003, 0, Buffer.alloc(1))],
  ])('ends the connection on %s', async (_, bytes) => {
    const client = new Client();
    client.raw(bytes);
    await client.connection.closed;
    expect(client.streams).toEqual([]);
  });

  it('ends all streams with the connection', async () => {
    const client = new Client();
    const stream = await client.open(1, { streamType: 'data' });
    client.end();
    await eventually(() => stream.destroyed);
  });
});
