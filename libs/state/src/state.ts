import type { Kind, KubeObject, ObjectName, Stored } from '@gantry/api';

/**
 * One version of one object: kept once, shared by everybody, never changed.
 * `bytes` is its JSON as clients get it (with apiVersion, kind and metadata.resourceVersion); serving sends the bytes,
 * everything else reads `object`, which is parsed at the first look and frozen.
 */
export interface Entry<T extends KubeObject = KubeObject> {
  /** The store's revision of this version: `metadata.resourceVersion`. */
  readonly revision: bigint;
  readonly bytes: Uint8Array;
  readonly object: Stored<T>;
}

/** What a list or a watch wants to see. An empty query sees everything of the kind. */
export interface Selection {
  /** All namespaces when absent. */
  namespace?: string | undefined;
  /** As in `?labelSelector=`: `app=web,tier in (a,b),!x`. Bad ones are a BadRequest. */
  labelSelector?: string | undefined;
  /** As in `?fieldSelector=`: `metadata.name=x,status.phase!=Running`; only the kind's selectable fields. */
  fieldSelector?: string | undefined;
}

export interface ListQuery extends Selection {
  /** At most so many; `continue` of the result goes on from there, over the same snapshot. */
  limit?: number;
  continue?: string;
  /**
   * Absent: at least as new as every write acknowledged before the call. '0': whatever the cache has. Other: not older
   * than that (`NotOlderThan`), or exactly that (`Exact`; Expired when it is gone).
   */
  resourceVersion?: string;
  resourceVersionMatch?: 'NotOlderThan' | 'Exact';
}

export interface EntryList<T extends KubeObject = KubeObject> {
  readonly entries: readonly Entry<T>[];
  /** The revision this list is a snapshot of: a watch from here misses nothing. */
  readonly revision: bigint;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

export interface WatchQuery extends Selection {
  /**
   * Events after this revision; Expired when the store no longer has them. Absent: the present state first, as `init`
   * events and one `initDone`, then every change.
   */
  resourceVersion?: string;
  /** Ask for a `bookmark` now and then (about once a minute), so that a quiet watcher's revision does not age. */
  bookmarks?: boolean;
}

/**
 * `init … initDone` open a watch without a revision (also one that began on nothing). An object that stops matching the
 * selection is `deleted`, one that begins to is `added`. For `deleted`, the entry is the last state with the revision of
 * the deletion. The event object is shared by all who see the same change.
 */
export type WatchEvent<T extends KubeObject = KubeObject> =
  | { readonly type: 'init' | 'added' | 'modified' | 'deleted'; readonly entry: Entry<T> }
  | { readonly type: 'initDone' | 'bookmark'; readonly revision: bigint };

/** A running watch. Disposing it ends it; events stop at once. */
export interface Watch extends Disposable {
  /**
   * Settles when the watch ends: resolves after disposal, rejects with a StatusError otherwise: Expired (list again:
   * the revision is gone or the receiver fell too far behind), ServiceUnavailable (the store is gone).
   */
  readonly done: Promise<void>;
}

/** Who asks, as authentication found out; admission and audit see it. */
export interface UserInfo {
  name: string;
  uid?: string;
  groups: readonly string[];
  extra?: Record<string, readonly string[]>;
}

export interface WriteOptions {
  /** `status`, `scale` …: which part is written. Absent: the object. */
  subresource?: string;
  dryRun?: boolean;
  /** Who the fields that this write changes belong to from now on. */
  fieldManager?: string;
  /** That `metadata.managedFields` say already what this write changes: it is a server-side apply. Default false. */
  applied?: boolean;
  user?: UserInfo;
  /** Is told what about a write is allowed but unwise, for the client to be told (`RegistryState`). Default nobody. */
  warn?: (text: string) => void;
}

export interface DeleteOptions {
  /** Absent: the kind's own. 0: at once. */
  gracePeriodSeconds?: number | undefined;
  preconditions?: { uid?: string; resourceVersion?: string } | undefined;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground' | undefined;
  dryRun?: boolean;
  user?: UserInfo;
}

/**
 * The desired and the observed state of the cluster. etcd, memory, the watch cache, the rules of the API (`RegistryState`)
 * and the client of a remote API server all implement this, stacked or alone, and one contract suite
 * (`@gantry/state/testing`) runs over each. All failures are StatusErrors.
 */
export interface State {
  /** NotFound. */
  get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: { resourceVersion?: string },
  ): Promise<Entry<T>>;

  /** Ordered by namespace and name. BadRequest, Expired. */
  list<T extends KubeObject>(kind: Kind<T>, query?: ListQuery): Promise<EntryList<T>>;

  /** AlreadyExists, Invalid, Forbidden. The object given is not kept and not changed. */
  create<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>>;

  /**
   * Replaces the object of that name. With `metadata.resourceVersion` set: only if that is still the current one
   * (Conflict), with `metadata.uid` set likewise. Writing what is there already returns the entry as it is, with no new revision.
   */
  update<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>>;

  /**
   * Removes the object, or, where finalizers or a grace period hold it, marks it (`deletionTimestamp`). `gone` says
   * which: the entry is the last state, or the marked one. NotFound, Conflict on preconditions.
   */
  delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: DeleteOptions,
  ): Promise<{ entry: Entry<T>; gone: boolean }>;

  /**
   * Calls `receive` for each event, in order of revision, synchronously and never after disposal. Errors in the query
   * reject `done`. The receiver must not throw and must not block.
   */
  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch;
}
