import { addAddress, deleteAddress } from '../netlink/address.ts';
import { addBridge, changeBridgePort, changeLink, podPort, type Link } from '../netlink/link.ts';
import { setBridgeForwarding, setNeighbour } from '../netlink/neighbour.ts';
import type { RouteSocket } from '../netlink/route-socket.ts';
import { setSysctl } from '../sysctl.ts';
import { macOf } from './routes.ts';

export interface BridgeOptions {
  name: string;
  /** The bridge's own address, every pod's gateway. */
  gateway: string;
  prefixLength: number;
  mtu: number;
}

/** Brings the bridge to be, with exactly that address. Idempotent. */
export function ensureBridge(route: RouteSocket, { name, gateway, prefixLength, mtu }: BridgeOptions): Link {
  const mac = macOf(gateway);
  let link = route.link(name);
  if (link && link.kind !== 'bridge')
    throw new Error(
      `cannot use ${name} as the pod bridge: a ${link.kind ?? 'hardware'} link has that name; choose another bridge name`,
    );
  if (!link) {
    route.execute([addBridge({ name, mac, mtu })]);
    link = route.link(name)!;
  }
  const { index } = link;
  const stale = route
    .addresses()
    .filter(
      (each) => each.linkIndex === index && (each.address !== gateway || each.prefixLength !== prefixLength),
    );
  route.execute([
    changeLink(index, { up: true, mac, mtu }),
    ...stale.map((each) => deleteAddress(index, each.address, each.prefixLength)),
    addAddress(index, gateway, prefixLength),
  ]);
  // Packets between pods go in and out of the bridge; the node must forward them and not tell pods to talk directly.
  setSysctl('net/ipv4/ip_forward', '1');
  setSysctl('net/ipv4/conf/all/send_redirects', '0');
  setSysctl(`net/ipv4/conf/${name}/send_redirects`, '0');
  return { ...link, mac };
}

/** Puts the outer end of a pod's veth back onto a bridge that was made anew. */
export function rejoinBridge(route: RouteSocket, bridge: Link, vethName: string, address: string): void {
  const veth = route.link(vethName);
  if (!veth || veth.masterIndex === bridge.index) return;
  const mac = macOf(address);
  route.execute([changeLink(veth.index, { masterIndex: bridge.index, up: true })]);
  route.execute([
    changeBridgePort(vethName, podPort),
    setBridgeForwarding(veth.index, mac),
    setNeighbour({ linkIndex: bridge.index, address, mac }),
  ]);
}

/** The MTU of the link towards the world; 1500 where there is none. */
export function defaultMtu(route: RouteSocket): number {
  const way = route.routes().find((each) => each.destination === '0.0.0.0/0');
  return route.links().find((each) => each.index === way?.linkIndex)?.mtu ?? 1500;
}

/** Addresses that others can reach this network namespace at, those of the default route's link first. */
export function nodeAddresses(route: RouteSocket, bridgeIndex: number): string[] {
  const world = route.routes().find((each) => each.destination === '0.0.0.0/0')?.linkIndex;
  const found = route.addresses().filter((each) => each.scope === 0 && each.linkIndex !== bridgeIndex);
  return [
    ...found.filter((each) => each.linkIndex === world),
    ...found.filter((each) => each.linkIndex !== world && each.linkIndex !== 1),
  ].map((each) => each.address);
}
