import type {
  CoreV1EndpointPort,
  Stored,
  V1EndpointAddress,
  V1Endpoints,
  V1EndpointSubset,
  V1Pod,
  V1Service,
} from '@gantry/api';
import { canonicalJson, alike } from '../shared/canonical.ts';
import { PerPod } from '../shared/per-pod.ts';
import { isPodReady } from '../shared/pods.ts';
import {
  canServe,
  endpointHostname,
  isHeadless,
  podAddresses,
  resolvePorts,
  type ResolvedPort,
} from '../shared/service-pods.ts';
import { triggerTimeAnnotation } from '../shared/trigger-times.ts';

export const managedByLabel = 'endpoints.kubernetes.io/managed-by';
export const managedBy = 'endpoint-controller';
const headlessLabel = 'service.kubernetes.io/headless';
const overCapacity = 'endpoints.kubernetes.io/over-capacity';
/** An Endpoints object names no more addresses than this. */
export const maxAddresses = 1000;

/**
 * What the Endpoints object of the service should be; undefined when the one there is says it already. `triggerTime` is when that happened
 * which is to be written, where that is known; it alone is no reason to write.
 */
export function plan(
  service: Stored<V1Service>,
  pods: readonly Stored<V1Pod>[],
  current: Stored<V1Endpoints> | undefined,
  triggerTime?: string,
): V1Endpoints | undefined {
  const { subsets, truncated } = truncate(wantedSubsets(service, pods));
  const { [headlessLabel]: _, ...serviceLabels } = service.metadata.labels ?? {};
  const labels = {
    ...serviceLabels,
    [managedByLabel]: managedBy,
    ...(isHeadless(service) ? { [headlessLabel]: '' } : {}),
  };
  const { [triggerTimeAnnotation]: __, ...before } = current?.metadata.annotations ?? {};
  const { [overCapacity]: ___, ...annotations } = before;
  if (truncated) annotations[overCapacity] = 'truncated';
  if (
    current &&
    alike(current.subsets ?? [], subsets) &&
    alike(current.metadata.labels ?? {}, labels) &&
    alike(before, annotations)
  )
    return undefined;
  if (triggerTime !== undefined) annotations[triggerTimeAnnotation] = triggerTime;
  const { name, namespace } = service.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: {
      ...(current?.metadata ?? { name, ...(namespace ? { namespace } : {}) }),
      labels,
      ...(Object.keys(annotations).length > 0 || current?.metadata.annotations ? { annotations } : {}),
    },
    subsets,
  };
}

/** One subset per set of ports, addresses in order, as upstream's `RepackSubsets` leaves them. */
function wantedSubsets(service: Stored<V1Service>, pods: readonly Stored<V1Pod>[]): V1EndpointSubset[] {
  const subsets = new Map<string, Required<V1EndpointSubset>>();
  for (const pod of pods) {
    const candidate = candidateOf(service, pod);
    if (!candidate) continue;
    const { key, ports, ready, address } = candidate;
    let subset = subsets.get(key);
    if (!subset) subsets.set(key, (subset = { addresses: [], notReadyAddresses: [], ports }));
    (ready ? subset.addresses : subset.notReadyAddresses).push(address);
  }
  return [...subsets.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { addresses, notReadyAddresses, ports }]) => ({
      ...(addresses.length > 0 ? { addresses: addresses.sort(byAddress) } : {}),
      ...(notReadyAddresses.length > 0 ? { notReadyAddresses: notReadyAddresses.sort(byAddress) } : {}),
      ...(ports.length > 0 ? { ports } : {}),
    }));
}

/** One pod as an address. */
interface Candidate {
  /** Of the subset. */
  readonly key: string;
  readonly ports: CoreV1EndpointPort[];
  readonly ready: boolean;
  readonly address: V1EndpointAddress;
}

const candidates = new PerPod<Candidate>();

/** Undefined for a pod to which the service does not lead. */
function candidateOf(service: Stored<V1Service>, pod: Stored<V1Pod>): Candidate | undefined {
  const known = candidates.get(service, pod);
  if (known) return known;
  const family = service.spec.ipFamilies?.[0] === 'IPv6' ? 'IPv6' : 'IPv4';
  const publishNotReady = service.spec.publishNotReadyAddresses === true;
  const ip = podAddresses(pod, family)[0];
  if (ip === undefined || !canServe(pod, publishNotReady)) return undefined;
  const resolved = resolvePorts(service, pod);
  // A service with ports of which this pod has none does not lead to it.
  if (resolved.length === 0 && (service.spec.ports ?? []).length > 0) return undefined;
  const ports = resolved.map(toPort).sort((a, b) => (canonicalJson(a) < canonicalJson(b) ? -1 : 1));
  return candidates.set(service, pod, {
    key: canonicalJson(ports),
    ports,
    ready: publishNotReady || isPodReady(pod),
    address: addressOf(service, pod, ip),
  });
}

function toPort({ name, port, protocol, appProtocol }: ResolvedPort): CoreV1EndpointPort {
  return { ...(name ? { name } : {}), port, protocol, ...(appProtocol ? { appProtocol } : {}) };
}

function addressOf(service: V1Service, pod: Stored<V1Pod>, ip: string): V1EndpointAddress {
  const hostname = endpointHostname(service, pod);
  return {
    ip,
    ...(hostname ? { hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: {
      kind: 'Pod',
      ...(pod.metadata.namespace ? { namespace: pod.metadata.namespace } : {}),
      name: pod.metadata.name,
      uid: pod.metadata.uid,
    },
  };
}

function byAddress(a: V1EndpointAddress, b: V1EndpointAddress): number {
  return a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : (a.targetRef?.uid ?? '') < (b.targetRef?.uid ?? '') ? -1 : 1;
}

/** Ready addresses first, then those not ready, until the limit. */
function truncate(subsets: readonly V1EndpointSubset[]): { subsets: V1EndpointSubset[]; truncated: boolean } {
  const count = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  const ready = subsets.reduce((total, subset) => total + count(subset.addresses), 0);
  const notReady = subsets.reduce((total, subset) => total + count(subset.notReadyAddresses), 0);
  if (ready + notReady <= maxAddresses) return { subsets: [...subsets], truncated: false };
  let readyLeft = Math.min(ready, maxAddresses);
  let notReadyLeft = maxAddresses - readyLeft;
  const cut: V1EndpointSubset[] = [];
  for (const { addresses = [], notReadyAddresses = [], ports } of subsets) {
    const some = addresses.slice(0, readyLeft);
    const others = notReadyAddresses.slice(0, notReadyLeft);
    readyLeft -= some.length;
    notReadyLeft -= others.length;
    if (some.length + others.length === 0) continue;
    cut.push({
      ...(some.length > 0 ? { addresses: some } : {}),
      ...(others.length > 0 ? { notReadyAddresses: others } : {}),
      ...(ports ? { ports } : {}),
    });
  }
  return { subsets: cut, truncated: true };
}
