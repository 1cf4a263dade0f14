import type { V1ContainerStateTerminated, V1Pod } from '@gantry/api';
import type { Container } from '@gantry/runtime';

/** Labels by which containers are known again, as the kubelet names them, and two of our own. */
export const containerLabels = {
  podUid: 'io.kubernetes.pod.uid',
  podName: 'io.kubernetes.pod.name',
  podNamespace: 'io.kubernetes.pod.namespace',
  container: 'io.kubernetes.container.name',
  restartCount: 'io.kubernetes.container.restartCount',
  /** What `status.containerStatuses[].image` and `imageID` say, as JSON. */
  image: 'gantry.dev/image',
  /** How the container of the same name before this one ended, as the JSON of `lastState.terminated`. */
  last: 'gantry.dev/last-terminated',
} as const;

/** What is remembered of the image, for the status after a restart of the agent. */
export interface ImageFacts {
  name: string;
  id: string;
  stopSignal?: string | undefined;
}

/** One container of a pod, one of its restarts: what its labels tell a later run of the agent. */
export interface ContainerIdentity {
  /** The container's name in the pod. */
  name: string;
  /** How many of the name there were before it. */
  attempt: number;
  image?: ImageFacts | undefined;
  last?: V1ContainerStateTerminated | undefined;
}

export function labelsOf(pod: V1Pod, { name, attempt, image, last }: ContainerIdentity) {
  return {
    [containerLabels.podUid]: pod.metadata.uid!,
    [containerLabels.podName]: pod.metadata.name!,
    [containerLabels.podNamespace]: pod.metadata.namespace ?? 'default',
    [containerLabels.container]: name,
    [containerLabels.restartCount]: String(attempt),
    ...(image ? { [containerLabels.image]: JSON.stringify(image) } : {}),
    ...(last ? { [containerLabels.last]: JSON.stringify(last) } : {}),
  };
}

/** The inverse of {@link labelsOf}; what makes no sense is left out. */
export function identityOf({ labels }: Pick<Container, 'labels'>): ContainerIdentity {
  return {
    name: labels[containerLabels.container] ?? '',
    attempt: Number(labels[containerLabels.restartCount] ?? 0),
    image: parsed<ImageFacts>(labels[containerLabels.image]),
    last: parsed<V1ContainerStateTerminated>(labels[containerLabels.last]),
  };
}

/** Of a pod's containers the last attempt of each name, and those that were before. */
export function newestAttempts<C extends Pick<Container, 'labels'>>(
  containers: readonly C[],
): { newest: Map<string, C>; older: C[] } {
  const newest = new Map<string, C>();
  const older: C[] = [];
  for (const each of containers) {
    const { name, attempt } = identityOf(each);
    const other = newest.get(name);
    const newer = !other || attempt > identityOf(other).attempt;
    if (newer) newest.set(name, each);
    if (other) older.push(newer ? other : each);
  }
  return { newest, older };
}

function parsed<T>(text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
