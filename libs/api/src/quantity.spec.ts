import { isStatus } from '@gantry/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addQuantities,
  bytesOf,
  canonicalQuantity,
  compareQuantities,
  formatBytes,
  formatMilli,
  formatQuantity,
  milliOf,
  parseQuantity,
  tryParseQuantity,
} from './quantity.ts';

describe('a quantity', () => {
  it.each([
    ['0', '0'],
    ['0.5', '500m'],
    ['1000m', '1'],
    ['1500m', '1500m'],
    ['1024Ki', '1Mi'],
    ['1536Ki', '1536Ki'],
    ['1.5Gi', '1536Mi'],
    ['0.5Ki', '512'],
    ['1000', '1k'],
    ['1024', '1024'],
    ['100000', '100k'],
    ['1e3', '1e3'],
    ['12e2', '1200'],
    ['1.5e3', '1500'],
    ['1E6', '1e6'],
    ['5E', '5E'],
    ['0.000000000001', '1n'],
    ['-2.5', '-2500m'],
    ['+3', '3'],
    ['.5', '500m'],
    ['5.', '5'],
    ['0.3Ki', '307200m'],
    ['99999999999999999999', '9223372036854775807'],
    ['8Ei', '9223372036854775807'],
    ['0Mi', '0'],
    ['0.1Mi', '104857600m'],
  ])('%s is written %s', (text, canonical) => {
    expect(formatQuantity(parseQuantity(text))).toBe(canonical);
    expect(canonicalQuantity(text)).toBe(canonical);
  });

  it.each([
    '',
    'x',
    '1 Gi',
    '1ki',
    '1GiB',
    '--1',
    '1.2.3',
    '.',
    '1e',
    '0x10',
    '1'.repeat(65),
    'Ki',
    '1e99999999999',
  ])('%j is none', (text) => {
    expect(tryParseQuantity(text)).toBeUndefined();
    expect(() => parseQuantity(text)).toThrow(expect.toSatisfy((error) => isStatus(error, 'BadRequest')));
    expect(canonicalQuantity(text)).toBe(text);
  });

  it.each([
    ['1', 1000, 1],
    ['250m', 250, 1],
    ['0.1', 100, 1],
    ['1u', 1, 1],
    ['64Mi', 64 * 2 ** 20 * 1000, 64 * 2 ** 20],
    ['2k', 2_000_000, 2000],
    ['1500m', 1500, 2],
    [undefined, 0, 0],
  ])('%s is %d milli and %d whole, rounded up', (text, milli, whole) => {
    expect(milliOf(text)).toBe(milli);
    expect(bytesOf(text)).toBe(whole);
  });

  const amount = fc.tuple(
    fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
    fc.constantFrom('n', 'u', 'm', '', 'k', 'M', 'Ki', 'Mi', 'Gi', 'e3', 'e-2'),
  );

  it('keeps its amount when it is written and read again, and is then canonical', () => {
    fc.assert(
      fc.property(amount, ([digits, suffix]) => {
        const quantity = parseQuantity(`${digits}${suffix}`);
        const text = formatQuantity(quantity);
        expect(compareQuantities(parseQuantity(text), quantity)).toBe(0);
        expect(formatQuantity(parseQuantity(text))).toBe(text);
      }),
    );
  });

  it('adds and compares as its amounts do', () => {
    const nano = ([digits, suffix]: [bigint, string]) =>
      digits * { n: 1n, u: 10n ** 3n, m: 10n ** 6n, '': 10n ** 9n, Mi: 2n ** 20n * 10n ** 9n }[suffix]!;
    const small = fc.tuple(
      fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }),
      fc.constantFrom('n', 'u', 'm', '', 'Mi'),
    );
    fc.assert(
      fc.property(small, small, (a, b) => {
        const [left, right] = [parseQuantity(a.join('')), parseQuantity(b.join(''))];
        const order = nano(a) < nano(b) ? -1 : nano(a) > nano(b) ? 1 : 0;
        expect(compareQuantities(left, right)).toBe(order);
        const total = nano(a) + nano(b);
        const sum = addQuantities(left, right);
        expect(compareQuantities(sum, { mantissa: total, scale: -9, format: 'DecimalSI' })).toBe(0);
      }),
    );
  });

  it('takes the quick way to the same numbers as the exact one', () => {
    fc.assert(
      fc.property(
        fc.nat(10 ** 9),
        fc.constantFrom('', 'm', 'k', 'M', 'G', 'Ki', 'Mi', 'Gi'),
        (digits, suffix) => {
          const quantity = parseQuantity(`${digits}${suffix}`);
          const whole = formatQuantity({ ...quantity, format: 'DecimalExponent' });
          expect(bytesOf(`${digits}${suffix}`)).toBe(bytesOf(whole));
          expect(milliOf(`${digits}${suffix}`)).toBe(milliOf(whole));
        },
      ),
    );
  });

  it('is written for bytes and for CPU', () => {
    expect(formatBytes(2 ** 31)).toBe('2Gi');
    expect(formatBytes(1000)).toBe('1k');
    expect(formatBytes(1025)).toBe('1025');
    expect(formatMilli(1500)).toBe('1500m');
    expect(formatMilli(4000)).toBe('4');
  });
});
