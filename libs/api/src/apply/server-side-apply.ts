import { StatusError, type StatusCause } from '@gantry/base';
import type { V1ManagedFieldsEntry } from '../gen/types.ts';
import { equal, type Json } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { shapeOf } from '../shape.ts';
import { FieldSet } from './field-set.ts';
import { differenceOf, fieldsOf } from './fields.ts';
import {
  capped,
  compareNames,
  decodeManagers,
  ownable,
  readManagers,
  writeManagers,
  type Manager,
} from './managers.ts';
import { mergeApplied, without } from './merge.ts';

export interface ApplyOptions<T extends KubeObject> {
  /** The model of the object: `kind.schema`. */
  schema: string;
  /** What is stored; absent when the apply creates the object. */
  live: T | undefined;
  /** The configuration, decoded (`decode`) but not defaulted: what it names is what its manager wants to own. */
  applied: T;
  /** `fieldManager` of the request; upstream requires one. */
  manager: string;
  /** Takes what others own away from them instead of reporting conflicts. Default false. */
  force?: boolean;
  /** `status` …, when the request went to a subresource. */
  subresource?: string | undefined;
  /** Whether status is a subresource of the kind: then nobody owns it by an apply of the object, nor the rest by one of it. */
  statusApart?: boolean;
  /** Now, as RFC 3339. */
  time: string;
}

/** A field that the configuration would change and somebody else owns. */
export interface ApplyConflict {
  /** As upstream names it: `"kubectl"`, `"kubectl" using apps/v1`. */
  manager: string;
  /** `.spec.replicas` */
  field: string;
}

/**
 * Server-side apply (KEP-555): lays a configuration over the stored object, takes away what this manager owned by its
 * last apply and no longer names (unless others own it too), and keeps the books in `metadata.managedFields`.
 *
 * To be used for `PATCH` with `application/apply-patch+yaml`: parse the YAML, `decode` it, refuse it (400) when it has
 * `metadata.managedFields`, call this, answer 409 by {@link applyConflict} when there are conflicts, else write
 * `object` like an update (defaults and validation follow there) under the live object's resourceVersion, and start
 * over when that is stale. `object` is `live` itself when nothing would change. Nothing given is changed.
 */
export function serverSideApply<T extends KubeObject>(
  options: ApplyOptions<T>,
): { object: T; conflicts: ApplyConflict[] } {
  const { live, manager, force = false, subresource = '', time } = options;
  const applied = options.statusApart ? partOf(options.applied, subresource) : options.applied;
  const shape = shapeOf(options.schema);
  const wanted = ownable(fieldsOf(shape, asJson(applied)));
  const before = live ? firstManagers(live, options.schema, time) : [];
  const own = before.find((each) => isApplier(each, manager, subresource));
  const others = before.filter((each) => each !== own);

  let merged = live ? mergeApplied(shape, asJson(live), asJson(applied)) : asJson(applied);
  const dropped = own?.fields.difference(wanted);
  if (dropped && !dropped.isEmpty()) {
    const kept = others.reduce((all, { fields }) => all.union(fields), wanted);
    merged = without(shape, merged, dropped, kept);
  }
  const { changed, removed } = differenceOf(shape, live && asJson(live), merged);
  const conflicts: ApplyConflict[] = [];
  for (const other of others.toSorted(compareNames)) {
    const disputed = other.fields.intersection(changed);
    if (disputed.isEmpty()) continue;
    if (!force) for (const field of disputed.paths()) conflicts.push({ manager: printed(other), field });
    other.fields = other.fields.difference(disputed);
  }
  for (const other of others) other.fields = other.fields.difference(removed);

  const mine: Manager = {
    manager,
    operation: 'Apply',
    apiVersion: applied.apiVersion ?? '',
    subresource,
    time,
    fields: wanted,
  };
  if (own && own.fields.equals(wanted) && own.apiVersion === mine.apiVersion) mine.time = own.time;
  const managedFields = writeManagers(
    own ? before.map((each) => (each === own ? mine : each)) : [...others, mine],
  );
  if (live && changed.isEmpty() && removed.isEmpty() && equal(managedFields, live.metadata.managedFields))
    return { object: live, conflicts };
  const object = merged as unknown as T;
  return { object: { ...object, metadata: { ...object.metadata, managedFields } }, conflicts };
}

/** The 409 for conflicts, in upstream's words. */
export function applyConflict(conflicts: readonly ApplyConflict[]): StatusError {
  const causes: StatusCause[] = conflicts.map(({ manager, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${manager}`,
    field,
  }));
  const [first] = conflicts;
  if (conflicts.length === 1)
    return new StatusError(
      'Conflict',
      `Apply failed with 1 conflict: conflict with ${first!.manager}: ${first!.field}`,
      {
        details: { causes },
      },
    );
  const lines: string[] = [];
  for (const manager of new Set(conflicts.map((each) => each.manager)))
    lines.push(
      `conflicts with ${manager}:`,
      ...conflicts.filter((each) => each.manager === manager).map(({ field }) => `- ${field}`),
    );
  return new StatusError('Conflict', `Apply failed with ${conflicts.length} conflicts: ${lines.join('\n')}`, {
    details: { causes },
  });
}

export interface TrackOptions<T extends KubeObject> {
  schema: string;
  /** What was stored; absent for a creation. */
  old: T | undefined;
  /** What is about to be stored, after defaults and admission. */
  new: T;
  /** `fieldManager` of the request, or what stands before the `/` of its User-Agent. */
  manager: string;
  /** Default `Update`. */
  operation?: 'Update' | 'Apply';
  subresource?: string | undefined;
  /** Now, as RFC 3339. */
  time: string;
}

/**
 * The `managedFields` for a write that is not an apply: the writer becomes the owner of all that it changed, all others
 * lose it. To be called on each create, update and patch, just before the write is stored; put the result into
 * `new.metadata.managedFields`. Books are kept of what is new here and of what has some; those of an object that has
 * none begin with its first apply. Those that the writer sends take the place of what was stored, when they can be
 * read and the write is not of a subresource; `[]` and `[{}]` end them. Cost: one comparison of the two objects; a
 * write that changes nothing leaves the entries as they are, times included. Nothing given is changed.
 * (apimachinery `pkg/util/managedfields/internal/fieldmanager.go`, `skipnonapplied.go`.)
 */
export function trackUpdate<T extends KubeObject>(options: TrackOptions<T>): V1ManagedFieldsEntry[] {
  const { old, operation = 'Update', subresource = '', time } = options;
  const sent = subresource ? undefined : options.new.metadata.managedFields;
  if (sent && isReset(sent)) return [];
  const known = sent && decodeManagers(sent) ? sent : (old?.metadata.managedFields ?? []);
  const managers = decodeManagers(known) ?? [];
  if (old && managers.length === 0) return [];
  const difference = differenceOf(shapeOf(options.schema), old && asJson(old), asJson(options.new));
  const changed = ownable(difference.changed);
  const removed = ownable(difference.removed);
  if (old && changed.isEmpty() && removed.isEmpty()) return known;
  const manager = options.manager || 'unknown';
  const apiVersion = options.new.apiVersion ?? '';
  let mine = managers.find(
    (each) =>
      each.manager === manager &&
      each.operation === operation &&
      each.subresource === subresource &&
      each.apiVersion === apiVersion,
  );
  if (!mine)
    managers.push((mine = { manager, operation, apiVersion, subresource, time, fields: new FieldSet() }));
  for (const each of managers)
    each.fields = each.fields.difference(each === mine ? removed : removed.union(changed));
  if (!changed.isEmpty()) {
    mine.fields = mine.fields.union(changed);
    mine.time = time;
  }
  return writeManagers(capped(managers));
}

function isReset(sent: readonly V1ManagedFieldsEntry[]): boolean {
  return sent.length === 0 || (sent.length === 1 && Object.keys(sent[0]!).length === 0);
}

/** Upstream's `GetResetFields` of the kinds: what a write of one part would leave alone is not applied by it. */
function partOf<T extends KubeObject>(applied: T, subresource: string): T {
  const part = { ...applied } as Record<string, unknown>;
  if (subresource === 'status') delete part['spec'];
  else if (subresource === '') delete part['status'];
  return part as unknown as T;
}

function isApplier(each: Manager, manager: string, subresource: string): boolean {
  return each.operation === 'Apply' && each.manager === manager && each.subresource === subresource;
}

/** An object that nobody's books are kept of belongs, as it stands, to whoever wrote it before. */
function firstManagers<T extends KubeObject>(live: T, schema: string, time: string): Manager[] {
  const managers = readManagers(live.metadata);
  if (managers.length) return managers;
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: live.apiVersion ?? '',
      subresource: '',
      time,
      fields: ownable(fieldsOf(shapeOf(schema), asJson(live))),
    },
  ];
}

function printed({ manager, operation, apiVersion, subresource }: Manager): string {
  const name =
    JSON.stringify(manager) + (subresource ? ` with subresource ${JSON.stringify(subresource)}` : '');
  return operation === 'Update' ? `${name} using ${apiVersion}` : name;
}

function asJson(object: KubeObject): Json {
  return object as unknown as Json;
}
