import { Backoff, isStatus, type Clock, type Logger } from '@gantry/base';
import { keyOf, nameOf, type Kind, type KubeObject } from '@gantry/api';
import type { Entry, State, Watch, WatchEvent } from '@gantry/state';

/** `entry` is the new state, absent when the object is gone; `old` what was known before. */
export type FeedListener<T extends KubeObject> = (
  key: string,
  entry: Entry<T> | undefined,
  old: Entry<T> | undefined,
) => void;

/**
 * All objects of one kind, kept by one watch for all sessions. A relist swaps the contents in one step and reports only the
 * differences.
 */
export class KindFeed<T extends KubeObject> {
  readonly #kind: Kind<T>;
  readonly #listeners = new Set<FeedListener<T>>();
  readonly #synced = Promise.withResolvers<void>();
  #entries = new Map<string, Entry<T>>();

  constructor(kind: Kind<T>) {
    this.#kind = kind;
  }

  get synced(): Promise<void> {
    return this.#synced.promise;
  }

  get(key: string): Entry<T> | undefined {
    return this.#entries.get(key);
  }

  entries(): IterableIterator<[string, Entry<T>]> {
    return this.#entries.entries();
  }

  onChange(listener: FeedListener<T>): void {
    this.#listeners.add(listener);
  }

  /** Watches until the signal aborts, beginning again from the present state after each failure. */
  async run(state: State, clock: Clock, log: Logger, signal: AbortSignal): Promise<void> {
    const backoff = new Backoff({ initialMs: 50, maxMs: 5_000 });
    while (!signal.aborted) {
      let fresh: Map<string, Entry<T>> | undefined = new Map();
      const receive = (event: WatchEvent<T>) => {
        switch (event.type) {
          case 'init':
            fresh?.set(keyOf(nameOf(event.entry.object)), event.entry);
            break;
          case 'initDone':
            if (fresh) this.#swap(fresh);
            fresh = undefined;
            backoff.reset();
            this.#synced.resolve();
            break;
          case 'added':
          case 'modified':
            this.#set(keyOf(nameOf(event.entry.object)), event.entry);
            break;
          case 'deleted':
            this.#set(keyOf(nameOf(event.entry.object)), undefined);
            break;
          case 'bookmark':
        }
      };
      let watch: Watch | undefined;
      const stop = () => watch?.[Symbol.dispose]();
      try {
        watch = state.watch(this.#kind, {}, receive);
        signal.addEventListener('abort', stop, { once: true });
        await watch.done;
      } catch (error) {
        if (!isStatus(error, 'Expired')) log.warn('watch ended', { resource: this.#kind.plural, err: error });
      } finally {
        signal.removeEventListener('abort', stop);
      }
      await clock.sleep(backoff.next(), signal).catch(() => undefined);
    }
  }

  #swap(fresh: Map<string, Entry<T>>): void {
    const before = this.#entries;
    this.#entries = fresh;
    for (const [key, old] of before) if (!fresh.has(key)) this.#tell(key, undefined, old);
    for (const [key, entry] of fresh) {
      const old = before.get(key);
      if (old?.revision !== entry.revision) this.#tell(key, entry, old);
    }
  }

  #set(key: string, entry: Entry<T> | undefined): void {
    const old = this.#entries.get(key);
    if (entry) this.#entries.set(key, entry);
    else this.#entries.delete(key);
    this.#tell(key, entry, old);
  }

  #tell(key: string, entry: Entry<T> | undefined, old: Entry<T> | undefined): void {
    for (const listener of this.#listeners) listener(key, entry, old);
  }
}
