import { isIPv6 } from 'node:net';
import type { V1Service } from '../gen/types.ts';
import { addressBytes } from '../validation/names.ts';

/** What the writer of a service is told. Source: `pkg/api/service/warnings.go`. */
export function serviceWarnings({ metadata, spec }: V1Service): string[] {
  const warnings: string[] = [];
  const { type, clusterIP, externalIPs = [] } = spec;
  const headless = type === 'ClusterIP' && clusterIP === 'None';
  if (metadata.annotations?.['service.kubernetes.io/topology-aware-hints'] !== undefined)
    warnings.push(
      'annotation service.kubernetes.io/topology-aware-hints is deprecated, please use service.kubernetes.io/topology-mode instead',
    );
  if (clusterIP && clusterIP !== 'None' && type !== 'ExternalName')
    for (const [index, address] of (spec.clusterIPs ?? []).entries())
      warnOfAddress(warnings, `spec.clusterIPs[${index}]`, address);
  if (headless) {
    if (spec.loadBalancerIP) warnings.push('spec.loadBalancerIP is ignored for headless services');
    if (externalIPs.length) warnings.push('spec.externalIPs is ignored for headless services');
    if (spec.sessionAffinity !== 'None')
      warnings.push('spec.SessionAffinity is ignored for headless services');
  }
  for (const [index, address] of externalIPs.entries())
    warnOfAddress(warnings, `spec.externalIPs[${index}]`, address);
  if (externalIPs.length && !headless && type !== 'ExternalName')
    warnings.push('spec.externalIPs is deprecated and may no longer be implemented in some clusters');
  if (spec.loadBalancerIP) warnOfAddress(warnings, 'spec.loadBalancerIP', spec.loadBalancerIP);
  if (type === 'ExternalName' && externalIPs.length)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (type !== 'ExternalName' && spec.externalName)
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  if (spec.trafficDistribution === 'PreferClose')
    warnings.push('spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"');
  return warnings;
}

/** An IPv6 address can be written in many ways; RFC 5952 says in which. */
function warnOfAddress(warnings: string[], field: string, address: string): void {
  if (!isIPv6(address)) return;
  const written = canonicalIPv6(address);
  if (written !== address)
    warnings.push(
      `${field}: IPv6 address ${JSON.stringify(address)} should be in RFC 5952 canonical format (${JSON.stringify(written)})`,
    );
}

function canonicalIPv6(address: string): string {
  const bytes = addressBytes(address);
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((bytes[2 * index]! << 8) | bytes[2 * index + 1]!).toString(16),
  );
  // The longest run of zeros goes, the first of several, if it is no single one.
  let [from, length] = [-1, 1];
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (groups[end] === '0') end++;
    if (end - start > length) [from, length] = [start, end - start];
  }
  return from < 0
    ? groups.join(':')
    : `${groups.slice(0, from).join(':')}::${groups.slice(from + length).join(':')}`;
}
