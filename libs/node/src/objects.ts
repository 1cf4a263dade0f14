import type { KubeObject, V1ConfigMap, V1EndpointSlice, V1Node, V1Secret, V1Service } from '@gantry/api';
import type { ConfigSource } from './containers/env.ts';

/** What the server has told the node, but for its pods. */
export class NodeObjects implements ConfigSource {
  readonly #byResource = new Map<string, Map<string, KubeObject>>();

  set(resource: string, object: KubeObject): void {
    this.#of(resource).set(`${object.metadata.namespace ?? ''}/${object.metadata.name}`, object);
  }

  /** Only the very object of that uid: another may have taken its name. */
  delete(resource: string, { namespace, name, uid }: { namespace: string; name: string; uid: string }): void {
    const objects = this.#of(resource);
    const key = `${namespace}/${name}`;
    if ((objects.get(key)?.metadata.uid ?? '') === uid) objects.delete(key);
  }

  configMap(namespace: string, name: string): V1ConfigMap | undefined {
    return this.#of('configmaps').get(`${namespace}/${name}`) as V1ConfigMap | undefined;
  }

  secret(namespace: string, name: string): V1Secret | undefined {
    return this.#of('secrets').get(`${namespace}/${name}`) as V1Secret | undefined;
  }

  services(): V1Service[] {
    return [...this.#of('services').values()] as V1Service[];
  }

  endpointSlices(): V1EndpointSlice[] {
    return [...this.#of('endpointslices').values()] as V1EndpointSlice[];
  }

  nodes(): V1Node[] {
    return [...this.#of('nodes').values()] as V1Node[];
  }

  node(name: string): V1Node | undefined {
    return this.#of('nodes').get(`/${name}`) as V1Node | undefined;
  }

  #of(resource: string): Map<string, KubeObject> {
    const present = this.#byResource.get(resource) ?? new Map<string, KubeObject>();
    this.#byResource.set(resource, present);
    return present;
  }
}
