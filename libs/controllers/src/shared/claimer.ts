import { isStatus } from '@gantry/base';
import { nameOf, type Kind, type KubeObject, type Stored } from '@gantry/api';
import type { Informer } from '@gantry/control';
import type { State } from '@gantry/state';
import { adopted, claims, controllerReference, released } from './ownership.ts';

/**
 * Adopts and releases, and returns the objects that belong to `owner`. Before the first adoption the owner is read from the
 * store: a cached one may be gone, or another of the same name. Conflicts are thrown, to be tried again on a newer copy.
 */
export async function claim<O extends KubeObject, T extends KubeObject>(
  state: State,
  ownerKind: Kind<O>,
  owner: Stored<O>,
  informer: Informer<T>,
  matches: (object: Stored<T>) => boolean,
): Promise<Stored<T>[]> {
  const namespace = owner.metadata.namespace ?? '';
  const candidates = [...informer.by('controller', owner.metadata.uid), ...informer.by('orphans', namespace)];
  const { owned, adopt, release } = claims(owner, candidates, matches);
  const belonging = [...owned];
  for (const object of release) {
    try {
      await state.update(informer.kind, released(object, owner.metadata.uid));
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
  if (adopt.length > 0) {
    const live = await state.get(ownerKind, nameOf(owner));
    if (
      live.object.metadata.uid !== owner.metadata.uid ||
      live.object.metadata.deletionTimestamp !== undefined
    )
      throw new Error(
        `${ownerKind.kind} ${namespace}/${owner.metadata.name} may not adopt: it was deleted or is another now`,
      );
    const reference = controllerReference(ownerKind, owner);
    for (const object of adopt) {
      try {
        belonging.push((await state.update(informer.kind, adopted(object, reference))).object);
      } catch (error) {
        if (!isStatus(error, 'NotFound')) throw error;
      }
    }
  }
  return belonging;
}
