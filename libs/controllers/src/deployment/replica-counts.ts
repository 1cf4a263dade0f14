import type { Stored, V1Deployment, V1ReplicaSet } from '@gantry/api';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
export const revisionHistoryAnnotation = 'deployment.kubernetes.io/revision-history';
export const desiredReplicasAnnotation = 'deployment.kubernetes.io/desired-replicas';
export const maxReplicasAnnotation = 'deployment.kubernetes.io/max-replicas';

export function replicasOf(object: V1Deployment | V1ReplicaSet): number {
  return object.spec.replicas ?? 1;
}

export function sum<T>(items: Iterable<T>, count: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += count(item);
  return total;
}

export function isRolling(deployment: V1Deployment): boolean {
  return (deployment.spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
}

/** A count, or a share of `total` in percent: `25%`. */
export function resolveCount(
  value: number | string | undefined,
  total: number,
  round: 'up' | 'down',
): number {
  if (value === undefined) return 0;
  if (typeof value === 'number') return value;
  const share = (Number.parseInt(value, 10) * total) / 100;
  if (Number.isNaN(share)) return 0;
  return round === 'up' ? Math.ceil(share) : Math.floor(share);
}

/**
 * How far a rolling update may go above and below `replicas`. Surge is rounded up, unavailability down; both at zero could never move,
 * so then one may be unavailable (upstream `ResolveFenceposts`).
 */
export function fenceposts(deployment: V1Deployment): { maxSurge: number; maxUnavailable: number } {
  if (!isRolling(deployment)) return { maxSurge: 0, maxUnavailable: 0 };
  const replicas = replicasOf(deployment);
  const rolling = deployment.spec.strategy?.rollingUpdate;
  const maxSurge = resolveCount(rolling?.maxSurge ?? '25%', replicas, 'up');
  const maxUnavailable = resolveCount(rolling?.maxUnavailable ?? '25%', replicas, 'down');
  if (maxSurge === 0 && maxUnavailable === 0) return { maxSurge, maxUnavailable: Math.min(1, replicas) };
  return { maxSurge, maxUnavailable: Math.min(maxUnavailable, replicas) };
}

/**
 * True when the ReplicaSet's status speaks of its present spec. Until it does, neither the pods that it still has nor those that
 * serve can be told from it.
 */
export function hasObserved(set: V1ReplicaSet): boolean {
  return (set.status?.observedGeneration ?? 0) >= (set.metadata.generation ?? 0);
}

/**
 * How many pods the new ReplicaSet may have now, given all that there are. Pods that a ReplicaSet is still about to delete
 * count (upstream goes by `spec.replicas` alone, and passes the surge for a moment).
 */
export function newReplicaCount(
  deployment: V1Deployment,
  all: readonly V1ReplicaSet[],
  current: number,
): number {
  const replicas = replicasOf(deployment);
  if (!isRolling(deployment)) return replicas;
  if (!all.every(hasObserved)) return current;
  const occupied = sum(all, (each) => Math.max(replicasOf(each), each.status?.replicas ?? 0));
  const room = replicas + fenceposts(deployment).maxSurge - occupied;
  return room <= 0 ? current : current + Math.max(0, Math.min(room, replicas - current));
}

/** Oldest first; a tie goes by name, so that the order is always the same. */
export function byAge(a: Stored<V1ReplicaSet>, b: Stored<V1ReplicaSet>): number {
  const [x, y] = [a.metadata, b.metadata];
  return x.creationTimestamp < y.creationTimestamp
    ? -1
    : x.creationTimestamp > y.creationTimestamp
      ? 1
      : x.name < y.name
        ? -1
        : 1;
}

/** An annotation as integer; undefined when it is absent or no number. */
export function integerAnnotation(object: V1ReplicaSet | V1Deployment, name: string): number | undefined {
  const text = object.metadata.annotations?.[name];
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
