import { equal, isObject, own, type Json, type JsonObject } from '../json.ts';
import type { Shape } from '../shape.ts';
import { FieldSet } from './field-set.ts';

/** True where a value has one owner as a whole. */
export function isLeaf(shape: Shape | undefined, value: Json | undefined): boolean {
  if (!shape || shape.atomic) return true;
  if (shape.type === 'object' || shape.type === 'map') return !isObject(value);
  return shape.type !== 'array' || shape.listType === 'atomic' || !Array.isArray(value);
}

export function memberShape(shape: Shape, key: string): Shape | undefined {
  return shape.type === 'map' ? shape.items : shape.fields?.get(key);
}

/** The step to an element of a list: its keys (absent ones by their default), its value in a set, else its place. */
export function elementStep(shape: Shape, element: Json, index: number): string {
  if (shape.listType === 'set') return `v:${JSON.stringify(element)}`;
  if (!isObject(element)) return `i:${index}`;
  const keys: Record<string, unknown> = {};
  for (const key of shape.listKeys.toSorted()) {
    const value = own(element, key) ?? shape.items?.fields?.get(key)?.defaultValue;
    if (value !== undefined) keys[key] = value;
  }
  return Object.keys(keys).length ? `k:${JSON.stringify(keys)}` : `i:${index}`;
}

/** The parts of a value that is no leaf, by their steps. Of elements with the same keys only the first counts. */
export function partsOf(shape: Shape, value: Json): Map<string, { shape: Shape | undefined; value: Json }> {
  const parts = new Map<string, { shape: Shape | undefined; value: Json }>();
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries()) {
      const step = elementStep(shape, element, index);
      if (!parts.has(step)) parts.set(step, { shape: shape.items, value: element });
    }
  } else {
    for (const key of Object.keys(value as JsonObject))
      parts.set(`f:${key}`, { shape: memberShape(shape, key), value: (value as JsonObject)[key]! });
  }
  return parts;
}

/** The fields that a configuration names, for an apply. */
export function fieldsOf(shape: Shape, value: Json): FieldSet {
  const set = new FieldSet();
  collect(shape, value, set);
  return set;
}

function collect(shape: Shape, value: Json, set: FieldSet): void {
  for (const [step, part] of partsOf(shape, value)) {
    const child = set.child(step);
    const empty = part.value === null || (isObject(part.value) && Object.keys(part.value).length === 0);
    // An element is owned itself, too: whoever names it keeps it there.
    if (Array.isArray(value) || empty || isLeaf(part.shape, part.value)) child.self = true;
    if (!isLeaf(part.shape, part.value)) collect(part.shape!, part.value, child);
  }
}

/** Which fields a write changed or added, and which it took away. */
export interface Difference {
  changed: FieldSet;
  removed: FieldSet;
}

export function differenceOf(shape: Shape, before: Json | undefined, after: Json | undefined): Difference {
  const difference = { changed: new FieldSet(), removed: new FieldSet() };
  compare(shape, before, after, difference.changed, difference.removed);
  return difference;
}

function compare(
  shape: Shape | undefined,
  before: Json | undefined,
  after: Json | undefined,
  changed: FieldSet,
  removed: FieldSet,
): void {
  if (before === after) return;
  if (after === undefined) removed.self = true;
  else if (before === undefined) changed.self = true;
  const beforeLeaf = before === undefined || isLeaf(shape, before);
  const afterLeaf = after === undefined || isLeaf(shape, after);
  if (beforeLeaf && afterLeaf) {
    if (before !== undefined && after !== undefined && !equal(before, after)) changed.self = true;
    return;
  }
  const old = beforeLeaf ? new Map<string, never>() : partsOf(shape!, before);
  const now = afterLeaf ? new Map<string, never>() : partsOf(shape!, after);
  for (const step of new Set([...old.keys(), ...now.keys()])) {
    const [was, is] = [old.get(step), now.get(step)];
    const below = { changed: new FieldSet(), removed: new FieldSet() };
    compare((is ?? was)!.shape, was?.value, is?.value, below.changed, below.removed);
    if (below.changed.self || below.changed.children.size) changed.children.set(step, below.changed);
    if (below.removed.self || below.removed.children.size) removed.children.set(step, below.removed);
  }
}
