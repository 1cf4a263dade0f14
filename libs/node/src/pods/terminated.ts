import { timestamp } from '@gantry/base';
import type { V1ContainerStateTerminated } from '@gantry/api';
import type { Container } from '@gantry/runtime';

export function containerIdOf(id: string): string {
  return `gantry://${id}`;
}

/** `state.terminated` of a container that has ended. */
export function terminatedState(container: Container, message?: string): V1ContainerStateTerminated {
  const exitCode = container.exitCode ?? 137;
  const startedAtMs = container.startedAtMs ?? container.createdAtMs;
  return {
    exitCode,
    reason: container.oomKilled
      ? 'OOMKilled'
      : exitCode === 0
        ? 'Completed'
        : container.startedAtMs === undefined
          ? 'StartError'
          : 'Error',
    ...(message ? { message } : {}),
    startedAt: timestamp(startedAtMs),
    finishedAt: timestamp(container.finishedAtMs ?? startedAtMs),
    containerID: containerIdOf(container.id),
  };
}

/** For a container that could not be started: it counts as one that ended at once (pkg/kubelet/kuberuntime, startContainer). */
export function startErrorState(message: string, nowMs: number): V1ContainerStateTerminated {
  return {
    exitCode: 128,
    reason: 'StartError',
    message,
    startedAt: '1970-01-01T00:00:00Z',
    finishedAt: timestamp(nowMs),
  };
}

/** For a container that ran when the machine went down: nobody knows its exit code. */
export function lostState(
  containerID: string,
  startedAt: string | undefined,
  nowMs: number,
): V1ContainerStateTerminated {
  return {
    exitCode: 137,
    reason: 'ContainerStatusUnknown',
    message: 'The container could not be located when the pod was terminated',
    ...(startedAt ? { startedAt } : {}),
    finishedAt: timestamp(nowMs),
    containerID,
  };
}
