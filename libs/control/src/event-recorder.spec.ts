import { seededRandom, silentLogger } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds, type V1ObjectReference } from '@gantry/api';
import { MemoryState, RegistryState } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { createEventRecorder } from './event-recorder.ts';
import { UnsteadyState } from './testing/index.ts';

const pod: V1ObjectReference = {
  apiVersion: 'v1',
  kind: 'Pod',
  namespace: 'default',
  name: 'web',
  uid: 'u1',
};

function harness(options: { queueLength?: number; instance?: string } = {}) {
  const clock = new FakeClock();
  const store = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) });
  const state = new UnsteadyState(store);
  const recorder = createEventRecorder({
    state,
    clock,
    log: silentLogger,
    random: seededRandom(1),
    component: 'test-controller',
    ...options,
  });
  const events = async () => (await store.list(kinds.event)).entries.map(({ object }) => object);
  return { clock, store, state, recorder, events };
}

describe('the event recorder', () => {
  it('writes what upstream writes', async () => {
    const { recorder, events } = harness();
    recorder.event(pod, 'Normal', 'SuccessfulCreate', 'Created pod: web');
    await recorder.flushed();
    const [event] = await events();
    expect(event).toMatchObject({
      kind: 'Event',
      involvedObject: pod,
      type: 'Normal',
      reason: 'SuccessfulCreate',
      message: 'Created pod: web',
      count: 1,
      source: { component: 'test-controller' },
      reportingComponent: 'test-controller',
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
    });
    expect(event?.metadata.name).toMatch(/^web\.[0-9a-f]{16}$/);
  });

  it('counts the same event up instead of writing another', async () => {
    const { recorder, events, clock } = harness();
    for (let i = 0; i < 3; i++) {
      recorder.event(pod, 'Warning', 'BackOff', 'again');
      await recorder.flushed();
      await clock.advance(1_000);
    }
    const all = await events();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({ count: 3, lastTimestamp: '2026-01-01T00:00:02Z' });
  });

  it('writes an event with an action in the form of events.k8s.io, and counts it up as a series', async () => {
    const { recorder, events, clock } = harness({ instance: 'test-controller-here' });
    for (let i = 0; i < 3; i++) {
      recorder.event(pod, 'Warning', 'FailedScheduling', 'no nodes', 'Scheduling');
      await recorder.flushed();
      await clock.advance(1_000);
    }
    const [event, ...others] = await events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      action: 'Scheduling',
      reason: 'FailedScheduling',
      eventTime: '2026-01-01T00:00:00.000000Z',
      reportingComponent: 'test-controller',
      reportingInstance: 'test-controller-here',
      series: { count: 3, lastObservedTime: '2026-01-01T00:00:02.000000Z' },
    });
    for (const field of ['count', 'firstTimestamp', 'lastTimestamp', 'source'])
      expect(event).not.toHaveProperty(field);
  });

  it('writes a new one when the old has expired from the store', async () => {
    const { recorder, events, store } = harness();
    recorder.event(pod, 'Warning', 'BackOff', 'again');
    await recorder.flushed();
    const [first] = await events();
    await store.delete(kinds.event, { namespace: 'default', name: first!.metadata.name });
    recorder.event(pod, 'Warning', 'BackOff', 'again');
    await recorder.flushed();
    expect(await events()).toHaveLength(1);
  });

  it('waits for a server that is away, and drops what does not fit meanwhile, without a word to its caller', async () => {
    const { recorder, events, state, clock } = harness({ queueLength: 10 });
    state.goAway();
    for (let i = 0; i < 50; i++) recorder.event({ ...pod, name: `pod-${i}` }, 'Normal', 'Started', 'Started');
    await clock.advance(5_000);
    state.failure = undefined;
    await clock.advance(10_000);
    await recorder.flushed();
    expect((await events()).length).toBe(10);
  });

  it('gives up on an event that is refused and goes on with the next', async () => {
    const { recorder, events } = harness();
    recorder.event({ ...pod, name: 'Not A Name/..' }, 'Normal', 'Odd', 'refused');
    recorder.event(pod, 'Normal', 'Fine', 'kept');
    await recorder.flushed();
    expect((await events()).map(({ reason }) => reason)).toEqual(['Fine']);
  });
});
