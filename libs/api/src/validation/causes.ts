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

export function notSupported(field: string, value: unknown, supported: readonly string[]): StatusCause {
  const values = [...supported].sort().map((each) => JSON.stringify(each));
  return {
    reason: 'FieldValueNotSupported',
    message: `Unsupported value: ${shown(value)}${values.length ? `: supported values: ${values.join(', ')}` : ''}`,
    field,
  };
}

export function duplicate(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueDuplicate', message: `Duplicate value: ${shown(value)}`, field };
}

export function forbidden(field: string, detail: string): StatusCause {
  return { reason: 'FieldValueForbidden', message: `Forbidden: ${detail}`, field };
}

export function notFound(field: string, value: unknown): StatusCause {
  return { reason: 'FieldValueNotFound', message: `Not found: ${shown(value)}`, field };
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
  const text = value === undefined ? 'null' : JSON.stringify(value);
  return text.length > mostShown ? `${text.slice(0, mostShown)}…` : text;
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
