import type { V1OwnerReference } from '@gantry/api';
import {
  foregroundFinalizer,
  isDeleting,
  orphanFinalizer,
  ownersOf,
  waitsForDependents,
  waitsForOrphaning,
  type GraphNode,
} from './graph.ts';

/** `solid`: it exists. `absent`: it does not. `waiting`: it is deleted in the foreground and waits for its dependents. */
export type OwnerVerdict = 'solid' | 'absent' | 'waiting';

export type GarbagePlan =
  | { readonly type: 'none' }
  /** Take the finalizer away: nothing holds the object any more. */
  | { readonly type: 'release'; readonly finalizer: string }
  /** Strip the reference to this owner from each, then release the owner. */
  | { readonly type: 'orphan'; readonly dependents: readonly GraphNode[] }
  /** Look at these: they hold the owner up and are to go. */
  | { readonly type: 'hasten'; readonly dependents: readonly GraphNode[] }
  /** Keep only these references. */
  | { readonly type: 'references'; readonly keep: readonly V1OwnerReference[] }
  | {
      readonly type: 'delete';
      readonly propagationPolicy: 'Orphan' | 'Background' | 'Foreground';
      /** Write these references first: some must no longer hold an owner up, or owners in a ring would wait for ever. */
      readonly unblock?: readonly V1OwnerReference[];
    };

/** What to do with an object that is being deleted; undefined when its owners decide. */
export function planDeleting(node: GraphNode, dependents: readonly GraphNode[]): GarbagePlan | undefined {
  const { object } = node;
  if (waitsForOrphaning(object)) return { type: 'orphan', dependents };
  if (waitsForDependents(object)) {
    const blocking = dependents.filter(({ object: dependent }) =>
      ownersOf(dependent).some(
        ({ uid, blockOwnerDeletion }) => uid === object.metadata.uid && blockOwnerDeletion === true,
      ),
    );
    if (blocking.length === 0) return { type: 'release', finalizer: foregroundFinalizer };
    return {
      type: 'hasten',
      dependents: blocking.filter(({ object: dependent }) => !waitsForDependents(dependent)),
    };
  }
  return isDeleting(object) ? { type: 'none' } : undefined;
}

/** What the state of its owners means for an object (upstream `attemptToDeleteItem`). */
export function planOwned(
  node: GraphNode,
  verdicts: readonly OwnerVerdict[],
  dependents: readonly GraphNode[],
): GarbagePlan {
  const owners = ownersOf(node.object);
  const which = (verdict: OwnerVerdict) => owners.filter((_, index) => verdicts[index] === verdict);
  const solid = which('solid');
  const waiting = which('waiting');
  if (owners.length === 0) return { type: 'none' };
  if (solid.length > 0)
    return solid.length === owners.length ? { type: 'none' } : { type: 'references', keep: solid };
  if (waiting.length > 0 && dependents.length > 0) {
    const ring = dependents.some(({ object }) => waitsForDependents(object));
    return {
      type: 'delete',
      propagationPolicy: 'Foreground',
      ...(ring ? { unblock: owners.map((owner) => ({ ...owner, blockOwnerDeletion: false })) } : {}),
    };
  }
  const finalizers = node.object.metadata.finalizers ?? [];
  const propagationPolicy = finalizers.includes(orphanFinalizer)
    ? 'Orphan'
    : finalizers.includes(foregroundFinalizer)
      ? 'Foreground'
      : 'Background';
  return { type: 'delete', propagationPolicy };
}
