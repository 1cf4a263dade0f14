import { tolerates, type V1Pod, type V1Taint } from '@gantry/api';

/**
 * When the pod has to leave its node, in milliseconds since the epoch: at once (0) for a NoExecute taint that it does not tolerate,
 * otherwise when the shortest of its tolerations has run since the taint was added; undefined when it may stay.
 *
 * The time runs from the taint's own `timeAdded`, so that a controller that starts over does not grant it again.
 */
export function evictionTimeMs(pod: V1Pod, taints: readonly V1Taint[], nowMs: number): number | undefined {
  const tolerations = pod.spec.tolerations ?? [];
  let earliestMs: number | undefined;
  for (const taint of taints) {
    if (taint.effect !== 'NoExecute') continue;
    const matching = tolerations.filter((toleration) => tolerates(toleration, taint));
    if (matching.length === 0) return 0;
    const seconds = Math.min(...matching.map(({ tolerationSeconds }) => tolerationSeconds ?? Infinity));
    if (seconds === Infinity) continue;
    const added = Date.parse(taint.timeAdded ?? '');
    const dueMs = seconds <= 0 ? 0 : (Number.isNaN(added) ? nowMs : added) + seconds * 1000;
    earliestMs = Math.min(earliestMs ?? Infinity, dueMs);
  }
  return earliestMs;
}
