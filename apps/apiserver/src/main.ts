import 'reflect-metadata';
import type { Http2SecureServer } from 'node:http2';
import type { Socket } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  createLogger,
  createMetrics,
  keepLogsShort,
  messageOf,
  parseLogLevels,
  systemClock,
} from '@gantry/base';
import { appModule } from './app-module.ts';
import { ControlPlane } from './control-plane.ts';
import { createHttpsServer } from './https-server.ts';
import { readOptions } from './options.ts';

const options = readOptions(process.argv.slice(2));
const log = createLogger({
  component: 'apiserver',
  ...parseLogLevels(options.logLevel),
  ...(options.logFormat ? { format: options.logFormat } : {}),
});
process.on('unhandledRejection', (err) => log.error('unhandled rejection', { err }));
const ending = new AbortController();
if (options.logDirectory)
  void keepLogsShort(options.logDirectory, { clock: systemClock, log, signal: ending.signal });

const controlPlane = await ControlPlane.open(options, log, createMetrics()).catch(fail);
const { apiServer, pki } = controlPlane;
const sockets = new Set<Socket>();
const adapter = new FastifyAdapter({
  // No route has a schema; fastify's own compilers would be loaded nevertheless.
  schemaController: { compilersFactory: { buildValidator: withoutSchemas, buildSerializer: withoutSchemas } },
  // What is about objects goes straight to where Nest's one route would bring it (docs/adr/0301).
  serverFactory: (handler: (req: never, res: never) => void) =>
    createHttpsServer(pki, apiServer, (req, res) => {
      if (req.url?.startsWith('/api')) apiServer.handle(req, res);
      else handler(req as never, res as never);
    }),
} as object);
const app = await NestFactory.create(appModule(apiServer), adapter, { logger: false, bodyParser: false });
const fastify = adapter.getInstance();
// Bodies are the API server's to read.
fastify.removeAllContentTypeParsers();
fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
const server = fastify.server as unknown as Http2SecureServer;
server.on('connection', (socket: Socket) => {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
});

let stopping = false;
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => void stop(name));
try {
  await app.listen(options.securePort, options.bindAddress);
  await controlPlane.start();
} catch (error) {
  fail(error);
}
log.info('serving', {
  address: options.bindAddress,
  port: options.securePort,
  nodeServicePort: options.nodeServicePort,
});

async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  ending.abort();
  log.info('stopping', { signal });
  server.close();
  await controlPlane.close();
  for (const socket of sockets) socket.destroy();
  await app.close();
  process.exit();
}

function withoutSchemas(): never {
  throw new Error('no route of this server has a schema');
}

function fail(error: unknown): never {
  process.stderr.write(`error: ${messageOf(error)}\n`);
  process.exit(1);
}
