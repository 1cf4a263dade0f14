import type { Stored, V1Node, V1Pod } from '@gantry/api';
import { conditionOf } from '../shared/conditions.ts';
import { isPodFinished } from '../shared/pods.ts';

export type CollectReason = 'orphaned' | 'unscheduled' | 'out-of-service' | 'finished';

export interface Collected {
  readonly pod: Stored<V1Pod>;
  readonly reason: CollectReason;
}

export interface PodGcView {
  pods: readonly Stored<V1Pod>[];
  nodeExists(name: string): boolean;
  /** Nodes that have been gone for so long that they will not come back. */
  isLost(name: string): boolean;
  /** Nodes that are not ready and of which somebody has said that they are shut down. */
  isOutOfService(name: string): boolean;
  /** More finished pods than this are thinned out, oldest first. 0: never. */
  finishedThreshold: number;
}

/**
 * The taint by which an administrator vouches that nothing runs on a node any more (KEP-2268); on a node that is ready it says
 * nothing.
 */
export function isOutOfService(node: V1Node | undefined): boolean {
  return (
    node !== undefined &&
    conditionOf(node.status?.conditions, 'Ready')?.status !== 'True' &&
    (node.spec.taints ?? []).some(({ key }) => key === 'node.kubernetes.io/out-of-service')
  );
}

/** Which pods nobody else will ever remove (upstream `pkg/controller/podgc`), and the missing nodes that pods still name. */
export function plan({ pods, nodeExists, isLost, isOutOfService, finishedThreshold }: PodGcView): {
  collect: Collected[];
  missingNodes: Set<string>;
} {
  const collect: Collected[] = [];
  const missingNodes = new Set<string>();
  const finished: Stored<V1Pod>[] = [];
  for (const pod of pods) {
    const { nodeName } = pod.spec;
    if (nodeName && !nodeExists(nodeName)) {
      missingNodes.add(nodeName);
      if (isLost(nodeName)) {
        collect.push({ pod, reason: 'orphaned' });
        continue;
      }
    } else if (!nodeName && pod.metadata.deletionTimestamp !== undefined) {
      collect.push({ pod, reason: 'unscheduled' });
      continue;
    } else if (nodeName && pod.metadata.deletionTimestamp !== undefined && isOutOfService(nodeName)) {
      collect.push({ pod, reason: 'out-of-service' });
      continue;
    }
    if (isPodFinished(pod)) finished.push(pod);
  }
  // Evicted ones first: their controllers have no use for them.
  const evicted = ({ status }: V1Pod) => (status?.phase === 'Failed' && status.reason === 'Evicted' ? 0 : 1);
  const surplus = finished.length - finishedThreshold;
  if (finishedThreshold > 0 && surplus > 0) {
    finished.sort(
      (a, b) =>
        evicted(a) - evicted(b) ||
        Date.parse(a.metadata.creationTimestamp) - Date.parse(b.metadata.creationTimestamp) ||
        (a.metadata.name < b.metadata.name ? -1 : 1),
    );
    for (const pod of finished.slice(0, surplus)) collect.push({ pod, reason: 'finished' });
  }
  return { collect, missingNodes };
}
