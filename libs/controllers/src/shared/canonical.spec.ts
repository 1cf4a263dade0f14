import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalJson, alike } from './canonical.ts';

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(undefined, null, '', 'a', 0, 1, true, false),
    fc.array(tie('value'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { noNullPrototype: true }),
  ),
}));

it('two values are alike exactly when their canonical texts are', () => {
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(alike(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      expect(alike(a, structuredClone(a))).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
