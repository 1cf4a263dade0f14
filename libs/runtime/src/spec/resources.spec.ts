import { expect, it } from 'vitest';
import { quotaOf, sharesOf, weightOf } from './resources.ts';

it.each([
  [0, 2],
  [1, 2],
  [100, 102],
  [1000, 1024],
  [2500, 2560],
  [1_000_000, 262_144],
])('a request of %i thousandths of a core is %i shares', (milli, shares) => {
  expect(sharesOf(milli)).toBe(shares);
});

// The pairs of KEP-2254.
it.each([
  [2, 1],
  [1024, 39],
  [262_144, 10_000],
])('%i shares are a weight of %i', (shares, weight) => {
  expect(weightOf(shares)).toBe(weight);
});

it.each([
  [undefined, undefined],
  [0, undefined],
  [1, 1_000],
  [500, 50_000],
  [2000, 200_000],
])('a limit of %s thousandths of a core is a quota of %s µs', (milli, quota) => {
  expect(quotaOf(milli)).toBe(quota);
});
