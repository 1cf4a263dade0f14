import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1ServiceAccount } from '../gen/types.ts';

const mountable = 'kubernetes.io/enforce-mountable-secrets';

export const serviceAccount = defineKind<V1ServiceAccount>({
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  updatedByRevision: true,
  shortNames: ['sa'],
  prepareForCreate: keepNamesOfSecrets,
  prepareForUpdate: keepNamesOfSecrets,
  warnings: ({ metadata }, old) =>
    metadata.annotations?.[mountable] === undefined || old?.metadata.annotations?.[mountable] !== undefined
      ? []
      : [
          `metadata.annotations[${mountable}]: deprecated in v1.32+; prefer separate namespaces to isolate access to mounted secrets`,
        ],
  columns: [
    nameColumn,
    { name: 'Secrets', type: 'string', value: (account) => account.secrets?.length ?? 0 },
    ageColumn,
  ],
});

/** Of the secrets it names, upstream keeps nothing but that (`pkg/registry/core/serviceaccount/strategy.go`). */
function keepNamesOfSecrets(account: V1ServiceAccount): void {
  if (account.secrets) account.secrets = account.secrets.map(({ name }) => (name ? { name } : {}));
}
