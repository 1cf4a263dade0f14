import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export interface StatusServerOptions {
  host: string;
  port: number;
  tls?: { cert: string; key: string };
  metrics: Metrics;
}

/** Serves `/metrics`, and `/healthz`, `/livez` and `/readyz`, which say `ok` as long as the process can answer. */
export class StatusServer implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Rejects when the address is taken or none of this host's. */
  static async listen(options: StatusServerOptions): Promise<StatusServer> {
    const { tls, metrics, host, port } = options;
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      void respond(request, response, metrics);
    const server = tls ? createSecureServer(tls, answer) : createServer(answer);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return new StatusServer(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, metrics: Metrics): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  const send = (code: number, type: string, body: string) => {
    response.writeHead(code, { 'content-type': type });
    response.end(request.method === 'HEAD' ? '' : body);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(405, 'text/plain', 'method not allowed\n');
  if (path === '/healthz' || path === '/livez' || path === '/readyz') return send(200, 'text/plain', 'ok');
  if (path !== '/metrics') return send(404, 'text/plain', 'not found\n');
  try {
    send(200, metrics.contentType, await metrics.metrics());
  } catch {
    send(500, 'text/plain', 'metrics failed\n');
  }
}
