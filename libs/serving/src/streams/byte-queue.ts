/**
 * Bytes that come in pieces and are taken from the front. The cost of joining them grows with their number, however small the pieces are:
 * room is doubled, never made anew for each piece.
 */
export class ByteQueue {
  #room: Buffer = Buffer.alloc(0);
  #length = 0;

  /** All bytes, as a view that later pieces leave as it is. */
  get bytes(): Buffer {
    return this.#room.subarray(0, this.#length);
  }

  /** The piece itself may be kept: it must not change any more. */
  append(piece: Buffer): void {
    const length = this.#length + piece.length;
    if (this.#length === 0) this.#room = piece;
    else {
      if (length > this.#room.length) {
        const room = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.#room.length));
        this.bytes.copy(room);
        this.#room = room;
      }
      piece.copy(this.#room, this.#length);
    }
    this.#length = length;
  }

  /** Takes the first bytes away: at most as many as there are. */
  drop(count: number): void {
    this.#room = this.#room.subarray(count);
    this.#length -= count;
  }
}
