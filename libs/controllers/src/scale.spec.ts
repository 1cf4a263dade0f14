import { seededRandom, timestamp } from '@gantry/base';
import { kinds, type V1Pod } from '@gantry/api';
import { modify } from '@gantry/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canServe } from './shared/service-pods.ts';
import { isPodReady } from './shared/pods.ts';
import { triggerTimeAnnotation } from './shared/trigger-times.ts';
import { exampleDeployment, Simulation, type SimulationOptions } from './testing/index.ts';

const name = { namespace: 'default', name: 'web' };

const servicing = (options: SimulationOptions = {}) =>
  new Simulation({ only: (each) => ['endpoint', 'endpoint_slice'].includes(each.name), ...options });

async function createService(simulation: Simulation, selector = { app: 'web' }): Promise<void> {
  await simulation.state.create(kinds.service, {
    metadata: name,
    spec: { selector, clusterIP: '10.43.0.5', ports: [{ port: 80, targetPort: 8080 }] },
  });
}

/** Where slices and Endpoints lead, in order. */
async function published(simulation: Simulation): Promise<{ sliced: string[]; listed: string[] }> {
  const slices = await simulation.list(kinds.endpointSlice);
  for (const { endpoints = [] } of slices) expect(endpoints.length).toBeLessThanOrEqual(100);
  const sliced = slices
    .flatMap(({ endpoints = [] }) => endpoints)
    .map(({ addresses, conditions }) => `${addresses[0]} ${conditions?.ready}`);
  const { subsets = [] } = (await simulation.find(kinds.endpoints, name)) ?? {};
  const listed = subsets.flatMap(({ addresses = [], notReadyAddresses = [] }) => [
    ...addresses.map(({ ip }) => `${ip} true`),
    ...notReadyAddresses.map(({ ip }) => `${ip} false`),
  ]);
  return { sliced: sliced.sort(), listed: listed.sort() };
}

const address = (index: number) => `10.42.${index >> 8}.${index & 255}`;

describe('many pods behind one Service', () => {
  it('are not written one by one as they start, and are all there at the end', async () => {
    const count = 400;
    let started = 0;
    using simulation = new Simulation({ kubelet: { readyAfterMs: () => ++started * 10 } });
    await simulation.createNamespace('default');
    const life = simulation.start();
    await createService(simulation);
    await simulation.state.create(kinds.deployment, exampleDeployment('web', { replicas: count }));
    await simulation.until(
      async () => (await simulation.find(kinds.deployment, name))?.status?.availableReplicas === count,
      'all pods are available',
    );
    await simulation.clock.advance(1_000);
    const { sliced, listed } = await published(simulation);
    expect([sliced.length, listed.length]).toEqual([count, count]);
    expect([...sliced, ...listed].filter((each) => !each.endsWith('true'))).toEqual([]);
    const writes = (verb: string) => life.state.journal.filter((line) => line.startsWith(verb)).length;
    // In four seconds: a pass over 400 pods each 40 ms, and one that writes Endpoints each 200 ms, at the most.
    expect(writes('update endpoints ')).toBeLessThan(60);
    expect(writes('update endpointslices')).toBeLessThan(180);
    expect(writes('update status of replicasets')).toBeLessThan(180);
    expect(writes('update status of deployments')).toBeLessThan(180);
  }, 120_000);

  it('are published as they are, whatever happens to them and however late it is heard of', async () => {
    const change = fc.record({
      verb: fc.constantFrom('create', 'ready', 'unready', 'relabel', 'delete', 'select'),
      index: fc.nat(39),
      pauseMs: fc.constantFrom(0, 1, 7, 60),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(change, { maxLength: 80 }),
        fc.nat(),
        fc.constantFrom(0, 5, 200),
        fc.constantFrom(0, 50),
        async (changes, seed, lagMs, batchMs) => {
          const random = seededRandom(seed);
          using simulation = servicing({
            seed,
            lagMs: () => random() * lagMs,
            kubelet: { readyAfterMs: () => Infinity },
            controllers: {
              endpointUpdatesBatchPeriodMs: batchMs,
              endpointSliceUpdatesBatchPeriodMs: batchMs,
            },
          });
          const { state, clock } = simulation;
          await simulation.createNamespace('default');
          simulation.start();
          await createService(simulation);
          const there = new Set<number>();
          const podName = (index: number) => ({ namespace: 'default', name: `p${index}` });
          for (const { verb, index, pauseMs } of changes) {
            const pod = podName(index);
            if (verb === 'select')
              await modify(state, kinds.service, name, (service) => {
                service.spec.selector = { app: index % 2 === 0 ? 'web' : 'other' };
              });
            else if (verb === 'create' || !there.has(index)) {
              if (there.has(index)) continue;
              there.add(index);
              await state.create(kinds.pod, {
                metadata: { ...pod, labels: { app: 'web' } },
                spec: { containers: [{ name: 'c', image: 'c' }] },
              } as V1Pod);
              await setReady(simulation, index, index % 3 === 0);
            } else if (verb === 'delete') {
              there.delete(index);
              await state.delete(kinds.pod, pod, { gracePeriodSeconds: 0 });
            } else if (verb === 'relabel')
              await modify(state, kinds.pod, pod, ({ metadata }) => {
                metadata.labels = { app: metadata.labels?.app === 'web' ? 'other' : 'web' };
              });
            else await setReady(simulation, index, verb === 'ready');
            if (pauseMs > 0) await clock.advance(pauseMs);
          }
          await clock.advance(3_000);
          const { object: service } = await state.get(kinds.service, name);
          const expected = (await simulation.list(kinds.pod))
            .filter(({ metadata }) => metadata.labels?.app === service.spec.selector?.app)
            .filter((pod) => canServe(pod, false))
            .map((pod) => `${pod.status?.podIP} ${isPodReady(pod)}`)
            .sort();
          expect(await published(simulation)).toEqual({ sliced: expected, listed: expected });
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('wait for others for the batch period, and their Service does not', async () => {
    using simulation = servicing({
      kubelet: { readyAfterMs: () => Infinity },
      controllers: { endpointUpdatesBatchPeriodMs: 5_000, endpointSliceUpdatesBatchPeriodMs: 5_000 },
    });
    await simulation.createNamespace('default');
    simulation.start();
    await createService(simulation);
    await simulation.clock.advance(100);
    expect(await simulation.list(kinds.endpointSlice)).toHaveLength(1);
    await simulation.state.create(kinds.pod, {
      metadata: { namespace: 'default', name: 'p1', labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'c' }] },
    } as V1Pod);
    await setReady(simulation, 1, true);
    await simulation.clock.advance(4_900);
    expect(await published(simulation)).toEqual({ sliced: [], listed: [] });
    await simulation.clock.advance(200);
    const there = [`${address(1)} true`];
    expect(await published(simulation)).toEqual({ sliced: there, listed: there });
  });

  it('say when that happened which their last change tells', async () => {
    using simulation = servicing({ kubelet: { readyAfterMs: () => Infinity } });
    await simulation.createNamespace('default');
    simulation.start();
    await createService(simulation);
    const times = async () =>
      [...(await simulation.list(kinds.endpointSlice)), ...(await simulation.list(kinds.endpoints))].map(
        ({ metadata }) => metadata.annotations?.[triggerTimeAnnotation],
      );
    await simulation.clock.advance(10_000);
    const madeAt = (await simulation.find(kinds.service, name))!.metadata.creationTimestamp;
    expect(await times()).toEqual([madeAt, madeAt]);
    await simulation.state.create(kinds.pod, {
      metadata: { namespace: 'default', name: 'p1', labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'c' }] },
    } as V1Pod);
    const readyAt = timestamp(simulation.clock.now());
    await setReady(simulation, 1, true);
    await simulation.clock.advance(10_000);
    expect(await times()).toEqual([readyAt, readyAt]);
    // A pod that goes changes no time: what is said of the change before is taken back.
    await simulation.state.delete(kinds.pod, { namespace: 'default', name: 'p1' }, { gracePeriodSeconds: 0 });
    await simulation.clock.advance(1_000);
    expect(await times()).toEqual([undefined, undefined]);
  });
});

async function setReady(simulation: Simulation, index: number, ready: boolean): Promise<void> {
  await modify(
    simulation.state,
    kinds.pod,
    { namespace: 'default', name: `p${index}` },
    (pod) => {
      const status = ready ? 'True' : 'False';
      if (pod.status?.conditions?.[0]?.status === status) return false;
      const lastTransitionTime = timestamp(simulation.clock.now());
      pod.status = {
        phase: 'Running',
        podIP: address(index),
        podIPs: [{ ip: address(index) }],
        conditions: [{ type: 'Ready', status, lastTransitionTime }],
      };
    },
    { subresource: 'status' },
  );
}
