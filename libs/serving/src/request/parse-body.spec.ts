import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDepth, parseBody, parseJson } from './parse-body.ts';

const json = (text: string, duplicates = true) => parseJson(Buffer.from(text), duplicates);
const yaml = (text: string) => parseBody(Buffer.from(text), 'application/yaml', true);

describe('JSON bodies', () => {
  it('are read as they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(json(text)).toEqual({ value: JSON.parse(text), duplicates: [] });
      }),
    );
  });

  it.each(['', '{', 'nil', '{"a":1}}', '{"a":01}', '\u0000'])('%j is a BadRequest', (text) => {
    expect(() => json(text)).toThrow(expect.objectContaining({ reason: 'BadRequest' }));
  });

  it('may nest up to the limit and no further, brackets in strings left aside', () => {
    const nested = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
    expect(() => json(nested(maxDepth))).not.toThrow();
    expect(() => json(nested(maxDepth + 1))).toThrow('nested too deeply');
    expect(json(JSON.stringify({ text: '['.repeat(1000) + '\\"{' })).value).toEqual({
      text: '['.repeat(1000) + '\\"{',
    });
  });

  it.each([
    ['{"a":1,"a":2}', ['a']],
    ['{"m":{"x":1,"y":{},"x":2}}', ['m.x']],
    ['{"l":[{"k":1},{"k":1,"k":2}]}', ['l[1].k']],
    ['{"a":"a","b":{"a":1},"c":["a","a"]}', []],
    ['{"\\u0061":1,"a":2}', ['a']],
    ['{"a\\"b":1,"a\\"b":1}', ['a"b']],
  ])('%s has the duplicates %j', (text, expected) => {
    expect(json(text).duplicates).toEqual(expected);
  });
});

describe('YAML bodies', () => {
  it('are read by the core schema: dates and `yes` stay text', async () => {
    expect(await yaml('a: 1\nb: 2026-01-01\nc: yes\nd: &x [true]\ne: *x\n')).toEqual({
      value: { a: 1, b: '2026-01-01', c: 'yes', d: [true], e: [true] },
      duplicates: [],
    });
  });

  it('tell the keys that stand twice', async () => {
    expect((await yaml('a: {b: 1, b: 2}\n')).duplicates).toEqual(['b']);
  });

  it.each([
    [
      'an alias bomb',
      Array.from(
        { length: 9 },
        (_, i) => `k${i}: &k${i} [${i ? `*k${i - 1},`.repeat(9) : 'x,'.repeat(9)}]`,
      ).join('\n'),
    ],
    ['deep flow', '['.repeat(200_000)],
    ['deep dashes', '- '.repeat(100_000)],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['an unclosed string', 'a: "b'],
    ['tabs', 'a:\n\t- b'],
  ])('%s is a BadRequest, quickly', async (_, text) => {
    await expect(yaml(text)).rejects.toMatchObject({ reason: 'BadRequest' });
  });

  it('are taken up to a size that can be read in a moment', async () => {
    await expect(yaml(`a: ${'x'.repeat(1024 * 1024)}`)).rejects.toMatchObject({ code: 413 });
  });
});

describe('other bodies', () => {
  it('are an UnsupportedMediaType that names what is taken', async () => {
    await expect(parseBody(Buffer.from('x'), 'application/cbor')).rejects.toMatchObject({
      code: 415,
      message: expect.stringContaining('application/json, application/yaml') as string,
    });
  });
});
