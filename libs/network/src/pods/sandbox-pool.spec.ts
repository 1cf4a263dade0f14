import { FakeClock, settle } from '@gantry/base/testing';
import { beforeEach, describe, expect, it } from 'vitest';
import { SandboxPool } from './sandbox-pool.ts';

let clock: FakeClock;
let made: number;
let removed: number[][];
let failures: unknown[];
let makeFails: Error | undefined;

beforeEach(() => {
  clock = new FakeClock();
  made = 0;
  removed = [];
  failures = [];
  makeFails = undefined;
});

function open(size: number): SandboxPool<number> {
  const pool = new SandboxPool<number>({
    clock,
    size,
    make: async () => {
      if (makeFails) throw makeFails;
      return ++made;
    },
    remove: async (items) => void removed.push([...items]),
    onError: (_, error) => failures.push(error),
  });
  pool.open();
  return pool;
}

describe('SandboxPool', () => {
  it('fills up at the start and gives at once', async () => {
    const pool = open(3);
    await settle();
    expect(pool.ready).toBe(3);
    expect(pool.take()).toBe(3);
  });

  it('leaves the machine to the start of a pod before it refills', async () => {
    const pool = open(2);
    await settle();
    pool.take();
    await clock.advance(20);
    expect(made).toBe(2);
    pool.take();
    await clock.advance(20);
    expect(made).toBe(2);
    await clock.advance(10);
    expect(pool.ready).toBe(2);
  });

  it('makes for those who wait without delay, in their order', async () => {
    const pool = open(0);
    expect(pool.take()).toBeUndefined();
    expect(await Promise.all([pool.next(), pool.next()])).toEqual([1, 2]);
  });

  it('removes together, when quiet', async () => {
    const pool = open(0);
    pool.take();
    const gone = Promise.all([7, 8, 9].map((each) => pool.discard(each)));
    await settle();
    expect(removed).toEqual([]);
    await clock.advance(30);
    await gone;
    expect(removed).toEqual([[7, 8, 9]]);
  });

  it('removes within a quarter of a second even while pods keep starting', async () => {
    const pool = open(0);
    void pool.discard(7);
    for (let i = 0; i < 30; i++) {
      pool.take();
      await clock.advance(10);
    }
    expect(removed).toEqual([[7]]);
  });

  it('removes what stands in the way when making fails, and then makes again', async () => {
    const pool = open(0);
    pool.take();
    makeFails = new Error('exhausted');
    void pool.discard(7).then(() => (makeFails = undefined));
    expect(await pool.next()).toBe(1);
    expect(removed).toEqual([[7]]);
  });

  it('tells the one who waits why, and in the background tries again after a second', async () => {
    makeFails = new Error('no memory');
    const pool = open(1);
    await settle();
    expect(failures).toEqual([makeFails]);
    await expect(pool.next()).rejects.toThrow('no memory');
    makeFails = undefined;
    await clock.advance(1100);
    expect(pool.ready).toBe(1);
  });

  it('ends what waits and gives back what is ready when it is closed', async () => {
    const pool = open(2);
    await settle();
    const gone = pool.discard(9);
    expect(await pool.close()).toEqual([1, 2]);
    await gone;
    expect(removed).toEqual([[9]]);
    await expect(pool.next()).rejects.toThrow('closed');
    expect(clock.pending).toBe(0);
  });
});
