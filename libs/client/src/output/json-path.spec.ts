import { describe, expect, it } from 'vitest';
import { JsonPathError, parseJsonPath } from './json-path.ts';

const data = {
  kind: 'List',
  items: [
    {
      metadata: { name: 'a', labels: { 'app.example/x': 'web' } },
      status: {
        ready: true,
        n: 3,
        addresses: [
          { type: 'InternalIP', address: '10.0.0.1' },
          { type: 'Hostname', address: 'h' },
        ],
      },
    },
    { metadata: { name: 'b' }, status: { ready: false, n: 5 } },
  ],
};

describe('a JSONPath template', () => {
  it.each([
    ['{.kind}', 'List'],
    ['.kind', 'List'],
    ['kind', 'List'],
    ['{$.kind}', 'List'],
    ['{.items[*].metadata.name}', 'a b'],
    ['{.items[0].metadata.name}{"\\n"}', 'a\n'],
    ['{.items[-1].metadata.name}', 'b'],
    ['{.items[0:1].metadata.name}', 'a'],
    ['{range .items[*]}{.metadata.name}={.status.n}{"\\n"}{end}', 'a=3\nb=5\n'],
    ['{.items[?(@.metadata.name=="b")].status.n}', '5'],
    ['{.items[?(@.status.n>3)].metadata.name}', 'b'],
    ['{.items[?(@.status.ready==true)].metadata.name}', 'a'],
    ['{.items[?(@.status.addresses)].metadata.name}', 'a'],
    ['{.items[0].status.addresses[?(@.type=="InternalIP")].address}', '10.0.0.1'],
    ['{.items[0].metadata.labels.app\\.example/x}', 'web'],
    ["{.items[0].metadata.labels['app.example/x']}", 'web'],
    ['{..name}', 'a b'],
    ['{.items[0].metadata.labels}', '{"app.example/x":"web"}'],
    ['{.nothing.here}', ''],
    ['plain {.kind} text', 'plain List text'],
    ["{['kind']}", 'List'],
    ["{.items[0].metadata.labels['app\\.example/x']}", 'web'],
    ['{.kind}{1}{true}{-1.5}', 'List1true-1.5'],
    ['{range .items[*]}{.metadata.name}', 'ab'],
    ['{.items[*].metadata["name"]}', 'a b'],
  ])('%s gives %j', (template, expected) => {
    expect(parseJsonPath(template).render(data)).toBe(expected);
  });

  it.each(['{.a', '{end}', '{.items[}', '{.items[x y]}'])('%s is refused', (template) => {
    expect(() => parseJsonPath(template)).toThrow(JsonPathError);
  });

  it('has no member of a list beyond its end, but may be asked for one', () => {
    expect(() => parseJsonPath('{.items[2].kind}').render(data)).toThrow(
      'array index out of bounds: index 2, length 2',
    );
    expect(parseJsonPath('{.items[2].kind}').values(data)).toEqual([]);
    expect(parseJsonPath('{.items[?(@.status.addresses[5].type=="x")]}').render(data)).toBe('');
  });

  it('names the missing field when it may not be missing', () => {
    expect(() => parseJsonPath('{.status.replicas}').render({ status: {} }, { allowMissing: false })).toThrow(
      'replicas is not found',
    );
  });
});
