import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { UsageError, type Connection } from '@gantry/client';

/** Only a browser on this machine and programs that say whom they mean may use the credentials: no page elsewhere can (DNS rebinding). */
const acceptedHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Serves the API on a local address, with the connection's credentials, until the process is told to end. Upgrades are not passed on. */
export async function serveProxy(
  connection: Connection,
  address: string,
  port: number,
  write: (line: string) => void,
): Promise<void> {
  const server = createServer((incoming, outgoing) => pass(connection, incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new UsageError(`error: cannot listen on ${address}:${port}: ${error.message}`)),
    );
    server.listen({ host: address, port }, resolve);
  });
  write(`Starting to serve on ${address}:${(server.address() as AddressInfo).port}`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  server.closeAllConnections();
  server.close();
}

function pass(connection: Connection, incoming: IncomingMessage, outgoing: ServerResponse): void {
  if (!acceptedHost.test(incoming.headers.host ?? '')) {
    outgoing.writeHead(403, { 'content-type': 'text/plain' }).end('Forbidden\n');
    return;
  }
  const base = new URL(connection.server);
  const headers = { ...incoming.headers, ...connection.headers, host: base.host };
  delete headers.connection;
  const request = (base.protocol === 'http:' ? httpRequest : httpsRequest)(
    {
      host: base.hostname,
      port: base.port || (base.protocol === 'http:' ? 80 : 443),
      method: incoming.method,
      path: base.pathname.replace(/\/+$/, '') + (incoming.url ?? '/'),
      headers,
      ...connection.tls,
    },
    (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
      answer.on('error', () => outgoing.destroy());
    },
  );
  request.on('error', (error) => {
    if (outgoing.headersSent) return outgoing.destroy();
    outgoing.writeHead(502, { 'content-type': 'text/plain' }).end(`${error.message}\n`);
  });
  outgoing.on('close', () => request.destroy());
  incoming.pipe(request);
}
