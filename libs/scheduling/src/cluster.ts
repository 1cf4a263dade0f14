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
  readonly node: Stored<V1Node>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly V1Taint[];
  readonly allocatable: NodeResources;
  readonly requested: Amounts;
  readonly weight: { readonly cpuMilli: number; readonly memoryBytes: number };
  readonly pods: ReadonlyMap<string, PodInfo>;
  /** How many pods hold each host port. */
  readonly hostPorts: ReadonlyMap<string, number>;
  /** How many pods of each owner are here. */
  readonly owners: ReadonlyMap<string, number>;
  /** How many pods of each priority are here. */
  readonly priorities: ReadonlyMap<number, number>;
  /** Images that are on the node, by every name: bytes. */
  readonly images: ReadonlyMap<string, number>;
}

/** What the pure core decides over: nothing in it changes while a pod is being placed. */
export interface Snapshot {
  readonly nodes: readonly NodeInfo[];
  node(name: string): NodeInfo | undefined;
}

interface MutableNodeInfo extends NodeInfo {
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
  owners: Map<string, number>;
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

/**
 * The nodes and the pods on them, kept up to date by events: adding, moving or removing a pod costs the same however large the
 * cluster is. Pods of nodes not seen yet are kept until the node comes.
 */
export class Cluster implements Snapshot {
  readonly #nodes = new Map<string, MutableNodeInfo>();
  #ordered: MutableNodeInfo[] | undefined = [];
  /** Where each pod is, by key. */
  readonly #places = new Map<string, { nodeName: string; info: PodInfo }>();
  readonly #homeless = new Map<string, Map<string, PodInfo>>();

  get nodes(): readonly NodeInfo[] {
    return (this.#ordered ??= [...this.#nodes.values()]);
  }

  get podCount(): number {
    return this.#places.size;
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
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
    const known = this.#nodes.get(name);
    if (known) {
      Object.assign(known, facts);
      return;
    }
    const info: MutableNodeInfo = {
      name,
      ...facts,
      requested: { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} },
      weight: { cpuMilli: 0, memoryBytes: 0 },
      pods: new Map(),
      hostPorts: new Map(),
      owners: new Map(),
      priorities: new Map(),
    };
    this.#nodes.set(name, info);
    this.#ordered = undefined;
    for (const pod of this.#homeless.get(name)?.values() ?? []) account(info, pod, 1);
    this.#homeless.delete(name);
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (!info) return;
    this.#nodes.delete(name);
    this.#ordered = undefined;
    if (info.pods.size > 0) this.#homeless.set(name, new Map(info.pods));
  }

  /** Puts a pod onto a node; one that is there already, or elsewhere, is moved. */
  putPod(info: PodInfo, nodeName: string): void {
    this.removePod(info.key);
    this.#places.set(info.key, { nodeName, info });
    const node = this.#nodes.get(nodeName);
    if (node) account(node, info, 1);
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
    if (node) account(node, place.info, -1);
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
}

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
  if (info.owner) count(node.owners, info.owner, sign);
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
    owners: new Map(node.owners),
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
