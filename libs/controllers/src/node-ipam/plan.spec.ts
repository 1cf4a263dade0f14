import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCidr, overlap, parseCidr } from './cidr.ts';
import { parsePodRanges, planShares } from './plan.ts';

describe('pod ranges', () => {
  it('never collide, whatever came and went before, until none is left', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { maxLength: 60 }), (steps) => {
        const ranges = parsePodRanges('10.42.0.0/19,fd00:42::/59');
        const shares = new Map<number, string[]>();
        for (const node of steps) {
          if (shares.delete(node)) continue;
          const share = planShares(ranges, new Set([...shares.values()].flat()), []);
          if (!share) expect(shares.size).toBe(32);
          else shares.set(node, share);
        }
        const all = [...shares.values()].flat().map(parseCidr);
        for (const [i, a] of all.entries())
          for (const b of all.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      }),
    );
  });

  it('leave out the services’ range and shares of another size', () => {
    const ranges = parsePodRanges('10.42.0.0/16');
    const reserved = [parseCidr('10.42.0.0/23')];
    expect(planShares(ranges, new Set(['10.42.2.128/25']), reserved)).toEqual(['10.42.3.0/24']);
  });

  it.each([
    '10.42.0.0',
    '10.42.0.0/33',
    '300.1.1.1/16',
    'fd00::/129',
    '10.42.0.0/28',
    'fd00::1::/64',
    ''.padEnd(9, ':'),
  ])('refuse %j', (text) => expect(() => parsePodRanges(text)).toThrow(RangeError));

  it.each([
    ['10.42.7.9/16', '10.42.0.0/16'],
    ['fd00:0:0:1::/64', 'fd00:0:0:1::/64'],
    ['::/0', '::/0'],
    ['2001:db8::1/128', '2001:db8::1/128'],
  ])('read %s as %s', (text, canonical) => expect(formatCidr(parseCidr(text))).toBe(canonical));
});
