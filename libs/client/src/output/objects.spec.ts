import { describe, expect, it } from 'vitest';
import { parseManifests } from '../manifests.ts';
import { createObjectPrinter, parseOutput } from './objects.ts';

const object = {
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: { name: 'a' },
  data: { text: 'two\nlines\n', yes: 'yes', number: '0400', plain: 'x: y', empty: '' },
  list: [{ b: 1, a: 2 }],
};

describe('printing objects', () => {
  it('writes YAML as kubectl does: sorted, lists not indented, what others would misread in quotes', () => {
    expect(createObjectPrinter({ kind: 'yaml' }).whole!(object)).toBe(`apiVersion: v1
data:
  empty: ""
  number: "0400"
  plain: 'x: y'
  text: |
    two
    lines
  "yes": "yes"
kind: ConfigMap
list:
- a: 2
  b: 1
metadata:
  name: a
`);
  });

  it('writes what it reads', () => {
    const text = createObjectPrinter({ kind: 'yaml' }).whole!(object);
    expect(parseManifests(text, 'x')[0]!.object).toEqual(object);
  });

  it('writes JSON sorted, with four blanks', () => {
    expect(createObjectPrinter({ kind: 'json' }).whole!({ b: 1, a: { d: 1, c: 2 } })).toBe(
      '{\n    "a": {\n        "c": 2,\n        "d": 1\n    },\n    "b": 1\n}\n',
    );
  });

  it.each(['xml', 'jsonpath=', 'go-template=', 'custom-columns=', 'custom-columns=NAME'])(
    'refuses -o %s',
    (text) => {
      expect(() => parseOutput(text)).toThrow('error: ');
    },
  );
});
