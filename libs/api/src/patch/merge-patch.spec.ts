import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMergePatch } from './merge-patch.ts';

describe('a JSON merge patch', () => {
  // The examples of RFC 7386, appendix A, whose patches are objects.
  it.each([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [['a', 'b'], { a: 1 }, { a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('%j with %j is %j', (document, patch, result) => {
    const before = structuredClone(document);
    expect(applyMergePatch<unknown>(document, patch)).toEqual(result);
    expect(document).toEqual(before);
  });

  it('has to be an object', () => {
    expect(() => applyMergePatch({}, [])).toThrow('a merge patch is an object');
  });

  it('twice is the same as once, and never touches a prototype', () => {
    const json = fc.dictionary(
      fc.constantFrom('a', 'b', '__proto__', 'constructor'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    fc.assert(
      fc.property(json, json, (document, patch) => {
        const once = applyMergePatch<object>(document, patch);
        expect(applyMergePatch<object>(once, patch)).toEqual(once);
        expect(Object.getPrototypeOf(once)).toBe(Object.prototype);
      }),
    );
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ) as unknown;
    applyMergePatch({}, hostile);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
