import { needsHealthCheck, type V1Endpoint, type V1EndpointSlice, type V1Service } from '@gantry/api';
import { ipv4NetworkAround, ipv4Number, networkContains } from '../ipv4.ts';
import type { HealthCheck, ServiceEndpoint, ServicePort } from '../network.ts';

/** The label by which a slice names its Service (KEP-752). */
const serviceNameLabel = 'kubernetes.io/service-name';
/** Kubernetes' default of `sessionAffinityConfig.clientIP.timeoutSeconds`: three hours. */
const defaultAffinitySeconds = 10800;

type Protocol = ServicePort['protocol'];

/** The node for which the Services are worked out. */
export interface ProxyNode {
  name: string;
  /** Its label `topology.kubernetes.io/zone`. */
  zone?: string;
  addresses?: readonly string[];
}

/** An endpoint with its readiness worked out; absent conditions mean ready (discovery/v1 EndpointConditions). */
interface Candidate extends ServiceEndpoint {
  local: boolean;
  /** 2 ready, 1 still serving while it terminates, 0 neither. */
  rank: number;
  /** Nodes and zones that it is meant for. */
  nodes: readonly string[];
  zones: readonly string[];
}

/**
 * What the Services ask of that node, IPv4 only. Headless and ExternalName Services have nothing to proxy. Endpoints are those that are
 * ready or, when none is, those that terminate but still serve (KEP-1669); with a Local traffic policy only the node's own
 * (KEP-2086 for internal traffic), else those that hints put near the node, if all have such (KEP-2433, KEP-3015). Where internal
 * and external traffic differ, a Service's port gives two entries. Entries and their endpoints come in a stable order; addresses
 * and ports that are none are dropped.
 */
export function servicePorts(
  services: readonly V1Service[],
  endpointSlices: readonly V1EndpointSlice[],
  node: ProxyNode,
): ServicePort[] {
  const slices = slicesByService(endpointSlices);
  const result: ServicePort[] = [];
  for (const service of services) {
    const key = keyOf(service);
    result.push(...portsOf(service, key, slices.get(key) ?? [], node));
  }
  return result.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

/**
 * The health checks that balancers make of that node. What counts are addresses of endpoints on it that are ready: one whose endpoints all
 * terminate shall get no new connections, though it still answers (KEP-1669).
 */
export function serviceHealthChecks(
  services: readonly V1Service[],
  endpointSlices: readonly V1EndpointSlice[],
  node: ProxyNode,
): HealthCheck[] {
  const checked = services.filter(({ spec }) => isPort(spec.healthCheckNodePort) && needsHealthCheck(spec));
  if (checked.length === 0) return [];
  const slices = slicesByService(endpointSlices);
  return checked.map((service) => {
    const ready = new Set(
      (service.spec.ports ?? [])
        .flatMap(({ name, protocol }) =>
          candidatesOf(slices.get(keyOf(service)) ?? [], name ?? '', (protocol ?? 'TCP') as Protocol, node),
        )
        .filter(({ local, rank }) => local && rank === 2)
        .map(({ address }) => address),
    );
    return {
      namespace: service.metadata.namespace!,
      name: service.metadata.name!,
      port: service.spec.healthCheckNodePort!,
      localEndpoints: ready.size,
    };
  });
}

const keyOf = ({ metadata }: V1Service) => `${metadata.namespace}/${metadata.name}`;

function slicesByService(endpointSlices: readonly V1EndpointSlice[]): Map<string, V1EndpointSlice[]> {
  const slices = new Map<string, V1EndpointSlice[]>();
  for (const slice of endpointSlices) {
    const name = slice.metadata.labels?.[serviceNameLabel];
    if (!name || slice.addressType !== 'IPv4') continue;
    const key = `${slice.metadata.namespace}/${name}`;
    const group = slices.get(key);
    if (group) group.push(slice);
    else slices.set(key, [slice]);
  }
  return slices;
}

function* portsOf(
  { spec, status }: V1Service,
  service: string,
  slices: readonly V1EndpointSlice[],
  node: ProxyNode,
): Generator<ServicePort> {
  if (spec.type === 'ExternalName' || spec.clusterIP === 'None') return;
  const clusterIps = addresses(spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP]);
  if (clusterIps.length === 0) return; // not allocated yet
  const ingress = addresses(
    (spec.type === 'LoadBalancer' ? (status?.loadBalancer?.ingress ?? []) : [])
      .filter(({ ipMode }) => ipMode !== 'Proxy')
      .map(({ ip }) => ip),
  );
  const externalIps = addresses([...(spec.externalIPs ?? []), ...ingress]);
  const sources = sourcesOf(spec, ingress, node);
  const firewall = ingress.length > 0 && sources.length > 0 && { firewall: { addresses: ingress, sources } };
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
    const nodes = choose(candidates, true);
    const all = choose(nearest(candidates, node), false);
    const isAnywhere = candidates.some(({ rank }) => rank > 0);
    const answered = (endpoints: ServiceEndpoint[]) => ({
      endpoints,
      ...(endpoints.length === 0 && isAnywhere ? { dropsWithout: true } : {}),
    });
    const internal = answered(spec.internalTrafficPolicy === 'Local' ? nodes : all);
    const isExternal = externalIps.length > 0 || outside.nodePort !== undefined;
    const externalLocal = spec.externalTrafficPolicy === 'Local';
    if (!isExternal || (!externalLocal && spec.internalTrafficPolicy !== 'Local')) {
      yield { key, ...common, clusterIps, ...outside, ...internal, ...firewall };
      continue;
    }
    yield { key, ...common, clusterIps, externalIps: [], ...internal };
    yield {
      key: `${key}/external`,
      ...common,
      clusterIps: [],
      ...outside,
      ...(externalLocal ? { ...answered(nodes), preserveClientIp: true, insiders: all } : answered(all)),
      ...firewall,
    };
  }
}

/**
 * Networks that may reach the balancer's addresses; none: all may. A node whose address may is let in with the balancer's address as
 * well: that is what it sends from where a balancer puts its address onto the node.
 */
function sourcesOf(
  { loadBalancerSourceRanges }: V1Service['spec'],
  ingress: readonly string[],
  node: ProxyNode,
): string[] {
  const networks = (loadBalancerSourceRanges ?? []).flatMap((range) => ipv4NetworkAround(range.trim()) ?? []);
  const allowsNode = node.addresses?.some((address) =>
    networks.some((each) => networkContains(each, address)),
  );
  return [
    ...new Set([...networks.map(({ text }) => text), ...(allowsNode ? ingress.map((ip) => `${ip}/32`) : [])]),
  ];
}

/** Every place that the slices name for that port, once each. */
function candidatesOf(
  slices: readonly V1EndpointSlice[],
  portName: string,
  protocol: Protocol,
  node: ProxyNode,
): Candidate[] {
  const found = new Map<string, Candidate>();
  for (const slice of slices)
    for (const { name, port, protocol: itsProtocol } of slice.ports ?? []) {
      if ((name ?? '') !== portName || (itsProtocol ?? 'TCP') !== protocol || !isPort(port)) continue;
      for (const endpoint of slice.endpoints ?? []) {
        const address = endpoint.addresses?.[0]; // the others are ignored by the API's own definition
        if (address === undefined || ipv4Number(address) === undefined) continue;
        const candidate = {
          address,
          port,
          local: endpoint.nodeName === node.name,
          rank: rankOf(endpoint),
          nodes: endpoint.hints?.forNodes?.map((each) => each.name) ?? [],
          zones: endpoint.hints?.forZones?.map((each) => each.name) ?? [],
        };
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

/** Those that hints give to the node or else to its zone; all where a ready one has no hint or none is given to it. */
function nearest(candidates: readonly Candidate[], { name, zone }: ProxyNode): readonly Candidate[] {
  const ready = candidates.filter(({ rank }) => rank === 2);
  for (const [hint, here] of [
    ['nodes', name],
    ['zones', zone ?? ''],
  ] as const)
    if (ready.every((each) => each[hint].length > 0)) {
      const near = ready.filter((each) => each[hint].includes(here));
      if (near.length > 0) return near;
    }
  return candidates;
}

function choose(candidates: readonly Candidate[], onlyLocal: boolean): ServiceEndpoint[] {
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
