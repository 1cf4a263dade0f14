import { counter, gauge, histogram, type Metrics } from '@gantry/base';
import type { Exchange } from './exchange.ts';

/** Upstream's, in seconds: dashboards and objectives name some of them (`le="1"`, `le="30"`). */
const durationBuckets = [
  0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60,
];

/** The metrics of a Kubernetes API server that dashboards and alerts are made of. */
export class ServingMetrics {
  readonly #requests;
  readonly #durations;
  readonly #objectives;
  readonly #sizes;
  readonly #certificates;
  readonly #longRunning;
  readonly #watchEvents;
  /** What is counted for requests of one kind, by what tells the kinds apart: looking children up by labels costs more. */
  readonly #series = new Map<string, Series>();

  constructor(metrics: Metrics) {
    this.#requests = counter(metrics, 'apiserver_request_total', 'Requests by verb, resource and answer.', [
      ...['verb', 'dry_run', 'group', 'version', 'resource', 'subresource', 'scope', 'component', 'code'],
    ]);
    this.#durations = histogram(
      metrics,
      'apiserver_request_duration_seconds',
      'Time to answer, without long-running requests.',
      ['verb', 'dry_run', 'group', 'version', 'resource', 'subresource', 'scope', 'component'],
      [0.005, 0.025, ...durationBuckets],
    );
    this.#objectives = histogram(
      metrics,
      'apiserver_request_sli_duration_seconds',
      'Time to answer that counts towards service level objectives, without long-running requests.',
      requestLabels,
      durationBuckets,
    );
    this.#sizes = histogram(
      metrics,
      'apiserver_response_sizes',
      'Sizes of answers to GET and LIST in bytes, before compression.',
      requestLabels,
      [1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9],
    );
    this.#certificates = histogram(
      metrics,
      'apiserver_client_certificate_expiration_seconds',
      'Remaining lifetime of the certificates that requests were authenticated by.',
      [],
      [0, 1800, 3600, 7200, 21_600, 43_200, 86_400, 172_800, 345_600, 604_800, 2_592_000, 7_776_000].concat([
        15_552_000, 31_104_000,
      ]),
    );
    this.#longRunning = gauge(
      metrics,
      'apiserver_longrunning_requests',
      'Watches and streams being served.',
      requestLabels,
    );
    this.#watchEvents = counter(metrics, 'apiserver_watch_events_total', 'Events sent to watchers.', [
      ...['group', 'version', 'kind'],
    ]);
  }

  /** A request has been answered. */
  done(exchange: Exchange, nowMs: number): void {
    const series = this.#seriesOf(exchange);
    series.count(exchange.code);
    if (exchange.longRunning) return;
    series.observe((nowMs - exchange.startMs) / 1000);
    series.size?.(exchange.sizeBytes);
  }

  /** A watch or a stream is being served until the result is disposed of. */
  longRunning(exchange: Exchange): Disposable {
    exchange.longRunning = true;
    const { dry_run: _, ...labels } = this.#labels(exchange);
    this.#longRunning.inc(labels);
    return { [Symbol.dispose]: () => this.#longRunning.dec(labels) };
  }

  /** A request was authenticated by a certificate that is good for so long. */
  certificate(leftMs: number): void {
    this.#certificates.observe(Math.max(0, leftMs / 1000));
  }

  watchEvents(group: string, version: string, kind: string): { inc(by?: number): void } {
    return this.#watchEvents.labels({ group, version, kind });
  }

  #seriesOf(exchange: Exchange): Series {
    const { group, version, resource, subresource, namespace, name, search } = exchange.info;
    const verb = knownVerbs.has(exchange.info.verb.toUpperCase()) ? exchange.info.verb : 'other';
    const key = exchange.served
      ? `${verb} ${group}/${version}/${resource}/${subresource} ${name ? 2 : namespace ? 1 : 0}${search.includes('dryRun=All')}`
      : `${verb} ${exchange.servedPath}`;
    let series = this.#series.get(key);
    if (!series) {
      const labels = this.#labels(exchange);
      const counters = new Map<number, { inc(): void }>();
      const { dry_run: _, ...requestLabels } = labels;
      const timer = this.#durations.labels(labels);
      const objective = this.#objectives.labels(requestLabels);
      const sizes = sized.has(labels['verb']!) ? this.#sizes.labels(requestLabels) : undefined;
      series = {
        observe: (seconds) => {
          timer.observe(seconds);
          objective.observe(seconds);
        },
        ...(sizes ? { size: (bytes: number) => sizes.observe(bytes) } : {}),
        count: (code) => {
          let each = counters.get(code);
          if (!each) counters.set(code, (each = this.#requests.labels({ ...labels, code: String(code) })));
          each.inc();
        },
      };
      this.#series.set(key, series);
    }
    return series;
  }

  /** Only what the server knows becomes a label: a client's made-up resource must not make a time series. */
  #labels(exchange: Exchange): Record<string, string> {
    const { info } = exchange;
    const known = exchange.served;
    const verb = info.verb.toUpperCase();
    return {
      verb: knownVerbs.has(verb) ? (methodVerbs[verb] ?? verb) : 'OTHER',
      dry_run: info.search.includes('dryRun=All') ? 'All' : '',
      group: known ? info.group : '',
      version: known ? info.version : '',
      resource: known ? info.resource : '',
      subresource: known ? info.subresource : info.isResource ? '' : exchange.servedPath,
      scope: !known ? '' : info.name ? 'resource' : info.namespace ? 'namespace' : 'cluster',
      component: 'apiserver',
    };
  }
}

/** The counters of requests of one kind. */
interface Series {
  count(code: number): void;
  observe(seconds: number): void;
  size?(bytes: number): void;
}

const requestLabels = ['verb', 'group', 'version', 'resource', 'subresource', 'scope', 'component'];
/** Whose sizes upstream counts. */
const sized = new Set(['GET', 'LIST']);

/** Upstream counts these under the method that they come by. */
const methodVerbs: Record<string, string> = { CREATE: 'POST', UPDATE: 'PUT' };
const knownVerbs = new Set(
  [
    'GET',
    'LIST',
    'WATCH',
    'CREATE',
    'UPDATE',
    'PATCH',
    'DELETE',
    'DELETECOLLECTION',
    'POST',
    'PUT',
    'HEAD',
  ].concat('CONNECT', 'OPTIONS'),
);
