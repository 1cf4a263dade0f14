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
import { podRequests } from '../pod-resources.ts';
import { canonicalQuantity, formatBytes, formatMilli } from '../quantity.ts';

const defaultMode = 0o644;

/**
 * What a pod's writer left out. Source: `pkg/apis/core/v1/defaults.go`. Beyond what templates get: ports of the host's
 * network, requests from limits, service links.
 */
export function podDefaults(pod: V1Pod): void {
  const spec = (pod.spec ??= { containers: [] });
  podSpecDefaults(spec);
  spec.enableServiceLinks ??= true;
  for (const container of allContainers(spec)) {
    if (spec.hostNetwork) for (const port of container.ports ?? []) port.hostPort ||= port.containerPort;
    if (container.resources) requestsFromLimits(container.resources);
  }
  const limits = spec.resources?.limits;
  if (limits) podLevelRequests(pod, limits);
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
  if (spec.overhead) canonicalList(spec.overhead);
}

function* allContainers(spec: V1PodSpec): Generator<V1Container | V1EphemeralContainer> {
  if (spec.initContainers) yield* spec.initContainers;
  if (spec.containers) yield* spec.containers;
  if (spec.ephemeralContainers) yield* spec.ephemeralContainers;
}

/** `Always` for `:latest` and for no tag at all, for those may change; `IfNotPresent` for all else. */
function pullPolicyFor(image: string | undefined): string {
  if (!image || image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]*)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function containerDefaults(container: V1Container | V1EphemeralContainer): void {
  container.imagePullPolicy ||= pullPolicyFor(container.image);
  container.terminationMessagePath ||= '/dev/termination-log';
  container.terminationMessagePolicy ||= 'File';
  const resources = (container.resources ??= {});
  if (resources.limits) canonicalList(resources.limits);
  if (resources.requests) canonicalList(resources.requests);
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

function canonicalList(list: Record<string, string | number>): void {
  for (const name in list) {
    const written = list[name]!;
    const text = canonicalQuantity(typeof written === 'number' ? String(written) : written);
    if (text !== written) list[name] = text;
  }
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
  const { resources, overhead, ...spec } = pod.spec;
  void resources;
  void overhead;
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  const asked = (name: string) =>
    containers.some((container) => container.resources?.requests?.[name] !== undefined);
  for (const name in limits) {
    if (requests[name] !== undefined) continue;
    if (!asked(name)) requests[name] = limits[name]!;
    else if (name === 'cpu') requests[name] = formatMilli(podRequests({ spec }).cpuMilli);
    else if (name === 'memory') requests[name] = formatBytes(podRequests({ spec }).memoryBytes);
  }
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
