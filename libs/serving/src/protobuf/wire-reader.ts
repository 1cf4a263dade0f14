/** Reads the wire format of protocol buffers (protobuf.dev/programming-guides/encoding). RangeError for what is cut off or malformed. */
export class WireReader {
  readonly #bytes: Buffer;
  #at: number;
  readonly #end: number;

  constructor(bytes: Buffer, from = 0, end = bytes.length) {
    this.#bytes = bytes;
    this.#at = from;
    this.#end = end;
  }

  get done(): boolean {
    return this.#at >= this.#end;
  }

  /** The next field's number and wire type. */
  tag(): { field: number; wire: number } {
    const tag = this.integer();
    if (tag < 8 || tag > 0xffffffff) throw new RangeError('protobuf: bad field number');
    return { field: Math.floor(tag / 8), wire: tag % 8 };
  }

  /** A varint as a signed 64-bit integer; beyond 2^53 inexact. */
  integer(): number {
    let low = 0;
    let factor = 1;
    for (let i = 0; i < 7; i++) {
      const byte = this.#byte();
      low += (byte & 0x7f) * factor;
      if (byte < 0x80) return low;
      factor *= 128;
    }
    // 49 bits are read; the rest makes large or negative numbers.
    let value = BigInt(low);
    for (let shift = 49n; shift < 70n; shift += 7n) {
      const byte = this.#byte();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number(BigInt.asIntN(64, value));
    }
    throw new RangeError('protobuf: varint is too long');
  }

  double(): number {
    const from = this.#take(8);
    return this.#bytes.readDoubleLE(from);
  }

  bytes(): Buffer {
    const length = this.integer();
    if (length < 0) throw new RangeError('protobuf: bad length');
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  string(): string {
    return this.bytes().toString('utf8');
  }

  skip(wire: number): void {
    if (wire === 0) this.integer();
    else if (wire === 1) this.#take(8);
    else if (wire === 2) this.bytes();
    else if (wire === 5) this.#take(4);
    else throw new RangeError(`protobuf: wire type ${wire} is not known`);
  }

  #byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  #take(length: number): number {
    const from = this.#at;
    if (from + length > this.#end) throw new RangeError('protobuf: unexpected end');
    this.#at = from + length;
    return from;
  }
}
