import type { V1Pod, V1Service } from '@gantry/api';

/**
 * What was worked out of one version of a service and one of a pod, kept for as long as both are: where one pod of a thousand changes,
 * the others are not worked out again. Only for objects that are frozen, as those of the cache are.
 */
export class PerPod<T> {
  readonly #known = new WeakMap<V1Service, WeakMap<V1Pod, T>>();

  get(service: V1Service, pod: V1Pod): T | undefined {
    return this.#known.get(service)?.get(pod);
  }

  /** Returns the value. */
  set(service: V1Service, pod: V1Pod, value: T): T {
    if (!Object.isFrozen(service) || !Object.isFrozen(pod)) return value;
    const pods = this.#known.get(service);
    if (pods) pods.set(pod, value);
    else this.#known.set(service, new WeakMap([[pod, value]]));
    return value;
  }
}
