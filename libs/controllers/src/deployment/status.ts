import { timestamp } from '@gantry/base';
import type {
  Stored,
  V1Deployment,
  V1DeploymentCondition,
  V1DeploymentStatus,
  V1ReplicaSet,
} from '@gantry/api';
import { conditionOf, withCondition, withoutCondition } from '../shared/conditions.ts';
import { fenceposts, replicasOf, sum } from './replica-counts.ts';

export type ProgressReason =
  | 'NewReplicaSetCreated'
  | 'FoundNewReplicaSet'
  | 'ReplicaSetUpdated'
  | 'NewReplicaSetAvailable'
  | 'ProgressDeadlineExceeded'
  | 'ReplicaSetCreateError'
  | 'DeploymentPaused'
  | 'DeploymentResumed';

const noDeadline = 0x7fffffff;

export function hasProgressDeadline(deployment: V1Deployment): boolean {
  const seconds = deployment.spec.progressDeadlineSeconds;
  return seconds !== undefined && seconds !== noDeadline;
}

export function progressCondition(
  status: 'True' | 'False' | 'Unknown',
  reason: ProgressReason,
  message: string,
  nowMs: number,
): Omit<V1DeploymentCondition, 'lastTransitionTime'> {
  return { type: 'Progressing', status, reason, message, lastUpdateTime: timestamp(nowMs) };
}

/** Counts and the Available condition, from what the ReplicaSets report. Other conditions are those given. */
export function countedStatus(
  deployment: Stored<V1Deployment>,
  all: readonly V1ReplicaSet[],
  newSet: V1ReplicaSet | undefined,
  conditions: readonly V1DeploymentCondition[],
  nowMs: number,
): V1DeploymentStatus {
  const available = sum(all, (each) => each.status?.availableReplicas ?? 0);
  const ready = sum(all, (each) => each.status?.readyReplicas ?? 0);
  const replicas = sum(all, (each) => each.status?.replicas ?? 0);
  const terminating = terminatingOf(all);
  const updated = newSet?.status?.replicas ?? 0;
  const unavailable = Math.max(0, sum(all, replicasOf) - available);
  const enough = available >= replicasOf(deployment) - fenceposts(deployment).maxUnavailable;
  const { collisionCount } = deployment.status ?? {};
  return {
    observedGeneration: deployment.metadata.generation ?? 0,
    ...(replicas > 0 ? { replicas } : {}),
    ...(updated > 0 ? { updatedReplicas: updated } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    ...(unavailable > 0 ? { unavailableReplicas: unavailable } : {}),
    ...(terminating !== undefined ? { terminatingReplicas: terminating } : {}),
    ...(collisionCount !== undefined ? { collisionCount } : {}),
    conditions: withCondition(
      conditions,
      {
        type: 'Available',
        status: enough ? 'True' : 'False',
        reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
        message: enough
          ? 'Deployment has minimum availability.'
          : 'Deployment does not have minimum availability.',
        lastUpdateTime: timestamp(nowMs),
      },
      nowMs,
    ),
  };
}

/** Undefined while one of them does not say (KEP-3973). */
function terminatingOf(all: readonly V1ReplicaSet[]): number | undefined {
  const counts = all.map((each) => each.status?.terminatingReplicas);
  return counts.some((count) => count === undefined) ? undefined : sum(counts, (count) => count ?? 0);
}

export function isComplete(deployment: V1Deployment, status: V1DeploymentStatus): boolean {
  const wanted = replicasOf(deployment);
  return (
    (status.updatedReplicas ?? 0) === wanted &&
    (status.replicas ?? 0) === wanted &&
    (status.availableReplicas ?? 0) === wanted &&
    (status.observedGeneration ?? 0) >= (deployment.metadata.generation ?? 0)
  );
}

function hasProgressed(before: V1DeploymentStatus, now: V1DeploymentStatus): boolean {
  const old = (status: V1DeploymentStatus) => (status.replicas ?? 0) - (status.updatedReplicas ?? 0);
  return (
    (now.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    old(now) < old(before) ||
    (now.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (now.availableReplicas ?? 0) > (before.availableReplicas ?? 0)
  );
}

/** When the rollout will have made no progress for too long; undefined when it is under no deadline (any more). */
export function deadlineMs(deployment: V1Deployment, status: V1DeploymentStatus): number | undefined {
  const condition = conditionOf(status.conditions, 'Progressing');
  if (!hasProgressDeadline(deployment) || !condition) return undefined;
  if (condition.reason === 'NewReplicaSetAvailable' || condition.reason === 'ProgressDeadlineExceeded')
    return undefined;
  const since = Date.parse(condition.lastUpdateTime ?? '');
  return Number.isNaN(since) ? undefined : since + (deployment.spec.progressDeadlineSeconds ?? 0) * 1000;
}

/** The status with the Progressing and ReplicaFailure conditions of a rollout under way (upstream `syncRolloutStatus`). */
export function rolloutStatus(
  deployment: Stored<V1Deployment>,
  all: readonly V1ReplicaSet[],
  newSet: V1ReplicaSet | undefined,
  conditions: readonly V1DeploymentCondition[],
  nowMs: number,
): V1DeploymentStatus {
  const status = countedStatus(deployment, all, newSet, conditions, nowMs);
  let result = status.conditions ?? [];
  const progressing = conditionOf(result, 'Progressing');
  if (!hasProgressDeadline(deployment)) result = withoutCondition(result, 'Progressing');
  else if (
    (status.replicas ?? 0) !== (status.updatedReplicas ?? 0) ||
    progressing?.reason !== 'NewReplicaSetAvailable'
  ) {
    const what = newSet ? `ReplicaSet "${newSet.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
    const dueMs = deadlineMs(deployment, status);
    if (isComplete(deployment, status))
      result = withCondition(
        result,
        progressCondition('True', 'NewReplicaSetAvailable', `${what} has successfully progressed.`, nowMs),
        nowMs,
      );
    else if (hasProgressed(deployment.status ?? {}, status)) {
      const next = progressCondition('True', 'ReplicaSetUpdated', `${what} is progressing.`, nowMs);
      // Taken out first, so that the update time moves although status and reason are the same.
      const since = progressing?.status === 'True' ? progressing.lastTransitionTime : timestamp(nowMs);
      result = [
        ...withoutCondition(result, 'Progressing'),
        { ...next, lastTransitionTime: since } as V1DeploymentCondition,
      ];
    } else if (dueMs !== undefined && dueMs < nowMs)
      result = withCondition(
        result,
        progressCondition('False', 'ProgressDeadlineExceeded', `${what} has timed out progressing.`, nowMs),
        nowMs,
      );
  }
  return { ...status, conditions: withReplicaFailure(result, all, newSet, nowMs) };
}

function withReplicaFailure(
  conditions: readonly V1DeploymentCondition[],
  all: readonly V1ReplicaSet[],
  newSet: V1ReplicaSet | undefined,
  nowMs: number,
): V1DeploymentCondition[] {
  const failure =
    conditionOf(newSet?.status?.conditions, 'ReplicaFailure') ??
    all.map((each) => conditionOf(each.status?.conditions, 'ReplicaFailure')).find(Boolean);
  if (!failure) return withoutCondition(conditions, 'ReplicaFailure');
  const { type, status, reason = '', message = '' } = failure;
  return withCondition(
    conditions,
    { type, status, reason, message, lastUpdateTime: timestamp(nowMs) },
    nowMs,
  );
}
