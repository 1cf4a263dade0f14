import { counter, gauge, histogram, whenRead, type Clock, type Metrics } from '@gantry/base';
import type { WorkQueue } from './control.ts';

export interface WorkQueueOptions {
  /** Label `name` of the metrics. */
  name: string;
  clock: Clock;
  metrics?: Metrics;
  /** The first delay of {@link WorkQueue.addRateLimited}, in milliseconds; it doubles with each failure. Default 5. */
  initialBackoffMs?: number;
  /** No such delay is longer. Default 1,000,000 (as upstream: 1,000 s). */
  maxBackoffMs?: number;
}

/** An in-memory {@link WorkQueue}, first in first out, with the metrics upstream's queues have (`workqueue_depth`, …). */
export function createWorkQueue(options: WorkQueueOptions): WorkQueue {
  return new MemoryWorkQueue(options);
}

/**
 *       add ──▶ waiting ──take──▶ working ──done──▶ (gone)
 *                  ▲                 │ add: marked again
 *                  └──── done ◀──────┘
 */
class MemoryWorkQueue implements WorkQueue {
  readonly #clock: Clock;
  readonly #initialBackoffMs: number;
  readonly #maxBackoffMs: number;
  readonly #metrics: QueueMetrics | undefined;
  /** Keys in order; entries before `#head` were taken already. A plain array, for shifting a long one costs its length. */
  #order: string[] = [];
  #head = 0;
  /** Since when each key waits, in monotonic milliseconds. */
  readonly #waiting = new Map<string, number>();
  /** Since when each key is worked on. */
  readonly #working = new Map<string, number>();
  /** Keys added while they were worked on, and when. */
  readonly #again = new Map<string, number>();
  readonly #delayed = new Map<string, { atMs: number; timer: Disposable }>();
  readonly #failures = new Map<string, number>();
  readonly #takers: ((key: string | undefined) => void)[] = [];
  #shutDown = false;

  constructor(options: WorkQueueOptions) {
    this.#clock = options.clock;
    this.#initialBackoffMs = options.initialBackoffMs ?? 5;
    this.#maxBackoffMs = options.maxBackoffMs ?? 1_000_000;
    this.#metrics = options.metrics
      ? queueMetrics(options.metrics, options.name, () => this.#unfinishedMs())
      : undefined;
  }

  get length(): number {
    return this.#waiting.size;
  }

  add(key: string): void {
    if (this.#shutDown || this.#waiting.has(key) || this.#again.has(key)) return;
    this.#metrics?.added();
    const nowMs = this.#clock.monotonicMs();
    if (this.#working.has(key)) this.#again.set(key, nowMs);
    else this.#enqueue(key, nowMs);
  }

  /** A key that waits for its time already keeps the earlier one. */
  addAfter(key: string, delayMs: number): void {
    if (this.#shutDown) return;
    if (delayMs <= 0) return this.add(key);
    const atMs = this.#clock.monotonicMs() + delayMs;
    const before = this.#delayed.get(key);
    if (before) {
      if (before.atMs <= atMs) return;
      before.timer[Symbol.dispose]();
    }
    this.#delay(key, atMs);
  }

  addRateLimited(key: string): void {
    const failures = this.#failures.get(key) ?? 0;
    this.#failures.set(key, failures + 1);
    this.#metrics?.retried();
    this.addAfter(key, Math.min(this.#maxBackoffMs, this.#initialBackoffMs * 2 ** failures));
  }

  forget(key: string): void {
    this.#failures.delete(key);
  }

  failures(key: string): number {
    return this.#failures.get(key) ?? 0;
  }

  take(): Promise<string | undefined> {
    if (this.#shutDown) return Promise.resolve(undefined);
    const key = this.#order[this.#head];
    if (key === undefined) return new Promise((resolve) => this.#takers.push(resolve));
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#order.length) {
      this.#order = this.#order.slice(this.#head);
      this.#head = 0;
    }
    this.#handOut(key);
    return Promise.resolve(key);
  }

  done(key: string): void {
    const since = this.#working.get(key);
    if (since === undefined) return;
    this.#working.delete(key);
    this.#metrics?.worked(this.#clock.monotonicMs() - since);
    const addedAt = this.#again.get(key);
    if (addedAt === undefined) return;
    this.#again.delete(key);
    if (!this.#shutDown) this.#enqueue(key, addedAt);
  }

  shutDown(): void {
    this.#shutDown = true;
    for (const { timer } of this.#delayed.values()) timer[Symbol.dispose]();
    this.#delayed.clear();
    this.#order = [];
    this.#head = 0;
    this.#waiting.clear();
    this.#again.clear();
    this.#metrics?.depth(0);
    for (const taker of this.#takers.splice(0)) taker(undefined);
  }

  #enqueue(key: string, sinceMs: number): void {
    this.#waiting.set(key, sinceMs);
    const taker = this.#takers.shift();
    if (taker) {
      this.#handOut(key);
      taker(key);
      return;
    }
    this.#order.push(key);
    this.#metrics?.depth(this.#waiting.size);
  }

  #handOut(key: string): void {
    const nowMs = this.#clock.monotonicMs();
    this.#metrics?.waited(nowMs - (this.#waiting.get(key) ?? nowMs));
    this.#waiting.delete(key);
    this.#working.set(key, nowMs);
    this.#metrics?.depth(this.#waiting.size);
  }

  /** For how long each key that is worked on has been. */
  #unfinishedMs(): number[] {
    const nowMs = this.#clock.monotonicMs();
    return [...this.#working.values()].map((sinceMs) => nowMs - sinceMs);
  }

  #delay(key: string, atMs: number): void {
    const timer = this.#clock.after(atMs - this.#clock.monotonicMs(), () => {
      this.#delayed.delete(key);
      // Timers are cut to 31 bits of milliseconds, and may be a hair early.
      if (atMs - this.#clock.monotonicMs() > 1) this.#delay(key, atMs);
      else this.add(key);
    });
    this.#delayed.set(key, { atMs, timer });
  }
}

interface QueueMetrics {
  added(): void;
  retried(): void;
  depth(length: number): void;
  waited(durationMs: number): void;
  worked(durationMs: number): void;
}

const durationBuckets = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10, 100];

function queueMetrics(metrics: Metrics, name: string, unfinishedMs: () => number[]): QueueMetrics {
  const depth = gauge(metrics, 'workqueue_depth', 'Current depth of workqueue', ['name']).labels(name);
  const adds = counter(metrics, 'workqueue_adds_total', 'Total number of adds handled by workqueue', [
    'name',
  ]).labels(name);
  const retries = counter(
    metrics,
    'workqueue_retries_total',
    'Total number of retries handled by workqueue',
    ['name'],
  ).labels(name);
  const waited = histogram(
    metrics,
    'workqueue_queue_duration_seconds',
    'How long in seconds an item stays in workqueue before being requested.',
    ['name'],
    durationBuckets,
  ).labels(name);
  const worked = histogram(
    metrics,
    'workqueue_work_duration_seconds',
    'How long in seconds processing an item from workqueue takes.',
    ['name'],
    durationBuckets,
  ).labels(name);
  const unfinished = gauge(
    metrics,
    'workqueue_unfinished_work_seconds',
    'How many seconds of work has been done that is in progress and has not been observed by work_duration.',
    ['name'],
  );
  whenRead(unfinished, () =>
    unfinished.set({ name }, unfinishedMs().reduce((sum, each) => sum + each, 0) / 1000),
  );
  const longest = gauge(
    metrics,
    'workqueue_longest_running_processor_seconds',
    'For how long the work on one item that takes longest has been going on.',
    ['name'],
  );
  whenRead(longest, () => longest.set({ name }, Math.max(0, ...unfinishedMs()) / 1000));
  depth.set(0);
  return {
    added: () => adds.inc(),
    retried: () => retries.inc(),
    depth: (length) => depth.set(length),
    waited: (durationMs) => waited.observe(durationMs / 1000),
    worked: (durationMs) => worked.observe(durationMs / 1000),
  };
}
