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
        { name: 'c' },
        {
          name: 'a',
          image: '1',
          command: ['z'],
          env: [
            { name: 'L', value: '2' },
            { name: 'K', value: '3' },
          ],
        },
        { name: 'b' },
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

  it.each([
    // Which element says so, and what else it says, does not matter.
    [[{ name: 'a' }], [{ name: 'a', $patch: 'replace', tty: true }], []],
    [
      [{ name: 'a' }],
      [{ name: 'b' }, { $patch: 'replace' }, { name: 'a', $patch: 'delete' }],
      [{ name: 'b' }],
    ],
    [[{ name: 'a' }], [{ $patch: 'replace' }, { image: 'x' }], [{ image: 'x' }]],
  ])('replaces the list %j by $patch: %j', (containers, patch, expected) => {
    expect(patchPod({ containers }, { containers: patch })).toEqual({ containers: expected });
  });

  it.each([
    [{ fsGroup: 1 }, { $patch: 'replace', runAsUser: 2 }, { securityContext: { runAsUser: 2 } }],
    [{ fsGroup: 1 }, { $patch: 'delete' }, { securityContext: {} }],
    // What is not there can be neither replaced nor deleted.
    [undefined, { $patch: 'replace', runAsUser: 2 }, {}],
    [undefined, { $patch: 'delete' }, {}],
    [undefined, { $retainKeys: ['other'], fsGroup: 1 }, { securityContext: { fsGroup: 1 } }],
  ])('of the object %j by %j', (securityContext, patch, expected) => {
    expect(patchPod(securityContext ? { securityContext } : {}, { securityContext: patch })).toEqual(
      expected,
    );
  });

  it.each([
    ['before those that are there', ['a', 'b'], ['c'], undefined, ['c', 'a', 'b']],
    ['in the order of the patch', ['a', 'b', 'c'], ['c', 'a'], undefined, ['b', 'c', 'a']],
    ['around those of others', ['a', 'x', 'b'], ['a', 'b'], undefined, ['a', 'x', 'b']],
    ['by $setElementOrder before the patch', ['a', 'b'], ['c'], ['b', 'c'], ['a', 'b', 'c']],
    ['new before those of others', ['a', 'x'], ['n'], ['n', 'a'], ['n', 'a', 'x']],
    ['by $setElementOrder alone', ['a', 'b', 'c'], undefined, ['c', 'b', 'a'], ['c', 'b', 'a']],
    ['in a list that was not there', undefined, ['a', 'b'], ['b', 'a'], ['b', 'a']],
  ])('puts elements %s', (_, original, change, order, expected) => {
    const elements = (names: string[] | undefined) => names?.map((name) => ({ name }));
    const patch = {
      ...(change ? { volumes: elements(change) } : {}),
      ...(order ? { '$setElementOrder/volumes': elements(order) } : {}),
    };
    const spec = original ? { volumes: elements(original) } : {};
    expect(patchPod(spec, patch)).toEqual({ volumes: elements(expected) });
    const finalizers = (list: string[] | undefined) => (list ? { finalizers: list } : {});
    expect(
      applyStrategicMergePatch<unknown>(
        'V1Pod',
        { metadata: finalizers(original) },
        { metadata: { ...finalizers(change), ...(order ? { '$setElementOrder/finalizers': order } : {}) } },
      ),
    ).toEqual({ metadata: { finalizers: expected } });
  });

  // Every list of these models that merges, by the key it merges by (`patchMergeKey` of upstream's types).
  it.each([
    ['V1Pod', 'spec', 'initContainers', 'name'],
    ['V1Pod', 'spec', 'ephemeralContainers', 'name'],
    ['V1Pod', 'spec', 'resourceClaims', 'name'],
    ['V1Pod', 'spec', 'schedulingGates', 'name'],
    ['V1Pod', 'status', 'conditions', 'type'],
    ['V1Pod', 'status', 'podIPs', 'ip'],
    ['V1Pod', 'status', 'hostIPs', 'ip'],
    ['V1Container', '', 'ports', 'containerPort'],
    ['V1Container', '', 'env', 'name'],
    ['V1Container', '', 'volumeMounts', 'mountPath'],
    ['V1Container', '', 'volumeDevices', 'devicePath'],
    ['V1ServiceAccount', '', 'secrets', 'name'],
    ['V1Service', 'spec', 'ports', 'port'],
    ['V1Service', 'status', 'conditions', 'type'],
    ['V1Node', 'status', 'conditions', 'type'],
    ['V1Node', 'status', 'addresses', 'type'],
    ['V1Namespace', 'status', 'conditions', 'type'],
    ['V1Deployment', 'status', 'conditions', 'type'],
    ['V1ReplicaSet', 'status', 'conditions', 'type'],
    ['V1ObjectMeta', '', 'ownerReferences', 'uid'],
  ])('merges %s %s.%s by %s', (model, part, list, key) => {
    const within = (elements: object[]) => (part ? { [part]: { [list]: elements } } : { [list]: elements });
    const original = within([{ [key]: 'a', kept: 1 }, { [key]: 'b' }, { [key]: 'c' }]);
    const patch = within([
      { [key]: 'c', $patch: 'delete' },
      { [key]: 'a', more: 1 },
    ]);
    expect(applyStrategicMergePatch<unknown>(model, original, patch)).toEqual(
      within([{ [key]: 'a', kept: 1, more: 1 }, { [key]: 'b' }]),
    );
  });

  // And those of the same models that a careful reader might take for such, and that are replaced as a whole.
  it.each([
    ['V1Pod', 'spec', 'tolerations', 'key'],
    ['V1Pod', 'status', 'containerStatuses', 'name'],
    ['V1Node', 'spec', 'taints', 'key'],
    ['V1Node', 'status', 'images', 'sizeBytes'],
    ['V1Container', '', 'envFrom', 'prefix'],
    ['V1Service', 'spec', 'externalIPs', ''],
    ['V1Endpoints', '', 'subsets', ''],
    ['V1EndpointSlice', '', 'endpoints', ''],
    ['V1EndpointSlice', '', 'ports', 'name'],
    ['V1LabelSelector', '', 'matchExpressions', 'key'],
  ])('replaces %s %s.%s', (model, part, list, key) => {
    const element = (id: string) => (key ? { [key]: id } : id);
    const within = (...ids: string[]) => {
      const elements = ids.map(element);
      return part ? { [part]: { [list]: elements } } : { [list]: elements };
    };
    expect(applyStrategicMergePatch<unknown>(model, within('a', 'b'), within('c'))).toEqual(within('c'));
  });

  it('merges ports by number alone, so that of two protocols the first is meant', () => {
    const ports = [
      { containerPort: 53, protocol: 'UDP' },
      { containerPort: 53, protocol: 'TCP' },
    ];
    expect(
      applyStrategicMergePatch<unknown>(
        'V1Container',
        { ports },
        { ports: [{ containerPort: 53, name: 'dns' }] },
      ),
    ).toEqual({ ports: [{ containerPort: 53, protocol: 'UDP', name: 'dns' }, ports[1]] });
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

  const bad: [string, unknown][] = [
    ['a strategic merge patch is an object', []],
    [
      'map: {"image":"x"} does not contain declared merge key: name',
      { spec: { containers: [{ image: 'x' }] } },
    ],
    ['does not contain declared merge key: name', { spec: { containers: [{ $patch: 'delete' }] } }],
    ['expected a map[string]interface {}', { spec: { containers: ['x'] } }],
    ['unknown patch type: explode in map: {"$patch":"explode"}', { spec: { $patch: 'explode' } }],
    ['unknown patch type: merge', { spec: { $patch: 'merge' } }],
    ['unknown patch type: explode', { spec: { containers: [{ name: 'a', $patch: 'explode' }] } }],
    [
      'merging lists cannot yet be specified in the patch',
      { spec: { containers: [{ name: 'a', $patch: 'merge' }] } },
    ],
    ['invalid patch format of retainKeys', { spec: { $retainKeys: 1 } }],
    ['invalid patch format of retainKeys', { spec: { $retainKeys: ['a'], b: 1 } }],
    ['invalid patch format of primitive list', { metadata: { '$deleteFromPrimitiveList/finalizers': 'a' } }],
    ['invalid patch format of setElementOrder list', { spec: { '$setElementOrder/containers': {} } }],
  ];
  it.each(bad)('is a bad request when it is: %s', (words, patch) => {
    const original = { metadata: { finalizers: ['a'] }, spec: { containers: [{ name: 'a' }] } };
    const run = () => applyStrategicMergePatch('V1Pod', original, patch);
    expect(run).toThrow(expect.toSatisfy((error) => isStatus(error, 'BadRequest')));
    expect(run).toThrow(words);
  });

  it('is idempotent, leaves its arguments alone, and touches no prototype, for any patch', () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const container = fc.record(
      {
        name,
        image: name,
        env: fc.uniqueArray(fc.record({ name, value: name }), {
          selector: (each) => each.name,
          maxLength: 3,
        }),
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
