import { isIPv6 } from 'node:net';
import type { V1Service, V1ServiceSpec } from '../gen/types.ts';
import { equal } from '../json.ts';

/**
 * What a service's writer left out. Source: `pkg/apis/core/v1/defaults.go` SetDefaults_Service, and for the IP families
 * `pkg/registry/core/service/storage/alloc.go` of a cluster with one family. Addresses and node ports are given by
 * whoever has the pools of them.
 */
export function serviceDefaults(service: V1Service): void {
  const spec = (service.spec ??= {});
  spec.sessionAffinity ||= 'None';
  if (spec.sessionAffinity === 'None') delete spec.sessionAffinityConfig;
  else if (
    spec.sessionAffinity === 'ClientIP' &&
    spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined
  )
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: 10800 } };
  spec.type ||= 'ClusterIP';
  for (const port of spec.ports ?? []) {
    port.protocol ||= 'TCP';
    if (port.targetPort === undefined || port.targetPort === 0 || port.targetPort === '')
      port.targetPort = port.port;
  }
  if (isExternallyAccessible(spec)) spec.externalTrafficPolicy ||= 'Cluster';
  if (spec.type === 'LoadBalancer') {
    spec.allocateLoadBalancerNodePorts ??= true;
    for (const ingress of service.status?.loadBalancer?.ingress ?? [])
      if (ingress.ip) ingress.ipMode ??= 'VIP';
  }
  if (spec.type === 'ExternalName') return;
  spec.internalTrafficPolicy ||= 'Cluster';
  if (spec.clusterIP && !spec.clusterIPs?.length) spec.clusterIPs = [spec.clusterIP];
  spec.ipFamilyPolicy ||= 'SingleStack';
  if (!spec.ipFamilies?.length) spec.ipFamilies = [isIPv6(spec.clusterIP ?? '') ? 'IPv6' : 'IPv4'];
}

/** Whether somebody outside of the cluster can reach it, as far as the spec says. */
export const isExternallyAccessible = ({ type, externalIPs }: V1ServiceSpec) =>
  type === 'LoadBalancer' || type === 'NodePort' || (type === 'ClusterIP' && Boolean(externalIPs?.length));

export const needsHealthCheck = ({ type, externalTrafficPolicy }: V1ServiceSpec) =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local';

const hasClusterIP = (spec: V1ServiceSpec) => spec.type !== 'ExternalName';
const hasNodePorts = (spec: V1ServiceSpec) => spec.type === 'NodePort' || spec.type === 'LoadBalancer';
const nodePortsOf = ({ ports = [] }: V1ServiceSpec) => ports.flatMap(({ nodePort }) => nodePort || []);

/**
 * What the cluster gave a service stays with it when a writer does not name it (`pkg/registry/core/service/storage`
 * patchAllocatedValues), and is let go of when its type no longer has it and the writer did not ask for another
 * (`strategy.go` dropTypeDependentFields).
 */
export function keepAllocated(service: V1Service, old: V1Service): void {
  const { spec } = service;
  const before = old.spec;
  // Who changes only the old name of the address means both (NormalizeClusterIPs).
  if ((spec.clusterIP ?? '') !== (before.clusterIP ?? '') && equal(spec.clusterIPs, before.clusterIPs)) {
    if (spec.clusterIP) spec.clusterIPs = [spec.clusterIP];
    else delete spec.clusterIPs;
  }
  keepGiven(spec, before);
  if (hasClusterIP(before) && !hasClusterIP(spec)) {
    if (
      (spec.clusterIP ?? '') === (before.clusterIP ?? '') &&
      equal(spec.clusterIPs ?? [], before.clusterIPs ?? [])
    ) {
      delete spec.clusterIP;
      delete spec.clusterIPs;
    }
    if (equal(spec.ipFamilies, before.ipFamilies)) delete spec.ipFamilies;
    if (spec.ipFamilyPolicy === before.ipFamilyPolicy) delete spec.ipFamilyPolicy;
  }
  if (hasNodePorts(before) && !hasNodePorts(spec)) {
    const had = new Set(nodePortsOf(before));
    if (nodePortsOf(spec).every((port) => had.has(port)))
      for (const port of spec.ports ?? []) delete port.nodePort;
  }
  if (
    needsHealthCheck(before) &&
    !needsHealthCheck(spec) &&
    spec.healthCheckNodePort === before.healthCheckNodePort
  )
    delete spec.healthCheckNodePort;
  if (before.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (spec.allocateLoadBalancerNodePorts === before.allocateLoadBalancerNodePorts)
      delete spec.allocateLoadBalancerNodePorts;
    if (spec.loadBalancerClass === before.loadBalancerClass) delete spec.loadBalancerClass;
  }
  if (
    isExternallyAccessible(before) &&
    !isExternallyAccessible(spec) &&
    spec.externalTrafficPolicy === before.externalTrafficPolicy
  )
    delete spec.externalTrafficPolicy;
  // What a load balancer was reached by is nothing any more.
  if (spec.type !== 'LoadBalancer') service.status = { ...service.status, loadBalancer: {} };
}

function keepGiven(spec: V1ServiceSpec, before: V1ServiceSpec): void {
  if (hasClusterIP(spec) && hasClusterIP(before)) {
    if (!spec.clusterIP && before.clusterIP) spec.clusterIP = before.clusterIP;
    if (!spec.clusterIPs?.length && before.clusterIPs) spec.clusterIPs = before.clusterIPs;
    if (!spec.ipFamilies?.length && before.ipFamilies) spec.ipFamilies = before.ipFamilies;
  }
  if (!hasNodePorts(spec) || !hasNodePorts(before)) return;
  for (const port of spec.ports ?? []) {
    if (port.nodePort) continue;
    const same = before.ports?.find((each) => each.port === port.port && each.protocol === port.protocol);
    if (same?.nodePort && !spec.ports?.some(({ nodePort }) => nodePort === same.nodePort))
      port.nodePort = same.nodePort;
  }
  if (needsHealthCheck(spec) && needsHealthCheck(before) && before.healthCheckNodePort)
    spec.healthCheckNodePort ||= before.healthCheckNodePort;
}
