import type { Clock } from '@gantry/base';

interface Waiter {
  readonly revision: bigint;
  readonly settle: (reached: boolean) => void;
}

/** How far a cache has come, and who waits for it to come further. */
export class Progress {
  readonly #clock: Clock;
  #revision = 0n;
  #waiters: Waiter[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get revision(): bigint {
    return this.#revision;
  }

  advance(revision: bigint): void {
    if (revision > this.#revision) this.reset(revision);
  }

  /** Also backwards: the store was replaced by an older one. */
  reset(revision: bigint): void {
    this.#revision = revision;
    if (this.#waiters.length === 0) return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters)
      if (waiter.revision <= revision) waiter.settle(true);
      else this.#waiters.push(waiter);
  }

  /** Whether `revision` was reached within the time. */
  reached(revision: bigint, withinMs: number): Promise<boolean> {
    if (revision <= this.#revision) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = this.#clock.after(withinMs, () => {
        this.#waiters = this.#waiters.filter((each) => each !== waiter);
        resolve(false);
      });
      const waiter: Waiter = {
        revision,
        settle: (reached) => {
          timer[Symbol.dispose]();
          resolve(reached);
        },
      };
      this.#waiters.push(waiter);
    });
  }
}
