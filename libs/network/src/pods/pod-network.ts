import { counter, gauge, histogram, messageOf, type Clock, type Logger, type Metrics } from '@gantry/base';
import type { Host } from '@gantry/host';
import { ipv4Number, parseIpv4Network } from '../ipv4.ts';
import { NamespaceWorker } from '../namespace/namespace-worker.ts';
import { deleteLink, type Link } from '../netlink/link.ts';
import { NetfilterSocket } from '../netlink/netfilter.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import type { HostPort, NodeRoute, PodNetwork, PodTraffic, Sandbox, SandboxOptions } from '../network.ts';
import { AddressPool } from './address-pool.ts';
import { defaultMtu, ensureBridge, nodeAddresses, rejoinBridge } from './bridge.ts';
import { setHostname } from './hostname.ts';
import { macOf, PodRoutes } from './routes.ts';
import { PodRules, removePodRules } from './rules.ts';
import { SandboxPool } from './sandbox-pool.ts';
import { Slots, type SlotRecord } from './slots.ts';
import { linkCounters } from './traffic.ts';

export interface PodNetworkOptions {
  host: Host;
  /** A folder of this agent alone; namespaces are pinned in `<runDir>/ns`. Best on a tmpfs (`/run/…`): pins do not outlive a boot. */
  runDir: string;
  log: Logger;
  clock: Clock;
  metrics: Metrics;
  /** Of pods and bridge. Default: that of the default route's link, else 1500. */
  mtu?: number;
  /** Sandboxes that stand ready. Default 8. */
  poolSize?: number;
  /** Name of the bridge, at most 15 characters. Default `gantry0`. */
  bridge?: string;
  /** Traffic of pods to anywhere else leaves with the node's address. Default `10.42.0.0/16`. */
  clusterCidr?: string;
}

/**
 * The pod network of the network namespace that the process runs in. Call `open` before anything else. Needs root, nft(8), and a
 * kernel with bridge, veth and nf_tables.
 */
export async function openPodNetwork(options: PodNetworkOptions): Promise<PodNetwork> {
  const { code, stderr } = await options.host.run('nft', ['--version']);
  if (code !== 0) throw new Error(`nft does not run: ${stderr.trim()}; install nftables`);
  return new BridgeNetwork(options);
}

/** What `open` sets up for one pod CIDR. */
interface Node {
  addresses: AddressPool;
  bridge: Link;
  mtu: number;
  routes: PodRoutes;
  rules: PodRules;
  pool: SandboxPool<string>;
  nodeAddresses: string[];
}

interface Held {
  slot: string;
  record: SlotRecord;
  sandbox: Sandbox;
}

class BridgeNetwork implements PodNetwork {
  readonly #options: PodNetworkOptions;
  readonly #log: Logger;
  readonly #bridgeName: string;
  readonly #clusterCidr: string;
  readonly #slots: Slots;
  readonly #route = new RouteSocket();
  readonly #netfilter = new NetfilterSocket();
  readonly #worker = new NamespaceWorker();
  readonly #held = new Map<string, Held>();
  readonly #acquiring = new Map<string, Promise<Sandbox>>();
  readonly #acquireSeconds;
  readonly #failures;
  #node: Node | undefined;
  #hostSlots = 0;

  constructor(options: PodNetworkOptions) {
    this.#options = options;
    this.#log = options.log.child({ component: 'pod-network' });
    this.#bridgeName = options.bridge ?? 'gantry0';
    this.#clusterCidr = parseIpv4Network(options.clusterCidr ?? '10.42.0.0/16').text;
    this.#slots = new Slots(options.runDir, options.host.syscalls);
    this.#acquireSeconds = histogram(
      options.metrics,
      'gantry_pod_network_acquire_duration_seconds',
      'Time to hand out a sandbox, by whether the pool had one.',
      ['pool'],
      [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 1],
    );
    this.#failures = counter(
      options.metrics,
      'gantry_pod_network_failures_total',
      'Background work that failed.',
      ['work'],
    );
    const sandboxes = gauge(options.metrics, 'gantry_pod_network_sandboxes', 'Sandboxes by state.', [
      'state',
    ]);
    const held = this.#held;
    const ready = () => this.#node?.pool.ready ?? 0;
    Object.assign(sandboxes, {
      collect() {
        sandboxes.set({ state: 'in_use' }, held.size);
        sandboxes.set({ state: 'ready' }, ready());
      },
    });
  }

  async open({ podCidr, known }: { podCidr: string; known: readonly string[] }): Promise<void> {
    if (this.#node) {
      if (this.#node.addresses.network.text === parseIpv4Network(podCidr).text) return;
      throw new Error(
        `the pod network is open with ${this.#node.addresses.network.text} and cannot change to ${podCidr}`,
      );
    }
    const { host, clock, poolSize = 8 } = this.#options;
    this.#slots.open();
    const addresses = new AddressPool(podCidr, this.#slots.lastAddress);
    const cidr = addresses.network;
    const mtu = this.#options.mtu ?? defaultMtu(this.#route);
    const bridge = ensureBridge(this.#route, {
      name: this.#bridgeName,
      gateway: addresses.gateway,
      prefixLength: cidr.prefixLength,
      mtu,
    });
    const rules = new PodRules({
      host,
      bridge: this.#bridgeName,
      podCidr: cidr.text,
      clusterCidr: this.#clusterCidr,
      netfilter: this.#netfilter,
      localAddresses: () => this.#route.addresses().map(({ address }) => address),
    });
    const routes = new PodRoutes({ route: this.#route, bridge: this.#bridgeName, podCidr: cidr.text, mtu });
    const pool = new SandboxPool<string>({
      clock,
      size: poolSize,
      make: () => this.#make(),
      remove: (slots) => this.#remove(slots),
      onError: (what, error) => {
        this.#failures.inc({ work: what });
        this.#log.warn('sandbox could not be prepared or removed', { what, err: error });
      },
    });
    const node: Node = {
      addresses,
      bridge,
      mtu,
      routes,
      rules,
      pool,
      nodeAddresses: nodeAddresses(this.#route, bridge.index),
    };
    this.#node = node;
    try {
      await this.#recover(node, new Set(known));
    } catch (error) {
      this.#node = undefined;
      throw error;
    }
    pool.open();
  }

  /** Takes over the sandboxes of known pods and removes all others, also those that an earlier pool left. */
  async #recover(node: Node, known: ReadonlySet<string>): Promise<void> {
    const left: string[] = [];
    for (const { name, record } of this.#slots.list()) {
      const hostNetwork = name.startsWith('host-');
      if (hostNetwork) this.#hostSlots = Math.max(this.#hostSlots, Number(name.slice(5)) || 0);
      const keep =
        record !== undefined &&
        known.has(record.id) &&
        !this.#held.has(record.id) &&
        this.#slots.isWhole(name) &&
        (hostNetwork || node.addresses.reserve(name));
      if (!keep) {
        left.push(name);
        continue;
      }
      if (!hostNetwork) rejoinBridge(this.#route, node.bridge, vethName(name), name);
      this.#held.set(record.id, { slot: name, record, sandbox: this.#sandbox(node, name, record) });
    }
    await this.#remove(left);
    const pods = [...this.#held.values()].filter(({ slot }) => !slot.startsWith('host-'));
    await node.rules.reset(
      pods.map(({ slot, record }) => ({ id: record.id, address: slot, hostPorts: record.hostPorts })),
    );
    this.#log.info('pod network is up', {
      podCidr: node.addresses.network.text,
      bridge: this.#bridgeName,
      kept: this.#held.size,
      removed: left.length,
    });
  }

  acquire(options: SandboxOptions): Promise<Sandbox> {
    const held = this.#held.get(options.id);
    if (held) return Promise.resolve(held.sandbox);
    let pending = this.#acquiring.get(options.id);
    if (!pending) {
      pending = this.#acquire(options).finally(() => this.#acquiring.delete(options.id));
      this.#acquiring.set(options.id, pending);
    }
    return pending;
  }

  async #acquire(options: SandboxOptions): Promise<Sandbox> {
    const node = this.#opened();
    const { clock, host } = this.#options;
    const startMs = clock.monotonicMs();
    const { id, hostname, hostNetwork = false, hostIpc = false } = options;
    const hostPorts: readonly HostPort[] = hostNetwork ? [] : (options.hostPorts ?? []);
    let slot: string | undefined;
    let hit = false;
    if (hostNetwork) slot = await this.#makeHostSlot();
    else {
      slot = node.pool.take();
      hit = slot !== undefined;
      slot ??= await node.pool.next();
    }
    const record: SlotRecord = { id, hostname, hostIpc, hostPorts };
    try {
      setHostname(host.syscalls, this.#slots.pins(slot).uts!, hostname);
      this.#slots.write(slot, record);
      if (!hostNetwork) await node.rules.open(id, slot, hostPorts);
    } catch (error) {
      this.#slots.forget(slot);
      void node.pool.discard(slot);
      throw error;
    }
    const sandbox = this.#sandbox(node, slot, record);
    this.#held.set(id, { slot, record, sandbox });
    this.#acquireSeconds.observe({ pool: hit ? 'hit' : 'miss' }, (clock.monotonicMs() - startMs) / 1000);
    return sandbox;
  }

  get(id: string): Sandbox | undefined {
    return this.#held.get(id)?.sandbox;
  }

  traffic(): ReadonlyMap<string, PodTraffic> {
    const links = linkCounters();
    return new Map(
      [...this.#held].flatMap(([id, { slot }]) => {
        const outside = links.get(vethName(slot));
        // What the outer end has received, the pod has sent.
        return outside && !slot.startsWith('host-')
          ? [[id, { received: outside.sent, sent: outside.received }] as const]
          : [];
      }),
    );
  }

  async release(id: string): Promise<void> {
    await this.#acquiring.get(id)?.catch(() => {});
    const held = this.#held.get(id);
    if (!held) return;
    const node = this.#opened();
    this.#held.delete(id);
    this.#slots.forget(held.slot);
    const removed = node.pool.discard(held.slot); // in the background; nobody waits for it
    removed.catch(() => {});
    if (!held.slot.startsWith('host-')) await node.rules.close(id, held.slot, held.record.hostPorts);
  }

  async setRoutes(nodes: readonly NodeRoute[]): Promise<void> {
    this.#opened().routes.set(nodes);
  }

  async destroy(): Promise<void> {
    const node = this.#node;
    await node?.pool.close();
    this.#node = undefined;
    this.#held.clear();
    await this.#remove(
      this.#slots.list().map(({ name }) => name),
      node,
    );
    const route = this.#route;
    const bridge = route.link(this.#bridgeName);
    new PodRoutes({ route, bridge: this.#bridgeName, podCidr: '0.0.0.0/0', mtu: 0 }).destroy();
    if (bridge) route.execute([deleteLink(bridge.index)], ['ENODEV']);
    const { host } = this.#options;
    await removePodRules(host, this.#bridgeName);
    this.#slots.close();
    await this[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#node?.pool.close();
    this.#node = undefined;
    await this.#worker[Symbol.asyncDispose]();
    this.#route[Symbol.dispose]();
    this.#netfilter[Symbol.dispose]();
  }

  #opened(): Node {
    if (!this.#node)
      throw new Error('the pod network is not open: call open() with the node’s pod CIDR first');
    return this.#node;
  }

  #sandbox(node: Node, slot: string, { id, hostIpc }: SlotRecord): Sandbox {
    const pins = this.#slots.pins(slot);
    return {
      id,
      network: pins.net ?? 'host',
      ipc: hostIpc ? 'host' : pins.ipc!,
      uts: pins.uts!,
      addresses: pins.net === undefined ? [...node.nodeAddresses] : [slot],
    };
  }

  /** Makes a sandbox for the pool; its name is its address. */
  async #make(): Promise<string> {
    const { addresses, bridge, mtu } = this.#opened();
    const address = addresses.take();
    try {
      await this.#worker.make({
        pins: this.#slots.pins(address),
        link: {
          name: 'eth0',
          mac: macOf(address),
          mtu,
          address,
          // Alone on its link: even neighbours are reached through the node, so that services and policies apply to them.
          prefixLength: 32,
          gateway: addresses.gateway,
          gatewayOnLink: true,
          gatewayMac: bridge.mac,
          outside: { name: vethName(address), bridgeIndex: bridge.index, isFixed: true },
        },
      });
      this.#slots.lastAddress = address;
      return address;
    } catch (error) {
      this.#slots.removeFolder(address);
      addresses.give(address);
      throw new Error(`cannot make a pod sandbox with ${address}: ${messageOf(error)}`, { cause: error });
    }
  }

  async #makeHostSlot(): Promise<string> {
    const slot = `host-${++this.#hostSlots}`;
    await this.#worker.make({ pins: this.#slots.pins(slot) });
    return slot;
  }

  async #remove(slots: readonly string[], node = this.#node): Promise<void> {
    if (slots.length === 0) return; // the thread need not start for this
    await this.#worker.remove(
      slots.map((slot) => ({
        pins: this.#slots.pins(slot),
        ...(node && ipv4Number(slot) !== undefined
          ? { neighbour: { linkIndex: node.bridge.index, address: slot } }
          : {}),
      })),
    );
    for (const slot of slots) {
      this.#slots.removeFolder(slot);
      node?.addresses.give(slot);
    }
  }
}

/** The outer end of a pod's veth: from its address, so that it needs no record. */
export function vethName(address: string): string {
  return `pod${(ipv4Number(address) ?? 0).toString(16).padStart(8, '0')}`;
}
