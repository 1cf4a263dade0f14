import type { Clock } from '@gantry/base';
import type { V1Probe } from '@gantry/api';
import type { CheckResult } from './check.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

export interface ProberOptions {
  kind: ProbeKind;
  probe: V1Probe;
  clock: Clock;
  /** When the container started, in milliseconds since the epoch: `initialDelaySeconds` counts from there. */
  startedAtMs: number;
  check(timeoutMs: number): Promise<CheckResult>;
  /** Each check; one that could not be made does not count, and one that warned is good. */
  onResult(result: CheckResult): void;
  /** The verdict has changed: thresholds are counted. */
  onVerdict(ok: boolean): void;
}

/** Repeats one probe of one container until it is disposed of, and counts its thresholds (pkg/kubelet/prober/worker.go). */
export class Prober implements Disposable {
  readonly #options: ProberOptions;
  #timer: Disposable | undefined;
  #stopped = false;
  #run = 0;
  #last: boolean | undefined;
  #verdict: boolean | undefined;

  constructor(options: ProberOptions) {
    this.#options = options;
    const { probe, clock, startedAtMs } = options;
    const delayMs = startedAtMs + (probe.initialDelaySeconds ?? 0) * 1000 - clock.now();
    this.#timer = clock.after(Math.max(0, delayMs), () => void this.#check());
  }

  async #check(): Promise<void> {
    const { probe, clock, check, onResult, onVerdict } = this.#options;
    const beganMs = clock.monotonicMs();
    const result = await check((probe.timeoutSeconds ?? 1) * 1000);
    if (this.#stopped) return;
    onResult(result);
    if (!result.errored) {
      this.#run = this.#last === result.ok ? this.#run + 1 : 1;
      this.#last = result.ok;
    }
    const threshold = result.ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3);
    if (!result.errored && this.#run >= threshold && this.#verdict !== result.ok) {
      this.#verdict = result.ok;
      onVerdict(result.ok);
    }
    // The verdict may have ended us.
    if (this.#stopped) return;
    const periodMs = (probe.periodSeconds ?? 10) * 1000;
    this.#timer = clock.after(
      Math.max(0, periodMs - (clock.monotonicMs() - beganMs)),
      () => void this.#check(),
    );
  }

  [Symbol.dispose](): void {
    this.#stopped = true;
    this.#timer?.[Symbol.dispose]();
  }
}
