import type { V1Container, V1Pod } from '@gantry/api';
import type { Image, Mount } from '@gantry/image';
import type { Sandbox } from '@gantry/network';
import type { ContainerConfig, ContainerMount } from '@gantry/runtime';
import { configError } from './config-error.ts';
import { containerEnv, type ConfigSource } from './env.ts';
import { expand } from './expand.ts';
import type { NodeFacts } from './fields.ts';
import { containerResources } from './resources.ts';

export interface ContainerConfigInput {
  id: string;
  attempt: number;
  pod: V1Pod;
  container: V1Container;
  image: Image;
  root: Mount;
  sandbox: Sandbox;
  /** What the sandbox calls itself. */
  hostname: string;
  cgroup: string;
  mounts: ContainerMount[];
  logPath: string;
  source: ConfigSource;
  node: NodeFacts;
  /** The process namespace to share, as a path or `host`; absent: its own. */
  pidNamespace?: string | undefined;
  labels: Record<string, string>;
}

/** All that the runtime needs to know, from what the API says. Throws ContainerProblem. */
export function containerConfig(input: ContainerConfigInput): ContainerConfig {
  const { pod, container, image, sandbox, node } = input;
  const spec = pod.spec!;
  const env = containerEnv(pod, container, input.source, node);
  const merged = new Map<string, string>();
  for (const each of image.config.Env ?? []) {
    const equals = each.indexOf('=');
    if (equals > 0) merged.set(each.slice(0, equals), each.slice(equals + 1));
  }
  for (const [name, value] of env) merged.set(name, value);
  if (!merged.has('PATH')) merged.set('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');
  if (!merged.has('HOSTNAME')) merged.set('HOSTNAME', input.hostname);
  if (container.tty && !merged.has('TERM')) merged.set('TERM', 'xterm');
  const own = container.securityContext ?? {};
  const shared = spec.securityContext ?? {};
  const user = containerUser(pod, container, image.config.User);
  const groups = new Set([
    ...(shared.supplementalGroups ?? []),
    ...(shared.fsGroup !== undefined ? [shared.fsGroup] : []),
  ]);
  const seccomp = (own.seccompProfile ?? shared.seccompProfile)?.type;
  // Never another one in its place: the pod asked for it to be kept in.
  if (seccomp === 'Localhost' && !own.privileged)
    throw configError('seccomp profiles of type Localhost are not supported by this node');
  const sysctls = Object.fromEntries((shared.sysctls ?? []).map(({ name, value }) => [name, value]));
  return {
    id: input.id,
    root: input.root,
    ...(own.readOnlyRootFilesystem ? { readonlyRoot: true } : {}),
    args: containerArgs(container, image.config, (name) => env.get(name)),
    env: [...merged].map(([name, value]) => `${name}=${value}`),
    cwd: container.workingDir || image.config.WorkingDir || '/',
    ...(user !== undefined ? { user } : {}),
    ...(groups.size > 0 ? { supplementalGroups: [...groups] } : {}),
    ...(shared.supplementalGroupsPolicy === 'Strict' ? { strictGroups: true } : {}),
    ...(container.tty ? { terminal: true } : {}),
    ...(container.stdin ? { stdin: true, ...(container.stdinOnce ? { stdinOnce: true } : {}) } : {}),
    mounts: input.mounts,
    namespaces: {
      network: sandbox.network,
      ipc: sandbox.ipc,
      uts: sandbox.uts,
      ...(input.pidNamespace !== undefined ? { pid: input.pidNamespace } : {}),
    },
    cgroup: input.cgroup,
    resources: containerResources(pod, container, node.allocatable.memoryBytes),
    capabilities: { add: own.capabilities?.add ?? [], drop: own.capabilities?.drop ?? [] },
    ...(own.privileged ? { privileged: true } : {}),
    ...(own.allowPrivilegeEscalation === false && !own.privileged ? { noNewPrivileges: true } : {}),
    // Upstream's default is Unconfined unless the node says otherwise; ours is the runtime's profile, as with Docker.
    seccomp: seccomp === 'Unconfined' || own.privileged ? 'unconfined' : 'default',
    ...(own.procMount === 'Unmasked' ? { unmaskedPaths: true } : {}),
    ...(Object.keys(sysctls).length > 0 ? { sysctls } : {}),
    logPath: input.logPath,
    labels: input.labels,
  };
}

/**
 * `command` takes the place of the image's Entrypoint and Cmd, `args` that of its Cmd
 * (Kubernetes: "Define a Command and Arguments for a Container").
 */
export function containerArgs(
  container: Pick<V1Container, 'command' | 'args'>,
  image: { Entrypoint?: string[]; Cmd?: string[] },
  valueOf: (name: string) => string | undefined,
): string[] {
  const command = (container.command ?? []).map((each) => expand(each, valueOf));
  const args = (container.args ?? []).map((each) => expand(each, valueOf));
  const entrypoint = command.length > 0 ? command : (image.Entrypoint ?? []);
  const rest = args.length > 0 || command.length > 0 ? args : (image.Cmd ?? []);
  const all = [...entrypoint, ...rest];
  if (all.length === 0) throw configError('no command specified');
  return all;
}

/** `uid[:gid]` or the image's own; refuses root where `runAsNonRoot` is set, in the kubelet's words. */
export function containerUser(
  pod: V1Pod,
  container: V1Container,
  imageUser: string | undefined,
): string | undefined {
  const own = container.securityContext ?? {};
  const shared = pod.spec?.securityContext ?? {};
  const uid = own.runAsUser ?? shared.runAsUser;
  const gid = own.runAsGroup ?? shared.runAsGroup;
  if (own.runAsNonRoot ?? shared.runAsNonRoot) {
    const where = `(pod: "${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})", container: ${container.name})`;
    const name = imageUser?.split(':')[0] ?? '';
    if (uid === 0) throw configError(`container's runAsUser breaks non-root policy ${where}`);
    if (uid === undefined && (name === '' || name === '0'))
      throw configError(`container has runAsNonRoot and image will run as root ${where}`);
    if (uid === undefined && !/^\d+$/.test(name))
      throw configError(
        `container has runAsNonRoot and image has non-numeric user (${name}), cannot verify user is non-root ${where}`,
      );
  }
  if (uid === undefined && gid === undefined) return imageUser || undefined;
  const name = uid !== undefined ? String(uid) : imageUser?.split(':')[0] || '0';
  return gid === undefined ? name : `${name}:${gid}`;
}

/** `spec.hostnameOverride` or `hostname`, or the pod's name, cut to what a host name may have; the node's with host network. */
export function podHostname(pod: V1Pod, nodeName: string): string {
  if (pod.spec?.hostNetwork) return nodeName;
  const { hostnameOverride, hostname } = pod.spec;
  if (hostnameOverride) return hostnameOverride;
  return (hostname || pod.metadata.name || '').slice(0, 63).replace(/[-.]+$/, '');
}

/** The domain that a pod with a subdomain has its name in; '' without one. */
export function podDomain({ metadata, spec }: V1Pod, clusterDomain: string): string {
  return spec.subdomain && !spec.hostnameOverride
    ? `${spec.subdomain}.${metadata.namespace}.svc.${clusterDomain}`
    : '';
}

/** What the kernel takes for a host name (uname(2)). */
const longestName = 64;

/**
 * What the pod's processes see as their host's name: with `setHostnameAsFQDN`, and a subdomain, the whole of it. Throws where that is
 * too long (pkg/kubelet/util, GetNodenameForKernel).
 */
export function kernelHostname(pod: V1Pod, nodeName: string, clusterDomain: string): string {
  const hostname = podHostname(pod, nodeName);
  const domain = podDomain(pod, clusterDomain);
  if (!pod.spec.setHostnameAsFQDN || pod.spec.hostNetwork || domain === '') return hostname;
  const whole = `${hostname}.${domain}`;
  if (whole.length > longestName)
    throw new Error(
      `Failed to construct FQDN from pod hostname and cluster domain, FQDN ${whole} is too long (${longestName} characters is the max, ${whole.length} characters requested)`,
    );
  return whole;
}
