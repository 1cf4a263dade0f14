import {
  counter,
  isStatus,
  messageOf,
  microTimestamp,
  timestamp,
  type Clock,
  type Logger,
  type Metrics,
  type Random,
} from '@gantry/base';
import { kinds, type CoreV1Event, type KubeObject, type Stored, type V1ObjectReference } from '@gantry/api';
import type { State } from '@gantry/state';
import { LRUCache } from 'lru-cache';
import type { EventRecorder } from './control.ts';
import { EventCorrelator, type Occurrence } from './event-correlator.ts';

export interface EventRecorderOptions {
  state: State;
  clock: Clock;
  log: Logger;
  random: Random;
  metrics?: Metrics;
  /** `source.component` and `reportingComponent`: `deployment-controller`. */
  component: string;
  /** `source.host`; nodes name themselves. Default none. */
  host?: string;
  /** `reportingInstance` of events with an action: `default-scheduler-myhost`. Default `component`. */
  instance?: string;
  /** Events waiting to be written beyond this many are dropped. Default 1,000. */
  queueLength?: number;
  /** Stops writing for good. Default: never. */
  signal?: AbortSignal;
}

/** An {@link EventRecorder} whose backlog can be waited for. */
export interface StateEventRecorder extends EventRecorder {
  /** Resolves when all events recorded so far were written or given up. */
  flushed(): Promise<void>;
}

/** Writes `v1` Events into the state, one at a time, in the background. */
export function createEventRecorder(options: EventRecorderOptions): StateEventRecorder {
  return new Recorder(options);
}

/** How often a write is tried while the store is away, and the pause in between; upstream: 12 and 10 s. */
const maxTries = 12;
const retryMs = 10_000;

class Recorder implements StateEventRecorder {
  readonly #options: EventRecorderOptions;
  readonly #correlator: EventCorrelator;
  readonly #written = new LRUCache<string, Stored<CoreV1Event>>({ max: 4096 });
  readonly #queue: { occurrence: Occurrence; atMs: number }[] = [];
  readonly #discarded: (() => void) | undefined;
  #pump: Promise<void> | undefined;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#correlator = new EventCorrelator(options.clock);
    if (options.metrics) {
      const discarded = counter(
        options.metrics,
        'event_recorder_discarded_total',
        'Events that were not written.',
        ['component'],
      ).labels(options.component);
      this.#discarded = () => discarded.inc();
    }
  }

  event(
    regarding: KubeObject | V1ObjectReference,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    action?: string,
  ): void {
    const { queueLength = 1000, signal, clock } = this.#options;
    if (signal?.aborted || this.#queue.length >= queueLength) {
      this.#discarded?.();
      return;
    }
    const occurrence = {
      regarding: referenceOf(regarding),
      type,
      reason,
      message,
      ...(action ? { action } : {}),
    };
    this.#queue.push({ occurrence, atMs: clock.now() });
    this.#pump ??= this.#writeAll();
  }

  async flushed(): Promise<void> {
    while (this.#pump) await this.#pump;
  }

  async #writeAll(): Promise<void> {
    // Not within the caller's turn: recording must cost its caller nothing.
    await Promise.resolve();
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      const correlated = this.#correlator.correlate(next.occurrence);
      if (correlated && !this.#options.signal?.aborted)
        await this.#write(correlated.key, { ...next.occurrence, message: correlated.message }, next.atMs);
      else this.#discarded?.();
    }
    this.#pump = undefined;
  }

  async #write(key: string, occurrence: Occurrence, atMs: number): Promise<void> {
    const { clock, log, signal } = this.#options;
    for (let tries = 1; !signal?.aborted; tries++) {
      try {
        this.#written.set(key, await this.#record(key, occurrence, atMs));
        return;
      } catch (error) {
        const away = isStatus(error, 'ServiceUnavailable', 'TooManyRequests', 'Timeout', 'ServerTimeout');
        if (!away || tries >= maxTries) {
          this.#discarded?.();
          log.debug('event not written', {
            reason: occurrence.reason,
            object: occurrence.regarding.name,
            cause: messageOf(error),
          });
          return;
        }
        await clock.sleep(retryMs, signal).catch(() => undefined);
      }
    }
  }

  /** Counts up the event of before, or writes a new one when there is none or it has expired. */
  async #record(key: string, occurrence: Occurrence, atMs: number): Promise<Stored<CoreV1Event>> {
    const { state } = this.#options;
    const before = this.#written.get(key);
    if (before) {
      const event = structuredClone(before) as Stored<CoreV1Event>;
      if (event.action)
        event.series = { count: (event.series?.count ?? 1) + 1, lastObservedTime: microTimestamp(atMs) };
      else {
        event.count = (event.count ?? 1) + 1;
        event.lastTimestamp = timestamp(atMs);
      }
      event.message = occurrence.message;
      try {
        return (await state.update(kinds.event, event)).object;
      } catch (error) {
        if (!isStatus(error, 'NotFound', 'Conflict', 'Invalid')) throw error;
      }
    }
    return (await state.create(kinds.event, this.#make(occurrence, atMs))).object;
  }

  #make({ regarding, type, reason, message, action }: Occurrence, atMs: number): CoreV1Event {
    const { component, host, instance, random } = this.#options;
    const time = timestamp(atMs);
    // Upstream ends the name with the nanoseconds since the epoch in hex; below the millisecond ours are drawn.
    const nanos = BigInt(Math.floor(atMs)) * 1_000_000n + BigInt(Math.floor(random() * 1_000_000));
    return {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {
        namespace: regarding.namespace || 'default',
        name: `${(regarding.name ?? 'unknown').slice(0, 230)}.${nanos.toString(16)}`,
      },
      involvedObject: regarding,
      reason,
      message: message.slice(0, 1024),
      type,
      reportingComponent: component,
      ...(action
        ? { action, eventTime: microTimestamp(atMs), reportingInstance: instance ?? component }
        : {
            count: 1,
            firstTimestamp: time,
            lastTimestamp: time,
            source: { component, ...(host ? { host } : {}) },
            ...(host ? { reportingInstance: host } : {}),
          }),
    };
  }
}

function referenceOf(regarding: KubeObject | V1ObjectReference): V1ObjectReference {
  if (!('metadata' in regarding)) return { ...regarding };
  const { apiVersion, kind, metadata } = regarding;
  return Object.fromEntries(
    Object.entries({
      apiVersion,
      kind,
      namespace: metadata.namespace,
      name: metadata.name,
      uid: metadata.uid,
      resourceVersion: metadata.resourceVersion,
    }).filter(([, value]) => value !== undefined),
  );
}
