import { describe, expect, it } from 'vitest';
import { isStatus, silentLogger, StatusError, systemClock } from '@gantry/base';
import { eventually, FakeClock, settle } from '@gantry/base/testing';
import { kindList, kinds, type V1ConfigMap } from '@gantry/api';
import { watchFrame } from '../frames.ts';
import { MemoryState } from '../memory/memory-state.ts';
import type { WatchEvent } from '../state.ts';
import { StoreState } from '../store/store-state.ts';
import { Recorder, stateContract } from '../testing/state-contract.ts';
import { CachedState, type CachedStateOptions } from './cached-state.ts';

async function start(options: Partial<CachedStateOptions> = {}) {
  const below = new MemoryState();
  const cached = new CachedState(below, {
    clock: systemClock,
    log: silentLogger,
    kinds: kindList,
    ...options,
  });
  const stop = new AbortController();
  const running = cached.run(stop.signal);
  await cached.ready;
  return {
    below,
    cached,
    state: cached,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running;
    },
  };
}

stateContract('CachedState over MemoryState', () => start());
stateContract('CachedState that learns of kinds at their first use', () => start({ kinds: [] }));

const config = (name: string, v = '1', more: object = {}): V1ConfigMap => ({
  metadata: { namespace: 'one', name, ...more },
  data: { v },
});

describe('what another program has written badly', () => {
  const text = (more: object, name = 'x') =>
    JSON.stringify({ kind: 'Pod', apiVersion: 'v1', metadata: { name, namespace: 'one' }, ...more });
  const containers = [{ name: 'c', image: 'i' }];

  it.each<[string, string]>([
    ['no JSON', 'k8s\0'],
    ['nothing', 'null'],
    ['another object', text({ spec: { containers } }, 'y')],
    ['a name that is none', text({ metadata: { name: 5, namespace: 'one' } })],
    ['a list that is none', text({ spec: { containers: 'c' } })],
    [
      'finalizers that are none',
      text({ metadata: { name: 'x', namespace: 'one', finalizers: 5 }, spec: { containers } }),
    ],
    ['a spec that is null', text({ spec: null })],
  ])('is left out, and hides nothing else: %s', async (_what, value) => {
    await using subject = await start();
    const { cached, below } = subject;
    const seen: string[] = [];
    using _watch = cached.watch(kinds.pod, {}, (event) => {
      if ('entry' in event) seen.push(event.entry.object.metadata.name);
    });
    const key = '/registry/pods/one/x';
    await below.store.write(key, Buffer.from(value), 0n);
    await cached.create(kinds.pod, { metadata: { name: 'good', namespace: 'one' }, spec: { containers } });
    await eventually(() => seen.includes('good'));
    expect(seen).toEqual(['good']);
    expect((await cached.list(kinds.pod)).entries).toHaveLength(1);
    await expect(below.get(kinds.pod, { namespace: 'one', name: 'x' })).rejects.toMatchObject({
      reason: 'InternalError',
      message: expect.stringContaining(`the value of ${key} in the store is no Pod`) as string,
    });
  });

  it('has nothing in the fields that it lacks, for who selects by them', async () => {
    await using subject = await start();
    const { cached, below } = subject;
    const seen: string[] = [];
    const fieldSelector = 'involvedObject.kind=Pod';
    using _watch = cached.watch(kinds.event, { fieldSelector }, (event) => {
      if ('entry' in event) seen.push(event.entry.object.metadata.name);
    });
    await settle();
    const bare = { kind: 'Event', apiVersion: 'v1', metadata: { name: 'bare', namespace: 'one' } };
    await below.store.write('/registry/events/one/bare', Buffer.from(JSON.stringify(bare)), 0n);
    await cached.create(kinds.event, {
      metadata: { name: 'good', namespace: 'one' },
      involvedObject: { kind: 'Pod', namespace: 'one' },
    });
    await eventually(() => seen.includes('good'));
    expect(seen).toEqual(['good']);
  });

  it('is absent where it is null', async () => {
    await using subject = await start();
    const { cached, below } = subject;
    const spec = { containers, nodeName: null, tolerations: null };
    await below.store.write('/registry/pods/one/x', Buffer.from(text({ spec, status: null })), 0n);
    await eventually(async () => (await cached.list(kinds.pod)).entries.length === 1);
    const { object, bytes, revision } = await cached.get(kinds.pod, { namespace: 'one', name: 'x' });
    expect([object.spec, object.status]).toEqual([{ containers }, undefined]);
    expect(JSON.parse(Buffer.from(bytes).toString())).toMatchObject({
      metadata: { resourceVersion: String(revision) },
    });
  });
});

describe('CachedState', () => {
  it('adopts the entry that the writer got', async () => {
    await using subject = await start();
    const { cached } = subject;
    const created = await cached.create(kinds.configMap, config('a'));
    expect(await cached.get(kinds.configMap, { namespace: 'one', name: 'a' })).toBe(created);
  });

  it('shares one event and one frame among all who see a change the same way', async () => {
    await using subject = await start();
    const { cached } = subject;
    const seen: WatchEvent<V1ConfigMap>[] = [];
    const selections = [{}, { namespace: 'one' }, { labelSelector: 'app=web' }];
    const watches = selections.map((query) =>
      cached.watch(kinds.configMap, query, (event) => 'entry' in event && seen.push(event)),
    );
    await settle();
    await cached.create(kinds.configMap, config('a', '1', { labels: { app: 'web' } }));
    expect(seen).toHaveLength(3);
    expect(new Set(seen).size).toBe(1);
    const frame = watchFrame(seen[0]!, kinds.configMap);
    expect(watchFrame(seen[1]!, kinds.configMap)).toBe(frame);
    expect(JSON.parse(frame.toString())).toMatchObject({ type: 'ADDED', object: { data: { v: '1' } } });
    expect(frame.at(-1)).toBe(0x0a);
    for (const watch of watches) watch[Symbol.dispose]();
  });

  it('sees what others write into the store', async () => {
    await using subject = await start();
    const { below, cached } = subject;
    await below.create(kinds.configMap, config('a'));
    const { object } = await cached.get(kinds.configMap, { namespace: 'one', name: 'a' });
    expect(object.data).toEqual({ v: '1' });
  });

  it('leaves out what it cannot read, and says nothing wrong about the rest', async () => {
    await using subject = await start();
    const { below, cached } = subject;
    await below.create(kinds.configMap, config('a'));
    const seen = new Recorder<V1ConfigMap>();
    using _watch = cached.watch(kinds.configMap, {}, seen.receive);
    await settle();
    for (const [name, value] of [
      ['bad', '{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"bad'],
      ['null', 'null'],
      ['k8s', 'k8s\0\n\x0b'],
      ['other', '{"metadata":{"name":"another","namespace":"one"}}'],
    ] as const)
      await below.store.write(`/registry/configmaps/one/${name}`, Buffer.from(value), 0n);
    await below.store.write('/registry/unknown', Buffer.from('x'), 0n);
    await below.store.write('/registry/', Buffer.from('x'), 0n);
    await cached.create(kinds.configMap, config('b'));
    expect((await cached.list(kinds.configMap)).entries.map(({ object }) => object.metadata.name)).toEqual([
      'a',
      'b',
    ]);
    expect(seen.lines).toEqual(['init a=1', 'initDone', 'added b=1']);
    await expect(below.list(kinds.configMap)).rejects.toThrow('/registry/configmaps/one/bad');
  });

  it('takes up a lost feed where it ended', async () => {
    await using subject = await start();
    const { below, cached } = subject;
    const seen = new Recorder<V1ConfigMap>();
    using _watch = cached.watch(kinds.configMap, {}, seen.receive);
    await settle();
    below.store.dropFeeds(StatusError.unavailable('gone'));
    await eventually(() => !cached.healthy);
    await below.create(kinds.configMap, config('a'));
    await eventually(() => seen.lines.length === 2);
    expect(seen.lines).toEqual(['initDone', 'added a=1']);
    expect(cached.healthy).toBe(true);
  });

  it('serves what it has while the store is lost', async () => {
    await using subject = await start();
    const { below, cached } = subject;
    await cached.create(kinds.configMap, config('a'));
    below.store.dropFeeds(StatusError.unavailable('gone'));
    await settle();
    expect(cached.healthy).toBe(false);
    expect((await cached.list(kinds.configMap)).entries).toHaveLength(1);
  });

  it('reads everything again after a compaction and tells watchers the difference', async () => {
    await using subject = await start();
    const { below, cached } = subject;
    const before = await cached.create(kinds.configMap, config('stays'));
    await cached.create(kinds.configMap, config('changes'));
    await cached.create(kinds.configMap, config('goes'));
    await cached.create(kinds.configMap, config('replaced'));
    const seen = new Recorder<V1ConfigMap>();
    using _watch = cached.watch(kinds.configMap, {}, seen.receive);
    await settle();
    seen.events.length = 0;
    below.store.dropFeeds(StatusError.unavailable('gone'));
    await below.update(kinds.configMap, config('changes', '2'));
    await below.delete(kinds.configMap, { namespace: 'one', name: 'goes' });
    await below.delete(kinds.configMap, { namespace: 'one', name: 'replaced' });
    await below.create(kinds.configMap, config('replaced', '2'));
    await below.create(kinds.configMap, config('comes'));
    below.store.compact();
    await eventually(() => seen.lines.length >= 5);
    expect(seen.lines).toEqual([
      'modified changes=2',
      'deleted replaced=1',
      'added replaced=2',
      'added comes=1',
      'deleted goes=1',
    ]);
    const late = cached.watch(kinds.configMap, { resourceVersion: String(before.revision) }, () => undefined);
    await expect(late.done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
  });

  it('tells all watchers to begin anew where the store was replaced by an older one', async () => {
    const [old, empty] = [new MemoryState(), new MemoryState()];
    let store = old.store;
    const replaceable = new Proxy(store, {
      get(_target, key) {
        const value: unknown = Reflect.get(store, key, store);
        return typeof value === 'function' ? (value.bind(store) as unknown) : value;
      },
    });
    const options = { clock: systemClock, log: silentLogger, kinds: kindList };
    const cached = new CachedState(new StoreState(replaceable, options), options);
    const stop = new AbortController();
    const running = cached.run(stop.signal);
    await cached.ready;
    for (let i = 0; i < 10; i++) await cached.create(kinds.configMap, config(`old-${i}`));
    const queries = [{}, { namespace: 'one' }, { namespace: 'one', fieldSelector: 'metadata.name=old-1' }];
    const watches = queries.map((query) => cached.watch(kinds.configMap, query, () => undefined));
    const byField = cached.watch(kinds.pod, { fieldSelector: 'spec.nodeName=n' }, () => undefined);
    await settle();
    store = empty.store;
    old.store.dropFeeds(StatusError.unavailable('gone'));
    for (const { done } of [...watches, byField])
      await expect(done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
    const seen = new Recorder<V1ConfigMap>();
    using _watch = cached.watch(kinds.configMap, {}, seen.receive);
    await eventually(() => seen.lines.length === 1);
    await cached.create(kinds.configMap, config('new'));
    await eventually(() => seen.lines.length === 2);
    expect(seen.lines).toEqual(['initDone', 'added new=1']);
    stop.abort();
    await running;
  });

  it('finds pods by node, in lists and watches, as they move', async () => {
    await using subject = await start();
    const { cached } = subject;
    const pod = (name: string, nodeName?: string) => ({
      metadata: { namespace: 'one', name },
      spec: { containers: [], ...(nodeName ? { nodeName } : {}) },
    });
    await cached.create(kinds.pod, pod('a', 'n1'));
    await cached.create(kinds.pod, pod('b'));
    const onNode = async (name: string) =>
      (await cached.list(kinds.pod, { fieldSelector: `spec.nodeName=${name}` })).entries.map(
        ({ object }) => object.metadata.name,
      );
    expect(await onNode('n1')).toEqual(['a']);
    const seen: string[] = [];
    using _watch = cached.watch(kinds.pod, { fieldSelector: 'spec.nodeName=n1' }, (event) =>
      seen.push('entry' in event ? `${event.type} ${event.entry.object.metadata.name}` : event.type),
    );
    await settle();
    await cached.update(kinds.pod, pod('b', 'n1'));
    await cached.create(kinds.pod, pod('c', 'n2'));
    await cached.update(kinds.pod, pod('a', 'n2'));
    await cached.delete(kinds.pod, { namespace: 'one', name: 'b' });
    expect(seen).toEqual(['init a', 'initDone', 'added b', 'deleted a', 'deleted b']);
    expect(await onNode('n1')).toEqual([]);
    expect(await onNode('n2')).toEqual(['a', 'c']);
  });

  it('forgets old changes and says so', async () => {
    await using subject = await start({ historyLimit: 2 });
    const { cached } = subject;
    const { revision } = await cached.create(kinds.configMap, config('a'));
    for (const name of ['b', 'c', 'd']) await cached.create(kinds.configMap, config(name));
    const watch = cached.watch(kinds.configMap, { resourceVersion: String(revision) }, () => undefined);
    await expect(watch.done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
  });

  it('ends the watch of a receiver that throws, and no other', async () => {
    await using subject = await start();
    const { cached } = subject;
    const bad = cached.watch(kinds.configMap, { resourceVersion: '1' }, () => {
      throw new Error('mine');
    });
    const seen = new Recorder<V1ConfigMap>();
    using _watch = cached.watch(kinds.configMap, { resourceVersion: '1' }, seen.receive);
    await settle();
    await cached.create(kinds.configMap, config('a'));
    await expect(bad.done).rejects.toSatisfy((error) => isStatus(error, 'InternalError'));
    expect(seen.lines).toEqual(['added a=1']);
  });

  it('sends one bookmark a minute, with the revision it has reached', async () => {
    const clock = new FakeClock();
    await using subject = await start({ clock });
    const { cached } = subject;
    const events: WatchEvent[] = [];
    using _watch = cached.watch(kinds.secret, { bookmarks: true }, (event) => events.push(event));
    await settle();
    const { revision } = await cached.create(kinds.configMap, config('a'));
    await clock.advance(60_000);
    expect(events.at(-1)).toEqual({ type: 'bookmark', revision });
  });
});
