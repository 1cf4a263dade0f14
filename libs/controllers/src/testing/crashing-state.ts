import type { Clock } from '@gantry/base';
import { kinds, type Kind, type KubeObject, type ObjectName } from '@gantry/api';
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

/** What calls are answered with after the crash: nobody is there to hear it. */
export class Crashed extends Error {
  override readonly name = 'Crashed';
}

export interface CrashingStateOptions {
  clock: Clock;
  /** Dies right after so many writes. Default never. */
  crashAfter?: number;
  onCrash?: () => void;
  /** How late each event of a watch arrives, in milliseconds; the order within a watch stays. Default at once. */
  lagMs?: () => number;
}

/**
 * A {@link State} as a process sees it that dies right after its n-th write: that write is carried out, but its outcome is never
 * learnt, and nothing more gets through. Its watches may lag, so that its caches are stale. Events do not count as writes.
 */
export class CrashingState implements State {
  writes = 0;
  /** What was written, in order: `update replicasets default/web-abc`. */
  readonly journal: string[] = [];
  readonly #below: State;
  readonly #options: CrashingStateOptions;
  #crashed = false;

  constructor(below: State, options: CrashingStateOptions) {
    this.#below = below;
    this.#options = options;
  }

  get crashed(): boolean {
    return this.#crashed;
  }

  /** Dies now. */
  crash(): void {
    if (this.#crashed) return;
    this.#crashed = true;
    this.#options.onCrash?.();
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

  create<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>> {
    return this.#write('create', kind, object.metadata, () => this.#below.create(kind, object, options));
  }

  update<T extends KubeObject>(kind: Kind<T>, object: T, options?: WriteOptions): Promise<Entry<T>> {
    const verb = options?.subresource ? `update ${options.subresource} of` : 'update';
    return this.#write(verb, kind, object.metadata, () => this.#below.update(kind, object, options));
  }

  delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: DeleteOptions,
  ): Promise<{ entry: Entry<T>; gone: boolean }> {
    return this.#write('delete', kind, name, () => this.#below.delete(kind, name, options));
  }

  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    const { clock, lagMs } = this.#options;
    let lastMs = -Infinity;
    let over = false;
    const deliver = (event: WatchEvent<T>) => {
      if (!this.#crashed && !over) receive(event);
    };
    const watch = this.#below.watch(kind, query, (event) => {
      const lag = lagMs?.() ?? 0;
      const atMs = Math.max(lastMs, clock.monotonicMs() + lag);
      if (lag === 0 && lastMs <= clock.monotonicMs()) return deliver(event);
      lastMs = atMs;
      clock.after(atMs - clock.monotonicMs(), () => deliver(event));
    });
    return {
      done: watch.done,
      [Symbol.dispose]: () => {
        over = true;
        watch[Symbol.dispose]();
      },
    };
  }

  async #write<R>(
    verb: string,
    kind: Kind,
    name: { namespace?: string | undefined; name?: string; generateName?: string },
    write: () => Promise<R>,
  ): Promise<R> {
    this.#check();
    const result = await write();
    this.#check();
    if (kind === (kinds.event as Kind)) return result;
    this.writes++;
    this.journal.push(
      `${verb} ${kind.plural} ${name.namespace ?? ''}/${name.name ?? `${name.generateName}*`}`,
    );
    if (this.writes >= (this.#options.crashAfter ?? Infinity)) {
      this.crash();
      this.#check();
    }
    return result;
  }

  #check(): void {
    if (this.#crashed) throw new Crashed('this process is dead');
  }
}
