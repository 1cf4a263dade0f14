import {
  bytesOf,
  formatLabelSelector,
  milliOf,
  type V1Container,
  type V1ContainerState,
  type V1ContainerStatus,
  type V1EnvVar,
  type V1Pod,
  type V1PodSpec,
  type V1PodTemplateSpec,
  type V1Probe,
  type V1ResourceRequirements,
  type V1Toleration,
  type V1Volume,
} from '@gantry/api';
import { annotationsOf, longTime } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

// What pods and pod templates have in common. In a template names stand one blank further to the right, as kubectl has it.

/** A controller's template. */
export function describePodTemplate(out: DescriptionWriter, { metadata, spec }: V1PodTemplateSpec): void {
  out.row(0, 'Pod Template:');
  out.map(1, 'Labels', metadata?.labels);
  if (Object.keys(metadata?.annotations ?? {}).length > 0) annotationsOf(out, 1, metadata?.annotations);
  if (!spec) return;
  if (spec.serviceAccountName) out.row(1, 'Service Account:', spec.serviceAccountName);
  if (spec.initContainers?.length) describeContainers(out, 'Init Containers', spec.initContainers);
  describeContainers(out, 'Containers', spec.containers);
  describeVolumes(out, spec.volumes, true);
  spreadOf(out, 1, spec);
  if (spec.priorityClassName) out.row(1, 'Priority Class Name:', spec.priorityClassName);
  out.map(1, 'Node-Selectors', spec.nodeSelector);
  tolerationsOf(out, 1, spec.tolerations);
}

/** Containers; of a `pod`, with how they are. */
export function describeContainers(
  out: DescriptionWriter,
  label: string,
  containers: readonly V1Container[],
  of?: { pod: V1Pod; statuses: readonly V1ContainerStatus[] | undefined },
): void {
  out.row(of ? 0 : 1, `${label}:${containers.length === 0 ? ' <none>' : ''}`);
  for (const container of containers) {
    const status = of?.statuses?.find((each) => each.name === container.name);
    out.row(1, `${of ? '' : ' '}${container.name}:`);
    if (status) out.row(2, 'Container ID:', status.containerID);
    out.row(2, 'Image:', container.image);
    if (status) out.row(2, 'Image ID:', status.imageID);
    portsOf(out, container);
    seccompOf(out, 2, container.securityContext?.seccompProfile);
    for (const [title, words] of [
      ['Command:', container.command],
      ['Args:', container.args],
    ] as const) {
      if (!words?.length) continue;
      out.row(2, title);
      for (const line of words.flatMap((word) => word.split('\n'))) out.row(3, line);
    }
    if (status) {
      describeState(out, 'State', status.state);
      if (status.lastState?.terminated) describeState(out, 'Last State', status.lastState);
      out.row(2, 'Ready:', status.ready ? 'True' : 'False');
      out.row(2, 'Restart Count:', status.restartCount);
    }
    resourcesOf(out, 2, container.resources);
    if (container.livenessProbe) out.row(2, 'Liveness:', probeText(container.livenessProbe));
    if (container.readinessProbe) out.row(2, 'Readiness:', probeText(container.readinessProbe));
    if (container.startupProbe) out.row(2, 'Startup:', probeText(container.startupProbe));
    environmentOf(out, container, of?.pod);
    mountsOf(out, container);
  }
}

function portsOf(out: DescriptionWriter, { ports = [] }: V1Container): void {
  const text = (number: (port: (typeof ports)[number]) => number) =>
    ports
      .map((port) => `${number(port)}/${port.protocol ?? 'TCP'}${port.name ? ` (${port.name})` : ''}`)
      .join(', ') || '<none>';
  const several = ports.length > 1 ? 's' : '';
  out.row(
    2,
    `Port${several}:`,
    text((port) => port.containerPort),
  );
  out.row(
    2,
    `Host Port${several}:`,
    text((port) => port.hostPort ?? 0),
  );
}

export function seccompOf(
  out: DescriptionWriter,
  level: number,
  profile: { type: string; localhostProfile?: string } | undefined,
): void {
  if (!profile) return;
  out.row(level, 'SeccompProfile:', profile.type);
  if (profile.type === 'Localhost')
    out.row(level && level + 1, 'LocalhostProfile:', profile.localhostProfile);
}

function describeState(out: DescriptionWriter, label: string, state: V1ContainerState = {}): void {
  const { running, waiting, terminated } = state;
  if (running) {
    out.row(2, `${label}:`, 'Running');
    out.row(3, 'Started:', longTime(running.startedAt));
  } else if (terminated) {
    out.row(2, `${label}:`, 'Terminated');
    if (terminated.reason) out.row(3, 'Reason:', terminated.reason);
    if (terminated.message) out.row(3, 'Message:', terminated.message);
    out.row(3, 'Exit Code:', terminated.exitCode);
    if (terminated.signal) out.row(3, 'Signal:', terminated.signal);
    out.row(3, 'Started:', longTime(terminated.startedAt));
    out.row(3, 'Finished:', longTime(terminated.finishedAt));
  } else {
    out.row(2, `${label}:`, 'Waiting');
    if (waiting?.reason) out.row(3, 'Reason:', waiting.reason);
  }
}

export function resourcesOf(
  out: DescriptionWriter,
  level: number,
  { limits, requests }: V1ResourceRequirements = {},
): void {
  for (const [title, amounts = {}] of [
    ['Limits:', limits],
    ['Requests:', requests],
  ] as const) {
    const names = Object.keys(amounts).sort();
    if (names.length > 0) out.row(level, title);
    for (const name of names) out.row(level + 1, `${name}:`, amounts[name]);
  }
}

function probeText(probe: V1Probe): string {
  const attributes = `delay=${probe.initialDelaySeconds ?? 0}s timeout=${probe.timeoutSeconds ?? 0}s period=${probe.periodSeconds ?? 0}s #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const { scheme = 'HTTP', host = '', port, path = '' } = httpGet;
    const name = host.includes(':') ? `[${host}]` : host;
    return `http-get ${scheme.toLowerCase()}://${name}:${port}${encodeURI(path)} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function environmentOf(out: DescriptionWriter, container: V1Container, pod: V1Pod | undefined): void {
  const { env = [], envFrom = [] } = container;
  if (envFrom.length > 0) out.row(2, 'Environment Variables from:');
  for (const { configMapRef, secretRef, prefix } of envFrom) {
    const kind = configMapRef ? 'ConfigMap' : 'Secret';
    const source = configMapRef ?? secretRef;
    out.row(
      3,
      source?.name,
      prefix ? `${kind} with prefix '${prefix}'` : kind,
      `Optional: ${source?.optional ?? false}`,
    );
  }
  out.row(2, ...(env.length > 0 ? ['Environment:'] : ['Environment:', '<none>']));
  for (const variable of env) {
    if (variable.valueFrom) out.row(3, `${variable.name}:`, ...sourceOf(variable.valueFrom, container, pod));
    else {
      const [first, ...more] = (variable.value ?? '').split('\n');
      out.row(3, `${variable.name}:`, first);
      for (const line of more) out.row(3, '', line);
    }
  }
}

function sourceOf(
  { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef }: NonNullable<V1EnvVar['valueFrom']>,
  container: V1Container,
  pod: V1Pod | undefined,
): string[] {
  if (fieldRef)
    return [
      `${pod ? fieldOf(pod, fieldRef.fieldPath) : ''} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`,
    ];
  if (resourceFieldRef) {
    const { resource, divisor } = resourceFieldRef;
    const value = resourceValue(container, resource, divisor);
    const unlimited = value === 0 && (resource === 'limits.cpu' || resource === 'limits.memory');
    return [`${unlimited ? 'node allocatable' : value} (${resource})`];
  }
  if (secretKeyRef)
    return [
      `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>`,
      `Optional: ${secretKeyRef.optional ?? false}`,
    ];
  if (configMapKeyRef)
    return [
      `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>`,
      `Optional: ${configMapKeyRef.optional ?? false}`,
    ];
  return [''];
}

/** Only what the metadata says is known before the container runs. */
function fieldOf({ metadata }: V1Pod, path: string): string {
  const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path) ?? [];
  if (map) return metadata[map as 'labels' | 'annotations']?.[key] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': metadata.name,
    'metadata.namespace': metadata.namespace,
    'metadata.uid': metadata.uid,
  };
  return fields[path] ?? '';
}

function resourceValue({ resources }: V1Container, path: string, divisor = '0'): number {
  const dot = path.indexOf('.');
  const name = path.slice(dot + 1);
  const amount = resources?.[path.slice(0, dot) as 'limits' | 'requests']?.[name] ?? '0';
  const of = name === 'cpu' ? milliOf : bytesOf;
  return Math.ceil(of(amount) / (of(divisor) || of('1')));
}

function mountsOf(out: DescriptionWriter, { volumeMounts = [], volumeDevices = [] }: V1Container): void {
  out.row(2, ...(volumeMounts.length > 0 ? ['Mounts:'] : ['Mounts:', '<none>']));
  for (const { mountPath, name, readOnly, subPath } of [...volumeMounts].sort(by('mountPath')))
    out.row(
      3,
      `${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'}${subPath ? `,path=${JSON.stringify(subPath)}` : ''})`,
    );
  if (volumeDevices.length > 0) out.row(2, 'Devices:');
  for (const { devicePath, name } of [...volumeDevices].sort(by('devicePath')))
    out.row(3, `${devicePath} from ${name}`);
}

const by =
  <K extends string>(key: K) =>
  (a: Record<K, string>, b: Record<K, string>) =>
    a[key] < b[key] ? -1 : 1;

export function describeVolumes(
  out: DescriptionWriter,
  volumes: readonly V1Volume[] | undefined,
  inTemplate = false,
): void {
  if (!volumes?.length) return out.row(inTemplate ? 1 : 0, 'Volumes:', '<none>');
  out.row(inTemplate ? 1 : 0, 'Volumes:');
  for (const volume of volumes) {
    out.row(1, `${inTemplate ? ' ' : ''}${volume.name}:`);
    describeVolume(out, volume);
  }
}

function describeVolume(out: DescriptionWriter, volume: V1Volume): void {
  const field = (label: string, value: unknown) => out.row(2, `${label}:`, value);
  const { hostPath, emptyDir, secret, configMap, downwardAPI, projected } = volume;
  const { persistentVolumeClaim, nfs, image, csi } = volume;
  if (hostPath) {
    field('Type', 'HostPath (bare host directory volume)');
    field('Path', hostPath.path);
    field('HostPathType', hostPath.type ?? '<none>');
  } else if (emptyDir) {
    field('Type', "EmptyDir (a temporary directory that shares a pod's lifetime)");
    field('Medium', emptyDir.medium);
    field('SizeLimit', bytesOf(emptyDir.sizeLimit ?? '0') > 0 ? emptyDir.sizeLimit : '<unset>');
  } else if (secret) {
    field('Type', 'Secret (a volume populated by a Secret)');
    field('SecretName', secret.secretName);
    field('Optional', secret.optional ?? false);
  } else if (configMap) {
    field('Type', 'ConfigMap (a volume populated by a ConfigMap)');
    field('Name', configMap.name);
    field('Optional', configMap.optional ?? false);
  } else if (downwardAPI) {
    field('Type', 'DownwardAPI (a volume populated by information about the pod)');
    out.row(2, 'Items:');
    for (const { path, fieldRef, resourceFieldRef } of downwardAPI.items ?? [])
      out.row(3, `${fieldRef?.fieldPath ?? resourceFieldRef?.resource} -> ${path}`);
  } else if (projected) {
    field('Type', 'Projected (a volume that contains injected data from multiple sources)');
    for (const source of projected.sources ?? []) {
      if (source.secret) {
        field('SecretName', source.secret.name);
        field('Optional', source.secret.optional ?? false);
      } else if (source.downwardAPI) field('DownwardAPI', true);
      else if (source.configMap) {
        field('ConfigMapName', source.configMap.name);
        field('Optional', source.configMap.optional ?? false);
      } else if (source.serviceAccountToken)
        field('TokenExpirationSeconds', source.serviceAccountToken.expirationSeconds);
    }
  } else if (persistentVolumeClaim) {
    field('Type', 'PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)');
    field('ClaimName', persistentVolumeClaim.claimName);
    field('ReadOnly', persistentVolumeClaim.readOnly ?? false);
  } else if (nfs) {
    field('Type', 'NFS (an NFS mount that lasts the lifetime of a pod)');
    field('Server', nfs.server);
    field('Path', nfs.path);
    field('ReadOnly', nfs.readOnly ?? false);
  } else if (image) {
    field('Type', 'Image (a container image or OCI artifact)');
    field('Reference', image.reference);
    field('PullPolicy', image.pullPolicy);
  } else if (csi) {
    field('Type', 'CSI (a Container Storage Interface (CSI) volume source)');
    field('Driver', csi.driver);
    field('FSType', csi.fsType);
    field('ReadOnly', csi.readOnly ?? false);
  } else out.row(1, '<unknown>');
}

export function spreadOf(out: DescriptionWriter, level: number, spec: V1PodSpec): void {
  const constraints = [...(spec.topologySpreadConstraints ?? [])].sort(by('topologyKey'));
  if (constraints.length === 0) return;
  out.list(
    level,
    'Topology Spread Constraints',
    constraints.map(
      ({ topologyKey, whenUnsatisfiable, maxSkew, labelSelector }) =>
        `${topologyKey}:${whenUnsatisfiable} when max skew ${maxSkew} is exceeded${labelSelector ? ` for selector ${formatLabelSelector(labelSelector)}` : ''}`,
    ),
  );
}

export function tolerationsOf(
  out: DescriptionWriter,
  level: number,
  tolerations: readonly V1Toleration[] = [],
): void {
  const key = (each: V1Toleration) => each.key ?? '';
  out.list(
    level,
    'Tolerations',
    [...tolerations].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)).map(tolerationText),
  );
}

function tolerationText({ key = '', operator, value, effect, tolerationSeconds }: V1Toleration): string {
  const what = `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && !value ? `${what ? ' ' : ''}op=Exists` : '';
  return what + exists + (tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`);
}
