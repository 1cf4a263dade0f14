import type { Kind } from '@gantry/api';
import type { Handler, KindHandler } from './context.ts';
import type { ServedResource, ServedSubresource } from './resource.ts';
import { namespaceSubresources } from './subresources/namespace.ts';
import { podSubresources } from './subresources/pod.ts';
import { proxySubresource } from './subresources/proxy.ts';
import { scaleSubresource } from './subresources/scale.ts';
import { create } from './verbs/create.ts';
import { remove, removeCollection } from './verbs/delete.ts';
import { patchOf } from './verbs/patch.ts';
import { get, list } from './verbs/read.ts';
import { updateOf } from './verbs/update.ts';
import { watch } from './verbs/watch.ts';

const verbs: Record<string, KindHandler> = {
  create,
  get,
  list,
  watch,
  update: updateOf(),
  patch: patchOf(),
  delete: remove,
  deletecollection: removeCollection,
};

/** Subresources that only some kinds have, by resource. */
const particular: Record<string, (kind: Kind) => Record<string, ServedSubresource>> = {
  '/pods': podSubresources,
  '/namespaces': namespaceSubresources,
  '/nodes': (kind) => ({ proxy: proxySubresource(kind) }),
  '/services': (kind) => ({ proxy: proxySubresource(kind) }),
};

/** All that a stored kind answers to, from its definition. */
export function storedResource(kind: Kind): ServedResource {
  const handlers: Record<string, Handler> = {};
  for (const verb of kind.verbs) handlers[verb] = bind(answerable(verb, verbs[verb]!), kind);
  const type = { group: kind.group, version: kind.version, kind: kind.kind };
  const subresources: Record<string, ServedSubresource> = {};
  if (kind.subresources.status)
    subresources['status'] = {
      type,
      handlers: {
        get: bind(get, kind),
        update: bind(answerable('update', updateOf('status')), kind),
        patch: bind(answerable('patch', patchOf('status')), kind),
      },
    };
  if (kind.subresources.scale) subresources['scale'] = scaleSubresource(kind, kind.subresources.scale);
  Object.assign(subresources, particular[`${kind.group}/${kind.plural}`]?.(kind));
  return {
    type,
    plural: kind.plural,
    singular: kind.singular,
    namespaced: kind.namespaced,
    shortNames: kind.shortNames,
    categories: kind.categories,
    handlers,
    subresources,
    stored: kind,
  };
}

/** Whoever takes no form that we can answer in is refused before anything is done, not after. */
const answerable = (verb: string, handler: KindHandler): KindHandler =>
  verb === 'watch'
    ? handler
    : (exchange, context, kind) => {
        exchange.representation(true);
        return handler(exchange, context, kind);
      };

export const bind =
  (handler: KindHandler, kind: Kind): Handler =>
  (exchange, context) =>
    handler(exchange, context, kind);
