import { createEventRecorder, LeaderElection } from '@gantry/control';
import { runControllers, type RunControllersOptions } from '@gantry/controllers';

export interface ControllerManagerDependencies extends RunControllersOptions {
  /** Contend for the lease, as whom. Absent: work at once. */
  identity?: string;
}

/** Runs the controllers, while leading if there is a lease to hold. Rejects with LeadershipLost when it was lost. */
export class ControllerManager {
  readonly #dependencies: ControllerManagerDependencies;

  constructor(dependencies: ControllerManagerDependencies) {
    this.#dependencies = dependencies;
  }

  async run(signal: AbortSignal): Promise<void> {
    const { identity, ...options } = this.#dependencies;
    if (identity === undefined) return runControllers(options, signal);
    const { state, clock, random, metrics } = options;
    const over = new AbortController();
    const common = {
      state,
      clock,
      random,
      log: options.log.child({ component: 'leader-election' }),
      ...(metrics ? { metrics } : {}),
    };
    const name = 'kube-controller-manager';
    const recorder = createEventRecorder({ ...common, component: name, signal: over.signal });
    const election = new LeaderElection({ ...common, recorder, name, identity });
    try {
      await election.run((leading) => runControllers(options, leading), signal);
    } finally {
      // Nobody waits any more to write an event.
      over.abort();
    }
  }
}
