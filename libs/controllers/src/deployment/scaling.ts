import type { Stored, V1Deployment, V1ReplicaSet } from '@gantry/api';
import {
  byAge,
  desiredReplicasAnnotation,
  fenceposts,
  integerAnnotation,
  isRolling,
  maxReplicasAnnotation,
  replicasOf,
  sum,
} from './replica-counts.ts';

/** New sizes by ReplicaSet. */
export type Sizes = Map<Stored<V1ReplicaSet>, number>;

const active = (all: readonly Stored<V1ReplicaSet>[]) => all.filter((each) => replicasOf(each) > 0);

/** True when `spec.replicas` was changed since the ReplicaSets were last sized. */
export function isScalingEvent(deployment: V1Deployment, all: readonly Stored<V1ReplicaSet>[]): boolean {
  return active(all).some((each) => {
    const desired = integerAnnotation(each, desiredReplicasAnnotation);
    return desired !== undefined && desired !== replicasOf(deployment);
  });
}

/**
 * The sizes after a change of `spec.replicas`, or while the rollout is paused: the one active ReplicaSet takes it all; when
 * several are, each in proportion to its size, what rounding leaves going to the largest (upstream `DeploymentController.scale`).
 */
export function scaledSizes(
  deployment: V1Deployment,
  newSet: Stored<V1ReplicaSet> | undefined,
  oldSets: readonly Stored<V1ReplicaSet>[],
): Sizes {
  const wanted = replicasOf(deployment);
  const all = newSet ? [...oldSets, newSet] : [...oldSets];
  const actives = active(all);
  const sizes: Sizes = new Map();
  if (all.length === 0) return sizes;
  if (actives.length <= 1) {
    const only = actives[0] ?? newSet ?? [...oldSets].sort(byAge).at(-1);
    if (only) sizes.set(only, wanted);
    return sizes;
  }
  if (newSet && isSaturated(deployment, newSet)) {
    for (const old of active(oldSets)) sizes.set(old, 0);
    return sizes;
  }
  return isRolling(deployment) ? proportionalSizes(deployment, actives) : sizes;
}

function isSaturated(deployment: V1Deployment, newSet: Stored<V1ReplicaSet>): boolean {
  const wanted = replicasOf(deployment);
  return (
    replicasOf(newSet) === wanted &&
    integerAnnotation(newSet, desiredReplicasAnnotation) === wanted &&
    (newSet.status?.availableReplicas ?? 0) === wanted
  );
}

function proportionalSizes(deployment: V1Deployment, actives: readonly Stored<V1ReplicaSet>[]): Sizes {
  const wanted = replicasOf(deployment);
  const allowed = wanted > 0 ? wanted + fenceposts(deployment).maxSurge : 0;
  const toAdd = allowed - sum(actives, replicasOf);
  // Growing favours the newer of two equals, shrinking takes from the older first.
  const sorted = [...actives].sort(
    (a, b) => replicasOf(b) - replicasOf(a) || (toAdd > 0 ? byAge(b, a) : byAge(a, b)),
  );
  const sizes: Sizes = new Map();
  let added = 0;
  for (const each of sorted) {
    const share = toAdd === 0 ? 0 : proportion(each, deployment, toAdd, added);
    sizes.set(each, replicasOf(each) + share);
    added += share;
  }
  const largest = sorted[0];
  if (largest && toAdd !== 0) sizes.set(largest, Math.max(0, (sizes.get(largest) ?? 0) + toAdd - added));
  return sizes;
}

function proportion(
  set: Stored<V1ReplicaSet>,
  deployment: V1Deployment,
  toAdd: number,
  added: number,
): number {
  if (toAdd === added) return 0;
  const left = toAdd - added;
  const fraction = fractionOf(set, deployment);
  return toAdd > 0 ? Math.min(fraction, left) : Math.max(fraction, left);
}

function fractionOf(set: Stored<V1ReplicaSet>, deployment: V1Deployment): number {
  const wanted = replicasOf(deployment);
  if (wanted === 0) return -replicasOf(set);
  const total = wanted + fenceposts(deployment).maxSurge;
  const before = integerAnnotation(set, maxReplicasAnnotation) || deployment.status?.replicas || total;
  return Math.round((replicasOf(set) * total) / before) - replicasOf(set);
}
