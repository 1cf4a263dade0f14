import { readFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { microTimestamp, timestamp } from '@gantry/base';
import type { ContainerRuntime, ContainerStats } from '@gantry/runtime';
import type { PodRunner } from '../pods/pod-runner.ts';

export interface ContainerUsage {
  namespace: string;
  pod: string;
  podUid: string;
  container: string;
  image: string;
  id: string;
  cgroup: string;
  startedAtMs: number;
  stats: ContainerStats;
  cpuLimitMilli: number;
  cpuRequestMilli: number;
  memoryLimitBytes: number;
}

export interface PodUsage {
  runner: PodRunner;
  stats: ContainerStats | undefined;
  containers: ContainerUsage[];
}

/** CPU time and memory of the whole machine (proc_stat(5), proc_meminfo(5)). */
export function machineUsage(): { cpuSeconds: number; workingSetBytes: number; availableBytes: number } {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync(
    '/proc/stat',
    'utf8',
  )
    .split('\n')[0]!
    .split(/\s+/)
    .map(Number);
  const available =
    Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024;
  // USER_HZ is 100 on all that Node runs on.
  return {
    cpuSeconds: (user + nice + system + irq + softirq + steal) / 100,
    workingSetBytes: totalmem() - available,
    availableBytes: available,
  };
}

const label = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** One metric in Prometheus' text format. */
function metric(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: Iterable<readonly [Record<string, string>, number]>,
): string {
  let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (const [labels, value] of samples) {
    const inside = Object.entries(labels)
      .map(([key, each]) => `${key}="${label(each)}"`)
      .join(',');
    text += `${name}${inside ? `{${inside}}` : ''} ${value}\n`;
  }
  return text;
}

/** `/metrics/cadvisor`: containers under the names that dashboards know. */
export function cadvisorMetrics(pods: readonly PodUsage[], cpuMilli: number): string {
  const all = pods.flatMap(({ containers }) => containers);
  const labels = (each: ContainerUsage) => ({
    container: each.container,
    id: each.cgroup,
    image: each.image,
    name: each.id,
    namespace: each.namespace,
    pod: each.pod,
  });
  const of = (value: (each: ContainerUsage) => number | undefined) =>
    all.flatMap((each) => {
      const found = value(each);
      return found === undefined ? [] : [[labels(each), found] as const];
    });
  const podSamples = (value: (stats: ContainerStats) => number) =>
    pods.flatMap(({ runner, stats }) => {
      const { namespace = '', name = '' } = runner.pod.metadata;
      return stats
        ? [
            [
              { container: '', id: runner.cgroup, image: '', name: '', namespace, pod: name },
              value(stats),
            ] as const,
          ]
        : [];
    });
  return [
    metric('container_cpu_usage_seconds_total', 'counter', 'Cumulative cpu time consumed in seconds.', [
      ...of(({ stats }) => Number(stats.cpuUsageNs) / 1e9),
      ...podSamples((stats) => Number(stats.cpuUsageNs) / 1e9),
    ]),
    metric('container_memory_working_set_bytes', 'gauge', 'Current working set in bytes.', [
      ...of(({ stats }) => stats.memoryWorkingSetBytes),
      ...podSamples((stats) => stats.memoryWorkingSetBytes),
    ]),
    metric('container_memory_usage_bytes', 'gauge', 'Current memory usage in bytes.', [
      ...of(({ stats }) => stats.memoryUsageBytes),
      ...podSamples((stats) => stats.memoryUsageBytes),
    ]),
    metric(
      'container_memory_rss',
      'gauge',
      'Size of RSS in bytes.',
      of(({ stats }) => stats.memoryRssBytes),
    ),
    metric(
      'container_processes',
      'gauge',
      'Number of processes running inside the container.',
      of(({ stats }) => stats.pids),
    ),
    metric(
      'container_cpu_cfs_periods_total',
      'counter',
      'Number of elapsed enforcement period intervals.',
      of(({ stats }) => stats.cpuPeriods),
    ),
    metric(
      'container_cpu_cfs_throttled_periods_total',
      'counter',
      'Number of throttled period intervals.',
      of(({ stats }) => stats.cpuThrottledPeriods),
    ),
    metric(
      'container_oom_events_total',
      'counter',
      'Count of out of memory events observed for the container.',
      of(({ stats }) => stats.oomEvents),
    ),
    metric(
      'container_start_time_seconds',
      'gauge',
      'Start time of the container since unix epoch in seconds.',
      of(({ startedAtMs }) => startedAtMs / 1000),
    ),
    metric(
      'container_spec_cpu_period',
      'gauge',
      'CPU period of the container.',
      of(() => 100_000),
    ),
    metric(
      'container_spec_cpu_quota',
      'gauge',
      'CPU quota of the container.',
      of(({ cpuLimitMilli }) => (cpuLimitMilli > 0 ? cpuLimitMilli * 100 : undefined)),
    ),
    metric(
      'container_spec_cpu_shares',
      'gauge',
      'CPU share of the container.',
      of(({ cpuRequestMilli }) => Math.max(2, Math.floor((cpuRequestMilli * 1024) / 1000))),
    ),
    metric(
      'container_spec_memory_limit_bytes',
      'gauge',
      'Memory limit for the container.',
      of(({ memoryLimitBytes }) => memoryLimitBytes),
    ),
    metric('machine_cpu_cores', 'gauge', 'Number of logical CPU cores.', [[{}, cpuMilli / 1000]]),
    metric('machine_memory_bytes', 'gauge', 'Amount of memory installed on the machine.', [[{}, totalmem()]]),
  ].join('');
}

/** `/metrics/resource`: what metrics-server reads. */
export function resourceMetrics(pods: readonly PodUsage[]): string {
  const machine = machineUsage();
  const containers = pods.flatMap(({ containers }) => containers);
  const labels = ({ container, namespace, pod }: ContainerUsage) => ({ container, namespace, pod });
  const podLabels = ({ runner }: PodUsage) => ({
    namespace: runner.pod.metadata.namespace ?? '',
    pod: runner.pod.metadata.name ?? '',
  });
  const withStats = pods.filter(({ stats }) => stats !== undefined);
  return [
    metric(
      'node_cpu_usage_seconds_total',
      'counter',
      'Cumulative cpu time consumed by the node in core-seconds',
      [[{}, machine.cpuSeconds]],
    ),
    metric('node_memory_working_set_bytes', 'gauge', 'Current working set of the node in bytes', [
      [{}, machine.workingSetBytes],
    ]),
    metric(
      'container_cpu_usage_seconds_total',
      'counter',
      'Cumulative cpu time consumed by the container in core-seconds',
      containers.map((each) => [labels(each), Number(each.stats.cpuUsageNs) / 1e9] as const),
    ),
    metric(
      'container_memory_working_set_bytes',
      'gauge',
      'Current working set of the container in bytes',
      containers.map((each) => [labels(each), each.stats.memoryWorkingSetBytes] as const),
    ),
    metric(
      'container_start_time_seconds',
      'gauge',
      'Start time of the container since unix epoch in seconds',
      containers.map((each) => [labels(each), each.startedAtMs / 1000] as const),
    ),
    metric(
      'pod_cpu_usage_seconds_total',
      'counter',
      'Cumulative cpu time consumed by the pod in core-seconds',
      withStats.map((each) => [podLabels(each), Number(each.stats!.cpuUsageNs) / 1e9] as const),
    ),
    metric(
      'pod_memory_working_set_bytes',
      'gauge',
      'Current working set of the pod in bytes',
      withStats.map((each) => [podLabels(each), each.stats!.memoryWorkingSetBytes] as const),
    ),
    metric(
      'resource_scrape_error',
      'gauge',
      '1 if there was an error while getting container metrics, 0 otherwise',
      [[{}, 0]],
    ),
  ].join('');
}

/** `/stats/summary` (k8s.io/kubelet `pkg/apis/stats/v1alpha1`), as far as it is known here. CPU rates are over the time between two looks. */
export function statsSummary(
  nodeName: string,
  startedAtMs: number,
  pods: readonly PodUsage[],
  nowMs: number,
  rate: (key: string, cpuNs: bigint, atMs: number) => number | undefined,
): object {
  const machine = machineUsage();
  const cpu = (key: string, ns: bigint, atMs: number) => ({
    time: microTimestamp(atMs),
    usageNanoCores: rate(key, ns, atMs) ?? 0,
    usageCoreNanoSeconds: Number(ns),
  });
  const memory = (stats: ContainerStats) => ({
    time: microTimestamp(stats.atMs),
    usageBytes: stats.memoryUsageBytes,
    workingSetBytes: stats.memoryWorkingSetBytes,
    rssBytes: stats.memoryRssBytes,
  });
  return {
    node: {
      nodeName,
      startTime: timestamp(startedAtMs),
      cpu: cpu('node', BigInt(Math.round(machine.cpuSeconds * 1e9)), nowMs),
      memory: {
        time: microTimestamp(nowMs),
        availableBytes: machine.availableBytes,
        workingSetBytes: machine.workingSetBytes,
      },
    },
    pods: pods.map(({ runner, stats, containers }) => {
      const { name, namespace, uid } = runner.pod.metadata;
      return {
        podRef: { name, namespace, uid },
        startTime: runner.status?.startTime,
        containers: containers.map((each) => ({
          name: each.container,
          startTime: timestamp(each.startedAtMs),
          cpu: cpu(each.id, each.stats.cpuUsageNs, each.stats.atMs),
          memory: memory(each.stats),
        })),
        ...(stats ? { cpu: cpu(uid ?? '', stats.cpuUsageNs, stats.atMs), memory: memory(stats) } : {}),
      };
    }),
  };
}

/** Reads the usage of every running container and pod. */
export async function readUsage(
  runners: Iterable<PodRunner>,
  runtime: ContainerRuntime,
  resourcesOf: (
    runner: PodRunner,
    container: string,
  ) => Pick<ContainerUsage, 'cpuLimitMilli' | 'cpuRequestMilli' | 'memoryLimitBytes'>,
): Promise<PodUsage[]> {
  return Promise.all(
    [...runners].map(async (runner) => {
      const [stats, ...containers] = await Promise.all([
        runtime.cgroupStats(runner.cgroup).catch(() => undefined),
        ...runner.containers.map(async (each): Promise<ContainerUsage | undefined> => {
          const current = each.current;
          if (current?.state !== 'running') return undefined;
          const found = await runtime.stats(current.id).catch(() => undefined);
          return (
            found && {
              namespace: runner.pod.metadata.namespace ?? '',
              pod: runner.pod.metadata.name ?? '',
              podUid: runner.uid,
              container: each.spec.name,
              image: each.spec.image ?? '',
              id: current.id,
              cgroup: `${runner.cgroup}/${current.id}`,
              startedAtMs: current.startedAtMs ?? current.createdAtMs,
              stats: found,
              ...resourcesOf(runner, each.spec.name),
            }
          );
        }),
      ]);
      return { runner, stats, containers: containers.filter((each) => each !== undefined) };
    }),
  );
}
