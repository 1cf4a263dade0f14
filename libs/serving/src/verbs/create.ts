import { StatusError } from '@gantry/base';
import type { Kind, KubeObject } from '@gantry/api';
import type { KindHandler } from '../context.ts';
import type { Exchange } from '../exchange.ts';
import { objectOf } from '../request/object.ts';
import { writeOptionsOf } from '../request/options.ts';
import { sendEntry } from '../respond/represent.ts';

export const create: KindHandler = async (exchange, context, kind) => {
  const object = await objectOf(exchange, kind);
  placeInNamespace(exchange, kind, object);
  const entry = await context.state.create(kind, object, writeOptionsOf(exchange, 'CreateOptions'));
  await sendEntry(exchange, 201, kind, entry, context.clock.now());
};

/** The namespace is the URL's; an object may repeat it but not contradict it. */
export function placeInNamespace({ info }: Exchange, kind: Kind, object: KubeObject): void {
  const { metadata } = object;
  if (!kind.namespaced) {
    if (metadata.namespace)
      throw StatusError.badRequest(
        `the namespace of the provided object does not match the namespace sent on the request`,
      );
    delete metadata.namespace;
    return;
  }
  metadata.namespace ||= info.namespace;
  if (metadata.namespace !== info.namespace)
    throw StatusError.badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
}

/** The name, too, is the URL's. */
export function placeUnderName(exchange: Exchange, kind: Kind, object: KubeObject): void {
  placeInNamespace(exchange, kind, object);
  const { info } = exchange;
  if (!object.metadata.name)
    throw StatusError.badRequest(
      `resource name may not be empty; the URL names ${JSON.stringify(info.name)}`,
    );
  if (object.metadata.name !== info.name)
    throw StatusError.badRequest(
      `the name of the object (${object.metadata.name}) does not match the name on the URL (${info.name})`,
    );
}
