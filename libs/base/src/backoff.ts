import type { Random } from './random.ts';

export interface BackoffOptions {
  /** The first delay, in milliseconds. */
  initialMs: number;
  /** No delay is longer. */
  maxMs: number;
  /** Each delay is this many times the one before. Default 2. */
  factor?: number;
  /** Each delay is lengthened by up to this share of itself. Default 0. Needs `random`. */
  jitter?: number;
  random?: Random;
}

/** Delays that grow: `next()` gives the next one, `reset()` starts over. */
export class Backoff {
  readonly #options: Required<Omit<BackoffOptions, 'random'>> & { random: Random };
  #failures = 0;

  constructor(options: BackoffOptions) {
    this.#options = { factor: 2, jitter: 0, random: Math.random, ...options };
  }

  /** How many delays were handed out since the last reset. */
  get failures(): number {
    return this.#failures;
  }

  next(): number {
    const { initialMs, maxMs, factor, jitter, random } = this.#options;
    const delayMs = Math.min(maxMs, initialMs * factor ** this.#failures++);
    return delayMs * (1 + jitter * random());
  }

  reset(): void {
    this.#failures = 0;
  }
}
