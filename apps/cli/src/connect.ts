import { openConnection, parseDuration, type Connection } from '@gantry/client';
import { loadKubeconfig } from '@gantry/state';
import type { KubeOptions } from './context.ts';
import { kubeconfigPath } from './kubeconfig-path.ts';

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
