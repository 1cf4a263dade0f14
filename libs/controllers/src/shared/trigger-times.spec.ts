import { timestamp } from '@gantry/base';
import { describe, expect, it } from 'vitest';
import { epochMs, examplePod, exampleService } from '../testing/objects.ts';
import { TriggerTimes } from './trigger-times.ts';

const at = (seconds: number) => timestamp(epochMs + seconds * 1000);
const pod = (name: string, readySinceS: number) => examplePod(name, { readySinceS });

/** The service is made at second 0, as {@link epochMs} has it. */
describe('the time of what triggered a change of endpoints', () => {
  const service = exampleService();

  it('is that of the service, when it is seen first', () => {
    expect(new TriggerTimes().next('s', service, [pod('a', 5), pod('b', -5)])).toBe(at(0));
  });

  it.each([
    ['the earliest of those that became ready', [pod('a', 9), pod('b', 7)], at(7)],
    ['that of a pod that is new', [pod('a', 1), pod('c', 4)], at(4)],
    ['none, where nothing has changed', [pod('a', 1), pod('b', 2)], undefined],
    ['none, where a pod is gone', [pod('a', 1)], undefined],
    ['none, where a time went back', [pod('a', 0), pod('b', 2)], undefined],
    [
      'none, for what says no time',
      [pod('a', 1), { ...pod('x', 1), status: { conditions: [{ type: 'Ready', status: 'True' }] } }],
      undefined,
    ],
  ])('is later %s', (_, pods, expected) => {
    const times = new TriggerTimes();
    times.next('s', service, [pod('a', 1), pod('b', 2)]);
    expect(times.next('s', service, pods)).toBe(expected);
    expect(times.next('s', service, pods)).toBeUndefined();
  });

  it('is that of another service of the same name', () => {
    const times = new TriggerTimes();
    times.next('s', service, []);
    const another = {
      ...service,
      metadata: { ...service.metadata, creationTimestamp: at(60) },
    };
    expect(times.next('s', another, [])).toBe(at(60));
    times.forget('s');
    expect(times.next('s', service, [pod('a', 5)])).toBe(at(0));
  });
});
