import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { parse } from 'yaml';
import { yamlOptions } from '@gantry/api';
import { formatYaml, naturalOrder } from './yaml.ts';

// Expected is what kubectl 1.32 writes of these values.
describe('formatYaml', () => {
  it.each([
    ['', '""'],
    [' ', "' '"],
    ['true', '"true"'],
    ['y', '"y"'],
    ['01', '"01"'],
    ['1_000', '"1_000"'],
    ['5.', '"5."'],
    ['1e3', '"1e3"'],
    ['.5', '".5"'],
    ['12:30', '"12:30"'],
    ['1:99', '1:99'],
    ['2026-01-01T00:00:00Z', '"2026-01-01T00:00:00Z"'],
    ['-', "'-'"],
    ['--', '--'],
    ['...a', "'...a'"],
    ['a: b', "'a: b'"],
    ['a:b', 'a:b'],
    ['a #b', "'a #b'"],
    ["'a'", "'''a'''"],
    ["it's", "it's"],
    ['a\tb', String.raw`"a\tb"`],
    ['a \nb', String.raw`"a \nb"`],
    ['\u0001\u001b', String.raw`"\x01\e"`],
    ['\ufeff', String.raw`"\uFEFF"`],
    ['😀 é', String.raw`"\U0001F600 é"`],
    ['a\nb', '|-\n  a\n  b'],
    ['a\n\n', '|+\n  a\n'],
    [' a\nb\n', '|2\n   a\n  b'],
  ])('%j', (text, expected) => {
    expect(formatYaml({ k: text })).toBe(`k: ${expected}\n`);
  });

  it('folds long lines at the first blank beyond column 80', () => {
    const words = Array(40).fill('word').join(' ');
    expect(formatYaml({ k: words })).toBe(
      `k: ${Array(16).fill('word').join(' ')}\n  ${Array(16).fill('word').join(' ')}\n  ${Array(8).fill('word').join(' ')}\n`,
    );
    expect(formatYaml({ k: `${'x'.repeat(90)} y: z` })).toBe(`k: '${'x'.repeat(90)}\n  y: z'\n`);
  });

  it('nests lists and maps, and gives long keys a line', () => {
    const long = 'a'.repeat(130);
    expect(formatYaml({ b: [[1, []], { d: {}, c: null }], a: {}, [long]: [true] })).toBe(
      `a: {}\n? ${long}\n: - true\nb:\n- - 1\n  - []\n- c: null\n  d: {}\n`,
    );
  });

  it('writes what is read as the same again', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 120 }),
      fc.string({ unit: fc.constantFrom(' ', '\n', ':', '#', 'a', '-', "'", '"', '1'), maxLength: 120 }),
    );
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const key = fc.string({ maxLength: 140 }).filter((each) => each !== '__proto__');
    const list = fc.array(fc.oneof(leaf, fc.array(leaf, { maxLength: 2 })), { maxLength: 3 });
    const json = fc.dictionary(key, fc.oneof(leaf, list), { maxKeys: 3, noNullPrototype: true });
    fc.assert(
      fc.property(json, (value) => {
        expect(parse(formatYaml(value), { ...yamlOptions, merge: false, logLevel: 'silent' })).toEqual(value);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

describe('naturalOrder', () => {
  it('counts', () => {
    expect(['a10', 'b', 'a2', 'a.b', 'a', 'A', 'a1'].sort(naturalOrder)).toEqual([
      'A',
      'a',
      'a.b',
      'a1',
      'a2',
      'a10',
      'b',
    ]);
  });
});
