/**
 * Time, injected: nothing in the libraries reads the wall clock or starts a timer but through this, so that a whole
 * control plane can be run on a clock that a test turns by hand (`FakeClock` in `@gantry/base/testing`).
 */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. */
  now(): number;
  /** A clock that never goes back, in milliseconds from an arbitrary start. For durations. */
  monotonicMs(): number;
  /** Calls `callback` once after `delayMs`; disposing cancels it. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): Disposable;
  /** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>;
}

/** `setTimeout` takes 31 bits; longer waits are cut to this and the caller looks at the clock again. */
const longestTimerMs = 0x7fffffff;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestTimerMs));
    timer.unref();
    return { [Symbol.dispose]: () => clearTimeout(timer) };
  },
  sleep(delayMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(Math.max(0, delayMs), longestTimerMs),
      );
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
    });
  },
};

/** RFC 3339 in UTC with seconds, as `metav1.Time` is written: `2026-01-02T03:04:05Z`. */
export function timestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 19) + 'Z';
}

/** RFC 3339 with microseconds, as `metav1.MicroTime` is written (Leases, events.k8s.io): `2026-01-02T03:04:05.678000Z`. */
export function microTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 23) + '000Z';
}
