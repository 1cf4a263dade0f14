/** However long others took, a container has so long to end by itself (pkg/kubelet/kuberuntime, minimumGracePeriodInSeconds). */
export const leastGraceMs = 2_000;

/**
 * What is left of a grace period for a container whose turn to end comes after `elapsedMs`: hooks and containers before it share it.
 * One that was given no time at all has none.
 */
export function graceLeftMs(wholeMs: number, elapsedMs: number): number {
  return elapsedMs <= 0 || wholeMs === 0 ? wholeMs : Math.max(leastGraceMs, wholeMs - elapsedMs);
}
