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

/** The books of an object, read; undefined when they are none that upstream could decode (`DecodeManagedFields`). */
export function decodeManagers(entries: readonly V1ManagedFieldsEntry[] | undefined): Manager[] | undefined {
  const sound = entries?.every(
    ({ operation, apiVersion, fieldsType }) =>
      (operation === 'Apply' || operation === 'Update') && apiVersion && fieldsType === 'FieldsV1',
  );
  return sound ? entries?.map(readManager) : undefined;
}

export function readManagers(metadata: V1ObjectMeta | undefined): Manager[] {
  return (metadata?.managedFields ?? []).map(readManager);
}

function readManager(entry: V1ManagedFieldsEntry): Manager {
  return {
    manager: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    subresource: entry.subresource ?? '',
    time: entry.time,
    fields: FieldSet.parse(entry.fieldsV1),
  };
}

/** Appliers first, then by age; those that own nothing are left out (`sortEncodedManagedFields`). */
export function writeManagers(managers: readonly Manager[]): V1ManagedFieldsEntry[] {
  return managers
    .filter(({ fields }) => !fields.isEmpty())
    .sort((a, b) => compare(a.operation, b.operation) || secondsOf(a) - secondsOf(b) || compareNames(a, b))
    .map((each) => ({
      manager: each.manager,
      operation: each.operation,
      apiVersion: each.apiVersion,
      ...(each.time ? { time: each.time } : {}),
      fieldsType: 'FieldsV1',
      fieldsV1: each.fields.toFields(),
      ...(each.subresource ? { subresource: each.subresource } : {}),
    }));
}

export const compareNames = (a: Manager, b: Manager): number =>
  compare(a.manager, b.manager) ||
  compare(a.apiVersion, b.apiVersion) ||
  compare(a.subresource, b.subresource);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const secondsOf = ({ time }: Manager): number => Math.floor(Date.parse(time ?? '') / 1000) || 0;

/**
 * At most ten updaters: of more the oldest become one for each version of the API (`capUpdateManagers`). One that is alone
 * with its version keeps its name.
 */
export function capped(managers: readonly Manager[]): Manager[] {
  const updaters = managers
    .filter(({ operation, fields }) => operation === 'Update' && !fields.isEmpty())
    .sort((a, b) => secondsOf(a) - secondsOf(b) || compareNames(a, b));
  const kept = new Set(managers);
  const oldest = new Map(
    updaters.filter(({ manager }) => manager === ancient).map((each) => [each.apiVersion, each]),
  );
  let left = updaters.length;
  for (const each of updaters) {
    if (left <= mostUpdaters) break;
    const before = oldest.get(each.apiVersion);
    if (before === each) continue;
    let bucket = each;
    if (before) {
      bucket = { ...each, manager: ancient, subresource: '', fields: before.fields.union(each.fields) };
      kept.delete(before);
      kept.delete(each);
      kept.add(bucket);
      left--;
    }
    oldest.set(each.apiVersion, bucket);
  }
  return [...kept];
}
