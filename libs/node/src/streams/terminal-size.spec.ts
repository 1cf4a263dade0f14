import { FakeClock } from '@gantry/base/testing';
import type { StreamChunk } from '@gantry/link';
import { expect, it } from 'vitest';
import { firstSize, parseSize } from './terminal-size.ts';

const chunk = (channel: number, text: string): StreamChunk => ({ channel, data: Buffer.from(text) });
const size = chunk(4, '{"Width":97,"Height":31}');

/** What comes, then silence until `over` aborts. */
async function* client(chunks: StreamChunk[], over?: AbortSignal): AsyncGenerator<StreamChunk> {
  yield* chunks;
  if (over && !over.aborted) await new Promise((resolve) => over.addEventListener('abort', resolve));
}

const textOf = async (chunks: AsyncIterable<StreamChunk>) => {
  let text = '';
  for await (const { channel, data } of chunks) text += `${channel}:${Buffer.from(data).toString()} `;
  return text.trim();
};

it.each([
  ['at once', [size, chunk(0, 'a'), chunk(0, 'b')]],
  ['after input', [chunk(0, 'a'), size, chunk(0, 'b')]],
])('takes the size that comes %s and leaves the input as it was', async (_when, chunks) => {
  const { size: found, rest } = await firstSize(client(chunks), new FakeClock(), 100);
  expect(found).toEqual({ columns: 97, rows: 31 });
  expect(await textOf(rest)).toBe('0:a 0:b');
});

it('goes on without a size when none comes in time, and loses nothing', async () => {
  const clock = new FakeClock();
  const over = new AbortController();
  const waiting = firstSize(client([chunk(0, 'a')], over.signal), clock, 100);
  await clock.advance(100);
  const { size: found, rest } = await waiting;
  expect(found).toBeUndefined();
  over.abort();
  expect(await textOf(rest)).toBe('0:a');
});

it('does not wait for a client that has gone, or that sends much', async () => {
  expect((await firstSize(client([]), new FakeClock(), 100)).size).toBeUndefined();
  const much = Array.from({ length: 3 }, () => chunk(0, 'x'.repeat(40_000)));
  const { size: found, rest } = await firstSize(client([...much, size]), new FakeClock(), 100);
  expect(found).toBeUndefined();
  expect((await textOf(rest)).length).toBeGreaterThan(120_000);
});

it('hands an error of the connection to who reads the rest', async () => {
  async function* broken(): AsyncGenerator<StreamChunk> {
    throw new Error('gone');
  }
  const { rest } = await firstSize(broken(), new FakeClock(), 100);
  await expect(textOf(rest)).rejects.toThrow('gone');
});

it.each(['', '{}', '[]', 'null', '{"Width":0,"Height":5}', '{"Width":70000,"Height":5}', '{"Width":"8"'])(
  'takes %j for no size',
  (text) => expect(parseSize(Buffer.from(text))).toBeUndefined(),
);
