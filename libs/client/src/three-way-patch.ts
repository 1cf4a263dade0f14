import type { Shape } from '@gantry/api';

type Json = null | boolean | number | string | Json[] | JsonObject;
interface JsonObject {
  [key: string]: Json;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const same = (a: unknown, b: unknown): boolean => {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => same(each, b[i]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
};

/**
 * What `apply` sends: brings `current` (the live object) to `modified` (the manifest), taking away what `original` (the manifest applied
 * last) had and `modified` has not; whatever others set stays. With a shape the result is a strategic merge patch (lists merge by
 * their keys), without one a JSON merge patch (lists are replaced). Undefined when there is nothing to do.
 */
export function threeWayPatch(
  original: object,
  modified: object,
  current: object,
  shape?: Shape,
): object | undefined {
  const patch = patchObject(original as JsonObject, modified as JsonObject, current as JsonObject, shape);
  return Object.keys(patch).length > 0 ? patch : undefined;
}

function patchObject(
  original: JsonObject,
  modified: JsonObject,
  current: JsonObject,
  shape: Shape | undefined,
): JsonObject {
  const patch: JsonObject = {};
  for (const [key, wanted] of Object.entries(modified)) {
    if (wanted === null) continue;
    const live = Object.hasOwn(current, key) ? current[key] : undefined;
    const before = Object.hasOwn(original, key) ? original[key] : undefined;
    const member = memberOf(shape, key);
    if (isObject(wanted) && isObject(live)) {
      const inner = patchObject(isObject(before) ? before : {}, wanted, live, member);
      if (member?.retainKeys && Object.keys(inner).length > 0)
        inner['$retainKeys'] = Object.keys(wanted).sort();
      if (Object.keys(inner).length > 0) patch[key] = inner;
    } else if (Array.isArray(wanted) && Array.isArray(live) && member?.patchMerge)
      patchList(patch, key, Array.isArray(before) ? before : [], wanted, live, member);
    else if (!same(wanted, live)) patch[key] = wanted;
  }
  for (const key of Object.keys(original))
    if ((!Object.hasOwn(modified, key) || modified[key] === null) && Object.hasOwn(current, key))
      patch[key] = null;
  return patch;
}

const memberOf = (shape: Shape | undefined, key: string) =>
  shape?.type === 'object' ? shape.fields?.get(key) : shape?.type === 'map' ? shape.items : undefined;

function patchList(
  patch: JsonObject,
  name: string,
  original: Json[],
  modified: Json[],
  current: Json[],
  shape: Shape,
): void {
  const { mergeKey } = shape;
  if (mergeKey === undefined) {
    const missing = modified.filter((each) => !current.some((live) => same(each, live)));
    const dropped = original.filter(
      (each) => !modified.some((kept) => same(each, kept)) && current.some((live) => same(each, live)),
    );
    if (missing.length > 0) patch[name] = missing;
    if (dropped.length > 0) patch[`$deleteFromPrimitiveList/${name}`] = dropped;
    return;
  }
  const keyed = (list: Json[]) =>
    new Map(list.filter(isObject).map((each) => [each[mergeKey], each] as const));
  const [before, wanted, live] = [keyed(original), keyed(modified), keyed(current)];
  const items: Json[] = [];
  for (const [key, item] of wanted) {
    const there = live.get(key);
    if (!there) items.push(item);
    else {
      const inner = patchObject(before.get(key) ?? {}, item, there, shape.items);
      if (Object.keys(inner).length > 0) items.push({ [mergeKey]: key!, ...inner });
    }
  }
  for (const key of before.keys())
    if (!wanted.has(key) && live.has(key)) items.push({ $patch: 'delete', [mergeKey]: key! });
  if (items.length === 0) return;
  patch[name] = items;
  patch[`$setElementOrder/${name}`] = [...wanted.keys()].map((key) => ({ [mergeKey]: key! }));
}
