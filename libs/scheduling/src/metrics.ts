import { counter, gauge, histogram, type Metrics } from '@gantry/base';

/** The scheduler's metrics under upstream's names. */
export interface SchedulerMetrics {
  attempt(result: 'scheduled' | 'unschedulable' | 'error', tookMs: number): void;
  /** From the pod's first appearance to its binding. */
  scheduledAfter(tookMs: number, attempts: number): void;
}

export function schedulerMetrics(
  metrics: Metrics,
  profile: string,
  sizes: () => { active: number; backoff: number; unschedulable: number },
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
  Object.assign(pending, {
    collect() {
      for (const [queue, size] of Object.entries(sizes())) pending.set({ queue }, size);
    },
  });
  return {
    attempt(result, tookMs) {
      attempts.inc({ result, profile });
      duration.observe({ result, profile }, tookMs / 1000);
    },
    scheduledAfter: (tookMs, tries) => wait.observe({ attempts: String(Math.min(tries, 16)) }, tookMs / 1000),
  };
}
