import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Lease } from '../gen/types.ts';
import { invalid } from '../validation/causes.ts';
import { checkNonNegative, type Causes } from '../validation/numbers.ts';

export const lease = defineKind<V1Lease>({
  group: 'coordination.k8s.io',
  kind: 'Lease',
  plural: 'leases',
  createdByUpdate: true,
  updatedByRevision: true,
  validate({ spec }) {
    const causes: Causes = [];
    if (spec?.leaseDurationSeconds !== undefined && spec.leaseDurationSeconds <= 0)
      causes.push(invalid('spec.leaseDurationSeconds', spec.leaseDurationSeconds, 'must be greater than 0'));
    checkNonNegative(causes, 'spec.leaseTransitions', spec?.leaseTransitions);
    return causes;
  },
  columns: [
    nameColumn,
    { name: 'Holder', type: 'string', value: (lease) => lease.spec?.holderIdentity ?? '' },
    ageColumn,
  ],
});
