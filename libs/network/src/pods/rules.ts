import { ipv4Number } from '../ipv4.ts';
import type { Flow, NetfilterSocket } from '../netlink/netfilter.ts';
import { dropTable, nft } from '../nft.ts';
import type { Host } from '@gantry/host';
import type { HostPort } from '../network.ts';

export interface PodRulesOptions {
  host: Host;
  bridge: string;
  podCidr: string;
  clusterCidr: string;
  netfilter: NetfilterSocket;
  /** This node's own addresses now, all of which host ports answer on. */
  localAddresses(): readonly string[];
}

const udp = 17;

/**
 * The nftables rules of a node's own pods, in one table named after the bridge: what leaves the cluster gets the node's address,
 * host ports lead into pods, and a pod that reaches itself through one is given another source.
 */
export class PodRules {
  readonly #options: PodRulesOptions;
  readonly #table: string;
  /** Taken host ports and by which pod: `TCP/8080` for all addresses, `TCP/8080/10.0.0.1` for one. */
  readonly #taken = new Map<
    string,
    { id: string; hostIp: string | undefined; proto: string; port: number }
  >();

  constructor(options: PodRulesOptions) {
    this.#options = options;
    this.#table = tableName(options.bridge);
  }

  /** Replaces the whole table by one with these host ports. */
  async reset(
    pods: readonly { id: string; address: string; hostPorts: readonly HostPort[] }[],
  ): Promise<void> {
    this.#taken.clear();
    const { bridge, podCidr, clusterCidr } = this.#options;
    const elements = pods.map((pod) =>
      this.#elements('add', pod.address, this.#claim(pod.id, pod.hostPorts)),
    );
    await nft(
      this.#options.host,
      `${dropTable(this.#table)}table ip ${this.#table} {
  map ports { type inet_proto . inet_service : ipv4_addr . inet_service; }
  map address-ports { type ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
  set hairpin { type ipv4_addr . ipv4_addr; }
  chain host-ports {
    ip daddr 127.0.0.0/8 return
    meta l4proto { tcp, udp, sctp } dnat ip to ip daddr . meta l4proto . th dport map @address-ports
    meta l4proto { tcp, udp, sctp } dnat ip to meta l4proto . th dport map @ports
  }
  chain prerouting { type nat hook prerouting priority -100; fib daddr type local jump host-ports; }
  chain output { type nat hook output priority -100; fib daddr type local jump host-ports; }
  chain postrouting {
    type nat hook postrouting priority 100
    ip saddr . ip daddr @hairpin ct status dnat masquerade fully-random
    ip saddr ${podCidr} ip daddr != ${clusterCidr} oifname != "${bridge}" masquerade fully-random
  }
}
${elements.join('')}`,
    );
  }

  /** Rejects, with nothing changed, when another pod has one of the ports. */
  async open(id: string, address: string, ports: readonly HostPort[]): Promise<void> {
    if (ports.length === 0) return;
    const claimed = this.#claim(id, ports);
    try {
      await nft(this.#options.host, this.#elements('add', address, claimed));
    } catch (error) {
      this.#release(id);
      throw error;
    }
    this.#forgetFlows(address, ports);
  }

  async close(id: string, address: string, ports: readonly HostPort[]): Promise<void> {
    if (ports.length === 0) return;
    await nft(this.#options.host, this.#elements('delete', address, ports));
    this.#release(id);
    this.#forgetFlows(undefined, ports);
  }

  /**
   * UDP has no end of connection: who has been sending to a host port since before it led to that address, or goes on when it leads
   * nowhere any more, would never get anywhere else.
   */
  #forgetFlows(address: string | undefined, ports: readonly HostPort[]): void {
    const changed = ports.filter(({ protocol }) => protocol === 'UDP');
    if (changed.length === 0) return;
    const { netfilter, localAddresses } = this.#options;
    const local = new Set(localAddresses());
    const isStale = ({ protocol, destination, destinationPort, answeredBy, answeredByPort }: Flow) =>
      protocol === udp &&
      changed.some(({ hostIp, hostPort, containerPort }) => {
        const wanted = anyAddress(hostIp);
        return (
          hostPort === destinationPort &&
          (wanted === undefined ? local.has(destination) : wanted === destination) &&
          !(answeredBy === address && answeredByPort === containerPort)
        );
      });
    netfilter.deleteFlows(netfilter.flows(isStale));
  }

  /** Two pods may share a port number only on different addresses of the node. */
  #claim(id: string, ports: readonly HostPort[]): readonly HostPort[] {
    for (const port of ports) {
      if (!isPort(port.hostPort) || !isPort(port.containerPort) || !protocols.has(port.protocol))
        throw new TypeError(
          `host port ${JSON.stringify(port)} of pod ${id} is not a port of TCP, UDP or SCTP`,
        );
      const hostIp = anyAddress(port.hostIp);
      if (hostIp !== undefined && ipv4Number(hostIp) === undefined)
        throw new TypeError(
          `host port ${port.hostPort} of pod ${id}: ${JSON.stringify(hostIp)} is not an IPv4 address`,
        );
      for (const other of this.#taken.values())
        if (
          other.port === port.hostPort &&
          other.proto === port.protocol &&
          (other.hostIp === undefined || hostIp === undefined || other.hostIp === hostIp)
        ) {
          this.#release(id);
          throw new Error(`host port ${port.hostPort}/${port.protocol} is taken by pod ${other.id}`);
        }
      this.#taken.set(`${port.protocol}/${port.hostPort}/${hostIp ?? ''}`, {
        id,
        hostIp,
        proto: port.protocol,
        port: port.hostPort,
      });
    }
    return ports;
  }

  #release(id: string): void {
    for (const [key, { id: owner }] of this.#taken) if (owner === id) this.#taken.delete(key);
  }

  #elements(verb: 'add' | 'delete', address: string, ports: readonly HostPort[]): string {
    if (ports.length === 0) return '';
    const lines = ports.map((port) => {
      const hostIp = anyAddress(port.hostIp);
      const key = `${port.protocol.toLowerCase()} . ${port.hostPort}`;
      const [map, element] = hostIp === undefined ? ['ports', key] : ['address-ports', `${hostIp} . ${key}`];
      return `${verb} element ip ${this.#table} ${map} { ${element} : ${address} . ${port.containerPort} }\n`;
    });
    return `${lines.join('')}${verb} element ip ${this.#table} hairpin { ${address} . ${address} }\n`;
  }
}

/** Removes the rules of the pods on that bridge, whoever made them. */
export async function removePodRules(host: Host, bridge: string): Promise<void> {
  await nft(host, dropTable(tableName(bridge)));
}

/** The name of the table for a bridge; one per bridge, so that several can live in one namespace. */
export function tableName(bridge: string): string {
  return `gantry-pods-${bridge.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}

const protocols = new Set(['TCP', 'UDP', 'SCTP']);
const isPort = (port: number) => Number.isInteger(port) && port > 0 && port < 65536;
const anyAddress = (hostIp: string | undefined) =>
  hostIp === undefined || hostIp === '' || hostIp === '0.0.0.0' ? undefined : hostIp;
