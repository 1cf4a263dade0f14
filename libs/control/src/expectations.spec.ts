import { FakeClock } from '@gantry/base/testing';
import { describe, expect, it } from 'vitest';
import { Expectations } from './expectations.ts';

describe('expectations', () => {
  it('hold until every creation was seen', () => {
    const expectations = new Expectations(new FakeClock());
    expect(expectations.satisfied('rs')).toBe(true);
    expectations.expectCreations('rs', 2);
    expectations.creationObserved('rs');
    expect(expectations.satisfied('rs')).toBe(false);
    expectations.creationObserved('rs');
    expect(expectations.satisfied('rs')).toBe(true);
  });

  it('hold until every deletion was seen, and count one seen twice once', () => {
    const expectations = new Expectations(new FakeClock());
    expectations.expectDeletions('rs', ['u1', 'u2']);
    expectations.deletionObserved('rs', 'u1');
    expectations.deletionObserved('rs', 'u1');
    expectations.deletionObserved('rs', 'other');
    expect(expectations.satisfied('rs')).toBe(false);
    expectations.deletionObserved('rs', 'u2');
    expect(expectations.satisfied('rs')).toBe(true);
  });

  it('are given up after five minutes, so that a lost event stalls nobody for good', async () => {
    const clock = new FakeClock();
    const expectations = new Expectations(clock);
    expectations.expectCreations('rs', 1);
    await clock.advance(5 * 60_000);
    expect(expectations.satisfied('rs')).toBe(false);
    await clock.advance(1);
    expect(expectations.satisfied('rs')).toBe(true);
  });

  it('do not mind more than was expected', () => {
    const expectations = new Expectations(new FakeClock());
    expectations.expectCreations('rs', 1);
    expectations.creationObserved('rs');
    expectations.creationObserved('rs');
    expectations.creationObserved('unknown');
    expect(expectations.satisfied('rs')).toBe(true);
    expectations.expectCreations('rs', 1);
    expect(expectations.satisfied('rs')).toBe(false);
    expectations.forget('rs');
    expect(expectations.satisfied('rs')).toBe(true);
  });
});
