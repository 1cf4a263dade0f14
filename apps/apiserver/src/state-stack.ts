import { abortable, type Clock, type Logger, type Metrics, type Random } from '@gantry/base';
import { kindList } from '@gantry/api';
import {
  defaultTolerationSeconds,
  nodeRestriction,
  priorityAdmission,
  ServiceAddresses,
  serviceAccountAdmission,
  type HealthCheck,
} from '@gantry/serving';
import {
  CachedState,
  EtcdState,
  MemoryState,
  namespaceLifecycle,
  RegistryState,
  type State,
} from '@gantry/state';
import type { ServerOptions } from './options.ts';

interface Environment {
  clock: Clock;
  random: Random;
  log: Logger;
  metrics: Metrics;
}

/** The State that everything in this process works on: the API's rules over a cache over the store. */
export interface StateStack {
  state: State;
  serviceAddress: string;
  healthChecks: readonly HealthCheck[];
  /** Resolves when reads can be answered. */
  ready(signal: AbortSignal): Promise<void>;
  /** Keeps cache and pools up to date until the signal aborts. */
  run(signal: AbortSignal): Promise<void>;
  close(): void;
}

export async function openStateStack(options: ServerOptions, environment: Environment): Promise<StateStack> {
  const store = options.store === 'etcd' ? await openEtcd(options, environment) : openMemory(environment);
  const { clock, random, log } = environment;
  const addresses = new ServiceAddresses({
    ...{ state: store.state, clock, random },
    log: log.child({ component: 'service-addresses' }),
    clusterIpRange: options.serviceCidr,
    nodePorts: options.nodePorts,
  });
  const state = new RegistryState(store.state, {
    clock,
    random,
    admission: [
      namespaceLifecycle(store.state),
      serviceAccountAdmission(store.state, clock),
      priorityAdmission,
      defaultTolerationSeconds,
      nodeRestriction(store.state),
      addresses,
    ],
  });
  return {
    state,
    serviceAddress: addresses.apiServerAddress,
    healthChecks: store.healthChecks,
    async ready(signal) {
      await store.ready();
      await addresses.ready(signal);
    },
    async run(signal) {
      const following = abortable(store.ready(), signal).then(
        () => addresses.run(signal),
        () => {},
      );
      await Promise.all([store.run(signal), following]);
    },
    close: () => store.close(),
  };
}

interface OpenStore {
  state: State;
  healthChecks: readonly HealthCheck[];
  ready(): Promise<void>;
  run(signal: AbortSignal): Promise<void>;
  close(): void;
}

async function openEtcd({ etcd }: ServerOptions, environment: Environment): Promise<OpenStore> {
  const { servers, ...files } = etcd;
  const { clock, metrics } = environment;
  const log = environment.log.child({ component: 'etcd' });
  const below = await EtcdState.open({ endpoints: servers, ...files }, { clock, log, metrics });
  const state = new CachedState(below, {
    clock,
    log: environment.log.child({ component: 'cache' }),
    metrics,
    kinds: kindList,
  });
  return {
    state,
    healthChecks: [
      { name: 'etcd', check: () => below.probe(), readinessOnly: true },
      {
        name: 'watch-cache',
        check() {
          if (!state.healthy) throw new Error('the watch cache does not follow etcd');
        },
        readinessOnly: true,
      },
    ],
    ready: () => state.ready,
    async run(signal) {
      await Promise.all([below.run(signal), state.run(signal)]);
    },
    close: () => below[Symbol.dispose](),
  };
}

function openMemory({ clock, log }: Environment): OpenStore {
  const state = new MemoryState({ clock, log });
  return {
    state,
    healthChecks: [],
    ready: () => Promise.resolve(),
    run: () => Promise.resolve(),
    close: () => {},
  };
}
