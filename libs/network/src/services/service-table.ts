import { createHash } from 'node:crypto';
import { ipv4Number, parseIpv4Network } from '../ipv4.ts';
import type { ServiceEndpoint, ServicePort } from '../network.ts';

/** Objects of the table that hold elements; `''` as an element's value where the object is a set. */
export type ElementHolder =
  | 'services'
  | 'node-ports'
  | 'endpoints'
  | 'node-endpoints'
  | 'no-endpoints'
  | 'no-endpoint-ports'
  | 'cluster-ips'
  | 'firewall'
  | 'hairpin';

/** A chain of one Service port with client affinity, or a dynamic set of one of its endpoints. */
export interface Part {
  kind: 'chain' | 'set';
  /** Rules of the chain, or the definition of the set. */
  body: string;
  /** Of a set: how long it remembers a client. */
  clientSeconds?: number;
}

/** What must happen to the kernel's table; element ids are `<holder> <key>`. */
export interface TableChange {
  added: Map<string, string>;
  removed: string[];
  parts: Map<string, Part>;
  removedParts: Map<string, Part>;
  /** Counts of endpoints that now occur, whose balancing chains must exist, in this order: `cluster-3`, `inside-5`, `preserve-2-5` … */
  balancers: string[];
  /** Service ports that changed or went, for which stale UDP flows must be looked for. */
  touched: ServicePort[];
  /** Address and port that several Services claim; the first keeps it. */
  conflicts: string[];
}

/**
 * How traffic to an address of a Service is masqueraded: what comes from outside the cluster, all, or nothing. Behind `preserve` and
 * `node-preserve`, what comes from inside the cluster goes to `inside` and `node-inside`, which have endpoints of their own.
 */
export type Entrance =
  'cluster' | 'external' | 'preserve' | 'inside' | 'node' | 'node-preserve' | 'node-inside';

/** Reads the name of a balancing chain: the entrance, its number of endpoints and, of a `preserve`, that of the insiders'. */
export function parseBalancer(name: string): { entrance: Entrance; count: number; insiders?: number } {
  const [, entrance, count, insiders] = /^([a-z-]+?)-(\d+)(?:-(\d+))?$/.exec(name)!;
  return {
    entrance: entrance as Entrance,
    count: Number(count),
    ...(insiders === undefined ? {} : { insiders: Number(insiders) }),
  };
}

interface Element {
  value: string;
  /** Keys of the service ports that want it; of maps only the first has it. */
  owners: Set<string>;
}

/**
 * What the kernel's table shall hold, kept so that a change costs what changed and not what there is. Pure: `update` says what
 * to do, the proxy does it.
 *
 * A Service port without affinity needs no chains of its own: the verdict map sends its packets to the chain for its number
 * of endpoints, which draws a number and looks the endpoint up by (number, address, protocol, port). So a changed
 * Service is a few map elements.
 */
export class ServiceTable {
  readonly #ports = new Map<string, ServicePort>();
  readonly #elements = new Map<string, Element>();
  readonly #parts = new Map<string, Part>();
  readonly #balancers = new Set<string>();

  /** Every element, for building the whole table. */
  elements(): Map<string, string> {
    return new Map([...this.#elements].map(([id, { value }]) => [id, value]));
  }

  parts(): ReadonlyMap<string, Part> {
    return this.#parts;
  }

  balancers(): string[] {
    return [...this.#balancers];
  }

  ports(): IterableIterator<ServicePort> {
    return this.#ports.values();
  }

  /** Makes these the service ports and tells what that changes. Throws a TypeError, before any change, for a malformed one. */
  update(ports: readonly ServicePort[]): TableChange {
    const next = new Map<string, ServicePort>();
    for (const port of ports) next.set(port.key, port);
    const gone: ServicePort[] = [];
    const fresh: ServicePort[] = [];
    for (const [key, port] of this.#ports) if (!next.has(key)) gone.push(port);
    for (const [key, port] of next) {
      const old = this.#ports.get(key);
      if (old && same(old, port)) continue;
      check(port);
      if (old) gone.push(old);
      fresh.push(port);
    }
    return this.#apply(gone, fresh);
  }

  #apply(gone: readonly ServicePort[], fresh: readonly ServicePort[]): TableChange {
    const before = new Map<string, string | undefined>();
    const partsBefore = new Map<string, Part | undefined>();
    const conflicts = new Set<string>();
    const disowned = new Set<string>();
    for (const port of gone) {
      this.#ports.delete(port.key);
      for (const id of elementsOf(port).keys()) this.#release(id, port.key, before, disowned);
      for (const name of partsOf(port).keys()) {
        partsBefore.set(name, partsBefore.has(name) ? partsBefore.get(name) : this.#parts.get(name));
        this.#parts.delete(name);
      }
    }
    const known = new Set(this.#balancers);
    const claim = (port: ServicePort) => {
      for (const [id, value] of elementsOf(port))
        if (!this.#claim(id, value, port.key, before)) conflicts.add(id);
    };
    for (const port of fresh) {
      this.#ports.set(port.key, port);
      claim(port);
      for (const [name, part] of partsOf(port)) {
        partsBefore.set(name, partsBefore.has(name) ? partsBefore.get(name) : this.#parts.get(name));
        this.#parts.set(name, part);
      }
      for (const name of balancersOf(port)) this.#balancers.add(name);
    }
    // What a Service gave up may be wanted by another that came second until now.
    for (const key of disowned) {
      const port = this.#ports.get(key);
      if (port) claim(port);
    }
    return {
      ...this.#difference(before, partsBefore),
      balancers: [...this.#balancers].filter((name) => !known.has(name)),
      touched: [...gone, ...fresh],
      conflicts: [...conflicts],
    };
  }

  #claim(id: string, value: string, key: string, before: Map<string, string | undefined>): boolean {
    let element = this.#elements.get(id);
    if (!before.has(id)) before.set(id, element?.value);
    if (!element) this.#elements.set(id, (element = { value, owners: new Set() }));
    element.owners.add(key);
    const [first] = element.owners;
    if (first === key) element.value = value;
    return first === key || value === '';
  }

  #release(id: string, key: string, before: Map<string, string | undefined>, disowned: Set<string>): void {
    const element = this.#elements.get(id);
    if (!element) return;
    if (!before.has(id)) before.set(id, element.value);
    element.owners.delete(key);
    if (element.owners.size === 0) this.#elements.delete(id);
    else if (element.value !== '') for (const other of element.owners) disowned.add(other);
  }

  #difference(
    before: ReadonlyMap<string, string | undefined>,
    partsBefore: ReadonlyMap<string, Part | undefined>,
  ): Pick<TableChange, 'added' | 'removed' | 'parts' | 'removedParts'> {
    const added = new Map<string, string>();
    const removed: string[] = [];
    for (const [id, old] of before) {
      const now = this.#elements.get(id)?.value;
      if (now === old) continue;
      if (old !== undefined) removed.push(id);
      if (now !== undefined) added.set(id, now);
    }
    const parts = new Map<string, Part>();
    const removedParts = new Map<string, Part>();
    for (const [name, old] of partsBefore) {
      const now = this.#parts.get(name);
      if (now && now.body !== old?.body) parts.set(name, now);
      if (!now && old) removedParts.set(name, old);
    }
    return { added, removed, parts, removedParts };
  }
}

/** Which entrances a port has. */
function entrancesOf(port: ServicePort): { entrance: Entrance; addresses: readonly string[] }[] {
  const outside = port.preserveClientIp ? 'preserve' : 'external';
  return [
    { entrance: 'cluster' as const, addresses: port.clusterIps },
    { entrance: outside, addresses: port.externalIps.filter((ip) => !port.clusterIps.includes(ip)) } as const,
  ].filter(({ addresses }) => addresses.length > 0);
}

const nodeEntrance = (port: ServicePort): Entrance => (port.preserveClientIp ? 'node-preserve' : 'node');

/** The entrances of a port with what is left of their names: `external`, `node-preserve`. */
const allEntrances = (port: ServicePort): Entrance[] => [
  ...entrancesOf(port).map(({ entrance }) => entrance),
  ...(port.nodePort === undefined ? [] : [nodeEntrance(port)]),
];

const insidersOf = (port: ServicePort): readonly ServiceEndpoint[] =>
  port.preserveClientIp ? (port.insiders ?? []) : [];
const isAnswered = (port: ServicePort) => port.endpoints.length + insidersOf(port).length > 0;
const isPreserving = (entrance: Entrance) => entrance.endsWith('preserve');

/** The shared balancing chain of an entrance. */
function balancerOf(port: ServicePort, entrance: Entrance): string {
  const insiders = isPreserving(entrance) ? `-${insidersOf(port).length}` : '';
  return `${entrance}-${port.endpoints.length}${insiders}`;
}

/** Names of the shared balancing chains that the port's packets go through. */
function balancersOf(port: ServicePort): string[] {
  if (port.affinitySeconds !== undefined || !isAnswered(port)) return [];
  const insiders = insidersOf(port).length;
  return allEntrances(port).flatMap((entrance) => [
    ...(isPreserving(entrance) && insiders > 0
      ? [`${entrance.replace('preserve', 'inside')}-${insiders}`]
      : []),
    balancerOf(port, entrance),
  ]);
}

function elementsOf(port: ServicePort): Map<string, string> {
  const elements = new Map<string, string>();
  const proto = port.protocol.toLowerCase();
  const put = (holder: ElementHolder, key: string, value = '') => elements.set(`${holder} ${key}`, value);
  const target = (entrance: Entrance) =>
    `goto ${port.affinitySeconds === undefined ? balancerOf(port, entrance) : `${affinityName(port)}-${entrance}`}`;
  const answer = (holder: ElementHolder, key: string) => {
    if (port.affinitySeconds !== undefined) return;
    for (const [base, list] of [
      [drawBase, port.endpoints],
      [insideBase, insidersOf(port)],
    ] as const)
      list.forEach((each, i) => put(holder, `${base + i} . ${key}`, `${each.address} . ${each.port}`));
  };
  const without = port.dropsWithout ? 'drop' : 'goto refused';
  for (const { entrance, addresses } of entrancesOf(port))
    for (const address of addresses) {
      const key = `${address} . ${proto} . ${port.port}`;
      if (port.endpoints.length === 0) put('no-endpoints', key, without);
      if (entrance === 'cluster') put('cluster-ips', address);
      if (entrance === 'cluster' ? port.endpoints.length === 0 : !isAnswered(port)) continue;
      put('services', key, target(entrance));
      answer('endpoints', key);
    }
  if (port.nodePort !== undefined) {
    const key = `${proto} . ${port.nodePort}`;
    if (port.endpoints.length === 0) put('no-endpoint-ports', key, without);
    if (isAnswered(port)) {
      put('node-ports', key, target(nodeEntrance(port)));
      answer('node-endpoints', key);
    }
  }
  for (const address of port.firewall?.addresses ?? [])
    put('firewall', `${address} . ${proto} . ${port.port}`, `goto ${firewallName(port)}`);
  for (const { address } of [...port.endpoints, ...insidersOf(port)])
    put('hairpin', `${address} . ${address}`);
  return elements;
}

/** Chains and sets that the port has to itself. */
function partsOf(port: ServicePort): Map<string, Part> {
  const parts = new Map<string, Part>();
  if (port.firewall)
    parts.set(firewallName(port), {
      kind: 'chain',
      body: [...port.firewall.sources.map((source) => `ip saddr ${source} return`), 'drop'].join('\n'),
    });
  if (port.affinitySeconds !== undefined && isAnswered(port)) addAffinity(parts, port, port.affinitySeconds);
  return parts;
}

/**
 * Chains and sets of a port with ClientIP affinity: a set per endpoint remembers its clients, the port's chain asks the sets before it
 * draws. Their names follow from the endpoints, so that a client keeps its endpoint when others come and go.
 */
function addAffinity(parts: Map<string, Part>, port: ServicePort, seconds: number): void {
  const name = affinityName(port);
  const proto = port.protocol.toLowerCase();
  const endpointName = (each: ServiceEndpoint) => `${name}-${digest(`${each.address}:${each.port}`)}`;
  for (const each of [...port.endpoints, ...insidersOf(port)]) {
    const own = endpointName(each);
    parts.set(`${own}-clients`, {
      kind: 'set',
      body: `type ipv4_addr; size 65535; flags dynamic,timeout; timeout ${seconds}s;`,
      clientSeconds: seconds,
    });
    parts.set(own, {
      kind: 'chain',
      body: `update @${own}-clients { ip saddr }\nmeta l4proto ${proto} dnat to ${each.address}:${each.port}`,
    });
  }
  const draw = (chain: string, endpoints: readonly ServiceEndpoint[]) => {
    if (endpoints.length === 0) return;
    const names = endpoints.map(endpointName);
    const drawn = names.map((each, i) => `${i} : goto ${each}`).join(', ');
    parts.set(chain, {
      kind: 'chain',
      body: [
        ...names.map((each) => `ip saddr @${each}-clients goto ${each}`),
        `numgen random mod ${names.length} vmap { ${drawn} }`,
      ].join('\n'),
    });
  };
  draw(name, port.endpoints);
  draw(`${name}-inside`, insidersOf(port));
  for (const entrance of allEntrances(port))
    parts.set(`${name}-${entrance}`, {
      kind: 'chain',
      body: [
        ...(!isPreserving(entrance)
          ? [`jump from-${entrance}`]
          : insidersOf(port).length > 0
            ? shortCircuit(`${name}-inside`)
            : []),
        ...(port.endpoints.length > 0 ? [`goto ${name}`] : []),
      ].join('\n'),
    });
}

/**
 * Sends what comes from the cluster itself to that chain: pods as they are, this node's own with an address that the endpoint can
 * answer to. It stands for going out to a balancer and coming back, which no traffic policy would see.
 */
export function shortCircuit(chain: string): string[] {
  return [
    `ip saddr @cluster-networks goto ${chain}`,
    'fib saddr type local jump from-external',
    `fib saddr type local goto ${chain}`,
  ];
}

/** Where drawn numbers begin; see `script.ts`. */
const drawBase = 0x67000000;
/** Where those of insiders begin. */
export const insideBase = 0x67800000;
const firewallName = (port: ServicePort) => `firewall-${digest(port.key)}`;
const affinityName = (port: ServicePort) => `affinity-${digest(port.key)}`;
const digest = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Equal in all that the kernel gets to see. */
function same(a: ServicePort, b: ServicePort): boolean {
  return (
    a === b ||
    (a.protocol === b.protocol &&
      a.port === b.port &&
      a.nodePort === b.nodePort &&
      a.affinitySeconds === b.affinitySeconds &&
      (a.preserveClientIp ?? false) === (b.preserveClientIp ?? false) &&
      (a.dropsWithout ?? false) === (b.dropsWithout ?? false) &&
      sameTexts(a.clusterIps, b.clusterIps) &&
      sameTexts(a.externalIps, b.externalIps) &&
      sameTexts(a.firewall?.addresses ?? [], b.firewall?.addresses ?? []) &&
      sameTexts(a.firewall?.sources ?? [], b.firewall?.sources ?? []) &&
      sameEndpoints(a.endpoints, b.endpoints) &&
      sameEndpoints(insidersOf(a), insidersOf(b)))
  );
}

const sameEndpoints = (a: readonly ServiceEndpoint[], b: readonly ServiceEndpoint[]) =>
  a.length === b.length && a.every((each, i) => each.address === b[i]!.address && each.port === b[i]!.port);

const sameTexts = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((each, i) => each === b[i]);

/** Nothing but numbers and addresses may reach nft's script. */
function check(port: ServicePort): void {
  const fail = (what: string) => {
    throw new TypeError(`service port ${JSON.stringify(port.key)}: ${what}`);
  };
  const isPort = (value: number) => Number.isInteger(value) && value > 0 && value < 65536;
  if (!['TCP', 'UDP', 'SCTP'].includes(port.protocol))
    fail(`unknown protocol ${JSON.stringify(port.protocol)}`);
  const endpoints = [...port.endpoints, ...(port.insiders ?? [])];
  for (const ip of [
    ...port.clusterIps,
    ...port.externalIps,
    ...(port.firewall?.addresses ?? []),
    ...endpoints.map(({ address }) => address),
  ])
    if (ipv4Number(ip) === undefined) fail(`${JSON.stringify(ip)} is not an IPv4 address`);
  for (const each of [port.port, port.nodePort ?? 1, ...endpoints.map((endpoint) => endpoint.port)])
    if (!isPort(each)) fail(`${each} is not a port`);
  for (const source of port.firewall?.sources ?? []) parseIpv4Network(source);
  const seconds = port.affinitySeconds ?? 1;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86400)
    fail(`affinity of ${seconds} s is not within 1 to 86400`);
}
