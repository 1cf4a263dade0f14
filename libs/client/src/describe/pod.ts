import type { Stored, V1Container, V1ContainerState, V1ContainerStatus, V1Pod } from '@gantry/api';
import { labelsOf, longTime } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

export function describePod(out: DescriptionWriter, pod: Stored<V1Pod>): void {
  const { spec, status = {} } = pod;
  out.field('Priority', spec.priority ?? 0);
  out.field('Service Account', spec.serviceAccountName);
  out.field(
    'Node',
    spec.nodeName ? `${spec.nodeName}${status.hostIP ? `/${status.hostIP}` : ''}` : undefined,
  );
  out.field('Start Time', status.startTime && longTime(status.startTime));
  labelsOf(out, pod);
  out.field(
    'Status',
    pod.metadata.deletionTimestamp
      ? `Terminating (lasts ${pod.metadata.deletionGracePeriodSeconds ?? 0}s)`
      : status.phase,
  );
  if (status.reason) out.field('Reason', status.reason);
  if (status.message) out.field('Message', status.message);
  out.field('IP', status.podIP);
  out.title('IPs');
  for (const { ip } of status.podIPs ?? []) out.field('IP', ip, 2);
  const owner = pod.metadata.ownerReferences?.find((each) => each.controller);
  if (owner) out.field('Controlled By', `${owner.kind}/${owner.name}`);
  if (spec.initContainers?.length) {
    out.title('Init Containers');
    for (const each of spec.initContainers) describeContainer(out, each, status.initContainerStatuses);
  }
  out.title('Containers');
  for (const each of spec.containers) describeContainer(out, each, status.containerStatuses);
  out.title('Conditions');
  out.table(
    ['Type', 'Status'],
    (status.conditions ?? []).map(({ type, status: value }) => [type, value]),
  );
  out.title('Volumes');
  if (!spec.volumes?.length) out.line('<none>', 2);
  for (const { name, ...source } of spec.volumes ?? []) {
    out.title(name, 2);
    const [type = 'unknown', about] = Object.entries(source)[0] ?? [];
    out.field('Type', type.charAt(0).toUpperCase() + type.slice(1), 4);
    for (const [key, value] of Object.entries((about as object | undefined) ?? {}))
      if (typeof value !== 'object') out.field(key.charAt(0).toUpperCase() + key.slice(1), value, 4);
  }
  out.field('QoS Class', status.qosClass);
  out.map('Node-Selectors', spec.nodeSelector);
  out.field(
    'Tolerations',
    (spec.tolerations ?? []).map(
      ({ key = '', operator, value, effect, tolerationSeconds }) =>
        `${key}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}${operator === 'Exists' ? ' op=Exists' : ''}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`,
    ),
  );
}

function describeContainer(
  out: DescriptionWriter,
  container: V1Container,
  statuses: readonly V1ContainerStatus[] | undefined,
): void {
  const status = statuses?.find((each) => each.name === container.name);
  out.title(container.name, 2);
  out.field('Container ID', status?.containerID, 4);
  out.field('Image', container.image, 4);
  out.field('Image ID', status?.imageID, 4);
  out.field(
    'Port',
    (container.ports ?? []).map((each) => `${each.containerPort}/${each.protocol ?? 'TCP'}`).join(', '),
    4,
  );
  if (container.command) {
    out.title('Command', 4);
    for (const each of container.command) out.line(each, 6);
  }
  if (container.args) {
    out.title('Args', 4);
    for (const each of container.args) out.line(each, 6);
  }
  if (status?.state) describeState(out, 'State', status.state);
  if (status?.lastState && Object.keys(status.lastState).length > 0)
    describeState(out, 'Last State', status.lastState);
  out.field('Ready', status?.ready ? 'True' : 'False', 4);
  out.field('Restart Count', status?.restartCount ?? 0, 4);
  for (const [title, amounts] of [
    ['Limits', container.resources?.limits],
    ['Requests', container.resources?.requests],
  ] as const) {
    if (!amounts) continue;
    out.title(title, 4);
    for (const [resource, amount] of Object.entries(amounts)) out.field(resource, amount, 6);
  }
  out.title('Environment', 4);
  if (!container.env?.length) out.line('<none>', 6);
  for (const { name, value, valueFrom } of container.env ?? [])
    out.field(name, value ?? describeSource(valueFrom), 6);
  out.title('Mounts', 4);
  if (!container.volumeMounts?.length) out.line('<none>', 6);
  for (const { mountPath, name, readOnly } of container.volumeMounts ?? [])
    out.line(`${mountPath} from ${name} (${readOnly ? 'ro' : 'rw'})`, 6);
}

function describeSource(from: NonNullable<V1Container['env']>[number]['valueFrom']): string {
  if (from?.configMapKeyRef)
    return `<set to the key '${from.configMapKeyRef.key}' of config map '${from.configMapKeyRef.name}'>`;
  if (from?.secretKeyRef)
    return `<set to the key '${from.secretKeyRef.key}' in secret '${from.secretKeyRef.name}'>`;
  if (from?.fieldRef) return `(${from.fieldRef.apiVersion ?? 'v1'}:${from.fieldRef.fieldPath})`;
  if (from?.resourceFieldRef) return `(${from.resourceFieldRef.resource})`;
  return '';
}

function describeState(
  out: DescriptionWriter,
  label: string,
  { running, waiting, terminated }: V1ContainerState,
): void {
  if (running) {
    out.field(label, 'Running', 4);
    out.field('Started', running.startedAt && longTime(running.startedAt), 6);
  } else if (waiting) {
    out.field(label, 'Waiting', 4);
    if (waiting.reason) out.field('Reason', waiting.reason, 6);
    if (waiting.message) out.field('Message', waiting.message, 6);
  } else if (terminated) {
    out.field(label, 'Terminated', 4);
    if (terminated.reason) out.field('Reason', terminated.reason, 6);
    if (terminated.message) out.field('Message', terminated.message, 6);
    out.field('Exit Code', terminated.exitCode, 6);
    out.field('Started', terminated.startedAt && longTime(terminated.startedAt), 6);
    out.field('Finished', terminated.finishedAt && longTime(terminated.finishedAt), 6);
  }
}
