import { labelSelectorMatches, type Stored, type V1Deployment, type V1ReplicaSet } from '@gantry/api';
import { formatLabels } from '../output/table.ts';
import { labelsOf, longTime, type Surroundings } from './common.ts';
import type { DescriptionWriter } from './writer.ts';

export function describeDeployment(
  out: DescriptionWriter,
  deployment: Stored<V1Deployment>,
  { replicaSets = [] }: Surroundings,
): void {
  const { spec, status = {} } = deployment;
  out.field('CreationTimestamp', longTime(deployment.metadata.creationTimestamp));
  labelsOf(out, deployment);
  out.field('Selector', formatLabels(spec.selector.matchLabels));
  out.field(
    'Replicas',
    `${spec.replicas ?? 1} desired | ${status.updatedReplicas ?? 0} updated | ${status.replicas ?? 0} total | ${status.availableReplicas ?? 0} available | ${status.unavailableReplicas ?? 0} unavailable`,
  );
  out.field('StrategyType', spec.strategy?.type);
  out.field('MinReadySeconds', spec.minReadySeconds ?? 0);
  const rolling = spec.strategy?.rollingUpdate;
  if (rolling)
    out.field(
      'RollingUpdateStrategy',
      `${rolling.maxUnavailable} max unavailable, ${rolling.maxSurge} max surge`,
    );
  out.title('Pod Template');
  out.map('Labels', spec.template.metadata?.labels, '=', 2);
  out.title('Containers', 2);
  for (const container of spec.template.spec?.containers ?? []) {
    out.title(container.name, 3);
    out.field('Image', container.image, 4);
    out.field(
      'Port',
      (container.ports ?? []).map((each) => `${each.containerPort}/${each.protocol ?? 'TCP'}`).join(', '),
      4,
    );
  }
  out.title('Conditions');
  out.table(
    ['Type', 'Status', 'Reason'],
    (status.conditions ?? []).map((each) => [each.type, each.status, each.reason ?? '']),
  );
  const owned = replicaSets.filter(
    (set) =>
      set.metadata.ownerReferences?.some((each) => each.uid === deployment.metadata.uid) &&
      labelSelectorMatches(spec.selector, set.metadata.labels),
  );
  const revision = (set: V1ReplicaSet) =>
    Number(set.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  const [newest, ...older] = [...owned].sort((a, b) => revision(b) - revision(a));
  const line = (set: V1ReplicaSet) =>
    `${set.metadata.name} (${set.status?.replicas ?? 0}/${set.spec.replicas ?? 0} replicas created)`;
  out.field(
    'OldReplicaSets',
    older
      .filter((set) => (set.spec.replicas ?? 0) > 0)
      .map(line)
      .join(', '),
  );
  out.field('NewReplicaSet', newest && line(newest));
}
