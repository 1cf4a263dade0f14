import { isStatus } from '@gantry/base';
import fc from 'fast-check';
import { applyPatch, createPatch } from 'rfc6902';
import { describe, expect, it } from 'vitest';
import { applyJsonPatch } from './json-patch.ts';

const document = { data: { a: '1', list: ['x', 'y'], 'b/c~d': 1 } };

describe('a JSON patch', () => {
  it.each([
    [
      { op: 'add', path: '/data/z', value: 1 },
      { a: '1', list: ['x', 'y'], 'b/c~d': 1, z: 1 },
    ],
    [
      { op: 'add', path: '/data/list/1', value: 'n' },
      { a: '1', list: ['x', 'n', 'y'], 'b/c~d': 1 },
    ],
    [
      { op: 'add', path: '/data/list/-', value: 'n' },
      { a: '1', list: ['x', 'y', 'n'], 'b/c~d': 1 },
    ],
    [
      { op: 'remove', path: '/data/list/0' },
      { a: '1', list: ['y'], 'b/c~d': 1 },
    ],
    [
      { op: 'replace', path: '/data/b~1c~0d', value: null },
      { a: '1', list: ['x', 'y'], 'b/c~d': null },
    ],
    [
      { op: 'move', from: '/data/a', path: '/data/q' },
      { list: ['x', 'y'], 'b/c~d': 1, q: '1' },
    ],
    [
      { op: 'copy', from: '/data/list', path: '/data/a' },
      { a: ['x', 'y'], list: ['x', 'y'], 'b/c~d': 1 },
    ],
    [{ op: 'test', path: '/data/list', value: ['x', 'y'] }, document.data],
    [{ op: 'replace', path: '', value: { data: 1 } }, 1],
  ])('%j', (operation, data) => {
    expect(applyJsonPatch(document, [operation])).toEqual({ data });
    expect(document.data.list).toEqual(['x', 'y']);
  });

  it.each([
    [{ op: 'test', path: '/data/a', value: 'no' }, 'testing value /data/a failed: test failed'],
    [
      { op: 'remove', path: '/data/none' },
      "error in remove for path: '/data/none': Unable to remove nonexistent key: none: missing value",
    ],
    [
      { op: 'remove', path: '/none/x' },
      'remove operation does not apply: doc is missing path: "/none/x": missing value',
    ],
    [
      { op: 'replace', path: '/data/none', value: 1 },
      'replace operation does not apply: doc is missing key: /data/none: missing value',
    ],
    [
      { op: 'add', path: '/none/x', value: 1 },
      'add operation does not apply: doc is missing path: "/none/x": missing value',
    ],
    [{ op: 'add', path: '/data/list/5', value: 1 }, 'Unable to access invalid index: 5'],
    [{ op: 'add', path: '/data/list/01', value: 1 }, 'Unable to access invalid index: 01'],
    [{ op: 'copy', from: '/x', path: '/y' }, 'doc is missing from path: /x'],
    [{ op: 'move', from: '/data', path: '/data/a' }, "cannot move '/data' into"],
    [{ op: 'remove', path: '' }, 'remove operation does not apply'],
    [{ op: 'leap', path: '/a' }, 'Unexpected kind: leap'],
    [{ op: 'remove', path: '/toString' }, 'Unable to remove nonexistent key'],
    [{ op: 'add', path: '/data/a/b', value: 1 }, 'add operation does not apply'],
  ])('%j is refused as invalid: %s', (operation, words) => {
    const run = () => applyJsonPatch(document, [operation]);
    expect(run).toThrow(expect.toSatisfy((error) => isStatus(error, 'Invalid')));
    expect(run).toThrow(words);
  });

  it.each([{}, 'x', null, [1], [{ op: 'add' }], [{ path: '/a' }]])('%j is a bad request', (patch) => {
    expect(() => applyJsonPatch(document, patch)).toThrow(
      expect.toSatisfy((error) => isStatus(error, 'BadRequest')),
    );
  });

  it('is bounded in operations, and in what its copies add up to', () => {
    const many = Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/data/a', value: '1' }));
    const doubling = Array.from({ length: 60 }, (_, index) => ({ op: 'copy', from: '', path: `/c${index}` }));
    for (const patch of [many, doubling])
      expect(() => applyJsonPatch({ data: { a: '1'.repeat(1000) } }, patch)).toThrow(
        expect.toSatisfy((error) => isStatus(error, 'RequestEntityTooLarge', 'Invalid')),
      );
    expect(() => applyJsonPatch({ a: '1'.repeat(1000) }, doubling)).toThrow('exceeding the limit');
  });

  it('cannot reach a prototype', () => {
    const patched = applyJsonPatch<Record<string, unknown>>({ a: {} }, [
      { op: 'add', path: '/__proto__', value: { polluted: true } },
      { op: 'add', path: '/a/constructor', value: 1 },
    ]);
    expect(Object.getPrototypeOf(patched)).toBe(Object.prototype);
    expect(Object.hasOwn(patched, '__proto__')).toBe(true);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(() => applyJsonPatch({}, [{ op: 'add', path: '/constructor/prototype/x', value: 1 }])).toThrow(
      'missing path',
    );
  });

  it('does what the rfc6902 package does, on everything that package makes', () => {
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.nat(3),
        fc.constantFrom('a', 'b', null),
        tie('array'),
        tie('object'),
      ),
      array: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(fc.constantFrom('x', 'y/z', '~q', ''), tie('value'), { maxKeys: 4 }),
    })).object;
    fc.assert(
      fc.property(json, json, (from, to) => {
        const patch = createPatch(from, to);
        const theirs = structuredClone(from);
        const failed = applyPatch(theirs, patch).some(Boolean);
        expect(failed).toBe(false);
        expect(applyJsonPatch(from, patch)).toEqual(theirs);
        expect(applyJsonPatch(from, patch)).toEqual(to);
      }),
    );
  });
});
