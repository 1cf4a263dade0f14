import {
  keyOf,
  lastingContainers,
  nameOf,
  nodeResources,
  podHostPorts,
  podRequests,
  type NodeResources,
  type Stored,
  type V1Node,
  type V1Pod,
  type V1Taint,
} from '@gantry/api';

/** Amounts of what a node has and pods ask for. Extended resources (`example.com/gpu`) in their own units. */
export interface Amounts {
  cpuMilli: number;
  memoryBytes: number;
  ephemeralBytes: number;
  extended: Readonly<Record<string, number>>;
}

/** What the scheduler knows of a pod, worked out once. */
export interface PodInfo {
  readonly pod: Stored<V1Pod>;
  /** `namespace/name`. */
  readonly key: string;
  readonly requests: Amounts;
  /** As `requests`, but never nothing: scoring counts a container without requests, in a pod without, as 100m and 200 MiB (upstream `util/pod_resources.go`). */
  readonly weight: { cpuMilli: number; memoryBytes: number };
  /** Host ports as `ip/protocol/port`. */
  readonly hostPorts: readonly string[];
  /** uid of the controlling owner; '' without one. */
  readonly owner: string;
  /** `spec.priority`, 0 without one. */
  readonly priority: number;
}

/** One node with the sums over the pods that are on it, or that the scheduler has just put there. Changed only by `Cluster`. */
export interface NodeInfo {
  readonly name: string;
  /** Where it stands among the snapshot's nodes. */
  readonly position: number;
  readonly node: Stored<V1Node>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly V1Taint[];
  readonly allocatable: NodeResources;
  readonly requested: Amounts;
  readonly weight: { readonly cpuMilli: number; readonly memoryBytes: number };
  readonly pods: ReadonlyMap<string, PodInfo>;
  /** How many pods hold each host port. */
  readonly hostPorts: ReadonlyMap<string, number>;
  /** How many pods of each priority are here. */
  readonly priorities: ReadonlyMap<number, number>;
  /** Images that are on the node, by every name: bytes. */
  readonly images: ReadonlyMap<string, number>;
}

/** What the pure core decides over: nothing in it changes while a pod is being placed. */
export interface Snapshot {
  /** Each at its `position`. */
  readonly nodes: readonly NodeInfo[];
  /** How many nodes have each image, by every name. */
  readonly images: ReadonlyMap<string, number>;
  node(name: string): NodeInfo | undefined;
  /** On which nodes the pods of an owner are, and how many. */
  ofOwner(owner: string): ReadonlyMap<NodeInfo, number>;
  /**
   * What `make` works out from this snapshot, remembered by the key from the second time on and kept true by what changes, so that the
   * next decision need not work it out again. It rests on the snapshot and on what the key says, on nothing else: whether it was remembered makes no difference.
   */
  derive<T extends Derived>(key: string, make: () => T): T;
}

/** Something worked out from a snapshot that is told of changes. It lives no longer than the list of nodes: one more or one less ends it. */
export interface Derived {
  /** A pod has come onto the node (1) or has left it (-1). */
  podChanged(node: NodeInfo, info: PodInfo, sign: 1 | -1): void;
  /** The node itself is another now, `relabelled` in its labels or taints, too. False when all has to be worked out anew. */
  nodeChanged(node: NodeInfo, relabelled: boolean): boolean;
}

interface MutableNodeInfo extends NodeInfo {
  position: number;
  node: Stored<V1Node>;
  labels: Record<string, string>;
  taints: readonly V1Taint[];
  allocatable: NodeResources;
  requested: {
    cpuMilli: number;
    memoryBytes: number;
    ephemeralBytes: number;
    extended: Record<string, number>;
  };
  weight: { cpuMilli: number; memoryBytes: number };
  pods: Map<string, PodInfo>;
  hostPorts: Map<string, number>;
  priorities: Map<number, number>;
  images: ReadonlyMap<string, number>;
}

const defaultWeight = { cpuMilli: 100, memoryBytes: 200 * 1024 * 1024 };

export function podInfoOf(pod: Stored<V1Pod>): PodInfo {
  const requests = podRequests(pod);
  const running = lastingContainers(pod);
  const unsized = (resource: 'cpu' | 'memory') =>
    pod.spec.resources?.requests?.[resource] !== undefined
      ? 0
      : running.filter((container) => container.resources?.requests?.[resource] === undefined).length;
  return {
    pod,
    key: keyOf(nameOf(pod)),
    requests,
    weight: {
      cpuMilli: requests.cpuMilli + unsized('cpu') * defaultWeight.cpuMilli,
      memoryBytes: requests.memoryBytes + unsized('memory') * defaultWeight.memoryBytes,
    },
    hostPorts: podHostPorts(pod),
    owner: pod.metadata.ownerReferences?.find((each) => each.controller)?.uid ?? '',
    priority: pod.spec.priority ?? 0,
  };
}

/** So many derived things are remembered, those used last. At 5,000 nodes one is 20 to 150 KB, and each change is told to all. */
const maxDerived = 128;

/** And of so many more it is known that they were asked for once: what is asked for only once is not worth being told of changes. */
const maxAsked = 128;

/**
 * The nodes and the pods on them, kept up to date by events: adding, moving or removing a pod costs the same however large the
 * cluster is. Pods of nodes not seen yet are kept until the node comes.
 */
export class Cluster implements Snapshot {
  readonly #nodes = new Map<string, MutableNodeInfo>();
  #ordered: MutableNodeInfo[] | undefined = [];
  readonly #images = new Map<string, number>();
  readonly #owners = new Map<string, Map<NodeInfo, number>>();
  /** Where each pod is, by key. */
  readonly #places = new Map<string, { nodeName: string; info: PodInfo }>();
  readonly #homeless = new Map<string, Map<string, PodInfo>>();
  /** The one used last is last. */
  readonly #derived = new Map<string, Derived>();
  /** Keys of what was worked out once and not remembered; the one asked for last is last. */
  readonly #asked = new Set<string>();

  get nodes(): readonly NodeInfo[] {
    return (this.#ordered ??= [...this.#nodes.values()].map((node, position) =>
      Object.assign(node, { position }),
    ));
  }

  get images(): ReadonlyMap<string, number> {
    return this.#images;
  }

  get podCount(): number {
    return this.#places.size;
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
  }

  ofOwner(owner: string): ReadonlyMap<NodeInfo, number> {
    return this.#owners.get(owner) ?? nowhere;
  }

  derive<T extends Derived>(key: string, make: () => T): T {
    // A key says whose it is, so what is there under it was made by the same `make`.
    const known = this.#derived.get(key) as T | undefined;
    if (!known && !this.#asked.delete(key)) {
      if (this.#asked.size >= maxAsked) this.#asked.delete(this.#asked.keys().next().value!);
      this.#asked.add(key);
      return make();
    }
    if (known) this.#derived.delete(key);
    else if (this.#derived.size >= maxDerived) this.#derived.delete(this.#derived.keys().next().value!);
    const derived = known ?? make();
    this.#derived.set(key, derived);
    return derived;
  }

  /** Takes a node in, new or changed. */
  putNode(node: Stored<V1Node>): void {
    const { name } = node.metadata;
    const facts = {
      node,
      labels: node.metadata.labels ?? {},
      taints: node.spec.taints ?? [],
      allocatable: nodeResources(node.status),
      images: new Map(
        (node.status?.images ?? []).flatMap((image) =>
          (image.names ?? []).map((each) => [each, image.sizeBytes ?? 0] as const),
        ),
      ),
    };
    for (const image of facts.images.keys()) count(this.#images, image, 1);
    const known = this.#nodes.get(name);
    if (known) {
      for (const image of known.images.keys()) count(this.#images, image, -1);
      const relabelled = differs<Pick<NodeInfo, 'labels' | 'taints'>>(known, facts, ({ labels, taints }) => [
        labels,
        taints,
      ]);
      Object.assign(known, facts);
      for (const [key, each] of this.#derived)
        if (!each.nodeChanged(known, relabelled)) this.#derived.delete(key);
      return;
    }
    const info: MutableNodeInfo = {
      name,
      position: -1,
      ...facts,
      requested: { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} },
      weight: { cpuMilli: 0, memoryBytes: 0 },
      pods: new Map(),
      hostPorts: new Map(),
      priorities: new Map(),
    };
    this.#nodes.set(name, info);
    this.#reorder();
    for (const pod of this.#homeless.get(name)?.values() ?? []) this.#account(info, pod, 1);
    this.#homeless.delete(name);
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (!info) return;
    this.#nodes.delete(name);
    this.#reorder();
    for (const image of info.images.keys()) count(this.#images, image, -1);
    for (const { owner } of info.pods.values()) this.#countOwner(owner, info, -1);
    if (info.pods.size > 0) this.#homeless.set(name, new Map(info.pods));
  }

  /** Puts a pod onto a node; one that is there already, or elsewhere, is moved. */
  putPod(info: PodInfo, nodeName: string): void {
    this.removePod(info.key);
    this.#places.set(info.key, { nodeName, info });
    const node = this.#nodes.get(nodeName);
    if (node) this.#account(node, info, 1);
    else {
      let waiting = this.#homeless.get(nodeName);
      if (!waiting) this.#homeless.set(nodeName, (waiting = new Map()));
      waiting.set(info.key, info);
    }
  }

  /** True when the pod was somewhere. */
  removePod(key: string): boolean {
    const place = this.#places.get(key);
    if (!place) return false;
    this.#places.delete(key);
    const node = this.#nodes.get(place.nodeName);
    if (node) this.#account(node, place.info, -1);
    else this.#homeless.get(place.nodeName)?.delete(key);
    return true;
  }

  /** Takes an assumption back: removes the pod if it is there as put in by this very call of `putPod`. True when it was. */
  forget(info: PodInfo): boolean {
    return this.#places.get(info.key)?.info === info && this.removePod(info.key);
  }

  /** The node a pod is on, or was assumed to go to. */
  placeOf(key: string): string | undefined {
    return this.#places.get(key)?.nodeName;
  }

  /** There is another list of nodes: positions are no longer what they were. */
  #reorder(): void {
    this.#ordered = undefined;
    this.#derived.clear();
  }

  #account(node: MutableNodeInfo, info: PodInfo, sign: 1 | -1): void {
    account(node, info, sign);
    this.#countOwner(info.owner, node, sign);
    for (const each of this.#derived.values()) each.podChanged(node, info, sign);
  }

  #countOwner(owner: string, node: NodeInfo, sign: 1 | -1): void {
    if (!owner) return;
    let places = this.#owners.get(owner);
    if (!places) this.#owners.set(owner, (places = new Map()));
    count(places, node, sign);
    if (places.size === 0) this.#owners.delete(owner);
  }
}

const nowhere: ReadonlyMap<NodeInfo, number> = new Map();

/** Whether two things differ in this part of them. */
export const differs = <T>(a: T, b: T, part: (each: T) => unknown) =>
  JSON.stringify(part(a)) !== JSON.stringify(part(b));

function account(node: MutableNodeInfo, info: PodInfo, sign: 1 | -1): void {
  const { requested, weight } = node;
  requested.cpuMilli += sign * info.requests.cpuMilli;
  requested.memoryBytes += sign * info.requests.memoryBytes;
  requested.ephemeralBytes += sign * info.requests.ephemeralBytes;
  for (const [resource, amount] of Object.entries(info.requests.extended))
    requested.extended[resource] = (requested.extended[resource] ?? 0) + sign * amount;
  weight.cpuMilli += sign * info.weight.cpuMilli;
  weight.memoryBytes += sign * info.weight.memoryBytes;
  if (sign > 0) node.pods.set(info.key, info);
  else node.pods.delete(info.key);
  for (const port of info.hostPorts) count(node.hostPorts, port, sign);
  count(node.priorities, info.priority, sign);
}

/** The node as it would be without its pods of a lower priority; undefined when it has none. */
export function withoutLower(node: NodeInfo, priority: number): NodeInfo | undefined {
  if (![...node.priorities.keys()].some((each) => each < priority)) return undefined;
  const copy: MutableNodeInfo = {
    ...node,
    requested: { ...node.requested, extended: { ...node.requested.extended } },
    weight: { ...node.weight },
    pods: new Map(node.pods),
    hostPorts: new Map(node.hostPorts),
    priorities: new Map(node.priorities),
  };
  for (const info of node.pods.values()) if (info.priority < priority) account(copy, info, -1);
  return copy;
}

function count<K>(map: Map<K, number>, key: K, by: number): void {
  const next = (map.get(key) ?? 0) + by;
  if (next > 0) map.set(key, next);
  else map.delete(key);
}
