import { timestamp } from '@gantry/base';
import type { Stored, V1Pod, V1Service } from '@gantry/api';
import { podCondition } from './pods.ts';

/**
 * Annotation of Endpoints and EndpointSlices: when that happened which their last change tells, for those who measure how long it takes to
 * reach the nodes.
 */
export const triggerTimeAnnotation = 'endpoints.kubernetes.io/last-change-trigger-time';

interface Seen {
  readonly service: string;
  /** By name, of pods that have a Ready condition: when it last changed. */
  readonly pods: ReadonlyMap<string, string>;
}

/**
 * When the changes happened that a pass over a service finds: the earliest time at which a pod became ready or unready, or the service was
 * made, since the pass before (upstream `k8s.io/endpointslice/util/trigger_time_tracker.go`).
 */
export class TriggerTimes {
  readonly #seen = new Map<string, Seen>();

  /** To be called once in each pass, also in one that writes nothing. Undefined when no time has changed. */
  next(key: string, service: Stored<V1Service>, pods: readonly Stored<V1Pod>[]): string | undefined {
    const before = this.#seen.get(key);
    const made = service.metadata.creationTimestamp;
    const times = new Map<string, string>();
    let earliestMs = newerMs(made, before?.service);
    for (const pod of pods) {
      const since = podCondition(pod, 'Ready')?.lastTransitionTime;
      if (!since) continue;
      const { name } = pod.metadata;
      times.set(name, since);
      // What was there before the service was known is no news of its pods.
      if (before) earliestMs = Math.min(earliestMs, newerMs(since, before.pods.get(name)));
    }
    this.#seen.set(key, { service: made, pods: times });
    return earliestMs < Infinity ? timestamp(earliestMs) : undefined;
  }

  /** The service is gone. */
  forget(key: string): void {
    this.#seen.delete(key);
  }
}

/** The time in milliseconds, where it is later than the one before; else Infinity. */
function newerMs(time: string, before: string | undefined): number {
  if (time === before) return Infinity;
  const ms = Date.parse(time);
  if (Number.isNaN(ms)) return Infinity;
  const beforeMs = before === undefined ? NaN : Date.parse(before);
  return Number.isNaN(beforeMs) || ms > beforeMs ? ms : Infinity;
}
