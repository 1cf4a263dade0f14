import { createServer, type Server } from 'node:http';
import { messageOf, type Logger } from '@gantry/base';
import type { HealthCheck } from '../network.ts';

/**
 * Answers what balancers ask the nodes: whether a Service with `externalTrafficPolicy: Local` has endpoints there. An HTTP server for
 * each on its health check node port, on all addresses of the node, as kube-proxy has it (`pkg/proxy/healthcheck/service_health.go`).
 */
export class HealthCheckServers implements AsyncDisposable {
  readonly #log: Logger;
  /** What a server answers can change while it serves. */
  readonly #servers = new Map<number, { server: Server; check: HealthCheck }>();
  /** The rules in the kernel are what they should be. */
  isProxyHealthy = true;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Serves exactly these. A port that cannot be had is told of, and tried again the next time. */
  async apply(checks: readonly HealthCheck[]): Promise<void> {
    // Of two with one port, which the API server does not give out, the first has it.
    const wanted = new Map([...checks].reverse().map((check) => [check.port, check]));
    await Promise.all(
      [...this.#servers].filter(([port]) => !wanted.has(port)).map(([port]) => this.#close(port)),
    );
    await Promise.all([...wanted.values()].map((check) => this.#serve(check)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((port) => this.#close(port)));
  }

  async #serve(check: HealthCheck): Promise<void> {
    const serving = this.#servers.get(check.port);
    if (serving) {
      serving.check = check;
      return;
    }
    const served = { server: createServer(), check };
    served.server.on('request', (request, response) => {
      const { namespace, name, localEndpoints } = served.check;
      const serviceProxyHealthy = this.isProxyHealthy;
      response.writeHead(localEndpoints > 0 && serviceProxyHealthy ? 200 : 503, {
        'content-type': 'application/json',
        'x-content-type-options': 'nosniff',
        'x-load-balancing-endpoint-weight': String(localEndpoints),
      });
      const answer = { service: { namespace, name }, localEndpoints, serviceProxyHealthy };
      response.end(request.method === 'HEAD' ? '' : JSON.stringify(answer, undefined, '\t'));
    });
    try {
      await new Promise<void>((resolve, reject) => {
        served.server.once('error', reject);
        served.server.listen(check.port, '0.0.0.0', resolve);
      });
      this.#servers.set(check.port, served);
    } catch (error) {
      this.#log.error('health check of a Service cannot be served', {
        service: `${check.namespace}/${check.name}`,
        port: check.port,
        cause: messageOf(error),
      });
    }
  }

  async #close(port: number): Promise<void> {
    const served = this.#servers.get(port);
    this.#servers.delete(port);
    if (!served) return;
    const closed = new Promise<void>((resolve) => served.server.close(() => resolve()));
    served.server.closeAllConnections();
    await closed;
  }
}
