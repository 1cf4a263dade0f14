import { keyOf, kinds, nameOf, type V1Pod, type V1Service } from '@gantry/api';
import type { Change, Informer, Informers } from '@gantry/control';
import { selects } from './service-pods.ts';

/** Tells which services a change of a pod concerns. Services are few per namespace, so each is asked. */
export class ServiceKeys {
  readonly #services: Informer<V1Service>;

  constructor(informers: Informers) {
    this.#services = informers.of(kinds.service);
  }

  concernedBy({ object: pod, old }: Change<V1Pod>): string[] {
    if (old && sameToServices(old, pod)) return [];
    return this.#services
      .list(pod.metadata.namespace)
      .filter((service) => selects(service, pod) || (old !== undefined && selects(service, old)))
      .map((service) => keyOf(nameOf(service)));
  }
}

/** Nothing changed that endpoints are made of. */
function sameToServices(a: V1Pod, b: V1Pod): boolean {
  return essence(a) === essence(b);
}

function essence({ metadata, spec, status }: V1Pod): string {
  return JSON.stringify([
    metadata.uid,
    metadata.labels,
    metadata.deletionTimestamp !== undefined,
    spec.nodeName,
    spec.hostname,
    spec.subdomain,
    status?.phase === 'Succeeded' || status?.phase === 'Failed',
    status?.podIP,
    status?.podIPs,
    status?.conditions?.find(({ type }) => type === 'Ready')?.status,
  ]);
}
