import { systemClock, type Clock } from '@gantry/base';
import { expiredRevision, tooLargeRevision } from '../errors.ts';
import { prefixEnd } from '../keys.ts';
import { History } from '../store/history.ts';
import type {
  Feed,
  FeedReceiver,
  RangeQuery,
  RangeResult,
  Store,
  StoreChange,
  Version,
  WriteResult,
} from '../store/store.ts';
import { SettleableFeed } from '../store/settleable-feed.ts';

export interface MemoryStoreOptions {
  /** Default the system's. */
  clock?: Clock;
  /** How many changes are remembered for feeds that resume and reads of old revisions. Default 10,000. */
  historyLimit?: number;
}

interface Subscriber {
  readonly prefix: string;
  readonly receiver: FeedReceiver;
  readonly previous: boolean;
  readonly feed: SettleableFeed;
}

/** A {@link Store} in this process's memory. Changes reach feeds within the write that makes them. */
export class MemoryStore implements Store {
  readonly #clock: Clock;
  readonly #history: History<Version>;
  readonly #subscribers = new Set<Subscriber>();
  // As in a fresh etcd, whose first write gets 2.
  #revision = 1n;

  constructor(options: MemoryStoreOptions = {}) {
    this.#clock = options.clock ?? systemClock;
    this.#history = new History(
      {
        maxChanges: options.historyLimit ?? 10_000,
        maxBytes: 256 * 1024 * 1024,
        sizeOf: ({ value }) => value.length,
      },
      1n,
    );
  }

  /** The revision of the last write; 1 before the first. */
  get revision(): bigint {
    return this.#revision;
  }

  async read(key: string): Promise<Version | undefined> {
    return this.#history.get(key);
  }

  async range(prefix: string, query: RangeQuery = {}): Promise<RangeResult> {
    const revision = query.revision ?? this.#revision;
    if (revision > this.#revision) throw tooLargeRevision(revision, this.#revision);
    const snapshot = this.#history.at(revision);
    if (!snapshot) throw expiredRevision(revision, this.#history.since);
    const from = query.after !== undefined && query.after >= prefix ? `${query.after}\0` : prefix;
    const all = snapshot.getRange(from, prefixEnd(prefix));
    const versions = all.slice(0, query.limit || undefined).map(([, version]) => version);
    return { versions, revision, remaining: all.length - versions.length };
  }

  async write(
    key: string,
    value: Uint8Array | undefined,
    expected: bigint,
    ttlSeconds?: number,
  ): Promise<WriteResult> {
    const current = this.#history.get(key);
    if ((current?.revision ?? 0n) !== expected) return current ? { done: false, current } : { done: false };
    if (value === undefined && !current) return { done: false };
    const revision = ++this.#revision;
    const version = value && { key, value, revision };
    const previous = this.#history.change(key, version, revision);
    if (ttlSeconds) this.#clock.after(ttlSeconds * 1000, () => void this.write(key, undefined, revision));
    this.#tell(version ? { type: 'put', version, previous } : { type: 'delete', key, revision, previous });
    return { done: true, revision };
  }

  feed(prefix: string, after: bigint, receiver: FeedReceiver, options: { previous?: boolean } = {}): Feed {
    const feed = new SettleableFeed(() => this.#subscribers.delete(subscriber));
    const subscriber: Subscriber = { prefix, receiver, previous: options.previous ?? false, feed };
    const missed = this.#history.after(after);
    if (!missed) {
      feed.fail(expiredRevision(after, this.#history.since));
      return feed;
    }
    this.#subscribers.add(subscriber);
    const changes = missed
      .filter(({ key }) => key.startsWith(prefix))
      .map(({ key, now, before, revision }): StoreChange =>
        now
          ? { type: 'put', version: now, previous: before }
          : { type: 'delete', key, revision, previous: before },
      );
    if (changes.length) receiver.changes(changes);
    receiver.progress(this.#revision);
    return feed;
  }

  async probe(): Promise<void> {}

  /** Forgets all changes so far, as etcd's compaction does: what asks for older revisions gets Expired. */
  compact(): void {
    this.#history.forget(this.#revision);
  }

  /** Ends all feeds as if the store had been lost for a moment. */
  dropFeeds(error: Error): void {
    for (const { feed } of [...this.#subscribers]) feed.fail(error);
  }

  #tell(change: StoreChange): void {
    const key = change.type === 'put' ? change.version.key : change.key;
    for (const { prefix, receiver } of this.#subscribers)
      if (key.startsWith(prefix)) receiver.changes([change]);
      else receiver.progress(this.#revision);
  }
}
