import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Container } from '@gantry/api';
import type { Image } from '@gantry/image';
import type { Container, ContainerMount } from '@gantry/runtime';
import { containerConfig } from '../containers/container-config.ts';
import { labelsOf, type ContainerIdentity } from '../containers/container-labels.ts';
import { containerEnv } from '../containers/env.ts';
import { terminationMessageFile } from '../containers/termination-message.ts';
import type { ContainerPod } from './container-pod.ts';
import type { PodEnvironment } from './environment.ts';

export interface ContainerCreation {
  /** Of the container that is to be made; the runtime and the image store know it by that. */
  id: string;
  spec: V1Container;
  identity: ContainerIdentity;
  image: Image;
}

/**
 * Has the runtime make a container of a pod, not started yet. What it leaves when it fails goes with the runtime's `remove` and
 * the image store's `removeRoot`. @throws ContainerProblem, VolumeProblem, RuntimeError
 */
export async function createContainer(
  env: PodEnvironment,
  container: ContainerPod,
  { id, spec, identity, image }: ContainerCreation,
): Promise<Container> {
  const { pod, sandbox, hostname, cgroup, node, logDir, filesDir } = container;
  const mounts = containerMounts(env, container, spec, identity.attempt);
  const logs = join(logDir, spec.name);
  mkdirSync(logs, { recursive: true, mode: 0o755 });
  mkdirSync(filesDir, { recursive: true });
  const [root, pidNamespace] = await Promise.all([
    env.images.prepareRoot(id, image),
    container.pidNamespace(spec.name),
  ]);
  const config = containerConfig({
    id,
    attempt: identity.attempt,
    pod,
    container: spec,
    image,
    root,
    sandbox,
    hostname,
    cgroup: `${cgroup}/${id}`,
    mounts,
    logPath: join(logs, `${identity.attempt}.log`),
    source: env.source,
    node,
    pidNamespace,
    labels: labelsOf(pod, identity),
  });
  return env.runtime.create(config);
}

/** Volumes first: whatever they mount takes the place of the files of the pod and of the termination message. */
function containerMounts(
  { volumes, source }: PodEnvironment,
  { pod, node, filesDir, fileMounts }: ContainerPod,
  spec: V1Container,
  attempt: number,
): ContainerMount[] {
  const variables = containerEnv(pod, spec, source, node);
  const mounts = volumes.mounts(pod, spec, attempt, (name) => variables.get(name));
  const taken = new Set(mounts.map(({ target }) => target));
  const sharedMemory = volumes.sharedMemory(pod);
  for (const each of [...fileMounts, ...(sharedMemory ? [sharedMemory] : [])])
    if (!taken.has(each.target)) mounts.push(each);
  const target = spec.terminationMessagePath ?? '/dev/termination-log';
  if (!taken.has(target)) {
    const file = terminationMessageFile(filesDir, spec.name, attempt);
    closeSync(openSync(file, 'w'));
    // Whoever the container runs as may write it, whatever our umask.
    chmodSync(file, 0o666);
    mounts.push({ target, source: file, type: 'bind', options: ['rbind', 'rprivate', 'rw'] });
  }
  return mounts;
}
