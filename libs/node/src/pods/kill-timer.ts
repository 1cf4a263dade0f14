import type { Clock } from '@gantry/base';

/** The end of a grace period. The earliest that was asked for holds: it can be made shorter, never longer. */
export class KillTimer implements Disposable {
  readonly #clock: Clock;
  #timer: Disposable | undefined;
  #atMs = Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `kill` after so long, unless something earlier is set already. */
  after(delayMs: number, kill: () => void): void {
    const atMs = this.#clock.monotonicMs() + delayMs;
    if (atMs >= this.#atMs) return;
    this[Symbol.dispose]();
    this.#atMs = atMs;
    this.#timer = this.#clock.after(delayMs, kill);
  }

  /** It has ended by itself. May be set again. */
  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
    this.#atMs = Infinity;
  }
}
