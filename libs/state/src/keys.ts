import { StatusError } from '@gantry/base';
import type { Kind, ObjectName } from '@gantry/api';

/** Below this lies everything, as in upstream's etcd. */
export const registryPrefix = '/registry/';

/** `/registry/pods/`: all objects of the kind. */
export function kindPrefix(kind: Kind): string {
  return `${registryPrefix}${kind.storagePrefix}/`;
}

/** `/registry/pods/default/`: those of one namespace, or all where the kind has none or none is named. */
export function selectionPrefix(kind: Kind, namespace: string | undefined): string {
  const prefix = kindPrefix(kind);
  return kind.namespaced && namespace ? `${prefix}${segment(kind, namespace)}/` : prefix;
}

/** `/registry/pods/default/web`. BadRequest for names that would lead elsewhere. */
export function storageKey(kind: Kind, { namespace, name }: ObjectName): string {
  if (!kind.namespaced) return kindPrefix(kind) + segment(kind, name);
  if (!namespace) throw StatusError.badRequest('an empty namespace may not be set during creation');
  return `${kindPrefix(kind)}${segment(kind, namespace)}/${segment(kind, name)}`;
}

/** apimachinery `pkg/api/validation/path/name.go`: what may not be part of a path. */
function segment(kind: Kind, name: string): string {
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('%'))
    throw StatusError.badRequest(
      `invalid ${kind.singular} name ${JSON.stringify(name)}: must not be empty, "." or "..", nor contain "/" or "%"`,
    );
  return name;
}

/** The first key behind all that begin with the prefix. */
export function prefixEnd(prefix: string): string {
  return prefix.slice(0, -1) + String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1);
}
