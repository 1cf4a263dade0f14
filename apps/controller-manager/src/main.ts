import { NestFactory } from '@nestjs/core';
import { messageOf, StatusServer, type Logger, type Metrics } from '@gantry/base';
import { LeadershipLost } from '@gantry/control';
import type { RemoteState } from '@gantry/state';
import { appModule, tokens } from './app-module.ts';
import type { ControllerManager } from './controller-manager.ts';
import { readOptions } from './options.ts';

const options = await readOptions(process.argv.slice(2), process.env);
const app = await NestFactory.createApplicationContext(appModule(options), {
  logger: false,
  abortOnError: false,
}).catch((error: unknown) => {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exit(1);
});
const log = app.get<Logger>(tokens.log);
const metrics = app.get<Metrics>(tokens.metrics);
const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const)
  process.once(name, () => {
    log.info('stopping', { signal: name });
    stop.abort();
  });

const servers: StatusServer[] = [];
try {
  if (options.address) servers.push(await StatusServer.listen({ ...options.address, metrics }));
  if (options.metricsAddress) servers.push(await StatusServer.listen({ ...options.metricsAddress, metrics }));
  await app.get<ControllerManager>(tokens.manager).run(stop.signal);
} catch (error) {
  // Whoever started us starts us again, and we stand for election anew, with nothing left of before.
  process.exitCode = 1;
  if (!(error instanceof LeadershipLost)) log.error('controller manager failed', { err: error });
} finally {
  for (const server of servers) await server[Symbol.asyncDispose]();
  await app.get<RemoteState>(tokens.state)[Symbol.asyncDispose]();
  await app.close();
}
