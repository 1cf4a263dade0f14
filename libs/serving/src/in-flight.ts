import { StatusError, whenRead, gauge, type Metrics } from '@gantry/base';
import type { UserInfo } from '@gantry/state';
import { mastersGroup } from './auth/authenticator.ts';
import type { RequestInfo } from './request/request-info.ts';

/** How many requests may be worked on at once; 0: as many as come. Upstream's defaults are 400 and 200. */
export interface InFlightLimits {
  /** `--max-requests-inflight`: those that change nothing. */
  readOnly: number;
  /** `--max-mutating-requests-inflight`: all others. */
  mutating: number;
}

/** As upstream sees it, by the verb alone: `HEAD` of a path that is no resource is none of them. */
const readOnlyVerbs = new Set(['get', 'list', 'watch']);
const longRunningSubresources = new Set(['attach', 'exec', 'log', 'portforward', 'proxy']);

/** True for what lasts as long as its client likes, and is no work in progress (kube-apiserver's `BasicLongRunningRequestCheck`). */
export function isLongRunning({ isResource, verb, subresource }: RequestInfo): boolean {
  return verb === 'watch' || (isResource && longRunningSubresources.has(subresource));
}

/**
 * The requests that are being worked on, long-running ones aside, and how many they may be (apiserver
 * `pkg/server/filters/maxinflight.go`). It stands between who asks and what they may: only who holds a slot gets its body read.
 * The one place where fair queuing would stand.
 */
export class InFlight {
  readonly #readOnly: Slots;
  readonly #mutating: Slots;

  /** @param now milliseconds of a clock that never goes back. */
  constructor({ readOnly, mutating }: InFlightLimits, metrics: Metrics, now: () => number) {
    this.#readOnly = new Slots(readOnly);
    this.#mutating = new Slots(mutating);
    const inflight = gauge(
      metrics,
      'apiserver_current_inflight_requests',
      'The most requests that were worked on at once in the last second, without long-running ones.',
      ['request_kind'],
    );
    whenRead(inflight, () => {
      inflight.set({ request_kind: 'readOnly' }, this.#readOnly.most(now()));
      inflight.set({ request_kind: 'mutating' }, this.#mutating.most(now()));
    });
  }

  /**
   * A slot, to be disposed of, once, when nothing works for the request any more. Undefined where none is free for administrators, who
   * always get through. Everybody else gets TooManyRequests then.
   */
  enter({ verb }: RequestInfo, user: UserInfo, nowMs: number): Disposable | undefined {
    const slots = readOnlyVerbs.has(verb) ? this.#readOnly : this.#mutating;
    if (slots.take(nowMs)) return slots;
    if (user.groups.includes(mastersGroup)) return undefined;
    throw new StatusError('TooManyRequests', 'Too many requests, please try again later.', {
      details: { retryAfterSeconds: 1 },
    });
  }
}

/** Slots that are all alike: one object stands for each that is taken. */
class Slots implements Disposable {
  readonly #limit: number;
  #used = 0;
  /** The most that were used in this second, and in the one before it. */
  #most = 0;
  #mostBefore = 0;
  #second = 0;

  constructor(limit: number) {
    this.#limit = limit || Infinity;
  }

  take(nowMs: number): boolean {
    if (this.#used >= this.#limit) return false;
    this.#turn(nowMs);
    if (++this.#used > this.#most) this.#most = this.#used;
    return true;
  }

  [Symbol.dispose](): void {
    this.#used--;
  }

  most(nowMs: number): number {
    this.#turn(nowMs);
    return Math.max(this.#most, this.#mostBefore);
  }

  #turn(nowMs: number): void {
    const second = Math.floor(nowMs / 1000);
    if (second === this.#second) return;
    this.#mostBefore = second === this.#second + 1 ? this.#most : this.#used;
    this.#most = this.#used;
    this.#second = second;
  }
}
