import { existsSync, readdirSync } from 'node:fs';
import { linuxHost } from '@gantry/host';
import { destroyTopology } from '@gantry/network';
import type { ClusterLayout } from './layout.ts';
import { lockCluster } from './lock.ts';
import { stopProcess } from './processes.ts';
import type { Progress } from './progress.ts';
import { sweep } from './sweep.ts';

/**
 * Stops a cluster and removes all it left in the kernel: processes, mounts, namespaces, cgroups, links, rules. Its data stays for the next
 * `up` unless `purge`. Safe when the cluster half runs, or not at all.
 */
export async function down(
  layout: ClusterLayout,
  options: { purge: boolean },
  progress: Progress,
): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new Error('stopping a cluster on this host needs root: run it with sudo');
  using _lock = lockCluster(layout);
  await progress.step('processes', async () => {
    // By the files there are, not by the plan, which may be of another day or not be there.
    const names = processFiles(layout);
    const isAgent = (name: string) => /^node-\d+$/.test(name);
    const last = ['server', 'registry-nodes', 'registry', 'etcd'];
    await Promise.all(names.filter(isAgent).map((name) => stopProcess(layout.pidFile(name))));
    for (const name of last) if (names.includes(name)) await stopProcess(layout.pidFile(name));
  });
  await progress.step('containers, mounts and cgroups', () => sweep(layout));
  await progress.step('network', () => destroyTopology(layout.name, linuxHost));
  if (options.purge) layout.purge();
}

/** Names of the processes that have been started and not been stopped. */
function processFiles(layout: ClusterLayout): string[] {
  if (!existsSync(layout.run)) return [];
  return readdirSync(layout.run).flatMap((name) => (name.endsWith('.pid') ? [name.slice(0, -4)] : []));
}
