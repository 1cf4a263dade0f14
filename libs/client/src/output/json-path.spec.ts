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
    ['{.items[*].metadata["name"]}', 'a b'],
  ])('%s gives %j', (template, expected) => {
    expect(parseJsonPath(template).render(data)).toBe(expected);
  });

  it.each(['{.a', '{range .items[*]}x', '{end}', '{.items[}', '{.items[x y]}'])(
    '%s is refused',
    (template) => {
      expect(() => parseJsonPath(template)).toThrow(JsonPathError);
    },
  );

  it('names the missing field when it may not be missing', () => {
    expect(() => parseJsonPath('{.status.replicas}').render({ status: {} }, { allowMissing: false })).toThrow(
      'replicas is not found',
    );
  });
});
