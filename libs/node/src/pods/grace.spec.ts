import { expect, it } from 'vitest';
import { graceLeftMs } from './grace.ts';

it.each([
  [30_000, 0, 30_000],
  [30_000, 10_000, 20_000],
  [30_000, 29_500, 2_000],
  [30_000, 40_000, 2_000],
  [1_000, 0, 1_000],
  [1_000, 500, 2_000],
  [0, 5_000, 0],
])('of %i ms after %i ms are left %i ms', (wholeMs, elapsedMs, leftMs) =>
  expect(graceLeftMs(wholeMs, elapsedMs)).toBe(leftMs),
);
