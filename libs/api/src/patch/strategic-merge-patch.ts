import { StatusError } from '@gantry/base';
import { clone, isObject, own, setOwn, type Json, type JsonObject } from '../json.ts';
import { shapeOf, type Shape } from '../shape.ts';

const directive = '$patch';
const retainKeys = '$retainKeys';
const deleteFromPrimitiveList = '$deleteFromPrimitiveList';
const setElementOrder = '$setElementOrder';

/**
 * Applies a strategic merge patch to an object of a model (`V1Pod`) and returns the result; neither argument is changed.
 * Members merge; lists with a merge key merge by it; other lists are replaced; null deletes. Directives: `$patch:
 * replace|delete|merge`, `$retainKeys`, `$deleteFromPrimitiveList/<list>`, `$setElementOrder/<list>`.
 * Source: k8s.io/apimachinery `pkg/util/strategicpatch/patch.go`, and the contributors' guide to strategic merge patch.
 * Cost: linear in document and patch, but that lists merge by key through a map.
 * @throws StatusError BadRequest for a patch that is none or misses a merge key.
 */
export function applyStrategicMergePatch<T>(model: string, original: T, patch: unknown): T {
  if (!isObject(patch)) throw bad('a strategic merge patch is an object');
  return mergeObject(original as JsonObject, patch, shapeOf(model)) as T;
}

function bad(why: string): StatusError {
  return StatusError.badRequest(`error decoding patch: ${why}`);
}

function mergeObject(original: JsonObject, patch: JsonObject, shape: Shape | undefined): JsonObject {
  const what = own(patch, directive);
  if (what === 'replace') return stripped(withoutDirectives(patch)) as JsonObject;
  if (what === 'delete') return {};
  if (what !== undefined && what !== 'merge') throw bad(`unknown patch type: ${JSON.stringify(what)}`);

  const result: JsonObject = {};
  const kept = own(patch, retainKeys);
  if (kept !== undefined && !Array.isArray(kept)) throw bad(`${retainKeys} is not a list`);
  for (const key of Object.keys(original))
    if (!kept || kept.includes(key)) setOwn(result, key, original[key]!);

  for (const key of Object.keys(patch)) {
    const change = patch[key]!;
    if (key === directive || key === retainKeys) {
      if (key === retainKeys) retainedAreNamed(patch, kept as Json[]);
    } else if (key.startsWith(`${deleteFromPrimitiveList}/`)) {
      // Lists that are in the patch too are done with them, below.
      const list = key.slice(deleteFromPrimitiveList.length + 1);
      if (!Object.hasOwn(patch, list)) setList(result, list, undefined, patch, shape);
    } else if (key.startsWith(`${setElementOrder}/`)) {
      const list = key.slice(setElementOrder.length + 1);
      if (!Object.hasOwn(patch, list) && !Object.hasOwn(patch, `${deleteFromPrimitiveList}/${list}`))
        setList(result, list, undefined, patch, shape);
    } else if (change === null) {
      delete result[key];
    } else if (Array.isArray(change)) {
      setList(result, key, change, patch, shape);
    } else if (isObject(change)) {
      const old = own(result, key);
      const merged = mergeObject(isObject(old) ? old : {}, change, memberShape(shape, key));
      if (own(change, directive) === 'delete') delete result[key];
      else setOwn(result, key, merged);
    } else {
      setOwn(result, key, change);
    }
  }
  return result;
}

/** What a patch sets must be among the keys it retains: otherwise it contradicts itself. */
function retainedAreNamed(patch: JsonObject, kept: Json[]): void {
  for (const key of Object.keys(patch))
    if (!key.startsWith('$') && patch[key] !== null && !kept.includes(key))
      throw bad(`${retainKeys} directive does not match the patch: ${JSON.stringify(key)}`);
}

function memberShape(shape: Shape | undefined, key: string): Shape | undefined {
  if (shape?.type === 'object') return shape.fields!.get(key);
  return shape?.type === 'map' ? shape.items : undefined;
}

/** Merges the patch's list `key` (with its directives beside it) into `result`. */
function setList(
  result: JsonObject,
  key: string,
  change: Json[] | undefined,
  patch: JsonObject,
  shape: Shape | undefined,
): void {
  const member = memberShape(shape, key);
  const old = own(result, key);
  const original = Array.isArray(old) ? old : [];
  const deleted = own(patch, `${deleteFromPrimitiveList}/${key}`);
  const order = own(patch, `${setElementOrder}/${key}`);
  if (deleted !== undefined && !Array.isArray(deleted))
    throw bad(`${deleteFromPrimitiveList}/${key} is not a list`);
  if (order !== undefined && !Array.isArray(order)) throw bad(`${setElementOrder}/${key} is not a list`);

  let merged: Json[];
  if (member?.patchMerge && member.mergeKey && member.items?.type === 'object')
    merged = mergeByKey(original, change ?? [], member.mergeKey, member.items, order, key);
  else if (member?.patchMerge || deleted !== undefined)
    merged = mergePrimitives(original, change ?? [], deleted ?? [], order);
  else if (change === undefined) return;
  else merged = replacement(change);
  if (merged.length === 0 && change === undefined && old === undefined) return;
  setOwn(result, key, merged);
}

/** A list that replaces the old one; it may say so by an element `$patch: replace`. */
function replacement(change: Json[]): Json[] {
  return change
    .filter((item) => !isObject(item) || own(item, directive) !== 'replace')
    .map((each) => stripped(each));
}

function mergePrimitives(
  original: Json[],
  change: Json[],
  deleted: Json[],
  order: Json[] | undefined,
): Json[] {
  const gone = new Set(deleted);
  const merged = new Set(original.filter((value) => !gone.has(value)));
  for (const value of change) merged.add(value);
  return order ? ordered([...merged], order, (value) => value, original) : [...merged];
}

function mergeByKey(
  original: Json[],
  change: Json[],
  mergeKey: string,
  item: Shape,
  order: Json[] | undefined,
  list: string,
): Json[] {
  const replaces = change.some(
    (each) => isObject(each) && own(each, directive) === 'replace' && !Object.hasOwn(each, mergeKey),
  );
  const merged = new Map<Json, Json>();
  // Elements without the key cannot be told apart, and stay; those with the same key too, but only the first is merged into.
  const others: Json[] = [];
  const gone = new Set<Json>();
  if (!replaces)
    for (const each of original) {
      const id = isObject(each) ? own(each, mergeKey) : undefined;
      if (id === undefined || merged.has(id)) others.push(each);
      else merged.set(id, each);
    }
  for (const each of change) {
    if (!isObject(each)) throw bad(`an element of ${list} is not an object`);
    const what = own(each, directive);
    const id = own(each, mergeKey);
    if (id === undefined || id === null) {
      if (what === 'replace') continue;
      throw bad(`map: ${JSON.stringify(each)} does not contain declared merge key: ${mergeKey}`);
    }
    if (what === 'delete') {
      merged.delete(id);
      gone.add(id);
    } else if (what === 'replace') {
      merged.set(id, stripped(withoutDirectives(each)));
    } else {
      const old = merged.get(id);
      merged.set(id, mergeObject(isObject(old) ? old : {}, each, item));
    }
  }
  const left = others.filter((each) => !isObject(each) || !gone.has(own(each, mergeKey) ?? null));
  const elements = [...merged.values(), ...left];
  if (!order) return elements;
  const idOf = (value: Json) => (isObject(value) ? (own(value, mergeKey) ?? null) : null);
  return ordered(elements, order, idOf, original);
}

/**
 * Puts elements into the order asked for. Those that the order does not name (others have added them) stay behind the
 * element that they followed in the original.
 */
function ordered(elements: Json[], order: Json[], idOf: (value: Json) => Json, original: Json[]): Json[] {
  const rank = new Map<Json, number>();
  for (const [index, each] of order.entries()) rank.set(idOf(each), index);
  const named = elements.filter((each) => rank.has(idOf(each)));
  named.sort((a, b) => rank.get(idOf(a))! - rank.get(idOf(b))!);
  const rest = elements.filter((each) => !rank.has(idOf(each)));
  if (rest.length === 0) return named;
  // Walk both: an unnamed element goes before the first named one that stood after it in the original.
  const place = new Map<Json, number>();
  for (const [index, each] of original.entries()) if (!place.has(idOf(each))) place.set(idOf(each), index);
  const at = (each: Json) => place.get(idOf(each)) ?? Number.POSITIVE_INFINITY;
  const result: Json[] = [];
  let next = 0;
  for (const each of named) {
    while (next < rest.length && at(rest[next]!) < at(each)) result.push(rest[next++]!);
    result.push(each);
  }
  return [...result, ...rest.slice(next)];
}

function withoutDirectives(patch: JsonObject): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(patch)) if (key !== directive) setOwn(result, key, patch[key]!);
  return result;
}

/** What a patch adds where nothing was: without nulls (they delete) and without directives. */
function stripped(value: Json): Json {
  if (Array.isArray(value))
    return value
      .filter((each) => !isObject(each) || own(each, directive) !== 'delete')
      .map((each) => stripped(each));
  if (!isObject(value)) return clone(value);
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (key.startsWith('$') || value[key] === null) continue;
    setOwn(result, key, stripped(value[key]!));
  }
  return result;
}
