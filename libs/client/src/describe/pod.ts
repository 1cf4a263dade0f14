import { humanDuration, qosClass, type Stored, type V1Pod } from '@gantry/api';
import { controllerOf, eventsOf, labelsOf, longTime, nameAndNamespace, type Surroundings } from './common.ts';
import {
  describeContainers,
  describeVolumes,
  resourcesOf,
  seccompOf,
  spreadOf,
  tolerationsOf,
} from './pod-spec.ts';
import type { DescriptionWriter } from './writer.ts';

export function describePod(out: DescriptionWriter, pod: Stored<V1Pod>, around: Surroundings): void {
  const { metadata, spec, status = {} } = pod;
  const field = (label: string, value: unknown) => out.row(0, `${label}:`, value);
  nameAndNamespace(out, pod);
  if (spec.priority !== undefined) field('Priority', spec.priority);
  if (spec.priorityClassName) field('Priority Class Name', spec.priorityClassName);
  if (spec.runtimeClassName) field('Runtime Class Name', spec.runtimeClassName);
  if (spec.serviceAccountName) field('Service Account', spec.serviceAccountName);
  field('Node', spec.nodeName ? `${spec.nodeName}/${status.hostIP ?? ''}` : '<none>');
  if (status.startTime) field('Start Time', longTime(status.startTime));
  labelsOf(out, pod);
  if (metadata.deletionTimestamp && status.phase !== 'Failed' && status.phase !== 'Succeeded') {
    field(
      'Status',
      `Terminating (lasts ${humanDuration(around.nowMs - Date.parse(metadata.deletionTimestamp))})`,
    );
    field('Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else field('Status', status.phase);
  if (status.reason) field('Reason', status.reason);
  if (status.message) field('Message', status.message);
  seccompOf(out, 0, spec.securityContext?.seccompProfile);
  field('IP', status.podIP);
  if (status.podIPs?.length) {
    out.row(0, 'IPs:');
    for (const { ip } of status.podIPs) out.row(1, 'IP:', ip);
  } else field('IPs', '<none>');
  const controller = controllerOf(pod);
  if (controller) field('Controlled By', controller);
  if (status.nominatedNodeName) field('NominatedNodeName', status.nominatedNodeName);
  if (spec.resources) {
    out.row(0, 'Resources:');
    resourcesOf(out, 1, spec.resources);
  }
  if (spec.initContainers?.length)
    describeContainers(out, 'Init Containers', spec.initContainers, {
      pod,
      statuses: status.initContainerStatuses,
    });
  describeContainers(out, 'Containers', spec.containers, { pod, statuses: status.containerStatuses });
  if (spec.ephemeralContainers?.length)
    describeContainers(out, 'Ephemeral Containers', spec.ephemeralContainers, {
      pod,
      statuses: status.ephemeralContainerStatuses,
    });
  const conditions = status.conditions ?? [];
  statusTable(
    out,
    'Readiness Gates:',
    (spec.readinessGates ?? []).map(({ conditionType }) => [
      conditionType,
      conditions.find((each) => each.type === conditionType)?.status ?? '<none>',
    ]),
  );
  statusTable(
    out,
    'Conditions:',
    conditions.map((each) => [each.type, each.status]),
  );
  describeVolumes(out, spec.volumes);
  field('QoS Class', status.qosClass ?? qosClass(pod));
  out.map(0, 'Node-Selectors', spec.nodeSelector);
  tolerationsOf(out, 0, spec.tolerations);
  spreadOf(out, 0, spec);
  eventsOf(out, around);
}

function statusTable(out: DescriptionWriter, title: string, rows: readonly [string, string][]): void {
  if (rows.length === 0) return;
  out.row(0, title);
  out.row(1, 'Type', 'Status');
  for (const [type, status] of rows) out.row(1, `${type} `, `${status} `);
}
