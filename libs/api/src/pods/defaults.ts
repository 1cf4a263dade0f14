import type {
  V1Container,
  V1DownwardAPIVolumeFile,
  V1EphemeralContainer,
  V1LifecycleHandler,
  V1PersistentVolumeClaimSpec,
  V1Pod,
  V1PodSpec,
  V1Probe,
  V1ResourceRequirements,
  V1Volume,
} from '../gen/types.ts';
import { podLimits, podRequests } from '../pod-resources.ts';
import {
  canonicalQuantity,
  formatBytes,
  formatMilli,
  formatQuantity,
  isQuantity,
  roundUp,
  tryParseQuantity,
} from '../quantity.ts';

const defaultMode = 0o644;

/**
 * What a pod's writer left out. Source: `pkg/apis/core/v1/defaults.go`. Beyond what templates get: ports of the host's
 * network, requests from limits, service links.
 */
export function podDefaults(pod: V1Pod): void {
  const spec = (pod.spec ??= { containers: [] });
  podSpecDefaults(spec);
  spec.enableServiceLinks ??= true;
  for (const list of [spec.containers, spec.initContainers])
    for (const container of list ?? []) {
      if (spec.hostNetwork) for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
      if (container.resources) requestsFromLimits(container.resources);
    }
  if (spec.resources) {
    pagesFromContainers(spec);
    if (spec.resources.limits) podLevelRequests(pod, spec.resources.limits);
  }
  // The old name holds the first of the list; where both are said and differ, it wins.
  const { status } = pod;
  if (!status) return;
  if (status.podIP && status.podIP !== status.podIPs?.[0]?.ip) status.podIPs = [{ ip: status.podIP }];
  else if (status.podIPs?.[0]?.ip) status.podIP = status.podIPs[0].ip;
}

/** What pods and pod templates have in common. */
export function podSpecDefaults(spec: V1PodSpec): void {
  spec.restartPolicy ??= 'Always';
  spec.dnsPolicy ??= 'ClusterFirst';
  spec.schedulerName ||= 'default-scheduler';
  spec.terminationGracePeriodSeconds ??= 30;
  spec.securityContext ??= {};
  // `serviceAccount` is the old name; both are shown, the new one wins.
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) spec.serviceAccountName = spec.serviceAccount = account;
  for (const container of allContainers(spec)) containerDefaults(container);
  for (const volume of spec.volumes ?? []) volumeDefaults(volume);
  if (spec.overhead) roundedList(spec.overhead);
  if (spec.resources?.limits) roundedList(spec.resources.limits);
  if (spec.resources?.requests) roundedList(spec.resources.requests);
}

function* allContainers(spec: V1PodSpec): Generator<V1Container | V1EphemeralContainer> {
  if (spec.initContainers) yield* spec.initContainers;
  if (spec.containers) yield* spec.containers;
  if (spec.ephemeralContainers) yield* spec.ephemeralContainers;
}

/** `Always` for `:latest` and for no tag or digest at all, for those may change; `IfNotPresent` for all else. */
function pullPolicyFor(image: string | undefined): string {
  if (!image) return 'IfNotPresent';
  const [name = '', digest] = image.split('@', 2);
  const tag = /:([^/:]*)$/.exec(name)?.[1] ?? (digest === undefined ? 'latest' : undefined);
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function containerDefaults(container: V1Container | V1EphemeralContainer): void {
  container.imagePullPolicy ||= pullPolicyFor(container.image);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  const resources = (container.resources ??= {});
  if (resources.limits) roundedList(resources.limits);
  if (resources.requests) roundedList(resources.requests);
  for (const port of container.ports ?? []) port.protocol ||= 'TCP';
  for (const { valueFrom } of container.env ?? []) {
    if (valueFrom?.fieldRef) valueFrom.fieldRef.apiVersion ||= 'v1';
    if (valueFrom?.resourceFieldRef) valueFrom.resourceFieldRef.divisor ??= '0';
  }
  if (container.livenessProbe) probeDefaults(container.livenessProbe);
  if (container.readinessProbe) probeDefaults(container.readinessProbe);
  if (container.startupProbe) probeDefaults(container.startupProbe);
  if (container.lifecycle?.postStart) handlerDefaults(container.lifecycle.postStart);
  if (container.lifecycle?.preStop) handlerDefaults(container.lifecycle.preStop);
}

function probeDefaults(probe: V1Probe): void {
  handlerDefaults(probe);
  probe.timeoutSeconds ||= 1;
  probe.periodSeconds ||= 10;
  probe.successThreshold ||= 1;
  probe.failureThreshold ||= 3;
  if (probe.grpc) probe.grpc.service ??= '';
}

function handlerDefaults(handler: V1LifecycleHandler | V1Probe): void {
  if (!handler.httpGet) return;
  handler.httpGet.path ||= '/';
  handler.httpGet.scheme ||= 'HTTP';
}

// What needs neither a canonical form nor rounding.
const plainQuantity = /^(?:0|[1-9]\d{0,2}(?:|m|Mi|Gi|Ki|k|M|G))$/;

/** Amounts of resources in canonical form, rounded up to thousandths (SetDefaults_ResourceList). */
export function roundedList(list: Record<string, string | number>): void {
  for (const name in list) {
    const written = list[name]!;
    if (typeof written === 'string' && plainQuantity.test(written)) continue;
    const text = roundedQuantity(String(written));
    if (text !== written) list[name] = text;
  }
}

function roundedQuantity(text: string): string {
  // Only fractions and the suffixes for them can be finer.
  if (!/[.nueE]/.test(text)) return canonicalQuantity(text);
  const quantity = tryParseQuantity(text);
  if (!quantity) return text;
  return formatQuantity(quantity.scale < -3 ? roundUp(quantity, -3) : quantity);
}

function requestsFromLimits(resources: V1ResourceRequirements): void {
  const { limits } = resources;
  if (!limits) return;
  const requests = (resources.requests ??= {});
  for (const name in limits) requests[name] ??= limits[name]!;
}

/** KEP-2837: a pod-level request is what the containers ask for together or, where they ask for nothing, the limit. */
function podLevelRequests(pod: V1Pod, limits: Record<string, string>): void {
  const requests = (pod.spec.resources!.requests ??= {});
  const { containers, named, spec } = containersAlone(pod.spec);
  if (!allQuantities(containers)) return;
  if (requests['cpu'] === undefined && named('requests', 'cpu'))
    requests['cpu'] = formatMilli(podRequests({ spec }).cpuMilli);
  if (requests['memory'] === undefined && named('requests', 'memory'))
    requests['memory'] = formatBytes(podRequests({ spec }).memoryBytes);
  for (const name in limits)
    if (isPodLevel(name) && requests[name] === undefined) requests[name] = limits[name]!;
}

/** Huge pages that containers are limited to are the pod's, too, unless it asks for some itself. */
function pagesFromContainers(podSpec: V1PodSpec): void {
  const { limits, requests } = podSpec.resources!;
  if (!Object.keys(limits ?? {}).length && !Object.keys(requests ?? {}).length) return;
  const { containers, spec } = containersAlone(podSpec);
  if (!containers.some((each) => Object.keys(each.resources?.limits ?? {}).some(isHugePages))) return;
  if (!allQuantities(containers)) return;
  for (const [name, amount] of Object.entries(podLimits({ spec }).extended))
    if (isHugePages(name) && requests?.[name] === undefined)
      (podSpec.resources!.limits ??= {})[name] ??= formatBytes(amount);
}

const isHugePages = (name: string) => name.startsWith('hugepages-');
const isPodLevel = (name: string) => name === 'cpu' || name === 'memory' || isHugePages(name);

/** A pod's containers and what they name, without what the pod says itself. */
function containersAlone({ containers: main = [], initContainers }: V1PodSpec) {
  const containers = [...main, ...(initContainers ?? [])];
  const spec = { containers: main, ...(initContainers ? { initContainers } : {}) };
  const named = (list: 'requests' | 'limits', name: string) =>
    containers.some((container) => container.resources?.[list]?.[name] !== undefined);
  return { containers, named, spec };
}

/** Sums are of amounts; what is none is for validation to name. */
function allQuantities(containers: readonly V1Container[]): boolean {
  return containers.every(({ resources }) =>
    [resources?.requests, resources?.limits].every((list) => Object.values(list ?? {}).every(isQuantity)),
  );
}

function volumeDefaults(volume: V1Volume): void {
  if (Object.keys(volume).length === 1) volume.emptyDir = {};
  if (volume.emptyDir?.sizeLimit)
    volume.emptyDir.sizeLimit = canonicalQuantity(String(volume.emptyDir.sizeLimit));
  if (volume.configMap) volume.configMap.defaultMode ??= defaultMode;
  if (volume.secret) volume.secret.defaultMode ??= defaultMode;
  if (volume.hostPath) volume.hostPath.type ??= '';
  if (volume.image) volume.image.pullPolicy ||= pullPolicyFor(volume.image.reference);
  if (volume.downwardAPI) {
    volume.downwardAPI.defaultMode ??= defaultMode;
    downwardDefaults(volume.downwardAPI.items);
  }
  if (volume.projected) {
    volume.projected.defaultMode ??= defaultMode;
    for (const source of volume.projected.sources ?? []) {
      downwardDefaults(source.downwardAPI?.items);
      if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
    }
  }
  const claim: { spec?: V1PersistentVolumeClaimSpec } | undefined = volume.ephemeral?.volumeClaimTemplate;
  if (claim) (claim.spec ??= {}).volumeMode ??= 'Filesystem';
}

function downwardDefaults(items: V1DownwardAPIVolumeFile[] | undefined): void {
  for (const item of items ?? []) {
    if (item.fieldRef) item.fieldRef.apiVersion ||= 'v1';
    if (item.resourceFieldRef) item.resourceFieldRef.divisor ??= '0';
  }
}
