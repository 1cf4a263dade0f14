import { kinds, type Stored, type V1Pod } from '@gantry/api';
import type { State, WatchEvent } from '@gantry/state';
import { isPodActive, isPodReady } from '../shared/pods.ts';

/** Counts the pods with a label `app` at every single change, and remembers where a promise was broken. */
export class AvailabilityWatch implements Disposable {
  /** What was seen that must not be. */
  readonly violations: string[] = [];
  /** From now on, fewer ready pods than this are a violation. */
  minReady = 0;
  /** From now on, more pods than this that are not being deleted are a violation. */
  maxPods = Infinity;
  readonly #pods = new Map<string, Stored<V1Pod>>();
  readonly #watch: Disposable;

  constructor(state: State, app: string) {
    this.#watch = state.watch(kinds.pod, { labelSelector: `app=${app}` }, (event) => this.#receive(event));
  }

  get ready(): number {
    return [...this.#pods.values()].filter((pod) => isPodActive(pod) && isPodReady(pod)).length;
  }

  get active(): number {
    return [...this.#pods.values()].filter(isPodActive).length;
  }

  #receive(event: WatchEvent<V1Pod>): void {
    if (!('entry' in event)) return;
    const { object } = event.entry;
    const { uid, name } = object.metadata;
    if (event.type === 'deleted') this.#pods.delete(uid);
    else this.#pods.set(uid, object);
    if (this.ready < this.minReady)
      this.violations.push(`${event.type} ${name}: ${this.ready} ready, at least ${this.minReady} promised`);
    if (this.active > this.maxPods)
      this.violations.push(`${event.type} ${name}: ${this.active} pods, at most ${this.maxPods} allowed`);
  }

  [Symbol.dispose](): void {
    this.#watch[Symbol.dispose]();
  }
}
