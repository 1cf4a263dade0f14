import { isIPv6 } from 'node:net';
import type { V1Service, V1ServiceSpec } from '../gen/types.ts';

/**
 * What a service's writer left out. Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Service, and for the IP families
 * `pkg/registry/core/service/storage/alloc.go` of a cluster with one family. Addresses and node ports are given by
 * whoever has the pools of them.
 */
export function serviceDefaults(service: V1Service): void {
  const spec = (service.spec ??= {});
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (spec.sessionAffinity === 'ClientIP') {
    const config = (spec.sessionAffinityConfig ??= {});
    const clientIP = (config.clientIP ??= {});
    clientIP.timeoutSeconds ??= 10800;
  }
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
      port.targetPort = port.port;
  }
  const reachesNodes = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
  if (reachesNodes || spec.externalIPs?.length) spec.externalTrafficPolicy ||= 'Cluster';
  if (spec.type === 'LoadBalancer') spec.allocateLoadBalancerNodePorts ??= true;
  if (spec.type === 'ExternalName') return;
  spec.internalTrafficPolicy ||= 'Cluster';
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  else if (!spec.clusterIP && spec.clusterIPs?.[0]) spec.clusterIP = spec.clusterIPs[0];
  spec.ipFamilyPolicy ||= 'SingleStack';
  if (!spec.ipFamilies?.length) spec.ipFamilies = [isIPv6(spec.clusterIP ?? '') ? 'IPv6' : 'IPv4'];
}

const hasClusterIP = (spec: V1ServiceSpec) => spec.type !== 'ExternalName';
const hasNodePorts = (spec: V1ServiceSpec) =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);

/**
 * What the cluster gave a service stays with it when a writer does not name it, and is let go of when its type no longer
 * has it (`pkg/registry/core/service/strategy.go` patchAllocatedValues, dropTypeDependentFields).
 */
export function keepAllocated(service: V1Service, old: V1Service): void {
  const { spec } = service;
  const before = old.spec;
  if (hasClusterIP(spec) && hasClusterIP(before)) {
    if (!spec.clusterIP && before.clusterIP) spec.clusterIP = before.clusterIP;
    if (!spec.clusterIPs?.length && before.clusterIPs) spec.clusterIPs = before.clusterIPs;
    if (!spec.ipFamilies?.length && before.ipFamilies) spec.ipFamilies = before.ipFamilies;
  } else if (!hasClusterIP(spec) && hasClusterIP(before) && spec.clusterIP === before.clusterIP) {
    for (const member of [
      'clusterIP',
      'clusterIPs',
      'ipFamilies',
      'ipFamilyPolicy',
      'internalTrafficPolicy',
    ] as const)
      delete spec[member];
  }
  if (hasNodePorts(spec)) {
    if (!hasNodePorts(before)) return;
    for (const port of spec.ports ?? []) {
      if (port.nodePort) continue;
      const same = before.ports?.find((each) => each.port === port.port && each.protocol === port.protocol);
      if (same?.nodePort && !spec.ports?.some(({ nodePort }) => nodePort === same.nodePort))
        port.nodePort = same.nodePort;
    }
    if (spec.type === 'LoadBalancer' && spec.externalTrafficPolicy === 'Local' && before.healthCheckNodePort)
      spec.healthCheckNodePort ||= before.healthCheckNodePort;
  } else if (hasNodePorts(before)) {
    for (const [index, port] of (spec.ports ?? []).entries())
      if (port.nodePort && port.nodePort === before.ports?.[index]?.nodePort) delete port.nodePort;
    if (!spec.externalIPs?.length) delete spec.externalTrafficPolicy;
  }
}
