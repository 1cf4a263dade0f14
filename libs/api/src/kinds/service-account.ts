import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1ServiceAccount } from '../gen/types.ts';

export const serviceAccount = defineKind<V1ServiceAccount>({
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  updatedByRevision: true,
  shortNames: ['sa'],
  columns: [
    nameColumn,
    { name: 'Secrets', type: 'string', value: (account) => account.secrets?.length ?? 0 },
    ageColumn,
  ],
});
