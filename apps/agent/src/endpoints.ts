import { createServer, type Server } from 'node:http';
import { messageOf, type HostAndPort, type Logger } from '@gantry/base';
import type { Agent } from '@gantry/node';

/** What anybody who reaches the address may read; pods and their details go through the API server, which knows who asks. */
const open = new Set(['/healthz', '/metrics', '/metrics/cadvisor', '/metrics/resource']);

/** Serves the node's metrics over plain HTTP. Rejects when the address is taken. */
export async function serveEndpoints(
  agent: Agent,
  { host, port }: HostAndPort,
  log: Logger,
): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?')[0]!;
    if (request.method !== 'GET' || !open.has(path))
      return void response.writeHead(404).end('404 page not found\n');
    agent.http(path).then(
      ({ code, headers, body }) => response.writeHead(code, headers).end(body),
      (error: unknown) => {
        log.warn('endpoint failed', { path, cause: messageOf(error) });
        response.writeHead(500).end('internal error\n');
      },
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
