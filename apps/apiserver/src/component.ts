import { isAbort, type Clock, type Logger, type Metrics, type Random } from '@gantry/base';
import { createEventRecorder, LeaderElection, LeadershipLost } from '@gantry/control';
import type { State } from '@gantry/state';

/** What the parts that share this process work with. */
export interface ComponentContext {
  state: State;
  clock: Clock;
  random: Random;
  log: Logger;
  metrics: Metrics;
  clusterCidr: string;
  serviceCidr: string;
  nodeMonitorGracePeriodMs: number;
  nodeMonitorPeriodMs: number;
  /** PEM. */
  caCertificate: string;
  /**
   * As whom the parts stand for election: the same for the same server after a restart, so that it need not wait for its own
   * lease to run out.
   */
  identity: string;
}

/** Runs a part while this server leads in it; a lost lease means standing again. Ends with the signal. */
export async function runElected(
  name: 'kube-scheduler' | 'kube-controller-manager',
  context: ComponentContext,
  work: (context: ComponentContext, leading: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { state, clock, random, metrics, identity } = context;
  const log = context.log.child({ component: name });
  const common = { state, clock, random, log, metrics };
  const component = name === 'kube-scheduler' ? 'default-scheduler' : name;
  const recorder = createEventRecorder({ ...common, component, signal });
  while (!signal.aborted) {
    const election = new LeaderElection({ ...common, recorder, name, identity });
    try {
      await election.run((leading) => work(context, leading), signal);
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      if (!(error instanceof LeadershipLost)) log.error('failed, and starts again', { err: error });
      await clock.sleep(1000, signal).catch(() => {});
    }
  }
}
