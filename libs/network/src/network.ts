/** The namespaces of one pod, pinned by bind mounts so that no process has to hold them. */
export interface Sandbox {
  /** The pod's uid. */
  id: string;
  /** Paths of the pinned namespaces; `host` where the pod shares the host's. */
  network: string | 'host';
  ipc: string | 'host';
  uts: string | 'host';
  /** The pod's addresses; the node's own with host network. */
  addresses: string[];
}

export interface SandboxOptions {
  id: string;
  hostname: string;
  hostNetwork?: boolean;
  hostIpc?: boolean;
  hostPorts?: readonly HostPort[];
}

export interface HostPort {
  hostIp?: string;
  hostPort: number;
  containerPort: number;
  protocol: 'TCP' | 'UDP' | 'SCTP';
}

/** Counted at the pod's `eth0`, from the pod's side. */
export interface PodTraffic {
  received: LinkCounters;
  sent: LinkCounters;
}

export interface LinkCounters {
  bytes: number;
  packets: number;
  errors: number;
  dropped: number;
}

/** Another node, as far as packets care. */
export interface NodeRoute {
  name: string;
  /** Its address on the network that the nodes share. */
  address: string;
  podCidrs: readonly string[];
}

/**
 * The pod network of one node: a bridge with the pod CIDR's first address, a veth pair per pod, routes to the other
 * nodes' pods. Namespaces with their links and addresses are made ahead of need and handed out in well under a millisecond.
 */
export interface PodNetwork extends AsyncDisposable {
  /** Makes the bridge, fills the pool, takes over what an earlier process left (`known`: ids of pods that still live). Idempotent. */
  open(options: { podCidr: string; known: readonly string[] }): Promise<void>;
  /** The sandbox of that id, made when it is not there. */
  acquire(options: SandboxOptions): Promise<Sandbox>;
  get(id: string): Sandbox | undefined;
  /** What each pod with a network of its own has received and sent so far, by its id. Costs one look for all of them. */
  traffic(): ReadonlyMap<string, PodTraffic>;
  /** Frees address, link and namespaces; idempotent. No process may run in it any more. */
  release(id: string): Promise<void>;
  /** Replaces the routes to other nodes' pods by these. */
  setRoutes(nodes: readonly NodeRoute[]): Promise<void>;
  /** Removes everything of this node: bridge, links, namespaces, rules. For `gantry down`. */
  destroy(): Promise<void>;
}

/** One port of a Service with the places that answer it; what the proxy needs of Service and EndpointSlice. */
export interface ServicePort {
  /** `namespace/name:port`, for names and messages. */
  key: string;
  protocol: 'TCP' | 'UDP' | 'SCTP';
  port: number;
  clusterIps: readonly string[];
  externalIps: readonly string[];
  nodePort?: number;
  /** Ready endpoints, already chosen by traffic policy. Empty: connections are refused, or see `dropsWithout`. */
  endpoints: readonly ServiceEndpoint[];
  /** Without endpoints packets are dropped, not refused: there are some elsewhere, only not for this node by the traffic policy. */
  dropsWithout?: boolean;
  /** ClientIP affinity, in seconds. */
  affinitySeconds?: number;
  /** External clients keep their own address (`externalTrafficPolicy: Local`): all endpoints are on this node. Default: they get the node's. */
  preserveClientIp?: boolean;
  /** With `preserveClientIp`: who answers pods and this node itself, which the policy is not for. */
  insiders?: readonly ServiceEndpoint[];
  /** Of the external addresses these take connections from these networks only (`loadBalancerSourceRanges`). */
  firewall?: { addresses: readonly string[]; sources: readonly string[] };
}

export interface ServiceEndpoint {
  address: string;
  port: number;
}

/** What balancers are told who ask this node for a Service's health. */
export interface HealthCheck {
  namespace: string;
  name: string;
  /** The Service's `healthCheckNodePort`. */
  port: number;
  /** Ready endpoints on this node. */
  localEndpoints: number;
}

/** Makes Services answer on this node, in the kernel. */
export interface ServiceProxy extends AsyncDisposable {
  /**
   * Brings the kernel to exactly these, changing only what differs, and then answers exactly these health checks. Resolves when the
   * kernel has it.
   */
  apply(ports: readonly ServicePort[], healthChecks?: readonly HealthCheck[]): Promise<void>;
  /** Removes all of its rules. */
  destroy(): Promise<void>;
}
