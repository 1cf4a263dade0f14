import type {
  V1Container,
  V1ContainerPort,
  V1EnvVar,
  V1NodeSelectorTerm,
  V1Pod,
  V1PodAffinityTerm,
  V1PodSpec,
  V1PodTemplateSpec,
  V1Volume,
} from '../gen/types.ts';
import { tryParseQuantity } from '../quantity.ts';
import { dnsLabel } from '../validation/names.ts';

const seccompPod = 'seccomp.security.alpha.kubernetes.io/pod';
const seccompContainer = 'container.seccomp.security.alpha.kubernetes.io/';
const appArmorContainer = 'container.apparmor.security.beta.kubernetes.io/';

/** What the writer of a new pod is told. Source: `pkg/api/pod/warnings.go`, `pkg/registry/core/pod/strategy.go`. */
export function podWarnings({ metadata, spec }: V1Pod): string[] {
  const warnings: string[] = [];
  const wrong = dnsLabel(metadata.name ?? '');
  if (wrong)
    warnings.push(
      `metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [${wrong.join(' ')}]`,
    );
  warn(warnings, spec, metadata.annotations, '');
  return warnings;
}

/** What the writer of a template is told. `at` is its path with the dot behind. */
export function podTemplateWarnings({ metadata, spec }: V1PodTemplateSpec, at: string): string[] {
  const warnings: string[] = [];
  if (spec) warn(warnings, spec, metadata?.annotations, at);
  return warnings;
}

/** Most pods give no cause for any: nothing is built before there is one. */
function warn(
  warnings: string[],
  spec: V1PodSpec,
  annotations: Record<string, string> | undefined,
  at: string,
): void {
  for (const key in spec.nodeSelector) {
    const why = deprecatedLabel(key);
    if (why) warnings.push(`${at}spec.nodeSelector[${key}]: ${why}`);
  }
  if (spec.affinity?.nodeAffinity) warnOfNodeAffinity(warnings, spec.affinity.nodeAffinity, at);
  for (const [index, { topologyKey, labelSelector }] of (spec.topologySpreadConstraints ?? []).entries()) {
    const field = `${at}spec.topologySpreadConstraints[${index}]`;
    const why = deprecatedLabel(topologyKey);
    if (why) warnings.push(`${field}.topologyKey: ${topologyKey} is ${why}`);
    if (!labelSelector) warnings.push(`${field}.labelSelector: ${matchesNothing}`);
  }
  if (annotations) warnOfAnnotations(warnings, spec, annotations, at);
  if (spec.volumes) warnOfVolumes(warnings, spec.volumes, at);
  if (spec.hostAliases && spec.hostAliases.length > 1) {
    const seen = new Set<string>();
    for (const [index, { ip }] of spec.hostAliases.entries()) {
      if (seen.has(ip))
        warnings.push(`${at}spec.hostAliases[${index}].ip: duplicate ip ${JSON.stringify(ip)}`);
      seen.add(ip);
    }
  }
  if (spec.imagePullSecrets) {
    const seen = new Set<string>();
    const field = (index: number) => `${at}spec.imagePullSecrets[${index}].name`;
    for (const [index, { name = '' }] of spec.imagePullSecrets.entries()) {
      if (seen.has(name)) warnings.push(`${field(index)}: duplicate name ${JSON.stringify(name)}`);
      seen.add(name);
    }
    for (const [index, { name = '' }] of spec.imagePullSecrets.entries())
      if (name === '') warnings.push(`${field(index)}: invalid empty name ""`);
  }
  if (spec.overhead) warnOfFractions(warnings, spec.overhead, `${at}spec.overhead`);
  for (const list of containerLists)
    for (const [index, container] of (spec[list] ?? []).entries()) {
      const field = `${at}spec.${list}[${index}]`;
      const { limits, requests } = container.resources ?? {};
      if (limits) warnOfFractions(warnings, limits, `${field}.resources.limits`);
      if (requests) warnOfFractions(warnings, requests, `${field}.resources.requests`);
      if (container.env && container.env.length > 1) warnOfEnv(warnings, container.env, field);
    }
  warnOfPorts(warnings, spec, at);
  if ((spec.terminationGracePeriodSeconds ?? 0) < 0)
    warnings.push(
      `${at}spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1`,
    );
  for (const which of ['podAffinity', 'podAntiAffinity'] as const) {
    const affinity = spec.affinity?.[which];
    if (!affinity) continue;
    const field = `${at}spec.affinity.${which}`;
    const terms = (list: readonly V1PodAffinityTerm[], place: (index: number) => string) => {
      for (const [index, { labelSelector }] of list.entries())
        if (!labelSelector) warnings.push(`${place(index)}.labelSelector: ${matchesNothing}`);
    };
    terms(
      affinity.requiredDuringSchedulingIgnoredDuringExecution ?? [],
      (index) => `${field}.requiredDuringSchedulingIgnoredDuringExecution[${index}]`,
    );
    terms(
      (affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((each) => each.podAffinityTerm),
      (index) => `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}].podAffinityTerm`,
    );
  }
}

const containerLists = ['initContainers', 'containers', 'ephemeralContainers'] as const;
const matchesNothing = 'a null labelSelector results in matching no pod';

/** `pkg/api/node/util.go` */
const deprecatedLabels: Readonly<Record<string, string>> = {
  'beta.kubernetes.io/arch': 'deprecated since v1.14; use "kubernetes.io/arch" instead',
  'beta.kubernetes.io/os': 'deprecated since v1.14; use "kubernetes.io/os" instead',
  'failure-domain.beta.kubernetes.io/region':
    'deprecated since v1.17; use "topology.kubernetes.io/region" instead',
  'failure-domain.beta.kubernetes.io/zone':
    'deprecated since v1.17; use "topology.kubernetes.io/zone" instead',
  'beta.kubernetes.io/instance-type':
    'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead',
};

function deprecatedLabel(key: string): string | undefined {
  return Object.hasOwn(deprecatedLabels, key) ? deprecatedLabels[key] : undefined;
}

type NodeAffinity = NonNullable<NonNullable<V1PodSpec['affinity']>['nodeAffinity']>;

function warnOfNodeAffinity(warnings: string[], affinity: NodeAffinity, at: string): void {
  const field = `${at}spec.affinity.nodeAffinity`;
  const term = ({ matchExpressions = [] }: V1NodeSelectorTerm, place: string) => {
    for (const [index, { key }] of matchExpressions.entries()) {
      const why = deprecatedLabel(key);
      if (why) warnings.push(`${place}.matchExpressions[${index}].key: ${key} is ${why}`);
    }
  };
  const { requiredDuringSchedulingIgnoredDuringExecution: required } = affinity;
  for (const [index, each] of (required?.nodeSelectorTerms ?? []).entries())
    term(each, `${field}.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[${index}]`);
  for (const [index, each] of (affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).entries())
    term(each.preference, `${field}.preferredDuringSchedulingIgnoredDuringExecution[${index}].preference`);
}

const deprecatedAnnotations: Readonly<Record<string, string>> = {
  'scheduler.alpha.kubernetes.io/critical-pod':
    'non-functional in v1.16+; use the "priorityClassName" field instead',
  'security.alpha.kubernetes.io/sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
  'security.alpha.kubernetes.io/unsafe-sysctls': 'non-functional in v1.11+; use the "sysctls" field instead',
};

function warnOfAnnotations(
  warnings: string[],
  spec: V1PodSpec,
  annotations: Record<string, string>,
  at: string,
): void {
  const field = (key: string) => `${at}metadata.annotations[${key}]`;
  const seccomp = 'non-functional in v1.27+; use the "seccompProfile" field instead';
  for (const key in deprecatedAnnotations)
    if (Object.hasOwn(annotations, key)) warnings.push(`${field(key)}: ${deprecatedAnnotations[key]}`);
  if (Object.hasOwn(annotations, seccompPod) && !spec.securityContext?.seccompProfile)
    warnings.push(`${field(seccompPod)}: ${seccomp}`);
  for (const list of containerLists)
    for (const { name, securityContext } of spec[list] ?? []) {
      if (Object.hasOwn(annotations, seccompContainer + name) && !securityContext?.seccompProfile)
        warnings.push(`${field(seccompContainer + name)}: ${seccomp}`);
      // Of a pod's own, its node says more.
      const profile = securityContext?.appArmorProfile ?? spec.securityContext?.appArmorProfile;
      if (at !== '' && Object.hasOwn(annotations, appArmorContainer + name) && !profile)
        warnings.push(
          `${field(appArmorContainer + name)}: deprecated since v1.30; use the "appArmorProfile" field instead`,
        );
    }
}

const deprecatedVolumes: readonly (readonly [keyof V1Volume, string, string?])[] = [
  ['photonPersistentDisk', 'deprecated in v1.11, non-functional in v1.16+'],
  ['gitRepo', 'deprecated in v1.11'],
  ['scaleIO', 'deprecated in v1.16, non-functional in v1.22+'],
  ['flocker', 'deprecated in v1.22, non-functional in v1.25+'],
  ['storageos', 'deprecated in v1.22, non-functional in v1.25+', 'storageOS'],
  ['quobyte', 'deprecated in v1.22, non-functional in v1.25+'],
  ['glusterfs', 'deprecated in v1.25, non-functional in v1.26+'],
  ['cephfs', 'deprecated in v1.28, non-functional in v1.31+'],
  ['rbd', 'deprecated in v1.28, non-functional in v1.31+'],
];

function warnOfVolumes(warnings: string[], volumes: readonly V1Volume[], at: string): void {
  const tokens = new Set<string>();
  for (const [index, volume] of volumes.entries()) {
    for (const [member, why, name = member] of deprecatedVolumes)
      if (volume[member]) warnings.push(`${at}spec.volumes[${index}].${name}: ${why}`);
    for (const { serviceAccountToken } of volume.projected?.sources ?? [])
      if (serviceAccountToken) tokens.add(serviceAccountToken.path);
  }
  if (tokens.size === 0) return;
  for (const [index, { projected }] of volumes.entries())
    for (const { configMap, secret, downwardAPI, clusterTrustBundle } of projected?.sources ?? []) {
      const clash = (place: string, path: string) => {
        if (tokens.has(path))
          warnings.push(
            `${at}spec.volumes[${index}].projected.sources.${place}: has duplicated path with ServiceAccountToken ${JSON.stringify(path)}`,
          );
      };
      for (const [position, { path }] of (configMap?.items ?? []).entries())
        clash(`configMap[${position}]`, path);
      for (const [position, { path }] of (secret?.items ?? []).entries()) clash(`secrets[${position}]`, path);
      for (const [position, { path }] of (downwardAPI?.items ?? []).entries())
        clash(`downwardAPI[${position}]`, path);
      if (clusterTrustBundle) clash('ClusterTrustBundle', clusterTrustBundle.path);
    }
}

const byteCounts = ['memory', 'ephemeral-storage'] as const;

/** Amounts in thousandths of a byte: mostly someone who meant `M` by `m`. */
function warnOfFractions(warnings: string[], amounts: Record<string, string>, field: string): void {
  for (const name of byteCounts) {
    const text = amounts[name];
    if (text === undefined || !/[.munE-]/i.test(text)) continue;
    const quantity = tryParseQuantity(text);
    if (!quantity || quantity.scale >= 0 || quantity.mantissa % 10n ** BigInt(-quantity.scale) === 0n)
      continue;
    warnings.push(
      `${field}[${name}]: fractional byte value ${JSON.stringify(text)} is invalid, must be an integer`,
    );
  }
}

function warnOfEnv(warnings: string[], env: readonly V1EnvVar[], field: string): void {
  const seen = new Set<string>();
  for (const [index, { name, value = '', valueFrom }] of env.entries()) {
    const reference = `$(${name})`;
    // One that builds upon the one before is meant so.
    if (seen.has(name) && (valueFrom || value === reference || !value.includes(reference)))
      warnings.push(
        `${field}.env[${index}]: hides previous definition of ${JSON.stringify(name)}, which may be dropped when using apply`,
      );
    seen.add(name);
  }
}

interface PlacedPort {
  field: string;
  hostIP: string;
  hostPort: number;
}

function warnOfPorts(warnings: string[], spec: V1PodSpec, at: string): void {
  let all: Map<string, PlacedPort[]> | undefined;
  for (const list of containerLists)
    for (const [index, container] of (spec[list] ?? []).entries())
      for (const [position, port] of ((container as V1Container).ports ?? []).entries()) {
        const { hostIP = '', hostPort = 0 } = port;
        const field = `${at}spec.${list}[${index}].ports[${position}]`;
        if (hostIP !== '' && hostPort === 0)
          warnings.push(`${field}: hostIP set without hostPort: ${goPort(port)}`);
        const key = `${port.containerPort}/${port.protocol}`;
        all ??= new Map();
        const others = all.get(key);
        for (const other of others ?? []) {
          const with_ = `port definition with ${other.field}`;
          if (hostIP === other.hostIP && hostPort === other.hostPort)
            warnings.push(`${field}: duplicate ${with_}`);
          else if (hostPort === 0 || other.hostPort === 0) warnings.push(`${field}: overlapping ${with_}`);
          else if (hostPort === other.hostPort && (hostIP === '') !== (other.hostIP === ''))
            warnings.push(`${field}: dangerously ambiguous ${with_}`);
        }
        if (others) others.push({ field, hostIP, hostPort });
        else all.set(key, [{ field, hostIP, hostPort }]);
      }
}

/** As Go prints the struct. */
function goPort({
  name = '',
  hostPort = 0,
  containerPort,
  protocol = '',
  hostIP = '',
}: V1ContainerPort): string {
  return `{Name:${name} HostPort:${hostPort} ContainerPort:${containerPort} Protocol:${protocol} HostIP:${hostIP}}`;
}
