import { StatusError, type StatusCause } from '@gantry/base';

// One constructor per kind of fault, with upstream's words. Source: k8s.io/apimachinery
// `pkg/util/validation/field/errors.go`; the `reason`s are `CauseType`s of meta/v1.

export function required(field: string, detail = ''): StatusCause {
  return { reason: 'FieldValueRequired', message: withDetail('Required value', detail), field };
}

export function invalid(field: string, value: unknown, detail: string): StatusCause {
  return {
    reason: 'FieldValueInvalid',
    message: withDetail(`Invalid value: ${shown(value)}`, detail),
    field,
  };
}

/** `supported` in the order upstream names them: sorted where it keeps them in a set, as they are where it keeps a list. */
export function notSupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const values = supported.map((each) => JSON.stringify(each));
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}${values.length ? `: supported values: ${values.join(', ')}` : ''}`,
    field,
  };
}

export function duplicate(field: string, value: unknown, detail = ''): StatusCause {
  return {
    reason: 'FieldValueDuplicate',
    message: withDetail(`Duplicate value: ${shown(value)}`, detail),
    field,
  };
}

export function forbidden(field: string, detail: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field };
}

export function notFound(field: string, value: unknown, detail = ''): StatusCause {
  return { reason: 'FieldValueNotFound', message: withDetail(`Not found: ${shown(value)}`, detail), field };
}

/** `most` is in bytes. */
export function tooLong(field: string, most: number): StatusCause {
  return { reason: 'FieldValueTooLong', message: `Too long: may not be more than ${most} bytes`, field };
}

export function tooMany(field: string, actual: number, most: number): StatusCause {
  return {
    reason: 'FieldValueTooMany',
    message: `Too many: ${actual}: must have at most ${most} ${most === 1 ? 'item' : 'items'}`,
    field,
  };
}

export function immutable(field: string, value: unknown): StatusCause {
  return invalid(field, value, 'field is immutable');
}

function withDetail(text: string, detail: string): string {
  return detail ? `${text}: ${detail}` : text;
}

const mostShown = 512;

/** The value in an error: enough to recognize it, not so much that a large one floods the answer. */
function shown(value: unknown): string {
  const text = value === undefined ? 'null' : JSON.stringify(value, sortedMaps);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
}

/** Go writes maps by their sorted keys. What has only texts is taken for one: labels, selectors. */
function sortedMaps(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof GoStruct)
    return value;
  const entries = Object.entries(value);
  if (entries.length < 2 || !entries.every(([, each]) => typeof each === 'string')) return value;
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

class GoStruct {}

/**
 * A value as upstream's internal type of it is written in errors: its members in the order of the Go struct and under
 * Go's names, those that are absent as null (or as `zero` says). `members` maps Go's names to the API's.
 */
export function goStruct(
  value: object,
  members: Readonly<Record<string, string>>,
  zero: Readonly<Record<string, unknown>> = {},
): object {
  const struct = new GoStruct() as Record<string, unknown>;
  for (const [goName, name] of Object.entries(members))
    struct[goName] = (value as Record<string, unknown>)[name] ?? zero[goName] ?? null;
  return struct;
}

/** The 422 of a bad object: `Pod "x" is invalid: spec.containers: Required value`. */
export function invalidObject(
  kind: { group: string; kind: string },
  name: string,
  causes: readonly StatusCause[],
): StatusError {
  const texts = [...new Set(causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)))];
  return new StatusError(
    'Invalid',
    `${kind.kind}${kind.group ? `.${kind.group}` : ''} ${JSON.stringify(name)} is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
    {
      details: { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.kind, causes: [...causes] },
    },
  );
}
