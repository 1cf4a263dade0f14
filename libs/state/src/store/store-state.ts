import { randomUUID } from 'node:crypto';
import {
  isStatus,
  messageOf,
  silentLogger,
  StatusError,
  systemClock,
  timestamp,
  type Clock,
  type Logger,
  type Random,
} from '@gantry/base';
import { decode, nameOf, type Kind, type KubeObject, type ObjectName, type Stored } from '@gantry/api';
import { encodeValue, RevisedEntry, StoredEntry, withRevision } from '../entry.ts';
import { parseRevision, resourceOf, tooLargeRevision } from '../errors.ts';
import { equalJson } from '../json.ts';
import { storageKey } from '../keys.ts';
import { continueAfter, expiredList, planList } from '../list-plan.ts';
import type {
  DeleteOptions,
  Entry,
  EntryList,
  ListQuery,
  State,
  Watch,
  WatchEvent,
  WatchQuery,
  WriteOptions,
} from '../state.ts';
import type { Store, Version } from './store.ts';
import { watchStore } from './watch-store.ts';

export interface StoreStateOptions {
  /** Default the system's. */
  clock?: Clock;
  /** Default silent. */
  log?: Logger;
  /** For the uids of objects that come without one. Default from the system's entropy. */
  random?: Random;
}

/** Upstream's `--event-ttl`. */
const eventTtlSeconds = 3600;

export type Written<T extends KubeObject> =
  | { readonly done: true; readonly entry: Entry<T> }
  | { readonly done: false; readonly current: Entry<T> | undefined };

/**
 * A {@link State} straight over a {@link Store}: every read and every watch goes to the store. It knows no rules but
 * names and revisions; what a write lacks of the four things that every stored object has is filled in.
 */
export class StoreState implements State {
  readonly store: Store;
  protected readonly clock: Clock;
  protected readonly log: Logger;
  readonly #random: Random | undefined;

  constructor(store: Store, options: StoreStateOptions = {}) {
    this.store = store;
    this.clock = options.clock ?? systemClock;
    this.log = options.log ?? silentLogger;
    this.#random = options.random;
  }

  async get<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: { resourceVersion?: string } = {},
  ): Promise<Entry<T>> {
    const atLeast = options.resourceVersion ? parseRevision(options.resourceVersion) : 0n;
    const entry = await this.stored(kind, storageKey(kind, name));
    if (!entry) throw StatusError.notFound(resourceOf(kind), name.name);
    if (entry.revision < atLeast) {
      const { revision } = await this.store.range(storageKey(kind, name), { limit: 1 });
      if (revision < atLeast) throw tooLargeRevision(atLeast, revision);
    }
    return entry;
  }

  async list<T extends KubeObject>(kind: Kind<T>, query: ListQuery = {}): Promise<EntryList<T>> {
    const plan = planList(kind, query);
    const entries: Entry<T>[] = [];
    let { after, exactly: revision } = plan;
    try {
      for (;;) {
        const limit = plan.limit === undefined ? undefined : plan.limit - entries.length;
        const page = await this.store.range(plan.prefix, { after, limit, revision });
        revision ??= page.revision;
        if (plan.notOlderThan !== undefined && page.revision < plan.notOlderThan)
          throw tooLargeRevision(plan.notOlderThan, page.revision);
        for (const version of page.versions) {
          after = version.key;
          const entry = this.decode(kind, version);
          if (plan.matcher.matches(entry)) entries.push(entry);
        }
        if (page.remaining === 0) return { entries, revision };
        if (plan.limit !== undefined && entries.length >= plan.limit)
          return {
            entries,
            revision,
            continue: continueAfter(kind, after!, revision),
            ...(plan.matcher.selective ? {} : { remainingItemCount: page.remaining }),
          };
      }
    } catch (error) {
      throw isStatus(error, 'Expired') ? expiredList(kind, plan, error) : error;
    }
  }

  async create<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    options: WriteOptions = {},
  ): Promise<Entry<T>> {
    const name = nameOf(object);
    const key = storageKey(kind, name);
    const value = encodeValue(kind, this.#complete(object));
    if (options.dryRun) {
      if (await this.current(kind, key)) throw StatusError.alreadyExists(resourceOf(kind), name.name);
      return new StoredEntry<T>(0n, value);
    }
    const written = await this.put(kind, key, value, 0n);
    if (!written.done) throw StatusError.alreadyExists(resourceOf(kind), name.name);
    return written.entry;
  }

  async update<T extends KubeObject>(
    kind: Kind<T>,
    object: T,
    options: WriteOptions = {},
  ): Promise<Entry<T>> {
    const name = nameOf(object);
    const key = storageKey(kind, name);
    const { resourceVersion } = object.metadata;
    const expected = resourceVersion ? parseRevision(resourceVersion) : undefined;
    let current = await this.current(kind, key);
    // A copy that is behind the writer's: what counts is what the store has.
    if (expected !== undefined && (current?.revision ?? 0n) < expected)
      current = await this.stored(kind, key);
    for (;;) {
      if (!current) throw StatusError.notFound(resourceOf(kind), name.name);
      this.#check(kind, name.name, current, object.metadata.uid, expected);
      const next = this.#complete(object, current.object);
      const value = encodeValue(kind, next);
      if (sameValue(current, value, next)) {
        if (!this.mayBeBehind) return current;
        const stored: Entry<T> | undefined = await this.stored(kind, key);
        if (stored?.revision === current.revision) return current;
        current = stored;
        continue;
      }
      if (options.dryRun)
        return new StoredEntry<T>(current.revision, withRevision(kind, value, current.revision));
      const written: Written<T> = await this.put(kind, key, value, current.revision);
      if (written.done) return written.entry;
      if (expected !== undefined && written.current) throw StatusError.conflict(resourceOf(kind), name.name);
      current = written.current;
    }
  }

  async delete<T extends KubeObject>(
    kind: Kind<T>,
    name: ObjectName,
    options: DeleteOptions = {},
  ): Promise<{ entry: Entry<T>; gone: boolean }> {
    const key = storageKey(kind, name);
    const { uid, resourceVersion } = options.preconditions ?? {};
    const expected = resourceVersion ? parseRevision(resourceVersion) : undefined;
    let current = await this.current(kind, key);
    if (expected !== undefined && (current?.revision ?? 0n) < expected)
      current = await this.stored(kind, key);
    for (;;) {
      if (!current) throw StatusError.notFound(resourceOf(kind), name.name);
      this.#check(kind, name.name, current, uid, expected);
      if (options.dryRun) return { entry: current, gone: true };
      const result = await this.remove(kind, key, current);
      if (result.done) return { entry: result.entry, gone: true };
      current = result.current;
    }
  }

  watch<T extends KubeObject>(
    kind: Kind<T>,
    query: WatchQuery,
    receive: (event: WatchEvent<T>) => void,
  ): Watch {
    return watchStore(kind, query, receive, {
      store: this.store,
      clock: this.clock,
      decode: (version) => this.tryDecode(kind, version),
    });
  }

  /** What the store holds. */
  protected async stored<T extends KubeObject>(kind: Kind<T>, key: string): Promise<Entry<T> | undefined> {
    const version = await this.store.read(key);
    return version && this.decode(kind, version);
  }

  /** True where `current` may be older than the store: then a write that seems to change nothing asks the store. */
  protected readonly mayBeBehind: boolean = false;

  /** What a write starts from. May be behind the store: the write's condition tells. */
  protected current<T extends KubeObject>(kind: Kind<T>, key: string): Promise<Entry<T> | undefined> {
    return this.stored(kind, key);
  }

  protected async put<T extends KubeObject>(
    kind: Kind<T>,
    key: string,
    value: Buffer,
    expected: bigint,
  ): Promise<Written<T>> {
    const result = await this.store.write(key, value, expected, ttlOf(kind));
    if (!result.done) return { done: false, current: result.current && this.decode(kind, result.current) };
    return {
      done: true,
      entry: new StoredEntry<T>(result.revision, withRevision(kind, value, result.revision)),
    };
  }

  protected async remove<T extends KubeObject>(
    kind: Kind<T>,
    key: string,
    last: Entry<T>,
  ): Promise<Written<T>> {
    const result = await this.store.write(key, undefined, last.revision);
    if (!result.done) return { done: false, current: result.current && this.decode(kind, result.current) };
    return { done: true, entry: new RevisedEntry(kind, last, result.revision) };
  }

  /** @throws InternalError that names the key, for values that another program left there. */
  protected decode<T extends KubeObject>(kind: Kind<T>, version: Version): Entry<T> {
    try {
      return readVersion(kind, version);
    } catch (error) {
      throw new StatusError(
        'InternalError',
        `the value of ${version.key} in the store is no ${kind.kind}: ${messageOf(error)}; repair or remove it`,
        { cause: error },
      );
    }
  }

  /** Like `decode`, but what cannot be read is logged and left out. */
  protected tryDecode<T extends KubeObject>(kind: Kind<T>, version: Version): Entry<T> | undefined {
    try {
      return this.decode(kind, version);
    } catch (err) {
      this.log.warn('a stored value cannot be read and is left out', { key: version.key, err });
      return undefined;
    }
  }

  #check(
    kind: Kind,
    name: string,
    current: Entry,
    uid: string | undefined,
    expected: bigint | undefined,
  ): void {
    const now = current.object.metadata.uid;
    if (uid && now && uid !== now)
      throw StatusError.conflict(
        resourceOf(kind),
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${now}`,
      );
    if (expected !== undefined && expected !== current.revision)
      throw StatusError.conflict(resourceOf(kind), name);
  }

  /** uid and creationTimestamp: those of the object, of the one it replaces, or new ones. */
  #complete<T extends KubeObject>(object: T, old?: Stored<T>): T {
    const { uid, creationTimestamp } = object.metadata;
    if (uid && creationTimestamp) return object;
    return {
      ...object,
      metadata: {
        ...object.metadata,
        uid: uid || old?.metadata.uid || newUid(this.#random),
        creationTimestamp:
          creationTimestamp || old?.metadata.creationTimestamp || timestamp(this.clock.now()),
      },
    };
  }
}

/**
 * What another program may have written is read as upstream's decoder reads it: what has values of a wrong type is no object of the
 * kind, and null is as good as absent. Whoever looks at the object may trust its types.
 * @throws an Error of any kind
 */
function readVersion<T extends KubeObject>(kind: Kind<T>, version: Version): Entry<T> {
  const bytes = withRevision(kind, version.value, version.revision);
  const object = JSON.parse(bytes.toString('utf8')) as Stored<T> & { spec?: unknown };
  const { errors } = decode(kind.schema, object);
  if (errors[0] !== undefined) throw new TypeError(errors[0]);
  const { name, namespace } = object.metadata;
  if (storageKey(kind, { name, namespace }) !== version.key)
    throw new TypeError(`it says it is ${JSON.stringify(namespace ?? '')}/${JSON.stringify(name)}`);
  // Some can do without it, others cannot be looked at: the kind's own rules tell.
  if (object.spec === undefined && kind.validate(object).some(({ field }) => field?.startsWith('spec')))
    throw new TypeError('it has no spec');
  if (!bytes.includes(':null')) return new StoredEntry(version.revision, bytes);
  return new StoredEntry(version.revision, withRevision(kind, encodeValue(kind, object), version.revision));
}

export function ttlOf(kind: Kind): number | undefined {
  return kind.storagePrefix === 'events' ? eventTtlSeconds : undefined;
}

/** A random (version 4) UUID as RFC 9562 has it. */
export function newUid(random?: Random): string {
  if (!random) return randomUUID();
  const bytes = Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256)));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/**
 * Whether writing the value would change nothing. JSON of equal length is a necessary condition (the order of members
 * does not count), so that the comparison is rarely made in vain.
 */
function sameValue<T extends KubeObject>(current: Entry<T>, value: Buffer, next: T): boolean {
  const member = `"resourceVersion":"${current.revision}",`;
  if (current.bytes.length !== value.length + member.length) return false;
  const { resourceVersion: _, ...old } = current.object.metadata;
  const { resourceVersion: __, ...metadata } = next.metadata;
  return (
    equalJson(old, metadata) &&
    equalJson(
      { ...current.object, metadata: undefined, kind: undefined, apiVersion: undefined },
      { ...next, metadata: undefined, kind: undefined, apiVersion: undefined },
    )
  );
}
