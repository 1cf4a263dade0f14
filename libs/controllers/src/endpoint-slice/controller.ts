import { isStatus, messageOf } from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type V1EndpointSlice,
  type V1Node,
  type V1Service,
} from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { controllerReference } from '../shared/ownership.ts';
import { Pace } from '../shared/pace.ts';
import type { ServiceIndex } from '../shared/service-index.ts';
import { followsPods } from '../shared/service-pods.ts';
import { SliceWriter } from '../shared/slice-writer.ts';
import { TriggerTimes } from '../shared/trigger-times.ts';
import { managedBy, managedByLabel, plan, serviceNameLabel } from './plan.ts';

/** Says in EndpointSlices where the pods of each service with a selector are. Writes only slices that it manages. */
export class EndpointSliceController implements Controller {
  readonly name = 'endpoint_slice';
  readonly #services: Informer<V1Service>;
  readonly #nodes: Informer<V1Node>;
  readonly #slices: Informer<V1EndpointSlice>;
  readonly #index: ServiceIndex;
  readonly #writer: SliceWriter;
  readonly #recorder: EventRecorder;
  readonly #triggerTimes = new TriggerTimes();
  /** 1,000 pods: ten passes per second. */
  readonly #pace: Pace;
  readonly #batchPeriodMs: number;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  /** Changes of pods wait for `batchPeriodMs` for others. */
  constructor(context: ControllerContext, batchPeriodMs: number) {
    this.#batchPeriodMs = batchPeriodMs;
    this.#pace = new Pace({ clock: context.clock, msPerItem: 0.1 });
    this.#recorder = context.recorder('endpoint-slice-controller');
    this.#services = context.informers.of(kinds.service);
    this.#nodes = context.informers.of(kinds.node);
    this.#slices = context.informers.of(kinds.endpointSlice, { service: (slice) => serviceKey(slice) ?? [] });
    this.#writer = new SliceWriter(context, this.#slices);
    this.#index = context.serviceIndex;
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#services.onChange(({ object }) => {
      const key = keyOf(nameOf(object));
      this.#pace.hurry(key);
      enqueue(key);
    });
    this.#index.onPodChange((key) => enqueueAfter(key, this.#batchPeriodMs));
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
      if (!service) {
        this.#writer.forget(key);
        this.#triggerTimes.forget(key);
      }
      return;
    }
    const waitMs = this.#pace.waitMs(key);
    if (waitMs > 0) return this.#enqueueAfter(key, waitMs);
    const slices = this.#slices.by('service', key);
    const behindForMs = this.#writer.behindForMs(key, slices);
    if (behindForMs !== undefined) {
      if (behindForMs < Infinity) this.#enqueueAfter(key, behindForMs);
      return;
    }
    const pods = this.#index.pods(key);
    const next = plan({
      service,
      pods,
      slices,
      triggerTime: this.#triggerTimes.next(key, service, pods),
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
    this.#pace.passed(key, pods.length);
  }
}

function serviceKey({ metadata }: V1EndpointSlice): string[] | undefined {
  const name = metadata.labels?.[serviceNameLabel];
  if (name === undefined || metadata.labels?.[managedByLabel] !== managedBy) return undefined;
  return [keyOf({ namespace: metadata.namespace, name })];
}
