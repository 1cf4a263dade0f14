import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { V1ConfigMap, V1Deployment, V1Pod } from '../gen/types.ts';
import { exampleOf, examplePod } from '../testing/index.ts';
import { kinds } from '../kinds/index.ts';
import { FieldSet } from './field-set.ts';
import { applyConflict, serverSideApply, trackUpdate } from './server-side-apply.ts';

const map = (data: Record<string, string>): V1ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'd' },
  data,
});
const apply = (
  live: V1ConfigMap | undefined,
  applied: V1ConfigMap,
  manager: string,
  force = false,
  time = 't1',
) => serverSideApply({ schema: 'V1ConfigMap', live, applied, manager, force, time });

describe('server-side apply', () => {
  it('creates an object that its manager owns as far as it names it', () => {
    const { object, conflicts } = apply(undefined, map({ a: '1' }), 'one');
    expect(conflicts).toEqual([]);
    expect(object.data).toEqual({ a: '1' });
    expect(object.metadata.managedFields).toEqual([
      {
        manager: 'one',
        operation: 'Apply',
        apiVersion: 'v1',
        time: 't1',
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:a': {} } },
      },
    ]);
  });

  it('reports what others own and it would change, and takes it by force', () => {
    const { object: live } = apply(undefined, map({ a: '1', b: '1' }), 'one');
    const { conflicts } = apply(live, map({ a: '2', b: '1' }), 'two');
    expect(conflicts).toEqual([{ manager: '"one"', field: '.data.a' }]);
    expect(applyConflict(conflicts).toStatus()).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "one"', field: '.data.a' }],
      },
    });
    const forced = apply(live, map({ a: '2', b: '1' }), 'two', true);
    expect(forced.conflicts).toEqual([]);
    expect(forced.object.data).toEqual({ a: '2', b: '1' });
    const owns = Object.fromEntries(
      forced.object.metadata.managedFields!.map((each) => [each.manager, each.fieldsV1]),
    );
    expect(owns).toEqual({ one: { 'f:data': { 'f:b': {} } }, two: { 'f:data': { 'f:a': {}, 'f:b': {} } } });
  });

  it('says all conflicts by manager', () => {
    expect(
      applyConflict([
        { manager: '"a"', field: '.x' },
        { manager: '"b" using v1', field: '.y' },
        { manager: '"a"', field: '.z' },
      ]).message,
    ).toBe(
      'Apply failed with 3 conflicts: conflicts with "a":\n- .x\n- .z\nconflicts with "b" using v1:\n- .y',
    );
  });

  it('finds conflicts by the names of managers, whatever they did first', () => {
    const books = ['b', 'a'].map((manager, index) => ({
      manager,
      operation: 'Update',
      apiVersion: 'v1',
      time: `2026-01-01T00:00:0${index}Z`,
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { [`f:${manager}`]: {} } },
      ...(manager === 'a' ? { subresource: 'scale' } : {}),
    }));
    const live = map({ a: '1', b: '1' });
    live.metadata.managedFields = books;
    expect(apply(live, map({ a: '2', b: '2' }), 'one').conflicts).toEqual([
      { manager: '"a" with subresource "scale" using v1', field: '.data.a' },
      { manager: '"b" using v1', field: '.data.b' },
    ]);
  });

  it.each([
    [undefined, ['.spec.replicas']],
    ['status', ['.status.replicas']],
  ])('owns nothing of the part that a write of %s does not reach', (subresource, owned) => {
    const applied = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: { replicas: 1 },
      status: { replicas: 2 },
    } as unknown as V1Deployment;
    const { object } = serverSideApply({
      schema: 'V1Deployment',
      live: undefined,
      applied,
      manager: 'one',
      subresource,
      statusApart: true,
      time: 't',
    });
    const [books] = object.metadata.managedFields!;
    expect([...FieldSet.parse(books!.fieldsV1).paths()]).toEqual(owned);
  });

  it('takes away what its manager no longer names, unless others own it', () => {
    const first = apply(undefined, map({ a: '1', b: '1' }), 'one').object;
    const shared = apply(first, map({ b: '1', c: '1' }), 'two').object;
    const bare = map({});
    delete bare.data;
    const { object } = apply(shared, bare, 'one');
    expect(object.data).toEqual({ b: '1', c: '1' });
    expect(object.metadata.managedFields!.map(({ manager }) => manager)).toEqual(['two']);
    expect(apply(object, bare, 'two').object).not.toHaveProperty('data');
  });

  it('leaves alone what nobody named', () => {
    const live = map({ theirs: '1' });
    const { object, conflicts } = apply(live, map({ mine: '1' }), 'one');
    expect(conflicts).toEqual([]);
    expect(object.data).toEqual({ theirs: '1', mine: '1' });
    expect(object.metadata.managedFields!.map(({ manager }) => manager)).toEqual([
      'one',
      'before-first-apply',
    ]);
  });

  it('changes nothing, not even times, when all is as it should be', () => {
    const { object } = apply(undefined, map({ a: '1' }), 'one');
    expect(apply(object, map({ a: '1' }), 'one', false, 't2').object).toBe(object);
  });

  it('merges lists by their keys, with the defaults of these', () => {
    const live = examplePod();
    kinds.pod.defaults(live);
    live.metadata.managedFields = trackUpdate({
      schema: 'V1Pod',
      old: undefined,
      new: live,
      manager: 'kubectl',
      time: 't',
    });
    const applied: V1Pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'default' },
      spec: {
        containers: [
          { name: 'side', image: 'x' },
          {
            name: 'main',
            ports: [{ containerPort: 8080 }, { containerPort: 9090 }],
            env: [{ name: 'A', value: '1' }],
          },
        ],
      },
    };
    const { object, conflicts } = serverSideApply({
      schema: 'V1Pod',
      live,
      applied,
      manager: 'one',
      time: 't',
    });
    expect(conflicts).toEqual([]);
    expect(object.spec.containers.map(({ name }) => name)).toEqual(['side', 'main']);
    const main = object.spec.containers[1]!;
    expect(main.image).toBe('registry.example.com/web:1.2');
    expect(main.ports).toEqual([
      { containerPort: 8080, name: 'http', protocol: 'TCP' },
      { containerPort: 9090 },
    ]);
    expect(main.env!.map(({ name }) => name)).toEqual(['A', 'POD_IP']);
    const mine = FieldSet.parse(
      object.metadata.managedFields!.find(({ manager }) => manager === 'one')!.fieldsV1,
    );
    expect([...mine.paths()]).toContain(
      '.spec.containers[name="main"].ports[containerPort=9090,protocol="TCP"]',
    );
    const dropped = serverSideApply({
      schema: 'V1Pod',
      live: object,
      applied: { ...applied, spec: { containers: [{ name: 'main' }] } },
      manager: 'one',
      time: 't',
    }).object;
    expect(dropped.spec.containers.map(({ name }) => name)).toEqual(['main']);
    expect(dropped.spec.containers[0]!.ports).toHaveLength(1);
    expect(dropped.spec.containers[0]!.env).toHaveLength(1);
  });

  it('gives atomic parts one owner as a whole', () => {
    const live = exampleOf(kinds.deployment);
    const set = (selector: V1Deployment['spec']['selector']) =>
      ({ ...live, spec: { selector } }) as unknown as V1Deployment;
    const first = serverSideApply({
      schema: 'V1Deployment',
      live: undefined,
      applied: set({ matchLabels: { a: '1' } }),
      manager: 'one',
      time: 't',
    });
    const { object, conflicts } = serverSideApply({
      schema: 'V1Deployment',
      live: first.object,
      applied: set({ matchLabels: { b: '2' } }),
      manager: 'two',
      time: 't',
    });
    expect(conflicts).toEqual([{ manager: '"one"', field: '.spec.selector' }]);
    expect(object.spec.selector).toEqual({ matchLabels: { b: '2' } });
  });

  it('takes books that are no books for empty ones', () => {
    const live = {
      ...map({ a: '1' }),
      metadata: {
        name: 'c',
        managedFields: [{ fieldsV1: [3] }, { manager: 'x', fieldsV1: { 'k:{': { '.': 1 } } }],
      },
    };
    expect(apply(live, map({ a: '2' }), 'one')).toMatchObject({
      conflicts: [],
      object: { data: { a: '2' } },
    });
  });

  it('holds what it promises, for any two managers', () => {
    const data = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.constantFrom('1', '2'));
    fc.assert(
      fc.property(data, data, data, (first, second, third) => {
        const one = apply(undefined, map(first), 'one').object;
        const two = apply(one, map(second), 'two', true).object;
        const frozen = structuredClone(two);
        const { object } = apply(two, map(third), 'one', true);
        expect(two).toEqual(frozen);
        // All that was applied last is there; of the rest only what the other manager named.
        const left = new Map(Object.entries(object.data ?? {}));
        for (const [key, value] of Object.entries(third)) expect(left.get(key)).toBe(value);
        for (const [key, value] of left) if (!Object.hasOwn(third, key)) expect(second[key]).toBe(value);
        expect(apply(object, map(third), 'one', true).object).toBe(object);
        expect(Object.getPrototypeOf(object.data ?? {})).toBe(Object.prototype);
      }),
    );
  });
});

describe('tracking of updates', () => {
  const track = (old: V1ConfigMap | undefined, next: V1ConfigMap, manager: string, time = 't') => ({
    ...next,
    metadata: {
      ...next.metadata,
      managedFields: trackUpdate({ schema: 'V1ConfigMap', old, new: next, manager, time }),
    },
  });
  const owned = (object: V1ConfigMap) =>
    Object.fromEntries(
      object.metadata.managedFields!.map((each) => [
        each.manager!,
        [...FieldSet.parse(each.fieldsV1).paths()],
      ]),
    );

  it('gives the writer what it changed and takes it from all others', () => {
    const created = track(undefined, map({ a: '1', b: '1' }), 'kubectl-create');
    expect(owned(created)).toEqual({ 'kubectl-create': ['.data', '.data.a', '.data.b'] });
    const updated = track(created, map({ a: '2', b: '1' }), 'controller');
    expect(owned(updated)).toEqual({ 'kubectl-create': ['.data', '.data.b'], controller: ['.data.a'] });
    const removed = track(updated, map({ b: '1' }), 'kubectl-edit');
    expect(owned(removed)).toEqual({ 'kubectl-create': ['.data', '.data.b'] });
    expect(apply(updated, map({ a: '3' }), 'one').conflicts).toEqual([
      { manager: '"controller" using v1', field: '.data.a' },
    ]);
  });

  it('leaves the books alone when nothing changed, and clears them when asked', () => {
    const created = track(undefined, map({ a: '1' }), 'x', 't1');
    expect(track(created, map({ a: '1' }), 'y', 't2').metadata.managedFields).toBe(
      created.metadata.managedFields,
    );
    for (const managedFields of [[], [{}]]) {
      const cleared = map({ a: '1' });
      cleared.metadata.managedFields = managedFields;
      expect(track(created, cleared, 'y').metadata.managedFields).toEqual([]);
    }
  });

  it('begins with the first apply of what is there without any', () => {
    expect(track(map({ a: '1' }), map({ a: '2' }), 'x').metadata.managedFields).toEqual([]);
  });

  const entry = (more: object) => ({
    manager: 'mine',
    operation: 'Update',
    apiVersion: 'v1',
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:data': { 'f:a': {} } },
    ...more,
  });

  it.each([
    ['taken instead of what was', entry({}), undefined, { mine: ['.data.a'], y: ['.data.b'] }],
    ['not taken through a subresource', entry({}), 'status', { x: ['.data', '.data.a'], y: ['.data.b'] }],
    [
      'not taken without an operation',
      entry({ operation: '' }),
      undefined,
      { x: ['.data', '.data.a'], y: ['.data.b'] },
    ],
    [
      'not taken without a version',
      entry({ apiVersion: '' }),
      undefined,
      { x: ['.data', '.data.a'], y: ['.data.b'] },
    ],
    [
      'not taken in another form',
      entry({ fieldsType: 'V2' }),
      undefined,
      { x: ['.data', '.data.a'], y: ['.data.b'] },
    ],
  ])('sent by the writer are %s', (_, sent, subresource, expected) => {
    const old = track(undefined, map({ a: '1' }), 'x');
    const next = map({ a: '1', b: '1' });
    next.metadata.managedFields = [sent];
    const managedFields = trackUpdate({
      schema: 'V1ConfigMap',
      old,
      new: next,
      manager: 'y',
      subresource,
      time: 't',
    });
    expect(owned({ ...next, metadata: { ...next.metadata, managedFields } })).toEqual(expected);
  });

  it('calls who has no name unknown, and puts appliers before the others and these by age', () => {
    const live = apply(undefined, map({ a: '1' }), 'z', false, '2026-01-01T00:00:09Z').object;
    const once = track(live, map({ a: '1', b: '1' }), 'late', '2026-01-01T00:00:05Z');
    const twice = track(once, map({ a: '1', b: '1', c: '1' }), '', '2026-01-01T00:00:01Z');
    expect(twice.metadata.managedFields!.map(({ manager }) => manager)).toEqual(['z', 'unknown', 'late']);
  });

  it('keeps at most ten updaters apart', () => {
    let object = track(undefined, map({ a: '0' }), 'm0', '2026-01-01T00:00:00Z');
    for (let index = 1; index < 30; index++)
      object = track(
        object,
        map({ ...object.data, [`k${index}`]: '1' }),
        `m${index}`,
        `2026-01-01T00:00:${10 + index}Z`,
      );
    expect(object.metadata.managedFields).toHaveLength(10);
    expect(owned(object)['ancient-changes']).toContain('.data.a');
    expect(object.metadata.managedFields!.map(({ manager }) => manager)).toEqual([
      'ancient-changes',
      ...Array.from({ length: 9 }, (_, index) => `m${21 + index}`),
    ]);
  });

  it('makes the oldest updaters one for each version of the API', () => {
    const versions = ['v1', 'v2', 'v1', 'v3', ...Array.from({ length: 8 }, () => 'v4')];
    const old = map(Object.fromEntries(versions.map((_, index) => [`k${index}`, '1'])));
    old.metadata.managedFields = versions.map((apiVersion, index) =>
      entry({
        manager: `m${10 + index}`,
        apiVersion,
        time: `2026-01-01T00:00:${10 + index}Z`,
        fieldsV1: { 'f:data': { [`f:k${index}`]: {} } },
      }),
    );
    const next = map({ ...old.data, k0: '2' });
    next.metadata.managedFields = old.metadata.managedFields;
    const managers = trackUpdate({
      schema: 'V1ConfigMap',
      old,
      new: next,
      manager: 'm99',
      time: '2026-01-01T00:01:00Z',
    });
    // The first of v1 lost its only field to the writer; so eleven of before and the writer are two too many.
    expect(managers.map(({ manager, apiVersion }) => `${manager} ${apiVersion}`)).toEqual([
      'm11 v2',
      'm12 v1',
      'm13 v3',
      'ancient-changes v4',
      ...[17, 18, 19, 20, 21].map((index) => `m${index} v4`),
      'm99 v1',
    ]);
  });
});
