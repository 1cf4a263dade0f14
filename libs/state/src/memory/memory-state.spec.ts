import { describe, expect, it } from 'vitest';
import { isStatus } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import { stateContract } from '../testing/state-contract.ts';
import { MemoryState } from './memory-state.ts';

stateContract('MemoryState', async () => ({
  state: new MemoryState(),
  [Symbol.asyncDispose]: async () => undefined,
}));

describe('MemoryState', () => {
  const config = (name: string) => ({ metadata: { namespace: 'one', name } });

  it('has forgotten what lies behind its history', async () => {
    const state = new MemoryState({ historyLimit: 3 });
    const { revision } = await state.create(kinds.configMap, config('a'));
    const page = await state.list(kinds.configMap, { limit: 1, resourceVersion: '0' });
    expect(page.revision).toBe(revision);
    for (const name of ['b', 'c', 'd', 'e']) await state.create(kinds.configMap, config(name));
    const watch = state.watch(kinds.configMap, { resourceVersion: String(revision) }, () => undefined);
    await expect(watch.done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
  });

  it('says how to go on when the snapshot of a list is forgotten', async () => {
    const state = new MemoryState();
    for (const name of ['a', 'b', 'c']) await state.create(kinds.configMap, config(name));
    const page = await state.list(kinds.configMap, { limit: 1 });
    await state.create(kinds.configMap, config('bb'));
    state.store.compact();
    const error = await state.list(kinds.configMap, { limit: 5, continue: page.continue! }).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(isStatus(error, 'Expired')).toBe(true);
    const token = (error as { toStatus(): { metadata: { continue?: string } } }).toStatus().metadata.continue;
    const rest = await state.list(kinds.configMap, { continue: token! });
    expect(rest.entries.map(({ object }) => object.metadata.name)).toEqual(['b', 'bb', 'c']);
  });

  it('drops Events after an hour', async () => {
    const clock = new FakeClock();
    const state = new MemoryState({ clock });
    await state.create(kinds.event, { metadata: { namespace: 'one', name: 'e' }, involvedObject: {} });
    await clock.advance(3_599_000);
    expect((await state.list(kinds.event)).entries).toHaveLength(1);
    await clock.advance(2_000);
    expect((await state.list(kinds.event)).entries).toHaveLength(0);
  });

  it('sends a bookmark every minute to who asks', async () => {
    const clock = new FakeClock();
    const state = new MemoryState({ clock });
    const types: string[] = [];
    state.watch(kinds.configMap, { bookmarks: true }, ({ type }) => types.push(type));
    await clock.advance(121_000);
    expect(types).toEqual(['initDone', 'bookmark', 'bookmark']);
  });
});
