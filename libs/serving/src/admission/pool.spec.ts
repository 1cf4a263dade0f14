import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { formatAddress, parseAddress, parseRange } from './address-range.ts';
import { NumberPool } from './pool.ts';

describe('a pool of numbers', () => {
  it('never gives one to two, and gives all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 600 }), fc.integer(), (size, seed) => {
        const pool = new NumberPool(100, size, new FakeClock(), seededRandom(seed));
        const given = Array.from({ length: size }, () => pool.allocate());
        expect(new Set(given).size).toBe(size);
        expect(given.every((each) => each !== undefined && pool.contains(each))).toBe(true);
        expect(pool.allocate()).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the low ones for who names them', () => {
    const pool = new NumberPool(0, 1000, new FakeClock(), seededRandom(1));
    const given = Array.from({ length: 500 }, () => pool.allocate()!);
    expect(Math.min(...given)).toBeGreaterThanOrEqual(62);
    expect(pool.claim(5)).toBe(true);
    expect(pool.claim(5)).toBe(false);
  });

  it('forgets a reservation that nothing confirmed, and keeps what was', async () => {
    const clock = new FakeClock();
    const pool = new NumberPool(0, 10, clock, Math.random);
    expect(pool.claim(1)).toBe(true);
    expect(pool.claim(2)).toBe(true);
    pool.hold(2, 'a/b');
    await clock.advance(61_000);
    expect(pool.claim(1)).toBe(true);
    expect(pool.claim(2)).toBe(false);
    pool.letGo(2, 'somebody/else');
    expect(pool.claim(2)).toBe(false);
    pool.letGo(2, 'a/b');
    expect(pool.claim(2)).toBe(true);
  });
});

describe('ranges of addresses', () => {
  it('leave out the network’s and the broadcast address', () => {
    const range = parseRange('10.43.7.9/16');
    expect(formatAddress(range.first)).toBe('10.43.0.1');
    expect(formatAddress(range.first + range.size - 1)).toBe('10.43.255.254');
  });

  it.each(['10.43.0.0', '10.43.0.0/33', '10.43.0.0/31', '300.0.0.0/16', 'fd00::/112', '10.43.0.0/16 '])(
    '%j is refused',
    (text) => {
      expect(() => parseRange(text)).toThrow(RangeError);
    },
  );

  it.each(['1.2.3', '01.2.3.4', '1.2.3.256', '1.2.3.-4', ''])('%j is no address', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });
});
