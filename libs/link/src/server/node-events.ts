import { isStatus, StatusError, timestamp, type Clock, type Random } from '@gantry/base';
import { kinds, type CoreV1Event, type Stored, type V1ObjectReference, type V1Pod } from '@gantry/api';
import type { State } from '@gantry/state';
import { LRUCache } from 'lru-cache';
import { RateLimit } from './rate-limit.ts';
import { nodeUser } from './registration.ts';
import { maxEventBytes, readObject } from './wire-object.ts';

/**
 * Writes the Events of nodes, counting up the one of before when the same is said again. A node may speak only of itself and
 * of its own pods, and not faster than 100 at once and 10 a second.
 */
export class NodeEvents {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #podOf: (namespace: string, name: string) => Stored<V1Pod> | undefined;
  readonly #written = new LRUCache<string, Stored<CoreV1Event>>({ max: 8192, ttl: 50 * 60_000 });
  readonly #limit: RateLimit;

  constructor(
    state: State,
    clock: Clock,
    random: Random,
    podOf: (namespace: string, name: string) => Stored<V1Pod> | undefined,
  ) {
    this.#state = state;
    this.#clock = clock;
    this.#random = random;
    this.#podOf = podOf;
    this.#limit = new RateLimit(clock, 100, 100);
  }

  async record(nodeName: string, bytes: Uint8Array | null | undefined): Promise<void> {
    if (!this.#limit.take(nodeName)) throw new StatusError('TooManyRequests', 'too many events');
    const event = this.#checked(
      nodeName,
      readObject<Partial<CoreV1Event>>('CoreV1Event', bytes, 'the event', maxEventBytes),
    );
    const { involvedObject: of, type, reason, message } = event;
    const key = JSON.stringify([
      nodeName,
      of.kind,
      of.namespace,
      of.name,
      of.uid,
      of.fieldPath,
      type,
      reason,
      message,
    ]);
    this.#written.set(key, await this.#write(nodeName, event, this.#written.get(key)));
  }

  async #write(
    nodeName: string,
    event: CoreV1Event,
    before: Stored<CoreV1Event> | undefined,
  ): Promise<Stored<CoreV1Event>> {
    const user = nodeUser(nodeName);
    if (before) {
      const counted = { ...before, count: (before.count ?? 1) + 1, lastTimestamp: event.lastTimestamp! };
      try {
        return (await this.#state.update(kinds.event, counted, { user })).object;
      } catch (error) {
        if (!isStatus(error, 'NotFound', 'Conflict')) throw error;
      }
    }
    return (await this.#state.create(kinds.event, event, { user })).object;
  }

  /** Takes nothing over from the wire but what an event may say. */
  #checked(nodeName: string, said: Partial<CoreV1Event>): CoreV1Event {
    const text = (value: string | undefined, most: number) => value?.slice(0, most) ?? '';
    const of: V1ObjectReference = said.involvedObject ?? {};
    const refuse = () =>
      new StatusError('Forbidden', `node "${nodeName}" may record events only about itself and its own pods`);
    let involvedObject: V1ObjectReference;
    let namespace = 'default';
    if (of.kind === 'Pod') {
      const pod = this.#podOf(text(of.namespace, 63), text(of.name, 253));
      if (!pod || pod.spec?.nodeName !== nodeName || pod.metadata.uid !== of.uid) throw refuse();
      namespace = pod.metadata.namespace ?? 'default';
      const fieldPath = text(of.fieldPath, 256);
      involvedObject = {
        apiVersion: 'v1',
        kind: 'Pod',
        namespace,
        name: pod.metadata.name,
        uid: pod.metadata.uid,
        resourceVersion: pod.metadata.resourceVersion,
        ...(fieldPath ? { fieldPath } : {}),
      };
    } else if (of.kind === 'Node' && of.name === nodeName) {
      involvedObject = { apiVersion: 'v1', kind: 'Node', name: nodeName, uid: text(of.uid, 64) || nodeName };
    } else throw refuse();
    const time = timestamp(this.#clock.now());
    const nanos =
      BigInt(Math.floor(this.#clock.now())) * 1_000_000n + BigInt(Math.floor(this.#random() * 1_000_000));
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { namespace, name: `${involvedObject.name!.slice(0, 230)}.${nanos.toString(16)}` },
      involvedObject,
      reason: text(said.reason, 128) || 'Unknown',
      message: text(said.message, 1024),
      type: said.type === 'Warning' ? 'Warning' : 'Normal',
      count: 1,
      firstTimestamp: time,
      lastTimestamp: time,
      source: { component: 'kubelet', host: nodeName },
      reportingComponent: 'kubelet',
      reportingInstance: nodeName,
    };
  }
}
