import { apiVersionOf, type Kind, type KubeObject, type Stored, type V1OwnerReference } from '@gantry/api';

/** The reference to the object that manages this one: at most one may be marked `controller`. */
export function controllerOf(object: KubeObject): V1OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller === true);
}

export function controllerReference(kind: Kind, owner: Stored): V1OwnerReference {
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

export interface Claims<T> {
  /** Managed by this owner and matching its selector. */
  readonly owned: readonly T[];
  /** Matching orphans, to be taken over. */
  readonly adopt: readonly T[];
  /** Managed by this owner but no longer matching: to be let go. */
  readonly release: readonly T[];
}

/**
 * What belongs to `owner`, by upstream's rules (`pkg/controller/controller_ref_manager.go`): the controller reference
 * decides; a matching orphan is adopted and an owned object that no longer matches is released, unless either is being deleted.
 */
export function claims<T extends KubeObject>(
  owner: Stored,
  candidates: Iterable<Stored<T>>,
  matches: (object: Stored<T>) => boolean,
): Claims<Stored<T>> {
  const owned: Stored<T>[] = [];
  const adopt: Stored<T>[] = [];
  const release: Stored<T>[] = [];
  const ownerDeleted = owner.metadata.deletionTimestamp !== undefined;
  for (const candidate of candidates) {
    const controller = controllerOf(candidate);
    if (controller) {
      if (controller.uid !== owner.metadata.uid) continue;
      if (matches(candidate)) owned.push(candidate);
      else if (!ownerDeleted && candidate.metadata.deletionTimestamp === undefined) release.push(candidate);
    } else if (!ownerDeleted && candidate.metadata.deletionTimestamp === undefined && matches(candidate))
      adopt.push(candidate);
  }
  return { owned, adopt, release };
}

/** A copy with the controller reference added. */
export function adopted<T extends KubeObject>(object: Stored<T>, reference: V1OwnerReference): Stored<T> {
  const copy = structuredClone(object);
  copy.metadata.ownerReferences = [
    ...(copy.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== reference.uid),
    reference,
  ];
  return copy;
}

/** A copy without references to the owner of that uid. */
export function released<T extends KubeObject>(object: Stored<T>, ownerUid: string): Stored<T> {
  const copy = structuredClone(object);
  const rest = (copy.metadata.ownerReferences ?? []).filter(({ uid }) => uid !== ownerUid);
  if (rest.length > 0) copy.metadata.ownerReferences = rest;
  else delete copy.metadata.ownerReferences;
  return copy;
}

/** Index functions that find objects by what controls them: by the owner's uid, and the orphans of a namespace. */
export const byController = {
  controller: (object: KubeObject): string[] => {
    const reference = controllerOf(object);
    return reference ? [reference.uid] : [];
  },
  orphans: (object: KubeObject): string[] => (controllerOf(object) ? [] : [object.metadata.namespace ?? '']),
};
