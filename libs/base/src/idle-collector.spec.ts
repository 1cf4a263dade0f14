import { describe, expect, it } from 'vitest';
import { collectWhenIdle, type Heap } from './idle-collector.ts';
import { eventually, FakeClock, settle } from './testing/index.ts';

const MiB = 1024 * 1024;

class PretendHeap implements Heap {
  size = 40 * MiB;
  busy = 0;
  collections = 0;
  sizeBytes = () => this.size;
  busyShare = () => this.busy;
  collect(): void {
    this.collections++;
    this.size = 30 * MiB;
  }
}

async function pass(clock: FakeClock, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await settle();
    await clock.advance(10_000);
  }
  await settle();
}

const leaveGarbage = () => new WeakRef(Buffer.alloc(MiB));

describe('collection while idle', () => {
  it('collects once and then only when enough has gathered again', async () => {
    const [clock, heap, stop] = [new FakeClock(), new PretendHeap(), new AbortController()];
    const done = collectWhenIdle(clock, stop.signal, heap);
    await pass(clock, 3);
    expect(heap.collections).toBe(1);
    heap.size = 45 * MiB;
    await pass(clock, 2);
    expect(heap.collections).toBe(1);
    heap.size = 46 * MiB;
    await pass(clock, 2);
    expect(heap.collections).toBe(2);
    stop.abort();
    await done;
  });

  it('lets a busy program alone, and collects once after it', async () => {
    const [clock, heap, stop] = [new FakeClock(), new PretendHeap(), new AbortController()];
    const done = collectWhenIdle(clock, stop.signal, heap);
    heap.busy = 0.2;
    heap.size = 500 * MiB;
    await pass(clock, 5);
    expect(heap.collections).toBe(0);
    heap.busy = 0.01;
    await pass(clock, 3);
    expect(heap.collections).toBe(1);
    heap.busy = 0.2;
    await pass(clock, 1);
    heap.busy = 0.01;
    await pass(clock, 3);
    expect(heap.collections).toBe(2);
    stop.abort();
    await done;
  });

  it('gives back what this process left behind', async () => {
    const [clock, stop] = [new FakeClock(), new AbortController()];
    const done = collectWhenIdle(clock, stop.signal);
    const left = leaveGarbage();
    // Time to be idle in, for the event loop's own account of it is the real one; more of it where others are busy, too.
    const gone = async () => {
      await pass(clock, 1);
      return left.deref() === undefined;
    };
    await eventually(gone, { everyMs: 500, what: 'what was left behind is gone' });
    stop.abort();
    await done;
  });
});
