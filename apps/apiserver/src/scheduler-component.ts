import { hostname } from 'node:os';
import { createInformers } from '@gantry/control';
import { runScheduler } from '@gantry/scheduling';
import type { ComponentContext } from './component.ts';

/** The scheduler over this process's State. */
export async function runSchedulerHere(context: ComponentContext, signal: AbortSignal): Promise<void> {
  const { state, clock, random, metrics } = context;
  const log = context.log.child({ component: 'scheduler' });
  const informers = createInformers(state, { clock, log, random, metrics });
  await Promise.all([
    informers.run(signal),
    runScheduler(
      { state, informers, clock, random, log, metrics, instance: `default-scheduler-${hostname()}` },
      signal,
    ),
  ]);
}
