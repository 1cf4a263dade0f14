import {
  Backoff,
  gauge,
  isStatus,
  messageOf,
  StatusError,
  type Clock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import type { Kind, KubeObject, ObjectName } from '@gantry/api';
import { RevisedEntry, StoredEntry, asBuffer, withRevision } from '../entry.ts';
import { expiredRevision, parseRevision, resourceOf, tooLargeRevision } from '../errors.ts';
import { kindPrefix, registryPrefix, selectionPrefix, storageKey } from '../keys.ts';
import { continueAfter, expiredList, planList } from '../list-plan.ts';
import { compileSelection } from '../selection.ts';
import type { Entry, EntryList, ListQuery, Watch, WatchEvent, WatchQuery } from '../state.ts';
import type { StoreChange, Version } from '../store/store.ts';
import { StoreState, ttlOf, type Written } from '../store/store-state.ts';
import { CacheWatcher } from './cache-watcher.ts';
import { KindCache } from './kind-cache.ts';
import { Progress } from './progress.ts';

export interface CachedStateOptions {
  clock: Clock;
  log: Logger;
  metrics?: Metrics;
  /** Kinds whose changes are remembered from the start; others are from their first use on. Default none. */
  kinds?: readonly Kind[];
  /** Remembered changes per kind, for watches that resume and lists that go on. Default 10,000. */
  historyLimit?: number;
  /** Bytes of objects that the remembered changes of a kind may hold on to. Default 64 MiB. */
  historyBytes?: number;
  /** How long a read waits for the cache to become new enough. Default 3,000 (as upstream). */
  freshWithinMs?: number;
}

const bookmarkEveryMs = 60_000;

/** A write of this process on its way through the store and back through the feed. */
interface OwnWrite {
  readonly value: Buffer;
  /** Set when the store's answer came before the feed's event. */
  entry?: Entry;
}

/**
 * The watch cache: a {@link StoreState} whose reads and watches are served from memory, fed by one feed over everything.
 *
 *     store ──one feed──▶ kind caches ──▶ get, list, watch
 *       ▲──────────────────────────────── create, update, delete
 *
 * A read without a revision waits until the cache has seen every write that this object acknowledged; writes that others
 * make in the same store are seen as soon as the feed brings them. `run` must be running.
 */
export class CachedState extends StoreState {
  readonly #options: Required<Omit<CachedStateOptions, 'metrics' | 'kinds'>> & { metrics?: Metrics };
  readonly #caches = new Map<string, KindCache<KubeObject>>();
  /** Values below prefixes that nobody has asked for yet. */
  readonly #unclaimed = new Map<string, Version>();
  readonly #own = new Map<string, OwnWrite>();
  readonly #bookmarked = new Set<{ watcher: CacheWatcher<never> }>();
  #reminder: Disposable | undefined;
  readonly #progress: Progress;
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  #connected = false;
  /** The newest revision that this process got an answer from the store for. */
  #acknowledged = 0n;
  protected override readonly mayBeBehind = true;

  constructor(below: StoreState, options: CachedStateOptions) {
    super(below.store, options);
    this.#options = {
      historyLimit: 10_000,
      historyBytes: 64 * 1024 * 1024,
      freshWithinMs: 3_000,
      ...options,
    };
    this.#progress = new Progress(options.clock);
    for (const kind of options.kinds ?? []) this.#cacheOf(kind);
  }

  /** Resolves when the cache has been filled for the first time. */
  get ready(): Promise<void> {
    return this.#ready.promise;
  }

  /** Whether the cache is filled and follows the store. */
  get healthy(): boolean {
    return this.#isReady && this.#connected;
  }

  /** The revision that the cache has reached. */
  get revision(): bigint {
    return this.#progress.revision;
  }

  /** Follows the store until the signal aborts. Never rejects for what the store does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    const backoff = new Backoff({ initialMs: 50, maxMs: 1_000 });
    let reload = true;
    while (!signal.aborted) {
      try {
        if (reload || (await this.#storeWentBack())) await this.#reload();
        reload = false;
        await this.#follow(signal, backoff);
      } catch (error) {
        if (signal.aborted) return;
        reload ||= isStatus(error, 'Expired');
        if (this.#connected || backoff.failures === 0)
          this.log.warn('the store cannot be followed; trying again', { cause: messageOf(error) });
      } finally {
        this.#connected = false;
      }
      try {
        await clock.sleep(backoff.next(), signal);
      } catch {
        return;
      }
    }
  }

  override get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: { resourceVersion?: string } = {},
  ): Promise<Entry<T>> {
    const asked = options.resourceVersion;
    if (asked === undefined && this.#isReady && this.#progress.revision >= this.#acknowledged) {
      try {
        return Promise.resolve(this.#lookUp(kind, name));
      } catch (error) {
        return Promise.reject(error);
      }
    }
    return this.#getFresh(kind, name, asked);
  }

  async #getFresh<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    asked: string | undefined,
  ): Promise<Entry<T>> {
    await this.#reach(asked ? parseRevision(asked) : undefined);
    return this.#lookUp(kind, name);
  }

  #lookUp<T extends KubeObject>(kind: Kind<T>, name: ObjectName): Entry<T> {
    const entry = this.#cacheOf(kind).history.get(storageKey(kind, name));
    if (!entry) throw StatusError.notFound(resourceOf(kind), name.name);
    return entry;
  }

  override async list<T extends KubeObject>(kind: Kind<T>, query: ListQuery = {}): Promise<EntryList<T>> {
    const plan = planList(kind, query);
    await this.#reach(plan.exactly ?? plan.notOlderThan);
    const cache = this.#cacheOf(kind);
    const revision = plan.exactly ?? this.#progress.revision;
    const snapshot = plan.exactly === undefined ? cache.history.current : cache.history.at(plan.exactly);
    if (!snapshot) throw expiredList(kind, plan, expiredRevision(revision, cache.history.since));
    const { entries, last, remaining } = cache.select(plan, snapshot);
    if (remaining === 0) return { entries, revision };
    return {
      entries,
      revision,
      continue: continueAfter(kind, last!, revision),
      ...(plan.matcher.selective ? {} : { remainingItemCount: remaining }),
    };
  }

  override watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    const watcher = new CacheWatcher<T>(receive, query.bookmarks ?? false);
    // Begins once the caller has the watch in hand.
    Promise.resolve()
      .then(() => this.#startWatch(kind, query, watcher))
      .catch((error: unknown) => watcher.fail(error));
    return watcher;
  }

  async #startWatch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    watcher: CacheWatcher<T>,
  ): Promise<void> {
    const matcher = compileSelection(kind, query);
    watcher.select(matcher);
    const asked = query.resourceVersion ? parseRevision(query.resourceVersion) : undefined;
    await this.#reach(asked === undefined ? undefined : 0n);
    if (watcher.ended) return;
    const cache = this.#cacheOf(kind);
    const { revision } = this.#progress;
    if (asked) cache.replay(asked, watcher, selectionPrefix(kind, matcher.namespace));
    else {
      const plan = planList(kind, { ...query, resourceVersion: '0' });
      for (const entry of cache.select(plan, cache.history.current).entries)
        watcher.send({ type: 'init', entry });
      watcher.send({ type: 'initDone', revision });
    }
    if (watcher.ended) return;
    const joined = cache.addWatcher(watcher);
    const bookmarked = { watcher: watcher as unknown as CacheWatcher<never> };
    if (watcher.bookmarks) {
      this.#bookmarked.add(bookmarked);
      this.#reminder ??= this.#remind();
    }
    watcher.start(asked !== undefined && asked > revision ? asked : revision, {
      [Symbol.dispose]: () => {
        joined[Symbol.dispose]();
        this.#bookmarked.delete(bookmarked);
      },
    });
  }

  protected override async current<T extends KubeObject>(
    kind: Kind<T>,
    key: string,
  ): Promise<Entry<T> | undefined> {
    if (this.#progress.revision < this.#acknowledged || !this.#isReady) await this.#reach(undefined);
    return this.#cacheOf(kind).history.get(key);
  }

  protected override async put<T extends KubeObject>(
    kind: Kind<T>,
    key: string,
    value: Buffer,
    expected: bigint,
  ): Promise<Written<T>> {
    const own: OwnWrite = { value };
    this.#own.set(key, own);
    const forgetOwn = (): void => {
      if (this.#own.get(key) === own) this.#own.delete(key);
    };
    try {
      const result = await this.store.write(key, value, expected, ttlOf(kind));
      if (!result.done) {
        forgetOwn();
        return this.#lost(kind, result.current);
      }
      const { revision } = result;
      this.#acknowledge(revision);
      const seen = this.#cacheOf(kind).history.get(key);
      if (seen?.revision === revision) {
        forgetOwn();
        return { done: true, entry: seen };
      }
      const entry = new StoredEntry<T>(revision, withRevision(kind, value, revision));
      if (this.#progress.revision < revision) own.entry = entry;
      else forgetOwn();
      return { done: true, entry };
    } catch (error) {
      forgetOwn();
      throw error;
    }
  }

  protected override async remove<T extends KubeObject>(
    kind: Kind<T>,
    key: string,
    last: Entry<T>,
  ): Promise<Written<T>> {
    const result = await this.store.write(key, undefined, last.revision);
    if (!result.done) return this.#lost(kind, result.current);
    this.#acknowledge(result.revision);
    return { done: true, entry: new RevisedEntry(kind, last, result.revision) };
  }

  /** Somebody else was first: reads that follow see at least what they wrote. */
  #lost<T extends KubeObject>(kind: Kind<T>, version: Version | undefined): Written<T> {
    if (version) this.#acknowledge(version.revision);
    return { done: false, current: version && this.decode(kind, version) };
  }

  #acknowledge(revision: bigint): void {
    if (revision > this.#acknowledged) this.#acknowledged = revision;
  }

  /** Waits until the cache has `asked` (undefined: all that was acknowledged; 0: anything). */
  async #reach(asked: bigint | undefined): Promise<void> {
    const withinMs = this.#options.freshWithinMs;
    if (!this.#isReady && !(await this.#progress.reached(1n, withinMs)))
      throw StatusError.unavailable('the watch cache is not filled yet: the store has not answered');
    const revision = asked ?? this.#acknowledged;
    if (revision <= this.#progress.revision) return;
    if (asked !== undefined && asked > this.#acknowledged) {
      const { revision: newest } = await this.store.range(registryPrefix, { limit: 1 });
      if (asked > newest) throw tooLargeRevision(asked, newest);
    }
    if (await this.#progress.reached(revision, withinMs)) return;
    if (asked !== undefined) throw tooLargeRevision(asked, this.#progress.revision);
    throw StatusError.unavailable(
      `the watch cache is at revision ${this.#progress.revision} and has not seen ${revision}: the store is not followed`,
    );
  }

  #cacheOf<T extends KubeObject>(kind: Kind<T>): KindCache<T> {
    let cache = this.#caches.get(kind.storagePrefix) as unknown as KindCache<T> | undefined;
    if (cache) return cache;
    const limits = { maxChanges: this.#options.historyLimit, maxBytes: this.#options.historyBytes };
    cache = new KindCache(kind, limits, this.#progress.revision, this.log);
    this.#caches.set(kind.storagePrefix, cache as unknown as KindCache<KubeObject>);
    const prefix = kindPrefix(kind);
    for (const [key, version] of this.#unclaimed) {
      if (!key.startsWith(prefix)) continue;
      this.#unclaimed.delete(key);
      const entry = this.tryDecode(kind, version);
      if (entry) cache.history.load(key, entry);
    }
    this.#count(cache as unknown as KindCache<KubeObject>);
    return cache;
  }

  /** `/registry/pods/…` by its first segment, `/registry/services/specs/…` by two. */
  #cacheFor(key: string): KindCache<KubeObject> | undefined {
    const first = key.indexOf('/', registryPrefix.length);
    if (first < 0) return undefined;
    const cache = this.#caches.get(key.slice(registryPrefix.length, first));
    if (cache) return cache;
    const second = key.indexOf('/', first + 1);
    return second < 0 ? undefined : this.#caches.get(key.slice(registryPrefix.length, second));
  }

  async #storeWentBack(): Promise<boolean> {
    const { revision } = await this.store.range(registryPrefix, { limit: 1 });
    return revision < this.#progress.revision;
  }

  async #follow(signal: AbortSignal, backoff: Backoff): Promise<void> {
    using feed = this.store.feed(registryPrefix, this.#progress.revision, {
      changes: (changes) => {
        this.#apply(changes);
        backoff.reset();
      },
      progress: (revision) => {
        this.#progress.advance(revision);
        backoff.reset();
      },
    });
    this.#connected = true;
    if (!this.#isReady) {
      this.#isReady = true;
      this.#ready.resolve();
    }
    const stop = () => feed[Symbol.dispose]();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await feed.done;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Changes of whole revisions: nobody sees the cache in the middle of them. */
  #apply(changes: readonly StoreChange[]): void {
    let newest = 0n;
    for (const change of changes) {
      newest = change.type === 'put' ? change.version.revision : change.revision;
      const key = change.type === 'put' ? change.version.key : change.key;
      const cache = this.#cacheFor(key);
      if (!cache) {
        if (change.type === 'put') this.#keepUnclaimed(change.version);
        else this.#unclaimed.delete(key);
        continue;
      }
      const now = change.type === 'put' ? this.#adopt(cache.kind, change.version) : undefined;
      const size = cache.history.size;
      cache.apply(key, now, newest);
      if (cache.history.size !== size) this.#count(cache);
    }
    this.#progress.advance(newest);
  }

  /** The entry that the writer in this process has already, or a new one. Values of others are checked. */
  #adopt(kind: Kind, version: Version): Entry | undefined {
    const own = this.#own.get(version.key);
    if (own?.entry?.revision === version.revision) {
      this.#own.delete(version.key);
      return own.entry;
    }
    if (own && own.value.equals(version.value))
      return new StoredEntry(version.revision, withRevision(kind, own.value, version.revision));
    return this.tryDecode(kind, version);
  }

  #keepUnclaimed(version: Version): void {
    // A copy: the value may be a slice of a large message.
    this.#unclaimed.set(version.key, { ...version, value: Buffer.from(asBuffer(version.value)) });
  }

  /**
   * Reads everything and swaps it in; watchers see the differences, those that resume from before get Expired. So does everybody where
   * the store was replaced by an older one: revisions say nothing any more.
   */
  async #reload(): Promise<void> {
    const { versions, revision } = await this.store.range(registryPrefix);
    const reached = this.#progress.revision;
    if (revision < reached)
      for (const cache of this.#caches.values()) cache.endWatches(expiredRevision(reached, revision));
    this.#own.clear();
    this.#unclaimed.clear();
    const found = new Map<KindCache<KubeObject>, Map<string, Version>>();
    for (const cache of this.#caches.values()) found.set(cache, new Map());
    for (const version of versions) {
      const cache = this.#cacheFor(version.key);
      if (cache) found.get(cache)!.set(version.key, version);
      else this.#keepUnclaimed(version);
    }
    for (const [cache, byKey] of found) {
      this.#replace(cache, byKey, revision);
      cache.history.forget(revision);
      this.#count(cache);
    }
    if (this.#acknowledged > revision) this.#acknowledged = revision;
    this.#progress.reset(revision);
  }

  #replace(cache: KindCache<KubeObject>, byKey: Map<string, Version>, revision: bigint): void {
    const { kind, history } = cache;
    const removed = [...history.current.entries()].map(([key]) => key).filter((key) => !byKey.has(key));
    const changed = [...byKey.values()]
      .filter(({ key, revision }) => history.get(key)?.revision !== revision)
      .sort((a, b) => (a.revision < b.revision ? -1 : 1));
    for (const version of changed) {
      const entry = this.tryDecode(kind, version);
      const before = history.get(version.key);
      if (!this.#isReady && entry) {
        // Nobody watches yet. Parsed to be checked, not to be kept.
        history.load(version.key, new StoredEntry(entry.revision, asBuffer(entry.bytes)));
        continue;
      }
      if (before && entry && before.object.metadata.uid !== entry.object.metadata.uid)
        cache.apply(version.key, undefined, version.revision);
      cache.apply(version.key, entry, version.revision);
    }
    for (const key of removed) cache.apply(key, undefined, revision);
  }

  #count(cache: KindCache<KubeObject>): void {
    const { metrics } = this.#options;
    if (!metrics) return;
    const { kind } = cache;
    gauge(
      metrics,
      'apiserver_storage_objects',
      'Number of stored objects at the time of last check split by kind.',
      ['resource'],
    )
      .labels(kind.group ? `${kind.plural}.${kind.group}` : kind.plural)
      .set(cache.history.size);
  }

  #remind(): Disposable {
    return this.#options.clock.after(bookmarkEveryMs, () => {
      const bookmark: WatchEvent<never> = { type: 'bookmark', revision: this.#progress.revision };
      for (const { watcher } of [...this.#bookmarked]) watcher.send(bookmark);
      this.#reminder = this.#bookmarked.size ? this.#remind() : undefined;
    });
  }
}
