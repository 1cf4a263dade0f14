import { timestamp } from '@gantry/base';
import type { Stored, V1Pod, V1PodCondition } from '@gantry/api';

export function podCondition(pod: V1Pod, type: string): V1PodCondition | undefined {
  return pod.status?.conditions?.find((condition) => condition.type === type);
}

export function isPodReady(pod: V1Pod): boolean {
  return podCondition(pod, 'Ready')?.status === 'True';
}

/** When the pod will have been ready for `minReadySeconds`, in milliseconds since the epoch; undefined while it is not ready. */
export function availableAtMs(pod: V1Pod, minReadySeconds: number): number | undefined {
  const ready = podCondition(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  if (minReadySeconds <= 0) return -Infinity;
  const since = Date.parse(ready.lastTransitionTime ?? '');
  return Number.isNaN(since) ? Infinity : since + minReadySeconds * 1000;
}

/** Its containers have all ended and will not start again. */
export function isPodFinished(pod: V1Pod): boolean {
  const phase = pod.status?.phase;
  return phase === 'Succeeded' || phase === 'Failed';
}

/** Counts towards the replicas of its controller: neither finished nor being deleted. */
export function isPodActive(pod: V1Pod): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp === undefined;
}

/** Being deleted, and not finished yet. */
export function isPodTerminating(pod: V1Pod): boolean {
  return !isPodFinished(pod) && pod.metadata.deletionTimestamp !== undefined;
}

/** A copy of the pod with the condition set; the transition time moves only when the status does. */
export function withPodCondition(
  pod: Stored<V1Pod>,
  condition: Omit<V1PodCondition, 'lastTransitionTime'>,
  nowMs: number,
): Stored<V1Pod> {
  const copy = structuredClone(pod);
  copy.status ??= {};
  const conditions = (copy.status.conditions ??= []);
  const before = conditions.find(({ type }) => type === condition.type);
  if (!before) conditions.push({ ...condition, lastTransitionTime: timestamp(nowMs) });
  else {
    if (before.status !== condition.status) before.lastTransitionTime = timestamp(nowMs);
    Object.assign(before, condition);
  }
  return copy;
}
