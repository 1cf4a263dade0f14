import type { Clock } from '@gantry/base';
import type { V1ObjectReference } from '@gantry/api';
import { LRUCache } from 'lru-cache';

export interface Occurrence {
  regarding: V1ObjectReference;
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  action?: string;
}

/** What to write for an occurrence: events with the same key are counted up in one object. */
export interface Correlated {
  key: string;
  message: string;
}

/** How many different messages of one reason about one object stand on their own. */
const maxSimilar = 10;
/** After so long without another, similar events are counted afresh. */
const similarWindowMs = 600_000;
/** Per object: so many events at once, then one every five minutes. */
const burst = 25;
const refillMs = 300_000;
const cacheSize = 4096;

/**
 * Keeps the number of Event objects small, by the rules of client-go's `tools/record/events_cache.go`: the same event counts
 * up; more than ten similar ones (same object, type and reason, other words) within ten minutes become one
 * "(combined from similar events)"; an object that causes more than 25 is cut to one every five minutes.
 */
export class EventCorrelator {
  readonly #clock: Clock;
  readonly #similar = new LRUCache<string, { messages: Set<string>; lastMs: number }>({ max: cacheSize });
  readonly #buckets = new LRUCache<string, { tokens: number; atMs: number }>({ max: cacheSize });

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Undefined: one too many, write nothing. */
  correlate(occurrence: Occurrence): Correlated | undefined {
    const { regarding, type, reason, message } = occurrence;
    const nowMs = this.#clock.monotonicMs();
    const object = JSON.stringify([
      regarding.kind,
      regarding.namespace,
      regarding.name,
      regarding.uid,
      regarding.fieldPath,
    ]);
    const group = JSON.stringify([object, type, reason]);
    let similar = this.#similar.get(group);
    if (!similar || nowMs - similar.lastMs > similarWindowMs)
      similar = { messages: new Set(), lastMs: nowMs };
    similar.lastMs = nowMs;
    similar.messages.add(message);
    this.#similar.set(group, similar);
    let correlated: Correlated = { key: JSON.stringify([group, message]), message };
    if (similar.messages.size >= maxSimilar) {
      // The set stays one short of the limit, so that the next new message is combined as well.
      similar.messages.delete(message);
      correlated = { key: group, message: `(combined from similar events): ${message}` };
    }
    return this.#allowed(object, nowMs) ? correlated : undefined;
  }

  #allowed(object: string, nowMs: number): boolean {
    const bucket = this.#buckets.get(object) ?? { tokens: burst, atMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.atMs) / refillMs);
    bucket.atMs = nowMs;
    const allowed = bucket.tokens >= 1;
    if (allowed) bucket.tokens--;
    this.#buckets.set(object, bucket);
    return allowed;
  }
}
