import { ageColumn, nameColumn, workloadColumns } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1ReplicaSet, V1ReplicaSetSpec } from '../gen/types.ts';
import { equal } from '../json.ts';
import { podSpecDefaults } from '../pods/defaults.ts';
import { immutable } from '../validation/causes.ts';
import { checkNonNegative, type Causes } from '../validation/numbers.ts';
import { validateCounts, validateSelectorAndTemplate } from '../workloads/validate-workload.ts';
import { workloadWarnings } from '../workloads/warnings.ts';

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
    const { spec = {} as V1ReplicaSetSpec } = set;
    checkNonNegative(causes, 'spec.replicas', spec.replicas);
    checkNonNegative(causes, 'spec.minReadySeconds', spec.minReadySeconds);
    validateSelectorAndTemplate(causes, spec);
    return causes;
  },
  validateUpdate(set, old, subresource) {
    const causes: Causes = [];
    if (subresource === 'status') validateCounts(causes, set.status);
    else if (!equal(set.spec.selector, old.spec.selector))
      causes.push(immutable('spec.selector', set.spec.selector));
    return causes;
  },
  warnings: workloadWarnings,
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
