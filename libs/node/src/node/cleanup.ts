import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, type Logger } from '@gantry/base';
import type { ImageStore } from '@gantry/image';
import type { ContainerRuntime } from '@gantry/runtime';
import { containerLabels } from '../containers/container-labels.ts';
import type { PodVolumes } from '../volumes/pod-volumes.ts';
import { podCgroups } from './pod-cgroups.ts';

export interface OrphanOptions {
  runtime: ContainerRuntime;
  images: ImageStore;
  volumes: PodVolumes;
  /** Folders whose entries are named by pod uid. */
  volumeDirs: readonly string[];
  /** Below each cgroup hierarchy's root. */
  cgroupRoot: string;
  filesDir: string;
  logDir: string;
  log: Logger;
  /** Roots that had no container when the agent began: later ones may be of containers about to be made. */
  staleRoots: readonly string[];
  /** Whether a pod of that uid is one of ours. */
  known(uid: string): boolean;
}

/** Removes what pods left that nobody knows any more. Called when the server has told of all pods. */
export async function removeOrphans(options: OrphanOptions): Promise<void> {
  const { runtime, images, volumes, log, known } = options;
  for (const container of runtime.list()) {
    const uid = container.labels[containerLabels.podUid];
    if (uid === undefined || known(uid)) continue;
    log.info('removing a container whose pod is gone', { container: container.id, pod: uid });
    await runtime.remove(container.id);
  }
  // After the containers, whose cgroups are inside.
  for (const { uid, path } of podCgroups(options.cgroupRoot)) {
    if (known(uid)) continue;
    log.info('removing the cgroup of a pod that is gone', { pod: uid });
    await runtime
      .removeCgroup(path)
      .catch((error: unknown) => log.warn('cgroup not removed', { path, cause: messageOf(error) }));
  }
  for (const key of options.staleRoots) await images.removeRoot(key).catch(() => undefined);
  const uids = new Set([...options.volumeDirs, options.filesDir].flatMap(entries));
  for (const uid of uids) {
    if (known(uid)) continue;
    await volumes.remove(uid);
    rmSync(join(options.filesDir, uid), { recursive: true, force: true });
  }
  for (const name of entries(options.logDir)) {
    const uid = name.slice(name.lastIndexOf('_') + 1);
    if (!known(uid)) rmSync(join(options.logDir, name), { recursive: true, force: true });
  }
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
