import { isStatus, StatusError, timestamp, type Clock, type Random } from '@gantry/base';
import {
  apiVersionOf,
  kinds,
  nameOf,
  trackUpdate,
  type Kind,
  type KubeObject,
  type ObjectName,
  type Stored,
  type V1Namespace,
} from '@gantry/api';
import { StoredEntry, encodeValue, withRevision } from '../entry.ts';
import { parseRevision, resourceOf } from '../errors.ts';
import { copyJson } from '../json.ts';
import type {
  DeleteOptions,
  Entry,
  EntryList,
  ListQuery,
  State,
  Watch,
  WatchEvent,
  WatchQuery,
  WriteOptions,
} from '../state.ts';
import type { AdmissionAttributes, AdmissionPlugin } from './admission.ts';
import { isFinished, planDeletion } from './deletion.ts';
import { invalid, requiredValue } from './invalid.ts';
import { desiredStateChanged, generatedName, newObjectMeta, nextObjectMeta } from './object-meta.ts';

export interface RegistryStateOptions {
  clock: Clock;
  /** For generated names. */
  random: Random;
  /** Gates for every write, in order. Default none. */
  admission?: readonly AdmissionPlugin[];
  /** For uids, where a run must be repeatable. Default: the system's entropy. */
  uidRandom?: Random;
}

/** How often a name is drawn anew (apiserver `pkg/registry/generic/registry/store.go`). */
const maxNames = 8;
/** How often a write without a revision of its own is tried against concurrent ones. */
const maxTries = 100;

/**
 * The rules of the API over a {@link State} that knows none:
 *
 *     defaults ▶ admission ▶ prepare (server's metadata, the part not written) ▶ validation ▶ admission ▶ write
 *
 * Reads and watches pass through.
 */
export class RegistryState implements State {
  readonly #below: State;
  readonly #options: RegistryStateOptions;
  readonly #admission: readonly AdmissionPlugin[];

  constructor(below: State, options: RegistryStateOptions) {
    this.#below = below;
    this.#options = options;
    this.#admission = options.admission ?? [];
  }

  get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options?: { resourceVersion?: string },
  ): Promise<Entry<T>> {
    return this.#below.get(kind, name, options);
  }

  list<T extends KubeObject>(kind: Kind<T>, query?: ListQuery): Promise<EntryList<T>> {
    return this.#below.list(kind, query);
  }

  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    return this.#below.watch(kind, query, receive);
  }

  async create<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    options: WriteOptions = {},
  ): Promise<Entry<T>> {
    for (let names = 1; ; names++) {
      const next = this.#copy(kind, object);
      const generated = !next.metadata.name && next.metadata.generateName;
      try {
        return await this.#createOnce(kind, next, options);
      } catch (error) {
        if (!generated || !isStatus(error, 'AlreadyExists')) throw error;
        if (names < maxNames) continue;
        throw new StatusError(
          'AlreadyExists',
          `${error.message}, the server was not able to generate a unique name for the object`,
          { details: { ...error.details, retryAfterSeconds: 1 } },
        );
      }
    }
  }

  async #createOnce<T extends KubeObject>(kind: Kind<T>, next: T, options: WriteOptions): Promise<Entry<T>> {
    const { clock, random, uidRandom } = this.#options;
    const { metadata } = next;
    if (kind.namespaced && !metadata.namespace)
      throw StatusError.badRequest('an empty namespace may not be set during creation');
    kind.defaults(next);
    const attributes = this.#attributes(kind, 'CREATE', next, undefined, options);
    await this.#admit(attributes);
    newObjectMeta(kind, metadata, clock.now(), uidRandom);
    if (!metadata.name) {
      if (!metadata.generateName)
        throw invalid(kind, '', [requiredValue('metadata.name', 'name or generateName is required')]);
      metadata.name = generatedName(metadata.generateName, random);
    }
    kind.prepareForCreate(next);
    this.#keepBooks(kind, next, undefined, options);
    if (isNamespace(kind)) startNamespace(next as KubeObject as V1Namespace);
    const causes = [...kind.validate(next), ...kind.validateCreate(next)];
    if (causes.length) throw invalid(kind, metadata.name, causes);
    if (options.warn)
      for (const each of kind.warnings(next, undefined, options.subresource)) options.warn(each);
    await this.#validate({ ...attributes, name: nameOf(next) });
    return this.#below.create(kind, next, options);
  }

  async update<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    options: WriteOptions = {},
  ): Promise<Entry<T>> {
    const name = nameOf(object);
    const { resourceVersion, uid } = object.metadata;
    const expected = resourceVersion ? parseRevision(resourceVersion) : undefined;
    for (let tries = 1; ; tries++) {
      const old = await this.#existing(kind, name, expected, uid);
      try {
        return await this.#updateOnce(kind, object, old, options);
      } catch (error) {
        if (expected !== undefined || !isStatus(error, 'Conflict') || tries >= maxTries) throw error;
      }
    }
  }

  async #updateOnce<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    old: Entry<T>,
    options: WriteOptions,
  ): Promise<Entry<T>> {
    const next = this.#copy(kind, object);
    const { metadata } = next;
    kind.defaults(next);
    const attributes = this.#attributes(kind, 'UPDATE', next, old.object, options);
    await this.#admit(attributes);
    const causes = nextObjectMeta(metadata, old.object.metadata);
    if (kind.updatedByRevision && !object.metadata.resourceVersion)
      causes.push({
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 0: must be specified for an update',
        field: 'metadata.resourceVersion',
      });
    kind.prepareForUpdate(next, old.object, options.subresource);
    if (isNamespace(kind) && options.subresource !== 'finalize')
      keepFinalizers(next as KubeObject as V1Namespace, old.object as KubeObject as V1Namespace);
    this.#keepBooks(kind, next, old.object, options);
    if (kind.tracksGeneration && desiredStateChanged(kind, next, old.object))
      metadata.generation = (old.object.metadata.generation ?? 0) + 1;
    causes.push(...kind.validateUpdate(next, old.object, options.subresource));
    if (causes.length) throw invalid(kind, metadata.name ?? '', causes);
    if (options.warn)
      for (const each of kind.warnings(next, old.object, options.subresource)) options.warn(each);
    await this.#validate(attributes);
    const resourceVersion = String(old.revision);
    if (metadata.deletionTimestamp && isFinished(next)) {
      const { entry } = await this.#below.delete(kind, nameOf(next), {
        preconditions: { resourceVersion },
        ...(options.dryRun ? { dryRun: true } : {}),
      });
      // The writer gets what it wrote, as from any other update, though nothing of it is left (`deleteWithoutFinalizers`).
      return new StoredEntry(entry.revision, withRevision(kind, encodeValue(kind, next), entry.revision));
    }
    metadata.resourceVersion = resourceVersion;
    return this.#below.update(kind, next, options);
  }

  /** Who owns which field, where that is known: of objects that were applied once, or come with such knowledge. */
  #keepBooks<T extends KubeObject>(
    kind: Kind<T>,
    next: T,
    old: Stored<T> | undefined,
    options: WriteOptions,
  ): void {
    const { metadata } = next;
    if (!(metadata.managedFields ?? old?.metadata.managedFields)) return;
    if (!options.applied) {
      const { fieldManager: manager = 'gantry', subresource } = options;
      const time = timestamp(this.#options.clock.now());
      metadata.managedFields = trackUpdate({
        schema: kind.schema,
        old,
        new: next,
        manager,
        subresource,
        time,
      });
    }
    if (!metadata.managedFields?.length) delete metadata.managedFields;
  }

  async delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: DeleteOptions = {},
  ): Promise<{ entry: Entry<T>; gone: boolean }> {
    const { uid, resourceVersion: asked } = options.preconditions ?? {};
    const expected = asked ? parseRevision(asked) : undefined;
    const dryRun = options.dryRun ? { dryRun: true } : {};
    for (let tries = 1; ; tries++) {
      const old = await this.#existing(kind, name, expected, uid, deletionMismatch);
      await this.#validate({
        ...this.#attributes<T>(kind, 'DELETE', undefined, old.object, options),
        name,
      });
      const plan = planDeletion(kind, old.object, options, this.#options.clock.now());
      const resourceVersion = String(old.revision);
      try {
        if (plan.action === 'none') return { entry: old, gone: false };
        if (plan.action === 'remove')
          return await this.#below.delete(kind, name, { preconditions: { resourceVersion }, ...dryRun });
        plan.next.metadata.resourceVersion = resourceVersion;
        return { entry: await this.#below.update(kind, plan.next, dryRun), gone: false };
      } catch (error) {
        if (expected !== undefined || !isStatus(error, 'Conflict') || tries >= maxTries) throw error;
      }
    }
  }

  /** What is there, not older than `expected`. NotFound, and Conflict where it is not what the caller means. */
  async #existing<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    expected: bigint | undefined,
    uid: string | undefined,
    mismatch: Mismatch = updateMismatch,
  ): Promise<Entry<T>> {
    let old: Entry<T>;
    try {
      old = await this.#below.get(kind, name, expected ? { resourceVersion: String(expected) } : {});
    } catch (error) {
      if (expected && isStatus(error, 'Timeout')) throw StatusError.conflict(resourceOf(kind), name.name);
      throw error;
    }
    const now = old.object.metadata.uid;
    if (uid && uid !== now)
      throw StatusError.conflict(resourceOf(kind), name.name, mismatch.uid(uid, String(now)));
    if (expected !== undefined && expected !== old.revision)
      throw StatusError.conflict(
        resourceOf(kind),
        name.name,
        mismatch.revision?.(String(expected), String(old.revision)),
      );
    return old;
  }

  /** A private copy with the kind's own names on it. */
  #copy<T extends KubeObject>(kind: Kind<T>, object: T): T {
    const copy = copyJson(object);
    copy.kind = kind.kind;
    copy.apiVersion = apiVersionOf(kind);
    return copy;
  }

  #attributes<T extends KubeObject>(
    kind: Kind<T>,
    operation: AdmissionAttributes['operation'],
    object: T | undefined,
    old: Stored<T> | undefined,
    options: WriteOptions,
  ): AdmissionAttributes<T> {
    const { subresource, user, dryRun = false } = options;
    return { operation, kind, name: nameOf((object ?? old)!), subresource, object, old, user, dryRun };
  }

  async #admit<T extends KubeObject>(attributes: AdmissionAttributes<T>): Promise<void> {
    for (const plugin of this.#admission)
      if (plugin.admit) await plugin.admit(attributes as unknown as AdmissionAttributes);
  }

  async #validate<T extends KubeObject>(attributes: AdmissionAttributes<T>): Promise<void> {
    for (const plugin of this.#admission)
      if (plugin.validate) await plugin.validate(attributes as unknown as AdmissionAttributes);
  }
}

/** How it is told that an object is not the one, or not in the state, that the caller means. */
interface Mismatch {
  uid(asked: string, found: string): string;
  /** Absent: that the object has been modified. */
  revision?(asked: string, found: string): string;
}

const updateMismatch: Mismatch = {
  uid: (asked, found) => `Precondition failed: UID in precondition: ${asked}, UID in object meta: ${found}`,
};

/** `pkg/registry/rest/delete.go`, `BeforeDelete`. */
const deletionMismatch: Mismatch = {
  uid: (asked, found) =>
    `the UID in the precondition (${asked}) does not match the UID in record (${found}). ` +
    'The object might have been deleted and then recreated',
  revision: (asked, found) =>
    `the ResourceVersion in the precondition (${asked}) does not match the ResourceVersion in record (${found}). ` +
    'The object might have been modified',
};

const isNamespace = (kind: Kind): boolean => kind.kind === kinds.namespace.kind && kind.group === '';

/** Held by the `kubernetes` finalizer until its contents are gone (`pkg/registry/core/namespace/strategy.go`). */
function startNamespace(namespace: V1Namespace): void {
  const finalizers = namespace.spec?.finalizers ?? [];
  if (!finalizers.includes('kubernetes'))
    namespace.spec = { ...namespace.spec, finalizers: [...finalizers, 'kubernetes'] };
  namespace.status = { phase: 'Active' };
}

function keepFinalizers(namespace: V1Namespace, old: V1Namespace): void {
  if (old.spec) namespace.spec = { ...namespace.spec, finalizers: old.spec.finalizers ?? [] };
}
