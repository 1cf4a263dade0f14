import type { KindHandler } from '../context.ts';
import { nameIn } from './name-in.ts';
import { listQueryOf, resourceVersionOf } from '../request/options.ts';
import { sendEntry, sendList } from '../respond/represent.ts';

export const get: KindHandler = async (exchange, context, kind) => {
  const resourceVersion = exchange.info.search === '' ? undefined : resourceVersionOf(exchange);
  const entry = await context.state.get(
    kind,
    nameIn(exchange),
    resourceVersion === undefined ? undefined : { resourceVersion },
  );
  await sendEntry(exchange, 200, kind, entry, context.clock.now());
};

export const list: KindHandler = async (exchange, context, kind) => {
  const found = await context.state.list(kind, listQueryOf(exchange));
  await sendList(exchange, kind, found, context.clock.now());
};
