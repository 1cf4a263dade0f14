import { counter, createMetrics, gauge, histogram, whenRead, type Clock, type Metrics } from '@gantry/base';

/** What is counted of the pods that are here, whenever somebody reads it. */
export interface PodCounts {
  /** With a running container. */
  runningPods: number;
  /** By state. */
  containers: Readonly<Record<'created' | 'running' | 'exited', number>>;
}

/** Of one probe of one container. */
export interface ProbeLabels {
  probe_type: 'Liveness' | 'Readiness' | 'Startup';
  container: string;
  pod: string;
  namespace: string;
  pod_uid: string;
}

/** The kubelet's metrics about its own work, under its names. */
export class RuntimeMetrics {
  readonly #clock: Clock;
  readonly #operations;
  readonly #durations;
  readonly #errors;
  readonly #podStart;
  readonly #workerStart;
  readonly #worker;
  readonly #cgroups;
  readonly #startedPods;
  readonly #startedContainers;
  readonly #evictions;
  readonly #probes;
  /** What `/metrics/probes` shows: names of pods are labels there, which come and go. */
  readonly probes: Metrics = createMetrics({ processMetrics: false });

  constructor(metrics: Metrics, clock: Clock, nodeName: string, counts: () => PodCounts) {
    this.#clock = clock;
    gauge(metrics, 'kubelet_node_name', "The node's name. The count is always 1.", ['node']).set(
      { node: nodeName },
      1,
    );
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
    this.#worker = histogram(
      metrics,
      'kubelet_pod_worker_duration_seconds',
      'Duration in seconds to bring a pod to where it should be, by what was done: create, kill.',
      label,
    );
    this.#cgroups = histogram(
      metrics,
      'kubelet_cgroup_manager_duration_seconds',
      'Duration in seconds of operations on cgroups, by what was done: create, destroy.',
      label,
      [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1],
    );
    this.#startedPods = counter(metrics, 'kubelet_started_pods_total', 'Pods begun.');
    this.#startedContainers = counter(
      metrics,
      'kubelet_started_containers_total',
      'Containers started, by their type.',
      ['container_type'],
    );
    this.#probes = counter(this.probes, 'prober_probe_total', 'Probes of containers, by their results.', [
      ...['probe_type', 'result', 'container', 'pod', 'namespace', 'pod_uid'],
    ]);
    const pods = gauge(metrics, 'kubelet_running_pods', 'Pods with a running container.');
    whenRead(pods, () => pods.set(counts().runningPods));
    const containers = gauge(metrics, 'kubelet_running_containers', 'Containers by state.', [
      'container_state',
    ]);
    whenRead(containers, () => {
      for (const [state, count] of Object.entries(counts().containers))
        containers.set({ container_state: state }, count);
    });
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

  async timedCgroup<T>(operation: 'create' | 'destroy', work: () => Promise<T>): Promise<T> {
    const beganMs = this.#clock.monotonicMs();
    try {
      return await work();
    } finally {
      this.#cgroups.observe({ operation_type: operation }, (this.#clock.monotonicMs() - beganMs) / 1000);
    }
  }

  /** All containers of a pod run for the first time. */
  podStarted(afterMs: number): void {
    this.#podStart.observe(afterMs / 1000);
    this.#worker.observe({ operation_type: 'create' }, afterMs / 1000);
  }

  /** All of a pod is gone. */
  podEnded(afterMs: number): void {
    this.#worker.observe({ operation_type: 'kill' }, afterMs / 1000);
  }

  evicted(signal: string): void {
    this.#evictions.inc({ eviction_signal: signal });
  }

  workerStarted(afterMs: number): void {
    this.#startedPods.inc();
    this.#workerStart.observe(afterMs / 1000);
  }

  containerStarted(type: 'container' | 'init_container' | 'ephemeral_container'): void {
    this.#startedContainers.inc({ container_type: type });
  }

  probed(labels: ProbeLabels, result: 'successful' | 'failed' | 'unknown'): void {
    this.#probes.inc({ ...labels, result });
  }

  /** That container is no more: its series would stay for ever. */
  forgetProbe(labels: ProbeLabels): void {
    for (const result of ['successful', 'failed', 'unknown']) this.#probes.remove({ ...labels, result });
  }
}
