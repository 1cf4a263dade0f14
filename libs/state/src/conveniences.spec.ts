import { expect, it } from 'vitest';
import { isStatus, seededRandom } from '@gantry/base';
import { FakeClock, settle } from '@gantry/base/testing';
import { kinds, type V1ConfigMap } from '@gantry/api';
import { createOrUpdate, modify, waitFor } from './conveniences.ts';
import { MemoryState } from './memory/memory-state.ts';
import { RegistryState } from './registry/registry-state.ts';

const make = () => new RegistryState(new MemoryState(), { clock: new FakeClock(), random: seededRandom(1) });
const name = { namespace: 'one', name: 'a' };
const config = (v: string): V1ConfigMap => ({ metadata: name, data: { v } });

it('modifies what is there when it writes, not what was there when it began', async () => {
  const state = make();
  await state.create(kinds.configMap, config('0'));
  await Promise.all(
    Array.from({ length: 5 }, () =>
      modify(state, kinds.configMap, name, ({ data }) => void (data!['v'] = String(Number(data!['v']) + 1))),
    ),
  );
  const { object, revision } = await state.get(kinds.configMap, name);
  expect(object.data).toEqual({ v: '5' });
  expect((await modify(state, kinds.configMap, name, () => false)).revision).toBe(revision);
});

it('creates what is not there and changes what is', async () => {
  const state = make();
  const count = ({ data }: V1ConfigMap) => void (data!['v'] += '+');
  expect((await createOrUpdate(state, kinds.configMap, config('1'), count)).object.data).toEqual({ v: '1' });
  expect((await createOrUpdate(state, kinds.configMap, config('1'), count)).object.data).toEqual({ v: '1+' });
});

it('waits until an object is as wanted, or gone, or the signal aborts', async () => {
  const state = make();
  const { signal } = new AbortController();
  const there = waitFor(state, kinds.configMap, name, (object) => object?.data?.['v'] === '2', signal);
  await settle();
  await state.create(kinds.configMap, config('1'));
  await state.update(kinds.configMap, config('2'));
  expect((await there)?.data).toEqual({ v: '2' });
  const gone = waitFor(state, kinds.configMap, name, (object) => object === undefined, signal);
  await settle();
  await state.delete(kinds.configMap, name);
  expect(await gone).toBeUndefined();
  const stop = new AbortController();
  const never = waitFor(state, kinds.configMap, name, () => false, stop.signal);
  stop.abort(new Error('enough'));
  await expect(never).rejects.toThrow('enough');
  const wrong = waitFor(state, kinds.configMap, { ...name, name: 'a=b' }, () => false, signal);
  await expect(wrong).rejects.toSatisfy((error) => isStatus(error, 'BadRequest'));
});
