import type { Kind } from '@gantry/api';
import type { ServedSubresource } from '../resource.ts';
import { updateOf } from '../verbs/update.ts';

/** `finalize`: the namespace controller takes its finalizer off when the namespace is empty. */
export function namespaceSubresources(kind: Kind): Record<string, ServedSubresource> {
  const update = updateOf('finalize');
  return {
    finalize: {
      type: { group: kind.group, version: kind.version, kind: kind.kind },
      handlers: { update: (exchange, context) => update(exchange, context, kind) },
    },
  };
}
