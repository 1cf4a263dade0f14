import { describe, expect, it } from 'vitest';
import { durationFlag, hostAndPortFlag, numberFlag, portFlag } from './flags.ts';

describe('flags', () => {
  it.each([
    ['40s', 40_000],
    ['1m30s', 90_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
  ])('reads the duration %s', (text, ms) => expect(durationFlag(text)).toBe(ms));

  it.each(['', '40', 's', '40s!', '1 m'])('refuses the duration %j', (text) =>
    expect(() => durationFlag(text)).toThrow('duration'),
  );

  it('reads numbers, and refuses what is none', () => {
    expect([numberFlag('50'), numberFlag('0.01')]).toEqual([50, 0.01]);
    for (const text of ['', '-1', '.5', '1e3', 'many']) expect(() => numberFlag(text)).toThrow('number');
  });

  it('reads addresses, also of IPv6 and of all', () => {
    expect(hostAndPortFlag('127.0.0.1:80')).toEqual({ host: '127.0.0.1', port: 80 });
    expect(hostAndPortFlag('[::1]:80')).toEqual({ host: '::1', port: 80 });
    expect(hostAndPortFlag(':80')).toEqual({ host: '0.0.0.0', port: 80 });
  });

  it.each(['80a', '-1', '65536', ''])('refuses the port %j', (text) =>
    expect(() => portFlag(text)).toThrow('port'),
  );
});
