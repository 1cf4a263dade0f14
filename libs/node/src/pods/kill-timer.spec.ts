import { FakeClock } from '@gantry/base/testing';
import { expect, it } from 'vitest';
import { KillTimer } from './kill-timer.ts';

it('a grace period can be made shorter, never longer, and begins anew once it was let go of', async () => {
  const clock = new FakeClock();
  const timer = new KillTimer(clock);
  const killed: string[] = [];
  timer.after(30_000, () => killed.push('first'));
  timer.after(5_000, () => killed.push('shorter'));
  timer.after(10_000, () => killed.push('longer'));
  await clock.advance(60_000);
  expect(killed).toEqual(['shorter']);
  timer[Symbol.dispose]();
  timer.after(10_000, () => killed.push('again'));
  await clock.advance(10_000);
  timer[Symbol.dispose]();
  timer.after(10_000, () => killed.push('never'));
  timer[Symbol.dispose]();
  await clock.advance(60_000);
  expect(killed).toEqual(['shorter', 'again']);
});
