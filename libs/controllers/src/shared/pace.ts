import type { Clock } from '@gantry/base';

export interface PaceOptions {
  clock: Clock;
  /** So long a pass over one item keeps the next pass waiting, in milliseconds. */
  msPerItem: number;
  /** No pass keeps the next one waiting for longer. Default 1,000. */
  maxMs?: number;
}

/**
 * Spaces the passes over one object by what they cost. A pass over n items costs about n, so a pass at each change of one of them costs n²
 * while they start one by one. Here the next pass waits for a time that grows with n: passes then take the same share of a processor
 * whatever n is, and what changes meanwhile is done in one go. After a quiet time nothing waits, and few items never do.
 */
export class Pace {
  readonly #options: PaceOptions;
  /** Until when each object rests, monotonic. */
  readonly #restsUntilMs = new Map<string, number>();

  constructor(options: PaceOptions) {
    this.#options = options;
  }

  /** For how long a pass over this object has to wait, in milliseconds; 0 when it may begin. */
  waitMs(key: string): number {
    const untilMs = this.#restsUntilMs.get(key);
    if (untilMs === undefined) return 0;
    const waitMs = untilMs - this.#options.clock.monotonicMs();
    if (waitMs > shortestMs) return waitMs;
    this.#restsUntilMs.delete(key);
    return 0;
  }

  /** To be told when a pass over so many items has ended well. One that failed is tried again by its own back-off. */
  passed(key: string, items: number): void {
    const { clock, msPerItem, maxMs = 1_000 } = this.#options;
    const restMs = Math.min(items * msPerItem, maxMs);
    if (restMs > shortestMs) this.#restsUntilMs.set(key, clock.monotonicMs() + restMs);
  }

  /** The next pass may begin at once: somebody waits for it, or the object is gone. */
  hurry(key: string): void {
    this.#restsUntilMs.delete(key);
  }
}

/** Timers count whole milliseconds. */
const shortestMs = 1;
