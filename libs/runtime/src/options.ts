import type { Clock, Logger, Metrics } from '@gantry/base';
import type { Host } from '@gantry/host';

export interface RuntimeOptions {
  /** Folder of bundles, records and exit codes; survives this process and the machine's restart: `/var/lib/gantry/containers`. */
  root: string;
  /** Folder of what means nothing after a restart of the machine, with a short path: `/run/gantry`. */
  runDir: string;
  host: Host;
  log: Logger;
  clock: Clock;
  /** An OCI runtime, by name or path. Default: the first of `runc`, `crun` that works with this machine's control groups. */
  runtimePath?: string;
  /** The shim, by name or path. Default `conmon`. */
  shimPath?: string;
  /** Prefix to the places of control groups and `/proc/self/mountinfo`, for tests. Default ''. */
  cgroupRoot?: string;
  metrics?: Metrics;
  /** How long making a container, or starting a process in one, may take, in milliseconds (the kubelet's `runtimeRequestTimeout`). Default 2 min. */
  operationTimeoutMs?: number;
  /** A log that has grown beyond is rotated (the kubelet's `containerLogMaxSize`). Default 10 MiB. */
  logMaxBytes?: number;
  /** How many files of one log are kept, the current one included (`containerLogMaxFiles`). Default 5. */
  logMaxFiles?: number;
  /** How often sizes of logs are looked at, in milliseconds (`containerLogMonitorInterval`). Default 10 s. */
  logCheckMs?: number;
}

export interface ResolvedRuntimeOptions extends Readonly<
  Required<Omit<RuntimeOptions, 'runtimePath' | 'metrics'>>
> {
  readonly runtimePath: string | undefined;
  readonly metrics: Metrics | undefined;
}

export function resolveRuntimeOptions(options: RuntimeOptions): ResolvedRuntimeOptions {
  for (const name of ['root', 'runDir'] as const)
    if (!options[name].startsWith('/')) throw new Error(`${name} must be an absolute path: ${options[name]}`);
  return Object.freeze({
    shimPath: 'conmon',
    cgroupRoot: '',
    operationTimeoutMs: 120_000,
    logMaxBytes: 10 << 20,
    logMaxFiles: 5,
    logCheckMs: 10_000,
    ...options,
    runtimePath: options.runtimePath,
    metrics: options.metrics,
  });
}
