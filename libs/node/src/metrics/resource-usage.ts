import { readFileSync, readlinkSync } from 'node:fs';
import { totalmem } from 'node:os';
import { basename } from 'node:path';
import { microTimestamp, timestamp } from '@gantry/base';
import type { LinkCounters, PodTraffic } from '@gantry/network';
import type { ContainerRuntime, ContainerStats, DeviceIo, ResourceUsage } from '@gantry/runtime';
import type { PodRunner } from '../pods/pod-runner.ts';

/** A container's use of resources: all that is known of it, or only what is asked for often. */
export interface ContainerUsage<S extends ResourceUsage = ResourceUsage> {
  namespace: string;
  pod: string;
  podUid: string;
  container: string;
  image: string;
  id: string;
  cgroup: string;
  startedAtMs: number;
  stats: S;
  cpuLimitMilli: number;
  cpuRequestMilli: number;
  memoryLimitBytes: number;
}

export interface PodUsage<S extends ResourceUsage = ResourceUsage> {
  runner: PodRunner;
  stats: ResourceUsage | undefined;
  /** Undefined for pods in the node's own network. */
  traffic: PodTraffic | undefined;
  containers: ContainerUsage<S>[];
}

/** CPU time and memory of the whole machine (proc_stat(5), proc_meminfo(5)). */
export function machineUsage(): {
  cpuSeconds: number;
  workingSetBytes: number;
  usageBytes: number;
  availableBytes: number;
} {
  const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = readFileSync(
    '/proc/stat',
    'utf8',
  )
    .split('\n')[0]!
    .split(/\s+/)
    .map(Number);
  const memory = readFileSync('/proc/meminfo', 'utf8');
  const bytes = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1] ?? 0) * 1024;
  const available = bytes('MemAvailable');
  // USER_HZ is 100 on all that Node runs on.
  return {
    cpuSeconds: (user + nice + system + irq + softirq + steal) / 100,
    workingSetBytes: totalmem() - available,
    usageBytes: totalmem() - bytes('MemFree'),
    availableBytes: available,
  };
}

const label = (value: string) =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

/** Labels as they stand between the braces: written once, used by many metrics. */
function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, each]) => `${key}="${label(each)}"`)
    .join(',');
}

/** One metric in Prometheus' text format; of each sample its labels as text and its value. */
function metric(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: Iterable<readonly [string, number]>,
): string {
  let text = `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
  for (const [labels, value] of samples) text += `${name}${labels ? `{${labels}}` : ''} ${value}\n`;
  return text;
}

const containerGauges: [name: string, help: string, value: (stats: ContainerStats) => number][] = [
  ['container_memory_rss', 'Size of RSS in bytes.', (stats) => stats.memoryRssBytes],
  ['container_memory_cache', 'Number of bytes of page cache memory.', (stats) => stats.memoryCacheBytes],
  [
    'container_memory_mapped_file',
    'Size of memory mapped files in bytes.',
    (stats) => stats.memoryMappedBytes,
  ],
  ['container_memory_swap', 'Container swap usage in bytes.', (stats) => stats.memorySwapBytes],
  ['container_processes', 'Number of processes running inside the container.', (stats) => stats.pids],
];

const containerCounters: typeof containerGauges = [
  [
    'container_cpu_cfs_periods_total',
    'Number of elapsed enforcement period intervals.',
    (stats) => stats.cpuPeriods,
  ],
  [
    'container_cpu_cfs_throttled_periods_total',
    'Number of throttled period intervals.',
    (stats) => stats.cpuThrottledPeriods,
  ],
  [
    'container_cpu_cfs_throttled_seconds_total',
    'Total time duration the container has been throttled.',
    (stats) => Number(stats.cpuThrottledNs) / 1e9,
  ],
  [
    'container_oom_events_total',
    'Count of out of memory events observed for the container.',
    (stats) => stats.oomEvents,
  ],
];

const containerSpecs: [
  name: string,
  help: string,
  value: (each: ContainerUsage<ContainerStats>) => number | undefined,
][] = [
  [
    'container_start_time_seconds',
    'Start time of the container since unix epoch in seconds.',
    ({ startedAtMs }) => startedAtMs / 1000,
  ],
  [
    'container_last_seen',
    'Last time a container was seen by the exporter',
    ({ stats }) => Math.floor(stats.atMs / 1000),
  ],
  ['container_spec_cpu_period', 'CPU period of the container.', () => 100_000],
  [
    'container_spec_cpu_quota',
    'CPU quota of the container.',
    ({ cpuLimitMilli }) => (cpuLimitMilli > 0 ? cpuLimitMilli * 100 : undefined),
  ],
  [
    'container_spec_cpu_shares',
    'CPU share of the container.',
    ({ cpuRequestMilli }) => Math.max(2, Math.floor((cpuRequestMilli * 1024) / 1000)),
  ],
  [
    'container_spec_memory_limit_bytes',
    'Memory limit for the container.',
    ({ memoryLimitBytes }) => memoryLimitBytes,
  ],
];

const deviceCounters: [name: string, help: string, value: (io: DeviceIo) => number][] = [
  ['container_fs_reads_bytes_total', 'Cumulative count of bytes read', (io) => io.readBytes],
  ['container_fs_reads_total', 'Cumulative count of reads completed', (io) => io.reads],
  ['container_fs_writes_bytes_total', 'Cumulative count of bytes written', (io) => io.writeBytes],
  ['container_fs_writes_total', 'Cumulative count of writes completed', (io) => io.writes],
];

const linkMetrics: [suffix: string, what: string, value: (counters: LinkCounters) => number][] = [
  ['bytes', 'bytes', ({ bytes }) => bytes],
  ['packets', 'packets', ({ packets }) => packets],
  ['errors', 'errors encountered while transferring', ({ errors }) => errors],
  ['packets_dropped', 'packets dropped', ({ dropped }) => dropped],
];

/** `/metrics/cadvisor`: containers, and pods with `container=""`, under the names that dashboards know. */
export function cadvisorMetrics(pods: readonly PodUsage<ContainerStats>[], cpuMilli: number): string {
  const machine = machineUsage();
  const containers = pods
    .flatMap((pod) => pod.containers)
    .map((each) => ({
      each,
      labels: labelText({
        container: each.container,
        id: each.cgroup,
        image: each.image,
        name: each.id,
        namespace: each.namespace,
        pod: each.pod,
      }),
    }));
  const wholePods = pods.map(({ runner, stats, traffic }) => {
    const { namespace = '', name = '' } = runner.pod.metadata;
    return {
      ...{ stats, traffic },
      labels: labelText({ container: '', id: runner.cgroup, image: '', name: '', namespace, pod: name }),
    };
  });
  const root = labelText({ container: '', id: '/', image: '', name: '', namespace: '', pod: '' });
  const ofAll = (machineValue: number, value: (stats: ResourceUsage) => number) => [
    [root, machineValue] as const,
    ...containers.map(({ each, labels }) => [labels, value(each.stats)] as const),
    ...wholePods.flatMap(({ stats, labels }) => (stats ? [[labels, value(stats)] as const] : [])),
  ];
  const ofContainers = (value: (each: ContainerUsage<ContainerStats>) => number | undefined) =>
    containers.flatMap(({ each, labels }) => {
      const found = value(each);
      return found === undefined ? [] : [[labels, found] as const];
    });
  const ofDevices = (value: (io: DeviceIo) => number) =>
    containers.flatMap(({ each, labels }) =>
      each.stats.io.map((io) => [`${labels},device="${deviceName(io.device)}"`, value(io)] as const),
    );
  const ofLinks = (value: (traffic: PodTraffic) => number) =>
    wholePods.flatMap(({ traffic, labels }) =>
      traffic ? [[`${labels},interface="eth0"`, value(traffic)] as const] : [],
    );
  return [
    metric(
      'container_cpu_usage_seconds_total',
      'counter',
      'Cumulative cpu time consumed in seconds.',
      // Upstream has one series per CPU or this one.
      ofAll(machine.cpuSeconds, (stats) => Number(stats.cpuUsageNs) / 1e9).map(
        ([labels, value]) => [`${labels},cpu="total"`, value] as const,
      ),
    ),
    metric(
      'container_memory_working_set_bytes',
      'gauge',
      'Current working set in bytes.',
      ofAll(machine.workingSetBytes, (stats) => stats.memoryWorkingSetBytes),
    ),
    metric(
      'container_memory_usage_bytes',
      'gauge',
      'Current memory usage in bytes, including all memory regardless of when it was accessed',
      ofAll(machine.usageBytes, (stats) => stats.memoryUsageBytes),
    ),
    ...containerGauges.map(([name, help, value]) =>
      metric(
        name,
        'gauge',
        help,
        ofContainers(({ stats }) => value(stats)),
      ),
    ),
    ...containerCounters.map(([name, help, value]) =>
      metric(
        name,
        'counter',
        help,
        ofContainers(({ stats }) => value(stats)),
      ),
    ),
    ...containerSpecs.map(([name, help, value]) => metric(name, 'gauge', help, ofContainers(value))),
    ...deviceCounters.map(([name, help, value]) => metric(name, 'counter', help, ofDevices(value))),
    ...linkMetrics.flatMap(([suffix, what, value]) => [
      metric(
        `container_network_receive_${suffix}_total`,
        'counter',
        `Cumulative count of ${what} received`,
        ofLinks(({ received }) => value(received)),
      ),
      metric(
        `container_network_transmit_${suffix}_total`,
        'counter',
        `Cumulative count of ${what} transmitted`,
        ofLinks(({ sent }) => value(sent)),
      ),
    ]),
    metric('machine_cpu_cores', 'gauge', 'Number of logical CPU cores.', [['', cpuMilli / 1000]]),
    metric('machine_memory_bytes', 'gauge', 'Amount of memory installed on the machine.', [['', totalmem()]]),
  ].join('');
}

/** `/dev/sda` for `8:0`; the numbers where nothing is known of them. */
function deviceName(numbers: string): string {
  try {
    return `/dev/${basename(readlinkSync(`/sys/dev/block/${numbers}`))}`;
  } catch {
    return numbers;
  }
}

/** `/metrics/resource`: what metrics-server reads. */
export function resourceMetrics(pods: readonly PodUsage[]): string {
  const machine = machineUsage();
  const containers = pods.flatMap(({ containers }) => containers);
  const labels = ({ container, namespace, pod }: ContainerUsage) => labelText({ container, namespace, pod });
  const podLabels = ({ runner }: PodUsage) =>
    labelText({
      namespace: runner.pod.metadata.namespace ?? '',
      pod: runner.pod.metadata.name ?? '',
    });
  const withStats = pods.filter(({ stats }) => stats !== undefined);
  return [
    metric(
      'node_cpu_usage_seconds_total',
      'counter',
      'Cumulative cpu time consumed by the node in core-seconds',
      [['', machine.cpuSeconds]],
    ),
    metric('node_memory_working_set_bytes', 'gauge', 'Current working set of the node in bytes', [
      ['', machine.workingSetBytes],
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
      [['', 0]],
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
  const memory = (stats: ResourceUsage) => ({
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

/** So many pods are looked at in one go: reading control files keeps the process from everything else, some 50 µs a file. */
const podsAtOnce = 8;

/** Reads the usage of every running container, by `look`, and of every pod. */
export async function readUsage<S extends ResourceUsage>(
  runners: Iterable<PodRunner>,
  runtime: ContainerRuntime,
  look: (id: string) => Promise<S | undefined>,
  traffic: ReadonlyMap<string, PodTraffic>,
  resourcesOf: (
    runner: PodRunner,
    container: string,
  ) => Pick<ContainerUsage, 'cpuLimitMilli' | 'cpuRequestMilli' | 'memoryLimitBytes'>,
): Promise<PodUsage<S>[]> {
  const found: PodUsage<S>[] = [];
  for (const runner of [...runners]) {
    const containers: ContainerUsage<S>[] = [];
    for (const { current, spec } of runner.containers) {
      if (current?.state !== 'running') continue;
      const stats = await look(current.id).catch(() => undefined);
      if (!stats) continue;
      containers.push({
        namespace: runner.pod.metadata.namespace ?? '',
        pod: runner.pod.metadata.name ?? '',
        podUid: runner.uid,
        container: spec.name,
        image: spec.image ?? '',
        id: current.id,
        cgroup: `${runner.cgroup}/${current.id}`,
        startedAtMs: current.startedAtMs ?? current.createdAtMs,
        stats,
        ...resourcesOf(runner, spec.name),
      });
    }
    const stats = await runtime.cgroupUsage(runner.cgroup).catch(() => undefined);
    found.push({ runner, stats, traffic: traffic.get(runner.uid), containers });
    if (found.length % podsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}
