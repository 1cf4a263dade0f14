import { ageColumn, nameColumn } from '../columns.ts';
import { defineKind } from '../define-kind.ts';
import type { V1Namespace } from '../gen/types.ts';
import { invalid } from '../validation/causes.ts';
import { dnsLabel, qualifiedName } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';
import { standardFinalizer } from '../validation/object-meta.ts';

const nameLabel = 'kubernetes.io/metadata.name';

export const namespace = defineKind<V1Namespace>({
  kind: 'Namespace',
  plural: 'namespaces',
  shortNames: ['ns'],
  namespaced: false,
  name: dnsLabel,
  subresources: { status: true },
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  defaults(namespace) {
    labelWithName(namespace);
    namespace.spec ??= {};
  },
  prepareForCreate(namespace) {
    // Once more, for the name may have been generated since.
    labelWithName(namespace);
    namespace.status = { phase: 'Active' };
    // Whoever empties a namespace that is deleted takes this one away, and only through `finalize`.
    const finalizers = namespace.spec?.finalizers ?? [];
    namespace.spec = {
      finalizers: finalizers.includes('kubernetes') ? finalizers : [...finalizers, 'kubernetes'],
    };
  },
  prepareForUpdate(namespace, old, subresource) {
    if (subresource === 'finalize') return;
    if (old.spec?.finalizers) namespace.spec = { ...namespace.spec, finalizers: old.spec.finalizers };
  },
  validate(namespace) {
    const causes: Causes = [];
    for (const finalizer of namespace.spec?.finalizers ?? [])
      if (finalizer !== 'kubernetes') {
        check(causes, 'spec.finalizers', finalizer, qualifiedName);
        check(causes, 'spec.finalizers', finalizer, standardFinalizer);
      }
    return causes;
  },
  validateUpdate({ metadata, status }, _, subresource) {
    if (subresource !== 'status') return [];
    const [phase, when] = metadata.deletionTimestamp ? ['Terminating', 'not empty'] : ['Active', 'empty'];
    return status?.phase === phase
      ? []
      : [
          invalid(
            'status.Phase',
            status?.phase ?? '',
            `may only be '${phase}' if \`deletionTimestamp\` is ${when}`,
          ),
        ];
  },
  selectableFields: {
    'status.phase': (namespace) => namespace.status?.phase ?? '',
    // A slip of upstream's that clients have come to use.
    name: (namespace) => namespace.metadata.name ?? '',
  },
  columns: [
    nameColumn,
    { name: 'Status', type: 'string', value: (namespace) => namespace.status?.phase ?? '' },
    ageColumn,
  ],
});

function labelWithName({ metadata }: V1Namespace): void {
  if (metadata.name && metadata.labels?.[nameLabel] !== metadata.name)
    metadata.labels = { ...metadata.labels, [nameLabel]: metadata.name };
}
