import type { Kind, KubeObject } from '@gantry/api';
import { StoreState, type StoreStateOptions } from '../store/store-state.ts';
import type { Version } from '../store/store.ts';
import type { Entry } from '../state.ts';
import { MemoryStore, type MemoryStoreOptions } from './memory-store.ts';

export interface MemoryStateOptions extends StoreStateOptions, MemoryStoreOptions {}

/**
 * A {@link State} in memory, for tests and for whole control planes in one process. Watch events are delivered within
 * the write, before its promise settles.
 */
export class MemoryState extends StoreState {
  declare readonly store: MemoryStore;
  /** One entry per version: readers share the parsed object. */
  readonly #entries = new WeakMap<Version, Entry>();

  constructor(options: MemoryStateOptions = {}) {
    super(new MemoryStore(options), options);
  }

  /** The revision of the last write; 1 before the first. */
  get revision(): bigint {
    return this.store.revision;
  }

  protected override decode<T extends KubeObject>(kind: Kind<T>, version: Version): Entry<T> {
    let entry = this.#entries.get(version) as Entry<T> | undefined;
    if (!entry) this.#entries.set(version, (entry = super.decode(kind, version)));
    return entry;
  }
}
