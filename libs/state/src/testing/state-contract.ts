import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStatus, type StatusReason } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type Kind, type KubeObject, type V1ConfigMap } from '@gantry/api';
import { copyJson } from '../json.ts';
import type { EntryList, State, WatchEvent, WatchQuery } from '../state.ts';

export interface ContractSubject extends AsyncDisposable {
  readonly state: State;
}

/** What a watcher got, with the watch. */
export class Recorder<T extends KubeObject> {
  readonly events: WatchEvent<T>[] = [];
  readonly receive = (event: WatchEvent<T>): void => void this.events.push(event);

  /** `added a=1`, `initDone`, in order; bookmarks left out. */
  get lines(): string[] {
    return this.events.flatMap((event) => {
      if (event.type === 'bookmark') return [];
      if (!('entry' in event)) return [event.type];
      const { metadata, data } = event.entry.object as unknown as V1ConfigMap;
      return [`${event.type} ${metadata.name}${data?.['v'] === undefined ? '' : `=${data['v']}`}`];
    });
  }
}

/**
 * What every {@link State} does. `makeState` gives a fresh, empty one for each test; namespaces `one` and `two` are made
 * here, where the state is one that asks for them.
 */
export function stateContract(name: string, makeState: () => Promise<ContractSubject>): void {
  describe(`${name} keeps the contract of State`, () => {
    let subject: ContractSubject;
    let state: State;
    const open: Disposable[] = [];
    const kind: Kind<V1ConfigMap> = kinds.configMap;

    const config = (name: string, v: string, more: Partial<V1ConfigMap['metadata']> = {}): V1ConfigMap => ({
      metadata: { name, namespace: 'one', ...more },
      data: { v },
    });
    const names = (list: EntryList<V1ConfigMap>) =>
      list.entries.map(({ object }) => `${object.metadata.namespace}/${object.metadata.name}`);
    const refuses = async (work: Promise<unknown>, ...reasons: StatusReason[]) => {
      const error: unknown = await work.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error, `refused with ${reasons}`).toSatisfy((each) => isStatus(each, ...reasons));
    };
    const watch = (query: WatchQuery) => {
      const recorder = new Recorder<V1ConfigMap>();
      const running = state.watch(kind, query, recorder.receive);
      open.push(running);
      return Object.assign(recorder, { watch: running });
    };
    const sees = (recorder: Recorder<V1ConfigMap>, lines: string[]) =>
      eventually(() => JSON.stringify(recorder.lines) === JSON.stringify(lines), {
        what: `the events ${JSON.stringify(lines)} (now ${JSON.stringify(recorder.lines)})`,
        everyMs: 2,
      }).catch(() => expect(recorder.lines).toEqual(lines));

    beforeEach(async () => {
      subject = await makeState();
      ({ state } = subject);
      for (const name of ['one', 'two'])
        await state.create(kinds.namespace, { metadata: { name } } as never).catch((error: unknown) => {
          if (!isStatus(error, 'AlreadyExists')) throw error;
        });
    });
    afterEach(async () => {
      for (const each of open.splice(0)) each[Symbol.dispose]();
      await subject[Symbol.asyncDispose]();
    });

    it('gives back what was created, with the four things every stored object has', async () => {
      const given = config('a', '1', { labels: { app: 'web' } });
      const before = copyJson(given);
      const created = await state.create(kind, given);
      expect(given).toEqual(before);
      const { object, revision, bytes } = await state.get(kind, { namespace: 'one', name: 'a' });
      expect(object).toEqual(created.object);
      expect(object.data).toEqual({ v: '1' });
      expect(object.metadata.labels).toEqual({ app: 'web' });
      expect(object.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
      expect(object.metadata.creationTimestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(object.metadata.resourceVersion).toBe(String(revision));
      expect(JSON.parse(Buffer.from(bytes).toString())).toEqual(object);
      expect(object).toMatchObject({ kind: 'ConfigMap', apiVersion: 'v1' });
      expect(Object.isFrozen(object.data)).toBe(true);
    });

    it('refuses what is there already and what is not there', async () => {
      await state.create(kind, config('a', '1'));
      await refuses(state.create(kind, config('a', '2')), 'AlreadyExists');
      await refuses(state.get(kind, { namespace: 'one', name: 'b' }), 'NotFound');
      await refuses(state.get(kind, { namespace: 'two', name: 'a' }), 'NotFound');
      await refuses(state.update(kind, config('b', '1')), 'NotFound');
      await refuses(state.delete(kind, { namespace: 'one', name: 'b' }), 'NotFound');
    });

    it('updates only what is still the same, when told which', async () => {
      const first = await state.create(kind, config('a', '1'));
      const second = await state.update(kind, config('a', '2', { resourceVersion: String(first.revision) }));
      expect(second.revision).toBeGreaterThan(first.revision);
      expect(second.object.metadata.uid).toBe(first.object.metadata.uid);
      expect(second.object.metadata.creationTimestamp).toBe(first.object.metadata.creationTimestamp);
      await refuses(
        state.update(kind, config('a', '3', { resourceVersion: String(first.revision) })),
        'Conflict',
      );
      await refuses(
        state.update(kind, config('a', '3', { uid: '00000000-0000-4000-8000-000000000000' })),
        'Conflict',
      );
      const third = await state.update(kind, config('a', '3'));
      expect((await state.get(kind, { namespace: 'one', name: 'a' })).revision).toBe(third.revision);
    });

    it('makes no new revision for a write that changes nothing', async () => {
      const first = await state.create(kind, config('a', '1', { labels: { x: '1', y: '2' } }));
      const again = await state.update(kind, config('a', '1', { labels: { y: '2', x: '1' } }));
      expect(again.revision).toBe(first.revision);
    });

    it('changes nothing on a dry run', async () => {
      const dry = await state.create(kind, config('a', '1'), { dryRun: true });
      expect(dry.object.data).toEqual({ v: '1' });
      await refuses(state.get(kind, { namespace: 'one', name: 'a' }), 'NotFound');
      const real = await state.create(kind, config('a', '1'));
      expect((await state.update(kind, config('a', '2'), { dryRun: true })).object.data).toEqual({ v: '2' });
      await state.delete(kind, { namespace: 'one', name: 'a' }, { dryRun: true });
      expect((await state.get(kind, { namespace: 'one', name: 'a' })).revision).toBe(real.revision);
      await refuses(state.create(kind, config('a', '1'), { dryRun: true }), 'AlreadyExists');
    });

    it('removes, under conditions when there are some', async () => {
      const { revision, object } = await state.create(kind, config('a', '1'));
      const name = { namespace: 'one', name: 'a' };
      await refuses(state.delete(kind, name, { preconditions: { uid: 'other' } }), 'Conflict');
      await refuses(
        state.delete(kind, name, { preconditions: { resourceVersion: String(revision - 1n) } }),
        'Conflict',
      );
      const { gone, entry } = await state.delete(kind, name, { preconditions: { uid: object.metadata.uid } });
      expect(gone).toBe(true);
      expect(entry.object.data).toEqual({ v: '1' });
      await refuses(state.get(kind, name), 'NotFound');
      const anew = await state.create(kind, config('a', '1'));
      expect(anew.object.metadata.uid).not.toBe(object.metadata.uid);
    });

    it('lists in order, by namespace, label and field', async () => {
      for (const [namespace, name, app] of [
        ['two', 'c', 'web'],
        ['one', 'b', 'db'],
        ['one', 'a', 'web'],
        ['one', 'a-1', 'web'],
      ] as const)
        await state.create(kind, config(name, '1', { namespace, labels: { app } }));
      const all = await state.list(kind);
      expect(names(all)).toEqual(['one/a', 'one/a-1', 'one/b', 'two/c']);
      expect(all.continue).toBeUndefined();
      expect(names(await state.list(kind, { namespace: 'one' }))).toEqual(['one/a', 'one/a-1', 'one/b']);
      expect(names(await state.list(kind, { labelSelector: 'app=web' }))).toEqual([
        'one/a',
        'one/a-1',
        'two/c',
      ]);
      expect(names(await state.list(kind, { fieldSelector: 'metadata.name=a' }))).toEqual(['one/a']);
      expect(names(await state.list(kind, { namespace: 'one', fieldSelector: 'metadata.name!=a' }))).toEqual([
        'one/a-1',
        'one/b',
      ]);
      await refuses(state.list(kind, { labelSelector: '=' }), 'BadRequest');
      await refuses(state.list(kind, { fieldSelector: 'spec.nothing=1' }), 'BadRequest');
      await refuses(state.list(kind, { continue: 'nonsense' }), 'BadRequest');
      await refuses(state.list(kind, { resourceVersion: 'x' }), 'BadRequest');
    });

    it('pages through a snapshot, whatever is written meanwhile', async () => {
      for (const name of ['a', 'b', 'c', 'd', 'e']) await state.create(kind, config(name, '1'));
      const first = await state.list(kind, { namespace: 'one', limit: 2 });
      expect(names(first)).toEqual(['one/a', 'one/b']);
      expect(first.remainingItemCount).toBe(3);
      await state.create(kind, config('bb', 'new'));
      await state.delete(kind, { namespace: 'one', name: 'c' });
      await state.update(kind, config('d', 'changed'));
      const second = await state.list(kind, { namespace: 'one', limit: 2, continue: first.continue! });
      expect(names(second)).toEqual(['one/c', 'one/d']);
      expect(second.entries[1]!.object.data).toEqual({ v: '1' });
      expect(second.revision).toBe(first.revision);
      expect(second.remainingItemCount).toBe(1);
      const third = await state.list(kind, { namespace: 'one', limit: 2, continue: second.continue! });
      expect(names(third)).toEqual(['one/e']);
      expect(third.continue).toBeUndefined();
    });

    it('fills pages with what is selected', async () => {
      for (const [index, name] of ['a', 'b', 'c', 'd', 'e', 'f'].entries())
        await state.create(kind, config(name, '1', { labels: { odd: String(index % 2) } }));
      const found: string[] = [];
      let token: string | undefined;
      do {
        const page: EntryList<V1ConfigMap> = await state.list(kind, {
          labelSelector: 'odd=1',
          limit: 2,
          ...(token ? { continue: token } : {}),
        });
        expect(page.entries.length).toBeLessThanOrEqual(2);
        expect(page.remainingItemCount).toBeUndefined();
        found.push(...names(page));
        token = page.continue;
      } while (token);
      expect(found).toEqual(['one/b', 'one/d', 'one/f']);
    });

    it('reads the state as of a revision', async () => {
      const first = await state.create(kind, config('a', '1'));
      const second = await state.update(kind, config('a', '2'));
      const exact = { resourceVersion: String(first.revision), resourceVersionMatch: 'Exact' } as const;
      const old = await state.list(kind, exact);
      expect(old.revision).toBe(first.revision);
      expect(old.entries[0]!.object.data).toEqual({ v: '1' });
      const newer = await state.list(kind, {
        resourceVersion: String(second.revision),
        resourceVersionMatch: 'NotOlderThan',
      });
      expect(newer.entries[0]!.object.data).toEqual({ v: '2' });
      const far = String(first.revision + 1_000_000n);
      await refuses(
        state.list(kind, { resourceVersion: far, resourceVersionMatch: 'NotOlderThan' }),
        'Timeout',
      );
    });

    it('tells a watcher what is there, then every change', async () => {
      await state.create(kind, config('a', '1'));
      const seen = watch({ namespace: 'one' });
      await sees(seen, ['init a=1', 'initDone']);
      await state.create(kind, config('b', '1'));
      await state.create(kind, config('c', '1', { namespace: 'two' }));
      await state.update(kind, config('a', '2'));
      await state.delete(kind, { namespace: 'one', name: 'b' });
      await sees(seen, ['init a=1', 'initDone', 'added b=1', 'modified a=2', 'deleted b=1']);
      const revisions = seen.events.flatMap((event) => ('entry' in event ? [event.entry.revision] : []));
      expect(revisions).toEqual([...revisions].sort((x, y) => (x < y ? -1 : 1)));
      const last = seen.events.at(-1)!;
      expect('entry' in last && last.entry.object.metadata.resourceVersion).toBe(String(revisions.at(-1)));
    });

    it('takes a watch up again from a revision and loses nothing', async () => {
      const { revision } = await state.create(kind, config('a', '1'));
      await state.update(kind, config('a', '2'));
      await state.delete(kind, { namespace: 'one', name: 'a' });
      await state.create(kind, config('a', '3'));
      const seen = watch({ resourceVersion: String(revision) });
      await sees(seen, ['modified a=2', 'deleted a=2', 'added a=3']);
      await state.create(kind, config('b', '1'));
      await sees(seen, ['modified a=2', 'deleted a=2', 'added a=3', 'added b=1']);
    });

    it('tells a watcher with a selection what enters and leaves it', async () => {
      const seen = watch({ labelSelector: 'app=web' });
      await sees(seen, ['initDone']);
      await state.create(kind, config('a', '1', { labels: { app: 'web' } }));
      await state.create(kind, config('b', '1', { labels: { app: 'db' } }));
      await state.update(kind, config('b', '2', { labels: { app: 'web' } }));
      await state.update(kind, config('a', '2', { labels: { app: 'db' } }));
      await state.delete(kind, { namespace: 'one', name: 'a' });
      await state.delete(kind, { namespace: 'one', name: 'b' });
      await sees(seen, ['initDone', 'added a=1', 'added b=2', 'deleted a=1', 'deleted b=2']);
    });

    it('tells a watcher of one object of that object alone', async () => {
      const seen = watch({ namespace: 'one', fieldSelector: 'metadata.name=a' });
      await sees(seen, ['initDone']);
      await state.create(kind, config('a-1', '1'));
      await state.create(kind, config('a', '1'));
      await state.create(kind, config('a', '1', { namespace: 'two' }));
      await state.delete(kind, { namespace: 'one', name: 'a' });
      await sees(seen, ['initDone', 'added a=1', 'deleted a=1']);
    });

    it('tells nothing after a watch was disposed, and its end resolves', async () => {
      const seen = watch({});
      await sees(seen, ['initDone']);
      seen.watch[Symbol.dispose]();
      await seen.watch.done;
      await state.create(kind, config('a', '1'));
      const other = watch({});
      await sees(other, ['init a=1', 'initDone']);
      expect(seen.lines).toEqual(['initDone']);
    });

    it('ends a watch whose query is wrong', async () => {
      await refuses(watch({ labelSelector: '=' }).watch.done, 'BadRequest');
      await refuses(watch({ fieldSelector: 'spec.nothing=1' }).watch.done, 'BadRequest');
      await refuses(watch({ resourceVersion: 'x' }).watch.done, 'BadRequest');
    });

    it('lets one of many writers of the same revision win', async () => {
      const { revision } = await state.create(kind, config('a', '0'));
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) =>
          state.update(kind, config('a', `w${index}`, { resourceVersion: String(revision) })),
        ),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results)
        if (result.status === 'rejected') expect(isStatus(result.reason, 'Conflict')).toBe(true);
    });

    it('keeps names and texts of every kind of letter', async () => {
      const text = 'ä€😀 "\\ \u2028 \u0000';
      await state.create(
        kind,
        config('x.y-z', text, { annotations: { 'a/b': text, resourceVersion: '"resourceVersion":"1"' } }),
      );
      const { object } = await state.get(kind, { namespace: 'one', name: 'x.y-z' });
      expect(object.data).toEqual({ v: text });
      expect(object.metadata.annotations).toEqual({ 'a/b': text, resourceVersion: '"resourceVersion":"1"' });
    });
  });
}
