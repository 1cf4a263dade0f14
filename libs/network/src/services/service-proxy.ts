import { counter, gauge, histogram, type Clock, type Logger, type Metrics } from '@gantry/base';
import type { Host } from '@gantry/host';
import { ipv4Number, parseIpv4Network } from '../ipv4.ts';
import { NetfilterSocket } from '../netlink/netfilter.ts';
import type { HealthCheck, ServicePort, ServiceProxy } from '../network.ts';
import { dropTable, nft } from '../nft.ts';
import { readAffinityClients } from './affinity-clients.ts';
import { HealthCheckServers } from './health-checks.ts';
import { tableUpdate, wholeTable, type ScriptOptions } from './script.ts';
import { ServiceTable } from './service-table.ts';
import { staleFlow } from './stale-flows.ts';

export interface ServiceProxyOptions {
  host: Host;
  log: Logger;
  clock: Clock;
  metrics: Metrics;
  /** Traffic to a cluster IP from anywhere else is masqueraded. Default `10.42.0.0/16`. */
  clusterCidr?: string;
  /** Node ports answer on these addresses. Default: on all of the node's but 127.0.0.0/8. */
  nodeAddresses?: readonly string[];
  /** Name of the nftables table, family ip. Default `gantry-services`. */
  table?: string;
}

/** How often the table is looked for, in case somebody flushed the rules. The question takes some 10 µs. */
const watchMs = 30_000;

/** Services in nftables, in the network namespace that the process runs in. Needs root and nft(8). Nothing is changed before `apply`. */
export async function openServiceProxy(options: ServiceProxyOptions): Promise<ServiceProxy> {
  const { code, stderr } = await options.host.run('nft', ['--version']);
  if (code !== 0) throw new Error(`nft does not run: ${stderr.trim()}; install nftables`);
  return new NftServiceProxy(options);
}

class NftServiceProxy implements ServiceProxy {
  readonly #host: Host;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #script: ScriptOptions;
  readonly #netfilter = new NetfilterSocket();
  readonly #syncSeconds;
  readonly #changes;
  readonly #count;
  #state = new ServiceTable();
  /** The kernel's table is as `#state` says; false before the first apply and after a failure. */
  #inStep = false;
  #wanted: readonly ServicePort[] = [];
  readonly #health: HealthCheckServers;
  #wantedChecks: readonly HealthCheck[] = [];
  #next: Promise<void> | undefined;
  #running: Promise<void> = Promise.resolve();
  #timer: Disposable | undefined;
  #closed = false;

  constructor(options: ServiceProxyOptions) {
    this.#host = options.host;
    this.#clock = options.clock;
    this.#log = options.log.child({ component: 'service-proxy' });
    this.#health = new HealthCheckServers(this.#log);
    for (const address of options.nodeAddresses ?? [])
      if (ipv4Number(address) === undefined)
        throw new TypeError(`node address ${JSON.stringify(address)} is not an IPv4 address`);
    const table = options.table ?? 'gantry-services';
    if (!/^[a-zA-Z][a-zA-Z0-9_-]*$/.test(table))
      throw new TypeError(`${JSON.stringify(table)} cannot name an nftables table`);
    this.#script = {
      table,
      clusterCidr: parseIpv4Network(options.clusterCidr ?? '10.42.0.0/16').text,
      nodeAddresses: options.nodeAddresses ?? [],
    };
    const { metrics } = options;
    this.#syncSeconds = histogram(
      metrics,
      'kubeproxy_sync_proxy_rules_duration_seconds',
      'Time to bring the kernel to the Services.',
      ['mode'],
    );
    this.#changes = counter(
      metrics,
      'gantry_service_proxy_elements_total',
      'Elements written to or deleted from nftables.',
      ['verb'],
    );
    this.#count = gauge(metrics, 'gantry_service_proxy_ports', 'Service ports in the kernel.');
  }

  apply(ports: readonly ServicePort[], healthChecks: readonly HealthCheck[] = []): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('the service proxy is closed'));
    this.#wanted = ports;
    this.#wantedChecks = healthChecks;
    // While one is under way, all that come meanwhile become one.
    return (this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      const done = this.#syncAll(this.#wanted, this.#wantedChecks);
      this.#running = done.catch(() => {});
      return done;
    }));
  }

  /** Balancers hear of endpoints when the kernel sends them traffic, and of a kernel that does not have what it should. */
  async #syncAll(ports: readonly ServicePort[], healthChecks: readonly HealthCheck[]): Promise<void> {
    try {
      await this.#sync(ports);
      this.#health.isProxyHealthy = true;
    } catch (error) {
      this.#health.isProxyHealthy = false;
      throw error;
    }
    await this.#health.apply(healthChecks);
  }

  async #sync(ports: readonly ServicePort[]): Promise<void> {
    const startMs = this.#clock.monotonicMs();
    if (this.#inStep && !this.#netfilter.hasTable(this.#script.table)) {
      this.#log.warn('nftables table is gone; making it again', { table: this.#script.table });
      this.#inStep = false;
    }
    const mode = this.#inStep ? 'incremental' : 'full';
    const touched = this.#inStep ? await this.#change(ports) : await this.#replace(ports);
    this.#flushFlows(touched);
    this.#syncSeconds.observe({ mode }, (this.#clock.monotonicMs() - startMs) / 1000);
    this.#count.set(ports.length);
    this.#watch();
  }

  /** Only what differs; the whole table when the kernel holds something else than thought. */
  async #change(ports: readonly ServicePort[]): Promise<readonly ServicePort[]> {
    const change = this.#state.update(ports);
    const script = tableUpdate(change, this.#script);
    this.#report(change.conflicts);
    if (script === '') return change.touched;
    try {
      await nft(this.#host, script);
    } catch (error) {
      this.#log.warn('change refused by nftables; replacing the whole table', { err: error });
      this.#inStep = false;
      return this.#replace(ports);
    }
    this.#changes.inc({ verb: 'add' }, change.added.size);
    this.#changes.inc({ verb: 'delete' }, change.removed.length);
    return change.touched;
  }

  async #replace(ports: readonly ServicePort[]): Promise<readonly ServicePort[]> {
    const before = [...this.#state.ports()];
    const state = new ServiceTable();
    const change = state.update(ports);
    this.#report(change.conflicts);
    const remembers = [...state.parts().values()].some(({ clientSeconds }) => clientSeconds !== undefined);
    const clients = remembers ? await readAffinityClients(this.#host, this.#script.table) : undefined;
    await nft(this.#host, wholeTable(state, this.#script, clients));
    this.#state = state;
    this.#inStep = true;
    this.#changes.inc({ verb: 'add' }, change.added.size);
    return [...before, ...ports];
  }

  #report(conflicts: readonly string[]): void {
    if (conflicts.length > 0)
      this.#log.warn('address and port claimed by several Services', { conflicts: conflicts.slice(0, 10) });
  }

  /** UDP has no end of connection: flows to endpoints that are gone would go on for as long as the client sends. */
  #flushFlows(touched: readonly ServicePort[]): void {
    const stale = staleFlow(touched, this.#state.ports());
    if (!stale) return;
    const flows = this.#netfilter.flows(stale);
    this.#netfilter.deleteFlows(flows);
    if (flows.length > 0) this.#log.debug('stale flows deleted', { flows: flows.length });
  }

  #watch(): void {
    this.#timer?.[Symbol.dispose]();
    if (this.#closed) return;
    this.#timer = this.#clock.after(watchMs, () => {
      if (this.#netfilter.hasTable(this.#script.table)) return this.#watch();
      this.apply(this.#wanted, this.#wantedChecks).catch((error: unknown) => {
        this.#log.error('nftables table could not be made again', { err: error });
        this.#watch();
      });
    });
  }

  async destroy(): Promise<void> {
    await this.#close();
    await nft(this.#host, dropTable(this.#script.table));
    this.#netfilter[Symbol.dispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
    this.#netfilter[Symbol.dispose]();
  }

  async #close(): Promise<void> {
    this.#closed = true;
    this.#timer?.[Symbol.dispose]();
    await this.#next?.catch(() => {});
    await this.#running;
    await this.#health[Symbol.asyncDispose]();
  }
}
