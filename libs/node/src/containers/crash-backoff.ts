/** The kubelet's delays between restarts of a container that keeps ending, and between pulls that keep failing. */
const initialMs = 10_000;
const maxMs = 300_000;

/**
 * How long to wait before the next try: 10 s doubling to 5 min, from the start again after ten minutes without a failure
 * (client-go `util/flowcontrol/backoff.go` as the kubelet uses it).
 */
export class RetryBackoff {
  readonly #free: number;
  #failures = 0;
  #atMs = 0;
  #delayMs = 0;

  /** `free`: so many failures cost no delay; 1 for restarts, 0 for pulls. */
  constructor(free: 0 | 1) {
    this.#free = free;
  }

  /** The delay that the last failure cost. */
  get delayMs(): number {
    return this.#delayMs;
  }

  /** Counts a failure at `atMs`; returns the earliest time for the next try. */
  failed(atMs: number): number {
    if (this.#failures > 0 && atMs - this.#atMs > 2 * maxMs) this.#failures = 0;
    this.#failures++;
    this.#atMs = atMs;
    const counted = this.#failures - this.#free;
    this.#delayMs = counted <= 0 ? 0 : Math.min(maxMs, initialMs * 2 ** (counted - 1));
    return atMs + this.#delayMs;
  }

  reset(): void {
    this.#failures = 0;
    this.#delayMs = 0;
  }
}

/** Go's way to print a duration of whole seconds: `10s`, `1m20s`, `5m0s`. */
export function goDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
