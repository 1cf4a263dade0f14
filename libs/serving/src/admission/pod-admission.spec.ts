import { describe, expect, it } from 'vitest';
import { kinds, type V1Pod } from '@gantry/api';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { nodeRestriction } from './node-restriction.ts';
import { defaultTolerationSeconds, priorityAdmission, serviceAccountAdmission } from './pod-defaults.ts';

const pod = (name: string, spec: Partial<V1Pod['spec']> = {}): V1Pod => ({
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'c', image: 'i' }], ...spec },
});
const node = { name: 'system:node:n1', groups: ['system:nodes'] };

async function registry() {
  const { state } = memoryRegistry([
    serviceAccountAdmission,
    priorityAdmission,
    defaultTolerationSeconds,
    nodeRestriction,
  ]);
  for (const name of ['default', 'kube-node-lease'])
    await state.create(kinds.namespace, { metadata: { name }, spec: {} });
  return state;
}

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
