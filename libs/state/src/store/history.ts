import BTreeModule from 'sorted-btree';

// The package is CommonJS: under Node its class is the `default` of the default export, bundlers unwrap it.
type Tree<V> = import('sorted-btree').default<string, V>;
const BTree = ((BTreeModule as unknown as { default?: unknown }).default ?? BTreeModule) as unknown as new <
  V,
>(
  entries?: [string, V][],
  compare?: (a: string, b: string) => number,
) => Tree<V>;

/** Strings in order of their UTF-16 units: for the names of Kubernetes (ASCII) the order of etcd's bytes. */
const byKey = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** One past change: `now` absent was a removal, `before` absent an addition. */
export interface Past<V> {
  readonly revision: bigint;
  readonly key: string;
  readonly now: V | undefined;
  readonly before: V | undefined;
}

export type Snapshot<V> = Pick<Tree<V>, 'get' | 'entries' | 'size' | 'getRange' | 'forRange'>;

export interface HistoryOptions<V> {
  /** How many changes are remembered. */
  maxChanges: number;
  /** How many bytes of values (by `sizeOf`) the remembered changes may hold on to. */
  maxBytes: number;
  sizeOf(value: V): number;
}

const keptSnapshots = 8;

/**
 * Sorted values with a bounded memory of their changes. From both together any remembered revision can be read again:
 * a snapshot is a copy-on-write clone of the tree in which later changes are undone.
 */
export class History<V> {
  #tree: Tree<V> = new BTree<V>(undefined, byKey);
  readonly #options: HistoryOptions<V>;
  /** A queue whose head moves; compacted when half of it is dead. */
  #past: Past<V>[] = [];
  #head = 0;
  #bytes = 0;
  /** Changes after this revision are all remembered. */
  #since: bigint;
  /** Rebuilt ones, for readers that page through one of them; the one used last is last. */
  readonly #snapshots = new Map<bigint, Tree<V>>();

  constructor(options: HistoryOptions<V>, since = 0n) {
    this.#options = options;
    this.#since = since;
  }

  get size(): number {
    return this.#tree.size;
  }

  get since(): bigint {
    return this.#since;
  }

  get current(): Snapshot<V> {
    return this.#tree;
  }

  get(key: string): V | undefined {
    return this.#tree.get(key);
  }

  /** Adds without remembering: for filling before anybody looks. */
  load(key: string, value: V): void {
    this.#tree.set(key, value);
  }

  /** Sets (`value`) or removes (undefined), remembers, and returns what was there. */
  change(key: string, value: V | undefined, revision: bigint): V | undefined {
    const before = this.#tree.get(key);
    if (value === undefined) this.#tree.delete(key);
    else this.#tree.set(key, value);
    this.#remember({ revision, key, now: value, before });
    return before;
  }

  /** All changes after the revision, oldest first; undefined when some of them are forgotten. */
  after(revision: bigint): Past<V>[] | undefined {
    if (revision < this.#since) return undefined;
    return this.#past.slice(this.#firstAfter(revision));
  }

  /** The values as of that revision, to be read before anything changes; undefined when it is forgotten. */
  at(revision: bigint): Snapshot<V> | undefined {
    if (revision < this.#since) return undefined;
    const first = this.#firstAfter(revision);
    if (first === this.#past.length) return this.#tree;
    const kept = this.#snapshots.get(revision);
    if (kept) {
      this.#snapshots.delete(revision);
      this.#snapshots.set(revision, kept);
      return kept;
    }
    const tree = this.#tree.clone();
    for (let index = this.#past.length - 1; index >= first; index--) {
      const { key, before } = this.#past[index]!;
      if (before === undefined) tree.delete(key);
      else tree.set(key, before);
    }
    this.#keep(revision, tree);
    return tree;
  }

  /** Forgets changes up to the revision. */
  forget(revision: bigint): void {
    while (this.#head < this.#past.length && this.#past[this.#head]!.revision <= revision) this.#drop();
    if (revision > this.#since) this.#since = revision;
    for (const kept of this.#snapshots.keys()) if (kept < this.#since) this.#snapshots.delete(kept);
    this.#compact();
  }

  #remember(past: Past<V>): void {
    this.#past.push(past);
    this.#bytes += past.now === undefined ? 0 : this.#options.sizeOf(past.now);
    while (
      this.#past.length - this.#head > this.#options.maxChanges ||
      this.#bytes > this.#options.maxBytes
    ) {
      if (this.#head === this.#past.length) break;
      this.#drop();
    }
    this.#compact();
  }

  #drop(): void {
    const past = this.#past[this.#head]!;
    this.#past[this.#head++] = undefined as never;
    this.#bytes -= past.now === undefined ? 0 : this.#options.sizeOf(past.now);
    if (past.revision > this.#since) this.#since = past.revision;
  }

  #compact(): void {
    if (this.#head < 64 || this.#head * 2 < this.#past.length) return;
    this.#past = this.#past.slice(this.#head);
    this.#head = 0;
  }

  #firstAfter(revision: bigint): number {
    let low = this.#head;
    let high = this.#past.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#past[middle]!.revision <= revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #keep(revision: bigint, tree: Tree<V>): void {
    this.#snapshots.set(revision, tree);
    if (this.#snapshots.size > keptSnapshots)
      for (const oldest of this.#snapshots.keys()) {
        this.#snapshots.delete(oldest);
        break;
      }
  }
}
