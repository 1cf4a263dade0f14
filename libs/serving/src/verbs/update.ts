import type { KindHandler } from '../context.ts';
import { objectOf } from '../request/object.ts';
import { writeOptionsOf } from '../request/options.ts';
import { sendEntry } from '../respond/represent.ts';
import { placeUnderName } from './create.ts';

/** Replaces the object, or with a subresource its part. */
export const updateOf =
  (subresource?: string): KindHandler =>
  async (exchange, context, kind) => {
    const object = await objectOf(exchange, kind);
    placeUnderName(exchange, kind, object);
    const options = writeOptionsOf(exchange, 'UpdateOptions', subresource);
    const entry = await context.state.update(kind, object, options);
    await sendEntry(exchange, 200, kind, entry, context.clock.now());
  };
