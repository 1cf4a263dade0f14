import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isStatus, silentLogger, systemClock } from '@gantry/base';
import { settle } from '@gantry/base/testing';
import { kinds, type V1ConfigMap } from '@gantry/api';
import { MemoryState } from '../memory/memory-state.ts';
import type { State, WatchEvent } from '../state.ts';
import { CachedState } from './cached-state.ts';

const kind = kinds.configMap;
const namespaces = ['one', 'two'];
const names = ['a', 'a-1', 'b'];

type Step =
  | { do: 'create' | 'update'; namespace: string; name: string; app: string; v: string }
  | { do: 'delete'; namespace: string; name: string };

const place = { namespace: fc.constantFrom(...namespaces), name: fc.constantFrom(...names) };
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constantFrom('create' as const, 'update' as const),
    ...place,
    app: fc.constantFrom('x', 'y'),
    v: fc.constantFrom('1', '2'),
  }),
  fc.record({ do: fc.constant('delete' as const), ...place }),
);

/** The model: what is there, by key. */
type Model = Map<string, { app: string; v: string }>;

function expected(model: Model, step: Step): string {
  const key = `${step.namespace}/${step.name}`;
  if (step.do === 'create') {
    if (model.has(key)) return 'AlreadyExists';
  } else if (!model.has(key)) return 'NotFound';
  if (step.do === 'delete') model.delete(key);
  else model.set(key, { app: step.app, v: step.v });
  return 'ok';
}

async function perform(state: State, step: Step): Promise<string> {
  const { namespace, name } = step;
  try {
    if (step.do === 'delete') await state.delete(kind, { namespace, name });
    else {
      const object: V1ConfigMap = {
        metadata: { namespace, name, labels: { app: step.app } },
        data: { v: step.v },
      };
      await state[step.do](kind, object);
    }
    return 'ok';
  } catch (error) {
    if (isStatus(error)) return error.reason;
    throw error;
  }
}

const shown = ({ metadata, data }: V1ConfigMap) =>
  `${metadata.namespace}/${metadata.name} ${metadata.labels?.['app']} ${data?.['v']}`;

async function contents(state: State, labelSelector?: string): Promise<string[]> {
  const list = await state.list(kind, labelSelector ? { labelSelector } : {});
  return list.entries.map(({ object }) => shown(object));
}

/** What a watcher believes is there. */
function follow(state: State, labelSelector?: string) {
  const seen = new Map<string, string>();
  const wrong: string[] = [];
  const watch = state.watch(
    kind,
    labelSelector ? { labelSelector } : {},
    (event: WatchEvent<V1ConfigMap>) => {
      if (!('entry' in event)) return;
      const { namespace, name } = event.entry.object.metadata;
      const key = `${namespace}/${name}`;
      if (seen.has(key) !== (event.type === 'modified' || event.type === 'deleted'))
        wrong.push(`${event.type} ${key}`);
      if (event.type === 'deleted') seen.delete(key);
      else seen.set(key, shown(event.entry.object));
    },
  );
  return {
    watch,
    wrong,
    contents: () => [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text),
  };
}

it.each(['memory', 'cached'])('%s and its watchers agree with a simple model', async (over) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const memory = new MemoryState();
      const cached = new CachedState(memory, { clock: systemClock, log: silentLogger });
      const stop = new AbortController();
      const running = cached.run(stop.signal);
      await cached.ready;
      const state: State = over === 'memory' ? memory : cached;
      const all = follow(state);
      const some = follow(state, 'app=x');
      await settle();
      const model: Model = new Map();
      for (const each of steps) expect(await perform(state, each)).toBe(expected(model, each));
      const there = [...model]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([key, { app, v }]) => ({ app, text: `${key} ${app} ${v}` }));
      const texts = there.map(({ text }) => text);
      const selected = there.filter(({ app }) => app === 'x').map(({ text }) => text);
      expect(await contents(state)).toEqual(texts);
      expect(await contents(state, 'app=x')).toEqual(selected);
      expect(all.contents()).toEqual(texts);
      expect(some.contents()).toEqual(selected);
      expect([...all.wrong, ...some.wrong]).toEqual([]);
      for (const { watch } of [all, some]) watch[Symbol.dispose]();
      stop.abort();
      await running;
    }),
    { numRuns: 150 },
  );
});
