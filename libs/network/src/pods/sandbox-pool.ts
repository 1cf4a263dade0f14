import type { Clock } from '@gantry/base';

export interface SandboxPoolOptions<T> {
  clock: Clock;
  /** How many stand ready when nothing happens. */
  size: number;
  /** Makes one. One at a time. */
  make(): Promise<T>;
  /** Destroys these; together costs less than one by one. */
  remove(items: readonly T[]): Promise<void>;
  /** Told of what failed in the background. */
  onError(what: 'make' | 'remove', error: unknown): void;
}

/** After a sandbox was handed out, so long is nothing made or removed in the background: the pod's start comes first. */
const quietMs = 25;
/** So many waiting removals do not wait for quiet. */
const removalBacklog = 64;
const removalBatch = 16;
/** No removal waits longer than this for quiet. */
const removalDelayMs = 250;
/** Before making is tried again after it failed with nobody waiting. */
const retryMs = 1000;

/**
 * Things made ahead of need and removed after the fact, one job at a time:
 *
 *     waiting callers  ▶  refill, when quiet  ▶  removals, when quiet or too many
 */
export class SandboxPool<T> implements AsyncDisposable {
  readonly #options: SandboxPoolOptions<T>;
  readonly #ready: T[] = [];
  readonly #waiting: PromiseWithResolvers<T>[] = [];
  #condemned: { item: T; sinceMs: number; done: () => void }[] = [];
  #lastTakenMs = -Infinity;
  #notBeforeMs = -Infinity;
  #running: Promise<void> | undefined;
  #timer: Disposable | undefined;
  #closed = false;

  constructor(options: SandboxPoolOptions<T>) {
    this.#options = options;
  }

  get ready(): number {
    return this.#ready.length;
  }

  /** Starts filling; called once. */
  open(): void {
    this.#pump();
  }

  /** A ready one at once, or undefined: then call {@link next}. */
  take(): T | undefined {
    const item = this.#ready.pop();
    this.#lastTakenMs = this.#options.clock.monotonicMs();
    this.#pump();
    return item;
  }

  /** The next one that gets made, ahead of the refill. Rejects with what made it fail. */
  next(): Promise<T> {
    if (this.#closed) return Promise.reject(new Error('the pod network is closed'));
    const deferred = Promise.withResolvers<T>();
    this.#waiting.push(deferred);
    this.#lastTakenMs = this.#options.clock.monotonicMs();
    this.#pump();
    return deferred.promise;
  }

  /** Hands one over for removal; resolves when it is gone. */
  discard(item: T): Promise<void> {
    return new Promise((done) => {
      this.#condemned.push({ item, sinceMs: this.#options.clock.monotonicMs(), done });
      this.#pump();
    });
  }

  /** Resolves when nothing is left to remove, without waiting for quiet. */
  async flush(): Promise<void> {
    await this.#running;
    while (this.#condemned.length > 0) await this.#removeSome(this.#condemned.length);
  }

  /** Stops the background work and gives what stood ready. Removals that wait are done first. */
  async close(): Promise<T[]> {
    this.#closed = true;
    this.#timer?.[Symbol.dispose]();
    await this.flush();
    for (const deferred of this.#waiting.splice(0)) deferred.reject(new Error('the pod network is closed'));
    return this.#ready.splice(0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #pump(): void {
    if (this.#running || this.#closed) return;
    const job = this.#nextJob();
    if (!job) return;
    this.#running = job().finally(() => {
      this.#running = undefined;
      this.#pump();
    });
  }

  #nextJob(): (() => Promise<void>) | undefined {
    if (this.#waiting.length > 0) return () => this.#makeOne();
    if (this.#condemned.length >= removalBacklog) return () => this.#removeSome(removalBatch);
    const now = this.#options.clock.monotonicMs();
    const idle = this.#ready.length >= this.#options.size && this.#condemned.length === 0;
    if (idle) return undefined;
    const mayMakeAt = Math.max(this.#lastTakenMs + quietMs, this.#notBeforeMs);
    if (this.#ready.length < this.#options.size && now >= mayMakeAt) return () => this.#makeOne();
    const [oldest] = this.#condemned;
    const mayRemoveAt = oldest
      ? Math.min(this.#lastTakenMs + quietMs, oldest.sinceMs + removalDelayMs)
      : Infinity;
    if (now >= mayRemoveAt) return () => this.#removeSome(removalBatch);
    this.#timer?.[Symbol.dispose]();
    const wakeAt = this.#ready.length < this.#options.size ? Math.min(mayMakeAt, mayRemoveAt) : mayRemoveAt;
    this.#timer = this.#options.clock.after(Math.max(1, wakeAt - now), () => this.#pump());
    return undefined;
  }

  async #makeOne(): Promise<void> {
    try {
      const item = await this.#options.make();
      const waiter = this.#waiting.shift();
      if (waiter) waiter.resolve(item);
      else this.#ready.push(item);
    } catch (error) {
      // What stands in the way may be what waits for removal (addresses); the waiting caller is served after that.
      if (this.#condemned.length > 0) return this.#removeSome(removalBatch);
      const waiter = this.#waiting.shift();
      if (waiter) return waiter.reject(error);
      this.#notBeforeMs = this.#options.clock.monotonicMs() + retryMs;
      this.#options.onError('make', error);
    }
  }

  async #removeSome(count: number): Promise<void> {
    const batch = this.#condemned.splice(0, count);
    try {
      await this.#options.remove(batch.map(({ item }) => item));
    } catch (error) {
      this.#options.onError('remove', error);
    }
    for (const { done } of batch) done();
  }
}
