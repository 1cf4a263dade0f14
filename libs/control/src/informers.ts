import {
  abortable,
  aborted,
  counter,
  type Clock,
  type Logger,
  type Metrics,
  type Random,
} from '@gantry/base';
import type { Kind, KubeObject } from '@gantry/api';
import type { State } from '@gantry/state';
import type { IndexFunctions, Informer, Informers } from './control.ts';
import { WatchedInformer } from './informer.ts';

export interface InformersOptions {
  clock: Clock;
  log: Logger;
  /** Spreads the retries of lost watches. */
  random: Random;
  metrics?: Metrics;
}

/** Informers over `state`, one watch per kind however many ask. Nothing is read before `run`. */
export function createInformers(state: State, options: InformersOptions): Informers {
  return new StateInformers(state, options);
}

class StateInformers implements Informers {
  readonly #state: State;
  readonly #options: InformersOptions;
  /** By group and plural: a Kind object may be made twice. */
  readonly #informers = new Map<string, WatchedInformer<KubeObject>>();
  readonly #running = new Set<Promise<void>>();
  #signal: AbortSignal | undefined;

  constructor(state: State, options: InformersOptions) {
    this.#state = state;
    this.#options = options;
  }

  of<T extends KubeObject>(kind: Kind<T>, indexes?: IndexFunctions<T>): Informer<T> {
    const key = `${kind.plural}.${kind.group}`;
    let informer = this.#informers.get(key) as WatchedInformer<T> | undefined;
    if (!informer) {
      informer = this.#make(kind);
      this.#informers.set(key, informer as unknown as WatchedInformer<KubeObject>);
      if (this.#signal) this.#start(informer, this.#signal);
    }
    if (indexes) informer.addIndexes(indexes);
    return informer;
  }

  async run(signal: AbortSignal): Promise<void> {
    if (this.#signal) throw new Error('informers run once: make new ones to start again');
    this.#signal = signal;
    for (const informer of this.#informers.values()) this.#start(informer, signal);
    await aborted(signal);
    await Promise.all(this.#running);
  }

  async synced(signal?: AbortSignal): Promise<void> {
    const all = Promise.all([...this.#informers.values()].map((informer) => informer.synced)).then(
      () => undefined,
    );
    await (signal ? abortable(all, signal) : all);
  }

  #make<T extends KubeObject>(kind: Kind<T>): WatchedInformer<T> {
    const { metrics } = this.#options;
    const relists =
      metrics &&
      counter(metrics, 'informer_relists_total', 'How often an informer lost its watch and listed again.', [
        'resource',
      ]).labels(kind.plural);
    return new WatchedInformer(kind, this.#state, { ...this.#options, onRelist: () => relists?.inc() });
  }

  #start<T extends KubeObject>(informer: WatchedInformer<T>, signal: AbortSignal): void {
    const running: Promise<void> = informer.run(signal).finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}
