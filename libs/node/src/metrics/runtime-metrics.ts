import { counter, gauge, histogram, type Clock, type Metrics } from '@gantry/base';

/** The kubelet's metrics about its own work, under its names. */
export class RuntimeMetrics {
  readonly #clock: Clock;
  readonly #operations;
  readonly #durations;
  readonly #errors;
  readonly #podStart;
  readonly #workerStart;
  readonly #evictions;
  readonly runningPods;
  readonly runningContainers;

  constructor(metrics: Metrics, clock: Clock) {
    this.#clock = clock;
    const label = ['operation_type'] as const;
    this.#operations = counter(
      metrics,
      'kubelet_runtime_operations_total',
      'Runtime operations by type.',
      label,
    );
    this.#errors = counter(
      metrics,
      'kubelet_runtime_operations_errors_total',
      'Failed runtime operations by type.',
      label,
    );
    this.#durations = histogram(
      metrics,
      'kubelet_runtime_operations_duration_seconds',
      'Duration of runtime operations.',
      label,
    );
    this.#podStart = histogram(
      metrics,
      'kubelet_pod_start_duration_seconds',
      'From first seeing a pod to its first container running.',
      [],
      [0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
    );
    this.#workerStart = histogram(
      metrics,
      'kubelet_pod_worker_start_duration_seconds',
      'From seeing a pod to working on it.',
    );
    this.#evictions = counter(metrics, 'kubelet_evictions', 'Pods evicted, by what they used too much of.', [
      'eviction_signal',
    ]);
    this.runningPods = gauge(metrics, 'kubelet_running_pods', 'Pods with a running container.');
    this.runningContainers = gauge(metrics, 'kubelet_running_containers', 'Containers by state.', [
      'container_state',
    ]);
  }

  async timed<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const beganMs = this.#clock.monotonicMs();
    this.#operations.inc({ operation_type: operation });
    try {
      return await work();
    } catch (error) {
      this.#errors.inc({ operation_type: operation });
      throw error;
    } finally {
      this.#durations.observe({ operation_type: operation }, (this.#clock.monotonicMs() - beganMs) / 1000);
    }
  }

  podStarted(afterMs: number): void {
    this.#podStart.observe(afterMs / 1000);
  }

  evicted(signal: string): void {
    this.#evictions.inc({ eviction_signal: signal });
  }

  workerStarted(afterMs: number): void {
    this.#workerStart.observe(afterMs / 1000);
  }
}
