import {
  formatLabelSelector,
  labelSelectorMatches,
  type Stored,
  type V1Deployment,
  type V1ReplicaSet,
} from '@gantry/api';
import {
  conditionsOf,
  controllerOf,
  eventsOf,
  labelsOf,
  longTime,
  nameAndNamespace,
  type Surroundings,
} from './common.ts';
import { describePodTemplate } from './pod-spec.ts';
import type { DescriptionWriter } from './writer.ts';

export function describeDeployment(
  out: DescriptionWriter,
  deployment: Stored<V1Deployment>,
  around: Surroundings,
): void {
  const { metadata, spec, status = {} } = deployment;
  nameAndNamespace(out, deployment);
  out.row(0, 'CreationTimestamp:', longTime(metadata.creationTimestamp));
  labelsOf(out, deployment);
  out.row(0, 'Selector:', formatLabelSelector(spec.selector));
  out.row(
    0,
    'Replicas:',
    `${spec.replicas ?? 1} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
  );
  out.row(0, 'StrategyType:', spec.strategy?.type);
  out.row(0, 'MinReadySeconds:', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    out.row(
      0,
      'RollingUpdateStrategy:',
      `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
    );
  describePodTemplate(out, spec.template);
  conditionsOf(out, status.conditions);
  const owned = (around.replicaSets ?? []).filter(
    (set) =>
      set.metadata.ownerReferences?.some((each) => each.uid === metadata.uid) &&
      labelSelectorMatches(spec.selector, set.metadata.labels),
  );
  const revision = (set: V1ReplicaSet) =>
    Number(set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  const newest = owned.reduce<V1ReplicaSet | undefined>(
    (last, set) => (last && revision(last) > revision(set) ? last : set),
    undefined,
  );
  const text = (sets: readonly V1ReplicaSet[]) =>
    sets
      .map(
        (set) =>
          `${set.metadata.name} (${set.status?.replicas ?? 0}/${set.spec.replicas ?? 0} replicas created)`,
      )
      .join(', ') || '<none>';
  if (newest) {
    out.row(0, 'OldReplicaSets:', text(owned.filter((set) => set !== newest)));
    out.row(0, 'NewReplicaSet:', text([newest]));
  }
  eventsOf(out, around);
}

export function describeReplicaSet(
  out: DescriptionWriter,
  set: Stored<V1ReplicaSet>,
  around: Surroundings,
): void {
  const { metadata, spec, status } = set;
  nameAndNamespace(out, set);
  out.row(0, 'Selector:', formatLabelSelector(spec.selector));
  labelsOf(out, set);
  const controller = controllerOf(set);
  if (controller) out.row(0, 'Controlled By:', controller);
  out.row(0, 'Replicas:', `${status?.replicas ?? 0} current / ${spec.replicas ?? 1} desired`);
  const own = (around.pods ?? []).filter((pod) =>
    pod.metadata.ownerReferences?.some((each) => each.controller && each.uid === metadata.uid),
  );
  const count = (phase: string) => own.filter((pod) => pod.status?.phase === phase).length;
  out.row(
    0,
    'Pods Status:',
    `${count('Running')} Running / ${count('Pending')} Waiting / ${count('Succeeded')} Succeeded / ${count('Failed')} Failed`,
  );
  if (spec.template) describePodTemplate(out, spec.template);
  conditionsOf(out, status?.conditions);
  eventsOf(out, around);
}
