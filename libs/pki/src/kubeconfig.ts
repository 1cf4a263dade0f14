import type { KeyPair } from './certificates.ts';

export interface KubeconfigOptions {
  /** `https://127.0.0.1:6443`. */
  server: string;
  /** PEM. */
  ca: string;
  user: string;
  client: KeyPair;
  /** Name of the cluster; the context is `<user>@<cluster>`. Default `gantry`. */
  cluster?: string;
}

/** A kubeconfig with everything inside it, as JSON, which is YAML. */
export function kubeconfigOf({ server, ca, user, client, cluster = 'gantry' }: KubeconfigOptions): string {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const context = `${user}@${cluster}`;
  return (
    JSON.stringify(
      {
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [{ name: cluster, cluster: { server, 'certificate-authority-data': base64(ca) } }],
        users: [
          {
            name: user,
            user: {
              'client-certificate-data': base64(client.certificate),
              'client-key-data': base64(client.privateKey),
            },
          },
        ],
        contexts: [{ name: context, context: { cluster, user } }],
        'current-context': context,
      },
      undefined,
      2,
    ) + '\n'
  );
}
