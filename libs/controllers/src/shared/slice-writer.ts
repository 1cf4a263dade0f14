import { isStatus } from '@gantry/base';
import { kinds, nameOf, type Stored, type V1EndpointSlice, type V1OwnerReference } from '@gantry/api';
import type { Change, Informer } from '@gantry/control';
import type { ControllerContext } from './context.ts';
import { OwnWrites } from './own-writes.ts';

/** Writes to EndpointSlices, each without what the controller adds: name, owner and generated fields. */
export interface SlicePlan {
  readonly create: readonly V1EndpointSlice[];
  readonly update: readonly Stored<V1EndpointSlice>[];
  readonly delete: readonly Stored<V1EndpointSlice>[];
}

/** Carries plans out, and tells while the cache does not show yet what came of the last one. */
export class SliceWriter {
  readonly #context: ControllerContext;
  readonly #slices: Informer<V1EndpointSlice>;
  readonly #ownWrites = new OwnWrites();
  /** Slices created, or deleted, that the cache does not show yet so, by service. */
  readonly #unseen = new Map<string, { changes: Set<string>; sinceMs: number }>();

  constructor(context: ControllerContext, slices: Informer<V1EndpointSlice>) {
    this.#context = context;
    this.#slices = slices;
  }

  /** To be told of every change of a slice of the service. */
  observed(key: string, { type, object }: Change<V1EndpointSlice>): void {
    if (type === 'deleted') this.#ownWrites.forget(object.metadata.uid);
    this.#seen(key, `${type === 'deleted' ? '-' : '+'}${object.metadata.uid}`);
  }

  /** The service is gone. */
  forget(key: string): void {
    this.#unseen.delete(key);
  }

  /**
   * How long to wait for news before deciding for this service; Infinity when news is sure to come, undefined when the cache is up
   * to date.
   */
  behindForMs(key: string, slices: readonly Stored<V1EndpointSlice>[]): number | undefined {
    const unseen = this.#unseen.get(key);
    if (unseen) {
      // A slice that came and went while the watch was lost is never seen: after a while it is waited for no more.
      if (this.#context.clock.monotonicMs() - unseen.sinceMs < unseenTimeoutMs) return unseenTimeoutMs;
      this.#unseen.delete(key);
    }
    return slices.some((slice) => this.#ownWrites.isBehind(slice)) ? Infinity : undefined;
  }

  async write(key: string, plan: SlicePlan, owner: V1OwnerReference): Promise<void> {
    const { state } = this.#context;
    for (const slice of plan.create) {
      const { object } = await state.create(kinds.endpointSlice, {
        ...slice,
        metadata: { ...slice.metadata, ownerReferences: [owner] },
      });
      if (!this.#slices.get(nameOf(object))) this.#await(key, `+${object.metadata.uid}`);
    }
    for (const slice of plan.update)
      this.#ownWrites.record((await state.update(kinds.endpointSlice, slice)).object);
    for (const slice of plan.delete) await this.delete(key, slice);
  }

  async delete(key: string, slice: Stored<V1EndpointSlice>): Promise<void> {
    const { uid } = slice.metadata;
    try {
      this.#await(key, `-${uid}`);
      await this.#context.state.delete(kinds.endpointSlice, nameOf(slice), { preconditions: { uid } });
    } catch (error) {
      this.#seen(key, `-${uid}`);
      if (!isStatus(error, 'NotFound')) throw error;
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
}

const unseenTimeoutMs = 30_000;
