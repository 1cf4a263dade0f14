/** A key with its value, as etcd gives it. */
export interface EtcdKeyValue {
  readonly key: string;
  readonly value: Buffer;
  readonly modRevision: bigint;
}

export interface EtcdRange {
  readonly key: string;
  /** Everything from `key` to before `end`; absent: the one key. */
  readonly end?: string;
  /** 0 or absent: no limit. */
  readonly limit?: number | undefined;
  readonly revision?: bigint | undefined;
  /** Keys are not given, only counted. */
  readonly countOnly?: boolean;
}

export interface EtcdRangeResult {
  readonly kvs: readonly EtcdKeyValue[];
  /** How many keys are in the range, whatever the limit. */
  readonly count: number;
  readonly revision: bigint;
}

/** A write of one key under the condition that it is at `expected` (0: is not there). */
export interface EtcdWrite {
  readonly key: string;
  readonly expected: bigint;
  /** Undefined: the key is removed. */
  readonly value: Uint8Array | undefined;
  readonly lease?: string | undefined;
}

export interface EtcdWriteResult {
  readonly done: boolean;
  readonly revision: bigint;
  /** What is there when it was not done. */
  readonly current: EtcdKeyValue | undefined;
}

export interface EtcdEvent {
  readonly type: 'put' | 'delete';
  readonly kv: EtcdKeyValue;
  readonly previous: EtcdKeyValue | undefined;
}

export interface EtcdWatch {
  readonly key: string;
  readonly end: string;
  /** The first revision wanted. */
  readonly from: bigint;
  readonly previous: boolean;
}

export interface EtcdWatchReceiver {
  /** etcd has the watch. */
  created(revision: bigint): void;
  /** One message: whole revisions, in order. */
  events(events: readonly EtcdEvent[]): void;
  /** All before this revision has been told. */
  progress(revision: bigint): void;
  /** The watch is over; called at most once, and not after disposal. A StatusError. */
  failed(error: Error): void;
}

/**
 * The seam to etcd's API: all that the store needs of a client library, so that another can stand here. Calls have deadlines
 * of a few seconds. All failures are StatusErrors: Expired (compacted), Timeout (a future revision), RequestEntityTooLarge,
 * ServiceUnavailable (etcd is gone, slow, or out of space). A write that may have been
 * sent is never repeated: after a lost connection nobody knows whether it was done.
 */
export interface EtcdClient extends Disposable {
  range(request: EtcdRange): Promise<EtcdRangeResult>;
  write(request: EtcdWrite): Promise<EtcdWriteResult>;
  watch(request: EtcdWatch, receiver: EtcdWatchReceiver): Disposable;
  /** Forgets what was before the revision. */
  compact(revision: bigint): Promise<void>;
  /** A lease that ends after so many seconds unless kept alive. */
  grantLease(ttlSeconds: number): Promise<string>;
  /** Rejects when no member answers. */
  status(): Promise<{ version: string; dbSizeBytes: number }>;
}

export interface EtcdClientOptions {
  /** `http://host:port`, `https://…` or `unix:///path/of/socket`, all alike. */
  endpoints: readonly string[];
  /** PEM. With https endpoints; absent `ca` means the system's. */
  tls?: { ca?: Buffer; cert?: Buffer; key?: Buffer };
  /** How long a call may take. Default 5,000. */
  deadlineMs?: number;
}
