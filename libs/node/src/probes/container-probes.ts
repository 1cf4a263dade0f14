import type { Clock } from '@gantry/base';
import type { V1Container, V1Probe } from '@gantry/api';
import type { ProbeLabels, RuntimeMetrics } from '../metrics/runtime-metrics.ts';
import type { CheckResult } from './check.ts';
import { Prober, type ProbeKind } from './prober.ts';

const words = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

export interface ContainerProbesOptions {
  clock: Clock;
  metrics: Pick<RuntimeMetrics, 'probed' | 'forgetProbe'>;
  /** Whose probes they are, in metrics. */
  labels(): Omit<ProbeLabels, 'probe_type'>;
  check(probe: V1Probe, timeoutMs: number): Promise<CheckResult>;
  warn(reason: 'ProbeWarning' | 'Unhealthy', message: string): void;
  onVerdict(kind: ProbeKind, ok: boolean): void;
}

/** The probes of one running container: startup first; liveness and readiness only once it has succeeded. */
export class ContainerProbes {
  readonly #options: ContainerProbesOptions;
  readonly #probers = new Map<ProbeKind, Disposable>();

  constructor(options: ContainerProbesOptions) {
    this.#options = options;
  }

  /** Begins anew with those that are due. `started`: the startup probe, if there is one, has succeeded. */
  begin(
    spec: Pick<V1Container, 'startupProbe' | 'livenessProbe' | 'readinessProbe'>,
    startedAtMs: number,
    started: boolean,
  ): void {
    this.stop();
    const { startupProbe, livenessProbe, readinessProbe } = spec;
    if (startupProbe && !started) return this.#add('startup', startupProbe, startedAtMs);
    if (livenessProbe) this.#add('liveness', livenessProbe, startedAtMs);
    if (readinessProbe) this.#add('readiness', readinessProbe, startedAtMs);
  }

  stop(which: Iterable<ProbeKind> = [...this.#probers.keys()]): void {
    for (const each of which) {
      this.#probers.get(each)?.[Symbol.dispose]();
      this.#probers.delete(each);
    }
  }

  /** The container is gone for good, and its series with it. */
  forget(): void {
    this.stop();
    for (const word of Object.values(words)) this.#options.metrics.forgetProbe(this.#labels(word));
  }

  #add(kind: ProbeKind, probe: V1Probe, startedAtMs: number): void {
    const { clock, check, metrics, warn, onVerdict } = this.#options;
    const word = words[kind];
    this.#probers.set(
      kind,
      new Prober({
        kind,
        probe,
        clock,
        startedAtMs,
        check: (timeoutMs) => check(probe, timeoutMs),
        onResult: ({ ok, errored, warned, message }) => {
          metrics.probed(this.#labels(word), ok ? 'successful' : errored ? 'unknown' : 'failed');
          if (warned) warn('ProbeWarning', `${word} probe warning: ${message}`);
          else if (!ok)
            warn(
              'Unhealthy',
              `${word} probe ${errored ? 'errored and resulted in unknown state' : 'failed'}: ${message}`,
            );
        },
        onVerdict: (ok) => onVerdict(kind, ok),
      }),
    );
  }

  #labels(probe_type: ProbeLabels['probe_type']): ProbeLabels {
    return { probe_type, ...this.#options.labels() };
  }
}
