import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseManifests, readManifests } from './manifests.ts';

const configMap = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;
const namesOf = (manifests: { object: { metadata: { name?: string } } }[]) =>
  manifests.map(({ object }) => object.metadata.name);

describe('parseManifests', () => {
  it('reads several documents, empty ones among them, and Lists', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: c}}\n';
    expect(
      namesOf(
        parseManifests(`${configMap('a')}---\n---\n# nothing\n---\n${configMap('b')}---\n${list}`, 'x'),
      ),
    ).toEqual(['a', 'b', 'c']);
  });

  it('reads JSON', () => {
    expect(
      namesOf(parseManifests('{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}', 'x')),
    ).toEqual(['a']);
  });

  // Each as kubectl 1.32 has it: `create --dry-run=client -o json`.
  it.each([
    ['0400', 256],
    ['-010', -8],
    ['0o400', 256],
    ['08', 8],
    ['0x1F', 31],
    ['0b11', 3],
    ['1_000', 1000],
    ['+5', 5],
    ['1e3', 1000],
    ['yes', true],
    ['n', false],
    ['Off', false],
    ['"no"', 'no'],
    ['"0400"', '0400'],
    ['1:30', '1:30'],
    ['2001-01-01', '2001-01-01'],
    ['~', null],
    ['yesterday', 'yesterday'],
  ])('takes %s for what kubectl takes it for', (text, value) => {
    const [manifest] = parseManifests(`${configMap('a')}value: ${text}\n`, 'x');
    expect((manifest!.object as { value?: unknown }).value).toEqual(value);
  });

  it('merges maps', () => {
    const [manifest] = parseManifests(`base: &b {a: 1}\n${configMap('a')}data: {<<: *b, c: 2}\n`, 'x');
    expect((manifest!.object as { data?: object }).data).toEqual({ a: 1, c: 2 });
  });

  it('refuses an alias bomb at once', () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(', ')}]`,
    );
    const bomb = `${configMap('a')}l0: &l0 [x, x]\n${levels.join('\n')}\n`;
    expect(() => parseManifests(bomb, 'bomb.yaml')).toThrow(/bomb\.yaml.*alias/i);
  });

  it.each([
    ['a: [', /error parsing file\.yaml: .*line/],
    ['a: 1\n  b: 2\n', /error parsing file\.yaml: .*line/],
    ['just text', /file\.yaml: not an object/],
    ['- 1', /file\.yaml: not an object/],
    ['apiVersion: v1\nmetadata: {name: a}', /file\.yaml: Object 'Kind' is missing/],
    ['kind: Pod\nmetadata: {name: a}', /file\.yaml: Object 'apiVersion' is missing/],
    ['apiVersion: v1\nkind: Pod', /file\.yaml: Pod without metadata\.name/],
    [`${configMap('a')}---\nkind: Pod`, /file\.yaml, document 2: Object 'apiVersion' is missing/],
  ])('says what is wrong with %j, and where', (text, message) => {
    expect(() => parseManifests(text, 'file.yaml')).toThrow(message);
  });
});

describe('readManifests', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'manifests-'));
    mkdirSync(join(folder, 'deeper'));
    writeFileSync(join(folder, 'b.yaml'), configMap('b'));
    writeFileSync(join(folder, 'a.json'), '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}');
    writeFileSync(join(folder, 'notes.txt'), 'not: [yaml');
    writeFileSync(join(folder, 'deeper', 'c.yml'), configMap('c'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the files of a folder in order, deeper ones when told', async () => {
    expect(namesOf(await readManifests([folder]))).toEqual(['a', 'b']);
    expect(namesOf(await readManifests([folder], { recursive: true }))).toEqual(['a', 'b', 'c']);
  });

  it('reads standard input', async () => {
    const stdin = () => Promise.resolve(Buffer.from(configMap('s')));
    expect(namesOf(await readManifests(['-'], { stdin }))).toEqual(['s']);
  });

  it('names a path that is not there', async () => {
    await expect(readManifests(['/nowhere/x.yaml'])).rejects.toThrow(
      'the path "/nowhere/x.yaml" does not exist',
    );
  });

  it('says when there is nothing', async () => {
    await expect(
      readManifests(['-'], { stdin: () => Promise.resolve(Buffer.from('\n---\n')) }),
    ).rejects.toThrow('no objects passed to apply');
  });
});
