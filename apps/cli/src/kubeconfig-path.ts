import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '@gantry/client';
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
