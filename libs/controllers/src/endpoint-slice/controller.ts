import { isStatus, messageOf } from '@gantry/base';
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
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { controllerReference } from '../shared/ownership.ts';
import { ServiceKeys } from '../shared/service-keys.ts';
import { followsPods, selectorOf } from '../shared/service-pods.ts';
import { SliceWriter } from '../shared/slice-writer.ts';
import { managedBy, managedByLabel, plan, serviceNameLabel } from './plan.ts';

/** Says in EndpointSlices where the pods of each service with a selector are. Writes only slices that it manages. */
export class EndpointSliceController implements Controller {
  readonly name = 'endpoint_slice';
  readonly #services: Informer<V1Service>;
  readonly #pods: Informer<V1Pod>;
  readonly #nodes: Informer<V1Node>;
  readonly #slices: Informer<V1EndpointSlice>;
  readonly #serviceKeys: ServiceKeys;
  readonly #writer: SliceWriter;
  readonly #recorder: EventRecorder;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#recorder = context.recorder('endpoint-slice-controller');
    this.#services = context.informers.of(kinds.service);
    this.#pods = context.informers.of(kinds.pod);
    this.#nodes = context.informers.of(kinds.node);
    this.#slices = context.informers.of(kinds.endpointSlice, { service: (slice) => serviceKey(slice) ?? [] });
    this.#writer = new SliceWriter(context, this.#slices);
    this.#serviceKeys = new ServiceKeys(context.informers);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#services.onChange(({ object }) => enqueue(keyOf(nameOf(object))));
    this.#pods.onChange((change) => this.#serviceKeys.concernedBy(change).forEach(enqueue));
    this.#slices.onChange((change) => {
      for (const key of serviceKey(change.object) ?? []) {
        this.#writer.observed(key, change);
        enqueue(key);
      }
    });
  }

  async reconcile(key: string): Promise<void> {
    const service = this.#services.get(parseKey(key));
    // The slices of a deleted service are the garbage collector's: they name it as owner.
    if (!service || !followsPods(service) || service.metadata.deletionTimestamp !== undefined) {
      if (!service) this.#writer.forget(key);
      return;
    }
    const slices = this.#slices.by('service', key);
    const behindForMs = this.#writer.behindForMs(key, slices);
    if (behindForMs !== undefined) {
      if (behindForMs < Infinity) this.#enqueueAfter(key, behindForMs);
      return;
    }
    const { namespace } = service.metadata;
    const next = plan({
      service,
      pods: this.#pods.list(namespace).filter(selectorOf(service)),
      slices,
      node: (name) => this.#nodes.get({ name }),
    });
    try {
      await this.#writer.write(key, next, controllerReference(kinds.service, service));
    } catch (error) {
      if (namespaceTerminating(error)) return;
      if (!isStatus(error, 'Conflict', 'NotFound'))
        this.#recorder.event(
          service,
          'Warning',
          'FailedToUpdateEndpointSlices',
          `Error updating Endpoint Slices for Service ${key}: ${messageOf(error)}`,
        );
      throw error;
    }
  }
}

function serviceKey({ metadata }: V1EndpointSlice): string[] | undefined {
  const name = metadata.labels?.[serviceNameLabel];
  if (name === undefined || metadata.labels?.[managedByLabel] !== managedBy) return undefined;
  return [keyOf({ namespace: metadata.namespace, name })];
}
