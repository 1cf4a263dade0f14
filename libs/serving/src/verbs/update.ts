import { isStatus } from '@gantry/base';
import type { Kind } from '@gantry/api';
import { forbidden } from '../auth/authorizer.ts';
import type { KindHandler, ServingContext } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { objectOf } from '../request/object.ts';
import { writeOptionsOf } from '../request/options.ts';
import { sendEntry } from '../respond/represent.ts';
import { placeUnderName } from './create.ts';

/** Replaces the object, or with a subresource its part; of some kinds, what is not there yet is made. */
export const updateOf =
  (subresource?: string): KindHandler =>
  async (exchange, context, kind) => {
    const object = await objectOf(exchange, kind);
    placeUnderName(exchange, kind, object);
    const options = writeOptionsOf(exchange, 'UpdateOptions', subresource);
    const { state, clock } = context;
    try {
      const entry = await state.update(kind, object, options);
      return await sendEntry(exchange, 200, kind, entry, clock.now());
    } catch (error) {
      const { uid } = object.metadata;
      if (!kind.createdByUpdate || subresource || uid || !isStatus(error, 'NotFound')) throw error;
    }
    await mayCreate(exchange, context, kind);
    delete object.metadata.resourceVersion;
    const entry = await state.create(kind, object, options);
    await sendEntry(exchange, 201, kind, entry, clock.now());
  };

async function mayCreate(exchange: Exchange, { authorizer }: ServingContext, kind: Kind): Promise<void> {
  const { user, info } = exchange;
  const access = {
    ...{ user, verb: 'create', isResource: true, group: kind.group, resource: kind.plural, subresource: '' },
    ...{ namespace: info.namespace, name: info.name, path: info.path },
  };
  const decision = await authorizer.authorize(access);
  if (decision.verdict !== 'allow') throw forbidden(access, decision.reason);
}
