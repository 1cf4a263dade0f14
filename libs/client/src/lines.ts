import { StatusError, type Status } from '@gantry/base';
import type { KubeObject, Stored } from '@gantry/api';
import { jsonLines } from '@gantry/state';
import type { Connection, RequestOptions } from './connection.ts';
import { pathOf, type ApiResource } from './discovery.ts';

/** An event of a watch as it comes over the wire; with `as=Table` the object is a Table of one row. */
export interface WireEvent<T = Stored> {
  type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  object: T;
}

/** Watches one path; ERROR events are thrown as the StatusError they carry. Ends when the server ends the watch. */
export async function* watchEvents<T = Stored>(
  connection: Connection,
  options: RequestOptions,
): AsyncGenerator<WireEvent<T>> {
  for await (const line of jsonLines(await connection.stream(options))) {
    const event = line as WireEvent<T> | { type: 'ERROR'; object: Status };
    if (event.type === 'ERROR') throw StatusError.fromStatus(event.object);
    yield event;
  }
}

/** `?a=b&c=d` of what is set. */
export function query(parameters: Record<string, string | number | boolean | undefined>): string {
  const set = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters))
    if (value !== undefined && value !== '' && value !== false) set.set(key, String(value));
  return set.size > 0 ? `?${set}` : '';
}

export interface ObjectList<T extends KubeObject = Stored> {
  apiVersion: string;
  kind: string;
  metadata: { resourceVersion: string; continue?: string };
  items: T[];
}

/** One object. */
export async function getObject<T extends KubeObject = Stored>(
  connection: Connection,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  subresource?: string,
): Promise<T> {
  const { body } = await connection.request({ path: pathOf(resource, namespace, name, subresource) });
  return JSON.parse(body.toString()) as T;
}

/** A whole list, fetched in pages of 500. Items carry apiVersion and kind, which the wire leaves out. */
export async function listObjects<T extends KubeObject = Stored>(
  connection: Connection,
  resource: ApiResource,
  namespace: string | undefined,
  selectors: {
    labelSelector?: string | undefined;
    fieldSelector?: string | undefined;
    chunkSize?: number;
  } = {},
): Promise<ObjectList<T>> {
  const { labelSelector, fieldSelector, chunkSize = 500 } = selectors;
  const apiVersion = resource.group ? `${resource.group}/${resource.version}` : resource.version;
  let all: ObjectList<T> | undefined;
  do {
    const path =
      pathOf(resource, namespace) +
      query({ labelSelector, fieldSelector, limit: chunkSize, continue: all?.metadata.continue });
    const page = JSON.parse((await connection.request({ path })).body.toString()) as ObjectList<T>;
    page.items = page.items.map((item) => ({ ...item, apiVersion, kind: resource.kind }));
    if (all) all = { ...page, items: [...all.items, ...page.items] };
    else all = page;
  } while (all.metadata.continue);
  return all;
}

/**
 * Looks at one object now and after each change until `done` says so, or the signal aborts. `undefined` means the object is not
 * there. Lost watches are taken up again.
 */
export async function untilObject<T extends KubeObject = Stored>(
  connection: Connection,
  resource: ApiResource,
  namespace: string | undefined,
  name: string,
  done: (object: T | undefined) => boolean,
  signal: AbortSignal,
): Promise<void> {
  const fieldSelector = `metadata.name=${name}`;
  for (;;) {
    const list = await listObjects<T>(connection, resource, namespace, { fieldSelector });
    if (done(list.items[0])) return;
    signal.throwIfAborted();
    const path =
      pathOf(resource, namespace) +
      query({ watch: 1, fieldSelector, resourceVersion: list.metadata.resourceVersion });
    try {
      for await (const { type, object } of watchEvents<T>(connection, { path, signal }))
        if (type !== 'BOOKMARK' && done(type === 'DELETED' ? undefined : object)) return;
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== 'Expired') throw error;
    }
    signal.throwIfAborted();
  }
}
