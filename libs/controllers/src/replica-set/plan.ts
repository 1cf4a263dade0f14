import { conditionOf, withCondition, withoutCondition } from '../shared/conditions.ts';
import { availableAtMs, isPodActive, isPodReady, isPodTerminating } from '../shared/pods.ts';
import type { Stored, V1ContainerStatus, V1Pod, V1ReplicaSet, V1ReplicaSetStatus } from '@gantry/api';
import { messageOf } from '@gantry/base';

/** At most so many pods are created or deleted in one go (upstream `BurstReplicas`). */
export const burstReplicas = 500;

export type ScalePlan =
  | { readonly type: 'none' }
  | { readonly type: 'create'; readonly count: number }
  | { readonly type: 'delete'; readonly pods: readonly Stored<V1Pod>[] };

/**
 * How to get from the pods that there are to `spec.replicas`.
 * `related` gives all active pods of the ReplicaSets of the same owner: scaling down prefers nodes that hold several of them.
 */
export function planScale(
  replicaSet: Stored<V1ReplicaSet>,
  pods: readonly Stored<V1Pod>[],
  related: () => readonly Stored<V1Pod>[],
  nowMs: number,
): ScalePlan {
  if (replicaSet.metadata.deletionTimestamp !== undefined) return { type: 'none' };
  const active = pods.filter(isPodActive);
  const excess = active.length - (replicaSet.spec.replicas ?? 1);
  if (excess < 0) return { type: 'create', count: Math.min(-excess, burstReplicas) };
  if (excess === 0) return { type: 'none' };
  const count = Math.min(excess, burstReplicas);
  return { type: 'delete', pods: rankForDeletion(active, related(), nowMs).slice(0, count) };
}

/** The pods in the order in which they are to go (upstream `ActivePodsWithRanks`). */
export function rankForDeletion(
  pods: readonly Stored<V1Pod>[],
  related: readonly Stored<V1Pod>[],
  nowMs: number,
): Stored<V1Pod>[] {
  const perNode = new Map<string, number>();
  for (const pod of related) {
    const node = pod.spec.nodeName;
    if (node && isPodActive(pod)) perNode.set(node, (perNode.get(node) ?? 0) + 1);
  }
  return pods
    .map((pod) => ({
      pod,
      assigned: pod.spec.nodeName ? 1 : 0,
      phase: phaseOrder[pod.status?.phase ?? 'Pending'] ?? 1,
      ready: isPodReady(pod) ? 1 : 0,
      cost: deletionCost(pod),
      crowd: perNode.get(pod.spec.nodeName ?? '') ?? 0,
      readyAge: ageClass(readySinceMs(pod), nowMs),
      restarts: mostRestarts(pod.status?.containerStatuses),
      sidecarRestarts: sidecarRestarts(pod),
      age: ageClass(Date.parse(pod.metadata.creationTimestamp), nowMs),
    }))
    .sort(
      (a, b) =>
        a.assigned - b.assigned ||
        a.phase - b.phase ||
        a.ready - b.ready ||
        a.cost - b.cost ||
        b.crowd - a.crowd ||
        a.readyAge - b.readyAge ||
        b.restarts - a.restarts ||
        b.sidecarRestarts - a.sidecarRestarts ||
        a.age - b.age ||
        (a.pod.metadata.uid < b.pod.metadata.uid ? -1 : 1),
    )
    .map(({ pod }) => pod);
}

function mostRestarts(statuses: readonly V1ContainerStatus[] = []): number {
  return statuses.reduce((most, { restartCount }) => Math.max(most, restartCount), 0);
}

/** Of init containers only those count that run on beside the others. */
function sidecarRestarts({ spec, status }: V1Pod): number {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  if (sidecars.length === 0) return 0;
  const names = new Set(sidecars.map(({ name }) => name));
  return mostRestarts(status?.initContainerStatuses?.filter(({ name }) => names.has(name)));
}

const phaseOrder: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };

/** `controller.kubernetes.io/pod-deletion-cost`: lower goes first; what is no 32-bit integer counts as 0. */
function deletionCost(pod: V1Pod): number {
  const text = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'];
  if (text === undefined || !/^(0|-?[1-9][0-9]*)$/.test(text)) return 0;
  const cost = Number(text);
  return Number.isInteger(cost) && Math.abs(cost) < 2 ** 31 ? cost : 0;
}

function readySinceMs(pod: V1Pod): number {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.status === 'True' ? Date.parse(ready.lastTransitionTime ?? '') : NaN;
}

/**
 * Ages count by their logarithm (upstream LogarithmicScaleDown): pods of about one age are taken as equal, so that it is not always
 * the same failure domain that loses them. Unknown ages sort first.
 */
function ageClass(sinceMs: number, nowMs: number): number {
  const ageMs = nowMs - sinceMs;
  return Number.isNaN(ageMs) || ageMs <= 0 ? -1 : Math.floor(Math.log2(ageMs * 1e6));
}

export interface StatusPlan {
  readonly status: V1ReplicaSetStatus;
  readonly changed: boolean;
  /** When a ready pod becomes available without any further change; undefined when none will. */
  readonly recheckAfterMs?: number;
}

/** What went wrong with the scaling just tried. */
export interface ScaleFailure {
  readonly reason: 'FailedCreate' | 'FailedDelete';
  readonly error: unknown;
}

/**
 * The status that these pods make. `settled` is false while the cache does not yet show all that was asked for: then the counts
 * may be off, and the generation is not called observed, for whoever acts on it relies on the counts.
 */
export function planStatus(
  replicaSet: Stored<V1ReplicaSet>,
  pods: readonly Stored<V1Pod>[],
  settled: boolean,
  failure: ScaleFailure | undefined,
  nowMs: number,
): StatusPlan {
  const { spec, status: before, metadata } = replicaSet;
  const active = pods.filter(isPodActive);
  const terminating = pods.filter(isPodTerminating).length;
  const templateLabels = Object.entries(spec.template?.metadata?.labels ?? {});
  let fullyLabeled = 0;
  let ready = 0;
  let available = 0;
  let recheckAtMs = Infinity;
  for (const pod of active) {
    if (templateLabels.every(([name, value]) => pod.metadata.labels?.[name] === value)) fullyLabeled++;
    const atMs = availableAtMs(pod, spec.minReadySeconds ?? 0);
    if (atMs === undefined) continue;
    ready++;
    if (atMs <= nowMs) available++;
    else recheckAtMs = Math.min(recheckAtMs, atMs);
  }
  const conditionsBefore = before?.conditions ?? [];
  let conditions = conditionsBefore;
  if (failure && !conditionOf(conditions, 'ReplicaFailure'))
    conditions = withCondition(
      conditions,
      { type: 'ReplicaFailure', status: 'True', reason: failure.reason, message: messageOf(failure.error) },
      nowMs,
    );
  else if (!failure && conditionOf(conditions, 'ReplicaFailure'))
    conditions = withoutCondition(conditions, 'ReplicaFailure');
  const status: V1ReplicaSetStatus = {
    replicas: active.length,
    ...(fullyLabeled > 0 ? { fullyLabeledReplicas: fullyLabeled } : {}),
    ...(ready > 0 ? { readyReplicas: ready } : {}),
    ...(available > 0 ? { availableReplicas: available } : {}),
    terminatingReplicas: terminating,
    observedGeneration: (settled ? metadata.generation : before?.observedGeneration) ?? 0,
    ...(conditions.length > 0 ? { conditions } : {}),
  };
  const changed =
    before === undefined ||
    before.replicas !== status.replicas ||
    (before.fullyLabeledReplicas ?? 0) !== fullyLabeled ||
    (before.readyReplicas ?? 0) !== ready ||
    (before.availableReplicas ?? 0) !== available ||
    before.terminatingReplicas !== terminating ||
    (before.observedGeneration ?? 0) !== status.observedGeneration ||
    conditions !== conditionsBefore;
  return { status, changed, ...(recheckAtMs < Infinity ? { recheckAfterMs: recheckAtMs - nowMs } : {}) };
}
