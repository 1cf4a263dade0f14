import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '@gantry/base/testing';
import { SchedulingQueue } from './queue.ts';

let clock: FakeClock;
let queue: SchedulingQueue;
beforeEach(() => {
  clock = new FakeClock();
  queue = new SchedulingQueue({ clock });
});

const keys = () => {
  const taken: string[] = [];
  for (let pod = queue.tryTake(); pod; pod = queue.tryTake()) taken.push(pod.key);
  return taken;
};

it('hands out by priority, then by age', async () => {
  for (const [key, priority] of [
    ['a', 0],
    ['b', 10],
    ['c', 0],
    ['d', 10],
  ] as const) {
    queue.add(key, priority);
    await clock.advance(1);
  }
  expect(keys()).toEqual(['b', 'd', 'a', 'c']);
});

it('hands one key out once, and not again while it is being placed', () => {
  queue.add('a', 0);
  queue.add('a', 0);
  const pod = queue.tryTake()!;
  queue.add('a', 0);
  expect(queue.tryTake()).toBeUndefined();
  queue.placed(pod);
  queue.add('a', 0);
  expect(queue.tryTake()?.key).toBe('a');
});

it('gives a waiting taker the pod that comes', async () => {
  const taken = queue.take();
  queue.add('a', 0);
  expect((await taken)?.key).toBe('a');
});

it('ends the wait when it closes', async () => {
  const taken = queue.take();
  queue.close();
  expect(await taken).toBeUndefined();
});

describe('a refused pod', () => {
  const refuse = (wakeOn: Parameters<SchedulingQueue['refused']>[1]) => {
    queue.add('a', 0);
    queue.refused(queue.tryTake()!, wakeOn);
  };

  it('sleeps through events that cannot help it', async () => {
    refuse(new Set(['nodeAdded']));
    queue.event('podGone');
    await clock.advance(60_000);
    expect(queue.sizes).toEqual({ active: 0, backoff: 0, unschedulable: 1 });
  });

  it('is tried again after its back-off when an event may help', async () => {
    refuse(new Set(['podGone']));
    queue.event('podGone');
    expect(queue.sizes).toEqual({ active: 0, backoff: 1, unschedulable: 0 });
    await clock.advance(1000);
    expect(queue.sizes.active).toBe(1);
  });

  it('is tried at once when its back-off has passed by then', async () => {
    refuse(new Set(['podGone']));
    await clock.advance(1001);
    queue.event('podGone');
    expect(queue.sizes.active).toBe(1);
  });

  it('is not left asleep by an event that came while it was being placed', () => {
    queue.add('a', 0);
    const pod = queue.tryTake()!;
    queue.event('nodeAdded');
    queue.refused(pod, new Set(['nodeAdded']));
    expect(queue.sizes).toEqual({ active: 0, backoff: 1, unschedulable: 0 });
  });

  it('is tried again after five minutes whatever happens', async () => {
    refuse(new Set());
    await clock.advance(5 * 60_000);
    expect(queue.sizes.active).toBe(1);
  });

  it('waits longer each time, up to ten seconds', async () => {
    queue.add('a', 0);
    const waits: number[] = [];
    for (let i = 0; i < 6; i++) {
      queue.failed(queue.tryTake()!);
      const beganMs = clock.now();
      while (queue.sizes.active === 0) await clock.advance(500);
      waits.push(clock.now() - beganMs);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('that is deleted meanwhile is forgotten', async () => {
    refuse(new Set(['podGone']));
    queue.remove('a');
    queue.event('podGone');
    await clock.advance(10 * 60_000);
    expect(queue.sizes).toEqual({ active: 0, backoff: 0, unschedulable: 0 });
    queue.add('b', 0);
    const pod = queue.tryTake()!;
    queue.remove('b');
    queue.refused(pod, new Set());
    expect(queue.has('b')).toBe(false);
  });
});
