import type { V1Service, V1ServiceSpec } from '../gen/types.ts';
import { duplicate, forbidden, invalid, notSupported, required } from '../validation/causes.ts';
import { dnsLabel, dnsSubdomain, ipAddress } from '../validation/names.ts';
import { check, checkOneOf, checkPort, checkPortOrName, type Causes } from '../validation/numbers.ts';
import { validateLabels } from '../validation/object-meta.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

/** Source: `pkg/apis/core/validation/validation.go` ValidateService. */
export function validateService({ spec }: V1Service): Causes {
  const causes: Causes = [];
  const headless = spec.clusterIP === 'None' || spec.clusterIPs?.[0] === 'None';
  if (!spec.ports?.length && !headless && spec.type !== 'ExternalName') causes.push(required('spec.ports'));
  checkOneOf(causes, 'spec.type', spec.type, types);
  if (spec.type === 'ExternalName') validateExternalName(causes, spec);
  else validateClusterIPs(causes, spec, headless);
  validatePorts(causes, spec);
  if (spec.selector) validateLabels(causes, spec.selector, 'spec.selector');
  checkOneOf(causes, 'spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (timeout !== undefined && !(timeout > 0 && timeout <= 86400))
    causes.push(
      invalid(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        timeout,
        'must be greater than 0 and less than 86400',
      ),
    );
  for (const [index, address] of (spec.externalIPs ?? []).entries())
    check(causes, `spec.externalIPs[${index}]`, address, ipAddress);
  validatePolicies(causes, spec);
  return causes;
}

function validateExternalName(causes: Causes, spec: V1ServiceSpec): void {
  if (spec.clusterIPs?.length || spec.clusterIP)
    causes.push(forbidden('spec.clusterIPs', 'may not be set for ExternalName services'));
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') causes.push(required('spec.externalName'));
  else check(causes, 'spec.externalName', name, dnsSubdomain);
}

function validateClusterIPs(causes: Causes, spec: V1ServiceSpec, headless: boolean): void {
  const addresses = spec.clusterIPs ?? [];
  if ((spec.clusterIP ?? '') !== (addresses[0] ?? ''))
    causes.push(invalid('spec.clusterIPs', addresses, 'first value must match `clusterIP`'));
  if (headless && spec.type !== 'ClusterIP')
    causes.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
  if (addresses.length > 2)
    causes.push(invalid('spec.clusterIPs', addresses, 'may only hold up to 2 values'));
  for (const [index, address] of addresses.entries()) {
    const field = `spec.clusterIPs[${index}]`;
    if (address === 'None') {
      if (addresses.length > 1)
        causes.push(invalid(field, address, 'may not be set to `None` together with other addresses'));
    } else check(causes, field, address, ipAddress);
  }
  for (const [index, family] of (spec.ipFamilies ?? []).entries())
    if (family !== 'IPv4' && family !== 'IPv6')
      causes.push(notSupported(`spec.ipFamilies[${index}]`, family, ['IPv4', 'IPv6']));
  checkOneOf(
    causes,
    'spec.ipFamilyPolicy',
    spec.ipFamilyPolicy,
    ['SingleStack', 'PreferDualStack', 'RequireDualStack'],
    true,
  );
}

function validatePorts(causes: Causes, spec: V1ServiceSpec): void {
  const ports = spec.ports ?? [];
  const names = new Set<string>();
  const taken = new Set<string>();
  const nodePorts = new Set<string>();
  for (const [index, port] of ports.entries()) {
    const at = `spec.ports[${index}]`;
    if (!port.name) {
      if (ports.length > 1) causes.push(required(`${at}.name`));
    } else {
      check(causes, `${at}.name`, port.name, dnsLabel);
      if (names.has(port.name)) causes.push(duplicate(`${at}.name`, port.name));
      names.add(port.name);
    }
    checkPort(causes, `${at}.port`, port.port);
    checkOneOf(causes, `${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
    if (port.targetPort !== undefined) checkPortOrName(causes, `${at}.targetPort`, port.targetPort);
    const key = `${port.protocol}/${port.port}`;
    if (taken.has(key)) causes.push(duplicate(at, { protocol: port.protocol, port: port.port }));
    taken.add(key);
    if (!port.nodePort) continue;
    if (spec.type === 'ClusterIP' || spec.type === 'ExternalName')
      causes.push(forbidden(`${at}.nodePort`, `may not be used when \`type\` is '${spec.type}'`));
    else checkPort(causes, `${at}.nodePort`, port.nodePort);
    const nodeKey = `${port.protocol}/${port.nodePort}`;
    if (nodePorts.has(nodeKey)) causes.push(duplicate(`${at}.nodePort`, port.nodePort));
    nodePorts.add(nodeKey);
  }
}

function validatePolicies(causes: Causes, spec: V1ServiceSpec): void {
  const external = spec.externalTrafficPolicy;
  const reachable =
    spec.type === 'NodePort' || spec.type === 'LoadBalancer' || Boolean(spec.externalIPs?.length);
  if (external && !reachable)
    causes.push(
      invalid('spec.externalTrafficPolicy', external, 'may only be set for externally-accessible services'),
    );
  checkOneOf(causes, 'spec.externalTrafficPolicy', external, ['Cluster', 'Local'], !reachable);
  checkOneOf(
    causes,
    'spec.internalTrafficPolicy',
    spec.internalTrafficPolicy,
    ['Cluster', 'Local'],
    spec.type === 'ExternalName',
  );
  if (spec.healthCheckNodePort && !(spec.type === 'LoadBalancer' && external === 'Local'))
    causes.push(
      invalid(
        'spec.healthCheckNodePort',
        spec.healthCheckNodePort,
        "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
      ),
    );
}

/** A service keeps its address for as long as its type has one. */
export function validateServiceUpdate({ spec }: V1Service, { spec: old }: V1Service): Causes {
  const causes: Causes = [];
  if (old.type === 'ExternalName' || spec.type === 'ExternalName' || !old.clusterIP) return causes;
  if (spec.clusterIP !== old.clusterIP)
    causes.push(invalid('spec.clusterIPs[0]', spec.clusterIPs ?? [], 'may not change once set'));
  return causes;
}
