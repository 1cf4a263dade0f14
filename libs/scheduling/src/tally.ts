import type { Derived, NodeInfo, PodInfo } from './cluster.ts';

const none = -1;

/** Which nodes are together by a label: those of one value are one domain. */
export class Topology implements Derived {
  readonly nodes: readonly NodeInfo[];
  /** How many values the label has. */
  readonly domains: number;
  readonly #domainAt: Int32Array;

  constructor(key: string, nodes: readonly NodeInfo[]) {
    this.nodes = nodes;
    const numbers = new Map<string, number>();
    this.#domainAt = Int32Array.from(nodes, ({ labels }) => {
      const value = labels[key];
      if (value === undefined) return none;
      const known = numbers.get(value);
      if (known === undefined) numbers.set(value, numbers.size);
      return known ?? numbers.size - 1;
    });
    this.domains = numbers.size;
  }

  /** The number of the node's domain, below `domains`; -1 for a node without the label. */
  domainOf(node: NodeInfo): number {
    return this.#domainAt[node.position]!;
  }

  podChanged(): void {}

  nodeChanged(_node: NodeInfo, relabelled: boolean): boolean {
    return !relabelled;
  }
}

/** How many pods that match are in each domain of a topology, over the nodes that count; all of them unless said otherwise. */
export class Tally implements Derived {
  /** How many domains have nodes that count. */
  readonly domains: number;
  readonly #topology: Topology;
  readonly #matches: (pod: PodInfo) => boolean;
  /** By node: 1 where it counts. */
  readonly #counts: Uint8Array;
  /** By domain. */
  readonly #pods: Int32Array;
  /** By number of pods: so many domains have that many, so that the fewest are known without looking at all. */
  readonly #domainsWith: number[];
  #fewest = 0;

  /** Nothing is counted yet. `counts` must rest on the nodes' names, labels and taints alone. */
  constructor(
    topology: Topology,
    matches: (pod: PodInfo) => boolean,
    counts: (node: NodeInfo) => boolean = () => true,
  ) {
    this.#topology = topology;
    this.#matches = matches;
    this.#counts = Uint8Array.from(topology.nodes, (node) =>
      topology.domainOf(node) !== none && counts(node) ? 1 : 0,
    );
    this.#pods = new Int32Array(topology.domains);
    const counted = new Uint8Array(topology.domains);
    for (const node of topology.nodes) if (this.#counts[node.position]) counted[topology.domainOf(node)] = 1;
    this.domains = counted.reduce((sum, each) => sum + each, 0);
    this.#domainsWith = [this.domains];
  }

  /** The pods in the domain that has the fewest; 0 without domains. */
  get fewest(): number {
    return this.#fewest;
  }

  /** The pods in the node's domain; undefined for a node outside of the topology. */
  around(node: NodeInfo): number | undefined {
    const domain = this.#topology.domainOf(node);
    return domain === none ? undefined : this.#pods[domain]!;
  }

  podChanged(node: NodeInfo, pod: PodInfo, sign: 1 | -1): void {
    if (this.#matches(pod)) this.add(node, sign);
  }

  nodeChanged(_node: NodeInfo, relabelled: boolean): boolean {
    return !relabelled;
  }

  /** So many more matching pods are on the node, or fewer. */
  add(node: NodeInfo, pods: number): void {
    if (!this.#counts[node.position]) return;
    const domain = this.#topology.domainOf(node);
    const before = this.#pods[domain]!;
    const after = before + pods;
    this.#pods[domain] = after;
    this.#domainsWith[before]!--;
    for (let i = this.#domainsWith.length; i <= after; i++) this.#domainsWith.push(0);
    this.#domainsWith[after]!++;
    this.#fewest = Math.min(this.#fewest, after);
    while (this.#domainsWith[this.#fewest] === 0) this.#fewest++;
  }
}
