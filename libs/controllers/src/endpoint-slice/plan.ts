import type {
  DiscoveryV1EndpointPort,
  Stored,
  V1Endpoint,
  V1EndpointSlice,
  V1Node,
  V1ObjectMeta,
  V1Pod,
  V1Service,
} from '@gantry/api';
import { alike } from '../shared/canonical.ts';
import { PerPod } from '../shared/per-pod.ts';
import { isPodReady } from '../shared/pods.ts';
import {
  canServe,
  endpointHostname,
  isHeadless,
  podAddresses,
  resolvePorts,
} from '../shared/service-pods.ts';
import type { SlicePlan } from '../shared/slice-writer.ts';
import { triggerTimeAnnotation } from '../shared/trigger-times.ts';

export const serviceNameLabel = 'kubernetes.io/service-name';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
export const managedBy = 'endpointslice-controller.k8s.io';
const headlessLabel = 'service.kubernetes.io/headless';

export interface EndpointSliceView {
  service: Stored<V1Service>;
  /** Those selected. */
  pods: readonly Stored<V1Pod>[];
  /** Those of this service that this controller manages. */
  slices: readonly Stored<V1EndpointSlice>[];
  node(name: string): V1Node | undefined;
  /** When that happened which is to be written, where that is known. */
  triggerTime?: string | undefined;
  /** Default 100. */
  maxEndpoints?: number;
}

type Family = 'IPv4' | 'IPv6';

/** Endpoints of one address family with one set of ports. */
export interface SliceGroup {
  readonly family: Family;
  readonly ports: DiscoveryV1EndpointPort[];
  readonly endpoints: Map<string, V1Endpoint>;
}

/**
 * The fewest writes that make the slices say where the service's pods are: slices hold one address family and one set of ports;
 * an endpoint stays in the slice it is in; new ones go where something is written anyway, then where there is room.
 */
export function plan(view: EndpointSliceView): SlicePlan {
  return planSlices({
    name: view.service.metadata.name,
    namespace: view.service.metadata.namespace,
    labels: sliceLabels(view.service),
    groups: wantedGroups(view),
    slices: view.slices,
    maxEndpoints: view.maxEndpoints ?? 100,
    triggerTime: view.triggerTime,
  });
}

export interface WantedSlices {
  /** Of the service. */
  name: string;
  namespace: string | undefined;
  labels: Record<string, string>;
  /** By {@link groupKey}. */
  groups: ReadonlyMap<string, SliceGroup>;
  slices: readonly Stored<V1EndpointSlice>[];
  maxEndpoints: number;
  /** Of what is written. */
  triggerTime?: string | undefined;
}

/** The writes that make these slices hold these groups; a group without endpoints keeps one empty slice. */
export function planSlices(wanted: WantedSlices): SlicePlan {
  const { groups, labels } = wanted;
  const create: V1EndpointSlice[] = [];
  const update: Stored<V1EndpointSlice>[] = [];
  const remove: Stored<V1EndpointSlice>[] = [];
  const byGroup = new Map<string, Stored<V1EndpointSlice>[]>();
  for (const slice of wanted.slices) {
    if (slice.metadata.deletionTimestamp !== undefined) continue;
    const key = groupKey(slice.addressType, slice.ports ?? []);
    const list = byGroup.get(key);
    if (list) list.push(slice);
    else byGroup.set(key, [slice]);
  }
  for (const [key, slices] of byGroup) if (!groups.has(key)) remove.push(...slices);
  for (const [key, group] of groups) {
    const filled = fill(group, byGroup.get(key) ?? [], wanted.maxEndpoints);
    for (const { slice, endpoints, changed } of filled) {
      if (!slice) create.push(newSlice(wanted, group, endpoints));
      else if (endpoints.length === 0 && (group.endpoints.size > 0 || slice !== filled[0]?.slice))
        remove.push(slice);
      else if (changed || !sameLabels(slice, labels))
        update.push({
          ...slice,
          endpoints,
          metadata: { ...withTriggerTime(slice.metadata, wanted.triggerTime), labels },
        });
    }
  }
  return { create, update, delete: remove };
}

interface Filling {
  readonly slice?: Stored<V1EndpointSlice>;
  endpoints: V1Endpoint[];
  changed: boolean;
}

function fill(group: SliceGroup, slices: readonly Stored<V1EndpointSlice>[], max: number): Filling[] {
  const missing = new Map(group.endpoints);
  const fillings: Filling[] = slices.map((slice) => {
    const before = slice.endpoints ?? [];
    const endpoints: V1Endpoint[] = [];
    let changed = false;
    for (const endpoint of before) {
      const key = endpointKey(endpoint);
      const wanted = missing.get(key);
      if (!wanted) {
        changed = true;
        continue;
      }
      missing.delete(key);
      if (!sameEndpoint(wanted, endpoint)) changed = true;
      endpoints.push(wanted);
    }
    return { slice, endpoints, changed };
  });
  const rest = [...missing.values()];
  for (const filling of fillings)
    if (filling.changed) filling.endpoints.push(...rest.splice(0, max - filling.endpoints.length));
  while (rest.length >= max) fillings.push({ endpoints: rest.splice(0, max), changed: true });
  if (rest.length > 0) {
    // The fullest untouched slice that takes all that is left.
    const room = fillings
      .filter(({ slice, changed, endpoints }) => slice && !changed && endpoints.length + rest.length <= max)
      .sort((a, b) => b.endpoints.length - a.endpoints.length)[0];
    if (room) {
      room.endpoints.push(...rest);
      room.changed = true;
    } else fillings.push({ endpoints: rest, changed: true });
  }
  // A service without endpoints keeps one empty slice, which says so.
  if (fillings.length === 0) fillings.push({ endpoints: [], changed: true });
  return fillings;
}

/** What each endpoint of the cache was found equal to last. */
const equals = new WeakMap<V1Endpoint, V1Endpoint>();

function sameEndpoint(wanted: V1Endpoint, stored: V1Endpoint): boolean {
  if (equals.get(stored) === wanted) return true;
  if (!alike(wanted, stored)) return false;
  if (Object.isFrozen(stored)) equals.set(stored, wanted);
  return true;
}

/** One pod as an endpoint of one family. */
interface Candidate {
  readonly zone: string | undefined;
  readonly group: string;
  readonly ports: DiscoveryV1EndpointPort[];
  readonly key: string;
  readonly endpoint: V1Endpoint;
}

const candidates = { IPv4: new PerPod<Candidate>(), IPv6: new PerPod<Candidate>() };

/** Undefined for a pod that has no address of the family, or will serve no more. */
function candidateOf(
  { service, node }: EndpointSliceView,
  pod: Stored<V1Pod>,
  family: Family,
): Candidate | undefined {
  const { nodeName } = pod.spec;
  const zone = nodeName ? node(nodeName)?.metadata.labels?.['topology.kubernetes.io/zone'] : undefined;
  const known = candidates[family].get(service, pod);
  if (known && known.zone === zone) return known;
  const [address] = podAddresses(pod, family);
  if (address === undefined || !canServe(pod, true)) return undefined;
  const ports = resolvePorts(service, pod);
  const endpoint = endpointOf(service, pod, address, zone);
  return candidates[family].set(service, pod, {
    zone,
    ports,
    group: groupKey(family, ports),
    key: endpointKey(endpoint),
    endpoint,
  });
}

function wantedGroups(view: EndpointSliceView): Map<string, SliceGroup> {
  const { service, pods } = view;
  const groups = new Map<string, SliceGroup>();
  const families = (service.spec.ipFamilies ?? ['IPv4']) as Family[];
  for (const family of families) {
    let any = false;
    for (const pod of pods) {
      const candidate = candidateOf(view, pod, family);
      if (!candidate) continue;
      any = true;
      const { ports, key, endpoint } = candidate;
      let group = groups.get(candidate.group);
      if (!group) groups.set(candidate.group, (group = { family, ports, endpoints: new Map() }));
      group.endpoints.set(key, endpoint);
    }
    if (!any) groups.set(groupKey(family, []), { family, ports: [], endpoints: new Map() });
  }
  return groups;
}

function endpointOf(
  service: V1Service,
  pod: Stored<V1Pod>,
  address: string,
  zone: string | undefined,
): V1Endpoint {
  const publishNotReady = service.spec.publishNotReadyAddresses === true;
  const serving = isPodReady(pod);
  const terminating = pod.metadata.deletionTimestamp !== undefined;
  const { nodeName } = pod.spec;
  const hostname = endpointHostname(service, pod);
  return {
    addresses: [address],
    conditions: { ready: publishNotReady || (serving && !terminating), serving, terminating },
    ...(hostname ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    ...(zone ? { zone } : {}),
    targetRef: {
      kind: 'Pod',
      ...(pod.metadata.namespace ? { namespace: pod.metadata.namespace } : {}),
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

function newSlice(
  { name, namespace, labels, triggerTime }: WantedSlices,
  group: SliceGroup,
  endpoints: V1Endpoint[],
): V1EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: withTriggerTime(
      { ...(namespace ? { namespace } : {}), generateName: `${name}-`, labels },
      triggerTime,
    ),
    addressType: group.family,
    endpoints,
    ports: group.ports,
  };
}

function withTriggerTime<M extends V1ObjectMeta>(metadata: M, time: string | undefined): M {
  const { [triggerTimeAnnotation]: before, ...annotations } = metadata.annotations ?? {};
  if (time === undefined && before === undefined) return metadata;
  return {
    ...metadata,
    annotations: { ...annotations, ...(time === undefined ? {} : { [triggerTimeAnnotation]: time }) },
  };
}

function sliceLabels(service: Stored<V1Service>): Record<string, string> {
  const { [headlessLabel]: _, ...labels } = service.metadata.labels ?? {};
  return {
    ...labels,
    [serviceNameLabel]: service.metadata.name,
    [managedByLabel]: managedBy,
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
  };
}

function sameLabels(slice: V1EndpointSlice, labels: Record<string, string>): boolean {
  return alike(slice.metadata.labels ?? {}, labels);
}

export function endpointKey(endpoint: V1Endpoint): string {
  return `${endpoint.targetRef?.uid ?? ''}/${endpoint.addresses.join(',')}`;
}

export function groupKey(family: string, ports: readonly DiscoveryV1EndpointPort[]): string {
  const sorted = ports
    .map(({ name = '', port, protocol = 'TCP', appProtocol }) =>
      JSON.stringify([name, port, protocol, appProtocol]),
    )
    .sort();
  return `${family} ${sorted.join(' ')}`;
}
