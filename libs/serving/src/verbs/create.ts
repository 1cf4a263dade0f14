import { StatusError } from '@gantry/base';
import type { Kind, KubeObject, V1ObjectMeta } from '@gantry/api';
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

/** The name, too, is the URL's (apiserver `pkg/endpoints/handlers/rest.go`, `checkName`). */
export function placeUnderName(exchange: Exchange, kind: Kind, object: KubeObject): void {
  if (!object.metadata.name)
    throw StatusError.badRequest(
      `the name of the object (${exchange.info.name} based on URL) was undeterminable: name must be provided`,
    );
  mustNotLeadElsewhere(exchange, kind, object.metadata);
  placeInNamespace(exchange, kind, object);
}

/** What a body says of its place, if anything, is what the URL says. */
export function mustNotLeadElsewhere(
  { info }: Exchange,
  kind: Kind,
  { name, namespace }: Pick<V1ObjectMeta, 'name' | 'namespace'>,
): void {
  if (name && name !== info.name)
    throw StatusError.badRequest(
      `the name of the object (${name}) does not match the name on the URL (${info.name})`,
    );
  if (kind.namespaced && namespace && namespace !== info.namespace)
    throw StatusError.badRequest(
      `the namespace of the object (${namespace}) does not match the namespace on the request (${info.namespace})`,
    );
}
