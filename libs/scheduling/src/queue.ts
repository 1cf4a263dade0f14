import type { Clock } from '@gantry/base';
import type { ClusterEvent } from './plugin.ts';

export interface QueuedPod {
  readonly key: string;
  /** Higher goes first. */
  readonly priority: number;
  /** When it came first, monotonic milliseconds: equals go in this order. */
  readonly sinceMs: number;
  attempts: number;
}

interface Waiting {
  readonly pod: QueuedPod;
  /** Events that may help; empty for a failure that only time can mend. */
  readonly wakeOn: ReadonlySet<ClusterEvent>;
  /** Not tried again before. */
  readonly backoffUntilMs: number;
}

export interface SchedulingQueueOptions {
  clock: Clock;
  /** Default 1 s, doubling with each attempt … */
  initialBackoffMs?: number;
  /** … up to 10 s. */
  maxBackoffMs?: number;
  /** A pod that no event woke is tried again after so long. Default 5 min. */
  maxUnschedulableMs?: number;
}

/**
 * Pods that wait for a node:
 *
 *     add ──▶ active ──take──▶ (being placed) ──refused──▶ unschedulable ──event that helps──▶ back-off ──time──▶ active
 *                                              └─failed───────────────────────────────────────────▲
 *
 * Active pods go by priority, then by age. A pod is in one place only; one deleted or bound is in none.
 */
export class SchedulingQueue {
  readonly #clock: Clock;
  readonly #initialBackoffMs: number;
  readonly #maxBackoffMs: number;
  readonly #maxUnschedulableMs: number;
  readonly #active: QueuedPod[] = [];
  readonly #activeKeys = new Set<string>();
  readonly #backoff = new Map<string, { pod: QueuedPod; timer: Disposable }>();
  readonly #unschedulable = new Map<string, Waiting & { timer: Disposable }>();
  /** Events that came while a pod was being placed: they may concern the very reason it will be refused for. */
  readonly #inFlight = new Map<string, { pod: QueuedPod; meanwhile: Set<ClusterEvent> }>();
  #waiter: ((pod: QueuedPod | undefined) => void) | undefined;
  #closed = false;

  constructor(options: SchedulingQueueOptions) {
    this.#clock = options.clock;
    this.#initialBackoffMs = options.initialBackoffMs ?? 1000;
    this.#maxBackoffMs = options.maxBackoffMs ?? 10_000;
    this.#maxUnschedulableMs = options.maxUnschedulableMs ?? 5 * 60_000;
  }

  /** Pods by place, as `scheduler_pending_pods` counts them. */
  get sizes(): { active: number; backoff: number; unschedulable: number } {
    return {
      active: this.#active.length,
      backoff: this.#backoff.size,
      unschedulable: this.#unschedulable.size,
    };
  }

  /** A pod to be placed: new, or changed so that it may fit now. One that waits is tried at once, one being placed is left alone. */
  add(key: string, priority: number): void {
    if (this.#activeKeys.has(key) || this.#inFlight.has(key)) return;
    const waiting = this.#backoff.get(key)?.pod ?? this.#unschedulable.get(key)?.pod;
    this.#removeWaiting(key);
    this.#activate({
      key,
      priority,
      sinceMs: waiting?.sinceMs ?? this.#clock.monotonicMs(),
      attempts: waiting?.attempts ?? 0,
    });
  }

  has(key: string): boolean {
    return (
      this.#activeKeys.has(key) ||
      this.#backoff.has(key) ||
      this.#unschedulable.has(key) ||
      this.#inFlight.has(key)
    );
  }

  /** The pod is gone or bound. */
  remove(key: string): void {
    this.#removeWaiting(key);
    this.#inFlight.delete(key);
    if (this.#activeKeys.delete(key)) {
      const index = this.#active.findIndex((each) => each.key === key);
      this.#active.splice(index, 1);
    }
  }

  /** The next pod to place; waits for one. Undefined after `close`. Whoever takes it says `placed`, `refused` or `failed`. */
  take(): Promise<QueuedPod | undefined> {
    if (this.#closed) return Promise.resolve(undefined);
    const next = this.tryTake();
    if (next) return Promise.resolve(next);
    return new Promise((resolve) => (this.#waiter = resolve));
  }

  /** As `take`, but undefined when none is ready now. */
  tryTake(): QueuedPod | undefined {
    const next = this.#active.pop();
    if (!next) return undefined;
    this.#activeKeys.delete(next.key);
    this.#inFlight.set(next.key, { pod: next, meanwhile: new Set() });
    next.attempts++;
    return next;
  }

  placed(pod: QueuedPod): void {
    this.#land(pod);
  }

  /** It fits nowhere: wait for one of the events, unless one came meanwhile. */
  refused(pod: QueuedPod, wakeOn: ReadonlySet<ClusterEvent>): void {
    const meanwhile = this.#land(pod);
    if (!meanwhile) return;
    if ([...meanwhile].some((event) => wakeOn.has(event))) return this.#delay(pod);
    const timer = this.#clock.after(this.#maxUnschedulableMs, () => {
      this.#unschedulable.delete(pod.key);
      this.#activate(pod);
    });
    this.#unschedulable.set(pod.key, {
      pod,
      wakeOn,
      backoffUntilMs: this.#clock.monotonicMs() + this.#backoffMs(pod),
      timer,
    });
  }

  /** Something else went wrong (a conflict, the server gone): try again after a while. */
  failed(pod: QueuedPod): void {
    if (this.#land(pod)) this.#delay(pod);
  }

  /** What came while it was being placed; undefined when it was removed meanwhile, and perhaps another of its name put in. */
  #land(pod: QueuedPod): Set<ClusterEvent> | undefined {
    const flight = this.#inFlight.get(pod.key);
    if (flight?.pod !== pod) return undefined;
    this.#inFlight.delete(pod.key);
    return flight.meanwhile;
  }

  /** Something happened in the cluster: wakes those whom it may help. */
  event(event: ClusterEvent): void {
    for (const { meanwhile } of this.#inFlight.values()) meanwhile.add(event);
    for (const [key, waiting] of this.#unschedulable) {
      if (!waiting.wakeOn.has(event)) continue;
      waiting.timer[Symbol.dispose]();
      this.#unschedulable.delete(key);
      const remainingMs = waiting.backoffUntilMs - this.#clock.monotonicMs();
      if (remainingMs > 0) this.#delay(waiting.pod, remainingMs);
      else this.#activate(waiting.pod);
    }
  }

  close(): void {
    this.#closed = true;
    for (const key of [...this.#backoff.keys(), ...this.#unschedulable.keys()]) this.#removeWaiting(key);
    this.#waiter?.(undefined);
    this.#waiter = undefined;
  }

  #backoffMs(pod: QueuedPod): number {
    return Math.min(this.#maxBackoffMs, this.#initialBackoffMs * 2 ** (pod.attempts - 1));
  }

  #delay(pod: QueuedPod, delayMs = this.#backoffMs(pod)): void {
    const timer = this.#clock.after(delayMs, () => {
      this.#backoff.delete(pod.key);
      this.#activate(pod);
    });
    this.#backoff.set(pod.key, { pod, timer });
  }

  #removeWaiting(key: string): void {
    this.#backoff.get(key)?.timer[Symbol.dispose]();
    this.#backoff.delete(key);
    this.#unschedulable.get(key)?.timer[Symbol.dispose]();
    this.#unschedulable.delete(key);
  }

  /** Keeps the list sorted with the next at its end. Most come in order of age, so the place is looked for from the front. */
  #activate(pod: QueuedPod): void {
    if (this.#closed) return;
    let low = 0;
    let high = this.#active.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (goesBefore(pod, this.#active[middle]!)) low = middle + 1;
      else high = middle;
    }
    this.#active.splice(low, 0, pod);
    this.#activeKeys.add(pod.key);
    const waiter = this.#waiter;
    if (!waiter) return;
    this.#waiter = undefined;
    waiter(this.tryTake());
  }
}

function goesBefore(a: QueuedPod, b: QueuedPod): boolean {
  return a.priority !== b.priority ? a.priority > b.priority : a.sinceMs < b.sinceMs;
}
