import { existsSync, rmSync } from 'node:fs';
import type { Logger } from '@gantry/base';
import type { Host } from '@gantry/host';
import { ipv4Text, parseIpv4Network, type Ipv4Network } from '../ipv4.ts';
import { NamespaceWorker } from '../namespace/namespace-worker.ts';
import { addAddress } from '../netlink/address.ts';
import { addBridge, changeLink, deleteLink, type Link } from '../netlink/link.ts';
import { deleteRoute, replaceRoute } from '../netlink/route.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import { dropTable, nft } from '../nft.ts';
import { defaultMtu } from '../pods/bridge.ts';
import { macOf } from '../pods/routes.ts';
import { readSysctl, setSysctl } from '../sysctl.ts';
import { topologyNames, type TopologyNames } from './names.ts';
import { closeNamespaceFolder, openNamespaceFolder, pinnedFiles } from './namespace-folder.ts';
import { chooseSubnet } from './subnet.ts';

/** Mark our routes on the host (rtnetlink(7) `rtm_protocol`), apart from those of an agent that runs there. */
const podRouteProtocol = 104;
const serviceRouteProtocol = 105;
const forwardPath = 'net/ipv4/ip_forward';
/** br_netfilter's, where it is loaded: nodes route between pods and need no second look at bridged frames. */
const bridgeCallPath = 'net/bridge/bridge-nf-call-iptables';
/** The bridge's alias remembers what must be put back. */
const aliasPrefix = 'gantry topology, ip_forward was ';

export interface TopologyOptions {
  /** A DNS label; names the bridge `gantry-<name>` and the namespaces. */
  name: string;
  /** How many nodes there shall be at least. */
  nodes: number;
  host: Host;
  log: Logger;
  /** The nodes' network, between /16 and /29. Default: the first free /24 from 172.30.0.0 on. Ignored when the topology exists. */
  subnet?: string;
  /** Routed to the first node. Default `10.43.0.0/16`. */
  serviceCidr?: string;
}

export interface TopologyNode {
  /** `node-1`, `node-2`, … */
  name: string;
  address: string;
  /** Path of its network namespace: `nsenter --net=<path> …`, or `ip netns exec <file name> …`. */
  networkNamespace: string;
}

/** Several nodes on one host: a network namespace each, joined by a bridge that the host is on too. */
export interface Topology {
  name: string;
  bridge: string;
  /** The host's address on the nodes' network: where nodes reach what the host serves. */
  bridgeAddress: string;
  /** `172.30.0.0/24`. */
  subnet: string;
  nodes: readonly TopologyNode[];
  /** Replaces the host's routes to pods by these. */
  setPodRoutes(routes: readonly { podCidr: string; address: string }[]): Promise<void>;
  /** As {@link destroyTopology}. */
  destroy(): Promise<void>;
}

/**
 * Makes the topology, or what of it is missing; nodes beyond those asked for stay. The host then routes the service CIDR to the
 * first node, forwards for the nodes and lends them its address for the outside. Needs root and nft(8).
 */
export async function createTopology(options: TopologyOptions): Promise<Topology> {
  const { name, host, log } = options;
  const names = topologyNames(name);
  using route = new RouteSocket();
  const existing = route.link(names.bridge);
  const subnet = existing ? subnetOf(route, existing) : chooseSubnet(options.subnet, route.routes());
  if (!Number.isInteger(options.nodes) || options.nodes < 1 || options.nodes > Math.min(subnet.size - 3, 250))
    throw new TypeError(
      `${options.nodes} nodes do not fit: 1 to ${Math.min(subnet.size - 3, 250)} in ${subnet.text}`,
    );
  try {
    const bridge = existing ?? makeBridge(route, names, subnet);
    setSysctl(forwardPath, '1');
    await nft(
      host,
      `${dropTable(names.table)}table ip ${names.table} {
  chain postrouting {
    type nat hook postrouting priority 100
    ip saddr ${subnet.text} oifname != "${names.bridge}" masquerade
  }
}\n`,
    );
    await makeNodes(names, options.nodes, subnet, bridge);
    addHostRoute(
      route,
      options.serviceCidr ?? '10.43.0.0/16',
      nodeAddress(subnet, 1),
      serviceRouteProtocol,
      bridge,
      log,
    );
  } catch (error) {
    if (!existing) await destroyTopology(name, host);
    throw error;
  }
  return describe(name, names, subnet, host, log);
}

/** Removes all of it, also what a killed process left; no-op when there is nothing. Processes in the nodes should have ended. */
export async function destroyTopology(name: string, host: Host): Promise<void> {
  const names = topologyNames(name);
  await using worker = new NamespaceWorker();
  const nodes = existingNodes(names);
  await worker.remove(nodes.map((node) => ({ pins: { net: names.namespace(node) } })));
  using route = new RouteSocket();
  const links = route.links();
  const bridge = links.find((each) => each.name === names.bridge);
  const ours = new Set(Array.from({ length: 250 }, (_, i) => names.veth(i + 1)));
  for (const link of links) if (ours.has(link.name)) route.execute([deleteLink(link.index)], ['ENODEV']);
  if (bridge) {
    giveBackForwarding(route, bridge, links);
    route.execute([deleteLink(bridge.index)], ['ENODEV']); // its routes go with it
  }
  await nft(host, dropTable(names.table));
  closeNamespaceFolder();
}

function describe(
  name: string,
  names: TopologyNames,
  subnet: Ipv4Network,
  host: Host,
  log: Logger,
): Topology {
  return {
    name,
    bridge: names.bridge,
    bridgeAddress: ipv4Text(subnet.base + 1),
    subnet: subnet.text,
    nodes: existingNodes(names).map((node) => ({
      name: `node-${node}`,
      address: nodeAddress(subnet, node),
      networkNamespace: names.namespace(node),
    })),
    async setPodRoutes(wanted) {
      using route = new RouteSocket();
      const bridge = route.link(names.bridge);
      if (!bridge) throw new Error(`topology ${name} is gone: there is no bridge ${names.bridge}`);
      const destinations = new Set(wanted.map(({ podCidr }) => parseIpv4Network(podCidr).text));
      const routes = route.routes();
      const stale = routes.filter(
        (each) =>
          each.protocol === podRouteProtocol &&
          each.linkIndex === bridge.index &&
          !destinations.has(each.destination),
      );
      route.execute(stale.map(deleteRoute), ['ESRCH']);
      for (const { podCidr, address } of wanted)
        addHostRoute(route, podCidr, address, podRouteProtocol, bridge, log);
    },
    destroy: () => destroyTopology(name, host),
  };
}

function makeBridge(route: RouteSocket, names: TopologyNames, subnet: Ipv4Network): Link {
  const address = ipv4Text(subnet.base + 1);
  const alias = `${aliasPrefix}${readSysctl(forwardPath)}`;
  route.execute([addBridge({ name: names.bridge, mac: macOf(address, '02:69'), mtu: defaultMtu(route) })]);
  const link = route.link(names.bridge)!;
  route.execute([changeLink(link.index, { alias }), addAddress(link.index, address, subnet.prefixLength)]);
  return link;
}

async function makeNodes(
  names: TopologyNames,
  count: number,
  subnet: Ipv4Network,
  bridge: Link,
): Promise<void> {
  const existing = new Set(existingNodes(names));
  openNamespaceFolder();
  await using worker = new NamespaceWorker();
  for (let node = 1; node <= count; node++) {
    if (existing.has(node)) continue;
    const address = nodeAddress(subnet, node);
    rmSync(names.namespace(node), { force: true }); // a file without a namespace, left by a reboot
    await worker.make({
      pins: { net: names.namespace(node) },
      sysctls: {
        [forwardPath]: '1',
        // What the host sends to a Service comes in and goes out by the one link. Telling it of a shorter way each time would
        // use up what the kernel allows itself of ICMP, and leave none for saying that a connection is refused.
        'net/ipv4/conf/all/send_redirects': '0',
        'net/ipv4/conf/default/send_redirects': '0',
        ...(existsSync(`/proc/sys/${bridgeCallPath}`) ? { [bridgeCallPath]: '0' } : {}),
      },
      link: {
        name: 'eth0',
        mac: macOf(address, '02:69'),
        mtu: bridge.mtu,
        address,
        prefixLength: subnet.prefixLength,
        gateway: ipv4Text(subnet.base + 1),
        outside: { name: names.veth(node), bridgeIndex: bridge.index },
      },
    });
  }
}

/** Numbers of the nodes whose namespaces are pinned, ascending. */
function existingNodes(names: TopologyNames): number[] {
  return pinnedFiles()
    .map((file) => names.nodeOf(file))
    .filter((node) => node !== undefined)
    .sort((a, b) => a - b);
}

function subnetOf(route: RouteSocket, bridge: Link): Ipv4Network {
  const own = route.addresses().find((each) => each.linkIndex === bridge.index);
  if (!own || !bridge.alias?.startsWith(aliasPrefix))
    throw new Error(
      `a link ${bridge.name} exists that is no topology of ours; choose another name or delete it`,
    );
  const size = 2 ** (32 - own.prefixLength);
  const { base } = parseIpv4Network(`${own.address}/32`);
  return parseIpv4Network(`${ipv4Text(base - (base % size))}/${own.prefixLength}`);
}

/** A route of somebody else to the same destination is left alone. */
function addHostRoute(
  route: RouteSocket,
  cidr: string,
  gateway: string,
  protocol: number,
  bridge: Link,
  log: Logger,
): void {
  const destination = parseIpv4Network(cidr).text;
  const other = route
    .routes()
    .find((each) => each.destination === destination && each.linkIndex !== bridge.index);
  if (other) {
    log.warn('the host routes this elsewhere already and will not reach it here', {
      destination,
      bridge: bridge.name,
    });
    return;
  }
  route.execute([replaceRoute({ destination, gateway, linkIndex: bridge.index, protocol })]);
}

/** Puts `ip_forward` back as it was, or leaves that to another topology that still needs it. */
function giveBackForwarding(route: RouteSocket, bridge: Link, links: readonly Link[]): void {
  if (bridge.alias !== `${aliasPrefix}0`) return;
  const heir = links.find((each) => each.index !== bridge.index && each.alias?.startsWith(aliasPrefix));
  if (heir) route.execute([changeLink(heir.index, { alias: bridge.alias })]);
  else setSysctl(forwardPath, '0');
}

const nodeAddress = (subnet: Ipv4Network, node: number) => ipv4Text(subnet.base + 1 + node);
