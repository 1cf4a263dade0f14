import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import {
  collectWhenIdle,
  gitVersion,
  messageOf,
  productVersion,
  type Clock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import type { Host } from '@gantry/host';
import { NodeLinkClient } from '@gantry/link';
import { Agent } from '@gantry/node';
import { appModule, tokens } from './app-module.ts';
import { cleanUp } from './cleanup.ts';
import { serveEndpoints } from './endpoints.ts';
import { NodeIdentity } from './identity.ts';
import { openParts, type partOpeners } from './node-parts.ts';
import { readOptions } from './options.ts';

/** What a node says its kubelet is: the API it speaks, and whose it is. */
const version = gitVersion(productVersion);

const options = readOptions(process.argv.slice(2));
const app = await NestFactory.createApplicationContext(appModule(options), {
  logger: false,
  abortOnError: false,
});
const log = app.get<Logger>(tokens.log);
const clock = app.get<Clock>(tokens.clock);
const metrics = app.get<Metrics>(tokens.metrics);
const host = app.get<Host>(tokens.host);
const openers = app.get<ReturnType<typeof partOpeners>>(tokens.openers);
const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const)
  process.on(name, () => {
    log.info('stopping; containers go on', { signal: name });
    stop.abort();
  });
process.on('unhandledRejection', (err) => log.error('unhandled rejection', { err }));

// Timers of the libraries do not keep the process alive; it ends when it is told to or has done its work.
setInterval(() => {}, 60_000);
try {
  if (options.cleanup) await cleanUp(options, openers, host, log);
  else await run();
  process.exit();
} catch (error) {
  if (stop.signal.aborted) process.exit();
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exit(1);
}

async function run(): Promise<void> {
  const [identity, parts] = await Promise.all([
    NodeIdentity.open(options, clock, log, stop.signal),
    openParts(openers),
  ]);
  const link = new NodeLinkClient({
    servers: options.nodeServices,
    credentials: () => identity.credentials,
    agentVersion: version,
    clock,
    log,
    random: Math.random,
  });
  const { nodeName, nodeIp, dataDir, runDir, cgroupRoot, labels, taints, maxPods, reserved, metricsAddress } =
    options;
  const agent = new Agent({
    ...{ nodeName, nodeIp, dataDir, runDir, cgroupRoot, labels, taints, maxPods, reserved, version, link },
    ...parts,
    ...{ host, clock, log, metrics },
    ...(metricsAddress ? { port: metricsAddress.port } : {}),
  });
  identity.measure(metrics);
  const server = metricsAddress && (await serveEndpoints(agent, metricsAddress, identity, log));
  log.info('node is starting', { node: nodeName, address: nodeIp, runtime: parts.runtime.version });
  await Promise.all([
    agent.run(stop.signal),
    identity.keepFresh(stop.signal),
    collectWhenIdle(clock, stop.signal),
  ]);
  server?.closeAllConnections();
  await Promise.all([parts.runtime[Symbol.asyncDispose](), parts.images[Symbol.asyncDispose](), app.close()]);
}
