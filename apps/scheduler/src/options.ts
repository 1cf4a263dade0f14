import { Command, Option } from 'commander';
import { hostAndPortFlag, logFormatFlag, type HostAndPort } from '@gantry/base';

export interface SchedulerAppOptions {
  kubeconfig: string;
  leaderElect: boolean;
  /** Name of the Lease in `kube-system`. */
  leaseName: string;
  schedulerName: string;
  /** Where /metrics and /healthz are, plain HTTP; absent: nowhere. */
  metricsAddress?: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
}

interface Flags {
  kubeconfig?: string;
  leaderElect: string | boolean;
  leaderElectResourceName: string;
  schedulerName: string;
  metricsBindAddress: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
}

/** Reads the command line; upstream's flags keep their names. Exits with 1 and a sentence where it is wrong. */
export function readOptions(argv: readonly string[], env: NodeJS.ProcessEnv): SchedulerAppOptions {
  const program = new Command('gantry scheduler')
    .description('Finds a node for every pod. Several may run; one works at a time.')
    .option('--kubeconfig <file>', 'how to reach the API server (default: $KUBECONFIG)')
    .option('--leader-elect [bool]', 'work only while holding the lease', 'true')
    .option('--no-leader-elect', 'work without asking; for the only one')
    .option(
      '--leader-elect-resource-name <name>',
      'the lease in kube-system; schedulers of different names need different ones',
      'kube-scheduler',
    )
    .option('--scheduler-name <name>', 'place the pods whose spec.schedulerName is this', 'default-scheduler')
    .addOption(
      new Option('--metrics-bind-address <host:port>', 'where /metrics and /healthz listen; port 0: nowhere')
        .argParser(hostAndPortFlag)
        .default({ host: '127.0.0.1', port: 10_259 }, '127.0.0.1:10259'),
    )
    .option('--log-level <levels>', 'such as info or info,scheduler=debug', 'info')
    .option('--log-format <format>', 'json or pretty', logFormatFlag);
  program.parse([...argv], { from: 'user' });
  const flags = program.opts<Flags>();
  const kubeconfig =
    flags.kubeconfig ??
    env['KUBECONFIG'] ??
    program.error('error: no API server: pass --kubeconfig or set KUBECONFIG');
  return {
    kubeconfig,
    leaderElect: flags.leaderElect !== false && flags.leaderElect !== 'false',
    leaseName: flags.leaderElectResourceName,
    schedulerName: flags.schedulerName,
    logLevel: flags.logLevel,
    ...(flags.metricsBindAddress.port > 0 ? { metricsAddress: flags.metricsBindAddress } : {}),
    ...(flags.logFormat ? { logFormat: flags.logFormat } : {}),
  };
}
