import { seededRandom, silentLogger, type Logger, type Random } from '@gantry/base';
import { FakeClock, settle } from '@gantry/base/testing';
import {
  kinds,
  type Kind,
  type KubeObject,
  type ObjectName,
  type Stored,
  type V1Deployment,
} from '@gantry/api';
import { createInformers, runController, type Controller } from '@gantry/control';
import { MemoryState, namespaceLifecycle, RegistryState, type State } from '@gantry/state';
import { createControllers, type ControllersOptions } from '../create-controllers.ts';
import { CrashingState } from './crashing-state.ts';
import { PretendKubelet, type PretendKubeletOptions } from './pretend-kubelet.ts';

export interface SimulationOptions {
  seed?: number;
  log?: Logger;
  kubelet?: Partial<PretendKubeletOptions>;
  controllers?: Partial<ControllersOptions>;
  /** How late the events of the controllers' watches arrive. Default at once. */
  lagMs?: (random: Random) => number;
  /** What the controllers see of the state. Default: all of it. */
  through?: (state: State) => State;
  /** Which controllers run, by name. Default: all. */
  only?: (controller: Controller) => boolean;
}

/** One life of the controllers' process. */
export interface Incarnation {
  readonly state: CrashingState;
  stop(): void;
}

/** A control plane in one process on a clock that stands still: the API's rules over memory, controllers, a pretend kubelet. */
export class Simulation implements Disposable {
  readonly clock = new FakeClock();
  readonly state: State;
  readonly kubelet: PretendKubelet;
  readonly #options: SimulationOptions;
  readonly #random;
  readonly #stop = new AbortController();

  constructor(options: SimulationOptions = {}) {
    this.#options = options;
    this.#random = seededRandom(options.seed ?? 1);
    const memory = new MemoryState();
    this.state = new RegistryState(memory, {
      clock: this.clock,
      random: this.#random,
      uidRandom: this.#random,
      admission: [namespaceLifecycle(memory)],
    });
    this.kubelet = new PretendKubelet({ state: this.state, clock: this.clock, ...options.kubelet });
    void this.kubelet.run(this.#stop.signal);
  }

  async createNamespace(name: string): Promise<void> {
    await this.state.create(kinds.namespace, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
      spec: {},
    });
  }

  /** Starts the controllers; they die after `crashAfter` writes, and `onCrash` is told. */
  start(crashAfter = Infinity, onCrash: () => void = () => undefined): Incarnation {
    const { log = silentLogger, only = () => true, through = (state: State) => state } = this.#options;
    const life = new AbortController();
    this.#stop.signal.addEventListener('abort', () => life.abort(), { once: true });
    const { lagMs } = this.#options;
    const state = new CrashingState(through(this.state), {
      clock: this.clock,
      crashAfter,
      onCrash: () => {
        life.abort();
        onCrash();
      },
      ...(lagMs ? { lagMs: () => lagMs(this.#random) } : {}),
    });
    const { signal } = life;
    const common = { clock: this.clock, log, random: this.#random };
    const informers = createInformers(state, common);
    const controllers = createControllers({
      state,
      informers,
      ...common,
      signal,
      ...this.#options.controllers,
    });
    for (const controller of controllers)
      if (only(controller)) void runController(controller, { informers, ...common }, signal);
    void informers.run(signal);
    return { state, stop: () => state.crash() };
  }

  /** Lets time pass until the condition holds. Rejects, saying `what`, when it does not within `withinMs` of the simulation's time. */
  async until(condition: () => boolean | Promise<boolean>, what: string, withinMs = 120_000): Promise<void> {
    const endMs = this.clock.now() + withinMs;
    for (;;) {
      for (let i = 0; i < 4; i++) await settle();
      if (await condition()) return;
      if (this.clock.now() > endMs)
        throw new Error(`after ${withinMs} ms of simulated time it is not so: ${what}`);
      await this.clock.advance(25);
    }
  }

  async list<T extends KubeObject>(kind: Kind<T>, namespace?: string): Promise<Stored<T>[]> {
    const { entries } = await this.state.list(kind, namespace ? { namespace } : {});
    return entries.map(({ object }) => object);
  }

  async find<T extends KubeObject>(kind: Kind<T>, name: ObjectName): Promise<Stored<T> | undefined> {
    const { entries } = await this.state.list(kind, {
      ...(name.namespace ? { namespace: name.namespace } : {}),
      fieldSelector: `metadata.name=${name.name}`,
    });
    return entries[0]?.object;
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }
}

/** A Deployment of a web server, as users write them. */
export function exampleDeployment(
  name: string,
  spec: Partial<V1Deployment['spec']> = {},
  options: { namespace?: string; image?: string } = {},
): V1Deployment {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: options.namespace ?? 'default', name, labels: { app: name } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image: options.image ?? 'web:1' }] },
      },
      ...spec,
    },
  };
}
