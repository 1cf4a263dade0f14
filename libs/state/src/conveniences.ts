import { abortable, isStatus, StatusError } from '@gantry/base';
import { nameOf, type Kind, type KubeObject, type ObjectName, type Stored } from '@gantry/api';
import { copyJson } from './json.ts';
import type { Entry, State, Watch, WatchEvent, WriteOptions } from './state.ts';

/**
 * Gets the object, lets `change` alter a copy of it in place, and writes it if it is still the same; on Conflict all of
 * that again, up to ten times. `change` returning false means: leave it. NotFound, Conflict after the last try.
 */
export async function modify<T extends KubeObject>(
  state: State,
  kind: Kind<T>,
  name: ObjectName,
  change: (object: Stored<T>) => void | false,
  options: WriteOptions = {},
): Promise<Entry<T>> {
  for (let tries = 1; ; tries++) {
    const entry = await state.get(kind, name);
    const object = copyJson(entry.object);
    if (change(object) === false) return entry;
    try {
      return await state.update(kind, object, options);
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= 10) throw error;
    }
  }
}

/** Creates `object`, or, where one of that name is already there, has `change` alter that one. */
export async function createOrUpdate<T extends KubeObject>(
  state: State,
  kind: Kind<T>,
  object: T,
  change: (existing: Stored<T>) => void | false,
  options: WriteOptions = {},
): Promise<Entry<T>> {
  for (let tries = 1; ; tries++) {
    try {
      return await modify(state, kind, nameOf(object), change, options);
    } catch (error) {
      if (!isStatus(error, 'NotFound') || tries >= 10) throw error;
    }
    try {
      return await state.create(kind, object, options);
    } catch (error) {
      if (!isStatus(error, 'AlreadyExists')) throw error;
    }
  }
}

/**
 * Watches one object until `predicate` holds for it (undefined: it is not there) and returns it. A lost watch starts
 * again. Rejects with the signal's reason, or with the watch's error when the state refuses the query.
 */
export async function waitFor<T extends KubeObject>(
  state: State,
  kind: Kind<T>,
  name: ObjectName,
  predicate: (object: Stored<T> | undefined) => boolean,
  signal: AbortSignal,
): Promise<Stored<T> | undefined> {
  const query = { namespace: name.namespace, fieldSelector: `metadata.name=${name.name}` };
  for (;;) {
    signal.throwIfAborted();
    const held = Promise.withResolvers<Stored<T> | undefined>();
    held.promise.catch(() => undefined);
    let current: Stored<T> | undefined;
    let initialized = false;
    const look = (): void => {
      try {
        if (initialized && predicate(current)) held.resolve(current);
      } catch (error) {
        held.reject(error);
      }
    };
    const receive = (event: WatchEvent<T>): void => {
      switch (event.type) {
        case 'bookmark':
          return;
        case 'initDone':
          initialized = true;
          break;
        default:
          current = event.type === 'deleted' ? undefined : event.entry.object;
      }
      look();
    };
    const watch: Watch = state.watch(kind, query, receive);
    const lost = watch.done.then(() => {
      throw StatusError.expired('the watch ended');
    });
    try {
      return await abortable(Promise.race([held.promise, lost]), signal);
    } catch (error) {
      if (!isStatus(error, 'Expired')) throw error;
    } finally {
      watch[Symbol.dispose]();
    }
  }
}
