import { describe, expect, it } from 'vitest';
import { systemClock } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds, type V1Pod } from '@gantry/api';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { nodeRestriction } from './node-restriction.ts';
import { defaultTolerationSeconds, priorityAdmission, serviceAccountAdmission } from './pod-defaults.ts';

const pod = (name: string, spec: Partial<V1Pod['spec']> = {}): V1Pod => ({
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
});
const node = { name: 'system:node:n1', groups: ['system:nodes'] };

async function registry(clock = systemClock) {
  const { state } = memoryRegistry((below) => [
    serviceAccountAdmission(below, clock),
    priorityAdmission,
    defaultTolerationSeconds,
    nodeRestriction(below),
  ]);
  for (const name of ['default', 'kube-node-lease', 'new'])
    await state.create(kinds.namespace, { metadata: { name }, spec: {} });
  await state.create(kinds.serviceAccount, { metadata: { name: 'default', namespace: 'default' } });
  return state;
}

describe('the service account of a new pod', () => {
  const mirror = (spec: Partial<V1Pod['spec']> = {}): V1Pod => ({
    ...pod('m', { nodeName: 'n1', ...spec }),
    metadata: { name: 'm', namespace: 'default', annotations: { 'kubernetes.io/config.mirror': 'x' } },
  });

  it('has to be there', async () => {
    const state = await registry();
    await expect(state.create(kinds.pod, pod('a', { serviceAccountName: 'nope' }))).rejects.toMatchObject({
      reason: 'Forbidden',
      message:
        'pods "a" is forbidden: error looking up service account default/nope: serviceaccount "nope" not found',
      details: { name: 'a', kind: 'pods' },
    });
  });

  it('is waited for where it is the one that every namespace gets', async () => {
    const state = await registry();
    const created = state.create(kinds.pod, { ...pod('a'), metadata: { name: 'a', namespace: 'new' } });
    await state.create(kinds.serviceAccount, { metadata: { name: 'default', namespace: 'new' } });
    expect((await created).object.spec.serviceAccountName).toBe('default');
  });

  it('is not waited for without end', async () => {
    const clock = new FakeClock();
    const state = await registry(clock);
    const created = state.create(kinds.pod, { ...pod('a'), metadata: { name: 'a', namespace: 'new' } });
    const refused = expect(created).rejects.toThrow('serviceaccount "default" not found');
    await clock.advance(1500);
    await refused;
  });

  it('lends its pull secrets to who has none', async () => {
    const state = await registry();
    await state.create(kinds.serviceAccount, {
      metadata: { name: 'puller', namespace: 'default' },
      imagePullSecrets: [{ name: 'registry' }],
    });
    const secretsOf = async (of: V1Pod) => (await state.create(kinds.pod, of)).object.spec.imagePullSecrets;
    expect(await secretsOf(pod('a', { serviceAccountName: 'puller' }))).toEqual([{ name: 'registry' }]);
    const own = [{ name: 'own' }];
    expect(await secretsOf(pod('b', { serviceAccountName: 'puller', imagePullSecrets: own }))).toEqual(own);
  });

  it('is not asked for in a namespace that is not there', async () => {
    const state = await registry();
    await expect(
      state.create(kinds.pod, { ...pod('a'), metadata: { name: 'a', namespace: 'nope' } }),
    ).rejects.toMatchObject({ reason: 'NotFound', message: 'namespaces "nope" not found' });
  });

  it('is none for a mirror of what a node runs by itself', async () => {
    const state = await registry();
    const { spec } = (await state.create(kinds.pod, mirror())).object;
    expect([spec.serviceAccountName, spec.serviceAccount]).toEqual([undefined, undefined]);
  });

  it.each<[string, Partial<V1Pod['spec']>]>([
    ['reference service accounts', { serviceAccount: 'default' }],
    ['reference secrets', { volumes: [{ name: 'v', secret: { secretName: 's' } }] }],
    [
      'use ServiceAccountToken volume projections',
      { volumes: [{ name: 'v', projected: { sources: [{ serviceAccountToken: { path: 't' } }] } }] },
    ],
  ])('and such a mirror may not %s', async (why, spec) => {
    const state = await registry();
    await expect(state.create(kinds.pod, mirror(spec))).rejects.toThrow(
      `pods "m" is forbidden: a mirror pod may not ${why}`,
    );
  });
});

describe('a new pod', () => {
  it('has no ephemeral containers yet', async () => {
    const state = await registry();
    const spec = { ephemeralContainers: [{ name: 'e', image: 'i' }] };
    await expect(state.create(kinds.pod, pod('a', spec))).rejects.toMatchObject({
      message: 'Pod "a" is invalid: spec.ephemeralContainers: Forbidden: cannot be set on create',
    });
  });

  it('gets a service account, a priority and two tolerations', async () => {
    const state = await registry();
    const { spec } = (await state.create(kinds.pod, pod('a'))).object;
    expect(spec).toMatchObject({
      serviceAccountName: 'default',
      serviceAccount: 'default',
      priority: 0,
      preemptionPolicy: 'PreemptLowerPriority',
      tolerations: [
        {
          key: 'node.kubernetes.io/not-ready',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
        {
          key: 'node.kubernetes.io/unreachable',
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 300,
        },
      ],
    });
  });

  it('keeps tolerations of its own', async () => {
    const state = await registry();
    const tolerations = [{ operator: 'Exists' }];
    expect((await state.create(kinds.pod, pod('a', { tolerations }))).object.spec.tolerations).toEqual(
      tolerations,
    );
  });

  it('is of one of the system’s classes or of none', async () => {
    const state = await registry();
    const critical = await state.create(kinds.pod, pod('a', { priorityClassName: 'system-node-critical' }));
    expect(critical.object.spec.priority).toBe(2_000_001_000);
    await expect(state.create(kinds.pod, pod('b', { priorityClassName: 'nope' }))).rejects.toThrow(
      'pods "b" is forbidden: no PriorityClass with name nope was found',
    );
    const generated = pod('', { priorityClassName: 'nope' });
    generated.metadata = { namespace: 'default', generateName: 'web-1-' };
    await expect(state.create(kinds.pod, generated)).rejects.toThrow(
      'pods "web-1-" is forbidden: no PriorityClass with name nope was found',
    );
    await expect(state.create(kinds.pod, pod('b', { priority: 7 }))).rejects.toThrow(
      'must not be provided in pod spec',
    );
  });
});

describe('a node', () => {
  it('ends its own pods and writes their status, and nobody else’s', async () => {
    const state = await registry();
    const mine = (await state.create(kinds.pod, pod('mine', { nodeName: 'n1' }))).object;
    const other = (await state.create(kinds.pod, pod('other', { nodeName: 'n2' }))).object;
    const status = { phase: 'Running' };
    const write = (
      { metadata: { resourceVersion: _, ...metadata }, ...object }: V1Pod,
      subresource?: string,
    ) =>
      state.update(
        kinds.pod,
        { ...object, metadata, status },
        { user: node, ...(subresource ? { subresource } : {}) },
      );
    await expect(write(mine, 'status')).resolves.toMatchObject({ object: { status } });
    await expect(write(other, 'status')).rejects.toMatchObject({ reason: 'Forbidden' });
    await expect(write(mine)).rejects.toMatchObject({ reason: 'Forbidden' });
    await expect(
      write({ ...mine, metadata: { ...mine.metadata, labels: { a: 'b' }, resourceVersion: '' } }, 'status'),
    ).rejects.toThrow('cannot update labels');
    await expect(
      state.delete(kinds.pod, { namespace: 'default', name: 'other' }, { user: node }),
    ).rejects.toThrow('node "n1" can only delete pods with spec.nodeName set to itself');
    await expect(
      state.delete(kinds.pod, { namespace: 'default', name: 'mine' }, { user: node }),
    ).resolves.toBeDefined();
    await expect(state.create(kinds.pod, pod('new', { nodeName: 'n1' }), { user: node })).rejects.toThrow(
      'can only create mirror pods',
    );
  });

  it('makes and changes its own Node, but for labels and taints that say what it is for', async () => {
    const state = await registry();
    const object = { metadata: { name: 'n1' }, spec: {} };
    await state.create(kinds.node, object, { user: node });
    await expect(
      state.create(kinds.node, { ...object, metadata: { name: 'n2' } }, { user: node }),
    ).rejects.toThrow('not allowed to modify node "n2"');
    const labels = { 'node-restriction.kubernetes.io/team': 'a' };
    await expect(
      state.update(kinds.node, { ...object, metadata: { name: 'n1', labels } }, { user: node }),
    ).rejects.toThrow('not allowed to modify labels');
    await expect(
      state.update(
        kinds.node,
        { ...object, spec: { taints: [{ key: 'a', effect: 'NoSchedule' }] } },
        { user: node },
      ),
    ).rejects.toThrow('not allowed to modify taints');
    await expect(state.delete(kinds.node, { name: 'n1' }, { user: node })).rejects.toThrow(
      'not allowed to delete itself',
    );
  });

  it('renews its own lease only', async () => {
    const state = await registry();
    const lease = (namespace: string, name: string) =>
      state.create(kinds.lease, { metadata: { namespace, name }, spec: {} }, { user: node });
    await expect(lease('kube-node-lease', 'n1')).resolves.toBeDefined();
    await expect(lease('kube-node-lease', 'n2')).rejects.toThrow('same name as the requesting node');
    await expect(lease('default', 'n1')).rejects.toThrow('"kube-node-lease" system namespace');
  });
});
