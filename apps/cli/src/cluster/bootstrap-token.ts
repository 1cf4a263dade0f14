import { systemClock } from '@gantry/base';
import type { JoinToken } from '@gantry/pki';

/** A bootstrap token as Kubernetes keeps it: a Secret of type bootstrap.kubernetes.io/token (KEP-130). `lifetimeMs` 0: it stays valid. */
export function bootstrapTokenSecret({ id, secret }: JoinToken, lifetimeMs: number): object {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: `bootstrap-token-${id}`, namespace: 'kube-system' },
    type: 'bootstrap.kubernetes.io/token',
    stringData: {
      'token-id': id,
      'token-secret': secret,
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': 'system:bootstrappers:nodes',
      ...(lifetimeMs > 0 ? { expiration: new Date(systemClock.now() + lifetimeMs).toISOString() } : {}),
    },
  };
}
