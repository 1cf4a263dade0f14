import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isStatus } from '@gantry/base';
import { decode } from '../decode.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject, Stored } from '../object.ts';
import { shapeOf } from '../shape.ts';
import { objectsOf } from '../testing/typed-objects.ts';
import { kindList } from './index.ts';

/** As a body of this content comes to the rules; undefined when the decoder refuses it. */
function decoded(kind: Kind, value: unknown): KubeObject | undefined {
  const object = structuredClone(value) as KubeObject & { spec?: object };
  if (decode(kind.schema, object).errors.length > 0) return undefined;
  object.metadata ??= {};
  if (shapeOf(kind.schema).fields?.get('spec')?.type === 'object') object.spec ??= {};
  return object;
}

/** One that has passed the rules, as it could be stored. */
function stored(kind: Kind, value: unknown): Stored | undefined {
  const object = decoded(kind, value);
  if (!object) return undefined;
  kind.defaults(object);
  Object.assign(object.metadata, { name: 'a', ...(kind.namespaced ? { namespace: 'default' } : {}) });
  return kind.validate(object).length === 0 ? (object as Stored) : undefined;
}

const subresource = fc.constantFrom(undefined, 'status', 'scale', 'ephemeralcontainers', 'binding');

describe('the rules of a kind can look at all that its decoder lets pass', () => {
  it.each(kindList.map((kind) => [kind.kind, kind] as const))('%s', (_, kind) => {
    fc.assert(
      fc.property(objectsOf(kind), objectsOf(kind), subresource, (some, other, part) => {
        const object = decoded(kind, some);
        if (!object) return;
        kind.defaults(object);
        kind.prepareForCreate(structuredClone(object));
        const causes = [...kind.validate(object), ...kind.validateCreate(object)];
        if (causes.length === 0) kind.warnings(object, undefined, undefined);
        const old = stored(kind, other);
        if (!old) return;
        for (const column of kind.columns) column.value(old, 0);
        for (const read of Object.values(kind.selectableFields)) expect(read(old)).toBeTypeOf('string');
        kind.gracePeriodSeconds?.(old, 1);
        try {
          kind.prepareForUpdate(object, old, part);
          if (kind.validateUpdate(object, old, part).length === 0) kind.warnings(object, old, part);
        } catch (error) {
          if (!isStatus(error)) throw error;
        }
      }),
      { seed: 20261126, numRuns: 300 },
    );
  });
});
