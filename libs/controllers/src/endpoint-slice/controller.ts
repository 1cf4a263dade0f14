import { isStatus } from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type V1EndpointSlice,
  type V1Node,
  type V1Pod,
  type V1Service,
} from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { OwnWrites } from '../shared/own-writes.ts';
import { controllerReference } from '../shared/ownership.ts';
import { ServiceKeys } from '../shared/service-keys.ts';
import { followsPods, selects } from '../shared/service-pods.ts';
import { managedBy, managedByLabel, plan, serviceNameLabel } from './plan.ts';

/** Says in EndpointSlices where the pods of each service with a selector are. Writes only slices that it manages. */
export class EndpointSliceController implements Controller {
  readonly name = 'endpoint_slice';
  readonly #context: ControllerContext;
  readonly #services: Informer<V1Service>;
  readonly #pods: Informer<V1Pod>;
  readonly #nodes: Informer<V1Node>;
  readonly #slices: Informer<V1EndpointSlice>;
  readonly #serviceKeys: ServiceKeys;
  readonly #ownWrites = new OwnWrites();
  /** Slices created, or deleted, that the cache does not show yet so, by service. */
  readonly #unseen = new Map<string, { changes: Set<string>; sinceMs: number }>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#services = context.informers.of(kinds.service);
    this.#pods = context.informers.of(kinds.pod);
    this.#nodes = context.informers.of(kinds.node);
    this.#slices = context.informers.of(kinds.endpointSlice, { service: (slice) => serviceKey(slice) ?? [] });
    this.#serviceKeys = new ServiceKeys(context.informers);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#services.onChange(({ object }) => enqueue(keyOf(nameOf(object))));
    this.#pods.onChange((change) => this.#serviceKeys.concernedBy(change).forEach(enqueue));
    this.#slices.onChange(({ type, object }) => {
      if (type === 'deleted') this.#ownWrites.forget(object.metadata.uid);
      for (const key of serviceKey(object) ?? []) {
        this.#seen(key, `${type === 'deleted' ? '-' : '+'}${object.metadata.uid}`);
        enqueue(key);
      }
    });
  }

  async reconcile(key: string): Promise<void> {
    const { state } = this.#context;
    const service = this.#services.get(parseKey(key));
    // The slices of a deleted service are the garbage collector's: they name it as owner.
    if (!service || !followsPods(service) || service.metadata.deletionTimestamp !== undefined) {
      if (!service) this.#unseen.delete(key);
      return;
    }
    const slices = this.#slices.by('service', key);
    if (this.#isBehind(key)) return this.#enqueueAfter(key, unseenTimeoutMs);
    if (slices.some((slice) => this.#ownWrites.isBehind(slice))) return;
    const { namespace } = service.metadata;
    const next = plan({
      service,
      pods: this.#pods.list(namespace).filter((pod) => selects(service, pod)),
      slices,
      node: (name) => this.#nodes.get({ name }),
    });
    const ownerReferences = [controllerReference(kinds.service, service)];
    for (const slice of next.create) {
      const { object } = await state.create(kinds.endpointSlice, {
        ...slice,
        metadata: { ...slice.metadata, ownerReferences },
      });
      if (!this.#slices.get(nameOf(object))) this.#await(key, `+${object.metadata.uid}`);
    }
    for (const slice of next.update)
      this.#ownWrites.record((await state.update(kinds.endpointSlice, slice)).object);
    for (const slice of next.delete) {
      const { uid } = slice.metadata;
      try {
        this.#await(key, `-${uid}`);
        await state.delete(kinds.endpointSlice, nameOf(slice), { preconditions: { uid } });
      } catch (error) {
        this.#seen(key, `-${uid}`);
        if (!isStatus(error, 'NotFound')) throw error;
      }
    }
  }

  #await(key: string, change: string): void {
    const unseen = this.#unseen.get(key) ?? {
      changes: new Set(),
      sinceMs: this.#context.clock.monotonicMs(),
    };
    unseen.changes.add(change);
    this.#unseen.set(key, unseen);
  }

  #seen(key: string, change: string): void {
    const unseen = this.#unseen.get(key);
    unseen?.changes.delete(change);
    if (unseen?.changes.size === 0) this.#unseen.delete(key);
  }

  /** A slice that came and went while the watch was lost is never seen: after a while it is waited for no more. */
  #isBehind(key: string): boolean {
    const unseen = this.#unseen.get(key);
    if (!unseen) return false;
    if (this.#context.clock.monotonicMs() - unseen.sinceMs < unseenTimeoutMs) return true;
    this.#unseen.delete(key);
    return false;
  }
}

const unseenTimeoutMs = 30_000;

function serviceKey({ metadata }: V1EndpointSlice): string[] | undefined {
  const name = metadata.labels?.[serviceNameLabel];
  if (name === undefined || metadata.labels?.[managedByLabel] !== managedBy) return undefined;
  return [keyOf({ namespace: metadata.namespace, name })];
}
