import { clone, isObject, own, setOwn, type Json, type JsonObject } from '../json.ts';
import type { Shape } from '../shape.ts';
import type { FieldSet } from './field-set.ts';
import { elementStep, isLeaf, memberShape } from './fields.ts';

/** What an object is when a configuration is laid over it. Neither argument is changed. */
export function mergeApplied(shape: Shape | undefined, live: Json | undefined, applied: Json): Json {
  if (live === undefined || isLeaf(shape, live) || isLeaf(shape, applied)) return clone(applied);
  if (Array.isArray(applied)) return mergeList(shape!, live as Json[], applied);
  const result: JsonObject = {};
  for (const key of Object.keys(live as JsonObject)) setOwn(result, key, (live as JsonObject)[key]!);
  for (const key of Object.keys(applied as JsonObject))
    setOwn(
      result,
      key,
      mergeApplied(memberShape(shape!, key), own(live as JsonObject, key), (applied as JsonObject)[key]!),
    );
  return result;
}

/** Elements of the configuration in its order; those of others stay before the element that they stood before. */
function mergeList(shape: Shape, live: readonly Json[], applied: readonly Json[]): Json[] {
  const wanted = new Map(applied.map((element, index) => [elementStep(shape, element, index), element]));
  const there = new Map<string, { element: Json; index: number }>();
  const rest: { element: Json; index: number }[] = [];
  for (const [index, element] of live.entries()) {
    const step = elementStep(shape, element, index);
    if (wanted.has(step) && !there.has(step)) there.set(step, { element, index });
    else rest.push({ element, index });
  }
  const result: Json[] = [];
  let next = 0;
  for (const [step, element] of wanted) {
    const old = there.get(step);
    while (old && next < rest.length && rest[next]!.index < old.index) result.push(rest[next++]!.element);
    result.push(mergeApplied(shape.items, old?.element, element));
  }
  return [...result, ...rest.slice(next).map(({ element }) => element)];
}

/**
 * Takes fields out of a value, but for those (and what holds them) that somebody keeps. What is left empty by it goes
 * too. Returns what is left; the value given is not changed.
 */
export function without(shape: Shape, value: Json, gone: FieldSet, kept: FieldSet | undefined): Json {
  if (isLeaf(shape, value)) return value;
  if (Array.isArray(value)) {
    const left: Json[] = [];
    for (const [index, element] of value.entries()) {
      const step = elementStep(shape, element, index);
      const part = partLeft(shape.items, element, gone.children.get(step), kept?.children.get(step));
      if (part !== undefined) left.push(part);
    }
    return left;
  }
  const left: JsonObject = {};
  for (const key of Object.keys(value as JsonObject)) {
    const step = `f:${key}`;
    const member = (value as JsonObject)[key]!;
    const part = partLeft(memberShape(shape, key), member, gone.children.get(step), kept?.children.get(step));
    if (part !== undefined) setOwn(left, key, part);
  }
  return left;
}

function partLeft(
  shape: Shape | undefined,
  value: Json,
  gone: FieldSet | undefined,
  kept: FieldSet | undefined,
): Json | undefined {
  if (!gone) return value;
  if (gone.self && !kept) return undefined;
  if (isLeaf(shape, value)) return value;
  const left = without(shape!, value, gone, kept);
  const empty = Array.isArray(left) ? left.length === 0 : isObject(left) && Object.keys(left).length === 0;
  return empty && !kept?.self ? undefined : left;
}
