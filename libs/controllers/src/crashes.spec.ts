import { kindList, kinds, type Kind } from '@gantry/api';
import { modify } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { fenceposts, replicasOf } from './deployment/replica-counts.ts';
import { isComplete } from './deployment/status.ts';
import { AvailabilityWatch, exampleDeployment, Simulation, type Incarnation } from './testing/index.ts';

const namespace = 'shop';
const name = { namespace, name: 'web' };

interface Strategy {
  maxSurge: number | string;
  maxUnavailable: number | string;
}

/**
 * A whole life: made, rolled to a new version, scaled in the middle of the next, rolled back, deleted, and at last its namespace too.
 * The controllers die after write number `crashAfter` and fresh ones go on. Returns how many writes the first life made.
 */
async function live(strategy: Strategy, crashAfter: number, seed: number): Promise<number> {
  using simulation = new Simulation({ seed });
  const { state } = simulation;
  await simulation.createNamespace(namespace);
  using pods = new AvailabilityWatch(state, 'web');
  let second: Incarnation | undefined;
  const first = simulation.start(crashAfter, () => (second = simulation.start()));
  const change = async (what: string, replicas: number, image: string) => {
    const { object } = await modify(state, kinds.deployment, name, (deployment) => {
      deployment.spec.replicas = replicas;
      deployment.spec.template.spec!.containers[0]!.image = image;
    });
    const { maxSurge, maxUnavailable } = fenceposts(object);
    const promise = () => {
      pods.maxPods = Math.max(pods.active, replicasOf(object) + maxSurge);
      pods.minReady = Math.min(pods.ready, replicasOf(object) - maxUnavailable);
    };
    promise();
    return {
      promise,
      complete: () =>
        simulation.until(async () => {
          const now = await simulation.find(kinds.deployment, name);
          return (
            now !== undefined && isComplete(now, now.status ?? {}) && (now.status?.updatedReplicas ?? 0) > 0
          );
        }, `${what}, having crashed after write ${crashAfter}`),
    };
  };
  const context = `crashed after write ${crashAfter}`;

  await state.create(
    kinds.deployment,
    exampleDeployment(
      'web',
      { replicas: 4, strategy: { type: 'RollingUpdate', rollingUpdate: strategy }, revisionHistoryLimit: 1 },
      { namespace },
    ),
  );
  const made = await change('made', 4, 'web:1');
  await made.complete();
  made.promise();

  const rolled = await change('rolled', 4, 'web:2');
  await rolled.complete();
  expect(pods.violations, context).toEqual([]);

  await change('rolled again', 4, 'web:3');
  await simulation.clock.advance(150);
  const grown = await change('scaled while rolling', 6, 'web:3');
  await grown.complete();
  expect(pods.violations, context).toEqual([]);
  grown.promise();

  const back = await change('rolled back', 6, 'web:2');
  await back.complete();
  expect(pods.violations, context).toEqual([]);
  await simulation.until(
    async () => (await simulation.list(kinds.pod, namespace)).length === 6,
    `no pod too many is left, ${context}`,
  );
  await simulation.until(
    async () => (await simulation.list(kinds.replicaSet, namespace)).length === 2,
    `one old revision is kept, ${context}`,
  );

  [pods.minReady, pods.maxPods] = [0, Infinity];
  await state.delete(kinds.deployment, name, { propagationPolicy: 'Foreground' });
  await simulation.until(
    async () =>
      (await simulation.list(kinds.replicaSet, namespace)).length === 0 &&
      (await simulation.list(kinds.pod, namespace)).length === 0 &&
      (await simulation.find(kinds.deployment, name)) === undefined,
    `nothing is left of the Deployment, ${context}`,
  );

  await state.create(kinds.deployment, exampleDeployment('web', { replicas: 2 }, { namespace }));
  await simulation.until(() => pods.ready === 2, `the second Deployment runs, ${context}`);
  await state.delete(kinds.namespace, { name: namespace });
  await simulation.until(
    async () => (await simulation.find(kinds.namespace, { name: namespace })) === undefined,
    `the namespace is gone, ${context}`,
  );
  for (const kind of kindList)
    if (kind.namespaced && kind !== (kinds.event as Kind))
      expect(await simulation.list(kind, namespace), `${kind.plural}, ${context}`).toEqual([]);
  expect(crashAfter === Infinity || second !== undefined, 'the crash has happened').toBe(true);
  return first.state.writes;
}

describe('controllers that are killed', () => {
  // Every write for the one strategy, every third for the others: they differ in the arithmetic only.
  it.each<[string, number, Strategy]>([
    ['surge one, none unavailable', 1, { maxSurge: 1, maxUnavailable: 0 }],
    ['no surge, one unavailable', 3, { maxSurge: 0, maxUnavailable: 1 }],
    ['percentages', 3, { maxSurge: '25%', maxUnavailable: '50%' }],
  ])(
    'after any single write lose and double nothing: %s',
    async (_, step, strategy) => {
      const writes = await live(strategy, Infinity, 7);
      expect(writes).toBeGreaterThan(50);
      for (let crashAfter = 1; crashAfter <= writes; crashAfter += step) {
        try {
          await live(strategy, crashAfter, 7);
        } catch (error) {
          throw new Error(`killed after write ${crashAfter} of ${writes}`, { cause: error });
        }
      }
    },
    300_000,
  );
});
