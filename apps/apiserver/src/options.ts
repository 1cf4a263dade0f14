import { networkInterfaces } from 'node:os';
import { isLoopback, type InFlightLimits } from '@gantry/serving';
import { Command, InvalidArgumentError, Option } from 'commander';
import { durationFlag } from '@gantry/base';

export type ComponentName = 'apiserver' | 'scheduler' | 'controller-manager';

/** What the command line says, whole. */
export interface ServerOptions {
  dataDirectory: string;
  store: 'etcd' | 'memory';
  etcd: { servers: string[]; caFile?: string; certFile?: string; keyFile?: string };
  bindAddress: string;
  securePort: number;
  nodeServicePort: number;
  advertiseAddress: string;
  tlsSans: string[];
  serviceCidr: string;
  clusterCidr: string;
  clusterDomain: string;
  clusterDns: string;
  nodePorts: { first: number; last: number };
  components: ReadonlySet<ComponentName>;
  inFlight: InFlightLimits;
  /** For the controllers, where they run here. */
  nodeMonitorGracePeriodMs: number;
  nodeMonitorPeriodMs: number;
  adminKubeconfig?: string;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
  logDirectory?: string;
}

interface Flags {
  dataDir: string;
  store: 'etcd' | 'memory';
  etcdServers: string[];
  etcdCafile?: string;
  etcdCertfile?: string;
  etcdKeyfile?: string;
  etcdPrefix: string;
  bindAddress: string;
  securePort: number;
  nodeServicePort: number;
  advertiseAddress?: string;
  tlsSan: string[];
  serviceClusterIpRange: string;
  clusterCidr: string;
  clusterDomain: string;
  clusterDns: string;
  serviceNodePortRange: { first: number; last: number };
  components: ReadonlySet<ComponentName>;
  maxRequestsInflight: number;
  maxMutatingRequestsInflight: number;
  nodeMonitorGracePeriod: number;
  nodeMonitorPeriod: number;
  adminKubeconfig?: string;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
  logDir?: string;
}

/** Reads the command line; upstream's flags keep their names. Prints help or what is wrong, and exits, where it must. */
export function readOptions(argv: readonly string[]): ServerOptions {
  const program = new Command('gantry apiserver')
    .description('Serves the Kubernetes API over etcd, and takes the connections of the nodes.')
    .option('--data-dir <directory>', 'certificates and keys are kept here', '/var/lib/gantry/server')
    .option('--store <kind>', 'etcd, or memory for development: gone with the process', store, 'etcd')
    .addOption(
      new Option('--etcd-servers <urls>', 'separated by commas; a socket is unix:///path')
        .argParser(list)
        .default(['http://127.0.0.1:2379'], 'http://127.0.0.1:2379'),
    )
    .option('--etcd-cafile <file>', 'CA that etcd is checked against')
    .option('--etcd-certfile <file>', 'client certificate for etcd')
    .option('--etcd-keyfile <file>', 'and its key')
    .option('--etcd-prefix <prefix>', 'where the objects are; only upstream’s default is served', '/registry')
    .option('--bind-address <address>', 'where both ports listen', '0.0.0.0')
    .option('--secure-port <port>', 'of the API', port, 6443)
    .option('--node-service-port <port>', 'where agents connect', port, 6444)
    .option(
      '--advertise-address <address>',
      'where nodes and pods reach this server (default: the first of this host)',
    )
    .option('--tls-san <name>', 'a further name or address in the certificate; may be repeated', collect, [])
    .option('--service-cluster-ip-range <cidr>', 'addresses of Services', '10.43.0.0/16')
    .option('--cluster-cidr <cidr>', 'addresses of pods', '10.42.0.0/16')
    .option('--cluster-domain <domain>', 'the cluster’s DNS domain', 'cluster.local')
    .option('--cluster-dns <address>', 'the cluster’s DNS server, told to nodes', '')
    .addOption(
      new Option('--service-node-port-range <first-last>', 'ports of NodePort Services')
        .argParser(portRange)
        .default({ first: 30_000, last: 32_767 }, '30000-32767'),
    )
    .addOption(
      new Option('--components <names>', 'what runs in this process: apiserver,scheduler,controller-manager')
        .argParser(components)
        .default(new Set(['apiserver']), 'apiserver'),
    )
    .option('--max-requests-inflight <count>', 'requests that only read, at once; 0: no limit', count, 400)
    .option('--max-mutating-requests-inflight <count>', 'all others, at once; 0: no limit', count, 200)
    .addOption(
      new Option(
        '--node-monitor-grace-period <duration>',
        'a node silent for longer is unreachable, to the controllers in this process',
      )
        .argParser(durationFlag)
        .default(50_000, '50s'),
    )
    .addOption(
      new Option('--node-monitor-period <duration>', 'how often these look for silent nodes, at most')
        .argParser(durationFlag)
        .default(5_000, '5s'),
    )
    .option(
      '--admin-kubeconfig <file>',
      'write a kubeconfig for the administrator here (default: admin.kubeconfig in the data directory)',
    )
    .option('--log-level <levels>', 'such as info or info,serving=debug', 'info')
    .option('--log-format <format>', 'json or pretty (default: pretty on a terminal)', format)
    .option(
      '--log-dir <directory>',
      'keep the *.log there short, whoever writes them: gantry up’s processes',
    );
  program.parse([...argv], { from: 'user' });
  const flags = program.opts<Flags>();
  if (flags.etcdPrefix !== '/registry')
    program.error('error: --etcd-prefix: objects are kept below /registry, as every Kubernetes keeps them');
  const { etcdCafile, etcdCertfile, etcdKeyfile } = flags;
  if ((etcdCertfile === undefined) !== (etcdKeyfile === undefined))
    program.error('error: --etcd-certfile and --etcd-keyfile belong together');
  return {
    dataDirectory: flags.dataDir,
    store: flags.store,
    etcd: {
      servers: flags.etcdServers,
      ...(etcdCafile ? { caFile: etcdCafile } : {}),
      ...(etcdCertfile ? { certFile: etcdCertfile } : {}),
      ...(etcdKeyfile ? { keyFile: etcdKeyfile } : {}),
    },
    bindAddress: flags.bindAddress,
    securePort: flags.securePort,
    nodeServicePort: flags.nodeServicePort,
    advertiseAddress: flags.advertiseAddress ?? firstAddress(flags.bindAddress),
    tlsSans: flags.tlsSan,
    serviceCidr: flags.serviceClusterIpRange,
    clusterCidr: flags.clusterCidr,
    clusterDomain: flags.clusterDomain,
    clusterDns: flags.clusterDns,
    nodePorts: flags.serviceNodePortRange,
    components: flags.components,
    inFlight: { readOnly: flags.maxRequestsInflight, mutating: flags.maxMutatingRequestsInflight },
    nodeMonitorGracePeriodMs: flags.nodeMonitorGracePeriod,
    nodeMonitorPeriodMs: flags.nodeMonitorPeriod,
    ...(flags.adminKubeconfig ? { adminKubeconfig: flags.adminKubeconfig } : {}),
    logLevel: flags.logLevel,
    ...(flags.logFormat ? { logFormat: flags.logFormat } : {}),
    ...(flags.logDir ? { logDirectory: flags.logDir } : {}),
  };
}

/** The address the server listens on, or, where it listens on all, the first one of this host that others can reach. */
/** Where others reach a server that listens there: nobody else has its loopback (apimachinery `pkg/util/net`, ResolveBindAddress). */
function firstAddress(bindAddress: string): string {
  if (bindAddress !== '0.0.0.0' && bindAddress !== '::' && !isLoopback(bindAddress)) return bindAddress;
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('expected a port');
  return value;
}

function count(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('expected a number from 0 up');
  return Number(text);
}

function portRange(text: string): { first: number; last: number } {
  const match = /^(\d+)-(\d+)$/.exec(text);
  const first = port(match?.[1] ?? '');
  const last = port(match?.[2] ?? '');
  if (!match || first === 0 || last < first)
    throw new InvalidArgumentError('expected a range such as 30000-32767');
  return { first, last };
}

const list = (text: string) =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);

const collect = (text: string, before: readonly string[]) => [...before, ...list(text)];

function store(text: string): string {
  if (text !== 'etcd' && text !== 'memory') throw new InvalidArgumentError('expected etcd or memory');
  return text;
}

function components(text: string): ReadonlySet<ComponentName> {
  const known = ['apiserver', 'scheduler', 'controller-manager'] as const;
  const names = list(text);
  for (const name of names)
    if (!known.includes(name as ComponentName))
      throw new InvalidArgumentError(`${JSON.stringify(name)} is none of ${known.join(', ')}`);
  if (!names.includes('apiserver'))
    throw new InvalidArgumentError(
      'the API server is always part of it; the others have commands of their own',
    );
  return new Set(names as ComponentName[]);
}

function format(text: string): string {
  if (text !== 'json' && text !== 'pretty') throw new InvalidArgumentError('expected json or pretty');
  return text;
}
