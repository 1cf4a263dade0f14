import type { V1Endpoint, V1EndpointSlice, V1Service } from '@gantry/api';
import { ipv4Number } from '../ipv4.ts';
import type { ServicePort } from '../network.ts';

/** The label by which a slice names its Service (KEP-752). */
const serviceNameLabel = 'kubernetes.io/service-name';
/** Kubernetes' default of `sessionAffinityConfig.clientIP.timeoutSeconds`: three hours. */
const defaultAffinitySeconds = 10800;

type Protocol = ServicePort['protocol'];
type Target = ServicePort['endpoints'][number];

/** An endpoint with its readiness worked out; absent conditions mean ready (discovery/v1 EndpointConditions). */
interface Candidate extends Target {
  local: boolean;
  /** 2 ready, 1 still serving while it terminates, 0 neither. */
  rank: number;
}

/**
 * What the Services ask of the node called `node`, IPv4 only. Headless and ExternalName Services have nothing to proxy. Endpoints are
 * those that are ready or, when none is, those that terminate but still serve (KEP-1669); with a Local traffic policy only the node's
 * own (KEP-2086 for internal traffic). Where internal and external traffic differ, a Service's port gives two entries. Entries
 * and their endpoints come in a stable order; addresses and ports that are none are dropped.
 */
export function servicePorts(
  services: readonly V1Service[],
  endpointSlices: readonly V1EndpointSlice[],
  node: string,
): ServicePort[] {
  const slices = new Map<string, V1EndpointSlice[]>();
  for (const slice of endpointSlices) {
    const name = slice.metadata.labels?.[serviceNameLabel];
    if (!name || slice.addressType !== 'IPv4') continue;
    const key = `${slice.metadata.namespace}/${name}`;
    const group = slices.get(key);
    if (group) group.push(slice);
    else slices.set(key, [slice]);
  }
  const result: ServicePort[] = [];
  for (const service of services) {
    const key = `${service.metadata.namespace}/${service.metadata.name}`;
    result.push(...portsOf(service, key, slices.get(key) ?? [], node));
  }
  return result.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function* portsOf(
  { spec, status }: V1Service,
  service: string,
  slices: readonly V1EndpointSlice[],
  node: string,
): Generator<ServicePort> {
  if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return;
  const clusterIps = addresses(spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP]);
  if (clusterIps.length === 0) return; // not allocated yet
  const ingress = (status?.loadBalancer?.ingress ?? [])
    .filter(({ ipMode }) => ipMode !== 'Proxy')
    .map(({ ip }) => ip);
  const externalIps = addresses([
    ...(spec.externalIPs ?? []),
    ...(spec.type === 'LoadBalancer' ? ingress : []),
  ]);
  const affinity = spec.sessionAffinity === 'ClientIP' && {
    affinitySeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? defaultAffinitySeconds,
  };
  for (const port of spec.ports ?? []) {
    if (!isPort(port.port)) continue;
    const protocol = (port.protocol ?? 'TCP') as Protocol;
    const candidates = candidatesOf(slices, port.name ?? '', protocol, node);
    const nodePort = spec.type === 'NodePort' || spec.type === 'LoadBalancer' ? port.nodePort : undefined;
    const common = { protocol, port: port.port, ...affinity };
    const outside = { externalIps, ...(isPort(nodePort) ? { nodePort } : {}) };
    const key = `${service}:${port.name || port.port}`;
    const internal = choose(candidates, spec.internalTrafficPolicy === 'Local');
    const isExternal = externalIps.length > 0 || outside.nodePort !== undefined;
    const externalLocal = spec.externalTrafficPolicy === 'Local';
    if (!isExternal || (!externalLocal && spec.internalTrafficPolicy !== 'Local')) {
      yield { key, ...common, clusterIps, ...outside, endpoints: internal };
      continue;
    }
    yield { key, ...common, clusterIps, externalIps: [], endpoints: internal };
    yield {
      key: `${key}/external`,
      ...common,
      clusterIps: [],
      ...outside,
      endpoints: choose(candidates, externalLocal),
      ...(externalLocal ? { preserveClientIp: true } : {}),
    };
  }
}

/** Every place that the slices name for that port, once each. */
function candidatesOf(
  slices: readonly V1EndpointSlice[],
  portName: string,
  protocol: Protocol,
  node: string,
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const slice of slices)
    for (const { name, port, protocol: itsProtocol } of slice.ports ?? []) {
      if ((name ?? '') !== portName || (itsProtocol ?? 'TCP') !== protocol || !isPort(port)) continue;
      for (const endpoint of slice.endpoints ?? []) {
        const address = endpoint.addresses?.[0]; // the others are ignored by the API's own definition
        if (address === undefined || ipv4Number(address) === undefined) continue;
        const candidate = { address, port, local: endpoint.nodeName === node, rank: rankOf(endpoint) };
        const key = `${address}:${port}`;
        const known = found.get(key);
        if (!known || weight(candidate) > weight(known)) found.set(key, candidate);
      }
    }
  return [...found.values()].sort(
    (a, b) => ipv4Number(a.address)! - ipv4Number(b.address)! || a.port - b.port,
  );
}

/** Of two that say they are at one address the better counts, then the local one. */
const weight = ({ rank, local }: Candidate) => rank * 2 + Number(local);

function rankOf({ conditions }: V1Endpoint): number {
  if (conditions?.ready ?? true) return 2;
  return conditions?.serving && conditions.terminating ? 1 : 0;
}

function choose(candidates: readonly Candidate[], onlyLocal: boolean): Target[] {
  const eligible = candidates.filter(({ local, rank }) => rank > 0 && (local || !onlyLocal));
  const best = Math.max(0, ...eligible.map(({ rank }) => rank));
  return eligible.filter(({ rank }) => rank === best).map(({ address, port }) => ({ address, port }));
}

function addresses(texts: readonly (string | undefined)[]): string[] {
  return [
    ...new Set(texts.filter((text): text is string => text !== undefined && ipv4Number(text) !== undefined)),
  ];
}

const isPort = (port: number | undefined): port is number =>
  port !== undefined && Number.isInteger(port) && port > 0 && port < 65536;
