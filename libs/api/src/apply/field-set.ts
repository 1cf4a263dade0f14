import { isObject } from '../json.ts';

/**
 * A set of fields of an object, as a tree of path steps in the notation of `FieldsV1`: `f:name` a member, `k:{…}` the
 * element of a list with these keys, `v:…` an element of a set. Source: KEP-555 and sigs.k8s.io/structured-merge-diff
 * `fieldpath`.
 */
export class FieldSet {
  /** Whether the place itself is in the set, beside what is below it. */
  self = false;
  readonly children = new Map<string, FieldSet>();

  /** Reads `FieldsV1`. What is none is the empty set, and depth is bounded: it comes from outside. */
  static parse(fields: unknown, depth = 0): FieldSet {
    const set = new FieldSet();
    if (!isObject(fields) || depth > 100) return set;
    const steps = Object.keys(fields);
    for (const step of steps) {
      if (step === '.') set.self = true;
      else set.children.set(step, FieldSet.parse(fields[step], depth + 1));
    }
    if (steps.length === 0 && depth > 0) set.self = true;
    return set;
  }

  /** Writes `FieldsV1`. */
  toFields(): Record<string, unknown> {
    const fields: Record<string, unknown> = {};
    if (this.self && this.children.size) fields['.'] = {};
    for (const step of [...this.children.keys()].sort()) {
      const child = this.children.get(step)!;
      if (!child.isEmpty()) fields[step] = child.toFields();
    }
    return fields;
  }

  child(step: string): FieldSet {
    let child = this.children.get(step);
    if (!child) this.children.set(step, (child = new FieldSet()));
    return child;
  }

  isEmpty(): boolean {
    if (this.self) return false;
    for (const child of this.children.values()) if (!child.isEmpty()) return false;
    return true;
  }

  union(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a || b);
  }

  difference(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && !b);
  }

  intersection(other: FieldSet): FieldSet {
    return combine(this, other, (a, b) => a && b);
  }

  equals(other: FieldSet): boolean {
    return this.difference(other).isEmpty() && other.difference(this).isEmpty();
  }

  /** The paths in the set, as upstream prints them: `.spec.containers[name="a"].image`. */
  *paths(prefix = ''): Generator<string> {
    if (this.self) yield prefix;
    for (const step of [...this.children.keys()].sort())
      yield* this.children.get(step)!.paths(prefix + printed(step));
  }
}

function combine(
  a: FieldSet | undefined,
  b: FieldSet | undefined,
  rule: (a: boolean, b: boolean) => boolean,
): FieldSet {
  const result = new FieldSet();
  result.self = rule(a?.self ?? false, b?.self ?? false);
  for (const step of new Set([...(a?.children.keys() ?? []), ...(b?.children.keys() ?? [])])) {
    const child = combine(a?.children.get(step), b?.children.get(step), rule);
    if (child.self || child.children.size) result.children.set(step, child);
  }
  return result;
}

function printed(step: string): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  if (!step.startsWith('k:')) return `[${text}]`;
  try {
    const keys = JSON.parse(text) as Record<string, unknown>;
    return `[${Object.entries(keys)
      .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      .join(',')}]`;
  } catch {
    return `[${text}]`;
  }
}
