import type { Clock } from '@gantry/base';
import { LRUCache } from 'lru-cache';

/** A token bucket per key: `burst` at once, then one every `refillMs`. Keeps at most 4,096 keys. */
export class RateLimit {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #burst: number;
  readonly #refillMs: number;
  readonly #buckets = new LRUCache<string, { tokens: number; atMs: number }>({ max: 4096 });

  constructor(clock: Pick<Clock, 'monotonicMs'>, burst: number, refillMs: number) {
    this.#clock = clock;
    this.#burst = burst;
    this.#refillMs = refillMs;
  }

  take(key: string): boolean {
    const nowMs = this.#clock.monotonicMs();
    const bucket = this.#buckets.get(key) ?? { tokens: this.#burst, atMs: nowMs };
    bucket.tokens = Math.min(this.#burst, bucket.tokens + (nowMs - bucket.atMs) / this.#refillMs);
    bucket.atMs = nowMs;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens--;
    this.#buckets.set(key, bucket);
    return allowed;
  }
}
