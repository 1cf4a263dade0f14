import { describe, expect, it } from 'vitest';
import { epochMs } from '../testing/objects.ts';
import { planConditions } from './plan.ts';

describe('the conditions of a namespace that is being emptied', () => {
  const status = (conditions: ReturnType<typeof planConditions>, type: string) =>
    conditions.find((each) => each.type === type);

  it('are all false when nothing is left', () => {
    const conditions = planConditions([], [{ resource: 'pods.', count: 0, finalizers: {} }], epochMs);
    expect(conditions.map(({ status }) => status)).toEqual(['False', 'False', 'False', 'False', 'False']);
    expect(status(conditions, 'NamespaceContentRemaining')?.message).toBe('All content successfully removed');
  });

  it('say what is left, what holds it and what failed, in upstream’s words', () => {
    const conditions = planConditions(
      [],
      [
        { resource: 'pods.', count: 2, finalizers: { 'example.com/hold': 1 } },
        { resource: 'deployments.apps', count: 1, finalizers: { 'a.io/hold': 1 } },
        { resource: 'configmaps.', count: 0, finalizers: {}, failure: 'configmaps: not allowed' },
      ],
      epochMs,
    );
    expect(status(conditions, 'NamespaceContentRemaining')).toMatchObject({
      status: 'True',
      reason: 'SomeResourcesRemain',
      message:
        'Some resources are remaining: deployments.apps has 1 resource instances, pods. has 2 resource instances',
    });
    expect(status(conditions, 'NamespaceFinalizersRemaining')?.message).toBe(
      'Some content in the namespace has finalizers remaining: a.io/hold in 1 resource instances, example.com/hold in 1 resource instances',
    );
    expect(status(conditions, 'NamespaceDeletionContentFailure')).toMatchObject({
      status: 'True',
      reason: 'ContentDeletionFailed',
    });
  });

  it('keep their time while they stay', () => {
    const first = planConditions([], [], epochMs);
    expect(planConditions(first, [], epochMs + 60_000)).toEqual(first);
  });
});
