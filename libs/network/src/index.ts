export type * from './network.ts';
export { openPodNetwork, type PodNetworkOptions } from './pods/pod-network.ts';
export { openServiceProxy, type ServiceProxyOptions } from './services/service-proxy.ts';
export { serviceHealthChecks, servicePorts, type ProxyNode } from './services/service-ports.ts';
export {
  createTopology,
  destroyTopology,
  type Topology,
  type TopologyNode,
  type TopologyOptions,
} from './topology/topology.ts';
