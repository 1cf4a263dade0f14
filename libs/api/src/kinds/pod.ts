import { age, ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Pod } from '../gen/types.ts';
import { qosClass } from '../pod-resources.ts';
import { podDefaults } from '../pods/defaults.ts';
import { podSummary } from '../pods/summary.ts';
import { selectByOwnLabels } from '../pods/own-labels.ts';
import { validatePod, validatePodCreate } from '../pods/validate.ts';
import { validatePodUpdate } from '../pods/validate-update.ts';
import { podWarnings } from '../pods/warnings.ts';

export const pod = defineKind<V1Pod>({
  kind: 'Pod',
  plural: 'pods',
  shortNames: ['po'],
  categories: ['all'],
  subresources: { status: true },
  tracksGeneration: true,
  defaults: podDefaults,
  prepareForCreate(pod) {
    pod.status = { phase: 'Pending', qosClass: qosClass(pod) };
    if (pod.spec.schedulingGates?.length)
      pod.status.conditions = [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'SchedulingGated',
          message: 'Scheduling is blocked due to non-empty scheduling gates',
        },
      ];
    selectByOwnLabels(pod);
  },
  prepareForUpdate(pod, old, subresource) {
    if (subresource === 'status') {
      // Nodes of old left it out; and who owns a pod and that it dies is not for its node to say.
      if (pod.status && old.status?.qosClass) pod.status.qosClass ||= old.status.qosClass;
      keepGenerations(pod, old);
      if (old.metadata.ownerReferences) pod.metadata.ownerReferences = old.metadata.ownerReferences;
      else delete pod.metadata.ownerReferences;
    } else if (subresource === 'binding') {
      const { nodeName } = pod.spec;
      pod.spec = { ...old.spec, ...(nodeName ? { nodeName } : {}) };
    } else if (subresource === 'ephemeralcontainers') {
      const { ephemeralContainers } = pod.spec;
      const { ephemeralContainers: before, ...spec } = old.spec;
      void before;
      pod.spec = { ...spec, ...(ephemeralContainers ? { ephemeralContainers } : {}) };
      for (const member of ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const) {
        delete pod.metadata[member];
        if (old.metadata[member]) Object.assign(pod.metadata, { [member]: old.metadata[member] });
      }
    }
  },
  validate: validatePod,
  validateCreate: validatePodCreate,
  validateUpdate: validatePodUpdate,
  // Pods that are there are written by programs, which read no warnings.
  warnings: (pod, old) => (old ? [] : podWarnings(pod)),
  gracePeriodSeconds(pod, requested) {
    // Nobody has to stop what has not begun or is over.
    if (!pod.spec.nodeName || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
    const seconds = requested ?? pod.spec.terminationGracePeriodSeconds ?? 30;
    return seconds < 0 ? 1 : seconds;
  },
  selectableFields: {
    'spec.host': (pod) => pod.spec.nodeName ?? '',
    'spec.nodeName': (pod) => pod.spec.nodeName ?? '',
    'spec.restartPolicy': (pod) => pod.spec.restartPolicy ?? '',
    'spec.schedulerName': (pod) => pod.spec.schedulerName ?? '',
    'spec.serviceAccountName': (pod) => pod.spec.serviceAccountName ?? '',
    'spec.hostNetwork': (pod) => String(pod.spec.hostNetwork ?? false),
    'status.phase': (pod) => pod.status?.phase ?? '',
    'status.podIP': (pod) => pod.status?.podIP ?? '',
    'status.podIPs': (pod) => pod.status?.podIP ?? '',
    'status.nominatedNodeName': (pod) => pod.status?.nominatedNodeName ?? '',
  },
  columns: [
    nameColumn,
    {
      name: 'Ready',
      type: 'string',
      value(pod) {
        const { readyContainers, totalContainers } = podSummary(pod);
        return `${readyContainers}/${totalContainers}`;
      },
    },
    { name: 'Status', type: 'string', value: (pod) => podSummary(pod).status },
    {
      name: 'Restarts',
      type: 'string',
      value(pod, nowMs) {
        const { restarts, lastRestart } = podSummary(pod);
        return restarts && lastRestart ? `${restarts} (${age(lastRestart, nowMs)} ago)` : String(restarts);
      },
    },
    ageColumn,
    {
      name: 'IP',
      type: 'string',
      priority: 1,
      value: (pod) => pod.status?.podIPs?.[0]?.ip || pod.status?.podIP || '<none>',
    },
    { name: 'Node', type: 'string', priority: 1, value: (pod) => pod.spec.nodeName || '<none>' },
    {
      name: 'Nominated Node',
      type: 'string',
      priority: 1,
      value: (pod) => pod.status?.nominatedNodeName || '<none>',
    },
    {
      name: 'Readiness Gates',
      type: 'string',
      priority: 1,
      value(pod) {
        const gates = pod.spec.readinessGates ?? [];
        const met = gates.filter(({ conditionType }) =>
          pod.status?.conditions?.some(({ type, status }) => type === conditionType && status === 'True'),
        );
        return gates.length ? `${met.length}/${gates.length}` : '<none>';
      },
    },
  ],
});

/** Whoever leaves out which generation was observed does not take it back (`preserveOldObservedGeneration`). */
function keepGenerations({ status }: V1Pod, { status: old }: V1Pod): void {
  if (!status || !old) return;
  if (old.observedGeneration) status.observedGeneration ||= old.observedGeneration;
  if (!old.conditions?.some(({ observedGeneration }) => observedGeneration)) return;
  for (const condition of status.conditions ?? []) {
    const before = old.conditions.find(({ type }) => type === condition.type)?.observedGeneration;
    if (before) condition.observedGeneration ||= before;
  }
}
