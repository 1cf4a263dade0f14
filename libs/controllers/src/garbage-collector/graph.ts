import type { Kind, KubeObject, Stored, V1OwnerReference } from '@gantry/api';
import type { Change } from '@gantry/control';

export const foregroundFinalizer = 'foregroundDeletion';
export const orphanFinalizer = 'orphan';

export interface GraphNode {
  readonly kind: Kind;
  readonly object: Stored;
}

export function ownersOf(object: KubeObject): readonly V1OwnerReference[] {
  return object.metadata.ownerReferences ?? [];
}

export function isDeleting(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}

/** Deleted in the foreground: it stays until its dependents are gone. */
export function waitsForDependents(object: KubeObject): boolean {
  return isDeleting(object) && (object.metadata.finalizers ?? []).includes(foregroundFinalizer);
}

export function waitsForOrphaning(object: KubeObject): boolean {
  return isDeleting(object) && (object.metadata.finalizers ?? []).includes(orphanFinalizer);
}

/** All objects by uid, and who names whom as owner: also owners that nobody has seen. */
export class OwnerGraph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  get size(): number {
    return this.#nodes.size;
  }

  dependentsOf(uid: string): GraphNode[] {
    const nodes: GraphNode[] = [];
    for (const each of this.#dependents.get(uid) ?? []) {
      const node = this.#nodes.get(each);
      if (node) nodes.push(node);
    }
    return nodes;
  }

  /** Takes the change in and returns the uids of those that it may concern. */
  apply(kind: Kind, { type, object, old }: Change<KubeObject>): string[] {
    const { uid } = object.metadata;
    const due = new Set<string>();
    const before = this.#nodes.get(uid)?.object ?? old;
    if (before) for (const owner of ownersOf(before)) this.#unlink(owner.uid, uid);
    if (type === 'deleted') {
      this.#nodes.delete(uid);
      for (const dependent of this.#dependents.get(uid) ?? []) due.add(dependent);
      this.#waitingOwners(before ?? object, due);
      return [...due];
    }
    this.#nodes.set(uid, { kind, object });
    for (const owner of ownersOf(object)) this.#link(owner.uid, uid);
    // An owner that is not there (any more), or is about to take its dependents along.
    if (ownersOf(object).some((owner) => this.#missingOrLeaving(owner, object))) due.add(uid);
    if (waitsForOrphaning(object)) due.add(uid);
    else if (waitsForDependents(object)) {
      due.add(uid);
      if (!before || !waitsForDependents(before))
        for (const dependent of this.#dependents.get(uid) ?? []) due.add(dependent);
    }
    if (before) this.#waitingOwners(before, due);
    return [...due];
  }

  /** Owners that wait for this dependent, which has changed its owners or begun or ended its deletion. */
  #waitingOwners(object: KubeObject, due: Set<string>): void {
    for (const { uid } of ownersOf(object)) {
      const owner = this.#nodes.get(uid);
      if (owner && isDeleting(owner.object)) due.add(uid);
    }
  }

  /** Missing is also one that is not where the reference says, or that lives in another namespace: it owns nothing here. */
  #missingOrLeaving(reference: V1OwnerReference, dependent: KubeObject): boolean {
    const owner = this.#nodes.get(reference.uid);
    if (!owner || waitsForDependents(owner.object)) return true;
    const { name, namespace } = owner.object.metadata;
    return name !== reference.name || (namespace !== undefined && namespace !== dependent.metadata.namespace);
  }

  #link(owner: string, dependent: string): void {
    const dependents = this.#dependents.get(owner);
    if (dependents) dependents.add(dependent);
    else this.#dependents.set(owner, new Set([dependent]));
  }

  #unlink(owner: string, dependent: string): void {
    const dependents = this.#dependents.get(owner);
    if (dependents?.delete(dependent) && dependents.size === 0) this.#dependents.delete(owner);
  }
}
