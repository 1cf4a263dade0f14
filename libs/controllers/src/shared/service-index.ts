import { keyOf, kinds, nameOf, type Stored, type V1Pod, type V1Service } from '@gantry/api';
import type { Change, Informer, Informers } from '@gantry/control';
import { alike } from './canonical.ts';
import { podCondition } from './pods.ts';
import { selects } from './service-pods.ts';

/**
 * Which pods each service selects, kept up with every change of either, so that nobody goes over all pods of a namespace for one service,
 * nor over all its services for one pod.
 */
export class ServiceIndex {
  readonly #services: Informer<V1Service>;
  readonly #pods: Informer<V1Pod>;
  /** By service, then by pod. */
  readonly #members = new Map<string, Map<string, Stored<V1Pod>>>();
  /** The services of each pod that has any. */
  readonly #servicesOf = new Map<string, readonly string[]>();
  readonly #listeners = new Set<(service: string) => void>();

  constructor(informers: Informers) {
    this.#services = informers.of(kinds.service, byPair);
    this.#pods = informers.of(kinds.pod);
    this.#services.onChange((change) => this.#serviceChanged(change));
    this.#pods.onChange((change) => this.#podChanged(change));
  }

  /** The pods that the service of this key selects. */
  pods(service: string): readonly Stored<V1Pod>[] {
    const members = this.#members.get(service);
    return members ? [...members.values()] : [];
  }

  /** Calls with the key of each service that a change of a pod concerns: what endpoints are made of has changed. */
  onPodChange(listener: (service: string) => void): void {
    this.#listeners.add(listener);
  }

  #podChanged({ type, object: pod, old }: Change<V1Pod>): void {
    const key = keyOf(nameOf(pod));
    const before = this.#servicesOf.get(key) ?? none;
    const now = type === 'deleted' ? none : this.#selecting(pod);
    for (const service of before) if (!now.includes(service)) this.#leave(service, key);
    for (const service of now) this.#join(service, key, pod);
    if (now.length > 0) this.#servicesOf.set(key, now);
    else if (before.length > 0) this.#servicesOf.delete(key);
    if (old && sameToServices(old, pod)) return;
    for (const service of new Set([...before, ...now]))
      for (const listener of this.#listeners) listener(service);
  }

  #selecting(pod: Stored<V1Pod>): readonly string[] {
    const { namespace = '', labels = {} } = pod.metadata;
    const found: string[] = [];
    for (const [name, value] of Object.entries(labels))
      for (const service of this.#services.by('selectorPair', pairKey(namespace, name, value)))
        if (selects(service, pod)) found.push(keyOf(nameOf(service)));
    return found.length > 0 ? found : none;
  }

  #serviceChanged({ type, object: service, old }: Change<V1Service>): void {
    if (old && alike(old.spec.selector, service.spec.selector)) return;
    const key = keyOf(nameOf(service));
    const before = this.#members.get(key) ?? new Map<string, Stored<V1Pod>>();
    const now = new Map<string, Stored<V1Pod>>();
    if (type !== 'deleted')
      for (const pod of this.#pods.list(service.metadata.namespace))
        if (selects(service, pod)) now.set(keyOf(nameOf(pod)), pod);
    for (const pod of before.keys()) {
      if (now.has(pod)) continue;
      const others = (this.#servicesOf.get(pod) ?? none).filter((each) => each !== key);
      if (others.length > 0) this.#servicesOf.set(pod, others);
      else this.#servicesOf.delete(pod);
    }
    for (const pod of now.keys())
      if (!before.has(pod)) this.#servicesOf.set(pod, [...(this.#servicesOf.get(pod) ?? none), key]);
    if (now.size > 0) this.#members.set(key, now);
    else this.#members.delete(key);
  }

  #join(service: string, key: string, pod: Stored<V1Pod>): void {
    const members = this.#members.get(service);
    if (members) members.set(key, pod);
    else this.#members.set(service, new Map([[key, pod]]));
  }

  #leave(service: string, key: string): void {
    const members = this.#members.get(service);
    if (members?.delete(key) && members.size === 0) this.#members.delete(service);
  }
}

const none: readonly string[] = [];

/** A pod that a service selects has all pairs of its selector, so it is enough to find the service by one of them. */
const byPair = {
  selectorPair: ({ metadata, spec }: V1Service): string[] => {
    for (const [name, value] of Object.entries(spec.selector ?? {}))
      return [pairKey(metadata.namespace ?? '', name, value)];
    return [];
  },
};

const pairKey = (namespace: string, name: string, value: string) => `${namespace}/${name}=${value}`;

/** Nothing changed that endpoints are made of. */
function sameToServices(a: Stored<V1Pod>, b: Stored<V1Pod>): boolean {
  return (
    a.metadata.uid === b.metadata.uid &&
    (a.metadata.deletionTimestamp === undefined) === (b.metadata.deletionTimestamp === undefined) &&
    a.spec.nodeName === b.spec.nodeName &&
    a.spec.hostname === b.spec.hostname &&
    a.spec.subdomain === b.spec.subdomain &&
    isFinal(a) === isFinal(b) &&
    a.status?.podIP === b.status?.podIP &&
    podCondition(a, 'Ready')?.status === podCondition(b, 'Ready')?.status &&
    alike(a.status?.podIPs, b.status?.podIPs) &&
    alike(a.metadata.labels, b.metadata.labels)
  );
}

const isFinal = ({ status }: V1Pod) => status?.phase === 'Succeeded' || status?.phase === 'Failed';
