import { describe, expect, it } from 'vitest';
import { Exchange } from '../exchange.ts';
import { timeoutMsOf, writeOptionsOf } from './options.ts';

const exchange = (query: string) => {
  const req = { method: 'POST', url: `/api/v1/namespaces/a/configmaps?${query}`, headers: {} };
  return new Exchange(req as never, {} as never, 0);
};

describe('timeout', () => {
  it.each([
    ['', undefined],
    ['timeout=', undefined],
    ['timeoutSeconds=x', undefined],
    ['timeout=0', undefined],
    ['timeout=0s', undefined],
    ['timeout=-5s', undefined],
    ['timeout=32s', 32_000],
    ['timeout=1m30.5s', 90_500],
    ['timeout=1500us', 1.5],
    ['timeout=%C2%B5s', 'invalid'],
    ['timeout=5', 'invalid'],
    ['timeout=abc', 'invalid'],
    ['timeout=1s5', 'invalid'],
    ['timeout=1 s', 'invalid'],
    ['timeout=-', 'invalid'],
  ])('%j is %s', (query, expected) => {
    if (expected !== 'invalid') expect(timeoutMsOf(exchange(query))).toBe(expected);
    else
      expect(() => timeoutMsOf(exchange(query))).toThrow(
        'invalid timeout specified in the request URL - time: invalid duration',
      );
  });
});

describe('fieldManager', () => {
  it.each([
    ['x'.repeat(129), 'fieldManager: Too long: may not be more than 128 bytes'],
    ['a%01b', 'fieldManager: Invalid value: "a\\u0001b": invalid character U+0001 (at position 1)'],
  ])('%s is refused', (manager, why) =>
    expect(() => writeOptionsOf(exchange(`fieldManager=${manager}`), 'CreateOptions')).toThrow(
      `CreateOptions.meta.k8s.io "" is invalid: ${why}`,
    ),
  );

  it('may be in any script', () =>
    expect(writeOptionsOf(exchange('fieldManager=%C3%A4%E6%97%A5'), 'CreateOptions').fieldManager).toBe(
      '\u00e4\u65e5',
    ));
});
