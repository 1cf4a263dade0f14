import { describe, expect, it } from 'vitest';
import { kinds } from '@gantry/api';
import { silentLogger } from '@gantry/base';
import { KindCache } from './cached/kind-cache.ts';
import { encodeValue, StoredEntry, withoutRevision, withRevision } from './entry.ts';
import { copyJson, equalJson } from './json.ts';

const kind = kinds.configMap;
const splice = (text: string) => withRevision(kind, Buffer.from(text), 7n).toString();

describe('the stored form', () => {
  it('gets its revision spliced in, and loses it again', () => {
    const value = encodeValue(kind, {
      metadata: { name: 'a', resourceVersion: '3' },
      data: { x: 'y' },
    } as never);
    expect(value.toString()).toBe(
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"data":{"x":"y"}}',
    );
    const bytes = withRevision(kind, value, 7n);
    expect(bytes.toString()).toBe(
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"resourceVersion":"7","name":"a"},"data":{"x":"y"}}',
    );
    expect(withoutRevision(kind, new StoredEntry(7n, bytes)).equals(value)).toBe(true);
  });

  it.each([
    ['in another order', '{"metadata":{"name":"a"},"kind":"ConfigMap","apiVersion":"v1"}'],
    ['with white space', '{"kind":"ConfigMap","apiVersion":"v1","metadata":{ "name":"a"}}\n'],
    ['with empty metadata', '{"kind":"ConfigMap","apiVersion":"v1","metadata":{}}'],
    [
      'with a revision of its own',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","resourceVersion":"1"}}',
    ],
    [
      'with that word elsewhere',
      '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"},"x":{"resourceVersion":"1"}}',
    ],
  ])('that another program wrote %s gets one revision', (_, text) => {
    const spliced = splice(text);
    const parsed = JSON.parse(spliced) as { metadata: { resourceVersion: string }; x?: unknown };
    expect(parsed.metadata.resourceVersion).toBe('7');
    expect(spliced.match(/"resourceVersion":"7"/g)).toHaveLength(1);
    if (text.includes('"x"')) expect(parsed.x).toEqual({ resourceVersion: '1' });
  });

  it.each(['', 'null', '[]', '{"metadata":null}', '{"metadata":3}', 'k8s\0'])(
    'that is no object (%j) is refused',
    (text) => {
      expect(() => splice(text)).toThrow();
    },
  );
});

describe('an entry', () => {
  const bytes = Buffer.from('{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a"}}');

  it('parses its object once, and again after it was told to let go of it', () => {
    const entry = new StoredEntry(7n, bytes);
    const first = entry.object;
    expect(entry.object).toBe(first);
    entry.release();
    expect(entry.object).not.toBe(first);
    expect(entry.object).toEqual(first);
  });

  it('is kept as bytes only once another has taken its place', () => {
    const limits = { maxChanges: 10, maxBytes: 1 << 20 };
    const cache = new KindCache(kind, limits, 0n, silentLogger);
    const [first, second] = [new StoredEntry(7n, bytes), new StoredEntry(8n, bytes)];
    const objects = [first.object, second.object];
    cache.apply('/registry/configmaps/default/a', first as never, 7n);
    cache.apply('/registry/configmaps/default/a', second as never, 8n);
    expect(first.object).not.toBe(objects[0]);
    expect(second.object).toBe(objects[1]);
  });
});

describe('JSON', () => {
  it('is copied without a way to the prototype', () => {
    const hostile = JSON.parse('{"a":{"__proto__":{"polluted":true}}}') as { a: object };
    const copy = copyJson(hostile);
    expect(Object.getPrototypeOf(copy.a)).toBe(Object.prototype);
    expect(JSON.stringify(copy)).toBe(JSON.stringify(hostile));
  });

  it('is equal whatever the order of its members', () => {
    expect(equalJson({ a: 1, b: [{ c: null }], d: undefined }, { b: [{ c: null }], a: 1 })).toBe(true);
    expect(equalJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(equalJson({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
    expect(equalJson([], {})).toBe(false);
  });
});
