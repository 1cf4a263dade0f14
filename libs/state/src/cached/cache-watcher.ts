import { isStatus, StatusError } from '@gantry/base';
import type { KubeObject } from '@gantry/api';
import type { Matcher } from '../selection.ts';
import type { Watch, WatchEvent } from '../state.ts';
import type { SharedChange } from './kind-cache.ts';

/** One watcher of the cache: filters shared changes for one receiver. */
export class CacheWatcher<T extends KubeObject> implements Watch {
  readonly done: Promise<void>;
  readonly bookmarks: boolean;
  readonly #receive: (event: WatchEvent<T>) => void;
  readonly #end = Promise.withResolvers<void>();
  #matcher: Matcher<T> | undefined;
  #joined: Disposable | undefined;
  #seen = 0n;
  #live = false;
  ended = false;

  constructor(receive: (event: WatchEvent<T>) => void, bookmarks: boolean) {
    this.#receive = receive;
    this.bookmarks = bookmarks;
    this.done = this.#end.promise;
    this.done.catch(() => undefined);
  }

  get matcher(): Matcher<T> {
    if (!this.#matcher) throw new Error('the watcher has no selection yet');
    return this.#matcher;
  }

  select(matcher: Matcher<T>): void {
    this.#matcher = matcher;
  }

  /** Changes up to `revision` are known to the receiver; later ones come through `joined`, until that is disposed. */
  start(revision: bigint, joined: Disposable): void {
    if (revision > this.#seen) this.#seen = revision;
    this.#joined = joined;
    this.#live = true;
    if (this.ended) joined[Symbol.dispose]();
  }

  see(change: SharedChange<T>): void {
    if (this.ended || (this.#live && change.revision <= this.#seen)) return;
    const { namespace } = this.matcher;
    const entry = change.now ?? change.before;
    // Watchers by field are told of all namespaces; those by namespace and by object need no look at the object.
    if (namespace && this.matcher.equal.size && entry?.object.metadata.namespace !== namespace) return;
    const event = change.eventFor(this.matcher);
    if (event) this.#receive(event);
  }

  send(event: WatchEvent<T>): void {
    if (!this.ended) this.#receive(event);
  }

  fail(error: unknown): void {
    if (!this.#stop()) return;
    this.#end.reject(
      isStatus(error) ? error : new StatusError('InternalError', 'the watch failed', { cause: error }),
    );
  }

  [Symbol.dispose](): void {
    if (this.#stop()) this.#end.resolve();
  }

  #stop(): boolean {
    if (this.ended) return false;
    this.ended = true;
    this.#joined?.[Symbol.dispose]();
    return true;
  }
}
