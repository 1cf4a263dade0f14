import { dropTable } from '../nft.ts';
import type { AffinityClients } from './affinity-clients.ts';
import {
  insideBase,
  parseBalancer,
  shortCircuit,
  type Part,
  type ServiceTable,
  type TableChange,
} from './service-table.ts';

export interface ScriptOptions {
  table: string;
  clusterCidr: string;
  /** Node ports answer on these only. Empty: on all of the node's addresses but 127.0.0.0/8. */
  nodeAddresses: readonly string[];
}

/** The bit that says "masquerade on the way out", the same that kube-proxy uses, and only between our own chains. */
const masqueradeBit = '0x4000';
/**
 * The drawn number rests in the connection's mark until postrouting, in a range that shows it is ours: a map cannot be declared
 * with a random number in its key (nft 1.0.6 reads its own declaration back wrongly), with a mark it can.
 */
const drawBase = '0x67000000';
/** Elements per statement: nft's parser is slower on very long ones. */
const elementsPerStatement = 500;

/** The whole table, in place of whatever is there, in one transaction. `clients`: whom the affinity sets in it shall remember. */
export function wholeTable(
  state: ServiceTable,
  options: ScriptOptions,
  clients: AffinityClients = new Map(),
): string {
  const { table } = options;
  const parts = state.parts();
  return [
    dropTable(table),
    skeleton(options),
    ...state.balancers().map((name) => balancer(table, name)),
    ...declareParts(table, parts),
    ...fillParts(table, parts),
    ...statements('add', table, state.elements()),
    ...statements('add', table, rememberedClients(parts, clients)),
  ].join('');
}

/** As elements, of the sets that there still are; none for longer than its set remembers. */
function rememberedClients(parts: ReadonlyMap<string, Part>, clients: AffinityClients): Map<string, string> {
  const elements = new Map<string, string>();
  for (const [name, known] of clients) {
    const longest = parts.get(name)?.clientSeconds;
    if (longest === undefined) continue;
    for (const [address, seconds] of known)
      elements.set(`${name} ${address} expires ${Math.min(seconds, longest)}s`, '');
  }
  return elements;
}

/** What brings the table from one state to the next, in one transaction. Empty when there is nothing to do. */
export function tableUpdate(change: TableChange, { table }: ScriptOptions): string {
  const { parts, removedParts } = change;
  const chains = [...removedParts].filter(([, { kind }]) => kind === 'chain');
  const sets = [...removedParts].filter(([, { kind }]) => kind === 'set');
  return [
    ...change.balancers.map((name) => balancer(table, name)),
    ...declareParts(table, parts),
    ...[...parts]
      .filter(([, { kind }]) => kind === 'chain')
      .map(([name]) => `flush chain ip ${table} ${name}\n`),
    ...fillParts(table, parts),
    ...statements('delete', table, new Map(change.removed.map((id) => [id, '']))),
    ...statements('add', table, change.added),
    ...chains.map(([name]) => `flush chain ip ${table} ${name}\n`),
    ...chains.map(([name]) => `delete chain ip ${table} ${name}\n`),
    ...sets.map(([name]) => `delete set ip ${table} ${name}\n`),
  ].join('');
}

function skeleton({ table, clusterCidr, nodeAddresses }: ScriptOptions): string {
  const onNode =
    nodeAddresses.length > 0 ? `ip daddr { ${nodeAddresses.join(', ')} }` : 'ip daddr != 127.0.0.0/8';
  return `table ip ${table} {
  map services { type ipv4_addr . inet_proto . inet_service : verdict; }
  map node-ports { type inet_proto . inet_service : verdict; }
  map endpoints { type mark . ipv4_addr . inet_proto . inet_service : ipv4_addr . inet_service; }
  map node-endpoints { type mark . inet_proto . inet_service : ipv4_addr . inet_service; }
  map no-endpoints { type ipv4_addr . inet_proto . inet_service : verdict; }
  map no-endpoint-ports { type inet_proto . inet_service : verdict; }
  map firewall { type ipv4_addr . inet_proto . inet_service : verdict; }
  set cluster-ips { type ipv4_addr; }
  set cluster-networks { type ipv4_addr; flags interval; elements = { ${clusterCidr} } }
  set hairpin { type ipv4_addr . ipv4_addr; }
  chain from-cluster { ip saddr != @cluster-networks meta mark set meta mark | ${masqueradeBit}; }
  chain from-external { meta mark set meta mark | ${masqueradeBit}; }
  chain from-node { meta mark set meta mark | ${masqueradeBit}; }
  chain dispatch {
    ip daddr . meta l4proto . th dport vmap @services
    fib daddr type local ${onNode} meta l4proto . th dport vmap @node-ports
  }
  chain prerouting { type nat hook prerouting priority -100; jump dispatch; }
  chain output { type nat hook output priority -100; jump dispatch; }
  chain postrouting {
    type nat hook postrouting priority 100
    ct mark & 0xff000000 == ${drawBase} ct mark set 0
    meta mark & ${masqueradeBit} == ${masqueradeBit} meta mark set meta mark ^ ${masqueradeBit} masquerade fully-random
    ip saddr . ip daddr @hairpin ct status dnat masquerade fully-random
  }
  chain refused { reject; }
  chain refuse {
    ip daddr . meta l4proto . th dport vmap @no-endpoints
    fib daddr type local ${onNode} meta l4proto . th dport vmap @no-endpoint-ports
    ip daddr @cluster-ips reject
  }
  chain guard { ip daddr . meta l4proto . th dport vmap @firewall; }
  chain guard-prerouting { type filter hook prerouting priority -110; ct state new jump guard; }
  chain guard-output { type filter hook output priority -110; ct state new jump guard; }
  chain refuse-input { type filter hook input priority 0; ct state new jump refuse; }
  chain refuse-forward { type filter hook forward priority 0; ct state new jump refuse; }
  chain refuse-output { type filter hook output priority 0; ct state new jump refuse; }
}
`;
}

/**
 * `cluster-3`: the chain that spreads packets over three endpoints; one for all Service ports that have three. `preserve-1-3` has one on
 * this node for those who come from outside, and three for the others, which is also where what it does not answer falls out.
 */
function balancer(table: string, name: string): string {
  const { entrance, count, insiders } = parseBalancer(name);
  const lookup = entrance.startsWith('node')
    ? 'meta l4proto . th dport map @node-endpoints'
    : 'ip daddr . meta l4proto . th dport map @endpoints';
  const isInside = entrance.endsWith('inside');
  const rules: string[] = [];
  if (insiders !== undefined) {
    if (insiders > 0) rules.push(...shortCircuit(`${entrance.replace('preserve', 'inside')}-${insiders}`));
  } else if (!isInside) rules.push(`jump from-${entrance}`);
  if (count > 0)
    rules.push(
      `ct mark set numgen random mod ${count} offset ${isInside ? `0x${insideBase.toString(16)}` : drawBase}`,
      `meta l4proto { tcp, udp, sctp } dnat ip to ct mark . ${lookup}`,
    );
  return [
    `add chain ip ${table} ${name}\nflush chain ip ${table} ${name}\n`,
    ...rules.map((rule) => `add rule ip ${table} ${name} ${rule}\n`),
  ].join('');
}

function declareParts(table: string, parts: ReadonlyMap<string, Part>): string[] {
  return [...parts].map(([name, { kind, body }]) =>
    kind === 'set' ? `add set ip ${table} ${name} { ${body} }\n` : `add chain ip ${table} ${name}\n`,
  );
}

function fillParts(table: string, parts: ReadonlyMap<string, Part>): string[] {
  return [...parts]
    .filter(([, { kind }]) => kind === 'chain')
    .flatMap(([name, { body }]) => body.split('\n').map((rule) => `add rule ip ${table} ${name} ${rule}\n`));
}

function statements(verb: 'add' | 'delete', table: string, elements: ReadonlyMap<string, string>): string[] {
  const byHolder = new Map<string, string[]>();
  for (const [id, value] of elements) {
    const split = id.indexOf(' ');
    const holder = id.slice(0, split);
    const text = value === '' ? id.slice(split + 1) : `${id.slice(split + 1)} : ${value}`;
    const list = byHolder.get(holder);
    if (list) list.push(text);
    else byHolder.set(holder, [text]);
  }
  const lines: string[] = [];
  for (const [holder, list] of byHolder)
    for (let i = 0; i < list.length; i += elementsPerStatement)
      lines.push(
        `${verb} element ip ${table} ${holder} { ${list.slice(i, i + elementsPerStatement).join(', ')} }\n`,
      );
  return lines;
}
