import { timestamp } from '@gantry/base';
import type { V1Node, V1NodeCondition, V1Taint } from '@gantry/api';
import { conditionOf } from '../shared/conditions.ts';

const prefix = 'node.kubernetes.io/';
export const unreachableTaint = `${prefix}unreachable`;
export const notReadyTaint = `${prefix}not-ready`;

/** The conditions that a silent node no longer answers for. */
const heartbeatConditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'] as const;

/** The node's conditions when it has been silent for too long; undefined when they say so already. */
export function silentConditions(node: V1Node, nowMs: number): V1NodeCondition[] | undefined {
  const conditions = node.status?.conditions ?? [];
  let changed = false;
  const next = [...conditions];
  for (const type of heartbeatConditions) {
    const index = next.findIndex((condition) => condition.type === type);
    const before = next[index];
    if (!before) {
      changed = true;
      next.push({
        type,
        status: 'Unknown',
        reason: 'NodeStatusNeverUpdated',
        message: 'Kubelet never posted node status.',
        lastHeartbeatTime: node.metadata.creationTimestamp ?? timestamp(nowMs),
        lastTransitionTime: timestamp(nowMs),
      });
    } else if (before.status !== 'Unknown') {
      changed = true;
      next[index] = {
        ...before,
        status: 'Unknown',
        reason: 'NodeStatusUnknown',
        message: 'Kubelet stopped posting node status.',
        lastTransitionTime: timestamp(nowMs),
      };
    }
  }
  return changed ? next : undefined;
}

/** Taints that follow from conditions, each with the status that calls for it. */
const pressureTaints: readonly [type: string, key: string][] = [
  ['MemoryPressure', `${prefix}memory-pressure`],
  ['DiskPressure', `${prefix}disk-pressure`],
  ['PIDPressure', `${prefix}pid-pressure`],
  ['NetworkUnavailable', `${prefix}network-unavailable`],
];

const unschedulableTaint = `${prefix}unschedulable`;

const ours = new Set([
  ...[unreachableTaint, notReadyTaint].flatMap((key) => [`${key}:NoSchedule`, `${key}:NoExecute`]),
  ...pressureTaints.map(([, key]) => `${key}:NoSchedule`),
  `${unschedulableTaint}:NoSchedule`,
]);

export interface TaintOptions {
  nowMs: number;
  /** False while no (further) pods may be evicted: a NoExecute taint that there is stays, none is added. */
  mayEvict: boolean;
  /** True while the whole cluster looks dead, which says more about us: NoExecute taints are taken away. */
  suspended: boolean;
}

/** True for a node whose Ready condition calls for a NoExecute taint that it does not have yet. */
export function wantsEviction(node: V1Node): boolean {
  const key = readinessTaint(node);
  return (
    key !== undefined &&
    !(node.spec.taints ?? []).some((taint) => taint.key === key && taint.effect === 'NoExecute')
  );
}

function readinessTaint(node: V1Node): string | undefined {
  const ready = conditionOf(node.status?.conditions, 'Ready')?.status;
  if (ready === 'True') return undefined;
  // A node without the condition has just come: not ready, as kubelet's own registration taint has it.
  return ready === 'Unknown' ? unreachableTaint : notReadyTaint;
}

/**
 * The node's taints as its conditions want them (upstream `node_lifecycle_controller.go`); undefined when they are so already.
 * Other people's taints stay as they are.
 */
export function plannedTaints(
  node: V1Node,
  { nowMs, mayEvict, suspended }: TaintOptions,
): V1Taint[] | undefined {
  const wanted: V1Taint[] = [];
  const want = (key: string, effect: string) => wanted.push({ key, effect, timeAdded: timestamp(nowMs) });
  const readiness = readinessTaint(node);
  if (readiness) want(readiness, 'NoSchedule');
  for (const [type, key] of pressureTaints)
    if (conditionOf(node.status?.conditions, type)?.status === 'True') want(key, 'NoSchedule');
  if (node.spec.unschedulable) want(unschedulableTaint, 'NoSchedule');
  const before = node.spec.taints ?? [];
  if (readiness && !suspended) {
    // The other one's NoExecute taint is traded for this one's without waiting: nobody new is evicted by that.
    const had = before.some(
      ({ key, effect }) => effect === 'NoExecute' && (key === unreachableTaint || key === notReadyTaint),
    );
    if (had || mayEvict) want(readiness, 'NoExecute');
  }
  const id = ({ key, effect }: V1Taint) => `${key}:${effect}`;
  const wantedIds = new Set(wanted.map(id));
  const kept = before.filter((taint) => !ours.has(id(taint)) || wantedIds.has(id(taint)));
  const keptIds = new Set(kept.map(id));
  const added = wanted.filter((taint) => !keptIds.has(id(taint)));
  return added.length === 0 && kept.length === before.length ? undefined : [...kept, ...added];
}
