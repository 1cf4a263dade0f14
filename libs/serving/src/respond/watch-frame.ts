import type { Clock } from '@gantry/base';
import { apiVersionOf, type Kind, type Stored } from '@gantry/api';
import { watchFrame, type Entry, type WatchEvent } from '@gantry/state';
import type { Exchange } from '../exchange.ts';
import { negotiateStream } from '../request/negotiate.ts';
import { partialOf, tableOf, type IncludeObject } from './table.ts';

/** An event that carries an object. */
export type ObjectEvent = Extract<WatchEvent, { entry: Entry }>;

/** Turns events into lines of JSON in the form one watcher asked for. */
export interface Framer {
  contentType: string;
  frame(event: ObjectEvent): Uint8Array;
  /** That the watcher has seen all up to the revision; `initial`: all that was there when the watch began (KEP-3157). */
  bookmark(revision: bigint, initial: boolean): Uint8Array;
}

/** An object that has nothing but a revision, of the form that the watcher is used to: it may know no other. */
function bookmarkOf(kind: Kind, revision: bigint, initial: boolean): Stored {
  const metadata = {
    resourceVersion: String(revision),
    creationTimestamp: null,
    ...(initial ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  return { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata } as unknown as Stored;
}

const types = { init: 'ADDED', added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED' } as const;

/** One line of a watch. */
export function frameOf(type: string, object: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}

export function framerOf(exchange: Exchange, kind: Kind, clock: Clock, include: IncludeObject): Framer {
  const { as, version = 'v1' } = negotiateStream(exchange.req.headers.accept);
  const contentType = as ? `application/json;as=${as};v=${version};g=meta.k8s.io` : 'application/json';
  if (as === 'Table') {
    let first = true;
    const table = (entry: Entry, included: IncludeObject) => {
      const withoutColumns = !first;
      first = false;
      return tableOf(kind, [entry], {
        ...{ version, include: included, withoutColumns },
        nowMs: clock.now(),
        metadata: { resourceVersion: String(entry.revision) },
      });
    };
    return {
      contentType,
      frame: (event) => frameOf(types[event.type], table(event.entry, include)),
      bookmark(revision, initial) {
        const entry = { revision, object: bookmarkOf(kind, revision, initial), bytes: new Uint8Array() };
        // What ends the initial events has to be seen by who asked for no objects, too.
        return frameOf('BOOKMARK', table(entry, initial && include === 'None' ? 'Metadata' : include));
      },
    };
  }
  if (as)
    return {
      contentType,
      frame: (event) => frameOf(types[event.type], partialOf(event.entry.object, version)),
      bookmark: (revision, initial) =>
        frameOf('BOOKMARK', partialOf(bookmarkOf(kind, revision, initial), version)),
    };
  return {
    contentType,
    frame: (event) => watchFrame(event, kind),
    bookmark: (revision, initial) => frameOf('BOOKMARK', bookmarkOf(kind, revision, initial)),
  };
}
