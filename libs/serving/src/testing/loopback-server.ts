import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMetrics } from '@gantry/base';
import { kinds } from '@gantry/api';
import { Authority, createAuthority, kubeconfigOf, type Subject } from '@gantry/pki';
import type { State } from '@gantry/state';
import { ApiServer } from '../api-server.ts';
import { authorizerChain, mastersAuthorizer } from '../auth/authorizer.ts';
import { ruleAuthorizer } from '../auth/rules.ts';
import { systemGrants } from '../auth/system-grants.ts';
import type { ApiServerOptions } from '../options.ts';

/** An API server on a free port of the loopback address, with an authority of its own. */
export interface LoopbackServer extends AsyncDisposable {
  readonly url: string;
  readonly server: ApiServer;
  readonly state: State;
  /** PEM of the authority, to trust it. */
  readonly ca: string;
  /** A kubeconfig file for the administrator; removed on disposal. */
  readonly kubeconfig: string;
  /** A client certificate for somebody. */
  issue(subject: Subject): Promise<{ certificate: string; privateKey: string }>;
  /** A kubeconfig file for somebody. */
  kubeconfigFor(subject: Subject): Promise<string>;
}

/**
 * Serves `state` as the app does (HTTP/1.1 and HTTP/2 over TLS, client certificates), but for Nest. Namespaces `default` and
 * `kube-system` are created where they are missing.
 */
export async function serveOnLoopback(
  state: State,
  options: Partial<ApiServerOptions> = {},
): Promise<LoopbackServer> {
  for (const name of ['default', 'kube-system'])
    await state
      .create(kinds.namespace, { metadata: { name }, spec: {} })
      .catch((error: unknown) => ignoreExisting(error));
  const authority = new Authority(await createAuthority('loopback', Date.now()), Date.now);
  const serving = await authority.issue({
    commonName: 'kube-apiserver',
    usages: ['server'],
    ipAddresses: ['127.0.0.1'],
  });
  const server = new ApiServer({
    authorizer: authorizerChain([mastersAuthorizer, ruleAuthorizer(systemGrants)]),
    metrics: createMetrics({ processMetrics: false }),
    version: '0.0.0',
    ...options,
    state,
  });
  const listener = createSecureServer(
    {
      allowHTTP1: true,
      cert: serving.certificate,
      key: serving.privateKey,
      ca: authority.certificate,
      requestCert: true,
      rejectUnauthorized: false,
    },
    (req, res) => server.handle(req, res),
  );
  listener.on('upgrade', (req, socket, head) => server.upgrade(req, socket, head));
  const sockets = new Set<Socket>();
  listener.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const url = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const directory = mkdtempSync(join(tmpdir(), 'gantry-serving-'));
  const issue = (subject: Subject) => authority.issue({ ...subject, usages: ['client'] });
  const kubeconfigFor = async (subject: Subject) => {
    const path = join(directory, `${encodeURIComponent(subject.commonName)}.kubeconfig`);
    const client = await issue(subject);
    const text = kubeconfigOf({ server: url, ca: authority.certificate, user: subject.commonName, client });
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  return {
    url,
    server,
    state,
    ca: authority.certificate,
    kubeconfig: await kubeconfigFor({ commonName: 'kubernetes-admin', organizations: ['system:masters'] }),
    issue,
    kubeconfigFor,
    async [Symbol.asyncDispose]() {
      await server.close();
      const ended = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function ignoreExisting(error: unknown): void {
  if ((error as { reason?: string }).reason !== 'AlreadyExists') throw error;
}
