/** One version of one key: what a store below the states keeps. Shared and never changed. */
export interface Version {
  readonly key: string;
  /** The JSON as stored: without `metadata.resourceVersion`, which is the revision. */
  readonly value: Uint8Array;
  readonly revision: bigint;
}

export type WriteResult =
  | { readonly done: true; readonly revision: bigint }
  /** The key was not at the expected revision. `current` is what it holds; absent when it holds nothing. */
  | { readonly done: false; readonly current?: Version };

/** A change of one key. `previous` is there when the feed was asked for it and the store still had it. */
export type StoreChange =
  | { readonly type: 'put'; readonly version: Version; readonly previous?: Version | undefined }
  | {
      readonly type: 'delete';
      readonly key: string;
      readonly revision: bigint;
      readonly previous?: Version | undefined;
    };

export interface FeedReceiver {
  /** All changes of one or more whole revisions, in order. Must not throw. */
  changes(changes: readonly StoreChange[]): void;
  /** Nothing older than this is still to come. */
  progress(revision: bigint): void;
}

/** A running feed. Disposing it ends it; nothing is received afterwards. */
export interface Feed extends Disposable {
  /** Resolves after disposal. Rejects with Expired (history is gone) or ServiceUnavailable (the store is). */
  readonly done: Promise<void>;
}

export interface RangeQuery {
  /** Only keys after this one. */
  after?: string | undefined;
  limit?: number | undefined;
  /** The state as of that revision; Expired when it was compacted away. */
  revision?: bigint | undefined;
}

export interface RangeResult {
  readonly versions: readonly Version[];
  /** The revision of the store that this was read at. */
  readonly revision: bigint;
  /** How many keys lie behind the last one given. */
  readonly remaining: number;
}

/**
 * Keys with revisions: what every state with a memory of its own stands on. Writes are of one key each and conditional,
 * so that every revision has one change and a watcher that resumes anywhere loses nothing.
 */
export interface Store {
  read(key: string): Promise<Version | undefined>;
  /** In order of keys. */
  range(prefix: string, query?: RangeQuery): Promise<RangeResult>;
  /**
   * Puts (`value`) or removes (undefined) the key if it is at revision `expected`; 0 is a key that holds nothing.
   * With `ttlSeconds` the store drops the key after about that time.
   */
  write(
    key: string,
    value: Uint8Array | undefined,
    expected: bigint,
    ttlSeconds?: number,
  ): Promise<WriteResult>;
  /** Every change below `prefix` after revision `after`. */
  feed(prefix: string, after: bigint, receiver: FeedReceiver, options?: { previous?: boolean }): Feed;
  /** Resolves when the store answers, rejects with ServiceUnavailable otherwise. For readiness. */
  probe(): Promise<void>;
}
