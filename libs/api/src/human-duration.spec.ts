import { expect, it } from 'vitest';
import { humanDuration } from './human-duration.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;

it.each([
  [-3 * s, '<invalid>'],
  [-500, '0s'],
  [119 * s, '119s'],
  [2 * m, '2m'],
  [3 * m + 20 * s, '3m20s'],
  [10 * m + 5 * s, '10m'],
  [179 * m, '179m'],
  [3 * h, '3h'],
  [5 * h + 7 * m, '5h7m'],
  [8 * h + 7 * m, '8h'],
  [47 * h, '47h'],
  [50 * h, '2d2h'],
  [8 * d + 3 * h, '8d'],
  [729 * d, '729d'],
  [800 * d, '2y70d'],
  [9 * 365 * d, '9y'],
])('%d ms is %s', (ms, text) => {
  expect(humanDuration(ms)).toBe(text);
});
