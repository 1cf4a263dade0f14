import {
  matchesFields,
  matchesLabels,
  parseFieldSelector,
  parseLabelSelector,
  type Kind,
  type KubeObject,
} from '@gantry/api';
import type { Entry, Selection } from './state.ts';

/** A selection, read once. */
export interface Matcher<T extends KubeObject = KubeObject> {
  readonly namespace: string | undefined;
  /** The one name it asks for (`metadata.name=x`), for indexes. */
  readonly name: string | undefined;
  /** Fields it wants to be equal to something, beside name and namespace, for indexes. */
  readonly equal: ReadonlyMap<string, string>;
  /** Whether the object itself must be looked at: false when namespace and name say all. */
  readonly selective: boolean;
  /** Labels and fields only: the namespace is the caller's to check. */
  matches(entry: Entry<T>): boolean;
}

const no = new Map<string, string>();

/** BadRequest for selectors that cannot be read. */
export function compileSelection<T extends KubeObject>(kind: Kind<T>, selection: Selection): Matcher<T> {
  const labels = selection.labelSelector ? parseLabelSelector(selection.labelSelector) : [];
  const fields = selection.fieldSelector ? parseFieldSelector(kind, selection.fieldSelector) : [];
  let namespace = kind.namespaced ? selection.namespace || undefined : undefined;
  let name: string | undefined;
  const equal = fields.length ? new Map<string, string>() : no;
  for (const { field, operator, value } of fields) {
    if (operator !== '=') continue;
    if (field === 'metadata.name') name = value;
    else if (field === 'metadata.namespace') namespace ??= value || undefined;
    else (equal as Map<string, string>).set(field, value);
  }
  const selective = labels.length > 0 || fields.length > 0;
  return {
    namespace,
    name,
    equal,
    selective,
    matches: selective
      ? ({ object }) => matchesLabels(labels, object.metadata.labels) && matchesFields(fields, object)
      : () => true,
  };
}
