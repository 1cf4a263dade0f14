import { FakeClock } from '@gantry/base/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Pace } from './pace.ts';

describe('the pace of passes', () => {
  it('lets few items pass at once, and many wait for as long as they are many', async () => {
    const clock = new FakeClock();
    const pace = new Pace({ clock, msPerItem: 0.1 });
    pace.passed('few', 9);
    pace.passed('many', 1_000);
    pace.passed('most', 1_000_000);
    expect([pace.waitMs('few'), pace.waitMs('many'), pace.waitMs('most'), pace.waitMs('none')]).toEqual([
      0, 100, 1_000, 0,
    ]);
    await clock.advance(60);
    expect([pace.waitMs('many'), pace.waitMs('most')]).toEqual([40, 940]);
    pace.hurry('most');
    await clock.advance(40);
    expect([pace.waitMs('many'), pace.waitMs('most')]).toEqual([0, 0]);
  });

  it('has passes cost no larger a share of the time, however many items there are and whenever they change', async () => {
    const changes = fc.array(fc.nat(50), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: 5_000 }), changes, async (items, gapsMs) => {
        const clock = new FakeClock();
        const pace = new Pace({ clock, msPerItem: 0.1, maxMs: Infinity });
        const startMs = clock.monotonicMs();
        let passes = 0;
        for (const gapMs of gapsMs) {
          await clock.advance(gapMs);
          if (pace.waitMs('k') > 0) continue;
          passes++;
          pace.passed('k', items);
        }
        const elapsedMs = clock.monotonicMs() - startMs;
        expect(passes).toBeLessThanOrEqual(1 + elapsedMs / (items * 0.1 - 1));
        expect(passes).toBeGreaterThan(0);
      }),
    );
  });
});
