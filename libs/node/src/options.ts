import type { Clock, Logger, Metrics } from '@gantry/base';
import type { V1Taint } from '@gantry/api';
import type { Host } from '@gantry/host';
import type { ImageStore } from '@gantry/image';
import type { NodeLinkClient } from '@gantry/link';
import type { PodNetwork, ServiceProxy } from '@gantry/network';
import type { ContainerRuntime } from '@gantry/runtime';

/** The agent's way to the server, as `NodeLinkClient` offers it. */
export type NodeLink = Pick<
  NodeLinkClient,
  'run' | 'connected' | 'sendPodStatus' | 'podTerminated' | 'event' | 'sendNodeStatus' | 'heartbeat'
>;

export interface AgentOptions {
  nodeName: string;
  /** The node's address on the network that the nodes share. */
  nodeIp: string;
  /** Survives restarts of the machine: volumes, logs, records. */
  dataDir: string;
  /** Does not: best on a tmpfs. */
  runDir: string;
  /** Cgroup below which all pods of this node are. Default `/gantry`. */
  cgroupRoot?: string;
  link: NodeLink;
  images: ImageStore;
  runtime: ContainerRuntime;
  network: PodNetwork;
  proxy: ServiceProxy;
  host: Host;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  /** What the node says it is: `v1.36.0+gantry`. */
  version: string;
  /** Default 110. */
  maxPods?: number;
  labels?: Record<string, string>;
  /** Set when the node is registered for the first time. */
  taints?: V1Taint[];
  /** Kept back from pods. Default nothing. */
  reserved?: { cpuMilli: number; memoryBytes: number };
  /** Port of the node's own endpoints, for the Node object. Default 10250. */
  port?: number;
}

export type ResolvedAgentOptions = Readonly<Required<AgentOptions>>;

export function resolveAgentOptions(options: AgentOptions): ResolvedAgentOptions {
  return Object.freeze({
    cgroupRoot: '/gantry',
    maxPods: 110,
    labels: {},
    taints: [],
    reserved: { cpuMilli: 0, memoryBytes: 0 },
    port: 10250,
    ...options,
  });
}
