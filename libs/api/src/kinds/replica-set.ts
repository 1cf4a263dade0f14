import { ageColumn, nameColumn, workloadColumns } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1ReplicaSet, V1ReplicaSetSpec } from '../gen/types.ts';
import { equal } from '../json.ts';
import { podSpecDefaults } from '../pods/defaults.ts';
import { immutable } from '../validation/causes.ts';
import type { Causes } from '../validation/numbers.ts';
import { validateWorkload } from '../workloads/validate-workload.ts';

export const replicaSet = defineKind<V1ReplicaSet>({
  group: 'apps',
  kind: 'ReplicaSet',
  plural: 'replicasets',
  shortNames: ['rs'],
  categories: ['all'],
  subresources: {
    status: true,
    scale: { replicas: 'spec.replicas', statusReplicas: 'status.replicas', selector: 'spec.selector' },
  },
  tracksGeneration: true,
  defaults({ spec }) {
    if (!spec) return;
    spec.replicas ??= 1;
    if (spec.template?.spec) podSpecDefaults(spec.template.spec);
  },
  prepareForCreate(set) {
    set.status = { replicas: 0 };
  },
  validate(set) {
    const causes: Causes = [];
    validateWorkload(causes, set.spec ?? ({} as V1ReplicaSetSpec), 'replicaset');
    return causes;
  },
  validateUpdate: (set, old) =>
    equal(set.spec.selector, old.spec.selector) ? [] : [immutable('spec.selector', set.spec.selector)],
  selectableFields: { 'status.replicas': (set) => String(set.status?.replicas ?? 0) },
  columns: [
    nameColumn,
    { name: 'Desired', type: 'integer', value: ({ spec }) => spec.replicas ?? 0 },
    { name: 'Current', type: 'integer', value: ({ status }) => status?.replicas ?? 0 },
    { name: 'Ready', type: 'integer', value: ({ status }) => status?.readyReplicas ?? 0 },
    ageColumn,
    ...workloadColumns<V1ReplicaSet>(
      ({ spec }) => spec.template,
      ({ spec }) => spec.selector,
    ),
  ],
});
