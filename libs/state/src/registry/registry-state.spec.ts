import { beforeEach, describe, expect, it } from 'vitest';
import { isStatus, seededRandom, StatusError } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds, type V1ConfigMap, type V1Deployment, type V1Namespace, type V1Pod } from '@gantry/api';
import { copyJson } from '../json.ts';
import { MemoryState } from '../memory/memory-state.ts';
import { stateContract } from '../testing/state-contract.ts';
import type { AdmissionPlugin } from './admission.ts';
import { namespaceLifecycle } from './namespace-lifecycle.ts';
import { RegistryState } from './registry-state.ts';

function make(admission: AdmissionPlugin[] = []) {
  const clock = new FakeClock();
  const memory = new MemoryState({ clock });
  const state = new RegistryState(memory, {
    clock,
    random: seededRandom(1),
    admission: [...admission, namespaceLifecycle(memory)],
  });
  return { clock, memory, state };
}

stateContract('RegistryState over MemoryState', async () => ({
  state: make().state,
  [Symbol.asyncDispose]: async () => undefined,
}));

const failure = (work: Promise<unknown>): Promise<StatusError> =>
  work.then(
    () => {
      throw new Error('it was not refused');
    },
    (error: unknown) => {
      if (isStatus(error)) return error;
      throw error;
    },
  );

describe('RegistryState', () => {
  let { clock, state } = make();
  const config = (metadata: V1ConfigMap['metadata'], v = '1'): V1ConfigMap => ({
    metadata: { namespace: 'one', ...metadata },
    data: { v },
  });
  const pod = (name: string, spec: Partial<V1Pod['spec']> = {}): V1Pod => ({
    metadata: { namespace: 'one', name },
    spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
  });
  const podName = (name: string) => ({ namespace: 'one', name });
  const namespace = (name: string) => ({ metadata: { name } }) as V1Namespace;

  beforeEach(async () => {
    ({ clock, state } = make());
    await state.create(kinds.namespace, namespace('one'));
  });

  it('generates names from a base, cut so that they fit, and another when one is taken', async () => {
    const { object } = await state.create(kinds.configMap, config({ generateName: 'x'.repeat(80) }));
    expect(object.metadata.name).toMatch(/^x{58}[bcdfghjklmnpqrstvwxz2456789]{5}$/);
    let draws = 0;
    const stuck = new RegistryState(state, { clock, random: () => (draws++ < 10 ? 0 : 0.99) });
    await state.create(kinds.configMap, config({ name: 'a-bbbbb' }));
    const next = await stuck.create(kinds.configMap, config({ generateName: 'a-' }));
    expect(next.object.metadata.name).toBe('a-99999');
    const always = new RegistryState(state, { clock, random: () => 0 });
    expect((await failure(always.create(kinds.configMap, config({ generateName: 'a-' })))).message).toContain(
      'was not able to generate a unique name',
    );
  });

  it('lets the writer not choose what is the server’s', async () => {
    const { object } = await state.create(
      kinds.configMap,
      config({
        name: 'a',
        uid: 'mine',
        creationTimestamp: '2000-01-01T00:00:00Z',
        deletionTimestamp: '2000-01-01T00:00:00Z',
        generation: 7,
      }),
    );
    expect(object.metadata).toMatchObject({ creationTimestamp: '2026-01-01T00:00:00Z' });
    expect(object.metadata.uid).not.toBe('mine');
    expect(object.metadata.deletionTimestamp).toBeUndefined();
    expect(object.metadata.generation).toBeUndefined();
    expect(
      (await failure(state.create(kinds.configMap, config({ name: 'b', resourceVersion: '1' })))).reason,
    ).toBe('BadRequest');
    const error = await failure(
      state.update(kinds.configMap, config({ name: 'a', deletionTimestamp: '2000-01-01T00:00:00Z' })),
    );
    expect(error.message).toBe(
      'ConfigMap "a" is invalid: metadata.deletionTimestamp: Invalid value: "2000-01-01T00:00:00Z": field is immutable',
    );
  });

  it('asks for a namespace that exists and stays', async () => {
    const missing = await failure(state.create(kinds.configMap, config({ name: 'a', namespace: 'two' })));
    expect(missing.reason).toBe('NotFound');
    expect(missing.message).toBe('namespaces "two" not found');
    await state.delete(kinds.namespace, { name: 'one' });
    const error = await failure(state.create(kinds.configMap, config({ name: 'a' })));
    expect(error.reason).toBe('Forbidden');
    expect(error.message).toContain(
      'unable to create new content in namespace one because it is being terminated',
    );
    expect(error.details?.causes?.[0]?.reason).toBe('NamespaceTerminating');
  });

  it('says all that is wrong in one error', async () => {
    const error = await failure(
      state.create(kinds.pod, { metadata: { namespace: 'one', name: 'UPPER' }, spec: {} as V1Pod['spec'] }),
    );
    expect(error.reason).toBe('Invalid');
    expect(error.message).toMatch(/^Pod "UPPER" is invalid: \[.*spec\.containers: Required value.*\]$/);
    expect(error.details).toMatchObject({ name: 'UPPER', kind: 'Pod' });
    expect(error.details!.causes!.length).toBeGreaterThan(1);
  });

  it('counts generations by what is asked for, not by status or metadata', async () => {
    const deployment: V1Deployment = {
      metadata: { namespace: 'one', name: 'd' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { a: 'b' } },
        template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
      },
    };
    const { object } = await state.create(kinds.deployment, deployment);
    expect(object.metadata.generation).toBe(1);
    const labelled = copyJson(object);
    labelled.metadata.labels = { x: 'y' };
    delete (labelled.metadata as V1ConfigMap['metadata']).resourceVersion;
    expect((await state.update(kinds.deployment, labelled)).object.metadata.generation).toBe(1);
    const scaled = copyJson(labelled);
    scaled.spec.replicas = 2;
    scaled.status = { replicas: 9 };
    const second = await state.update(kinds.deployment, scaled);
    expect(second.object.metadata.generation).toBe(2);
    expect(second.object.status?.replicas).toBeUndefined();
    const status = copyJson(second.object);
    status.status = { replicas: 2 };
    status.spec.replicas = 5;
    const third = await state.update(kinds.deployment, status, { subresource: 'status' });
    expect(third.object).toMatchObject({
      metadata: { generation: 2 },
      spec: { replicas: 2 },
      status: { replicas: 2 },
    });
  });

  it('counts generations by the annotations of a Deployment and the labels of an EndpointSlice, too', async () => {
    const slice = await state.create(kinds.endpointSlice, {
      metadata: { namespace: 'one', name: 's' },
      addressType: 'IPv4',
      endpoints: [],
    });
    const next = copyJson(slice.object);
    next.metadata.annotations = { a: '1' };
    expect((await state.update(kinds.endpointSlice, next)).object.metadata.generation).toBe(1);
    next.metadata.labels = { a: '1' };
    next.metadata.resourceVersion = '';
    expect((await state.update(kinds.endpointSlice, next)).object.metadata.generation).toBe(2);
  });

  it('checks a status alone when it alone is written, for rules can come later than objects', async () => {
    const { memory } = ({ clock, state } = make());
    const old = pod('old', { restartPolicy: 'Sometimes' });
    const { object } = await memory.create(kinds.pod, old);
    const next = copyJson(object);
    next.status = { phase: 'Running' };
    const written = await state.update(kinds.pod, next, { subresource: 'status' });
    expect(written.object.status?.phase).toBe('Running');
    next.metadata.resourceVersion = '';
    expect((await failure(state.update(kinds.pod, next))).message).toContain('spec.restartPolicy');
  });

  it('tells who wants to know what is allowed and yet unwise', async () => {
    const told: string[] = [];
    const env = ['1', '2'].map((value) => ({ name: 'a', value }));
    const doubled = pod('doubled', { containers: [{ name: 'c', image: 'i', env }] });
    const written = await state.create(kinds.pod, doubled, { warn: (text) => told.push(text) });
    expect(told).toEqual([
      'spec.containers[0].env[1]: hides previous definition of "a", which may be dropped when using apply',
    ]);
    await state.update(kinds.pod, written.object, { warn: (text) => told.push(text) });
    expect(told).toHaveLength(1);
  });

  it('keeps the books of what was applied once, whoever writes it', async () => {
    const books = (manager: string, operation: string, field: string, more: object = {}) => ({
      manager,
      operation,
      apiVersion: 'v1',
      fieldsType: 'FieldsV1',
      fieldsV1: { 'f:data': { [field]: {} } },
      ...more,
    });
    const untracked = await state.create(kinds.configMap, config({ name: 'plain' }));
    await state.update(kinds.configMap, config({ name: 'plain' }, '2'));
    expect(untracked.object.metadata).not.toHaveProperty('managedFields');

    const applied = config({ name: 'applied', managedFields: [books('one', 'Apply', 'f:v')] });
    const created = await state.create(kinds.configMap, applied, { applied: true });
    expect(created.object.metadata.managedFields).toEqual(applied.metadata.managedFields);
    const same = await state.update(kinds.configMap, config({ name: 'applied' }), { fieldManager: 'two' });
    expect(same.object.metadata.managedFields).toEqual(applied.metadata.managedFields);
    const changed = await state.update(kinds.configMap, config({ name: 'applied' }, '2'), {
      fieldManager: 'two',
    });
    const time = changed.object.metadata.managedFields?.[0]?.time;
    expect(Date.parse(time ?? '')).toBe(Math.floor(clock.now() / 1000) * 1000);
    expect(changed.object.metadata.managedFields).toEqual([books('two', 'Update', 'f:v', { time })]);
    const cleared = config({ name: 'applied', managedFields: [] }, '2');
    const { object } = await state.update(kinds.configMap, cleared);
    expect(object.metadata).not.toHaveProperty('managedFields');
    for (const [name, options] of [
      ['none', { applied: false }],
      ['nothing', { applied: true }],
    ] as const) {
      const nobodys = config({ name, managedFields: options.applied ? [] : [{}] });
      const made = await state.create(kinds.configMap, nobodys, options);
      expect(made.object.metadata).not.toHaveProperty('managedFields');
    }
  });

  it('keeps what has finalizers until the last is taken away', async () => {
    await state.create(kinds.configMap, config({ name: 'a', finalizers: ['x/1', 'x/2'] }));
    const { gone, entry } = await state.delete(kinds.configMap, podName('a'));
    expect(gone).toBe(false);
    expect(entry.object.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:00Z',
      deletionGracePeriodSeconds: 0,
    });
    const again = await state.delete(kinds.configMap, podName('a'));
    expect(again.entry.revision).toBe(entry.revision);
    const added = await failure(
      state.update(kinds.configMap, config({ name: 'a', finalizers: ['x/1', 'x/2', 'x/3'] })),
    );
    expect(added.message).toContain('no new finalizers can be added if the object is being deleted');
    await state.update(kinds.configMap, config({ name: 'a', finalizers: ['x/1'] }));
    await state.get(kinds.configMap, podName('a'));
    const last = await state.update(kinds.configMap, config({ name: 'a' }));
    expect(last.object.metadata.finalizers).toBeUndefined();
    expect(last.object.metadata.resourceVersion).toBe(String(last.revision));
    expect((await failure(state.get(kinds.configMap, podName('a')))).reason).toBe('NotFound');
  });

  it('turns propagation policies into finalizers', async () => {
    for (const [policy, finalizers] of [
      ['Foreground', ['x/1', 'foregroundDeletion']],
      ['Orphan', ['x/1', 'orphan']],
      ['Background', ['x/1']],
    ] as const) {
      const name = policy.toLowerCase();
      await state.create(kinds.configMap, config({ name, finalizers: ['x/1'] }));
      const { entry } = await state.delete(kinds.configMap, podName(name), { propagationPolicy: policy });
      expect(entry.object.metadata.finalizers).toEqual(finalizers);
    }
    await state.create(kinds.configMap, config({ name: 'plain' }));
    expect(
      (await state.delete(kinds.configMap, podName('plain'), { propagationPolicy: 'Foreground' })).gone,
    ).toBe(false);
  });

  it('gives a running pod its time, which can only get shorter', async () => {
    await state.create(kinds.pod, pod('a', { nodeName: 'n' }));
    const first = await state.delete(kinds.pod, podName('a'));
    expect(first.gone).toBe(false);
    expect(first.entry.object.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    await clock.advance(5_000);
    const longer = await state.delete(kinds.pod, podName('a'), { gracePeriodSeconds: 60 });
    expect(longer.entry.revision).toBe(first.entry.revision);
    const shorter = await state.delete(kinds.pod, podName('a'), { gracePeriodSeconds: 10 });
    expect(shorter.entry.object.metadata).toMatchObject({
      deletionTimestamp: '2026-01-01T00:00:10Z',
      deletionGracePeriodSeconds: 10,
    });
    expect((await state.delete(kinds.pod, podName('a'), { gracePeriodSeconds: 0 })).gone).toBe(true);
  });

  it('removes a pod at once that no node has', async () => {
    await state.create(kinds.pod, pod('a'));
    expect((await state.delete(kinds.pod, podName('a'))).gone).toBe(true);
  });

  it('tells what is there instead of what was to be deleted', async () => {
    const { object } = await state.create(kinds.configMap, config({ name: 'a' }));
    const { uid, resourceVersion } = object.metadata;
    const refused = (preconditions: object) =>
      failure(state.delete(kinds.configMap, podName('a'), { preconditions })).then(({ message }) => message);
    expect(await refused({ uid: 'x' })).toContain(
      `: the UID in the precondition (x) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
    expect(await refused({ resourceVersion: '1' })).toContain(
      `: the ResourceVersion in the precondition (1) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  });

  it('keeps a namespace, Terminating, until it is finalized', async () => {
    const { entry, gone } = await state.delete(kinds.namespace, { name: 'one' });
    expect(gone).toBe(false);
    expect(entry.object).toMatchObject({
      status: { phase: 'Terminating' },
      spec: { finalizers: ['kubernetes'] },
    });
    const next = copyJson(entry.object);
    next.spec = { finalizers: [] };
    const kept = await state.update(kinds.namespace, next);
    expect(kept.object.spec?.finalizers).toEqual(['kubernetes']);
    await state.update(kinds.namespace, next, { subresource: 'finalize' });
    expect((await failure(state.get(kinds.namespace, { name: 'one' }))).reason).toBe('NotFound');
  });

  it('does not give up the namespaces that everything needs', async () => {
    await state.create(kinds.namespace, namespace('kube-system'));
    const error = await failure(state.delete(kinds.namespace, { name: 'kube-system' }));
    expect(error.reason).toBe('Forbidden');
    expect(error.message).toBe('namespaces "kube-system" is forbidden: this namespace may not be deleted');
  });

  it('lets admission change, then refuse', async () => {
    const seen: string[] = [];
    const labels: AdmissionPlugin = {
      name: 'Labels',
      admit({ object, operation }) {
        if (object && operation !== 'DELETE')
          object.metadata.labels = { ...object.metadata.labels, by: 'admission' };
      },
      validate({ operation, name, user, dryRun, old }) {
        seen.push(`${operation} ${name.name} ${user?.name} ${dryRun} ${old !== undefined}`);
        if (name.name === 'no') throw new StatusError('Forbidden', 'no');
      },
    };
    ({ state } = make([labels]));
    await state.create(kinds.namespace, namespace('one'));
    seen.length = 0;
    const user = { name: 'me', groups: [] };
    const { object } = await state.create(kinds.configMap, config({ name: 'a' }), { user });
    expect(object.metadata.labels).toEqual({ by: 'admission' });
    expect((await failure(state.create(kinds.configMap, config({ name: 'no' }), { user }))).reason).toBe(
      'Forbidden',
    );
    await state.update(kinds.configMap, config({ name: 'a' }, '2'), { user, dryRun: true });
    await state.delete(kinds.configMap, podName('a'), { user });
    expect(seen).toEqual([
      'CREATE a me false false',
      'CREATE no me false false',
      'UPDATE a me true true',
      'DELETE a me false true',
    ]);
  });
});
