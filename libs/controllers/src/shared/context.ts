import type { Clock, Logger, Metrics, Random } from '@gantry/base';
import type { EventRecorder, Informers } from '@gantry/control';
import type { State } from '@gantry/state';
import type { ServiceIndex } from './service-index.ts';

/** What every controller is given. */
export interface ControllerContext {
  state: State;
  informers: Informers;
  clock: Clock;
  random: Random;
  log: Logger;
  metrics?: Metrics;
  /** One for all who ask which pods a service selects. */
  serviceIndex: ServiceIndex;
  /** The recorder of the component that upstream names so: `replicaset-controller`. */
  recorder(component: string): EventRecorder;
}
