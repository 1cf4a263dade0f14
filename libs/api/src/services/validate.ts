import type { V1LoadBalancerIngress, V1Service, V1ServicePort, V1ServiceSpec } from '../gen/types.ts';
import { duplicate, forbidden, goStruct, invalid, notSupported, required } from '../validation/causes.ts';
import {
  cidr,
  dnsLabel,
  dnsSubdomain,
  ipAddress,
  qualifiedName,
  reachableAddress,
} from '../validation/names.ts';
import { check, checkOneOf, checkPort, checkPortOrName, type Causes } from '../validation/numbers.ts';
import { validateLabels } from '../validation/object-meta.ts';
import { isExternallyAccessible, needsHealthCheck } from './defaults.ts';

const types = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const onlyLoadBalancer = "may only be used when `type` is 'LoadBalancer'";
const hintsAnnotation = 'service.kubernetes.io/topology-aware-hints';
const modeAnnotation = 'service.kubernetes.io/topology-mode';
const rangesAnnotation = 'service.beta.kubernetes.io/load-balancer-source-ranges';

const isHeadless = ({ clusterIPs }: V1ServiceSpec) => clusterIPs?.length === 1 && clusterIPs[0] === 'None';

/** Source: `pkg/apis/core/validation/validation.go` ValidateService, in its order. */
export function validateService({ metadata, spec }: V1Service): Causes {
  const causes: Causes = [];
  const { annotations } = metadata;
  const mode = annotations?.[modeAnnotation];
  if (mode !== undefined && (annotations![hintsAnnotation] ?? mode) !== mode)
    causes.push(
      invalid(
        `metadata.annotations[${modeAnnotation}]`,
        mode,
        `must match annotations[${hintsAnnotation}] when both are specified`,
      ),
    );
  const { type, ports = [] } = spec;
  const headless = isHeadless(spec);
  if (ports.length === 0 && !headless && type !== 'ExternalName') causes.push(required('spec.ports'));
  if (headless && (type === 'LoadBalancer' || type === 'NodePort'))
    causes.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${type} services`));
  if (type === 'ExternalName') validateExternalName(causes, spec);
  const names = new Set<string>();
  for (const [index, port] of ports.entries())
    validatePort(causes, port, `spec.ports[${index}]`, names, ports.length > 1);
  if (spec.selector) validateLabels(causes, spec.selector, 'spec.selector');
  validateAffinity(causes, spec);
  if (type !== 'ExternalName') validateClusterIPs(causes, spec, headless);
  for (const [index, address] of (spec.externalIPs ?? []).entries()) {
    const wrong = ipAddress(address) ?? reachableAddress(address);
    for (const each of wrong ?? []) causes.push(invalid(`spec.externalIPs[${index}]`, address, each));
  }
  checkOneOf(causes, 'spec.type', type, types);
  validateNodePorts(causes, spec);
  portsOnce(causes, ports);
  validateRanges(causes, spec, annotations?.[rangesAnnotation]);
  if (spec.allocateLoadBalancerNodePorts !== undefined && type !== 'LoadBalancer')
    causes.push(forbidden('spec.allocateLoadBalancerNodePorts', onlyLoadBalancer));
  if (spec.loadBalancerClass !== undefined) {
    if (type === 'LoadBalancer')
      check(causes, 'spec.loadBalancerClass', spec.loadBalancerClass, qualifiedName);
    else causes.push(forbidden('spec.loadBalancerClass', onlyLoadBalancer));
  }
  validatePolicies(causes, spec);
  return causes;
}

function validateExternalName(causes: Causes, spec: V1ServiceSpec): void {
  const not = 'may not be set for ExternalName services';
  if (spec.clusterIPs?.length || spec.clusterIP) causes.push(forbidden('spec.clusterIPs', not));
  if (spec.ipFamilies?.length) causes.push(forbidden('spec.ipFamilies', not));
  if (spec.ipFamilyPolicy !== undefined) causes.push(forbidden('spec.ipFamilyPolicy', not));
  // A final dot says that it is a whole name.
  const name = (spec.externalName ?? '').replace(/\.$/, '');
  if (name === '') causes.push(required('spec.externalName'));
  else check(causes, 'spec.externalName', name, dnsSubdomain);
}

function validatePort(
  causes: Causes,
  port: V1ServicePort,
  at: string,
  names: Set<string>,
  needsName: boolean,
): void {
  if (!port.name) {
    if (needsName) causes.push(required(`${at}.name`));
  } else {
    check(causes, `${at}.name`, port.name, dnsLabel);
    if (names.has(port.name)) causes.push(duplicate(`${at}.name`, port.name));
    names.add(port.name);
  }
  checkPort(causes, `${at}.port`, port.port ?? 0);
  checkOneOf(causes, `${at}.protocol`, port.protocol, ['SCTP', 'TCP', 'UDP']);
  if (port.targetPort !== undefined) checkPortOrName(causes, `${at}.targetPort`, port.targetPort);
  if (port.appProtocol !== undefined) check(causes, `${at}.appProtocol`, port.appProtocol, qualifiedName);
}

const longestSeconds = 86400;

function validateAffinity(causes: Causes, spec: V1ServiceSpec): void {
  checkOneOf(causes, 'spec.sessionAffinity', spec.sessionAffinity, ['ClientIP', 'None']);
  const timeout = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds;
  if (
    spec.sessionAffinity === 'ClientIP' &&
    timeout !== undefined &&
    !(timeout > 0 && timeout <= longestSeconds)
  )
    causes.push(
      invalid(
        'spec.sessionAffinityConfig.clientIP.timeoutSeconds',
        timeout,
        `must be greater than 0 and less than ${longestSeconds}`,
      ),
    );
}

const families = ['IPv4', 'IPv6'];
const familyPolicies = ['PreferDualStack', 'RequireDualStack', 'SingleStack'];

/** Source: ValidateServiceClusterIPsRelatedFields. */
function validateClusterIPs(causes: Causes, spec: V1ServiceSpec, headless: boolean): void {
  const { clusterIP = '', clusterIPs = [], ipFamilies = [], ipFamilyPolicy } = spec;
  const field = 'spec.clusterIPs';
  if (clusterIP !== '') {
    if (clusterIPs.length === 0) causes.push(required(field));
    else if (clusterIPs[0] !== clusterIP)
      causes.push(invalid(field, clusterIPs, 'first value must match `clusterIP`'));
  } else if (clusterIPs.length > 0)
    causes.push(invalid(field, clusterIPs, 'must be empty when `clusterIP` is not specified'));
  for (const [index, family] of ipFamilies.entries()) {
    if (!families.includes(family)) causes.push(notSupported(`spec.ipFamilies[${index}]`, family, families));
    if (ipFamilies.indexOf(family) < index) causes.push(duplicate(`spec.ipFamilies[${index}]`, family));
  }
  if (ipFamilyPolicy !== undefined && !familyPolicies.includes(ipFamilyPolicy))
    causes.push(notSupported('spec.ipFamilyPolicy', ipFamilyPolicy, familyPolicies));
  let wrong = false;
  for (const [index, address] of clusterIPs.entries()) {
    if (index === 0 && address === 'None') {
      if (clusterIPs.length === 1) continue;
      wrong = true;
      causes.push(invalid(field, clusterIPs, "'None' must be the first and only value"));
      continue;
    }
    const before = causes.length;
    check(causes, `${field}[${index}]`, address, ipAddress);
    wrong ||= causes.length > before;
  }
  if (clusterIPs.length > 2) causes.push(invalid(field, clusterIPs, 'may only hold up to 2 values'));
  if (wrong) return;
  const six = clusterIPs.map((address) => address.includes(':'));
  if (clusterIPs.length > 1 && new Set(six).size < 2)
    causes.push(invalid(field, clusterIPs, 'may specify no more than one IP for each IP family'));
  if (headless) return;
  for (const [index, address] of clusterIPs.entries()) {
    const family = ipFamilies[index];
    if (families.includes(family ?? '') && (family === 'IPv6') !== six[index])
      causes.push(
        invalid(
          `${field}[${index}]`,
          address,
          `expected an ${family} value as indicated by \`ipFamilies[${index}]\``,
        ),
      );
  }
}

function validateNodePorts(causes: Causes, { type, ports = [] }: V1ServiceSpec): void {
  const taken = new Set<string>();
  if (type === 'ClusterIP')
    for (const [index, { nodePort }] of ports.entries())
      if (nodePort)
        causes.push(forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
  for (const [index, { nodePort, protocol }] of ports.entries()) {
    if (!nodePort) continue;
    const key = `${protocol}/${nodePort}`;
    if (taken.has(key)) causes.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
    taken.add(key);
  }
}

function portsOnce(causes: Causes, ports: readonly V1ServicePort[]): void {
  const taken = new Set<string>();
  for (const [index, { port, protocol }] of ports.entries()) {
    const key = `${protocol}/${port}`;
    if (taken.has(key))
      causes.push(
        duplicate(
          `spec.ports[${index}]`,
          goStruct(
            { protocol, port },
            {
              Name: '',
              Protocol: 'protocol',
              AppProtocol: '',
              Port: 'port',
              TargetPort: '',
              NodePort: '',
            },
            { Name: '', TargetPort: 0, NodePort: 0 },
          ),
        ),
      );
    taken.add(key);
  }
}

/** Who may reach the load balancer; the annotation is the old way to say it. */
function validateRanges(causes: Causes, spec: V1ServiceSpec, annotation: string | undefined): void {
  const ranges = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0) {
    const field = 'spec.LoadBalancerSourceRanges';
    if (spec.type !== 'LoadBalancer') causes.push(forbidden(field, onlyLoadBalancer));
    for (const [index, range] of ranges.entries()) check(causes, `${field}[${index}]`, range.trim(), cidr);
  } else if (annotation !== undefined) {
    const field = `metadata.annotations[${rangesAnnotation}]`;
    if (spec.type !== 'LoadBalancer') causes.push(forbidden(field, onlyLoadBalancer));
    if (annotation.trim() !== '')
      for (const range of annotation.split(',')) check(causes, field, range.trim(), cidr);
  }
}

const trafficPolicies = ['Cluster', 'Local'];
const distributions = ['PreferClose', 'PreferSameNode', 'PreferSameZone'];

function validatePolicies(causes: Causes, spec: V1ServiceSpec): void {
  const {
    type,
    externalTrafficPolicy: external,
    internalTrafficPolicy: internal,
    healthCheckNodePort,
  } = spec;
  if (isExternallyAccessible(spec))
    checkOneOf(causes, 'spec.externalTrafficPolicy', external, trafficPolicies);
  else if (external)
    causes.push(
      invalid('spec.externalTrafficPolicy', external, 'may only be set for externally-accessible services'),
    );
  if (healthCheckNodePort) {
    if (needsHealthCheck(spec)) checkPort(causes, 'spec.healthCheckNodePort', healthCheckNodePort);
    else
      causes.push(
        invalid(
          'spec.healthCheckNodePort',
          healthCheckNodePort,
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
        ),
      );
  }
  if (internal === undefined) {
    if (type === 'NodePort' || type === 'LoadBalancer' || type === 'ClusterIP')
      causes.push(required('spec.internalTrafficPolicy'));
  } else if (!trafficPolicies.includes(internal))
    causes.push(notSupported('spec.internalTrafficPolicy', internal, trafficPolicies));
  const distribution = spec.trafficDistribution;
  if (distribution !== undefined && !distributions.includes(distribution))
    causes.push(notSupported('spec.trafficDistribution', distribution, distributions));
}

/** A service keeps its addresses for as long as its type has some; a second one can be had and given back. */
export function validateServiceUpdate(
  service: V1Service,
  old: V1Service,
  subresource: string | undefined,
): Causes {
  const causes: Causes = [];
  if (subresource === 'status') {
    for (const [index, ingress] of (service.status?.loadBalancer?.ingress ?? []).entries())
      validateIngress(causes, ingress, old.spec, `status.loadBalancer.ingress[${index}]`);
    return causes;
  }
  const { spec } = service;
  const before = old.spec;
  if (spec.type !== 'ExternalName' && before.type !== 'ExternalName') {
    const headless = isHeadless(spec);
    if (!(headless && isHeadless(before))) keepsList(causes, 'clusterIPs', 'clusterIP', spec, before);
    if (!headless && !isHeadless(before)) keepsList(causes, 'ipFamilies', 'ipFamily', spec, before);
  }
  if (
    spec.type === 'LoadBalancer' &&
    before.type === 'LoadBalancer' &&
    spec.loadBalancerClass !== before.loadBalancerClass
  )
    causes.push(invalid('spec.loadBalancerClass', spec.loadBalancerClass ?? null, 'may not change once set'));
  if (
    needsHealthCheck(spec) &&
    needsHealthCheck(before) &&
    spec.healthCheckNodePort !== before.healthCheckNodePort
  )
    causes.push(forbidden('spec.healthCheckNodePort', 'field is immutable'));
  return causes;
}

/** The first of them stays; releasing the second has to be said by the policy, too. */
function keepsList(
  causes: Causes,
  list: 'clusterIPs' | 'ipFamilies',
  one: string,
  spec: V1ServiceSpec,
  before: V1ServiceSpec,
): void {
  const now = spec[list] ?? [];
  const had = before[list] ?? [];
  const once = 'may not change once set';
  const first = `spec.${list}[0]`;
  if (now.length === had.length) {
    for (const [index, each] of had.entries())
      if (each !== now[index])
        causes.push(invalid(list === 'clusterIPs' ? `spec.${list}[${index}]` : first, now, once));
    return;
  }
  if (now.length < had.length) {
    if (!spec.clusterIPs?.length) causes.push(invalid(first, now, `primary ${one} can not be unset`));
    if (now.length === 1 && spec.ipFamilyPolicy !== 'SingleStack') {
      if (now[0] !== had[0]) causes.push(invalid(first, spec.clusterIPs ?? [], once));
      causes.push(
        invalid(
          'spec.ipFamilyPolicy',
          spec.ipFamilyPolicy ?? null,
          `must be set to 'SingleStack' when releasing the secondary ${one}`,
        ),
      );
      return;
    }
  }
  if (now.length > 0 && had.length > 0 && now[0] !== had[0])
    causes.push(invalid(first, spec.clusterIPs ?? [], once));
}

const ipModes = ['Proxy', 'VIP'];

function validateIngress(
  causes: Causes,
  ingress: V1LoadBalancerIngress,
  spec: V1ServiceSpec,
  at: string,
): void {
  const { ip = '', ipMode, hostname = '' } = ingress;
  if (spec.type !== 'LoadBalancer')
    return void causes.push(
      forbidden('status.loadBalancer.ingress', "may only be used when `spec.type` is 'LoadBalancer'"),
    );
  if (ip !== '') check(causes, `${at}.ip`, ip, ipAddress);
  if (ipMode === undefined) {
    if (ip !== '') causes.push(required(`${at}.ipMode`, 'must be specified when `ip` is set'));
  } else if (ip === '') causes.push(forbidden(`${at}.ipMode`, 'may not be specified when `ip` is not set'));
  else if (!ipModes.includes(ipMode)) causes.push(notSupported(`${at}.ipMode`, ipMode, ipModes));
  if (hostname === '') return;
  check(causes, `${at}.hostname`, hostname, dnsSubdomain);
  if (!ipAddress(hostname))
    causes.push(invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address'));
}
