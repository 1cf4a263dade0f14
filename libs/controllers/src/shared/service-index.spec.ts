import { seededRandom, silentLogger } from '@gantry/base';
import { FakeClock, settle } from '@gantry/base/testing';
import { keyOf, kinds, nameOf, type ObjectName, type V1Pod, type V1Service } from '@gantry/api';
import { createInformers } from '@gantry/control';
import { UnsteadyState } from '@gantry/control/testing';
import { MemoryState, modify, RegistryState } from '@gantry/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ServiceIndex } from './service-index.ts';
import { selects } from './service-pods.ts';

const labels = fc.record(
  { app: fc.constantFrom('a', 'b'), tier: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
);
const namespace = fc.constantFrom('one', 'two');
const steps = fc.array(
  fc.oneof(
    fc.record({ verb: fc.constant('pod' as const), namespace, index: fc.nat(4), labels }),
    fc.record({ verb: fc.constant('ready' as const), namespace, index: fc.nat(4), ready: fc.boolean() }),
    fc.record({ verb: fc.constant('remove pod' as const), namespace, index: fc.nat(4) }),
    fc.record({ verb: fc.constant('service' as const), namespace, index: fc.nat(2), labels }),
    fc.record({ verb: fc.constant('remove service' as const), namespace, index: fc.nat(2) }),
    fc.record({ verb: fc.constant('away' as const) }),
    fc.record({ verb: fc.constant('back' as const) }),
  ),
  { maxLength: 40 },
);

/** A store, what is done to it, and an index over informers that may lose it. */
class Bench implements Disposable {
  readonly store: RegistryState;
  readonly index: ServiceIndex;
  readonly told: string[] = [];
  readonly clock = new FakeClock();
  readonly #state: UnsteadyState;
  readonly #stop = new AbortController();

  constructor() {
    const { clock } = this;
    this.store = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) });
    this.#state = new UnsteadyState(this.store);
    const informers = createInformers(this.#state, { clock, log: silentLogger, random: seededRandom(2) });
    this.index = new ServiceIndex(informers);
    this.index.onPodChange((key) => this.told.push(key));
    void informers.run(this.#stop.signal);
  }

  get away(): boolean {
    return this.#state.failure !== undefined;
  }

  async back(): Promise<void> {
    this.#state.failure = undefined;
    await this.clock.advance(60_000);
  }

  async putPod(name: ObjectName, podLabels: Record<string, string>): Promise<void> {
    if (await this.#has(kinds.pod, name))
      await modify(this.store, kinds.pod, name, (pod) => void (pod.metadata.labels = podLabels));
    else
      await this.store.create(kinds.pod, {
        metadata: { ...name, labels: podLabels },
        spec: { containers: [{ name: 'c', image: 'c' }] },
      } as V1Pod);
  }

  async putService(name: ObjectName, selector: Record<string, string>): Promise<void> {
    if (await this.#has(kinds.service, name))
      await modify(this.store, kinds.service, name, (service) => void (service.spec.selector = selector));
    else
      await this.store.create(kinds.service, {
        metadata: { ...name },
        spec: { selector, ports: [{ port: 80 }] },
      } as V1Service);
  }

  async setReady(name: ObjectName, ready: boolean): Promise<void> {
    if (!(await this.#has(kinds.pod, name))) return;
    const status = ready ? 'True' : 'False';
    await modify(
      this.store,
      kinds.pod,
      name,
      (pod) => void (pod.status = { ...pod.status, conditions: [{ type: 'Ready', status }] }),
      { subresource: 'status' },
    );
  }

  async remove(kind: typeof kinds.pod | typeof kinds.service, name: ObjectName): Promise<void> {
    if (await this.#has(kind as typeof kinds.pod, name))
      await this.store.delete(kind as typeof kinds.pod, name, { gracePeriodSeconds: 0 });
  }

  goAway(): void {
    this.#state.goAway();
  }

  /** What each service selects, by going over all: names, and whether they are ready. */
  async expected(): Promise<Map<string, string[]>> {
    const pods = (await this.store.list(kinds.pod)).entries.map(({ object }) => object);
    const services = (await this.store.list(kinds.service)).entries.map(({ object }) => object);
    return new Map(
      services.map((service) => [
        keyOf(nameOf(service)),
        pods
          .filter((pod) => pod.metadata.namespace === service.metadata.namespace && selects(service, pod))
          .map(looks)
          .sort(),
      ]),
    );
  }

  indexed(service: string): string[] {
    return this.index.pods(service).map(looks).sort();
  }

  async #has(kind: typeof kinds.pod | typeof kinds.service, name: ObjectName): Promise<boolean> {
    const { entries } = await this.store.list(kind as typeof kinds.pod, {
      namespace: name.namespace!,
      fieldSelector: `metadata.name=${name.name}`,
    });
    return entries.length > 0;
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }
}

const looks = (pod: V1Pod) => `${pod.metadata.name} ${pod.status?.conditions?.[0]?.status ?? ''}`;
const services = ['one', 'two'].flatMap((each) => [0, 1, 2].map((index) => `${each}/s${index}`));

describe('the index of services and pods', () => {
  it('shows what going over all would show, also after the store was away, and tells of every pod that makes a difference', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        using bench = new Bench();
        await bench.back();
        let before = await bench.expected();
        for (const step of [...all, { verb: 'back' as const }]) {
          switch (step.verb) {
            case 'pod':
              await bench.putPod({ namespace: step.namespace, name: `p${step.index}` }, step.labels);
              break;
            case 'ready':
              await bench.setReady({ namespace: step.namespace, name: `p${step.index}` }, step.ready);
              break;
            case 'remove pod':
              await bench.remove(kinds.pod, { namespace: step.namespace, name: `p${step.index}` });
              break;
            case 'service':
              await bench.putService({ namespace: step.namespace, name: `s${step.index}` }, step.labels);
              break;
            case 'remove service':
              await bench.remove(kinds.service, { namespace: step.namespace, name: `s${step.index}` });
              break;
            case 'away':
              bench.goAway();
              break;
            case 'back':
              await bench.back();
          }
          if (bench.away) continue;
          await settle();
          const now = await bench.expected();
          for (const service of services) expect(bench.indexed(service)).toEqual(now.get(service) ?? []);
          // What a change of a service itself brings is told by the informer of services; it may be among what was missed.
          if (step.verb !== 'service' && step.verb !== 'back')
            for (const [service, pods] of now)
              if (before.has(service) && JSON.stringify(before.get(service)) !== JSON.stringify(pods))
                expect(bench.told).toContain(service);
          before = now;
          bench.told.length = 0;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('is silent about what endpoints are not made of', async () => {
    using bench = new Bench();
    const name = { namespace: 'one', name: 'p' };
    await bench.putService({ namespace: 'one', name: 's0' }, { app: 'a' });
    await bench.putService({ namespace: 'two', name: 's0' }, { app: 'a' });
    await bench.putPod(name, { app: 'a', tier: 'x' });
    await bench.back();
    expect(bench.told).toEqual(['one/s0']);
    await modify(bench.store, kinds.pod, name, (pod) => void (pod.metadata.annotations = { note: 'x' }));
    expect(bench.told).toHaveLength(1);
    expect(bench.index.pods('one/s0')[0]?.metadata.annotations).toEqual({ note: 'x' });
    await bench.setReady(name, true);
    expect(bench.told).toHaveLength(2);
  });
});
