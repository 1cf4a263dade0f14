import { StatusError } from '@gantry/base';
import type { Kind, KubeObject, ObjectName } from '@gantry/api';
import type {
  DeleteOptions,
  Entry,
  EntryList,
  ListQuery,
  State,
  Watch,
  WatchEvent,
  WatchQuery,
  WriteOptions,
} from '@gantry/state';

/** A {@link State} that a test can take away and give back: what happens when the server or the network is gone. */
export class UnsteadyState implements State {
  /** While set, every call fails with what it returns. */
  failure: (() => Error) | undefined;
  /** How often a watch was asked for. */
  watches = 0;
  readonly #below: State;
  readonly #breakers = new Set<(error: Error) => void>();

  constructor(below: State) {
    this.#below = below;
  }

  /** Ends all watches with this error. */
  breakWatches(error: Error): void {
    for (const each of [...this.#breakers]) each(error);
  }

  /** Nothing answers and all watches end, until `failure` is unset. */
  goAway(): void {
    this.failure = () => StatusError.unavailable('the server is away');
    this.breakWatches(StatusError.unavailable('the server went away'));
  }

  async get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: { resourceVersion?: string },
  ): Promise<Entry<T>> {
    this.#check();
    return this.#below.get(kind, name, options);
  }

  async list<T extends KubeObject>(kind: Kind<T>, query?: ListQuery): Promise<EntryList<T>> {
    this.#check();
    return this.#below.list(kind, query);
  }

  async create<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>> {
    this.#check();
    return this.#below.create(kind, object, options);
  }

  async update<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>> {
    this.#check();
    return this.#below.update(kind, object, options);
  }

  async delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: DeleteOptions,
  ): Promise<{ entry: Entry<T>; gone: boolean }> {
    this.#check();
    return this.#below.delete(kind, name, options);
  }

  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    this.watches++;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.failure) {
      reject(this.failure());
      return { done: promise, [Symbol.dispose]: () => undefined };
    }
    let over = false;
    const watch = this.#below.watch(kind, query, (event) => {
      if (!over) receive(event);
    });
    const end = () => {
      over = true;
      this.#breakers.delete(breaker);
      watch[Symbol.dispose]();
    };
    const breaker = (error: Error) => {
      end();
      reject(error);
    };
    this.#breakers.add(breaker);
    watch.done.then(resolve, reject);
    return { done: promise, [Symbol.dispose]: end };
  }

  #check(): void {
    if (this.failure) throw this.failure();
  }
}
