import {
  admitsNode,
  hostPortsTaken,
  hostPortTaken,
  nodeAffinityMismatch,
  nodeDemand,
  podHostPorts,
  podRequests,
  resourceShortages,
  tolerates,
  type NodeIdentity,
  type NodeResources,
  type PodResources,
  type V1Pod,
  type V1Taint,
} from '@gantry/api';

/** Why this node does not run a pod that was given to it, as its status and event say. */
export interface Rejection {
  reason: string;
  message: string;
  /** It comes of what the server says of the node, of which there may be news on the way. */
  mayChange?: boolean;
}

/** The node as a pod that comes to it finds it. */
export interface AdmittingNode extends NodeIdentity {
  readonly taints: readonly V1Taint[];
  readonly resources: NodeResources;
}

/** What a pod holds of its node, worked out once. */
export interface Holding {
  readonly requests: PodResources;
  readonly hostPorts: readonly string[];
}

export function holdingOf(pod: V1Pod): Holding {
  return { requests: podRequests(pod), hostPorts: podHostPorts(pod) };
}

/**
 * Whether the node takes a pod beside those that hold something of it; undefined: it does. The scheduler has asked the same before, but not
 * for a pod that names its node itself, nor of a node that has changed since. In the order and the words of the kubelet
 * (pkg/kubelet/lifecycle/predicate.go): the first reason counts.
 */
export function rejection(
  pod: V1Pod,
  node: AdmittingNode,
  others: readonly Holding[],
): Rejection | undefined {
  return forbiddenSysctl(pod) ?? otherSystem(pod) ?? misfit(pod, node, others) ?? confinement(pod);
}

/** A pod that wants to be confined by what this node does not have does not run unconfined (pkg/security/apparmor/validate.go). */
function confinement({ spec }: V1Pod): Rejection | undefined {
  const profiles = [spec, ...spec.containers, ...(spec.initContainers ?? [])].map(
    ({ securityContext }) => securityContext?.appArmorProfile?.type ?? 'Unconfined',
  );
  return profiles.every((type) => type === 'Unconfined')
    ? undefined
    : { reason: 'AppArmor', message: 'Cannot enforce AppArmor: AppArmor is not enabled on the host' };
}

function otherSystem({ metadata, spec }: V1Pod): Rejection | undefined {
  const label = metadata.labels?.['kubernetes.io/os'];
  if (label !== undefined && label !== 'linux')
    return {
      reason: 'PodOSSelectorNodeLabelDoesNotMatch',
      message: "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label",
    };
  if (spec.os && spec.os.name !== 'linux')
    return {
      reason: 'PodOSNotSupported',
      message: "Failed to admit pod as the OS field doesn't match node OS",
    };
  return undefined;
}

function misfit(pod: V1Pod, node: AdmittingNode, others: readonly Holding[]): Rejection | undefined {
  const [shortage] = resourceShortages(asked(pod, node), node.resources, sum(others), others.length) ?? [];
  if (shortage) {
    const { resource, requested, used, capacity } = shortage;
    return {
      reason: `OutOf${resource}`,
      message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}`,
    };
  }
  const failed = (predicate: string, why: string) => ({
    reason: predicate,
    message: `Predicate ${predicate} failed: ${why}`,
  });
  if (!admitsNode(nodeDemand(pod), node))
    return { ...failed('NodeAffinity', nodeAffinityMismatch), mayChange: true };
  const wanted = podHostPorts(pod);
  if (wanted.length > 0) {
    const held = new Set(others.flatMap(({ hostPorts }) => hostPorts));
    if (wanted.some((port) => hostPortTaken(port, held))) return failed('NodePorts', hostPortsTaken);
  }
  // Others only keep pods from being placed here, and this one has been.
  const untolerated = node.taints.some(
    (taint) =>
      taint.effect === 'NoExecute' &&
      !pod.spec.tolerations?.some((toleration) => tolerates(toleration, taint)),
  );
  return untolerated
    ? { ...failed('TaintToleration', "node(s) had taints that the pod didn't tolerate"), mayChange: true }
    : undefined;
}

/** What the pod asks for, less what this node knows nothing of: such extended resources are the cluster's, not a node's. */
function asked(pod: V1Pod, node: AdmittingNode): PodResources {
  const requests = podRequests(pod);
  for (const name of Object.keys(requests.extended))
    if (name.includes('/') && node.resources.extended[name] === undefined) delete requests.extended[name];
  return requests;
}

function sum(all: readonly Holding[]): PodResources {
  const total: PodResources = { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} };
  for (const { requests } of all) {
    total.cpuMilli += requests.cpuMilli;
    total.memoryBytes += requests.memoryBytes;
    total.ephemeralBytes += requests.ephemeralBytes;
    for (const name in requests.extended)
      total.extended[name] = (total.extended[name] ?? 0) + requests.extended[name]!;
  }
  return total;
}

/** Settings that have a namespace of their own and hurt nobody else (pkg/kubelet/sysctl/safe_sysctls.go). */
const safeSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** A sysctl that is not known to be safe, or would be the node's own, is refused (pkg/kubelet/sysctl/allowlist.go). */
function forbiddenSysctl({ spec }: V1Pod): Rejection | undefined {
  for (const { name: given } of spec?.securityContext?.sysctls ?? []) {
    const name = given.replaceAll('/', '.');
    const forbidden = (why: string) => ({
      reason: 'SysctlForbidden',
      message: `forbidden sysctl: "${given}" ${why}`,
    });
    if (!safeSysctls.has(name)) return forbidden('not allowlisted');
    if (spec?.hostNetwork && name.startsWith('net.')) return forbidden('not allowed with host net enabled');
    if (spec?.hostIPC && name.startsWith('kernel.shm')) return forbidden('not allowed with host ipc enabled');
  }
  return undefined;
}
