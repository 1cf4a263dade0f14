import { StatusError, randomSuffix, timestamp, type Random, type StatusCause } from '@gantry/base';
import type { Kind, KubeObject, Stored, V1ObjectMeta } from '@gantry/api';
import { equalJson } from '../json.ts';
import { newUid } from '../store/store-state.ts';
import { forbidden, immutable } from './invalid.ts';

/** The longest base of a generated name: 63 letters less the five random ones (apiserver `pkg/storage/names`). */
const longestBase = 58;

export function generatedName(base: string, random: Random): string {
  return base.slice(0, longestBase) + randomSuffix(random);
}

/** What the server alone says of a new object (apiserver `pkg/registry/rest/create.go`, `BeforeCreate`). */
export function newObjectMeta(kind: Kind, metadata: V1ObjectMeta, nowMs: number, random?: Random): void {
  if (metadata.resourceVersion)
    throw StatusError.badRequest('resourceVersion should not be set on objects to be created');
  if (!kind.namespaced) delete metadata.namespace;
  delete metadata.resourceVersion;
  delete metadata.selfLink;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  metadata.uid = newUid(random);
  metadata.creationTimestamp = timestamp(nowMs);
  if (kind.tracksGeneration) metadata.generation = 1;
  else delete metadata.generation;
}

/** Fields that only the server writes: left out they stay, changed they are refused. */
const serversOwn = ['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds'] as const;

/** Takes over what the writer left out; says what it may not have changed (apimachinery `pkg/api/validation/objectmeta.go`). */
export function nextObjectMeta(metadata: V1ObjectMeta, old: Stored['metadata']): StatusCause[] {
  const causes: StatusCause[] = [];
  const next = metadata as Record<string, unknown>;
  for (const field of serversOwn) {
    if (next[field] === undefined || next[field] === null) {
      if (old[field] === undefined) delete next[field];
      else next[field] = old[field];
    } else if (next[field] !== old[field]) causes.push(immutable(`metadata.${field}`, next[field]));
  }
  metadata.uid = old.uid;
  delete metadata.selfLink;
  if (old.generation === undefined) delete metadata.generation;
  else metadata.generation = old.generation;
  if (old.deletionTimestamp) {
    const before = new Set(old.finalizers);
    const added = (metadata.finalizers ?? []).filter((each) => !before.has(each));
    if (added.length)
      causes.push(
        forbidden(
          'metadata.finalizers',
          `no new finalizers can be added if the object is being deleted, found new finalizers ` +
            `[]string{${added.map((each) => JSON.stringify(each)).join(', ')}}`,
        ),
      );
  }
  return causes;
}

/** Whether something else than metadata and status differs, or what more the kind counts: what `generation` counts. */
export function desiredStateChanged<T extends KubeObject>(kind: Kind<T>, object: T, old: T): boolean {
  if (kind.generationCounts && !equalJson(kind.generationCounts(object), kind.generationCounts(old)))
    return true;
  const skipped = new Set(['metadata', 'status', 'kind', 'apiVersion']);
  const next = object as unknown as Record<string, unknown>;
  const before = old as unknown as Record<string, unknown>;
  for (const key of new Set([...Object.keys(next), ...Object.keys(before)]))
    if (!skipped.has(key) && !equalJson(next[key], before[key]) && (next[key] ?? before[key]) !== undefined)
      return true;
  return false;
}
