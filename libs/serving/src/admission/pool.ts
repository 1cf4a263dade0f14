import type { Clock, Random } from '@gantry/base';

/** A reservation that no stored object has confirmed after this long is void: the write it was made for failed. */
const reservedForMs = 60_000;

/**
 * Numbers in a range that are given to one owner each: what stored objects hold, and what is reserved for writes under way. All
 * in one process and synchronous, so that two writers are never given the same.
 */
export class NumberPool {
  readonly #first: number;
  readonly #size: number;
  readonly #clock: Clock;
  readonly #random: Random;
  /** Numbers below this offset are only given to who names them, as far as others are free (KEP-3070, KEP-3668). */
  readonly #static: number;
  readonly #held = new Map<number, string>();
  readonly #reserved = new Map<number, number>();

  constructor(first: number, size: number, clock: Clock, random: Random) {
    this.#first = first;
    this.#size = size;
    this.#clock = clock;
    this.#random = random;
    this.#static = size < 32 ? 0 : Math.min(256, Math.max(16, Math.floor(size / 16)));
  }

  contains(value: number): boolean {
    return value >= this.#first && value < this.#first + this.#size;
  }

  /** A free number, reserved; undefined when there is none. */
  allocate(): number | undefined {
    return this.#pick(this.#static, this.#size) ?? this.#pick(0, this.#static);
  }

  /** Reserves this one; false when another has it. */
  claim(value: number): boolean {
    if (!this.#free(value)) return false;
    this.#reserved.set(value, this.#clock.monotonicMs() + reservedForMs);
    return true;
  }

  /** Gives a reservation back. */
  release(value: number): void {
    this.#reserved.delete(value);
  }

  /** A stored object has it. */
  hold(value: number, owner: string): void {
    this.#reserved.delete(value);
    if (!this.#held.has(value)) this.#held.set(value, owner);
  }

  /** A stored object has let go of it. */
  letGo(value: number, owner: string): void {
    if (this.#held.get(value) === owner) this.#held.delete(value);
  }

  #free(value: number): boolean {
    if (this.#held.has(value)) return false;
    const until = this.#reserved.get(value);
    return until === undefined || until < this.#clock.monotonicMs();
  }

  /** From a random place on, around: consecutive numbers would tell an outsider what was made when. */
  #pick(from: number, to: number): number | undefined {
    const count = to - from;
    const start = Math.floor(this.#random() * count);
    for (let i = 0; i < count; i++) {
      const value = this.#first + from + ((start + i) % count);
      if (this.claim(value)) return value;
    }
    return undefined;
  }
}
