import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type V1Endpoints,
  type V1EndpointSlice,
  type V1Service,
} from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import { serviceNameLabel } from '../endpoint-slice/plan.ts';
import type { ControllerContext } from '../shared/context.ts';
import { controllerReference } from '../shared/ownership.ts';
import { hasSelector } from '../shared/service-pods.ts';
import { SliceWriter } from '../shared/slice-writer.ts';
import { isMirrored, managedBy, managedByLabel, plan } from './plan.ts';

/** Says in EndpointSlices, which is what nodes read, what users write into the Endpoints of services without a selector. */
export class EndpointSliceMirroringController implements Controller {
  readonly name = 'endpoint_slice_mirroring';
  readonly #services: Informer<V1Service>;
  readonly #endpoints: Informer<V1Endpoints>;
  readonly #slices: Informer<V1EndpointSlice>;
  readonly #writer: SliceWriter;
  readonly #batchPeriodMs: number;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  /** Changes of Endpoints wait for `batchPeriodMs` for others. */
  constructor(context: ControllerContext, batchPeriodMs: number) {
    this.#batchPeriodMs = batchPeriodMs;
    this.#services = context.informers.of(kinds.service);
    this.#endpoints = context.informers.of(kinds.endpoints);
    this.#slices = context.informers.of(kinds.endpointSlice, { mirrored: (slice) => mirrorKey(slice) });
    this.#writer = new SliceWriter(context, this.#slices);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#services.onChange(({ type, object, old }) => {
      const key = keyOf(nameOf(object));
      if (type === 'deleted') this.#writer.forget(key);
      // Of a service with a selector there is nothing to do, unless it has just got it.
      if (!hasSelector(object) || (old && !hasSelector(old))) enqueue(key);
    });
    this.#endpoints.onChange(({ object }) => {
      const key = keyOf(nameOf(object));
      const service = this.#services.get(parseKey(key));
      if (!service || !hasSelector(service)) enqueueAfter(key, this.#batchPeriodMs);
    });
    this.#slices.onChange((change) => {
      for (const key of mirrorKey(change.object)) {
        this.#writer.observed(key, change);
        enqueue(key);
      }
    });
  }

  async reconcile(key: string): Promise<void> {
    const slices = this.#slices.by('mirrored', key);
    const behindForMs = this.#writer.behindForMs(key, slices);
    if (behindForMs !== undefined) {
      if (behindForMs < Infinity) this.#enqueueAfter(key, behindForMs);
      return;
    }
    const endpoints = this.#endpoints.get(parseKey(key));
    if (!isMirrored(this.#services.get(parseKey(key)), endpoints)) {
      for (const slice of slices) await this.#writer.delete(key, slice);
      return;
    }
    if (endpoints.metadata.deletionTimestamp !== undefined) return;
    await this.#writer.write(key, plan(endpoints, slices), controllerReference(kinds.endpoints, endpoints));
  }
}

function mirrorKey({ metadata }: V1EndpointSlice): string[] {
  const name = metadata.labels?.[serviceNameLabel];
  if (name === undefined || metadata.labels?.[managedByLabel] !== managedBy) return [];
  return [keyOf({ namespace: metadata.namespace, name })];
}
