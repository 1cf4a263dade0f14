import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createMetrics,
  seededRandom,
  silentLogger,
  StatusError,
  systemClock,
  type Metrics,
} from '@gantry/base';
import { kinds, type Stored, type V1Node, type V1Pod } from '@gantry/api';
import { createInformers } from '@gantry/control';
import { MemoryState, modify, RegistryState, waitFor, type State } from '@gantry/state';
import { runScheduler } from './scheduler.ts';
import { testNode, testPod } from './testing/index.ts';

/** What is stored, without the API's rules. */
let below: MemoryState;
let state: State;
let metrics: Metrics;
let stop: AbortController;
let running: Promise<unknown>;

/** What each binding waits for, in order; those beyond the list wait for nothing. */
let heldUp: (() => Promise<void>)[];

/** The state with bindings that take their time. */
function withSlowBindings(below: State): State {
  return new Proxy(below, {
    get(target, name) {
      if (name !== 'update') return (Reflect.get(target, name) as () => unknown).bind(target);
      return async (...[kind, object, options]: Parameters<State['update']>) => {
        if (options?.subresource === 'binding') await heldUp.shift()?.();
        return target.update(kind, object, options);
      };
    },
  });
}

beforeEach(() => {
  heldUp = [];
  below = new MemoryState();
  state = withSlowBindings(new RegistryState(below, { clock: systemClock, random: seededRandom(7) }));
  metrics = createMetrics({ processMetrics: false });
  stop = new AbortController();
  const options = { clock: systemClock, random: seededRandom(1), log: silentLogger };
  const informers = createInformers(state, options);
  running = Promise.all([
    informers.run(stop.signal),
    runScheduler({ ...options, state, informers, metrics }, stop.signal),
  ]);
});

afterEach(async () => {
  stop.abort();
  await running;
});

const unstored = <T extends { metadata: object }>(object: T): T => {
  const { name, namespace, labels } = object.metadata as Stored['metadata'];
  return { ...object, metadata: { name, ...(namespace ? { namespace } : {}), labels } };
};

async function addNode(node: Stored<V1Node>): Promise<void> {
  await state.create(kinds.node, unstored(node));
  await modify(
    state,
    kinds.node,
    { name: node.metadata.name },
    (draft) => void (draft.status = node.status!),
    {
      subresource: 'status',
    },
  );
}

const addPod = (pod: Stored<V1Pod>) => state.create(kinds.pod, unstored(pod));
const until = async (name: string, predicate: (pod: Stored<V1Pod>) => boolean) =>
  (await waitFor(
    state,
    kinds.pod,
    { namespace: 'default', name },
    (pod) => pod !== undefined && predicate(pod),
    AbortSignal.timeout(60_000),
  ))!;
const placed = (name: string) => until(name, (pod) => Boolean(pod.spec.nodeName));
const condition = (pod: V1Pod) => pod.status?.conditions?.find((each) => each.type === 'PodScheduled');

describe('the scheduler', () => {
  it('binds a pod, says so in its condition and in an event', async () => {
    await addNode(testNode('a'));
    await addPod(testPod('p'));
    const pod = await placed('p');
    expect(pod.spec.nodeName).toBe('a');
    expect(condition(pod)).toMatchObject({ status: 'True' });
    const event = await untilEvent('Scheduled');
    expect(event).toMatchObject({
      type: 'Normal',
      message: 'Successfully assigned default/p to a',
      action: 'Binding',
      involvedObject: { name: 'p' },
    });
  });

  it('says why a pod is pending, and places it when a node that fits comes', async () => {
    const message =
      '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.';
    await addNode(testNode('small', { allocatable: { cpu: '1' } }));
    await addPod(testPod('p', { requests: { cpu: '2' } }));
    const pending = await until('p', (pod) => condition(pod)?.status === 'False');
    expect(condition(pending)).toMatchObject({
      reason: 'Unschedulable',
      message,
    });
    expect(await untilEvent('FailedScheduling')).toMatchObject({
      type: 'Warning',
      message,
      action: 'Scheduling',
      reportingComponent: 'default-scheduler',
      reportingInstance: 'default-scheduler',
    });
    await addNode(testNode('large'));
    expect((await placed('p')).spec.nodeName).toBe('large');
  });

  it('places a pod when another makes room', async () => {
    await addNode(testNode('a', { allocatable: { cpu: '1' } }));
    await addPod(testPod('first', { requests: { cpu: '1' } }));
    await placed('first');
    await addPod(testPod('second', { requests: { cpu: '1' } }));
    await until('second', (pod) => condition(pod)?.status === 'False');
    await state.delete(kinds.pod, { namespace: 'default', name: 'first' }, { gracePeriodSeconds: 0 });
    expect((await placed('second')).spec.nodeName).toBe('a');
  });

  it('places a pod that an empty domain held up, when the last node of that domain is removed', async () => {
    await addNode(testNode('a', { labels: { zone: '1' } }));
    await addNode(testNode('b', { labels: { zone: '2' }, unschedulable: true }));
    const spread = {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'x' } },
    };
    const pod = (name: string) =>
      testPod(name, { labels: { app: 'x' }, spec: { topologySpreadConstraints: [spread] } });
    await addPod(pod('first'));
    await placed('first');
    await addPod(pod('second'));
    await until('second', (each) => condition(each)?.status === 'False');
    await state.delete(kinds.node, { name: 'b' });
    expect((await placed('second')).spec.nodeName).toBe('a');
  });

  it('never puts more onto a node than it holds, however many pods come at once', async () => {
    for (const name of ['a', 'b', 'c']) await addNode(testNode(name, { allocatable: { cpu: '1' } }));
    await Promise.all(
      Array.from({ length: 40 }, (_, i) => addPod(testPod(`p${i}`, { requests: { cpu: '100m' } }))),
    );
    for (let i = 0; i < 40; i++)
      await until(`p${i}`, (pod) => Boolean(pod.spec.nodeName) || condition(pod)?.status === 'False');
    const { entries } = await state.list(kinds.pod);
    const counts = new Map<string, number>();
    for (const { object } of entries)
      if (object.spec.nodeName) counts.set(object.spec.nodeName, (counts.get(object.spec.nodeName) ?? 0) + 1);
    expect([...counts].sort()).toEqual([
      ['a', 10],
      ['b', 10],
      ['c', 10],
    ]);
  });

  it('leaves pods of another scheduler, and those that are held back, alone', async () => {
    await addNode(testNode('a'));
    await addPod(testPod('theirs', { spec: { schedulerName: 'other' } }));
    await addPod(testPod('gated', { spec: { schedulingGates: [{ name: 'example.com/hold' }] } }));
    await addPod(testPod('ours'));
    await placed('ours');
    for (const name of ['theirs', 'gated'])
      expect(
        (await state.get(kinds.pod, { namespace: 'default', name })).object.spec.nodeName,
      ).toBeUndefined();
  });

  it('does not mistake a pod for one of its name that came before, whose binding is still on its way', async () => {
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const begun = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    heldUp = [first, second].map((gate, i) => () => {
      begun[i]!.resolve();
      return gate.promise;
    });
    await addNode(testNode('a', { allocatable: { cpu: '1' } }));
    const name = { namespace: 'default', name: 'p' };
    await addPod(testPod('p', { requests: { cpu: '1' } }));
    await begun[0]!.promise;
    await state.delete(kinds.pod, name, { gracePeriodSeconds: 0 });
    await addPod(testPod('p', { requests: { cpu: '1' } }));
    await begun[1]!.promise;
    first.resolve();
    // The room that the second holds stays held.
    await addPod(testPod('q', { requests: { cpu: '1' } }));
    await until('q', (pod) => condition(pod)?.status === 'False');
    await state.delete(kinds.pod, { namespace: 'default', name: 'q' }, { gracePeriodSeconds: 0 });
    // And it is tried again when its own binding fails.
    second.reject(StatusError.unavailable('the server is away'));
    expect((await placed('p')).spec.nodeName).toBe('a');
  });

  it('lets others have the room of a pod that could not be bound', async () => {
    const gate = Promise.withResolvers<void>();
    heldUp = [() => gate.promise];
    await addNode(testNode('a', { allocatable: { cpu: '1' } }));
    await addPod(testPod('first', { requests: { cpu: '1' } }));
    await addPod(testPod('second', { requests: { cpu: '1' }, spec: { priority: 5 } }));
    await until('second', (pod) => condition(pod)?.status === 'False');
    gate.reject(StatusError.unavailable('the server is away'));
    expect((await placed('second')).spec.nodeName).toBe('a');
  });

  it('places a pod when another is resized to less', async () => {
    await addNode(testNode('a', { allocatable: { cpu: '2' } }));
    await addPod(testPod('first', { requests: { cpu: '2' } }));
    await placed('first');
    await addPod(testPod('second', { requests: { cpu: '1' } }));
    await until('second', (pod) => condition(pod)?.status === 'False');
    await modify(below, kinds.pod, { namespace: 'default', name: 'first' }, (pod) => {
      pod.spec.containers[0]!.resources = { requests: { cpu: '1' } };
      pod.metadata.generation = (pod.metadata.generation ?? 1) + 1;
    });
    expect((await placed('second')).spec.nodeName).toBe('a');
  });

  it('counts its attempts and what is pending', async () => {
    await addNode(testNode('a'));
    await addPod(testPod('p'));
    await addPod(testPod('huge', { requests: { cpu: '99' } }));
    await addPod(testPod('gated', { spec: { schedulingGates: [{ name: 'example.com/hold' }] } }));
    await placed('p');
    await until('huge', (pod) => condition(pod)?.status === 'False');
    const text = await metrics.metrics();
    expect(text).toContain('scheduler_pending_pods{queue="gated"} 1');
    expect(text).toContain('scheduler_cache_size{type="nodes"} 1');
    expect(text).toContain('scheduler_scheduling_algorithm_duration_seconds_count 2');
    expect(text).toContain('scheduler_pod_scheduling_attempts_count 1');
    for (const [point, status] of [
      ['PreFilter', 'Success'],
      ['Filter', 'Success'],
      ['Filter', 'Unschedulable'],
      ['Bind', 'Success'],
    ])
      expect(text).toContain(
        `scheduler_framework_extension_point_duration_seconds_count{extension_point="${point}",status="${status}",profile="default-scheduler"}`,
      );
    expect(text).toContain(
      'scheduler_schedule_attempts_total{result="scheduled",profile="default-scheduler"} 1',
    );
    expect(text).toContain('scheduler_pending_pods{queue="unschedulable"} 1');
    expect(text).toMatch(
      /scheduler_scheduling_attempt_duration_seconds_count\{result="unschedulable",profile="default-scheduler"\} 1/,
    );
  });
});

async function untilEvent(reason: string) {
  return new Promise<object>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no event ${reason}`)), 60_000);
    const watch = state.watch(kinds.event, {}, (event) => {
      if (!('entry' in event) || event.entry.object.reason !== reason) return;
      clearTimeout(timer);
      resolve(event.entry.object);
      queueMicrotask(() => watch[Symbol.dispose]());
    });
  });
}
