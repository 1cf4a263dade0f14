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
 * replace|delete` (of a list: in an element of its own), `$retainKeys`, `$deleteFromPrimitiveList/<list>`, `$setElementOrder/<list>`.
 * Source: k8s.io/apimachinery `pkg/util/strategicpatch/patch.go`, and the contributors' guide to strategic merge patch.
 * Cost: linear in document and patch, but that lists merge by key through a map.
 * @throws StatusError BadRequest for a patch that is none or misses a merge key.
 */
export function applyStrategicMergePatch<T>(model: string, original: T, patch: unknown): T {
  if (!isObject(patch)) throw bad('a strategic merge patch is an object');
  return mergeObject(original as JsonObject, patch, shapeOf(model)) as T;
}

function bad(why: string): StatusError {
  return StatusError.badRequest(why);
}

function mergeObject(original: JsonObject, patch: JsonObject, shape: Shape | undefined): JsonObject {
  const what = own(patch, directive);
  if (what === 'replace') return stripped(withoutDirectives(patch)) as JsonObject;
  if (what === 'delete') return {};
  if (what !== undefined) throw unknownType(what, patch);

  const result: JsonObject = {};
  const kept = own(patch, retainKeys);
  if (kept !== undefined && !Array.isArray(kept)) throw bad('invalid patch format of retainKeys');
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
      if (isObject(old)) setOwn(result, key, mergeObject(old, change, memberShape(shape, key)));
      else if (Object.hasOwn(change, directive)) delete result[key];
      else setOwn(result, key, stripped(change));
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
      throw bad('invalid patch format of retainKeys');
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
  if (deleted !== undefined && !Array.isArray(deleted)) throw bad('invalid patch format of primitive list');
  if (order !== undefined && !Array.isArray(order)) throw bad('invalid patch format of setElementOrder list');

  let merged: Json[];
  if (member?.patchMerge && member.mergeKey && member.items?.type === 'object')
    merged = Array.isArray(old)
      ? mergeByKey(original, change ?? [], member.mergeKey, member.items, order)
      : added(change ?? [], member.mergeKey, order);
  else if (member?.patchMerge || deleted !== undefined)
    merged = mergePrimitives(original, change ?? [], deleted ?? [], order);
  else if (change === undefined) return;
  else merged = replacement(change);
  if (merged.length === 0 && change === undefined && old === undefined) return;
  setOwn(result, key, merged);
}

/** A list that replaces the old one; it may say so by an element `$patch: replace`. */
function replacement(change: Json[]): Json[] {
  return stripped(change) as Json[];
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
  return ordered([...merged], order ?? change, (value) => value, original);
}

/** A list that was not there: nobody looks at its keys until it is validated. */
function added(change: Json[], mergeKey: string, order: Json[] | undefined): Json[] {
  const elements = stripped(change) as Json[];
  return order ? ordered(elements, order, (value) => keyOf(value, mergeKey), []) : elements;
}

const keyOf = (value: Json, mergeKey: string): Json =>
  isObject(value) ? (own(value, mergeKey) ?? null) : null;

function mergeByKey(
  original: Json[],
  change: Json[],
  mergeKey: string,
  item: Shape,
  order: Json[] | undefined,
): Json[] {
  const [gone, changes] = directivesOf(change, mergeKey);
  // Wherever it stands, and whatever else that element says, `replace` is of the list.
  if (gone === 'replace') return added(changes, mergeKey, order);
  const merged = new Map<Json, Json>();
  // Elements without the key cannot be told apart, and stay; those with the same key too, but only the first is merged into.
  const others: Json[] = [];
  for (const each of original) {
    const id = isObject(each) ? own(each, mergeKey) : undefined;
    if (id !== undefined && gone.has(id)) continue;
    if (id === undefined || merged.has(id)) others.push(each);
    else merged.set(id, each);
  }
  for (const each of changes) {
    const id = own(each, mergeKey);
    if (id === undefined || id === null)
      throw bad(`map: ${JSON.stringify(each)} does not contain declared merge key: ${mergeKey}`);
    const old = merged.get(id);
    merged.set(id, isObject(old) ? mergeObject(old, each, item) : stripped(each));
  }
  return ordered(
    [...merged.values(), ...others],
    order ?? changes,
    (value) => keyOf(value, mergeKey),
    original,
  );
}

/** Takes what is said by `$patch` out of a list: the keys of elements to delete, or that it replaces the old one. */
function directivesOf(change: Json[], mergeKey: string): [Set<Json> | 'replace', JsonObject[]] {
  const gone = new Set<Json>();
  const changes: JsonObject[] = [];
  let replaces = false;
  for (const each of change) {
    if (!isObject(each)) throw bad('expected a map[string]interface {}, but received another element');
    const what = own(each, directive);
    if (what === undefined) changes.push(each);
    else if (what === 'replace') replaces = true;
    else if (what === 'merge') throw bad('merging lists cannot yet be specified in the patch');
    else if (what !== 'delete') throw unknownType(what, each);
    else {
      const id = own(each, mergeKey);
      if (id === undefined)
        throw bad(`map: ${JSON.stringify(each)} does not contain declared merge key: ${mergeKey}`);
      gone.add(id);
    }
  }
  return [replaces ? 'replace' : gone, changes];
}

/**
 * Puts the elements that a patch names into the order it names them in. Those that it does not (others have added them)
 * keep their own, and come before the first named one that stood after them in the original; what is new holds them up
 * no less (`mergeSortedSlice`: new elements come first).
 */
function ordered(elements: Json[], order: Json[], idOf: (value: Json) => Json, original: Json[]): Json[] {
  const rank = new Map<Json, number>();
  for (const [index, each] of order.entries()) if (!rank.has(idOf(each))) rank.set(idOf(each), index);
  const named = elements.filter((each) => rank.has(idOf(each)));
  named.sort((a, b) => rank.get(idOf(a))! - rank.get(idOf(b))!);
  if (named.length === elements.length) return named;
  const place = new Map<Json, number>();
  for (const [index, each] of original.entries()) if (!place.has(idOf(each))) place.set(idOf(each), index);
  const at = (each: Json) => place.get(idOf(each)) ?? -1;
  const rest = elements.filter((each) => !rank.has(idOf(each))).sort((a, b) => at(a) - at(b));
  const result: Json[] = [];
  let next = 0;
  for (const each of named) {
    while (next < rest.length && at(rest[next]!) < at(each)) result.push(rest[next++]!);
    result.push(each);
  }
  return [...result, ...rest.slice(next)];
}

function unknownType(what: Json, patch: JsonObject): StatusError {
  return bad(`unknown patch type: ${String(what)} in map: ${JSON.stringify(patch)}`);
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
      .filter((each) => !isObject(each) || !Object.hasOwn(each, directive))
      .map((each) => stripped(each));
  if (!isObject(value)) return clone(value);
  const result: JsonObject = {};
  for (const key of Object.keys(value)) {
    const member = value[key]!;
    if (key.startsWith('$') || member === null) continue;
    if (isObject(member) && Object.hasOwn(member, directive)) continue;
    setOwn(result, key, stripped(member));
  }
  return result;
}
