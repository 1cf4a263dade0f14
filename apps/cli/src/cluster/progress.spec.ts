import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createProgress } from './progress.ts';

/** A terminal of this width. It takes a thousand movements of the cursor, so that a spinner that never ends fails. */
function terminal(columns: number) {
  let left = 1000;
  const move = () => {
    if (left-- <= 0) throw new Error('the cursor is moved without end');
    return true;
  };
  const stream = new PassThrough({ encoding: 'utf8' });
  const tty = { isTTY: true, columns, rows: columns, cursorTo: move, moveCursor: move, clearLine: move };
  return Object.assign(stream, tty) as unknown as NodeJS.WriteStream & PassThrough;
}

it.each([
  [80, /^.*✔.* something \(\d+\.\d s\)\n/s],
  [0, /^something: done in \d+\.\d s\n$/],
])('a step on a terminal of %i columns ends with a line', async (columns, expected) => {
  const stream = terminal(columns);
  const progress = await createProgress(stream);
  expect(await progress.step('something', async () => 7)).toBe(7);
  expect(String(stream.read())).toMatch(expected);
});
