import { counter, gauge, histogram, whenRead, type Metrics } from '@gantry/base';
import type { ExtensionPoint } from './cycle.ts';

/** The scheduler's metrics under upstream's names. */
export interface SchedulerMetrics {
  attempt(result: 'scheduled' | 'unschedulable' | 'error', tookMs: number): void;
  /** One decision, without the binding. */
  decided(tookMs: number): void;
  /** What all plugins together took at one point of an attempt. */
  extensionPoint(point: ExtensionPoint | 'Bind', isSuccess: boolean, tookMs: number): void;
  /** From the pod's first appearance to its binding. */
  scheduledAfter(tookMs: number, attempts: number): void;
}

export function schedulerMetrics(
  metrics: Metrics,
  profile: string,
  sizes: () => { active: number; backoff: number; unschedulable: number; gated: number },
  cached: () => { nodes: number; pods: number },
): SchedulerMetrics {
  const buckets = Array.from({ length: 15 }, (_, i) => 0.0005 * 2 ** i);
  const duration = histogram(
    metrics,
    'scheduler_scheduling_attempt_duration_seconds',
    'Scheduling attempt latency in seconds (scheduling algorithm + binding)',
    ['result', 'profile'],
    buckets,
  );
  const attempts = counter(
    metrics,
    'scheduler_schedule_attempts_total',
    'Number of attempts to schedule pods, by the result',
    ['result', 'profile'],
  );
  const wait = histogram(
    metrics,
    'scheduler_pod_scheduling_sli_duration_seconds',
    'E2e latency for a pod being scheduled, from the time the pod enters the scheduling queue',
    ['attempts'],
    buckets,
  );
  const pending = gauge(metrics, 'scheduler_pending_pods', 'Number of pending pods, by the queue type', [
    'queue',
  ]);
  // Read when somebody asks: the queue changes far more often than it is scraped.
  whenRead(pending, () => {
    for (const [queue, size] of Object.entries(sizes())) pending.set({ queue }, size);
  });
  const cache = gauge(metrics, 'scheduler_cache_size', 'Number of nodes and pods in the scheduler cache', [
    'type',
  ]);
  whenRead(cache, () => {
    for (const [type, size] of Object.entries(cached())) cache.set({ type }, size);
  });
  const algorithm = histogram(
    metrics,
    'scheduler_scheduling_algorithm_duration_seconds',
    'Scheduling algorithm latency in seconds',
    [],
    buckets,
  );
  const points = histogram(
    metrics,
    'scheduler_framework_extension_point_duration_seconds',
    'Latency for running all plugins of a specific extension point.',
    ['extension_point', 'status', 'profile'],
    Array.from({ length: 12 }, (_, i) => 0.0001 * 2 ** i),
  );
  const tries = histogram(
    metrics,
    'scheduler_pod_scheduling_attempts',
    'Number of attempts to successfully schedule a pod.',
    [],
    [1, 2, 4, 8, 16],
  );
  return {
    attempt(result, tookMs) {
      attempts.inc({ result, profile });
      duration.observe({ result, profile }, tookMs / 1000);
    },
    decided: (tookMs) => algorithm.observe(tookMs / 1000),
    extensionPoint: (extension_point, isSuccess, tookMs) =>
      points.observe(
        { extension_point, status: isSuccess ? 'Success' : 'Unschedulable', profile },
        tookMs / 1000,
      ),
    scheduledAfter(tookMs, count) {
      tries.observe(count);
      wait.observe({ attempts: String(Math.min(count, 16)) }, tookMs / 1000);
    },
  };
}
