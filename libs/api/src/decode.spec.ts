import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, typeErrors, unknownFields } from './decode.ts';
import { kindList } from './kinds/index.ts';
import { loadSchemas } from './schemas.ts';
import { exampleOf, examplePod } from './testing/index.ts';
import { shapeOf } from './shape.ts';

describe('decoding', () => {
  it('names values of a wrong type as Go does', () => {
    expect(
      typeErrors('V1Pod', {
        metadata: { name: 3, creationTimestamp: 'yesterday' },
        spec: {
          containers: [{ name: 'a', ports: [{ containerPort: '80' }], env: 'x', tty: 'yes' }],
          terminationGracePeriodSeconds: 1.5,
          nodeSelector: ['a'],
          securityContext: 'x',
        },
      }),
    ).toEqual([
      'json: cannot unmarshal number into Go struct field ObjectMeta.metadata.name of type string',
      'parsing time "yesterday" as "2006-01-02T15:04:05Z07:00": cannot parse it',
      'json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of type int32',
      'json: cannot unmarshal string into Go struct field Container.spec.containers.env of type []v1.EnvVar',
      'json: cannot unmarshal string into Go struct field Container.spec.containers.tty of type bool',
      'json: cannot unmarshal number 1.5 into Go struct field PodSpec.spec.terminationGracePeriodSeconds of type int64',
      'json: cannot unmarshal array into Go struct field PodSpec.spec.nodeSelector of type map[string]string',
      'json: cannot unmarshal string into Go struct field PodSpec.spec.securityContext of type v1.PodSecurityContext',
    ]);
    expect(typeErrors('V1Pod', [])).toEqual(['json: cannot unmarshal array into Go value of type v1.Pod']);
    expect(typeErrors('V1Secret', { data: { a: '%%' } })).toHaveLength(1);
    expect(typeErrors('V1Service', { spec: { ports: [{ port: 2 ** 31, targetPort: {} }] } })).toHaveLength(2);
  });

  it('finds nothing wrong with what is right', () => {
    for (const kind of kindList) {
      expect(typeErrors(kind.schema, exampleOf(kind))).toEqual([]);
      expect(unknownFields(kind.schema, exampleOf(kind))).toEqual([]);
    }
  });

  it('names unknown members by their path, and drops them', () => {
    const pod = { ...examplePod(), extra: 1 };
    Object.assign(pod.spec.containers[0]!, { imagee: 'x' });
    Object.assign(pod.metadata, JSON.parse('{"__proto__":{"a":1}}'));
    Object.defineProperty(pod.spec, '__proto__', { value: {}, enumerable: true, configurable: true });
    expect(unknownFields('V1Pod', pod).sort()).toEqual([
      'extra',
      'spec.__proto__',
      'spec.containers[0].imagee',
    ]);
    const { unknown, errors } = decode('V1Pod', pod);
    expect([unknown.length, errors.length]).toEqual([3, 0]);
    expect(pod).toEqual(examplePod());
  });

  it('refuses what is no quantity', () => {
    const pod = {
      spec: { containers: [{ name: 'a', resources: { limits: { cpu: 'lots', memory: '1Gi' } } }] },
    };
    expect(decode('V1Pod', pod).errors).toEqual([
      expect.stringMatching(/^quantities must match the regular/),
    ]);
  });

  it('drops nulls, and writes quantities canonically', () => {
    const pod = {
      metadata: { name: 'a', labels: { x: null }, annotations: null },
      spec: {
        containers: [{ name: 'm', image: null, resources: { limits: { cpu: 0.5, memory: '2048Ki' } } }, null],
        nodeName: null,
      },
    };
    expect(decode('V1Pod', pod).errors).toEqual([]);
    expect(pod).toEqual({
      metadata: { name: 'a', labels: { x: '' } },
      spec: { containers: [{ name: 'm', resources: { limits: { cpu: '500m', memory: '2Mi' } } }, {}] },
    });
  });

  it.each([
    ['', 0],
    ['aGVsbG8=', 0],
    ['aGVs\r\nbG8=\n', 0],
    ['aGVsbG8', 1],
    ['a===', 1],
    ['aG=s', 1],
    [`${'\n'.repeat(1_000_000)}!`, 1],
    ['QUFB'.repeat(500_000), 0],
  ])('finds out at once whether bytes are base64 (%#)', (text, faults) => {
    expect(typeErrors('V1Secret', { data: { a: text } })).toHaveLength(faults);
  });

  it('reports only so many faults of a hostile body', () => {
    const body = { spec: { containers: Array.from({ length: 1000 }, () => ({ name: 1, nope: 2 })) } };
    const { errors, unknown } = decode('V1Pod', body);
    expect([errors.length, unknown.length]).toEqual([20, 20]);
  });

  it('makes of any JSON something that defaults and validation can take, for every kind', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    for (const kind of kindList) {
      const shape = shapeOf(kind.schema);
      const members = [
        ...shape.fields!.keys(),
        ...[...(shape.fields!.get('spec')?.fields ?? new Map()).keys()],
      ];
      const part = fc.dictionary(fc.constantFrom(...(members as string[])), json, { maxKeys: 4 });
      fc.assert(
        fc.property(part, part, (top, spec) => {
          const object = JSON.parse(JSON.stringify({ ...exampleOf(kind), ...top, spec })) as ReturnType<
            typeof exampleOf
          >;
          if (decode(kind.schema, object).errors.length) return;
          object.metadata ??= {};
          kind.defaults(object);
          kind.prepareForCreate(object);
          expect(Array.isArray(kind.validate(object))).toBe(true);
        }),
        { numRuns: 60 },
      );
    }
  });
});

describe('the schemas', () => {
  it('say the same of every model as the shapes do, and describe them', async () => {
    const schemas = await loadSchemas();
    for (const [name, { properties = {} }] of Object.entries(schemas)) {
      const { fields } = shapeOf(name);
      expect([...(fields?.keys() ?? [])]).toEqual(Object.keys(properties));
      for (const [member, { $ref }] of Object.entries(properties))
        if ($ref) expect(fields!.get(member)!.model).toBe($ref);
    }
    expect(schemas['V1PodSpec']!.properties!['containers']).toMatchObject({
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['name'],
      'x-kubernetes-patch-merge-key': 'name',
    });
    expect(schemas['V1Pod']!.description).toContain('collection of containers');
  });

  it('throw for a model that does not exist', () => {
    expect(() => shapeOf('toString')).toThrow(RangeError);
  });
});
