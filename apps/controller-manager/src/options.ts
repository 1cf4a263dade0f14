import { createReadStream } from 'node:fs';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import {
  durationFlag,
  hostAndPortFlag,
  logFormatFlag,
  numberFlag,
  portFlag,
  type HostAndPort,
} from '@gantry/base';

export interface ControllerManagerOptions {
  kubeconfig: string;
  leaderElect: boolean;
  clusterCidr: string;
  serviceCidr: string;
  nodeMonitorGracePeriodMs: number;
  nodeMonitorPeriodMs: number;
  nodeEvictionRate: number;
  secondaryNodeEvictionRate: number;
  unhealthyZoneThreshold: number;
  largeClusterSizeThreshold: number;
  terminatedPodGcThreshold: number;
  endpointUpdatesBatchPeriodMs: number;
  endpointSliceUpdatesBatchPeriodMs: number;
  mirroringEndpointSliceUpdatesBatchPeriodMs: number;
  /** PEM, read from the file named. */
  caCertificate?: string;
  /** `host:port` of /metrics and /healthz; undefined serves none. */
  address?: { host: string; port: number; tls?: { cert: string; key: string } };
  /** Beside `address`, plain HTTP. */
  metricsAddress?: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
}

interface Flags {
  kubeconfig?: string;
  leaderElect: string | boolean;
  clusterCidr: string;
  serviceClusterIpRange: string;
  nodeMonitorGracePeriod: number;
  nodeMonitorPeriod: number;
  nodeEvictionRate: number;
  secondaryNodeEvictionRate: number;
  unhealthyZoneThreshold: number;
  largeClusterSizeThreshold: number;
  terminatedPodGcThreshold: number;
  endpointUpdatesBatchPeriod: number;
  endpointsliceUpdatesBatchPeriod: number;
  mirroringEndpointsliceUpdatesBatchPeriod: number;
  rootCaFile?: string;
  bindAddress: string;
  securePort: number;
  tlsCertFile?: string;
  tlsPrivateKeyFile?: string;
  metricsBindAddress?: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
}

/** Reads the command line; upstream's flags keep their names. Exits with 1 and a sentence where it is wrong. */
export async function readOptions(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<ControllerManagerOptions> {
  const program: Command = new Command('gantry controller-manager')
    .description('Runs the controllers: what is declared gets done. Several may run; one works at a time.')
    .option('--kubeconfig <file>', 'how to reach the API server (default: $KUBECONFIG)')
    .option(
      '--leader-elect [bool]',
      'work only while holding the lease kube-system/kube-controller-manager',
      'true',
    )
    .option('--no-leader-elect', 'work without asking; for the only one')
    .option('--cluster-cidr <cidr>', 'where the nodes get their pod ranges from', '10.42.0.0/16')
    .option('--service-cluster-ip-range <cidr>', 'kept out of the pod ranges', '10.43.0.0/16')
    .addOption(
      new Option('--node-monitor-grace-period <duration>', 'a node silent for longer is unreachable')
        .argParser(durationFlag)
        .default(50_000, '50s'),
    )
    .addOption(
      new Option('--node-monitor-period <duration>', 'how often silent nodes are looked for, at most')
        .argParser(durationFlag)
        .default(5_000, '5s'),
    )
    .option(
      '--node-eviction-rate <number>',
      'nodes per second of a zone that begin to be emptied when they are down',
      numberFlag,
      0.1,
    )
    .option(
      '--secondary-node-eviction-rate <number>',
      'the same in a large zone that is partly down; a small one is left alone then',
      numberFlag,
      0.01,
    )
    .option(
      '--unhealthy-zone-threshold <number>',
      'share of unready nodes from which on a zone is partly down',
      numberFlag,
      0.55,
    )
    .option('--large-cluster-size-threshold <number>', 'a zone of more nodes is large', numberFlag, 50)
    .option(
      '--terminated-pod-gc-threshold <number>',
      'finished pods that are kept; 0 keeps all',
      numberFlag,
      12_500,
    )
    .addOption(
      batchPeriod('endpoint', 'changes of pods wait so long for others before Endpoints are written'),
    )
    .addOption(batchPeriod('endpointslice', 'the same for EndpointSlices'))
    .addOption(
      batchPeriod(
        'mirroring-endpointslice',
        'the same for Endpoints written by hand, and their EndpointSlices',
      ),
    )
    .option(
      '--root-ca-file <file>',
      'CA certificate, published to every namespace as ConfigMap kube-root-ca.crt',
    )
    .option('--bind-address <address>', 'where /metrics and /healthz listen', '127.0.0.1')
    .option('--secure-port <port>', 'their port; 0 serves none', portFlag, 10_257)
    .option('--tls-cert-file <file>', 'serve them over HTTPS with this certificate')
    .option('--tls-private-key-file <file>', 'and its key')
    .option('--metrics-bind-address <host:port>', 'serve them here, too, over plain HTTP', hostAndPortFlag)
    .option('--log-level <levels>', 'such as info or info,deployment=debug', 'info')
    .option('--log-format <format>', 'json or pretty', logFormatFlag);
  program.parse([...argv], { from: 'user' });
  const flags = program.opts<Flags>();
  const kubeconfig = flags.kubeconfig ?? env.KUBECONFIG;
  if (!kubeconfig) program.error('error: no API server: pass --kubeconfig or set KUBECONFIG');
  if ((flags.tlsCertFile === undefined) !== (flags.tlsPrivateKeyFile === undefined))
    program.error('error: --tls-cert-file and --tls-private-key-file belong together');
  const read = async (file: string) => {
    try {
      return await text(createReadStream(file));
    } catch (error) {
      return program.error(`error: cannot read ${file}: ${(error as Error).message}`);
    }
  };
  const tls =
    flags.tlsCertFile && flags.tlsPrivateKeyFile
      ? { cert: await read(flags.tlsCertFile), key: await read(flags.tlsPrivateKeyFile) }
      : undefined;
  return {
    kubeconfig,
    leaderElect: flags.leaderElect !== false && flags.leaderElect !== 'false',
    clusterCidr: flags.clusterCidr,
    serviceCidr: flags.serviceClusterIpRange,
    nodeMonitorGracePeriodMs: flags.nodeMonitorGracePeriod,
    nodeMonitorPeriodMs: flags.nodeMonitorPeriod,
    nodeEvictionRate: flags.nodeEvictionRate,
    secondaryNodeEvictionRate: flags.secondaryNodeEvictionRate,
    unhealthyZoneThreshold: flags.unhealthyZoneThreshold,
    largeClusterSizeThreshold: flags.largeClusterSizeThreshold,
    terminatedPodGcThreshold: flags.terminatedPodGcThreshold,
    endpointUpdatesBatchPeriodMs: flags.endpointUpdatesBatchPeriod,
    endpointSliceUpdatesBatchPeriodMs: flags.endpointsliceUpdatesBatchPeriod,
    mirroringEndpointSliceUpdatesBatchPeriodMs: flags.mirroringEndpointsliceUpdatesBatchPeriod,
    logLevel: flags.logLevel,
    ...(flags.rootCaFile ? { caCertificate: await read(flags.rootCaFile) } : {}),
    ...(flags.securePort > 0
      ? { address: { host: flags.bindAddress, port: flags.securePort, ...(tls ? { tls } : {}) } }
      : {}),
    ...(flags.metricsBindAddress ? { metricsAddress: flags.metricsBindAddress } : {}),
    ...(flags.logFormat ? { logFormat: flags.logFormat } : {}),
  };
}

function batchPeriod(of: string, description: string): Option {
  return new Option(`--${of}-updates-batch-period <duration>`, description)
    .argParser(durationFlag)
    .default(0, '0s');
}
