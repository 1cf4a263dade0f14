import type { V1ObjectMeta } from './gen/types.ts';

/** Any object of the API. What is beside `metadata` depends on the kind. */
export interface KubeObject {
  apiVersion?: string;
  kind?: string;
  metadata: V1ObjectMeta;
}

/** The metadata of an object that the server has stored: these four are always there. */
export type StoredMeta = V1ObjectMeta &
  Required<Pick<V1ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'creationTimestamp'>>;

/** An object as the server hands it out. Frozen: copy it (`structuredClone`) before changing it. */
export type Stored<T extends KubeObject = KubeObject> = T & { metadata: StoredMeta };

/** Which object of a kind. `namespace` is absent for kinds that live outside namespaces. */
export interface ObjectName {
  namespace?: string | undefined;
  name: string;
}

export function nameOf(object: KubeObject): ObjectName {
  const { name = '', namespace } = object.metadata;
  return namespace ? { namespace, name } : { name };
}

/** `namespace/name`, or `name`: the form used in logs and as work-queue key. */
export function keyOf({ namespace, name }: ObjectName): string {
  return namespace ? `${namespace}/${name}` : name;
}

/** The reverse of {@link keyOf}. */
export function parseKey(key: string): ObjectName {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
