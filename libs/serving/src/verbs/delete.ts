import { isStatus } from '@gantry/base';
import { nameOf, type Kind } from '@gantry/api';
import type { DeleteOptions, Entry } from '@gantry/state';
import type { KindHandler, ServingContext } from '../context.ts';
import { deleteOptionsOf, listQueryOf } from '../request/options.ts';
import { sendEntry, sendList } from '../respond/represent.ts';
import { nameIn } from './name-in.ts';

/** Kinds whose deletion is answered with the object itself, as upstream's storage for them is set up. */
const answeredWithObject = new Set(['pods', 'services', 'serviceaccounts']);

export const remove: KindHandler = async (exchange, context, kind) => {
  const options = await deleteOptionsOf(exchange);
  const { entry, gone } = await context.state.delete(kind, nameIn(exchange), options);
  if (!gone || (kind.group === '' && answeredWithObject.has(kind.plural)))
    return sendEntry(exchange, 200, kind, entry, context.clock.now());
  const { name, uid } = entry.object.metadata;
  await exchange.sendObject(200, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: { name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural, uid },
  });
};

/** So many deletions of one collection run at once. */
const deletionsAtOnce = 32;

export const removeCollection: KindHandler = async (exchange, context, kind) => {
  const query = listQueryOf(exchange);
  const options = await deleteOptionsOf(exchange);
  const { entries, revision } = await context.state.list(kind, query);
  const removed: Entry[] = [];
  const queue = entries.values();
  const work = async () => {
    for (const entry of queue) {
      const done = await removeOne(context, kind, entry, options);
      if (done) removed.push(done);
    }
  };
  await Promise.all(Array.from({ length: deletionsAtOnce }, work));
  await sendList(exchange, kind, { entries: removed, revision }, context.clock.now());
};

async function removeOne(
  { state }: ServingContext,
  kind: Kind,
  { object }: Entry,
  options: DeleteOptions,
): Promise<Entry | undefined> {
  try {
    return (await state.delete(kind, nameOf(object), options)).entry;
  } catch (error) {
    if (isStatus(error, 'NotFound')) return undefined;
    throw error;
  }
}
