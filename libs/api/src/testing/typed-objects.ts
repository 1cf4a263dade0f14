import fc from 'fast-check';
import { apiVersionOf, type Kind } from '../kind.ts';
import { shapeOf, type Shape } from '../shape.ts';

const words =
  '0 -1 1e9 9999999999999999999 true null {} [] .. . / % %2e%2e %00 %zz a x default __proto__ constructor toString ä \\ " ' +
  'a=b a,b = != ! metadata.name=a spec.nodeName!=\\, Orphan All Exact NotOlderThan Strict';
const nasty = fc.constantFrom(...words.split(' '), '', 'a b', '\u0000', 'a in (b,c)', 'a notin ()');
/** What looks like something else, mostly. */
export const text = fc.oneof(
  { weight: 4, arbitrary: nasty },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);
/** Values of the right types, and of hardly anything else that the kind would want: what gets past the decoder. */
function valueOf(shape: Shape, depth: number): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'string':
      if (shape.format === 'quantity') return fc.constantFrom('0', '1', '-1', '500m', '1Gi', '1e3', '0.0001');
      if (shape.format === 'date-time')
        return fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.5+01:00');
      if (shape.format === 'byte') return fc.constantFrom('', 'YQ==');
      return fc.oneof(
        text,
        fc.constantFrom('a', 'c', 'TCP', 'Always', '10.0.0.1', '10.0.0.0/8', 'fd00::1', 'ClusterIP', 'None'),
      );
    case 'integer':
      return fc.constantFrom(0, 1, -1, 80, 65_536, 2_147_483_647);
    case 'number':
      return fc.constantFrom(0, 1.5, -1);
    case 'boolean':
      return fc.boolean();
    case 'int-or-string':
      return fc.constantFrom<unknown>(0, 80, '25%', 'http', '-1%');
    case 'any':
      return fc.constantFrom<unknown>('a', 1, {}, [], { a: { b: 'c' } });
    case 'array':
      return depth > 7 ? fc.constant([]) : fc.array(valueOf(shape.items!, depth + 1), { maxLength: 2 });
    case 'map':
      return fc.dictionary(text, depth > 7 ? fc.constant('a') : valueOf(shape.items!, depth + 1), {
        maxKeys: 2,
      });
    case 'object':
      return depth > 7 ? fc.constant({}) : objectOf(shape, depth);
  }
}

function objectOf(shape: Shape, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const names = [...shape.fields!.keys()];
  if (names.length === 0) return fc.constant({});
  return fc
    .uniqueArray(fc.constantFrom(...names), { maxLength: depth === 1 ? 3 : 5 })
    .chain((chosen) =>
      fc.record(
        Object.fromEntries(chosen.map((name) => [name, valueOf(shape.fields!.get(name)!, depth + 1)])),
      ),
    );
}

/** Two objects of one kind on top of each other: the known one is valid for most kinds, the other changes some of it. */
export const objectsOf = (kind: Kind): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(objectOf(shapeOf(kind.schema), 0), fc.constantFrom('a', 'b'), fc.boolean())
    .map(([some, name, known]) => ({
      ...some,
      ...{ apiVersion: apiVersionOf(kind), kind: kind.kind },
      ...(some['metadata'] && !known
        ? {}
        : { metadata: { ...(some['metadata'] as object), name, namespace: undefined } }),
      ...(known && 'spec' in some ? { spec: { ...knownSpec, ...(some['spec'] as object) } } : {}),
    }));
const knownSpec = {
  ...{
    containers: [{ name: 'c', image: 'i' }],
    selector: { matchLabels: { a: 'b' } },
    ports: [{ port: 80 }],
  },
  template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
};
