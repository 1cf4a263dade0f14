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
  // Coordinated leader election (KEP-4355) is off unless asked for.
  prepareForCreate: dropCoordination,
  prepareForUpdate(lease, old) {
    if (old.spec?.strategy === undefined && old.spec?.preferredHolder === undefined) dropCoordination(lease);
  },
  columns: [
    nameColumn,
    { name: 'Holder', type: 'string', value: (lease) => lease.spec?.holderIdentity ?? '' },
    ageColumn,
  ],
});

function dropCoordination({ spec }: V1Lease): void {
  delete spec?.strategy;
  delete spec?.preferredHolder;
}
