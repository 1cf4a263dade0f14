import type { StatusCause } from '@gantry/base';
import type { Column, FieldReader, Kind, ScaleDefinition, Verb } from './kind.ts';
import type { KubeObject, Stored } from './object.ts';
import type { Check } from './validation/names.ts';
import { validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

const allVerbs: readonly Verb[] = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** What a kind's file says; everything that is left out has the default named here. */
export interface KindDefinition<T extends KubeObject> {
  /** Default '', the core group. */
  group?: string;
  /** Default v1. */
  version?: string;
  kind: string;
  plural: string;
  shortNames?: readonly string[];
  categories?: readonly string[];
  /** Default true. */
  namespaced?: boolean;
  /** Default all. */
  verbs?: readonly Verb[];
  /** Default the plural. */
  storagePrefix?: string;
  /** Default `V1` and the kind. */
  schema?: string;
  /** Default none. */
  subresources?: { status?: true; scale?: ScaleDefinition };
  /** Default false. */
  tracksGeneration?: boolean;
  /** Default false. */
  createdByUpdate?: boolean;
  /** Default false. */
  updatedByRevision?: boolean;
  /** True where an object may be created with its status. Default false. */
  keepsStatusOnCreate?: boolean;
  /** What names look like. Default a DNS subdomain. */
  name?: Check;
  /** Default nothing. */
  defaults?(object: T): void;
  /** Called after what all kinds do: `status` is dropped where it is a subresource. */
  prepareForCreate?(object: T): void;
  /** Called after what all kinds do: see {@link keepOtherPart}. */
  prepareForUpdate?(object: T, old: Stored<T>, subresource: string | undefined): void;
  /** The kind's own checks; the metadata's are done before (`validateObjectMeta`). */
  validate?(object: T): StatusCause[];
  /** What only a creation may not have. Default nothing. */
  validateCreate?(object: T): StatusCause[];
  /** What may not change, and of a status all that is checked; `validate` and `validateObjectMetaUpdate` are called before. */
  validateUpdate?(object: T, old: Stored<T>, subresource: string | undefined): StatusCause[];
  /** Default nothing. */
  warnings?(object: T, old: Stored<T> | undefined, subresource: string | undefined): string[];
  /** Default nothing but what all kinds count. */
  generationCounts?(object: T): unknown;
  gracePeriodSeconds?(object: Stored<T>, requested: number | undefined): number;
  selectableFields?: Readonly<Record<string, FieldReader<T>>>;
  columns: readonly Column<T>[];
}

/**
 * A kind from what is particular to it. The result is frozen.
 *
 *     export const lease = defineKind<V1Lease>({ group: 'coordination.k8s.io', kind: 'Lease', plural: 'leases', columns: […] });
 */
export function defineKind<T extends KubeObject>(definition: KindDefinition<T>): Kind<T> {
  const { subresources = {} } = definition;
  const rules = { namespaced: definition.namespaced ?? true, name: definition.name };
  return Object.freeze<Kind<T>>({
    group: definition.group ?? '',
    version: definition.version ?? 'v1',
    kind: definition.kind,
    plural: definition.plural,
    singular: definition.kind.toLowerCase(),
    listKind: `${definition.kind}List`,
    shortNames: definition.shortNames ?? [],
    categories: definition.categories ?? [],
    namespaced: definition.namespaced ?? true,
    verbs: definition.verbs ?? allVerbs,
    storagePrefix: definition.storagePrefix ?? definition.plural,
    schema: definition.schema ?? `V1${definition.kind}`,
    subresources,
    createdByUpdate: definition.createdByUpdate ?? false,
    updatedByRevision: definition.updatedByRevision ?? false,
    tracksGeneration: definition.tracksGeneration ?? false,
    defaults: (object) => definition.defaults?.(object),
    prepareForCreate(object) {
      if (subresources.status && !definition.keepsStatusOnCreate)
        delete (object as { status?: unknown }).status;
      definition.prepareForCreate?.(object);
    },
    prepareForUpdate(object, old, subresource) {
      if (subresources.status) keepOtherPart(object, old, subresource);
      definition.prepareForUpdate?.(object, old, subresource);
    },
    validate(object) {
      const causes = validateObjectMeta(object.metadata, rules);
      if (definition.validate) causes.push(...definition.validate(object));
      return causes;
    },
    validateCreate: (object) => definition.validateCreate?.(object) ?? [],
    validateUpdate(object, old, subresource) {
      const causes = validateObjectMetaUpdate(object.metadata, old.metadata);
      // A status is written often, and nobody who writes one has a say in the rest.
      if (subresource === 'status') causes.push(...validateObjectMeta(object.metadata, rules));
      else if (subresource !== 'binding') causes.push(...this.validate(object));
      if (definition.validateUpdate) causes.push(...definition.validateUpdate(object, old, subresource));
      return causes;
    },
    warnings: (object, old, subresource) => definition.warnings?.(object, old, subresource) ?? [],
    ...(definition.generationCounts ? { generationCounts: definition.generationCounts } : {}),
    ...(definition.gracePeriodSeconds
      ? { gracePeriodSeconds: definition.gracePeriodSeconds.bind(definition) }
      : {}),
    selectableFields: definition.selectableFields ?? {},
    columns: definition.columns,
  });
}

/** A write of the object leaves its status as it was; a write of the status leaves everything but status and metadata. */
function keepOtherPart<T extends KubeObject>(
  object: T,
  old: Stored<T>,
  subresource: string | undefined,
): void {
  // A binding writes both: the node, and the condition that says a node was found.
  if (subresource === 'binding') return;
  const target = object as unknown as Record<string, unknown>;
  const source = old as unknown as Record<string, unknown>;
  if (subresource !== 'status') {
    if (source['status'] === undefined) delete target['status'];
    else target['status'] = source['status'];
    return;
  }
  for (const key of Object.keys(target))
    if (key !== 'status' && key !== 'metadata' && !Object.hasOwn(source, key)) delete target[key];
  for (const key of Object.keys(source))
    if (key !== 'status' && key !== 'metadata') target[key] = source[key];
}
