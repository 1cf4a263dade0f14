import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressPool } from './address-pool.ts';

describe('AddressPool', () => {
  it('keeps the first address for the bridge and the last for broadcast', () => {
    const pool = new AddressPool('10.42.0.0/29');
    expect(pool.gateway).toBe('10.42.0.1');
    expect(Array.from({ length: 5 }, () => pool.take())).toEqual([2, 3, 4, 5, 6].map((n) => `10.42.0.${n}`));
    expect(() => pool.take()).toThrow('all 5 addresses are in use');
  });

  it('gives an address out again only after all others, the longest free first', () => {
    const pool = new AddressPool('10.42.0.0/29');
    pool.give(pool.take());
    expect(pool.take()).toBe('10.42.0.3');
    for (let i = 0; i < 3; i++) pool.take();
    pool.give('10.42.0.5');
    pool.give('10.42.0.3');
    expect([pool.take(), pool.take(), pool.take()]).toEqual(['10.42.0.2', '10.42.0.5', '10.42.0.3']);
  });

  it('goes on behind the address that an earlier process gave out last', () => {
    const pool = new AddressPool('10.42.0.0/29', '10.42.0.5');
    pool.reserve('10.42.0.6');
    expect([pool.take(), pool.take()]).toEqual(['10.42.0.2', '10.42.0.3']);
    expect(new AddressPool('10.42.0.0/29', '10.42.9.9').take()).toBe('10.42.0.2');
    expect(new AddressPool('10.42.0.0/29', 'nonsense').take()).toBe('10.42.0.2');
  });

  it.each([
    '10.42.0.0/7',
    '10.42.0.0/31',
    '10.42.0.3/24',
    'fd00::/64',
    '10.42.0/24',
    '010.42.0.0/24',
    '256.0.0.0/8',
  ])('refuses the CIDR %s', (cidr) => {
    expect(() => new AddressPool(cidr)).toThrow(TypeError);
  });

  it('never gives one address to two, whatever is taken, reserved and given back', () => {
    const step = fc.oneof(
      fc.constant({ take: true }),
      fc.integer({ min: 0, max: 15 }).map((reserve) => ({ reserve })),
      fc.nat().map((give) => ({ give })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const pool = new AddressPool('10.42.0.0/28');
        const held = new Set<string>();
        for (const each of steps) {
          if ('take' in each) {
            if (held.size === pool.capacity) expect(() => pool.take()).toThrow('exhausted');
            else {
              const address = pool.take();
              expect(held.has(address)).toBe(false);
              expect(['10.42.0.0', '10.42.0.1', '10.42.0.15']).not.toContain(address);
              held.add(address);
            }
          } else if ('reserve' in each) {
            const address = `10.42.0.${each.reserve}`;
            const isFree = each.reserve >= 2 && each.reserve <= 14 && !held.has(address);
            expect(pool.reserve(address)).toBe(isFree);
            if (isFree) held.add(address);
          } else {
            const address = [...held][each.give % Math.max(1, held.size)];
            if (address === undefined) continue;
            pool.give(address);
            pool.give(address);
            held.delete(address);
          }
          expect(pool.inUse).toBe(held.size);
        }
      }),
    );
  });
});
