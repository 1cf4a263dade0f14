import { isStatus } from '@gantry/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyStrategicMergePatch } from './strategic-merge-patch.ts';

const patchPod = (spec: unknown, patch: unknown) =>
  (applyStrategicMergePatch<unknown>('V1Pod', { spec }, { spec: patch }) as { spec: unknown }).spec;

describe('a strategic merge patch', () => {
  it('merges containers by name, their variables by name, and replaces their commands', () => {
    expect(
      patchPod(
        {
          containers: [
            { name: 'a', image: '1', command: ['x', 'y'], env: [{ name: 'K', value: '1' }] },
            { name: 'b' },
          ],
        },
        {
          containers: [
            { name: 'c' },
            {
              name: 'a',
              command: ['z'],
              env: [
                { name: 'L', value: '2' },
                { name: 'K', value: '3' },
              ],
            },
          ],
        },
      ),
    ).toEqual({
      containers: [
        {
          name: 'a',
          image: '1',
          command: ['z'],
          env: [
            { name: 'K', value: '3' },
            { name: 'L', value: '2' },
          ],
        },
        { name: 'b' },
        { name: 'c' },
      ],
    });
  });

  it.each([
    ['volumes', 'name', 'x'],
    ['imagePullSecrets', 'name', 'x'],
    ['hostAliases', 'ip', '1.1.1.1'],
    ['topologySpreadConstraints', 'topologyKey', 'zone'],
  ])('merges %s by %s', (list, key, id) => {
    expect(
      patchPod({ [list]: [{ [key]: id }, { [key]: 'other' }] }, { [list]: [{ [key]: id, more: 1 }] }),
    ).toEqual({
      [list]: [{ [key]: id, more: 1 }, { [key]: 'other' }],
    });
  });

  it('replaces lists without a key', () => {
    expect(patchPod({ tolerations: [{ key: 'a' }] }, { tolerations: [{ key: 'b' }] })).toEqual({
      tolerations: [{ key: 'b' }],
    });
  });

  it('knows keys elsewhere', () => {
    expect(
      applyStrategicMergePatch(
        'V1Service',
        { spec: { ports: [{ port: 80, name: 'a' }], selector: { a: '1' } } },
        { spec: { ports: [{ port: 80, nodePort: 1 }, { port: 81 }], selector: { a: null, b: '2' } } },
      ),
    ).toEqual({
      spec: { ports: [{ port: 80, name: 'a', nodePort: 1 }, { port: 81 }], selector: { b: '2' } },
    });
    expect(
      applyStrategicMergePatch(
        'V1Node',
        {
          status: {
            conditions: [{ type: 'Ready', status: 'True' }],
            addresses: [{ type: 'Hostname', address: 'a' }],
          },
        },
        {
          status: {
            conditions: [{ type: 'Ready', status: 'False' }, { type: 'X' }],
            addresses: [{ type: 'Hostname', address: 'b' }],
          },
        },
      ),
    ).toEqual({
      status: {
        conditions: [{ type: 'Ready', status: 'False' }, { type: 'X' }],
        addresses: [{ type: 'Hostname', address: 'b' }],
      },
    });
  });

  it('deletes by null, and elements by $patch', () => {
    expect(
      patchPod(
        { nodeName: 'n', containers: [{ name: 'a' }, { name: 'b' }] },
        {
          nodeName: null,
          containers: [
            { name: 'a', $patch: 'delete' },
            { name: 'none', $patch: 'delete' },
          ],
        },
      ),
    ).toEqual({ containers: [{ name: 'b' }] });
  });

  it('deletes all elements with a key that stands there more than once', () => {
    const volumes = [{ name: 'a', emptyDir: {} }, { name: 'a' }, { name: 'b' }, {}];
    expect(patchPod({ volumes }, { volumes: [{ name: 'a', $patch: 'delete' }] })).toEqual({
      volumes: [{ name: 'b' }, {}],
    });
  });

  it('replaces by $patch: an element, a whole list, an object', () => {
    expect(
      patchPod(
        { containers: [{ name: 'a', image: '1' }] },
        { containers: [{ name: 'a', $patch: 'replace', tty: true }] },
      ),
    ).toEqual({
      containers: [{ name: 'a', tty: true }],
    });
    expect(
      patchPod({ containers: [{ name: 'a' }] }, { containers: [{ $patch: 'replace' }, { name: 'b' }] }),
    ).toEqual({
      containers: [{ name: 'b' }],
    });
    expect(
      patchPod({ securityContext: { fsGroup: 1 } }, { securityContext: { $patch: 'replace', runAsUser: 2 } }),
    ).toEqual({
      securityContext: { runAsUser: 2 },
    });
    expect(patchPod({ securityContext: { fsGroup: 1 } }, { securityContext: { $patch: 'delete' } })).toEqual(
      {},
    );
  });

  it('merges finalizers, deletes some of them, and orders them', () => {
    const meta = (finalizers: string[], patch: object) =>
      applyStrategicMergePatch<unknown>('V1Pod', { metadata: { finalizers } }, { metadata: patch });
    expect(meta(['a', 'b'], { finalizers: ['b', 'c'] })).toEqual({
      metadata: { finalizers: ['a', 'b', 'c'] },
    });
    expect(meta(['a', 'b'], { '$deleteFromPrimitiveList/finalizers': ['a'] })).toEqual({
      metadata: { finalizers: ['b'] },
    });
    expect(
      meta(['a', 'b'], {
        finalizers: ['c'],
        '$deleteFromPrimitiveList/finalizers': ['a'],
        '$setElementOrder/finalizers': ['c', 'b'],
      }),
    ).toEqual({ metadata: { finalizers: ['c', 'b'] } });
  });

  it('puts elements in the order asked for, and leaves those of others where they stood', () => {
    expect(
      patchPod(
        { containers: [{ name: 'a' }, { name: 'injected' }, { name: 'b' }] },
        {
          '$setElementOrder/containers': [{ name: 'b' }, { name: 'a' }],
          containers: [{ name: 'b', tty: true }],
        },
      ),
    ).toMatchObject({ containers: [{ name: 'injected' }, { name: 'b', tty: true }, { name: 'a' }] });
  });

  it('keeps only what $retainKeys names', () => {
    expect(
      applyStrategicMergePatch(
        'V1Deployment',
        { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } },
        { spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } } },
      ),
    ).toEqual({ spec: { strategy: { type: 'Recreate' } } });
    expect(
      patchPod(
        { volumes: [{ name: 'v', emptyDir: {} }] },
        { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/x' } }] },
      ),
    ).toEqual({ volumes: [{ name: 'v', hostPath: { path: '/x' } }] });
    expect(() => patchPod({}, { securityContext: { $retainKeys: ['a'], b: 1 } })).toThrow('does not match');
  });

  it('leaves no directive and no null where nothing was before', () => {
    expect(
      patchPod(
        {},
        { securityContext: { fsGroup: null, runAsUser: 1 }, containers: [{ name: 'a', image: null }] },
      ),
    ).toEqual({
      securityContext: { runAsUser: 1 },
      containers: [{ name: 'a' }],
    });
  });

  it.each([
    [[]],
    [{ spec: { containers: [{ image: 'x' }] } }],
    [{ spec: { containers: ['x'] } }],
    [{ spec: { $patch: 'explode' } }],
    [{ spec: { $retainKeys: 1 } }],
    [{ metadata: { '$deleteFromPrimitiveList/finalizers': 'a' } }],
  ])('%j is a bad request', (patch) => {
    expect(() => applyStrategicMergePatch('V1Pod', {}, patch)).toThrow(
      expect.toSatisfy((error) => isStatus(error, 'BadRequest')),
    );
  });

  it('is idempotent, leaves its arguments alone, and touches no prototype, for any patch', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const container = fc.record(
      {
        name,
        image: name,
        env: fc.array(fc.record({ name, value: name }), { maxLength: 3 }),
        args: fc.array(name, { maxLength: 2 }),
      },
      { requiredKeys: ['name'] },
    );
    const document = fc.record({
      metadata: fc.record({
        labels: fc.dictionary(fc.constantFrom('x', '__proto__', 'constructor'), name),
        finalizers: fc.uniqueArray(name),
      }),
      spec: fc.record({
        containers: fc.uniqueArray(container, { selector: (each) => each.name, maxLength: 3 }),
      }),
    });
    fc.assert(
      fc.property(document, document, (original, patch) => {
        const [before, patchBefore] = [structuredClone(original), structuredClone(patch)];
        const once = applyStrategicMergePatch('V1Pod', original, patch);
        expect(original).toEqual(before);
        expect(patch).toEqual(patchBefore);
        expect(applyStrategicMergePatch('V1Pod', once, patch)).toEqual(once);
        expect(Object.getPrototypeOf(once.metadata.labels)).toBe(Object.prototype);
        for (const { name: wanted } of patch.spec.containers)
          expect(once.spec.containers.filter((each) => each.name === wanted)).toHaveLength(1);
      }),
    );
  });
});
