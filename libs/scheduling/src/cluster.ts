import {
  keyOf,
  milliOf,
  bytesOf,
  nameOf,
  podRequests,
  type Stored,
  type V1Container,
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
  /** As `requests`, but never nothing: scoring counts a container without requests as 100m and 200 MiB (upstream `util/pod_resources.go`). */
  readonly weight: { cpuMilli: number; memoryBytes: number };
  /** Host ports as `ip/protocol/port`. */
  readonly hostPorts: readonly string[];
  /** uid of the controlling owner; '' without one. */
  readonly owner: string;
}

/** One node with the sums over the pods that are on it, or that the scheduler has just put there. Changed only by `Cluster`. */
export interface NodeInfo {
  readonly name: string;
  readonly node: Stored<V1Node>;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly V1Taint[];
  readonly allocatable: Amounts;
  readonly allocatablePods: number;
  readonly requested: Amounts;
  readonly weight: { readonly cpuMilli: number; readonly memoryBytes: number };
  readonly pods: ReadonlyMap<string, PodInfo>;
  /** How many pods hold each host port. */
  readonly hostPorts: ReadonlyMap<string, number>;
  /** How many pods of each owner are here. */
  readonly owners: ReadonlyMap<string, number>;
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
  allocatable: Amounts;
  allocatablePods: number;
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
  images: ReadonlyMap<string, number>;
}

const defaultWeight = { cpuMilli: 100, memoryBytes: 200 * 1024 * 1024 };

export function podInfoOf(pod: Stored<V1Pod>): PodInfo {
  const requests = podRequests(pod);
  const unsized = (resource: 'cpu' | 'memory') =>
    pod.spec.containers.filter((container) => container.resources?.requests?.[resource] === undefined).length;
  return {
    pod,
    key: keyOf(nameOf(pod)),
    requests,
    weight: {
      cpuMilli: requests.cpuMilli + unsized('cpu') * defaultWeight.cpuMilli,
      memoryBytes: requests.memoryBytes + unsized('memory') * defaultWeight.memoryBytes,
    },
    hostPorts: lasting(pod).flatMap((container) =>
      (container.ports ?? []).flatMap(({ hostPort, hostIP, protocol }) =>
        hostPort ? [`${hostIP || '0.0.0.0'}/${protocol ?? 'TCP'}/${hostPort}`] : [],
      ),
    ),
    owner: pod.metadata.ownerReferences?.find((each) => each.controller)?.uid ?? '',
  };
}

/** The containers that run side by side for as long as the pod does: sidecars hold their host ports all the time, too. */
function lasting({ spec }: V1Pod): V1Container[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return sidecars.length > 0 ? [...spec.containers, ...sidecars] : spec.containers;
}

const standardResources = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

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
    const amounts = node.status?.allocatable ?? node.status?.capacity ?? {};
    const facts = {
      node,
      labels: node.metadata.labels ?? {},
      taints: node.spec.taints ?? [],
      allocatable: {
        cpuMilli: milliOf(amounts['cpu'] ?? '0'),
        memoryBytes: bytesOf(amounts['memory'] ?? '0'),
        ephemeralBytes: bytesOf(amounts['ephemeral-storage'] ?? '0'),
        extended: Object.fromEntries(
          Object.entries(amounts).flatMap(([resource, amount]) =>
            standardResources.has(resource) ? [] : [[resource, bytesOf(amount)]],
          ),
        ),
      },
      allocatablePods: bytesOf(amounts['pods'] ?? '0'),
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
}

function count(map: Map<string, number>, key: string, by: number): void {
  const next = (map.get(key) ?? 0) + by;
  if (next > 0) map.set(key, next);
  else map.delete(key);
}
