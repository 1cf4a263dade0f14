import type { Clock } from '@gantry/base';
import type { Kind } from '@gantry/api';
import { watchFrame, type Entry, type WatchEvent } from '@gantry/state';
import type { Exchange } from '../exchange.ts';
import { partialOf, tableOf, type IncludeObject } from './table.ts';

/** An event that carries an object. */
export type ObjectEvent = Extract<WatchEvent, { entry: Entry }>;

/** Turns events into lines of JSON in the form one watcher asked for. */
export interface Framer {
  contentType: string;
  frame(event: ObjectEvent): Uint8Array;
}

const types = { init: 'ADDED', added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED' } as const;

/** One line of a watch. */
export function frameOf(type: string, object: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}

export function framerOf(exchange: Exchange, kind: Kind, clock: Clock, include: IncludeObject): Framer {
  const { as, version = 'v1' } = exchange.representation(true);
  const contentType = as ? `application/json;as=${as};v=${version};g=meta.k8s.io` : 'application/json';
  if (as === 'Table') {
    let first = true;
    return {
      contentType,
      frame(event) {
        const table = tableOf(kind, [event.entry], {
          version,
          include,
          nowMs: clock.now(),
          metadata: { resourceVersion: String(event.entry.revision) },
          withoutColumns: !first,
        });
        first = false;
        return frameOf(types[event.type], table);
      },
    };
  }
  if (as)
    return {
      contentType,
      frame: (event) => frameOf(types[event.type], partialOf(event.entry.object, version)),
    };
  return { contentType, frame: (event) => watchFrame(event, kind) };
}
