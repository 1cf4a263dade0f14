import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { NestFactory } from '@nestjs/core';
import { messageOf, StatusServer, systemClock, type Logger, type Metrics } from '@gantry/base';
import { createEventRecorder, createInformers, LeaderElection, LeadershipLost } from '@gantry/control';
import { runScheduler } from '@gantry/scheduling';
import type { RemoteState } from '@gantry/state';
import { appModule, tokens } from './app-module.ts';
import { readOptions } from './options.ts';

const options = readOptions(process.argv.slice(2), process.env);
const app = await NestFactory.createApplicationContext(appModule(options), {
  logger: false,
  abortOnError: false,
}).catch((error: unknown) => {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exit(1);
});
const log = app.get<Logger>(tokens.log);
const metrics = app.get<Metrics>(tokens.metrics);
const state = app.get<RemoteState>(tokens.state);
const common = { state, log, metrics, clock: systemClock, random: Math.random };
const stop = new AbortController();
/** Aborts when all is over, so that nobody waits any more to write an event. */
const over = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const)
  process.once(name, () => {
    log.info('stopping', { signal: name });
    stop.abort();
  });

/** The informers live as long as the leadership: whoever leads anew begins with what is true then. */
async function work(signal: AbortSignal): Promise<void> {
  const informers = createInformers(state, common);
  const { schedulerName } = options;
  const scheduling = { ...common, informers, schedulerName, instance: `${schedulerName}-${hostname()}` };
  await Promise.all([runScheduler(scheduling, signal), informers.run(signal)]);
}

let server: StatusServer | undefined;
try {
  if (options.metricsAddress) server = await StatusServer.listen({ ...options.metricsAddress, metrics });
  if (options.leaderElect) {
    const identity = `${hostname()}_${randomUUID()}`;
    const recorder = createEventRecorder({
      ...common,
      component: options.schedulerName,
      signal: over.signal,
    });
    await new LeaderElection({ ...common, recorder, name: options.leaseName, identity }).run(
      work,
      stop.signal,
    );
  } else await work(stop.signal);
} catch (error) {
  // Whoever started us starts us again, and we stand for election anew, with nothing left of before.
  process.exitCode = 1;
  if (!(error instanceof LeadershipLost)) log.error('scheduler failed', { err: error });
} finally {
  over.abort();
  await server?.[Symbol.asyncDispose]();
  await state[Symbol.asyncDispose]();
  await app.close();
}
