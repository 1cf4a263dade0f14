import { counter, histogram, isStatus, type Clock, type Metrics } from '@gantry/base';
import { prefixEnd, registryPrefix } from '../keys.ts';
import { SettleableFeed } from '../store/settleable-feed.ts';
import type {
  Feed,
  FeedReceiver,
  RangeQuery,
  RangeResult,
  Store,
  StoreChange,
  Version,
  WriteResult,
} from '../store/store.ts';
import type { EtcdClient, EtcdEvent, EtcdKeyValue } from './etcd-client.ts';
import { LeasePool } from './lease-pool.ts';

/** Keys per request of a range without limit: 1,000 objects of 4 KB are 4 MB, gRPC's usual limit. */
const pageSize = 1_000;

type Observe = (operation: string, key: string, startedMs: number, ok: boolean) => void;

/** A {@link Store} in etcd: a revision is etcd's mod revision, a feed is one of its watches. */
export class EtcdStore implements Store {
  readonly #client: EtcdClient;
  readonly #clock: Clock;
  readonly #leases: LeasePool;
  readonly #observe: Observe;

  constructor(client: EtcdClient, clock: Clock, metrics?: Metrics) {
    this.#client = client;
    this.#clock = clock;
    this.#leases = new LeasePool(client, clock);
    this.#observe = metrics ? observer(metrics, clock) : () => undefined;
  }

  async read(key: string): Promise<Version | undefined> {
    const { kvs } = await this.#timed('get', key, () => this.#client.range({ key }));
    return kvs[0] && versionOf(kvs[0]);
  }

  async range(prefix: string, query: RangeQuery = {}): Promise<RangeResult> {
    const end = prefixEnd(prefix);
    const versions: Version[] = [];
    let { revision, after } = query;
    for (;;) {
      const key = after !== undefined && after >= prefix ? `${after}\0` : prefix;
      const limit = query.limit ?? pageSize;
      const page = await this.#timed('list', prefix, () => this.#client.range({ key, end, limit, revision }));
      revision ??= page.revision;
      for (const kv of page.kvs) versions.push(versionOf(kv));
      const remaining = page.count - page.kvs.length;
      if (remaining <= 0 || query.limit !== undefined) return { versions, revision, remaining };
      after = versions.at(-1)!.key;
    }
  }

  async write(
    key: string,
    value: Uint8Array | undefined,
    expected: bigint,
    ttlSeconds?: number,
  ): Promise<WriteResult> {
    if (value === undefined && expected === 0n) return { done: false };
    const lease = ttlSeconds && value ? await this.#leases.take(ttlSeconds) : undefined;
    const operation = value === undefined ? 'delete' : expected === 0n ? 'create' : 'update';
    const result = await this.#timed(operation, key, () =>
      this.#client.write({ key, value, expected, lease }),
    );
    if (result.done) return { done: true, revision: result.revision };
    return result.current ? { done: false, current: versionOf(result.current) } : { done: false };
  }

  feed(prefix: string, after: bigint, receiver: FeedReceiver, options: { previous?: boolean } = {}): Feed {
    const feed = new SettleableFeed(() => watch[Symbol.dispose]());
    const watch = this.#client.watch(
      { key: prefix, end: prefixEnd(prefix), from: after + 1n, previous: options.previous ?? false },
      {
        created: () => undefined,
        events: (events) => receiver.changes(events.map(changeOf)),
        progress: (revision) => receiver.progress(revision),
        failed: (error) => feed.fail(error),
      },
    );
    return feed;
  }

  /** A read that needs a quorum, as upstream's health check does. */
  async probe(): Promise<void> {
    await this.#client.range({ key: `${registryPrefix}health`, countOnly: true });
  }

  async #timed<R>(operation: string, key: string, call: () => Promise<R>): Promise<R> {
    const startedMs = this.#clock.monotonicMs();
    try {
      const result = await call();
      this.#observe(operation, key, startedMs, true);
      return result;
    } catch (error) {
      this.#observe(operation, key, startedMs, isStatus(error, 'Expired', 'Timeout'));
      throw error;
    }
  }
}

function versionOf({ key, value, modRevision }: EtcdKeyValue): Version {
  return { key, value, revision: modRevision };
}

function changeOf({ type, kv, previous }: EtcdEvent): StoreChange {
  const before = previous && versionOf(previous);
  if (type === 'put') return { type, version: versionOf(kv), previous: before };
  return { type, key: kv.key, revision: kv.modRevision, previous: before };
}

/** Upstream's names (apiserver `pkg/storage/etcd3/metrics`); `type` is the first segment of the key below `/registry/`. */
function observer(metrics: Metrics, clock: Clock): Observe {
  const labels = ['operation', 'type'] as const;
  const duration = histogram(
    metrics,
    'etcd_request_duration_seconds',
    'Etcd request latency in seconds for each operation and object type.',
    labels,
  );
  const total = counter(metrics, 'etcd_requests_total', 'Etcd requests by operation, type and outcome.', [
    ...labels,
    'status',
  ]);
  // Looking children up by their labels would cost each call more than its clock.
  const series = new Map<
    string,
    { timer: { observe(seconds: number): void }; counters: Record<'success' | 'failure', { inc(): void }> }
  >();
  return (operation, key, startedMs, ok) => {
    const end = key.indexOf('/', registryPrefix.length);
    const type = key.slice(registryPrefix.length, end < 0 ? undefined : end);
    const name = `${operation} ${type}`;
    let each = series.get(name);
    if (!each) {
      each = {
        timer: duration.labels({ operation, type }),
        counters: {
          success: total.labels({ operation, type, status: 'success' }),
          failure: total.labels({ operation, type, status: 'failure' }),
        },
      };
      series.set(name, each);
    }
    each.timer.observe((clock.monotonicMs() - startedMs) / 1000);
    each.counters[ok ? 'success' : 'failure'].inc();
  };
}
