import { createRequire } from 'node:module';
import { constants, createDeflate, createInflate, type Deflate, type Inflate } from 'node:zlib';

/** The dictionary that both ends prime zlib with, a constant of the specification (SPDY/3, section 2.6.10.1). */
const dictionary = (
  createRequire(import.meta.url)('spdy-transport/lib/spdy-transport/protocol/spdy/dictionary.js') as Record<
    string,
    Buffer
  >
)['3.1']!;

/** Headers of a stream; names in lower case. */
export type SpdyHeaders = Readonly<Record<string, string>>;

/** One header block may not unpack to more than this, in bytes. */
const maxHeaderBytes = 64 * 1024;

/** The blocks of one direction are one zlib stream, flushed after each: they must be handled in order. */
export class HeaderInflater {
  readonly #inflate: Inflate = createInflate({ dictionary });
  #chunks: Buffer[] = [];
  #size = 0;
  #failure: Error | undefined;
  #fail: ((error: Error) => void) | undefined;

  constructor() {
    this.#inflate.on('data', (chunk: Buffer) => {
      this.#size += chunk.length;
      if (this.#size > maxHeaderBytes) this.#broke(new Error('spdy: headers are too large'));
      else this.#chunks.push(chunk);
    });
    this.#inflate.on('error', (error) => this.#broke(error));
  }

  async decode(block: Buffer): Promise<SpdyHeaders> {
    if (this.#failure) throw this.#failure;
    this.#chunks = [];
    this.#size = 0;
    await new Promise<void>((resolve, reject) => {
      this.#fail = reject;
      this.#inflate.write(block);
      this.#inflate.flush(constants.Z_SYNC_FLUSH, () => resolve());
    });
    return parseHeaders(Buffer.concat(this.#chunks));
  }

  close(): void {
    this.#inflate.destroy();
  }

  #broke(error: Error): void {
    this.#failure = error;
    this.#fail?.(error);
    this.#inflate.destroy();
  }
}

export class HeaderDeflater {
  readonly #deflate: Deflate = createDeflate({ dictionary });
  #chunks: Buffer[] = [];

  constructor() {
    this.#deflate.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    this.#deflate.on('error', () => {});
  }

  async encode(headers: SpdyHeaders): Promise<Buffer> {
    this.#chunks = [];
    await new Promise<void>((resolve) => {
      this.#deflate.write(formatHeaders(headers));
      this.#deflate.flush(constants.Z_SYNC_FLUSH, () => resolve());
    });
    return Buffer.concat(this.#chunks);
  }

  close(): void {
    this.#deflate.destroy();
  }
}

/** Count, then length and text of each name and value, all 32 bits (section 2.6.10). */
function parseHeaders(block: Buffer): SpdyHeaders {
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  let at = 0;
  const number = () => {
    const value = block.readUInt32BE(at);
    at += 4;
    return value;
  };
  const text = () => {
    const length = number();
    if (at + length > block.length) throw new RangeError('spdy: malformed headers');
    at += length;
    return block.toString('utf8', at - length, at);
  };
  const count = number();
  for (let i = 0; i < count; i++) {
    const name = text().toLowerCase();
    headers[name] = text();
  }
  return headers;
}

function formatHeaders(headers: SpdyHeaders): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    [name, value].flatMap((each) => [number(Buffer.byteLength(each)), Buffer.from(each)]),
  );
  return Buffer.concat([number(Object.keys(headers).length), ...pairs]);
}
