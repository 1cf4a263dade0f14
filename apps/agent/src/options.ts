import { existsSync, readFileSync } from 'node:fs';
import { hostname, networkInterfaces } from 'node:os';
import { Command, InvalidArgumentError, Option } from 'commander';
import { hostAndPortFlag, logFormatFlag, type HostAndPort } from '@gantry/base';
import { bytesOf, milliOf, type V1Taint } from '@gantry/api';

export interface AgentAppOptions {
  /** `host:port` of the node services, tried in turn. */
  nodeServices: string[];
  /** `K10<hash>::<id>.<secret>` or `<id>.<secret>`; not needed once the node has its certificate. */
  token?: string;
  caFile?: string;
  dataDir: string;
  runDir: string;
  nodeName: string;
  nodeIp: string;
  cgroupRoot: string;
  registries?: string;
  /** An OCI runtime, by name or path. */
  runtime?: string;
  clusterCidr: string;
  labels: Record<string, string>;
  taints: V1Taint[];
  maxPods: number;
  reserved: { cpuMilli: number; memoryBytes: number };
  metricsAddress?: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
  /** Remove everything of this node instead of running it. */
  cleanup: boolean;
}

interface Flags {
  server: string[];
  nodeService?: string[];
  token?: string;
  tokenFile?: string;
  caFile?: string;
  dataDir: string;
  runDir: string;
  nodeName: string;
  nodeIp?: string;
  cgroupRoot: string;
  registries?: string;
  runtime?: string;
  clusterCidr: string;
  nodeLabels: Record<string, string>;
  registerWithTaints: V1Taint[];
  maxPods: number;
  systemReserved: { cpuMilli: number; memoryBytes: number };
  metricsBindAddress: HostAndPort;
  logLevel: string;
  logFormat?: 'json' | 'pretty';
  cleanup?: boolean;
}

const nodeServicePort = 6444;

/** Reads the command line. Exits with 1 and a sentence where it is wrong. */
export function readOptions(argv: readonly string[]): AgentAppOptions {
  const program = new Command('gantry agent')
    .description('Runs the pods of this host. Joins a cluster with a token at the first start.')
    .addOption(new Option('--server <url...>', 'https://host:6443 of an API server').default([], 'none'))
    .option('--node-service <host:port...>', "where nodes connect (default: the servers' hosts, port 6444)")
    .option('--token <token>', 'join token; needed only until the node has its certificate')
    .option('--token-file <file>', 'a file with the join token')
    .option('--ca-file <file>', "the cluster's CA, for tokens that do not name its hash")
    .option('--data-dir <dir>', 'what has to survive', '/var/lib/gantry/agent')
    .option('--run-dir <dir>', 'what goes with a reboot', '/run/gantry/agent')
    .option('--node-name <name>', 'the name of the Node object', hostname().toLowerCase())
    .option(
      '--node-ip <address>',
      'address on the network that the nodes share (default: the first that is not local)',
    )
    .option('--cgroup-root <path>', 'cgroup below which pods are', '/gantry')
    .option('--registries <file>', 'registries.yaml with mirrors, plain-HTTP hosts and credentials')
    .option('--runtime <program>', 'an OCI runtime (default: the first of runc and crun that works here)')
    .option('--cluster-cidr <cidr>', 'addresses of all pods', '10.42.0.0/16')
    .addOption(
      new Option('--node-labels <key=value,…>', 'labels to register with')
        .argParser(parseLabels)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--register-with-taints <key=value:effect,…>', 'taints to register with, the first time')
        .argParser(parseTaints)
        .default([], 'none'),
    )
    .option('--max-pods <number>', 'pods this node takes', parseCount, 110)
    .addOption(
      new Option('--system-reserved <cpu=…,memory=…>', 'kept back from pods')
        .argParser(parseReserved)
        .default({ cpuMilli: 0, memoryBytes: 0 }, 'nothing'),
    )
    .addOption(
      new Option(
        '--metrics-bind-address <host:port>',
        'where /metrics and /healthz listen, over HTTPS; port 0: nowhere',
      )
        .argParser(hostAndPortFlag)
        .default({ host: '127.0.0.1', port: 10_250 }, '127.0.0.1:10250'),
    )
    .option('--log-level <levels>', 'such as info or info,node=debug', 'info')
    .option('--log-format <format>', 'json or pretty', logFormatFlag)
    .option('--cleanup', 'end all containers, remove all that this node has set up on the host, and exit');
  program.parse([...argv], { from: 'user' });
  const flags = program.opts<Flags>();
  const nodeServices = flags.nodeService ?? flags.server.map((url) => serviceOf(url, program));
  if (nodeServices.length === 0 && !flags.cleanup)
    program.error('error: no server: pass --server https://host:6443');
  if (flags.tokenFile !== undefined && !existsSync(flags.tokenFile))
    program.error(`error: there is no ${flags.tokenFile}`);
  const token = flags.tokenFile !== undefined ? readFileSync(flags.tokenFile, 'utf8').trim() : flags.token;
  const nodeIp =
    flags.nodeIp ?? firstAddress() ?? program.error('error: this host has no address: pass --node-ip');
  return {
    nodeServices,
    ...(token ? { token } : {}),
    ...(flags.caFile !== undefined ? { caFile: flags.caFile } : {}),
    dataDir: flags.dataDir,
    runDir: flags.runDir,
    nodeName: flags.nodeName,
    nodeIp,
    cgroupRoot: flags.cgroupRoot,
    ...(flags.registries !== undefined ? { registries: flags.registries } : {}),
    ...(flags.runtime !== undefined ? { runtime: flags.runtime } : {}),
    clusterCidr: flags.clusterCidr,
    labels: flags.nodeLabels,
    taints: flags.registerWithTaints,
    maxPods: flags.maxPods,
    reserved: flags.systemReserved,
    ...(flags.metricsBindAddress.port > 0 ? { metricsAddress: flags.metricsBindAddress } : {}),
    logLevel: flags.logLevel,
    ...(flags.logFormat ? { logFormat: flags.logFormat } : {}),
    cleanup: flags.cleanup ?? false,
  };
}

function serviceOf(url: string, program: Command): string {
  try {
    return `${new URL(url).hostname}:${nodeServicePort}`;
  } catch {
    return program.error(`error: ${url} is not a URL such as https://host:6443`);
  }
}

function firstAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal)?.address;
}

export function parseLabels(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((pair) => {
        const equals = pair.indexOf('=');
        if (equals < 1) throw new InvalidArgumentError(`"${pair}" is not key=value`);
        return [pair.slice(0, equals), pair.slice(equals + 1)];
      }),
  );
}

export function parseTaints(text: string): V1Taint[] {
  return text
    .split(',')
    .filter(Boolean)
    .map((each) => {
      const match = /^([^=:]+)(?:=([^:]*))?:(NoSchedule|PreferNoSchedule|NoExecute)$/.exec(each);
      if (!match) throw new InvalidArgumentError(`"${each}" is not key[=value]:effect`);
      const [, key, value, effect] = match as unknown as [string, string, string | undefined, string];
      return { key, effect, ...(value !== undefined ? { value } : {}) };
    });
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('not a positive number');
  return count;
}

export function parseReserved(text: string): { cpuMilli: number; memoryBytes: number } {
  const { cpu = '0', memory = '0', ...rest } = parseLabels(text);
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new InvalidArgumentError(`"${unknown}" cannot be reserved`);
  try {
    return { cpuMilli: milliOf(cpu), memoryBytes: bytesOf(memory) };
  } catch {
    throw new InvalidArgumentError('not amounts such as cpu=500m,memory=1Gi');
  }
}
