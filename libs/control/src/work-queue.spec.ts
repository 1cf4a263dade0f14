import { createMetrics } from '@gantry/base';
import { FakeClock, settle } from '@gantry/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWorkQueue } from './work-queue.ts';

const make = () => {
  const clock = new FakeClock();
  return { clock, queue: createWorkQueue({ name: 'test', clock }) };
};

describe('the work queue', () => {
  it('hands keys out in the order they were added, each once', async () => {
    const { queue } = make();
    for (const key of ['a', 'b', 'a', 'c', 'b']) queue.add(key);
    expect(queue.length).toBe(3);
    expect([await queue.take(), await queue.take(), await queue.take()]).toEqual(['a', 'b', 'c']);
    expect(queue.length).toBe(0);
  });

  it('hands a key that was added while worked on out again, after it is done', async () => {
    const { queue } = make();
    queue.add('a');
    expect(await queue.take()).toBe('a');
    queue.add('a');
    queue.add('a');
    expect(queue.length).toBe(0);
    const next = queue.take();
    queue.done('a');
    expect(await next).toBe('a');
    queue.done('a');
    expect(queue.length).toBe(0);
  });

  it('keeps the earlier of two delays for one key', async () => {
    const { clock, queue } = make();
    queue.addAfter('a', 5_000);
    queue.addAfter('a', 1_000);
    queue.addAfter('a', 9_000);
    await clock.advance(999);
    expect(queue.length).toBe(0);
    await clock.advance(1);
    expect(queue.length).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('doubles the delay with each failure, up to the limit, until the key is forgotten', async () => {
    const { clock, queue } = make();
    const delays: number[] = [];
    for (let i = 0; i < 20; i++) {
      const start = clock.now();
      queue.addRateLimited('a');
      const taken = queue.take();
      let got = false;
      void taken.then(() => (got = true));
      while (!got) await clock.advance(i === 0 ? 5 : 5 * 2 ** (i - 1));
      delays.push(clock.now() - start);
      queue.done('a');
    }
    expect(delays.slice(0, 5)).toEqual([5, 10, 20, 40, 80]);
    expect(Math.max(...delays)).toBeLessThanOrEqual(2_000_000);
    expect(queue.failures('a')).toBe(20);
    queue.forget('a');
    expect(queue.failures('a')).toBe(0);
  });

  it('releases everyone who waits when it is shut down, and takes nothing more', async () => {
    const { clock, queue } = make();
    const waiting = [queue.take(), queue.take()];
    queue.addAfter('later', 1_000);
    queue.shutDown();
    expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
    queue.add('a');
    expect(await queue.take()).toBeUndefined();
    expect(clock.pending).toBe(0);
  });

  it('counts under the names that upstream uses', async () => {
    const clock = new FakeClock();
    const metrics = createMetrics({ processMetrics: false });
    const queue = createWorkQueue({ name: 'deployment', clock, metrics });
    queue.add('a');
    queue.add('b');
    await clock.advance(2_000);
    await queue.take();
    const other = createWorkQueue({ name: 'other', clock, metrics });
    other.add('x');
    await other.take();
    await clock.advance(3_000);
    const during = await metrics.metrics();
    for (const name of ['deployment', 'other']) {
      expect(during).toContain(`workqueue_unfinished_work_seconds{name="${name}"} 3`);
      expect(during).toContain(`workqueue_longest_running_processor_seconds{name="${name}"} 3`);
    }
    queue.done('a');
    queue.addRateLimited('c');
    const text = await metrics.metrics();
    expect(text).toContain('workqueue_depth{name="deployment"} 1');
    expect(text).toContain('workqueue_adds_total{name="deployment"} 2');
    expect(text).toContain('workqueue_retries_total{name="deployment"} 1');
    expect(text).toContain('workqueue_queue_duration_seconds_sum{name="deployment"} 2');
    expect(text).toContain('workqueue_work_duration_seconds_sum{name="deployment"} 3');
    expect(text).toContain('workqueue_unfinished_work_seconds{name="deployment"} 0');
  });

  it('never gives one key to two workers and loses none, whatever the order of calls', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.constantFrom('a', 'b', 'c', 'd') }),
      fc.constant('take' as const),
      fc.constant('done' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 200 }), async (steps) => {
        const { queue } = make();
        const working: string[] = [];
        const due = new Set<string>();
        const takeOne = async () => {
          const key = (await queue.take())!;
          expect(working).not.toContain(key);
          expect(due.delete(key)).toBe(true);
          working.push(key);
        };
        for (const each of steps) {
          if (each === 'take') {
            if (queue.length > 0) await takeOne();
          } else if (each === 'done') {
            const key = working.shift();
            if (key !== undefined) queue.done(key);
          } else {
            queue.add(each.add);
            due.add(each.add);
          }
        }
        for (;;) {
          while (working.length > 0) queue.done(working.shift()!);
          if (queue.length === 0) break;
          await takeOne();
        }
        expect([...due]).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('takes 100,000 keys in a time that grows with their number only', async () => {
    const { queue } = make();
    for (let i = 0; i < 100_000; i++) queue.add(`key-${i}`);
    for (let i = 0; i < 100_000; i++) {
      const key = await queue.take();
      queue.done(key!);
    }
    await settle();
    expect(queue.length).toBe(0);
  });
});
