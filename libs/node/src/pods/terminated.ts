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
