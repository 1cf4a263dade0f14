import type { StatusCause } from '@gantry/base';
import type { KubeObject, Stored } from './object.ts';

export type Verb = 'create' | 'get' | 'list' | 'watch' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** One column of `kubectl get`, as `meta.k8s.io/v1 Table` describes it. */
export interface Column<T extends KubeObject> {
  name: string;
  type: 'string' | 'integer' | 'number' | 'boolean' | 'date';
  format?: 'name' | '';
  description?: string;
  /** 0 is always shown, 1 only with `-o wide`. Default 0. */
  priority?: 0 | 1;
  /** The cell. `nowMs` serves ages and durations, in milliseconds since the epoch. */
  value(object: Stored<T>, nowMs: number): string | number | boolean | null;
}

/** Reads one field of an object as text; '' where it has none. (A method's type, so that a `Kind<V1Pod>` is a `Kind`.) */
export type FieldReader<T extends KubeObject> = { read(object: T): string }['read'];

/** Where a kind's scale subresource finds its numbers; JSON paths without the leading dot. */
export interface ScaleDefinition {
  replicas: 'spec.replicas';
  statusReplicas: string;
  /** Path of the label selector, for `status.selector` of the Scale. */
  selector?: string;
}

/**
 * All that there is to know of one kind, in one place: storage, routes, discovery, OpenAPI, tables, informers and contract
 * tests iterate over the list of these (`kinds`). See `defineKind`.
 */
export interface Kind<T extends KubeObject = KubeObject> {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The resource, in lower case: `deployments`. */
  readonly plural: string;
  readonly singular: string;
  readonly listKind: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly Verb[];
  /** Where upstream keeps it below `/registry/`: `pods`, `services/specs`, `minions`, `leases`, `deployments`. */
  readonly storagePrefix: string;
  /** The model of `gen/schemas.json` that describes it: `V1Pod`. */
  readonly schema: string;
  readonly subresources: { readonly status?: true; readonly scale?: ScaleDefinition };
  /** True when `metadata.generation` counts changes of everything but metadata and status. */
  readonly tracksGeneration: boolean;
  /** A part of the metadata that `generation` counts changes of, too. Absent for most. */
  generationCounts?(object: T): unknown;
  /** True when a PUT of a name that is not there creates it (upstream's `AllowCreateOnUpdate`). */
  readonly createdByUpdate: boolean;
  /** True when an update must name the revision it means (upstream's `AllowUnconditionalUpdate` is false). */
  readonly updatedByRevision: boolean;
  /** Fills in what the writer left out, in place; idempotent. Called after decoding and before validation. */
  defaults(object: T): void;
  /** Resets in place what a writer may not set on creation (status …). */
  prepareForCreate(object: T): void;
  /** Takes over from `old`, in place, what this write may not touch: status on a write of the object, spec on a write of status. */
  prepareForUpdate(object: T, old: Stored<T>, subresource: string | undefined): void;
  /** Everything wrong with the object itself, with upstream's field paths and words. Empty when valid. */
  validate(object: T): StatusCause[];
  /** What may not be there on creation, beside `validate`. */
  validateCreate(object: T): StatusCause[];
  /**
   * Everything wrong with this write of an object that is there: what `validate` finds, but for writes of the status alone
   * (what was stored of the rest stays, whatever rules came since), and what may not change.
   */
  validateUpdate(object: T, old: Stored<T>, subresource: string | undefined): StatusCause[];
  /**
   * What is allowed and yet nothing that a writer should want; told to them as `Warning` headers. Called for writes that
   * are valid. `old` is absent for creations.
   */
  warnings(object: T, old: Stored<T> | undefined, subresource: string | undefined): string[];
  /**
   * For kinds that die slowly (pods): how many seconds a deletion asked for with `requested` (absent: the client named
   * none) leaves the object; 0 deletes at once. Absent for all others.
   */
  gracePeriodSeconds?(object: Stored<T>, requested: number | undefined): number;
  /** Fields that `fieldSelector` may name, beside `metadata.name` and `metadata.namespace`. */
  readonly selectableFields: Readonly<Record<string, FieldReader<T>>>;
  /** All table columns, in order, Name among them: it stands first for all kinds but events, which begin with Last Seen. */
  readonly columns: readonly Column<T>[];
}

/** `v1`, `apps/v1`. */
export function apiVersionOf(kind: Pick<Kind, 'group' | 'version'>): string {
  return kind.group ? `${kind.group}/${kind.version}` : kind.version;
}
