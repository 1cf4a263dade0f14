import type {
  Stored,
  V1Endpoint,
  V1EndpointAddress,
  V1EndpointSlice,
  V1Endpoints,
  V1Service,
} from '@gantry/api';
import {
  endpointKey,
  groupKey,
  planSlices,
  serviceNameLabel,
  type SliceGroup,
} from '../endpoint-slice/plan.ts';
import { hasSelector } from '../shared/service-pods.ts';
import type { SlicePlan } from '../shared/slice-writer.ts';

export const managedBy = 'endpointslicemirroring-controller.k8s.io';
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by';
const skipLabel = 'endpointslice.kubernetes.io/skip-mirror';
const leaderAnnotation = 'control-plane.alpha.kubernetes.io/leader';
/** Of each subset no more addresses are mirrored. */
export const maxPerSubset = 1000;

/** True for Endpoints of a service without a selector: those are written by hand, and nobody else makes slices of them. */
export function isMirrored(
  service: V1Service | undefined,
  endpoints: V1Endpoints | undefined,
): endpoints is Stored<V1Endpoints> {
  return (
    service !== undefined &&
    !hasSelector(service) &&
    endpoints !== undefined &&
    endpoints.metadata.labels?.[skipLabel] !== 'true' &&
    endpoints.metadata.annotations?.[leaderAnnotation] === undefined
  );
}

/** The slices that say what the Endpoints say (upstream `pkg/controller/endpointslicemirroring`). */
export function plan(
  endpoints: Stored<V1Endpoints>,
  slices: readonly Stored<V1EndpointSlice>[],
  maxEndpoints = 1000,
): SlicePlan {
  const { name, namespace, labels } = endpoints.metadata;
  return planSlices({
    name,
    namespace,
    labels: { ...labels, [serviceNameLabel]: name, [managedByLabel]: managedBy },
    groups: wantedGroups(endpoints),
    slices,
    maxEndpoints,
  });
}

function wantedGroups({ subsets = [] }: V1Endpoints): Map<string, SliceGroup> {
  const groups = new Map<string, SliceGroup>();
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of subsets) {
    const slicePorts = ports.map((each) => ({
      ...each,
      name: each.name ?? '',
      protocol: each.protocol ?? 'TCP',
    }));
    const all = [
      ...addresses.map((address) => endpointOf(address, true)),
      ...notReadyAddresses.map((address) => endpointOf(address, false)),
    ];
    for (const endpoint of all.slice(0, maxPerSubset)) {
      const family = endpoint.addresses[0]?.includes(':') ? 'IPv6' : 'IPv4';
      const key = groupKey(family, slicePorts);
      let group = groups.get(key);
      if (!group) groups.set(key, (group = { family, ports: slicePorts, endpoints: new Map() }));
      group.endpoints.set(endpointKey(endpoint), endpoint);
    }
  }
  return groups;
}

function endpointOf({ ip, hostname, nodeName, targetRef }: V1EndpointAddress, ready: boolean): V1Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(nodeName ? { nodeName } : {}),
    ...(targetRef ? { targetRef } : {}),
  };
}
