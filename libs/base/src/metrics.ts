import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { productVersion, versionInfo } from './version.ts';

/**
 * Where a process keeps its Prometheus metrics. Libraries take one as an argument and register theirs under the names
 * that Kubernetes users scrape; the app serves `await metrics.metrics()` with `metrics.contentType`.
 */
export type Metrics = Registry;

/** Gauges whose names say that they are counters; each is the sum over one that stays. */
const misnamed = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

/** A registry with the process's own metrics (`process_cpu_seconds_total`, `nodejs_heap_size_used_bytes`, `kubernetes_build_info`, …). */
export function createMetrics(options: { processMetrics?: boolean } = {}): Metrics {
  const registry = new Registry();
  if (!(options.processMetrics ?? true)) return registry;
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const info = versionInfo(productVersion);
  const { major, minor, compiler, platform } = info;
  gauge(registry, 'kubernetes_build_info', 'Always 1, with the version that this process was built of.', [
    'major',
    'minor',
    'git_version',
    'git_commit',
    'git_tree_state',
    'build_date',
    'go_version',
    'compiler',
    'platform',
  ]).set(
    {
      ...{ major, minor, compiler, platform },
      git_version: info.gitVersion,
      git_commit: info.gitCommit,
      git_tree_state: info.gitTreeState,
      build_date: info.buildDate,
      go_version: info.goVersion,
    },
    1,
  );
  return registry;
}

/** Calls `set` before each time that somebody reads the gauge: for what changes more often than it is read. Several may. */
export function whenRead<L extends string>(
  each: Gauge<L> & { collect?: () => unknown },
  set: () => void,
): void {
  const before = each.collect?.bind(each);
  each.collect = () => {
    void before?.();
    set();
  };
}

/** The metric of that name, made at the first call: two components of one process may share it. */
export function counter<L extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Counter<L> {
  return (
    (metrics.getSingleMetric(name) as Counter<L> | undefined) ??
    new Counter<L>({ name, help, labelNames: [...labelNames], registers: [metrics] })
  );
}

/** See {@link counter}. */
export function gauge<L extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Gauge<L> {
  return (
    (metrics.getSingleMetric(name) as Gauge<L> | undefined) ??
    new Gauge<L>({ name, help, labelNames: [...labelNames], registers: [metrics] })
  );
}

/** See {@link counter}. Buckets in seconds unless the name says otherwise. */
export function histogram<L extends string>(
  metrics: Metrics,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
  buckets: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
): Histogram<L> {
  return (
    (metrics.getSingleMetric(name) as Histogram<L> | undefined) ??
    new Histogram<L>({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers: [metrics] })
  );
}
