import type { Stored, V1Deployment, V1ReplicaSet } from '@gantry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleReplicaSet } from '../testing/objects.ts';
import { fenceposts, replicasOf, resolveCount, sum } from './replica-counts.ts';
import { rollingSizes } from './rollout.ts';
import { scaledSizes } from './scaling.ts';

const share = fc.oneof(
  fc.integer({ min: 0, max: 10 }),
  fc.integer({ min: 0, max: 100 }).map((n) => `${n}%`),
);

function deploymentOf(
  replicas: number,
  maxSurge: number | string,
  maxUnavailable: number | string,
): Stored<V1Deployment> {
  const { metadata, spec } = exampleReplicaSet(0);
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
  return { metadata, spec: { replicas, selector: spec.selector, template: {}, strategy } };
}

function setOf(replicas: number, available: number, before: number, surge: number): Stored<V1ReplicaSet> {
  const set = exampleReplicaSet(replicas);
  set.metadata.annotations = {
    'deployment.kubernetes.io/desired-replicas': String(before),
    'deployment.kubernetes.io/max-replicas': String(before + surge),
  };
  set.status = { replicas, availableReplicas: Math.min(available, replicas), observedGeneration: 1 };
  return set;
}

describe('the sizes of a Deployment’s ReplicaSets', () => {
  it.each([
    ['25%', 10, 'up', 3],
    ['25%', 10, 'down', 2],
    [4, 10, 'up', 4],
    ['0%', 10, 'up', 0],
    [undefined, 10, 'up', 0],
  ] as const)('take %s of %d, rounded %s, as %d', (value, total, round, expected) => {
    expect(resolveCount(value, total, round)).toBe(expected);
  });

  it('never both stand still: without surge and unavailability one may be unavailable', () => {
    expect(fenceposts(deploymentOf(3, '1%', '10%'))).toEqual({ maxSurge: 1, maxUnavailable: 0 });
    expect(fenceposts(deploymentOf(3, 0, '10%'))).toEqual({ maxSurge: 0, maxUnavailable: 1 });
  });

  it('add up to what is allowed when several are scaled, and none shrinks while the whole grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 10 }),
        (counts, wanted, surge) => {
          const total = counts.reduce((a, b) => a + b, 0);
          const sets = counts.map((count) => setOf(count, 0, total, 0));
          const deployment = deploymentOf(wanted, surge, 1);
          const [newSet, ...oldSets] = sets;
          const sizes = scaledSizes(deployment, newSet, oldSets);
          const allowed = wanted === 0 ? 0 : wanted + surge;
          expect(sum(sizes.values(), (size) => size)).toBe(allowed);
          for (const [set, size] of sizes) {
            expect(size).toBeGreaterThanOrEqual(0);
            if (allowed >= total) expect(size).toBeGreaterThanOrEqual(replicasOf(set));
            else expect(size).toBeLessThanOrEqual(replicasOf(set));
          }
        },
      ),
    );
  });

  it('keep within the promises at every step of a rolling update, and get to its end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), share, share, (wanted, maxSurge, maxUnavailable) => {
        const deployment = deploymentOf(wanted, maxSurge, maxUnavailable);
        const limits = fenceposts(deployment);
        let old = setOf(wanted, wanted, wanted, limits.maxSurge);
        let next = setOf(0, 0, wanted, limits.maxSurge);
        for (let step = 0; step < 500 && !(replicasOf(old) === 0 && replicasOf(next) === wanted); step++) {
          const sizes = rollingSizes(deployment, next, [old]);
          // Every pod of before has become available by the next step.
          const settled = (set: Stored<V1ReplicaSet>) => {
            const size = sizes.get(set) ?? replicasOf(set);
            return setOf(size, size, wanted, limits.maxSurge);
          };
          const serving = sum([old, next], (set) =>
            Math.min(set.status?.availableReplicas ?? 0, sizes.get(set) ?? replicasOf(set)),
          );
          expect(serving).toBeGreaterThanOrEqual(wanted - limits.maxUnavailable);
          [old, next] = [settled(old), settled(next)];
          expect(replicasOf(old) + replicasOf(next)).toBeLessThanOrEqual(wanted + limits.maxSurge);
        }
        expect([replicasOf(old), replicasOf(next)]).toEqual([0, wanted]);
      }),
    );
  });

  it('change nothing while a ReplicaSet has not answered the last step', () => {
    const deployment = deploymentOf(4, 1, 1);
    const [old, next] = [setOf(4, 4, 4, 1), setOf(0, 0, 4, 1)];
    old.metadata.generation = 2;
    expect(rollingSizes(deployment, next, [old]).size).toBe(0);
  });
});
