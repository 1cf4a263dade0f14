import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, type Logger } from '@gantry/base';
import type { Host } from '@gantry/host';
import type { ImageStore } from '@gantry/image';
import type { PodNetwork, ServiceProxy } from '@gantry/network';
import type { ContainerRuntime } from '@gantry/runtime';
import { unmountBelow } from './volumes/pod-volumes.ts';

export interface CleanNodeOptions {
  dataDir: string;
  runDir: string;
  cgroupRoot: string;
  host: Host;
  log: Logger;
  /** Each absent where it could not be opened: what it would have removed stays, the rest goes. */
  runtime?: ContainerRuntime;
  images?: ImageStore;
  network?: PodNetwork;
  proxy?: ServiceProxy;
}

/**
 * Ends all containers of a node whose agent does not run, and removes their mounts, namespaces, cgroups and rules. Images, logs and
 * the node's identity stay. Every step is tried, whatever becomes of the others; rejects with the first failure. Safe to call twice,
 * and when things are half there.
 */
export async function cleanNode(options: CleanNodeOptions): Promise<void> {
  const { runtime, images, network, proxy, host, log, dataDir, runDir, cgroupRoot } = options;
  const failures: unknown[] = [];
  const attempt = async (what: string, work: () => unknown) => {
    try {
      await work();
    } catch (error) {
      failures.push(error);
      log.warn('could not be removed', { what, cause: messageOf(error) });
    }
  };
  if (runtime)
    await Promise.all(runtime.list().map(({ id }) => attempt(`container ${id}`, () => runtime.remove(id))));
  if (images)
    for (const key of await images.roots()) await attempt(`root ${key}`, () => images.removeRoot(key));
  if (proxy) await attempt('service rules', () => proxy.destroy());
  if (network) await attempt('pod network', () => network.destroy());
  for (const folder of [join(dataDir, 'pods'), join(runDir, 'pods')]) {
    await attempt(`mounts below ${folder}`, () => unmountBelow(host, folder));
    if (existsSync(folder))
      for (const name of readdirSync(folder))
        await attempt(folder, () => rmSync(join(folder, name), { recursive: true, force: true }));
  }
  for (const folder of ['pod-files', 'pod-records'])
    await attempt(folder, () => rmSync(join(dataDir, folder), { recursive: true, force: true }));
  if (runtime) await attempt('cgroups', () => runtime.removeCgroup(cgroupRoot));
  if (failures.length > 0) throw failures[0];
}
