import { createMetrics, seededRandom, silentLogger, StatusError } from '@gantry/base';
import { FakeClock, settle } from '@gantry/base/testing';
import { keyOf, kinds, nameOf, type V1ConfigMap } from '@gantry/api';
import { MemoryState, RegistryState } from '@gantry/state';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Change, Informers } from './control.ts';
import { createInformers } from './informers.ts';
import { UnsteadyState } from './testing/index.ts';

const configMap = (name: string, data: Record<string, string> = {}, namespace = 'default'): V1ConfigMap => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});

describe('an informer', () => {
  let clock: FakeClock;
  let store: RegistryState;
  let state: UnsteadyState;
  let stop: AbortController;
  let informers: Informers;
  const metrics = createMetrics({ processMetrics: false });

  beforeEach(() => {
    clock = new FakeClock();
    store = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) });
    state = new UnsteadyState(store);
    stop = new AbortController();
    informers = createInformers(state, { clock, log: silentLogger, random: seededRandom(1), metrics });
  });
  afterEach(() => stop.abort());

  const recorded = () => {
    const changes: string[] = [];
    const informer = informers.of(kinds.configMap);
    informer.onChange(({ type, object, old }: Change<V1ConfigMap>) =>
      changes.push(`${type} ${keyOf(nameOf(object))}${old ? ` was ${JSON.stringify(old.data)}` : ''}`),
    );
    return { informer, changes };
  };
  const started = async () => {
    void informers.run(stop.signal);
    await informers.synced();
    await settle();
  };

  it('syncs on an empty collection too', async () => {
    const { informer } = recorded();
    expect(informer.hasSynced).toBe(false);
    await started();
    expect(informer.hasSynced).toBe(true);
    expect(informer.list()).toEqual([]);
  });

  it('shows what was there, follows every change and tells of it', async () => {
    await store.create(kinds.configMap, configMap('a', { v: '1' }));
    const { informer, changes } = recorded();
    await started();
    const { object } = await store.create(kinds.configMap, configMap('b', { v: '1' }));
    await store.update(kinds.configMap, { ...object, data: { v: '2' } });
    await store.delete(kinds.configMap, { namespace: 'default', name: 'a' });
    await settle();
    expect(informer.list('default').map(({ metadata }) => metadata.name)).toEqual(['b']);
    expect(informer.get({ namespace: 'default', name: 'b' })?.data).toEqual({ v: '2' });
    expect(changes).toEqual([
      'added default/a',
      'added default/b',
      'modified default/b was {"v":"1"}',
      'deleted default/a',
    ]);
  });

  it('tells a late listener first of all that is there, and a disposed one nothing', async () => {
    await store.create(kinds.configMap, configMap('a'));
    const { informer } = recorded();
    await started();
    const seen: string[] = [];
    const listening = informer.onChange(({ type, object }) => seen.push(`${type} ${object.metadata.name}`));
    expect(seen).toEqual(['added a']);
    listening[Symbol.dispose]();
    await store.create(kinds.configMap, configMap('b'));
    await settle();
    expect(seen).toEqual(['added a']);
  });

  it('keeps the last state while the server is away, then swaps and reports the differences once', async () => {
    await store.create(kinds.configMap, configMap('stays'));
    await store.create(kinds.configMap, configMap('goes'));
    const { object } = await store.create(kinds.configMap, configMap('changes', { v: '1' }));
    await store.create(kinds.configMap, configMap('replaced'));
    const { informer, changes } = recorded();
    await started();
    changes.length = 0;
    state.goAway();
    await store.delete(kinds.configMap, { namespace: 'default', name: 'goes' });
    await store.update(kinds.configMap, { ...object, data: { v: '2' } });
    await store.delete(kinds.configMap, { namespace: 'default', name: 'replaced' });
    await store.create(kinds.configMap, configMap('replaced'));
    await store.create(kinds.configMap, configMap('new'));
    await clock.advance(2_000);
    expect(informer.list()).toHaveLength(4);
    expect(changes).toEqual([]);
    state.failure = undefined;
    await clock.advance(20_000);
    expect(changes.sort()).toEqual([
      'added default/new',
      'added default/replaced',
      'deleted default/goes',
      'deleted default/replaced',
      'modified default/changes was {"v":"1"}',
    ]);
    expect(await metrics.metrics()).toMatch(/informer_relists_total\{resource="configmaps"\} [1-9]/);
  });

  it('asks again with growing pauses, not in a loop', async () => {
    recorded();
    await started();
    state.goAway();
    await clock.advance(60_000);
    expect(state.watches).toBeGreaterThan(4);
    expect(state.watches).toBeLessThan(20);
  });

  it('lists again when its revision has expired', async () => {
    const { informer } = recorded();
    await started();
    state.breakWatches(StatusError.expired('too old'));
    await store.create(kinds.configMap, configMap('a'));
    await clock.advance(1_000);
    expect(informer.get({ namespace: 'default', name: 'a' })).toBeDefined();
  });

  it('finds objects by any number of indexes, also ones added late, and drops what changed', async () => {
    const informer = informers.of(kinds.configMap, {
      color: ({ data }) => (data?.color ? [data.color] : []),
    });
    const { object } = await store.create(kinds.configMap, configMap('a', { color: 'red' }));
    await store.create(kinds.configMap, configMap('b', { color: 'red' }, 'other'));
    await started();
    expect(informer.by('color', 'red')).toHaveLength(2);
    informers.of(kinds.configMap, { letter: ({ metadata }) => [metadata.name!] });
    expect(informer.by('letter', 'b')).toHaveLength(1);
    await store.update(kinds.configMap, { ...object, data: { color: 'blue' } });
    await settle();
    expect(informer.by('color', 'red').map(({ metadata }) => metadata.name)).toEqual(['b']);
    expect(informer.by('color', 'blue').map(({ metadata }) => metadata.name)).toEqual(['a']);
    expect(() => informer.by('taste', 'x')).toThrow('has no index');
  });

  it('is one for all who ask for its kind, and starts at once when asked for late', async () => {
    await started();
    const late = informers.of(kinds.secret);
    expect(informers.of(kinds.secret)).toBe(late);
    await informers.synced();
    expect(late.hasSynced).toBe(true);
    expect(state.watches).toBe(1);
  });

  it('goes on when a listener throws', async () => {
    const { informer, changes } = recorded();
    informer.onChange(() => {
      throw new Error('a bug');
    });
    await started();
    await store.create(kinds.configMap, configMap('a'));
    await store.create(kinds.configMap, configMap('b'));
    await settle();
    expect(changes).toEqual(['added default/a', 'added default/b']);
  });

  it('stops with its signal', async () => {
    const { changes } = recorded();
    const running = informers.run(stop.signal);
    await informers.synced();
    stop.abort();
    await running;
    await store.create(kinds.configMap, configMap('a'));
    await settle();
    expect(changes).toEqual([]);
    expect(clock.pending).toBe(0);
  });
});
