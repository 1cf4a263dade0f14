import { describe, expect, it } from 'vitest';
import { maxDepth, parseBody } from './parse-body.ts';
import { maxLexemes } from './parse-yaml.ts';

const yaml = (text: string) => parseBody(Buffer.from(text), 'application/yaml', true);
const value = async (text: string) => (await yaml(text)).value;

describe('YAML bodies', () => {
  it.each([
    ['0400', 256],
    ['-010', -8],
    ['0o17', 15],
    ['0x1F', 31],
    ['0b101', 5],
    ['1_000', 1000],
    ['08', 8],
    ['1e3', 1000],
    ['.5', 0.5],
    ['yes', true],
    ['Off', false],
    ['y', true],
    ['~', null],
    ['', null],
    ['"yes"', 'yes'],
    ['!!str 0400', '0400'],
    ['!!binary aGk=', 'hi'],
    ['2026-01-01', '2026-01-01'],
    ['12:30:45', '12:30:45'],
    ['1.2.3', '1.2.3'],
  ])('mean by `a: %s` what kubectl and sigs.k8s.io/yaml mean by it', async (text, expected) => {
    expect(await value(`a: ${text}\n`)).toEqual({ a: expected });
    expect(await value(`%YAML 1.1\n---\na: ${text}\n`)).toEqual({ a: expected });
  });

  it('have keys of text, which numbers and booleans become', async () => {
    expect(JSON.stringify(await value('? 1\n: a\nyes: b\n0x10: c\n__proto__: d\n'))).toBe(
      '{"1":"a","16":"c","true":"b","__proto__":"d"}',
    );
  });

  it('may have anchors, aliases and merges, where what stands in a mapping itself goes first', async () => {
    const text = 'd: &x [true]\ne: *x\nf: &m {a: 1, b: 2}\ng: {<<: *m, b: 3}\nh: {b: 4, <<: [*m, {c: 5}]}\n';
    const read = (await yaml(text)) as { value: { d: unknown; e: unknown } & object; complaints: string[] };
    expect(read).toMatchObject({
      value: {
        ...{ d: [true], e: [true], f: { a: 1, b: 2 } },
        ...{ g: { a: 1, b: 3 }, h: { a: 1, b: 4, c: 5 } },
      },
      complaints: [],
    });
    expect(read.value.d).not.toBe(read.value.e);
  });

  it('give an alias what its anchor stood for at that place', async () => {
    expect(await value('a: &a 1\nb: &b [*a]\nc: &a 2\nd: *b\n')).toEqual({ a: 1, b: [1], c: 2, d: [1] });
  });

  it('tell the lines of keys that stand twice, in upstream’s words', async () => {
    expect((await yaml('a: {b: 1, b: 2}\nc: 1\nc: 2\n')).complaints).toEqual([
      'yaml: unmarshal errors:\n  line 1: key "b" already set in map\n  line 3: key "c" already set in map',
    ]);
  });

  it('may end with a line of dashes', async () => {
    expect(await value('---\na: 1\n---\n')).toEqual({ a: 1 });
  });

  const bomb = (last: string) =>
    Array.from(
      { length: 9 },
      (_, i) => `k${i}: &k${i} [${i ? `*k${i - 1},`.repeat(9) : 'x,'.repeat(9)}]`,
    ).join('\n') + last;

  it.each([
    ['an alias bomb', bomb(''), 'excessive aliasing'],
    ['a mapping merged too often', bomb('\nz: {<<: [*k8]}'), 'excessive aliasing'],
    ['what contains itself', 'a: &a [1, *a]', "line 1: anchor 'a' value contains itself"],
    ['an alias without its anchor', 'a: 1\nb: *a', "line 2: unknown anchor 'a' referenced"],
    ['a merge of what is no mapping', 'a: {<<: 1}', 'map merge requires map'],
    ['a list as a key', '[1]: 2', 'invalid map key'],
    ['infinity', 'a: .inf', 'unsupported value'],
    ['deep flow', '['.repeat(200_000), 'nested too deeply'],
    ['deep dashes', '- '.repeat(100_000), 'nested too deeply'],
    [
      'depth by aliases',
      Array.from(
        { length: 4 },
        (_, i) => `k${i}: &k${i} ${'['.repeat(90)}${i ? `*k${i - 1}` : 1}${']'.repeat(90)}`,
      ).join('\n'),
      'nested too deeply',
    ],
    ['two documents', 'a: 1\n---\nb: 2\n', 'more than one document'],
    ['many documents', '---\n'.repeat(1000), 'more than one document'],
    ['directives of no meaning', '%a\n'.repeat(100_000), 'unknown directive'],
    ['an unclosed string', 'a: "b', 'Missing closing'],
    ['tabs', 'a:\n\t- b', 'line 2: Tabs'],
  ])('%s is a BadRequest', async (_, text, why) => {
    await expect(yaml(text)).rejects.toMatchObject({
      reason: 'BadRequest',
      message: expect.stringContaining(why) as string,
    });
  });

  it(`may nest ${maxDepth} levels`, async () => {
    await expect(yaml('['.repeat(maxDepth) + ']'.repeat(maxDepth))).resolves.toBeDefined();
    await expect(yaml('['.repeat(maxDepth + 1) + ']'.repeat(maxDepth + 1))).rejects.toThrow('too deeply');
  });

  it('are taken up to a number of bytes, and of what has to be looked at', async () => {
    await expect(yaml(`a: ${'x'.repeat(1024 * 1024)}`)).rejects.toMatchObject({ code: 413 });
    await expect(yaml(`[${'1,'.repeat(maxLexemes / 2)}]`)).rejects.toMatchObject({ code: 413 });
    await expect(yaml(`a: |\n${'  a line of text\n'.repeat(50_000)}`)).resolves.toBeDefined();
    const item =
      '- metadata: {name: x, labels: {app: web}}\n  data:\n    key: "some value"\n    other: plain words\n';
    expect(await value(item.repeat(3000))).toHaveLength(3000);
  });

  it('with ten thousand anchors are read in linear time', async () => {
    const pairs = Array.from({ length: 10_000 }, (_, i) => `- &a${i} ${i}\n- *a${i}\n`).join('');
    expect(await value(pairs)).toHaveLength(20_000);
  });

  it('let other work run while a large one is read, and are read one at a time', async () => {
    const large = `[${'[],'.repeat(30_000)}]`;
    let turns = 0;
    const order: string[] = [];
    const reading = Promise.all([
      yaml(large).then(() => order.push('large')),
      yaml('a: 1').then(() => order.push('small')),
    ]);
    const turn = () => {
      turns++;
      if (order.length < 2) setImmediate(turn);
    };
    setImmediate(turn);
    await reading;
    expect(order).toEqual(['large', 'small']);
    expect(turns).toBeGreaterThan(3);
  });
});
