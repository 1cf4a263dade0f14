import { describe, expect, it } from 'vitest';
import { examplePod } from '../testing/objects.ts';
import { isOutOfService, plan } from './plan.ts';

const view = (pods: ReturnType<typeof examplePod>[], more = {}) => ({
  pods,
  nodeExists: (name: string) => name === 'here' || name === 'off',
  isLost: (name: string) => name === 'lost',
  isOutOfService: (name: string) => name === 'off',
  finishedThreshold: 0,
  ...more,
});
const reasons = (result: ReturnType<typeof plan>) =>
  result.collect.map(({ pod, reason }) => `${pod.metadata.name}: ${reason}`);

describe('the collection of pods', () => {
  it('takes those of lost nodes and those that die without ever having had one', () => {
    const result = plan(
      view([
        examplePod('fine', { node: 'here' }),
        examplePod('orphan', { node: 'lost' }),
        examplePod('waits', { node: 'just-gone' }),
        examplePod('unscheduled', { deleting: true }),
        examplePod('dying', { node: 'here', deleting: true }),
      ]),
    );
    expect(reasons(result)).toEqual(['orphan: orphaned', 'unscheduled: unscheduled']);
    expect([...result.missingNodes].sort()).toEqual(['just-gone', 'lost']);
  });

  it('takes those that are ending on a node that is out of service', () => {
    const result = plan(
      view([examplePod('stuck', { node: 'off', deleting: true }), examplePod('stays', { node: 'off' })]),
    );
    expect(reasons(result)).toEqual(['stuck: out-of-service']);
  });

  it.each([
    ['False', 'node.kubernetes.io/out-of-service', true],
    ['Unknown', 'node.kubernetes.io/out-of-service', true],
    ['True', 'node.kubernetes.io/out-of-service', false],
    ['False', 'node.kubernetes.io/unreachable', false],
  ])('a node that is ready: %s with the taint %s is out of service: %s', (status, key, expected) => {
    expect(
      isOutOfService({
        metadata: {},
        spec: { taints: [{ key, effect: 'NoExecute' }] },
        status: { conditions: [{ type: 'Ready', status }] },
      }),
    ).toBe(expected);
    expect(isOutOfService(undefined)).toBe(false);
  });

  it('thins out the evicted before all others', () => {
    const evicted = examplePod('evicted', { node: 'here', phase: 'Failed', createdS: 900 });
    evicted.status = { ...evicted.status, reason: 'Evicted' };
    const pods = [examplePod('old', { node: 'here', phase: 'Failed', createdS: 100 }), evicted];
    expect(reasons(plan(view(pods, { finishedThreshold: 1 })))).toEqual(['evicted: finished']);
  });

  it('thins out the finished, oldest first, down to the threshold', () => {
    const pods = [3, 1, 2].map((age) =>
      examplePod(`done-${age}`, { node: 'here', phase: 'Succeeded', createdS: age * 100 }),
    );
    expect(reasons(plan(view(pods, { finishedThreshold: 1 })))).toEqual([
      'done-1: finished',
      'done-2: finished',
    ]);
    expect(plan(view(pods)).collect).toEqual([]);
  });
});
