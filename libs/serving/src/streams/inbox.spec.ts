import { describe, expect, it } from 'vitest';
import { Inbox } from './inbox.ts';

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of items) all.push(each);
  return all;
}

describe('an inbox', () => {
  it('gives what came before the end, then ends', async () => {
    const inbox = new Inbox<string>(10, (text) => text.length);
    inbox.push('a');
    inbox.push('b');
    inbox.close();
    inbox.push('late');
    expect(await allOf(inbox)).toEqual(['a', 'b']);
  });

  it('wakes a waiting reader', async () => {
    const inbox = new Inbox<number>(10, () => 1);
    const reading = allOf(inbox);
    inbox.push(1);
    inbox.close();
    expect(await reading).toEqual([1]);
  });

  it('throws its error after what came before', async () => {
    const inbox = new Inbox<number>(10, () => 1);
    inbox.push(1);
    inbox.close(new Error('gone'));
    const seen: number[] = [];
    await expect(
      (async () => {
        for await (const each of inbox) seen.push(each);
      })(),
    ).rejects.toThrow('gone');
    expect(seen).toEqual([1]);
  });

  it('has its source pause above the limit and go on below half of it', async () => {
    const inbox = new Inbox<number>(3, () => 1);
    const calls: string[] = [];
    inbox.onFull = () => calls.push('full');
    inbox.onDrained = () => calls.push('drained');
    for (let i = 0; i < 5; i++) inbox.push(i);
    expect(calls).toEqual(['full']);
    const reader = inbox[Symbol.asyncIterator]();
    for (let i = 0; i < 4; i++) await reader.next();
    expect(calls).toEqual(['full', 'drained']);
    inbox.close();
  });
});
