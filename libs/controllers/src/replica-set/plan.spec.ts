import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs, examplePod, exampleReplicaSet, type PodLooks } from '../testing/objects.ts';
import { burstReplicas, planScale, planStatus, rankForDeletion } from './plan.ts';

const nowMs = epochMs + 3_600_000;
const names = (pods: readonly { metadata: { name: string } }[]) => pods.map(({ metadata }) => metadata.name);

const looks = fc.record({
  ready: fc.boolean(),
  readySinceS: fc.integer({ min: 0, max: 3_000 }),
  createdS: fc.integer({ min: 0, max: 3_000 }),
  node: fc.constantFrom('n1', 'n2', 'n3', ''),
  phase: fc.constantFrom('Pending', 'Running', 'Unknown', 'Succeeded', 'Failed'),
  deleting: fc.boolean(),
  restarts: fc.nat(3),
});

describe('the plan of a ReplicaSet', () => {
  it('creates exactly what is missing and deletes exactly what is too much', () => {
    fc.assert(
      fc.property(fc.array(looks, { maxLength: 30 }), fc.nat(30), (all, replicas) => {
        const pods = all.map((each, index) => examplePod(`p${index}`, each as PodLooks));
        const active = pods.filter(
          ({ metadata, status }) =>
            !metadata.deletionTimestamp && status?.phase !== 'Succeeded' && status?.phase !== 'Failed',
        );
        const plan = planScale(exampleReplicaSet(replicas), pods, () => pods, nowMs);
        const created = plan.type === 'create' ? plan.count : 0;
        const deleted = plan.type === 'delete' ? plan.pods : [];
        expect(active.length + created - deleted.length).toBe(replicas);
        expect(new Set(deleted).size).toBe(deleted.length);
        for (const pod of deleted) expect(active).toContain(pod);
      }),
    );
  });

  it('never deletes a ready pod while it keeps one that is not', () => {
    fc.assert(
      fc.property(fc.array(looks, { minLength: 1, maxLength: 20 }), fc.nat(20), (all, replicas) => {
        const pods = all.map((each, index) =>
          examplePod(`p${index}`, { ...(each as PodLooks), phase: 'Running', node: 'n1', deleting: false }),
        );
        const plan = planScale(exampleReplicaSet(replicas), pods, () => pods, nowMs);
        if (plan.type !== 'delete') return;
        const isReady = (pod: (typeof pods)[number]) => pod.status?.conditions?.[0]?.status === 'True';
        const kept = pods.filter((pod) => !plan.pods.includes(pod));
        if (plan.pods.some(isReady)) expect(kept.every(isReady)).toBe(true);
      }),
    );
  });

  it.each<[string, PodLooks, PodLooks]>([
    ['an unassigned pod before one on a node', { node: '' }, { node: 'n1' }],
    ['a pending pod before a running one', { node: 'n1', phase: 'Pending' }, { node: 'n1' }],
    ['an unready pod before a ready one', { node: 'n1', ready: false }, { node: 'n1' }],
    [
      'a cheap pod before a dear one',
      { node: 'n1', annotations: { 'controller.kubernetes.io/pod-deletion-cost': '-5' } },
      { node: 'n1' },
    ],
    [
      'one that was ready for a shorter time',
      { node: 'n1', readySinceS: 3_500 },
      { node: 'n1', readySinceS: 10 },
    ],
    ['one that restarted more often', { node: 'n1', restarts: 3 }, { node: 'n1', restarts: 1 }],
    ['a younger pod before an older one', { node: 'n1', createdS: 3_500 }, { node: 'n1', createdS: 10 }],
  ])('lets go %s', (_, first, second) => {
    const pods = [examplePod('second', second), examplePod('first', first)];
    expect(names(rankForDeletion(pods, [], nowMs))).toEqual(['first', 'second']);
  });

  it('lets go one whose sidecar restarted more often, if all else is alike', () => {
    const withSidecar = (name: string, restartCount: number) => {
      const pod = examplePod(name, { node: 'n1' });
      pod.spec.initContainers = [{ name: 's', restartPolicy: 'Always' }, { name: 'i' }];
      const status = { image: '', imageID: '', ready: true };
      pod.status = {
        ...pod.status,
        initContainerStatuses: [
          { ...status, name: 's', restartCount },
          { ...status, name: 'i', restartCount: 9 - restartCount },
        ],
      };
      return pod;
    };
    expect(names(rankForDeletion([withSidecar('calm', 1), withSidecar('shaky', 4)], [], nowMs))).toEqual([
      'shaky',
      'calm',
    ]);
  });

  it('lets go from the node that holds most pods of the same owner', () => {
    const pods = [examplePod('alone', { node: 'n1' }), examplePod('crowded', { node: 'n2' })];
    const related = [...pods, examplePod('other', { node: 'n2' })];
    expect(names(rankForDeletion(pods, related, nowMs))[0]).toBe('crowded');
  });

  it('takes a deletion cost that is no number for zero', () => {
    const annotations = { 'controller.kubernetes.io/pod-deletion-cost': '1e3' };
    const pods = [
      examplePod('odd', { node: 'n1', annotations, readySinceS: 10 }),
      examplePod('plain', { node: 'n1', readySinceS: 3_500 }),
    ];
    expect(names(rankForDeletion(pods, [], nowMs))).toEqual(['plain', 'odd']);
  });

  it('does not do everything at once', () => {
    expect(planScale(exampleReplicaSet(10_000), [], () => [], nowMs)).toEqual({
      type: 'create',
      count: burstReplicas,
    });
  });

  it('counts pods as available when they have been ready for long enough, and says when to look again', () => {
    const pods = [
      examplePod('old', { readySinceS: 0 }),
      examplePod('new', { readySinceS: 3_595 }),
      examplePod('un', { ready: false }),
    ];
    const { status, recheckAfterMs } = planStatus(
      exampleReplicaSet(3, { minReadySeconds: 30 }),
      pods,
      true,
      undefined,
      nowMs,
    );
    expect(status).toMatchObject({
      replicas: 3,
      readyReplicas: 2,
      availableReplicas: 1,
      fullyLabeledReplicas: 3,
    });
    expect(recheckAfterMs).toBe(25_000);
  });

  it('counts pods that are ending, until they have ended', () => {
    const status = (pods: Parameters<typeof planStatus>[1]) =>
      planStatus(exampleReplicaSet(1), pods, true, undefined, nowMs).status;
    const ending = examplePod('ending', { deleting: true });
    expect(status([examplePod('stays', {}), ending])).toMatchObject({ replicas: 1, terminatingReplicas: 1 });
    expect(status([examplePod('done', { deleting: true, phase: 'Succeeded' })])).toMatchObject({
      replicas: 0,
      terminatingReplicas: 0,
    });
    const before = { ...exampleReplicaSet(1), status: status([ending]) };
    expect(planStatus(before, [ending], true, undefined, nowMs).changed).toBe(false);
    expect(planStatus(before, [], true, undefined, nowMs).changed).toBe(true);
  });

  it('shows a failure until it is over, and writes nothing twice', () => {
    const replicaSet = exampleReplicaSet(1);
    const failing = planStatus(
      replicaSet,
      [],
      true,
      { reason: 'FailedCreate', error: new Error('quota') },
      nowMs,
    );
    expect(failing.status.conditions).toMatchObject([
      { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'quota' },
    ]);
    const shown = { ...replicaSet, status: failing.status };
    expect(
      planStatus(shown, [], true, { reason: 'FailedCreate', error: new Error('again') }, nowMs + 1).changed,
    ).toBe(false);
    const over = planStatus(shown, [], true, undefined, nowMs);
    expect(over.changed).toBe(true);
    expect(over.status.conditions).toBeUndefined();
  });
});
