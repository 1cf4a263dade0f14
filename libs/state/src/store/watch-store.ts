import type { Clock } from '@gantry/base';
import type { Kind, KubeObject } from '@gantry/api';
import { RevisedEntry } from '../entry.ts';
import { parseRevision } from '../errors.ts';
import { selectionPrefix } from '../keys.ts';
import { compileSelection, type Matcher } from '../selection.ts';
import type { Entry, Watch, WatchEvent, WatchQuery } from '../state.ts';
import type { Feed, Store, StoreChange, Version } from './store.ts';

interface Source<T extends KubeObject> {
  readonly store: Store;
  readonly clock: Clock;
  /** Undefined for what cannot be read. */
  decode(version: Version): Entry<T> | undefined;
}

const bookmarkEveryMs = 60_000;

/** A watch with a feed of its own. For states without a cache; see `CachedState` for many watchers. */
export function watchStore<T extends KubeObject>(
  kind: Kind<T>,
  query: WatchQuery,
  receive: (event: WatchEvent<T>) => void,
  source: Source<T>,
): Watch {
  let ended = false;
  let feed: Feed | undefined;
  let bookmarks: Disposable | undefined;
  const end = Promise.withResolvers<void>();
  let seen = 0n;

  const run = async (): Promise<void> => {
    const matcher = compileSelection(kind, query);
    const prefix = selectionPrefix(kind, matcher.namespace);
    const asked = query.resourceVersion ? parseRevision(query.resourceVersion) : 0n;
    seen = asked;
    if (asked === 0n) {
      const { versions, revision } = await source.store.range(prefix);
      for (const version of versions) {
        const entry = source.decode(version);
        if (ended) return;
        if (entry && matcher.matches(entry)) receive({ type: 'init', entry });
      }
      if (ended) return;
      seen = revision;
      receive({ type: 'initDone', revision });
    }
    if (ended) return;
    feed = source.store.feed(
      prefix,
      seen,
      {
        changes(changes) {
          for (const change of changes) {
            if (ended) return;
            const event = eventOf(kind, matcher, change, source);
            seen = change.type === 'put' ? change.version.revision : change.revision;
            if (event) receive(event);
          }
        },
        progress(revision) {
          if (revision > seen) seen = revision;
        },
      },
      { previous: true },
    );
    if (query.bookmarks) remind();
    await feed.done;
  };

  const remind = (): void => {
    bookmarks = source.clock.after(bookmarkEveryMs, () => {
      if (ended) return;
      receive({ type: 'bookmark', revision: seen });
      remind();
    });
  };
  const stop = (): void => {
    ended = true;
    feed?.[Symbol.dispose]();
    bookmarks?.[Symbol.dispose]();
  };
  // Begins once the caller has the watch in hand.
  Promise.resolve()
    .then(() => (ended ? undefined : run()))
    .then(end.resolve, end.reject)
    .finally(stop);
  end.promise.catch(() => undefined);
  return {
    done: end.promise,
    [Symbol.dispose]: () => {
      stop();
      end.resolve();
    },
  };
}

function eventOf<T extends KubeObject>(
  kind: Kind<T>,
  matcher: Matcher<T>,
  change: StoreChange,
  source: Source<T>,
): WatchEvent<T> | undefined {
  const before = change.previous && source.decode(change.previous);
  const matched = before !== undefined && matcher.matches(before);
  const now = change.type === 'put' ? source.decode(change.version) : undefined;
  if (now && matcher.matches(now)) return { type: matched ? 'modified' : 'added', entry: now };
  if (!matched) return undefined;
  const revision = change.type === 'put' ? change.version.revision : change.revision;
  return { type: 'deleted', entry: new RevisedEntry(kind, before, revision) };
}
