import { StatusError } from '@gantry/base';
import { clone, isObject, own, setOwn, type Json, type JsonObject } from '../json.ts';

/**
 * Applies a JSON Merge Patch (RFC 7386) and returns the result; neither argument is changed. Unlike the RFC's, the
 * patch of an object must be an object.
 * @throws StatusError BadRequest for a patch that is none.
 */
export function applyMergePatch<T>(document: T, patch: unknown): T {
  if (!isObject(patch)) throw StatusError.badRequest('error decoding patch: a merge patch is an object');
  return merge(document as Json, patch) as T;
}

function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return clone(patch);
  const result: JsonObject = isObject(target) ? copy(target) : {};
  for (const key of Object.keys(patch)) {
    const change = patch[key]!;
    if (change === null) delete result[key];
    else setOwn(result, key, merge(own(result, key), change));
  }
  return result;
}

/** A copy whose members are still those of the original: `merge` replaces what it changes. */
function copy(object: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(object)) setOwn(result, key, object[key]!);
  return result;
}
