/** A message's flag (compressed or not) and length stand before it (grpc `doc/PROTOCOL-HTTP2.md`). */
const prefixBytes = 5;

/** One message as it goes over the wire, uncompressed. */
export function framed(message: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(prefixBytes + message.length);
  frame[0] = 0;
  frame.writeUInt32BE(message.length, 1);
  frame.set(message, prefixBytes);
  return frame;
}

/** Puts the messages of one direction of a call together again from pieces of any size. */
export class MessageReader {
  readonly #longestBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(longestBytes: number) {
    this.#longestBytes = longestBytes;
  }

  /** Bytes that are no whole message yet. */
  get pending(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /**
   * The next whole message, a view of what was pushed; undefined until there is one.
   * @throws RangeError for a message that is too long or compressed, which nobody asked for.
   */
  next(): Buffer | undefined {
    if (this.#bytes < prefixBytes) return undefined;
    const first = this.#chunks[0]!.length >= prefixBytes ? this.#chunks[0]! : this.#joined();
    if (first[0] !== 0) throw new RangeError('the answer is compressed');
    const length = first.readUInt32BE(1);
    if (length > this.#longestBytes)
      throw new RangeError(`the answer has more than ${this.#longestBytes} bytes`);
    const end = prefixBytes + length;
    if (this.#bytes < end) return undefined;
    const whole = first.length >= end ? first : this.#joined();
    this.#bytes -= end;
    if (whole.length > end) this.#chunks[0] = whole.subarray(end);
    else this.#chunks.shift();
    return whole.subarray(prefixBytes, end);
  }

  #joined(): Buffer {
    const joined = Buffer.concat(this.#chunks, this.#bytes);
    this.#chunks = [joined];
    return joined;
  }
}
