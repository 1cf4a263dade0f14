import { createInformers, runController } from '@gantry/control';
import { createControllers, type ControllersOptions } from './create-controllers.ts';

export type RunControllersOptions = Omit<ControllersOptions, 'informers' | 'signal'>;

/**
 * Runs all controllers over informers of their own until the signal aborts; resolves when the last has stopped. One process at a
 * time should: see `LeaderElection`. @throws RangeError for a bad CIDR.
 */
export async function runControllers(options: RunControllersOptions, signal: AbortSignal): Promise<void> {
  const { state, clock, log, random, metrics } = options;
  const common = { clock, log, random, ...(metrics ? { metrics } : {}) };
  const informers = createInformers(state, common);
  const controllers = createControllers({ ...options, informers, signal });
  log.info('controllers starting', { controllers: controllers.map(({ name }) => name) });
  await Promise.all([
    ...controllers.map((controller) => runController(controller, { informers, ...common }, signal)),
    informers.run(signal),
  ]);
}
