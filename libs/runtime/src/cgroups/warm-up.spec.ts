import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually, FakeClock } from '@gantry/base/testing';
import { CgroupWarmUp } from './warm-up.ts';

describe('what is kept warm for moves between control groups', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gantry-warm-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = () => readFileSync(join(folder, 'cgroup.procs'), 'latin1');
  const own = String(process.pid);

  it('is kept by our own membership, written again until nobody needs it any more', async () => {
    writeFileSync(join(folder, 'cgroup.procs'), '');
    const clock = new FakeClock();
    const warmUp = new CgroupWarmUp(() => folder, '4:pids:/\n');
    const first = warmUp.keep(clock);
    const second = warmUp.keep(clock);
    const writes = async (count: number) => {
      await eventually(() => written() === own.repeat(count) && clock.pending === 1, {
        what: `${count} writes`,
      });
    };
    await writes(1);
    await clock.advance(5);
    await writes(2);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    await clock.advance(5);
    await writes(3);
    second[Symbol.dispose]();
    await clock.advance(50);
    expect([written(), clock.pending]).toEqual([own.repeat(3), 0]);
  });

  it('is nothing where we may not write, or are in no hierarchy that is known', async () => {
    const clock = new FakeClock();
    using _refused = new CgroupWarmUp(() => join(folder, 'nowhere'), '4:pids:/\n').keep(clock);
    using _unknown = new CgroupWarmUp(() => undefined, '4:pids:/\n').keep(clock);
    await clock.advance(50);
    expect(clock.pending).toBe(0);
  });
});
