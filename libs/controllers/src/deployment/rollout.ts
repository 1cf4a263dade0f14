import type { Stored, V1Deployment, V1ReplicaSet } from '@gantry/api';
import { byAge, fenceposts, hasObserved, newReplicaCount, replicasOf, sum } from './replica-counts.ts';
import type { Sizes } from './scaling.ts';

/**
 * The next step of a rolling update: grow the new ReplicaSet where the surge allows it, otherwise shrink the old ones where
 * availability allows it (upstream `rolling.go`). Never both at once, and never before the ReplicaSets have answered the step before, so
 * that each step is judged by what the last one has left.
 */
export function rollingSizes(
  deployment: V1Deployment,
  newSet: Stored<V1ReplicaSet>,
  oldSets: readonly Stored<V1ReplicaSet>[],
): Sizes {
  const wanted = replicasOf(deployment);
  const all = [...oldSets, newSet];
  const current = replicasOf(newSet);
  const next = current > wanted ? wanted : newReplicaCount(deployment, all, current);
  if (next !== current) return new Map([[newSet, next]]);
  if (!all.every(hasObserved)) return new Map();
  return shrinkOld(deployment, newSet, oldSets);
}

function shrinkOld(
  deployment: V1Deployment,
  newSet: Stored<V1ReplicaSet>,
  oldSets: readonly Stored<V1ReplicaSet>[],
): Sizes {
  const sizes: Sizes = new Map();
  const old = oldSets.filter((each) => replicasOf(each) > 0).sort(byAge);
  if (old.length === 0) return sizes;
  const minAvailable = replicasOf(deployment) - fenceposts(deployment).maxUnavailable;
  const newUnavailable = replicasOf(newSet) - availableOf(newSet);
  const maxShrink = sum([...old, newSet], replicasOf) - minAvailable - newUnavailable;
  if (maxShrink <= 0) return sizes;
  // First those that serve nobody: an old version that never came up must not block its own replacement.
  let shrunk = 0;
  for (const each of old) {
    const count = Math.min(maxShrink - shrunk, replicasOf(each) - availableOf(each));
    if (count <= 0) continue;
    sizes.set(each, replicasOf(each) - count);
    shrunk += count;
  }
  let spare = sum(old, availableOf) + availableOf(newSet) - minAvailable;
  for (const each of old) {
    const size = sizes.get(each) ?? replicasOf(each);
    const count = Math.min(size, spare);
    if (count <= 0) continue;
    sizes.set(each, size - count);
    spare -= count;
  }
  return sizes;
}

/**
 * What its status says, but never more than it will have: the status is behind for a moment after each scaling down, and
 * counting pods that are about to go would take the next ones too early.
 */
function availableOf(set: V1ReplicaSet): number {
  return Math.min(set.status?.availableReplicas ?? 0, replicasOf(set));
}
