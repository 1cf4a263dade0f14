import { StatusError } from '@gantry/base';
import { describe, expect, it } from 'vitest';
import { describeError } from './errors.ts';

describe('describeError', () => {
  it('words refusals as kubectl does', () => {
    expect(describeError(StatusError.notFound({ group: '', resource: 'pods' }, 'web'))).toBe(
      'Error from server (NotFound): pods "web" not found',
    );
  });

  it('lists the causes of an invalid object', () => {
    const causes = [
      { reason: 'FieldValueRequired', field: 'spec.a', message: 'Required value' },
      { reason: 'FieldValueInvalid', field: 'spec.b', message: 'Invalid value: 3' },
    ];
    const error = (count: number) =>
      new StatusError('Invalid', 'x', {
        details: { kind: 'Pod', name: 'web', causes: causes.slice(0, count) },
      });
    expect(describeError(error(1))).toBe('The Pod "web" is invalid: spec.a: Required value');
    expect(describeError(error(2))).toBe(
      'The Pod "web" is invalid:\n* spec.a: Required value\n* spec.b: Invalid value: 3',
    );
  });

  it('says of a server that is away only that', () => {
    const text =
      'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?';
    expect(describeError(StatusError.unavailable(text))).toBe(text);
  });

  it('puts error: before everything else, once', () => {
    expect(describeError(new Error('it broke'))).toBe('error: it broke');
    expect(describeError(new Error('error: it broke'))).toBe('error: it broke');
  });
});
