import type { Kind, KubeObject, ObjectName, Stored } from '@gantry/api';
import type { V1ObjectReference } from '@gantry/api';

export type Change<T extends KubeObject> =
  | { readonly type: 'added'; readonly object: Stored<T>; readonly old?: undefined }
  | { readonly type: 'modified'; readonly object: Stored<T>; readonly old: Stored<T> }
  | { readonly type: 'deleted'; readonly object: Stored<T>; readonly old?: undefined };

/**
 * A live copy of all objects of one kind, fed by one watch, for any number of readers. Objects are shared and frozen. A relist
 * (after Expired or a lost server) swaps the contents in one step and reports the differences as changes.
 */
export interface Informer<T extends KubeObject> {
  readonly kind: Kind<T>;
  get(name: ObjectName): Stored<T> | undefined;
  list(namespace?: string): readonly Stored<T>[];
  /** Objects for which the index function of that name returned `value`; see {@link Informers.of}. */
  by(index: string, value: string): readonly Stored<T>[];
  /** Called synchronously, after the copy has changed, first for all that is there (`added`) if it has synced already. */
  onChange(listener: (change: Change<T>) => void): Disposable;
  /** Resolves when the first whole state is there. */
  readonly synced: Promise<void>;
  readonly hasSynced: boolean;
}

export type IndexFunctions<T extends KubeObject> = Record<string, (object: Stored<T>) => readonly string[]>;

/** One informer per kind for the whole process. `run` feeds them all; informers asked for later start at once. */
export interface Informers {
  /** Index functions add to those already there; a name means one function. */
  of<T extends KubeObject>(kind: Kind<T>, indexes?: IndexFunctions<T>): Informer<T>;
  run(signal: AbortSignal): Promise<void>;
  /** Resolves when all informers asked for so far have synced. */
  synced(signal?: AbortSignal): Promise<void>;
}

/**
 * Keys to be worked on, each by one worker at a time: a key added while it is worked on is handed out again afterwards, one
 * added twice is handed out once (client-go `util/workqueue`).
 */
export interface WorkQueue {
  add(key: string): void;
  addAfter(key: string, delayMs: number): void;
  /** Adds with the delay its failures have earned: 5 ms doubling to 1,000 s. */
  addRateLimited(key: string): void;
  /** Forgets the failures of the key. */
  forget(key: string): void;
  failures(key: string): number;
  /** Waits for the next key; undefined when the queue was shut down. */
  take(): Promise<string | undefined>;
  /** The key taken is no longer worked on. */
  done(key: string): void;
  shutDown(): void;
  readonly length: number;
}

export interface Controller {
  /** Name of its queue, its metrics and its log component: `replicaset`. */
  readonly name: string;
  /** Default 5. */
  readonly workers?: number;
  /** Registers informers and says what makes which keys due. Called once, before the informers have synced. */
  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void;
  /** Brings the object of that key one step towards its desired state. Thrown errors are retried with backoff; TerminalError is not. */
  reconcile(key: string, signal: AbortSignal): Promise<void>;
}

/** Trying again will not help until the object changes. Logged, counted, not retried. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}

/** Writes Events about objects; the same event again within ten minutes counts up the first. Never throws, never blocks. */
export interface EventRecorder {
  /**
   * `action` is what was done or tried for the object (`Binding`); an event with one has the fields of `events.k8s.io/v1`: `eventTime`,
   * `reportingInstance`, `series`, instead of `firstTimestamp`, `lastTimestamp`, `count` and `source`.
   */
  event(
    regarding: KubeObject | V1ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    action?: string,
  ): void;
}
