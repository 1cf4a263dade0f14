import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { messageOf, type HostAndPort, type Logger } from '@gantry/base';
import type { NodeCredentials } from '@gantry/link';
import type { Agent } from '@gantry/node';

/** What the address serves; pods and their details go through the API server, which knows better who may see what. */
const subresources = new Map([
  ['/metrics', 'metrics'],
  ['/metrics/cadvisor', 'metrics'],
  ['/metrics/probes', 'metrics'],
  ['/metrics/resource', 'metrics'],
]);

/** Who may read metrics, as at the API server's `/metrics`. */
const readers = ['system:masters', 'system:monitoring'];

/** Whose certificate the endpoints show, and whose authority they believe. */
export interface EndpointIdentity {
  readonly credentials: NodeCredentials;
  /** Called when there are others. */
  onRenewed(listener: (credentials: NodeCredentials) => void): void;
}

/**
 * Serves the node's metrics over HTTPS to who has a certificate of the cluster's that says so, and `/healthz` to anybody. The node's own
 * certificate, which names no address, stands for the server: as with a kubelet's self-signed one, clients must not check it. Rejects
 * when the address is taken.
 */
export async function serveEndpoints(
  agent: Pick<Agent, 'http'>,
  { host, port }: HostAndPort,
  identity: EndpointIdentity,
  log: Logger,
): Promise<Server> {
  const server = createServer(
    { ...contextOf(identity.credentials), requestCert: true, rejectUnauthorized: false },
    (request, response) => {
      const path = (request.url ?? '/').split('?')[0]!;
      const subresource = subresources.get(path);
      if (request.method !== 'GET' || (subresource === undefined && path !== '/healthz'))
        return void response.writeHead(404).end('404 page not found\n');
      if (subresource !== undefined) {
        const user = userOf(request.socket as TLSSocket);
        if (!user) return void response.writeHead(401).end('Unauthorized');
        if (!user.groups.some((group) => readers.includes(group)))
          return void response
            .writeHead(403)
            .end(
              `Forbidden (user=${user.name}, verb=get, resource=nodes, subresource(s)=[${subresource}])\n`,
            );
      }
      agent.http(path).then(
        ({ code, headers, body }) => response.writeHead(code, headers).end(body),
        (error: unknown) => {
          log.warn('endpoint failed', { path, cause: messageOf(error) });
          response.writeHead(500).end('internal error\n');
        },
      );
    },
  );
  identity.onRenewed((credentials) => server.setSecureContext(contextOf(credentials)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

const contextOf = ({ ca, certificate, privateKey }: NodeCredentials) => ({
  ca,
  cert: certificate,
  key: privateKey,
});

/** Common name and organizations of a client certificate that the cluster's authority has signed. */
function userOf(socket: TLSSocket): { name: string; groups: string[] } | undefined {
  if (!socket.authorized) return undefined;
  const { CN, O } = (socket.getPeerCertificate().subject ?? {}) as Record<
    string,
    string | string[] | undefined
  >;
  if (typeof CN !== 'string' || CN === '') return undefined;
  return { name: CN, groups: O === undefined ? [] : Array.isArray(O) ? O : [O] };
}
