import { StatusError, type StatusCause } from '@gantry/base';
import type { Kind } from '@gantry/api';

/** One Invalid error with all causes, in upstream's words (apimachinery `pkg/api/errors`, `NewInvalid`). */
export function invalid(kind: Kind, name: string, causes: readonly StatusCause[]): StatusError {
  const lines = [...new Set(causes.map(({ field, message }) => (field ? `${field}: ${message}` : message)))];
  const qualified = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  const why = lines.length === 1 ? lines[0] : `[${lines.join(', ')}]`;
  return new StatusError('Invalid', `${qualified} ${JSON.stringify(name)} is invalid: ${why}`, {
    details: {
      name,
      ...(kind.group ? { group: kind.group } : {}),
      kind: kind.kind,
      causes: [...causes],
    },
  });
}

export const requiredValue = (field: string, detail = ''): StatusCause => ({
  reason: 'FieldValueRequired',
  message: detail ? `Required value: ${detail}` : 'Required value',
  field,
});

export const forbidden = (field: string, detail: string): StatusCause => ({
  reason: 'FieldValueForbidden',
  message: `Forbidden: ${detail}`,
  field,
});

export const immutable = (field: string, value: unknown): StatusCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value) ?? 'null'}: field is immutable`,
  field,
});
