import type { Clock, Logger } from '@gantry/base';
import { Backoff, isStatus, messageOf, type Random } from '@gantry/base';
import { keyOf, nameOf, type Kind, type KubeObject, type ObjectName, type Stored } from '@gantry/api';
import type { State, Watch, WatchEvent } from '@gantry/state';
import type { Change, IndexFunctions, Informer } from './control.ts';

type Index<T extends KubeObject> = {
  readonly values: (object: Stored<T>) => readonly string[];
  readonly objects: Map<string, Map<string, Stored<T>>>;
};

export interface InformerOptions {
  clock: Clock;
  log: Logger;
  random: Random;
  /** Called when a watch was lost and the whole state is asked for again. */
  onRelist(): void;
}

/** A watch that held for so long earns its successor a start without delay. */
const steadyMs = 10_000;

/**
 * An {@link Informer} fed by `State.watch`.
 *
 *     connecting ──init…initDone──▶ live ──watch ends──▶ waiting (backoff) ──▶ connecting
 *
 * The copy of before stays readable until the next `initDone` swaps it.
 */
export class WatchedInformer<T extends KubeObject> implements Informer<T> {
  readonly kind: Kind<T>;
  readonly synced: Promise<void>;
  readonly #state: State;
  readonly #options: InformerOptions;
  readonly #indexes = new Map<string, Index<T>>();
  readonly #listeners = new Set<(change: Change<T>) => void>();
  #objects = new Map<string, Stored<T>>();
  readonly #namespaces = new Map<string, Map<string, Stored<T>>>();
  #resolveSynced!: () => void;
  #hasSynced = false;

  constructor(kind: Kind<T>, state: State, options: InformerOptions) {
    this.kind = kind;
    this.#state = state;
    this.#options = options;
    this.synced = new Promise((resolve) => (this.#resolveSynced = resolve));
  }

  get hasSynced(): boolean {
    return this.#hasSynced;
  }

  get size(): number {
    return this.#objects.size;
  }

  get(name: ObjectName): Stored<T> | undefined {
    return this.#objects.get(keyOf(name));
  }

  list(namespace?: string): readonly Stored<T>[] {
    const objects = namespace ? this.#namespaces.get(namespace) : this.#objects;
    return objects ? [...objects.values()] : [];
  }

  by(index: string, value: string): readonly Stored<T>[] {
    const found = this.#indexes.get(index);
    if (!found) throw new Error(`the informer of ${this.kind.plural} has no index "${index}"`);
    const objects = found.objects.get(value);
    return objects ? [...objects.values()] : [];
  }

  addIndexes(functions: IndexFunctions<T>): void {
    for (const [name, values] of Object.entries(functions)) {
      if (this.#indexes.has(name)) continue;
      const index: Index<T> = { values, objects: new Map() };
      this.#indexes.set(name, index);
      for (const [key, object] of this.#objects)
        for (const value of values(object)) put(index.objects, value, key, object);
    }
  }

  onChange(listener: (change: Change<T>) => void): Disposable {
    // A wrapper, so that one function may be registered twice.
    const own = (change: Change<T>) => listener(change);
    if (this.#hasSynced)
      for (const object of [...this.#objects.values()]) this.#call(own, { type: 'added', object });
    this.#listeners.add(own);
    return { [Symbol.dispose]: () => void this.#listeners.delete(own) };
  }

  /** Keeps the copy fed until the signal aborts; then resolves. Never rejects for what the store does. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, random, log } = this.#options;
    const backoff = new Backoff({ initialMs: 100, maxMs: 15_000, jitter: 0.5, random });
    while (!signal.aborted) {
      const startedMs = clock.monotonicMs();
      try {
        await this.#watchOnce(signal);
        if (signal.aborted) return;
      } catch (error) {
        if (signal.aborted) return;
        const fields = {
          kind: this.kind.plural,
          reason: isStatus(error) ? error.reason : undefined,
          err: error,
        };
        if (isStatus(error, 'Expired', 'ServiceUnavailable')) log.debug('watch lost, listing again', fields);
        else log.warn('watch failed, listing again', { ...fields, cause: messageOf(error) });
      }
      if (clock.monotonicMs() - startedMs >= steadyMs) backoff.reset();
      try {
        await clock.sleep(backoff.next(), signal);
      } catch {
        return;
      }
      this.#options.onRelist();
    }
  }

  async #watchOnce(signal: AbortSignal): Promise<void> {
    let initial: Map<string, Stored<T>> | undefined = new Map();
    const receive = (event: WatchEvent<T>) => {
      if (signal.aborted) return;
      switch (event.type) {
        case 'bookmark':
          return;
        case 'initDone':
          if (initial) this.#replace(initial);
          initial = undefined;
          return;
        case 'init':
          initial?.set(keyOf(nameOf(event.entry.object)), event.entry.object);
          return;
        case 'deleted':
          return this.#delete(event.entry.object);
        default:
          return this.#upsert(event.entry.object);
      }
    };
    const watch: Watch = this.#state.watch(this.kind, {}, receive);
    const stop = () => watch[Symbol.dispose]();
    signal.addEventListener('abort', stop, { once: true });
    try {
      await watch.done;
    } finally {
      signal.removeEventListener('abort', stop);
      watch[Symbol.dispose]();
    }
  }

  #replace(next: Map<string, Stored<T>>): void {
    const changes: Change<T>[] = [];
    for (const [key, object] of [...this.#objects]) {
      if (next.has(key)) continue;
      this.#remove(key, object);
      changes.push({ type: 'deleted', object });
    }
    for (const [key, object] of next) {
      const old = this.#objects.get(key);
      if (old && old.metadata.resourceVersion === object.metadata.resourceVersion) continue;
      if (old) this.#remove(key, old);
      this.#insert(key, object);
      changes.push(...differences(old, object));
    }
    const first = !this.#hasSynced;
    this.#hasSynced = true;
    this.#tell(changes);
    if (first) this.#resolveSynced();
  }

  #upsert(object: Stored<T>): void {
    const key = keyOf(nameOf(object));
    const old = this.#objects.get(key);
    if (old) this.#remove(key, old);
    this.#insert(key, object);
    this.#tell(differences(old, object));
  }

  #delete(object: Stored<T>): void {
    const key = keyOf(nameOf(object));
    const old = this.#objects.get(key);
    if (!old) return;
    this.#remove(key, old);
    this.#tell([{ type: 'deleted', object }]);
  }

  #insert(key: string, object: Stored<T>): void {
    this.#objects.set(key, object);
    if (object.metadata.namespace) put(this.#namespaces, object.metadata.namespace, key, object);
    for (const index of this.#indexes.values())
      for (const value of index.values(object)) put(index.objects, value, key, object);
  }

  #remove(key: string, object: Stored<T>): void {
    this.#objects.delete(key);
    if (object.metadata.namespace) drop(this.#namespaces, object.metadata.namespace, key);
    for (const index of this.#indexes.values())
      for (const value of index.values(object)) drop(index.objects, value, key);
  }

  #tell(changes: readonly Change<T>[]): void {
    for (const change of changes) for (const listener of [...this.#listeners]) this.#call(listener, change);
  }

  /** A listener that throws must not starve the others, nor the copy. */
  #call(listener: (change: Change<T>) => void, change: Change<T>): void {
    try {
      listener(change);
    } catch (err) {
      this.#options.log.error('a listener of an informer failed', {
        kind: this.kind.plural,
        object: keyOf(nameOf(change.object)),
        err,
      });
    }
  }
}

/** Another uid under the same name is another object: the old one was deleted in between. */
function differences<T extends KubeObject>(old: Stored<T> | undefined, object: Stored<T>): Change<T>[] {
  if (!old) return [{ type: 'added', object }];
  if (old.metadata.uid === object.metadata.uid) return [{ type: 'modified', object, old }];
  return [
    { type: 'deleted', object: old },
    { type: 'added', object },
  ];
}

function put<V>(groups: Map<string, Map<string, V>>, group: string, key: string, value: V): void {
  const members = groups.get(group);
  if (members) members.set(key, value);
  else groups.set(group, new Map([[key, value]]));
}

function drop<V>(groups: Map<string, Map<string, V>>, group: string, key: string): void {
  const members = groups.get(group);
  if (members?.delete(key) && members.size === 0) groups.delete(group);
}
