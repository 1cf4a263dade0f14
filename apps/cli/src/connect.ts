import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openConnection, parseDuration, UsageError, type Connection } from '@gantry/client';
import { loadKubeconfig } from '@gantry/state';
import { ClusterLayout } from './cluster/layout.ts';
import type { KubeOptions } from './context.ts';

/** The kubeconfig a command uses: its option, $KUBECONFIG, the cluster of this host, the person's own. */
export function kubeconfigPath(options: KubeOptions): string {
  if (options.kubeconfig) return options.kubeconfig;
  const named = process.env['KUBECONFIG'];
  if (named) return named.split(':').find((each) => existsSync(each)) ?? named;
  const candidates = [
    new ClusterLayout('gantry').kubeconfig,
    // Where a server that runs by itself writes it.
    '/var/lib/gantry/server/admin.kubeconfig',
    join(homedir(), '.kube', 'config'),
  ];
  const found = candidates.find((each) => existsSync(each));
  if (!found)
    throw new UsageError(
      'error: no kubeconfig: name one with --kubeconfig or $KUBECONFIG, or start a cluster on this host with gantry up',
    );
  return found;
}

/** Opens the connection that the options and the kubeconfig say; the options win. No kubeconfig is needed where they name server and token. */
export async function connect(options: KubeOptions): Promise<Connection> {
  const { server, token, as, asGroup, insecureSkipTlsVerify, requestTimeout } = options;
  const alone = server !== undefined && token !== undefined && options.kubeconfig === undefined;
  const access = alone
    ? { server, token, namespace: 'default' }
    : await (await loadKubeconfig(kubeconfigPath(options))).access(options.context);
  return openConnection(
    {
      ...access,
      ...(server === undefined ? {} : { server: /^https?:\/\//.test(server) ? server : `https://${server}` }),
      ...(token === undefined ? {} : { token }),
      ...(insecureSkipTlsVerify ? { insecureSkipTlsVerify } : {}),
    },
    {
      timeoutMs: requestTimeout === undefined ? 0 : parseDuration(requestTimeout),
      headers: {
        ...(as === undefined ? {} : { 'impersonate-user': as }),
        ...(asGroup === undefined ? {} : { 'impersonate-group': asGroup }),
      },
    },
  );
}
