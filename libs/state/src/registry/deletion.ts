import { timestamp } from '@gantry/base';
import type { Kind, KubeObject, Stored, V1ObjectMeta } from '@gantry/api';
import { kinds, type V1Namespace } from '@gantry/api';
import { copyJson } from '../json.ts';
import type { DeleteOptions } from '../state.ts';

const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/** What a deletion does to an object: removes it, changes it (`next`), or nothing, as it is on its way already. */
export type DeletionPlan<T extends KubeObject> =
  { readonly action: 'remove' } | { readonly action: 'mark'; readonly next: T } | { readonly action: 'none' };

/**
 * Upstream's rules (apiserver `pkg/registry/rest/delete.go`, `BeforeDelete`; `pkg/registry/generic/registry/store.go`):
 *
 *     live ──grace > 0 or finalizers──▶ deleting (deletionTimestamp) ──grace 0 and no finalizers──▶ gone
 *
 * A deletion of what is being deleted can only bring the end nearer.
 */
export function planDeletion<T extends KubeObject>(
  kind: Kind<T>,
  old: Stored<T>,
  options: DeleteOptions,
  nowMs: number,
): DeletionPlan<T> {
  if (kind.storagePrefix === kinds.namespace.storagePrefix && kind.group === '')
    return planNamespaceDeletion(old, nowMs);
  const finalizers = finalizersFor(old.metadata.finalizers ?? [], options.propagationPolicy);
  const requested = options.gracePeriodSeconds;
  const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = old.metadata;
  const next = copyJson(old) as T;
  const meta = next.metadata;
  setFinalizers(meta, finalizers);

  let graceSeconds: number;
  if (deletionTimestamp) {
    graceSeconds = Math.min(deletionGracePeriodSeconds, nonNegative(requested) ?? deletionGracePeriodSeconds);
    if (graceSeconds < deletionGracePeriodSeconds) {
      const askedAtMs = Date.parse(deletionTimestamp) - deletionGracePeriodSeconds * 1000;
      meta.deletionTimestamp = timestamp(askedAtMs + graceSeconds * 1000);
      meta.deletionGracePeriodSeconds = graceSeconds;
    }
  } else {
    graceSeconds = kind.gracePeriodSeconds?.(old, nonNegative(requested)) ?? 0;
    meta.deletionTimestamp = timestamp(nowMs + graceSeconds * 1000);
    meta.deletionGracePeriodSeconds = graceSeconds;
    if (meta.generation) meta.generation++;
  }
  if (graceSeconds === 0 && finalizers.length === 0) return { action: 'remove' };
  const changed =
    !deletionTimestamp ||
    graceSeconds < deletionGracePeriodSeconds ||
    finalizers.join() !== (old.metadata.finalizers ?? []).join();
  return changed ? { action: 'mark', next } : { action: 'none' };
}

/** A namespace stays, Terminating, until what empties it has taken the last of `spec.finalizers` away. */
function planNamespaceDeletion<T extends KubeObject>(old: Stored<T>, nowMs: number): DeletionPlan<T> {
  if (old.metadata.deletionTimestamp) return isFinished(old) ? { action: 'remove' } : { action: 'none' };
  if (isFinished(old)) return { action: 'remove' };
  const next = copyJson(old) as T;
  next.metadata.deletionTimestamp = timestamp(nowMs);
  const namespace = next as KubeObject as V1Namespace;
  namespace.status = { ...namespace.status, phase: 'Terminating' };
  return { action: 'mark', next };
}

/** Whether nothing holds an object any more that is being deleted. */
export function isFinished(object: KubeObject): boolean {
  const { finalizers, deletionGracePeriodSeconds = 0 } = object.metadata;
  if (finalizers?.length || deletionGracePeriodSeconds > 0) return false;
  return !(object.kind === 'Namespace' && (object as V1Namespace).spec?.finalizers?.length);
}

function finalizersFor(
  finalizers: readonly string[],
  policy: DeleteOptions['propagationPolicy'],
): readonly string[] {
  if (policy === undefined) return finalizers;
  const others = finalizers.filter((each) => each !== orphan && each !== foreground);
  if (policy === 'Orphan') return [...others, orphan];
  return policy === 'Foreground' ? [...others, foreground] : others;
}

function setFinalizers(meta: V1ObjectMeta, finalizers: readonly string[]): void {
  if (finalizers.length) meta.finalizers = [...finalizers];
  else delete meta.finalizers;
}

/** A negative grace period means 1 second upstream. */
function nonNegative(seconds: number | undefined): number | undefined {
  return seconds !== undefined && seconds < 0 ? 1 : seconds;
}
