import { apiVersionOf, type Kind } from '@gantry/api';
import { asBuffer } from './entry.ts';
import type { EntryList, WatchEvent } from './state.ts';

const types = { init: 'ADDED', added: 'ADDED', modified: 'MODIFIED', deleted: 'DELETED' } as const;
const openings = Object.fromEntries(
  Object.entries(types).map(([type, wire]) => [type, Buffer.from(`{"type":"${wire}","object":`)]),
) as Record<keyof typeof types, Buffer>;
const closing = Buffer.from('}\n');

/** Events are shared by all watchers that see the same change, so each is encoded once for all. */
const frames = new WeakMap<object, Buffer>();

/**
 * One line of a JSON watch stream: `{"type":"ADDED","object":…}\n`. `initDone` and `bookmark` are BOOKMARKs, the former
 * with the annotation that ends the initial events (KEP-3157). Do not change the buffer.
 */
export function watchFrame(event: WatchEvent, kind: Kind): Buffer {
  let frame = frames.get(event);
  if (!frame) frames.set(event, (frame = encode(event, kind)));
  return frame;
}

function encode(event: WatchEvent, kind: Kind): Buffer {
  if ('entry' in event) {
    const opening = openings[event.type];
    const bytes = asBuffer(event.entry.bytes);
    const frame = Buffer.allocUnsafeSlow(opening.length + bytes.length + closing.length);
    opening.copy(frame);
    bytes.copy(frame, opening.length);
    closing.copy(frame, opening.length + bytes.length);
    return frame;
  }
  const metadata = {
    resourceVersion: String(event.revision),
    creationTimestamp: null,
    ...(event.type === 'initDone' ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  const object = { kind: kind.kind, apiVersion: apiVersionOf(kind), metadata };
  return Buffer.from(`${JSON.stringify({ type: 'BOOKMARK', object })}\n`);
}

/** A whole list as clients get it, in one buffer. */
export function listFrame(list: EntryList, kind: Kind): Buffer {
  const metadata = {
    resourceVersion: String(list.revision),
    ...(list.continue === undefined ? {} : { continue: list.continue }),
    ...(list.remainingItemCount === undefined ? {} : { remainingItemCount: list.remainingItemCount }),
  };
  const head = Buffer.from(
    `{"kind":${JSON.stringify(kind.listKind)},"apiVersion":${JSON.stringify(apiVersionOf(kind))},` +
      `"metadata":${JSON.stringify(metadata)},"items":[`,
  );
  let size = head.length + 3;
  for (const { bytes } of list.entries) size += bytes.length + 1;
  const frame = Buffer.allocUnsafe(size);
  let at = head.copy(frame);
  let first = true;
  for (const { bytes } of list.entries) {
    if (!first) frame[at++] = 0x2c;
    first = false;
    frame.set(bytes, at);
    at += bytes.length;
  }
  at += frame.write(']}\n', at, 'latin1');
  return frame.subarray(0, at);
}
