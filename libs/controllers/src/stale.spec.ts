import { seededRandom } from '@gantry/base';
import { kinds } from '@gantry/api';
import { modify } from '@gantry/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fenceposts, replicasOf } from './deployment/replica-counts.ts';
import { isComplete } from './deployment/status.ts';
import { AvailabilityWatch, exampleDeployment, Simulation } from './testing/index.ts';

const name = { namespace: 'default', name: 'web' };

// `SEED=42 RUNS=500 vitest run …` looks further than every day's run does.
const cases = fc.record({
  seed: fc.nat(),
  replicas: fc.integer({ min: 1, max: 12 }),
  maxSurge: fc.constantFrom<(number | string)[]>(0, 1, 2, 5, '25%', '50%', '100%'),
  maxUnavailable: fc.constantFrom<(number | string)[]>(0, 1, 3, '25%', '60%'),
  lagMs: fc.constantFrom(0, 5, 60, 400),
  readyMs: fc.constantFrom(10, 200, 3_000),
  crashAfter: fc.constantFrom(Infinity, 3, 12, 25, 40),
});

describe('a rolling update with late caches', () => {
  it('keeps within its surge and its availability, whatever the timing', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases,
        async ({ seed, replicas, maxSurge, maxUnavailable, lagMs, readyMs, crashAfter }) => {
          fc.pre(maxSurge !== 0 || maxUnavailable !== 0);
          const random = seededRandom(seed);
          using simulation = new Simulation({
            seed,
            lagMs: (own) => own() * lagMs,
            kubelet: { readyAfterMs: () => 1 + random() * readyMs, goneAfterMs: 1 + random() * readyMs },
          });
          const { state } = simulation;
          await simulation.createNamespace('default');
          using pods = new AvailabilityWatch(state, 'web');
          const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } };
          await state.create(kinds.deployment, exampleDeployment('web', { replicas, strategy }));
          let life = simulation.start();
          const complete = () =>
            simulation.until(async () => {
              const now = await simulation.find(kinds.deployment, name);
              return now !== undefined && isComplete(now, now.status ?? {}) && pods.ready === replicas;
            }, 'the Deployment is complete');
          await complete();
          life.stop();
          life = simulation.start(crashAfter, () => (life = simulation.start()));
          const { object } = await modify(state, kinds.deployment, name, (deployment) => {
            deployment.spec.template.spec!.containers[0]!.image = 'web:2';
          });
          pods.maxPods = replicasOf(object) + fenceposts(object).maxSurge;
          pods.minReady = replicasOf(object) - fenceposts(object).maxUnavailable;
          // A third version comes when the second is half way.
          await simulation.clock.advance(random() * readyMs);
          await modify(state, kinds.deployment, name, (deployment) => {
            deployment.spec.template.spec!.containers[0]!.image = 'web:3';
          });
          await complete();
          expect(pods.violations).toEqual([]);
          await simulation.until(
            async () => (await simulation.list(kinds.pod)).length === replicas,
            'none too many',
          );
          for (const pod of await simulation.list(kinds.pod))
            expect(pod.spec.containers[0]?.image).toBe('web:3');
          life.stop();
        },
      ),
      { numRuns: Number(process.env.RUNS ?? 50), seed: Number(process.env.SEED ?? 20260101) },
    );
  }, 600_000);
});
