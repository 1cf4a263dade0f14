import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxDepth, parseBody, parseJson } from './parse-body.ts';

const json = (text: string, duplicates = true) => parseJson(Buffer.from(text), duplicates);

describe('JSON bodies', () => {
  it('are read as they are', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(json(text)).toEqual({ value: JSON.parse(text), complaints: [] });
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
    expect(json(text).complaints).toEqual(expected.map((path) => `duplicate field ${JSON.stringify(path)}`));
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
