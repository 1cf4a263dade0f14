import type { Stored, V1Endpoints, V1EndpointSlice, V1Service } from '@gantry/api';
import { eventsOf, labelsOf, nameAndNamespace, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

/** So many endpoints are told by address, the others by their number. */
const shownEndpoints = 3;

export function describeService(
  out: DescriptionWriter,
  service: Stored<V1Service>,
  around: Surroundings,
): void {
  const { spec, status } = service;
  const field = (label: string, ...values: unknown[]) => out.row(0, `${label}:`, ...values);
  const some = (label: string, value: unknown) => value && field(label, value);
  nameAndNamespace(out, service);
  labelsOf(out, service);
  const selector = Object.entries(spec.selector ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  field('Selector', selector.map((each) => each.join('=')).join(',') || '<none>');
  field('Type', spec.type);
  some('IP Family Policy', spec.ipFamilyPolicy);
  field('IP Families', spec.ipFamilies?.join(',') || '<none>');
  field('IP', spec.clusterIP);
  field('IPs', spec.clusterIPs?.join(',') || '<none>');
  some('External IPs', spec.externalIPs?.join(','));
  some('Desired LoadBalancer IP', spec.loadBalancerIP);
  some('External Name', spec.externalName);
  some(
    'LoadBalancer Ingress',
    status?.loadBalancer?.ingress
      ?.map(({ ip, ipMode, hostname }) => (ip ? ip + (ipMode ? ` (${ipMode})` : '') : hostname))
      .join(', '),
  );
  for (const port of spec.ports ?? []) {
    const name = port.name || '<unset>';
    const protocol = port.protocol ?? 'TCP';
    field('Port', name, `${port.port}/${protocol}`);
    field('TargetPort', `${port.targetPort ?? port.port}/${protocol}`);
    some('AppProtocol', port.appProtocol);
    if (port.nodePort) field('NodePort', name, `${port.nodePort}/${protocol}`);
    field('Endpoints', endpointsText(around.endpointSlices ?? [], port.name ?? ''));
  }
  field('Session Affinity', spec.sessionAffinity);
  some('External Traffic Policy', spec.externalTrafficPolicy);
  some('Internal Traffic Policy', spec.internalTrafficPolicy);
  some('HealthCheck NodePort', spec.healthCheckNodePort);
  some('LoadBalancer Source Ranges', spec.loadBalancerSourceRanges?.join(','));
  some('Traffic Distribution', spec.trafficDistribution);
  eventsOf(out, around);
}

/** Ready endpoints behind a port. */
function endpointsText(slices: readonly V1EndpointSlice[], name: string): string {
  if (slices.length === 0) return '<none>';
  const found = slices.flatMap(({ ports, endpoints }) => {
    const ready = (endpoints ?? []).filter((each) => each.conditions?.ready !== false);
    if (!ports?.length) return ready.map((each) => each.addresses[0]!);
    const port = ports.find((each) => (each.name ?? '') === name);
    return port ? ready.map(({ addresses: [address = ''] }) => hostPort(address, port.port)) : [];
  });
  const text = found.slice(0, shownEndpoints).join(',');
  return found.length > shownEndpoints ? `${text} + ${found.length - shownEndpoints} more...` : text;
}

const hostPort = (address: string, port: number | undefined) =>
  `${address.includes(':') ? `[${address}]` : address}:${port ?? 0}`;

const portTable = (
  out: DescriptionWriter,
  level: number,
  ports: readonly { name?: string; port?: number; protocol?: string }[],
) =>
  out.table(
    level,
    ['Name', 'Port', 'Protocol'],
    ports.map(({ name, port, protocol }) => [name || '<unset>', port ?? '<unset>', protocol]),
  );

export function describeEndpoints(
  out: DescriptionWriter,
  endpoints: Stored<V1Endpoints>,
  around: Surroundings,
): void {
  nameAndNamespace(out, endpoints);
  labelsOf(out, endpoints);
  out.row(0, 'Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of endpoints.subsets ?? []) {
    out.row(1, 'Addresses:', addresses.map(({ ip }) => ip).join(',') || '<none>');
    out.row(1, 'NotReadyAddresses:', notReadyAddresses.map(({ ip }) => ip).join(',') || '<none>');
    if (ports.length > 0) {
      out.row(1, 'Ports:');
      portTable(out, 2, ports);
    }
    out.row(0);
  }
  eventsOf(out, around);
}

export function describeEndpointSlice(
  out: DescriptionWriter,
  slice: Stored<V1EndpointSlice>,
  around: Surroundings,
): void {
  nameAndNamespace(out, slice);
  labelsOf(out, slice);
  out.row(0, 'AddressType:', slice.addressType);
  if (slice.ports?.length) {
    out.row(0, 'Ports:');
    portTable(out, 1, slice.ports);
  } else out.row(0, 'Ports: <unset>');
  out.row(0, `Endpoints:${slice.endpoints?.length ? '' : ' <none>'}`);
  for (const { addresses, conditions, hostname, targetRef, nodeName, zone } of slice.endpoints ?? []) {
    out.row(1, '- Addresses:', addresses.join(', ') || '<none>');
    out.row(2, 'Conditions:');
    out.row(3, 'Ready:', conditions?.ready ?? '<unset>');
    out.row(2, 'Hostname:', hostname ?? '<unset>');
    if (targetRef) out.row(2, 'TargetRef:', `${targetRef.kind}/${targetRef.name}`);
    out.row(2, 'NodeName:', nodeName ?? '<unset>');
    out.row(2, 'Zone:', zone ?? '<unset>');
  }
  eventsOf(out, around);
}
