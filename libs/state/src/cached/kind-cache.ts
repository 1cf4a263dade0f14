import type { Logger, StatusError } from '@gantry/base';
import type { Kind, KubeObject } from '@gantry/api';
import { RevisedEntry, StoredEntry } from '../entry.ts';
import { expiredRevision } from '../errors.ts';
import { kindPrefix, prefixEnd } from '../keys.ts';
import type { ListPlan } from '../list-plan.ts';
import type { Matcher } from '../selection.ts';
import { History, type Snapshot } from '../store/history.ts';
import type { Entry, WatchEvent } from '../state.ts';
import { CacheWatcher } from './cache-watcher.ts';

export interface KindCacheLimits {
  maxChanges: number;
  maxBytes: number;
}

/** One change for all who see it: each of the three ways of seeing it is one event object, made when first needed. */
export class SharedChange<T extends KubeObject> {
  readonly now: Entry<T> | undefined;
  readonly before: Entry<T> | undefined;
  readonly revision: bigint;
  readonly #kind: Kind<T>;
  #added: WatchEvent<T> | undefined;
  #modified: WatchEvent<T> | undefined;
  #deleted: WatchEvent<T> | undefined;

  constructor(kind: Kind<T>, now: Entry<T> | undefined, before: Entry<T> | undefined, revision: bigint) {
    this.#kind = kind;
    this.now = now;
    this.before = before;
    this.revision = revision;
  }

  /** What a watcher with this selection sees of it. */
  eventFor(matcher: Matcher<T>): WatchEvent<T> | undefined {
    const { now, before } = this;
    const matchesNow = now !== undefined && matcher.matches(now);
    const matchedBefore = before !== undefined && matcher.matches(before);
    if (matchesNow)
      return matchedBefore
        ? (this.#modified ??= { type: 'modified', entry: now })
        : (this.#added ??= { type: 'added', entry: now });
    if (!matchedBefore) return undefined;
    return (this.#deleted ??= {
      type: 'deleted',
      entry: new RevisedEntry(this.#kind, before, this.revision),
    });
  }
}

type Watchers<T extends KubeObject> = Set<CacheWatcher<T>>;

/** The field that pods are watched by on every node; preferred where a selection names several. */
const preferredField = 'spec.nodeName';

/**
 * All objects of one kind, their recent changes, and who watches them. Watchers are kept by what they select, so that a
 * change looks only at those that may see it: by object, by the value of a field, by namespace, or all.
 */
export class KindCache<T extends KubeObject> {
  readonly kind: Kind<T>;
  readonly prefix: string;
  readonly history: History<Entry<T>>;
  readonly #log: Logger;
  readonly #everything: Watchers<T> = new Set();
  readonly #byNamespace = new Map<string, Watchers<T>>();
  readonly #byKey = new Map<string, Watchers<T>>();
  readonly #byField = new Map<string, Map<string, Watchers<T>>>();
  /** Keys by the value of a field, for lists; an index exists once somebody has listed by the field. */
  readonly #indexes = new Map<string, Map<string, Set<string>>>();

  constructor(kind: Kind<T>, limits: KindCacheLimits, since: bigint, log: Logger) {
    this.kind = kind;
    this.prefix = kindPrefix(kind);
    this.#log = log;
    this.history = new History({ ...limits, sizeOf: ({ bytes }) => bytes.length }, since);
  }

  /** Takes over one change and tells who watches. `now` undefined: removed. */
  apply(key: string, now: Entry<T> | undefined, revision: bigint): void {
    const before = this.history.change(key, now, revision);
    if (!now && !before) return;
    if (this.#indexes.size) this.#reindex(key, before, now);
    const change = new SharedChange(this.kind, now, before, revision);
    this.#tell(this.#everything, change);
    if (this.#byNamespace.size) this.#tell(this.#byNamespace.get(this.#namespaceOf(key)), change);
    if (this.#byKey.size) this.#tell(this.#byKey.get(key), change);
    for (const [field, watchers] of this.#byField) {
      const was = before && this.#field(field, before);
      const is = now && this.#field(field, now);
      if (was !== undefined) this.#tell(watchers.get(was), change);
      if (is !== undefined && is !== was) this.#tell(watchers.get(is), change);
    }
    // From here on it is history, which is sent as bytes if at all.
    if (before instanceof StoredEntry) before.release();
  }

  /** The entries of a list and the key of the last, over `snapshot`. */
  select(
    plan: ListPlan<T>,
    snapshot: Snapshot<Entry<T>>,
  ): { entries: Entry<T>[]; last: string | undefined; remaining: number } {
    const { matcher, limit, prefix, after } = plan;
    const from = after !== undefined && after >= prefix ? `${after}\0` : prefix;
    const end = prefixEnd(prefix);
    if (!matcher.selective) {
      // The tree gives one more than asked for.
      const pairs = snapshot.getRange(from, end, false, limit).slice(0, limit);
      const last = pairs.at(-1)?.[0];
      const more = limit !== undefined && pairs.length === limit;
      return {
        entries: pairs.map(([, entry]) => entry),
        last,
        remaining: more ? snapshot.forRange(`${last}\0`, end, false) : 0,
      };
    }
    const entries: Entry<T>[] = [];
    let last: string | undefined;
    for (const [key, entry] of this.#candidates(plan, snapshot, from, end)) {
      if (!matcher.matches(entry)) continue;
      if (limit !== undefined && entries.length === limit) return { entries, last, remaining: 1 };
      entries.push(entry);
      last = key;
    }
    return { entries, last, remaining: 0 };
  }

  /** @throws Expired when changes after `revision` were forgotten. */
  replay(revision: bigint, watcher: CacheWatcher<T>, prefix: string): void {
    const past = this.history.after(revision);
    if (!past) throw expiredRevision(revision, this.history.since);
    for (const { key, now, before, revision: at } of past) {
      if (watcher.ended) return;
      if (key.startsWith(prefix)) watcher.see(new SharedChange(this.kind, now, before, at));
    }
  }

  /** From now on the watcher sees changes. Disposing takes it out again. */
  addWatcher(watcher: CacheWatcher<T>): Disposable {
    const { namespace, name, equal } = watcher.matcher;
    if (name !== undefined && (namespace || !this.kind.namespaced))
      return join(this.#byKey, this.prefix + (namespace ? `${namespace}/${name}` : name), watcher);
    const field = equal.has(preferredField) ? preferredField : equal.keys().next().value;
    if (field !== undefined && Object.hasOwn(this.kind.selectableFields, field)) {
      let values = this.#byField.get(field);
      if (!values) this.#byField.set(field, (values = new Map()));
      const joined = join(values, equal.get(field)!, watcher);
      return {
        [Symbol.dispose]: () => {
          joined[Symbol.dispose]();
          if (values.size === 0 && this.#byField.get(field) === values) this.#byField.delete(field);
        },
      };
    }
    if (namespace) return join(this.#byNamespace, namespace, watcher);
    this.#everything.add(watcher);
    return { [Symbol.dispose]: () => void this.#everything.delete(watcher) };
  }

  /** Whoever watches has to read everything again. */
  endWatches(error: StatusError): void {
    const fields = [...this.#byField.values()].flatMap((values) => [...values.values()]);
    const watchers = [this.#everything, ...this.#byNamespace.values(), ...this.#byKey.values(), ...fields];
    // They leave as they end.
    for (const watcher of watchers.flatMap((each) => [...each])) watcher.fail(error);
  }

  /** An object that has nothing where the field should be must not stop the cache for all others. */
  #field(field: string, { object }: Entry<T>): string {
    try {
      return this.kind.selectableFields[field]?.(object) ?? '';
    } catch {
      return '';
    }
  }

  #namespaceOf(key: string): string {
    return key.slice(this.prefix.length, key.lastIndexOf('/'));
  }

  #tell(watchers: Watchers<T> | undefined, change: SharedChange<T>): void {
    if (!watchers) return;
    for (const watcher of watchers) {
      try {
        watcher.see(change);
      } catch (err) {
        this.#log.error('a receiver of watch events failed; its watch ends', { kind: this.kind.plural, err });
        watcher.fail(err);
      }
    }
  }

  *#candidates(
    plan: ListPlan<T>,
    snapshot: Snapshot<Entry<T>>,
    from: string,
    end: string,
  ): Iterable<[string, Entry<T>]> {
    const { name, namespace, equal } = plan.matcher;
    if (name !== undefined && (namespace || !this.kind.namespaced)) {
      const key = plan.prefix + name;
      const entry = snapshot.get(key);
      if (entry && key >= from) yield [key, entry];
      return;
    }
    const wanted = snapshot === this.history.current ? equal.get(preferredField) : undefined;
    if (wanted !== undefined && Object.hasOwn(this.kind.selectableFields, preferredField)) {
      const keys = [...(this.#index(preferredField).get(wanted) ?? [])].sort();
      for (const key of keys) if (key >= from && key < end) yield [key, snapshot.get(key)!];
      return;
    }
    for (const [key, entry] of snapshot.entries(from)) {
      if (key >= end) return;
      yield [key, entry];
    }
  }

  #index(field: string): Map<string, Set<string>> {
    let index = this.#indexes.get(field);
    if (!index) {
      this.#indexes.set(field, (index = new Map()));
      for (const [key, entry] of this.history.current.entries()) put(index, this.#field(field, entry), key);
    }
    return index;
  }

  #reindex(key: string, before: Entry<T> | undefined, now: Entry<T> | undefined): void {
    for (const [field, index] of this.#indexes) {
      const was = before && this.#field(field, before);
      const is = now && this.#field(field, now);
      if (was === is) continue;
      if (was !== undefined) {
        const keys = index.get(was);
        keys?.delete(key);
        if (keys?.size === 0) index.delete(was);
      }
      if (is !== undefined) put(index, is, key);
    }
  }
}

function put(index: Map<string, Set<string>>, value: string, key: string): void {
  const keys = index.get(value);
  if (keys) keys.add(key);
  else index.set(value, new Set([key]));
}

function join<T extends KubeObject>(
  groups: Map<string, Watchers<T>>,
  group: string,
  watcher: CacheWatcher<T>,
): Disposable {
  const members = groups.get(group);
  if (members) members.add(watcher);
  else groups.set(group, new Set([watcher]));
  return {
    [Symbol.dispose]: () => {
      const left = groups.get(group);
      if (left?.delete(watcher) && left.size === 0) groups.delete(group);
    },
  };
}
