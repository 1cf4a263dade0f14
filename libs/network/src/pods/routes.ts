import { messageOf } from '@gantry/base';
import { ipv4Number, ipv4Text, parseIpv4Network } from '../ipv4.ts';
import { addVxlan, deleteLink } from '../netlink/link.ts';
import type { Request } from '../netlink/message.ts';
import { setNeighbour, setTunnelForwarding } from '../netlink/neighbour.ts';
import { deleteRoute, gantryProtocol, replaceRoute, type Route } from '../netlink/route.ts';
import type { RouteSocket } from '../netlink/route-socket.ts';
import type { NodeRoute } from '../network.ts';

/** Outer headers of VXLAN over IPv4: Ethernet 14, IP 20, UDP 8, VXLAN 8 (RFC 7348). */
const tunnelOverheadBytes = 50;
const tunnelPort = 4789;
const tunnelNetworkId = 0x6717;

export interface PodRoutesOptions {
  route: RouteSocket;
  bridge: string;
  /** This node's own. */
  podCidr: string;
  mtu: number;
}

/**
 * The ways to other nodes' pods. Where a node's address is on a link of ours, a plain route through it; where routers stand
 * between, which know nothing of pod addresses, a VXLAN tunnel. Its far ends need no exchange of MACs: they follow from the
 * nodes' addresses.
 */
export class PodRoutes {
  readonly #options: PodRoutesOptions;

  constructor(options: PodRoutesOptions) {
    this.#options = options;
  }

  get #tunnelName(): string {
    return `${this.#options.bridge.slice(0, 12)}-vx`;
  }

  /**
   * Replaces what is there by ways to these; nodes with this node's own CIDR are passed over. Throws one Error naming all nodes that
   * cannot be reached, after the others are set.
   */
  set(nodes: readonly NodeRoute[]): void {
    const { route, podCidr } = this.#options;
    const failures: string[] = [];
    const wanted = new Map<string, Route>();
    let tunnelled = false;
    for (const node of nodes)
      for (const cidr of node.podCidrs) {
        try {
          const destination = parseIpv4Network(cidr).text;
          if (destination === podCidr) continue;
          const way = route.routeTo(node.address);
          if (way?.linkIndex === undefined) throw new Error('no route to it');
          if (way.gateway !== undefined) {
            tunnelled = true;
            wanted.set(destination, this.#tunnel(node.address, destination, way.source));
          } else wanted.set(destination, { destination, gateway: node.address, linkIndex: way.linkIndex });
          route.execute([replaceRoute(wanted.get(destination)!)]);
        } catch (error) {
          failures.push(`${node.name} (${node.address}, pods ${cidr}): ${messageOf(error)}`);
        }
      }
    this.#removeOthers(wanted);
    if (!tunnelled) this.#removeTunnel();
    if (failures.length > 0) throw new Error(`cannot route to the pods of ${failures.join('; ')}`);
  }

  destroy(): void {
    this.#removeOthers(new Map());
    this.#removeTunnel();
  }

  #removeOthers(wanted: ReadonlyMap<string, Route>): void {
    const { route } = this.#options;
    const stale: Request[] = [];
    for (const each of route.routes())
      if (each.protocol === gantryProtocol && each.gateway !== undefined && !wanted.has(each.destination))
        stale.push(deleteRoute(each));
    route.execute(stale, ['ESRCH']);
  }

  /** The route through the tunnel to `remote`, with what the tunnel must know of it. */
  #tunnel(remote: string, destination: string, local: string | undefined): Route {
    const { route, mtu, podCidr } = this.#options;
    if (local === undefined) throw new Error('no source address to send from');
    let link = route.link(this.#tunnelName);
    if (!link) {
      const tunnel = {
        name: this.#tunnelName,
        mac: tunnelMac(local),
        vni: tunnelNetworkId,
        port: tunnelPort,
        local,
      };
      route.execute([addVxlan({ ...tunnel, mtu: mtu - tunnelOverheadBytes })]);
      link = route.link(this.#tunnelName)!;
    }
    const gateway = ipv4Text(parseIpv4Network(destination).base);
    const mac = tunnelMac(remote);
    route.execute([
      setTunnelForwarding(link.index, mac, remote),
      setNeighbour({ linkIndex: link.index, address: gateway, mac }),
    ]);
    const source = ipv4Text(parseIpv4Network(podCidr).base + 1);
    return { destination, gateway, linkIndex: link.index, onLink: true, source };
  }

  #removeTunnel(): void {
    const { route } = this.#options;
    const link = route.link(this.#tunnelName);
    if (link) route.execute([deleteLink(link.index)], ['ENODEV']);
  }
}

/** The MAC of a node's tunnel end, from its address: locally administered, the same on every node that computes it. */
function tunnelMac(address: string): string {
  return macOf(address, '02:68');
}

/** A locally administered MAC made of an IPv4 address. */
export function macOf(address: string, prefix = '02:67'): string {
  const number = ipv4Number(address) ?? 0;
  return `${prefix}:${number.toString(16).padStart(8, '0').match(/../g)!.join(':')}`;
}
