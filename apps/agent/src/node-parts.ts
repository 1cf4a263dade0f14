import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Logger, Metrics } from '@gantry/base';
import type { Host } from '@gantry/host';
import { loadRegistries, openImageStore, type ImageStore } from '@gantry/image';
import { openPodNetwork, openServiceProxy, type PodNetwork, type ServiceProxy } from '@gantry/network';
import { openRuntime, type ContainerRuntime } from '@gantry/runtime';
import type { AgentAppOptions } from './options.ts';

export interface NodeParts {
  runtime: ContainerRuntime;
  images: ImageStore;
  network: PodNetwork;
  proxy: ServiceProxy;
}

/** How each part is opened, from the options of the app; they do not need each other. */
export function partOpeners(
  options: AgentAppOptions,
  host: Host,
  clock: Clock,
  log: Logger,
  metrics: Metrics,
) {
  const { dataDir, runDir, clusterCidr } = options;
  for (const each of [dataDir, runDir]) mkdirSync(each, { recursive: true, mode: 0o711 });
  const shared = { host, clock, log, metrics };
  return {
    runtime: () =>
      openRuntime({
        ...shared,
        root: join(dataDir, 'containers'),
        runDir: join(runDir, 'containers'),
        ...(options.runtime !== undefined ? { runtimePath: options.runtime } : {}),
      }),
    images: () =>
      openImageStore({
        ...shared,
        root: join(dataDir, 'images'),
        ...(options.registries !== undefined ? { registries: loadRegistries(options.registries) } : {}),
      }),
    network: () => openPodNetwork({ ...shared, runDir: join(runDir, 'network'), clusterCidr }),
    proxy: () => openServiceProxy({ ...shared, clusterCidr }),
  } satisfies { [K in keyof NodeParts]: () => Promise<NodeParts[K]> };
}

export async function openParts(openers: ReturnType<typeof partOpeners>): Promise<NodeParts> {
  const [runtime, images, network, proxy] = await Promise.all([
    openers.runtime(),
    openers.images(),
    openers.network(),
    openers.proxy(),
  ]);
  return { runtime, images, network, proxy };
}
