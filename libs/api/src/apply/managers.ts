import type { V1ManagedFieldsEntry, V1ObjectMeta } from '../gen/types.ts';
import { FieldSet } from './field-set.ts';

/** Who owns which fields: one entry of `metadata.managedFields`, read. */
export interface Manager {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource: string;
  time: string | undefined;
  fields: FieldSet;
}

/** Those that have written by updates are kept apart up to this many; the oldest then become one, as upstream does. */
const mostUpdaters = 10;
const ancient = 'ancient-changes';

/** What the server sets, and what makes an object the one it is, nobody owns. */
const unowned = FieldSet.parse({
  'f:apiVersion': {},
  'f:kind': {},
  'f:metadata': {
    '.': {},
    'f:name': {},
    'f:namespace': {},
    'f:creationTimestamp': {},
    'f:selfLink': {},
    'f:uid': {},
    'f:generation': {},
    'f:managedFields': {},
    'f:resourceVersion': {},
    'f:deletionTimestamp': {},
    'f:deletionGracePeriodSeconds': {},
  },
});

/** A set without what nobody owns. */
export function ownable(fields: FieldSet): FieldSet {
  const result = fields.difference(unowned);
  // Lists and objects that stand in the place of what is unowned go as a whole.
  for (const step of unowned.children.get('f:metadata')!.children.keys())
    result.children.get('f:metadata')?.children.delete(step);
  result.self = false;
  return result;
}

export function readManagers(metadata: V1ObjectMeta | undefined): Manager[] {
  return (metadata?.managedFields ?? []).map((entry) => ({
    manager: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    subresource: entry.subresource ?? '',
    time: entry.time,
    fields: FieldSet.parse(entry.fieldsV1),
  }));
}

export function writeManagers(managers: readonly Manager[]): V1ManagedFieldsEntry[] {
  return capped(managers.filter(({ fields }) => !fields.isEmpty())).map((each) => ({
    manager: each.manager,
    operation: each.operation,
    apiVersion: each.apiVersion,
    ...(each.time ? { time: each.time } : {}),
    fieldsType: 'FieldsV1',
    fieldsV1: each.fields.toFields(),
    ...(each.subresource ? { subresource: each.subresource } : {}),
  }));
}

function capped(managers: readonly Manager[]): readonly Manager[] {
  const updaters = managers.filter(({ operation }) => operation === 'Update');
  if (updaters.length <= mostUpdaters) return managers;
  const byAge = updaters.toSorted((a, b) => Date.parse(a.time ?? '') - Date.parse(b.time ?? '') || 0);
  const old = byAge.slice(0, updaters.length - mostUpdaters + 1);
  const merged: Manager = {
    ...old.at(-1)!,
    manager: ancient,
    subresource: '',
    fields: old.reduce((all, { fields }) => all.union(fields), new FieldSet()),
  };
  return [merged, ...managers.filter((each) => !old.includes(each))];
}
