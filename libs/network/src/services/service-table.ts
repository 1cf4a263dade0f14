import { createHash } from 'node:crypto';
import { ipv4Number } from '../ipv4.ts';
import type { ServicePort } from '../network.ts';

/** Objects of the table that hold elements; `''` as an element's value where the object is a set. */
export type ElementHolder =
  | 'services'
  | 'node-ports'
  | 'endpoints'
  | 'node-endpoints'
  | 'no-endpoints'
  | 'no-endpoint-ports'
  | 'hairpin';

/** A chain of one Service port with client affinity, or a dynamic set of one of its endpoints. */
export interface Part {
  kind: 'chain' | 'set';
  /** Rules of the chain, or the definition of the set. */
  body: string;
}

/** What must happen to the kernel's table; element ids are `<holder> <key>`. */
export interface TableChange {
  added: Map<string, string>;
  removed: string[];
  parts: Map<string, Part>;
  removedParts: Map<string, Part>;
  /** Counts of endpoints that now occur, whose balancing chains must exist: `cluster-3`, `node-2` … */
  balancers: string[];
  /** Service ports that changed or went, for which stale UDP flows must be looked for. */
  touched: ServicePort[];
  /** Address and port that several Services claim; the first keeps it. */
  conflicts: string[];
}

/** How traffic to an address of a Service is masqueraded: what comes from outside the cluster, all, or nothing. */
export type Entrance = 'cluster' | 'external' | 'preserve' | 'node' | 'node-preserve';

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

/** Names of the shared balancing chains that the port's packets go through. */
function balancersOf(port: ServicePort): string[] {
  if (port.affinitySeconds !== undefined || port.endpoints.length === 0) return [];
  const names = entrancesOf(port).map(({ entrance }) => `${entrance}-${port.endpoints.length}`);
  if (port.nodePort !== undefined) names.push(`${nodeEntrance(port)}-${port.endpoints.length}`);
  return names;
}

function elementsOf(port: ServicePort): Map<string, string> {
  const elements = new Map<string, string>();
  const proto = port.protocol.toLowerCase();
  const put = (holder: ElementHolder, key: string, value = '') => elements.set(`${holder} ${key}`, value);
  const count = port.endpoints.length;
  const target = (entrance: Entrance) =>
    `goto ${port.affinitySeconds === undefined ? `${entrance}-${count}` : `${affinityName(port)}-${entrance}`}`;
  for (const { entrance, addresses } of entrancesOf(port))
    for (const address of addresses) {
      const key = `${address} . ${proto} . ${port.port}`;
      if (count === 0) {
        put('no-endpoints', key);
        continue;
      }
      put('services', key, target(entrance));
      if (port.affinitySeconds === undefined)
        port.endpoints.forEach((each, i) =>
          put('endpoints', `${drawBase + i} . ${key}`, `${each.address} . ${each.port}`),
        );
    }
  if (port.nodePort !== undefined) {
    const key = `${proto} . ${port.nodePort}`;
    if (count === 0) put('no-endpoint-ports', key);
    else {
      put('node-ports', key, target(nodeEntrance(port)));
      if (port.affinitySeconds === undefined)
        port.endpoints.forEach((each, i) =>
          put('node-endpoints', `${drawBase + i} . ${key}`, `${each.address} . ${each.port}`),
        );
    }
  }
  for (const { address } of port.endpoints) put('hairpin', `${address} . ${address}`);
  return elements;
}

/**
 * Chains and sets of a port with ClientIP affinity: a set per endpoint remembers its clients, the port's chain asks the sets before it
 * draws. Their names follow from the endpoints, so that a client keeps its endpoint when others come and go.
 */
function partsOf(port: ServicePort): Map<string, Part> {
  const parts = new Map<string, Part>();
  if (port.affinitySeconds === undefined || port.endpoints.length === 0) return parts;
  const name = affinityName(port);
  const endpoints = port.endpoints.map((each) => ({
    ...each,
    name: `${name}-${digest(`${each.address}:${each.port}`)}`,
  }));
  const proto = port.protocol.toLowerCase();
  for (const each of endpoints) {
    parts.set(`${each.name}-clients`, {
      kind: 'set',
      body: `type ipv4_addr; size 65535; flags dynamic,timeout; timeout ${port.affinitySeconds}s;`,
    });
    parts.set(each.name, {
      kind: 'chain',
      body: `update @${each.name}-clients { ip saddr }\nmeta l4proto ${proto} dnat to ${each.address}:${each.port}`,
    });
  }
  const remembered = endpoints.map((each) => `ip saddr @${each.name}-clients goto ${each.name}`);
  const drawn = endpoints.map((each, i) => `${i} : goto ${each.name}`).join(', ');
  parts.set(name, {
    kind: 'chain',
    body: [...remembered, `numgen random mod ${endpoints.length} vmap { ${drawn} }`].join('\n'),
  });
  const entrances = entrancesOf(port).map(({ entrance }) => entrance);
  if (port.nodePort !== undefined) entrances.push(nodeEntrance(port));
  for (const entrance of entrances)
    parts.set(`${name}-${entrance}`, { kind: 'chain', body: `jump from-${entrance}\ngoto ${name}` });
  return parts;
}

/** Where drawn numbers begin; see `script.ts`. */
const drawBase = 0x67000000;
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
      sameTexts(a.clusterIps, b.clusterIps) &&
      sameTexts(a.externalIps, b.externalIps) &&
      a.endpoints.length === b.endpoints.length &&
      a.endpoints.every(
        (each, i) => each.address === b.endpoints[i]!.address && each.port === b.endpoints[i]!.port,
      ))
  );
}

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
  for (const ip of [...port.clusterIps, ...port.externalIps, ...port.endpoints.map(({ address }) => address)])
    if (ipv4Number(ip) === undefined) fail(`${JSON.stringify(ip)} is not an IPv4 address`);
  for (const each of [port.port, port.nodePort ?? 1, ...port.endpoints.map((endpoint) => endpoint.port)])
    if (!isPort(each)) fail(`${each} is not a port`);
  const seconds = port.affinitySeconds ?? 1;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > 86400)
    fail(`affinity of ${seconds} s is not within 1 to 86400`);
}
