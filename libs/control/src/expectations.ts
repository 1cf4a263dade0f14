import type { Clock } from '@gantry/base';

interface Expected {
  creations: number;
  deletions: Set<string>;
  sinceMs: number;
}

/**
 * Expectations older than this no longer hold anything up (upstream `ExpectationsTimeout`). What came and went while the watch was lost
 * is never seen, so whoever waits for it has to look again by himself after this time.
 */
export const expectationsTimeoutMs = 5 * 60_000;

/**
 * What a controller has asked for and not yet seen in its cache: until the cache shows it, counting from the cache would
 * create or delete twice (upstream `pkg/controller/controller_utils.go`, UIDTrackingControllerExpectations).
 * Set before the write; taken back when the write fails; lowered by what the informer reports.
 */
export class Expectations {
  readonly #clock: Clock;
  readonly #expected = new Map<string, Expected>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Replaces what was expected for the controller `key`. */
  expectCreations(key: string, count: number): void {
    this.#expected.set(key, { creations: count, deletions: new Set(), sinceMs: this.#clock.monotonicMs() });
  }

  /** Replaces what was expected for the controller `key`; `uids` of the objects about to be deleted. */
  expectDeletions(key: string, uids: Iterable<string>): void {
    this.#expected.set(key, { creations: 0, deletions: new Set(uids), sinceMs: this.#clock.monotonicMs() });
  }

  /** The cache shows a new object, or its creation failed. */
  creationObserved(key: string): void {
    const expected = this.#expected.get(key);
    if (expected && expected.creations > 0) expected.creations--;
  }

  /** The cache no longer shows the object or shows it dying, or its deletion failed. Telling it twice does no harm. */
  deletionObserved(key: string, uid: string): void {
    this.#expected.get(key)?.deletions.delete(uid);
  }

  /** True when the cache is known to show all that was asked for, or was given up on. */
  satisfied(key: string): boolean {
    const expected = this.#expected.get(key);
    if (!expected) return true;
    if (expected.creations <= 0 && expected.deletions.size === 0) return true;
    return this.#clock.monotonicMs() - expected.sinceMs > expectationsTimeoutMs;
  }

  /** The controller object is gone. */
  forget(key: string): void {
    this.#expected.delete(key);
  }
}
