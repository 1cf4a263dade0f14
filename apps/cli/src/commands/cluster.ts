import { InvalidArgumentError, type Command } from 'commander';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { UsageError } from '@gantry/client';
import { ClusterLayout, processNames, type ClusterPlan } from '../cluster/layout.ts';
import { runningProcess } from '../cluster/processes.ts';
import { withSystemFolders } from '../cluster/programs.ts';
import { warn, write } from '../context.ts';

interface ClusterFlags {
  name: string;
  data?: string;
}

function named(command: Command): Command {
  return command
    .option('--name <name>', 'which cluster of this host', 'gantry')
    .option(
      '--data <folder>',
      'where it keeps its data (default: /var/lib/gantry, or /var/lib/gantry-<name>)',
    );
}

function layoutOf({ name, data }: ClusterFlags): ClusterLayout {
  if (!/^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?$/.test(name))
    throw new UsageError(
      `error: a cluster's name has at most 20 letters a-z, digits and dashes, not "${name}"`,
    );
  return new ClusterLayout(name, data);
}

function between(least: number, most: number) {
  return (text: string) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
    return number;
  };
}

interface UpFlags extends ClusterFlags {
  nodes?: number;
  securePort?: number;
  nodeServicePort?: number;
  registryPort?: number;
  registry: boolean;
  registries?: string;
  clusterCidr?: string;
  serviceClusterIpRange?: string;
  logLevel?: string;
}

/** What `up` shall make: what is asked for, what was chosen before, the usual. */
export function planFor(
  layout: ClusterLayout,
  flags: Omit<UpFlags, 'registry'> & { registry?: boolean | undefined },
  before: ClusterPlan | undefined,
): ClusterPlan {
  const registries = flags.registries ?? before?.registries;
  // A cluster that was started without a registry stays without until a port for one is named.
  const registryPort =
    flags.registry === false ? undefined : (flags.registryPort ?? (before ? before.registryPort : 5000));
  return {
    name: layout.name,
    data: layout.data,
    nodes: flags.nodes ?? before?.nodes ?? 2,
    securePort: flags.securePort ?? before?.securePort ?? 6443,
    nodeServicePort: flags.nodeServicePort ?? before?.nodeServicePort ?? 6444,
    etcdPort: before?.etcdPort ?? 23790,
    etcdPeerPort: before?.etcdPeerPort ?? 23791,
    ...(registryPort === undefined ? {} : { registryPort }),
    ...(registries === undefined ? {} : { registries: resolve(registries) }),
    clusterCidr: flags.clusterCidr ?? before?.clusterCidr ?? '10.42.0.0/16',
    serviceCidr: flags.serviceClusterIpRange ?? before?.serviceCidr ?? '10.43.0.0/16',
    logLevel: flags.logLevel ?? before?.logLevel ?? 'info',
  };
}

/** Nodes can be added to a cluster that runs; all else would need its processes to be started anew. */
export function refuseChanges(before: ClusterPlan, plan: ClusterPlan): void {
  const stop = 'stop it first: gantry down';
  if (before.nodes > plan.nodes)
    throw new UsageError(`error: the cluster runs with ${before.nodes} nodes, ${stop}, to make it smaller`);
  for (const [key, flag] of [
    ['securePort', '--secure-port'],
    ['nodeServicePort', '--node-service-port'],
    ['data', '--data'],
  ] as const)
    if (before[key] !== plan[key])
      throw new UsageError(`error: the cluster runs with ${flag} ${before[key]}, ${stop}, to change it`);
  if (
    before.registryPort !== undefined &&
    plan.registryPort !== undefined &&
    before.registryPort !== plan.registryPort
  )
    throw new UsageError(
      `error: the cluster runs with --registry-port ${before.registryPort}, ${stop}, to change it`,
    );
}

/** Nodes and Services have theirs from the first start on, and etcd remembers them. */
export function refuseOtherAddresses(before: ClusterPlan, plan: ClusterPlan): void {
  if (before.clusterCidr !== plan.clusterCidr || before.serviceCidr !== plan.serviceCidr)
    throw new UsageError(
      `error: this cluster's pods are in ${before.clusterCidr} and its Services in ${before.serviceCidr} for life: gantry down --purge begins anew`,
    );
}

/** What runs, as `-o json` tells it. */
function stateOf(layout: ClusterLayout) {
  const plan = layout.readPlan();
  const processes = plan
    ? processNames(plan).map((name) => ({
        name,
        pid: runningProcess(layout.pidFile(name))?.pid ?? null,
        log: layout.logFile(name),
      }))
    : [];
  const running = processes.length > 0 && processes.every((each) => each.pid !== null);
  return { name: layout.name, data: layout.data, kubeconfig: layout.kubeconfig, running, processes };
}

/** Whether `-o json` was said, which is all these commands know. */
export function asJson(output: string | undefined): boolean {
  if (output !== undefined && output !== 'json')
    throw new UsageError(`error: --output must be 'json', not "${output}"`);
  return output === 'json';
}

/** `up`, `down`, `status`, `kubeconfig`: a whole cluster on this host. */
export function clusterCommands(program: Command): void {
  named(program.command('up').description('start a cluster on this host, or what of it does not run'))
    .option(
      '--nodes <n>',
      'how many nodes, each in a network namespace of its own (default: 2)',
      between(1, 50),
    )
    .option('--secure-port <port>', "the API's port (default: 6443)", between(1, 65535))
    .option('--node-service-port <port>', 'the port agents connect to (default: 6444)', between(1, 65535))
    .option('--registry-port <port>', "the registry's port on 127.0.0.1 (default: 5000)", between(1, 65535))
    .option('--no-registry', 'start no registry')
    .option(
      '--registry-mirror, --registries <file>',
      'mirrors, plain-HTTP hosts and credentials for the nodes, as k3s has them in registries.yaml',
    )
    .option(
      '--cluster-cidr <cidr>',
      'addresses of all pods; another one for a second cluster on this host (default: 10.42.0.0/16)',
    )
    .option('--service-cluster-ip-range <cidr>', 'addresses of Services, likewise (default: 10.43.0.0/16)')
    .option('--log-level <levels>', 'by component, too: info,scheduler=debug (default: info)')
    .option('-o, --output <format>', 'json: tell on standard output what runs then')
    .action(async (flags: UpFlags & { output?: string }, command: Command) => {
      const json = asJson(flags.output);
      const layout = layoutOf(flags);
      const before = layout.readPlan();
      const running = before && processNames(before).some((name) => runningProcess(layout.pidFile(name)));
      const asked = {
        ...flags,
        registry: command.getOptionValueSource('registry') === 'cli' ? false : undefined,
      };
      const plan = planFor(layout, asked, before);
      if (before) refuseOtherAddresses(before, plan);
      if (running) refuseChanges(before, plan);
      if (plan.registries && !existsSync(plan.registries))
        throw new UsageError(`error: ${plan.registries} does not exist`);
      process.once('SIGINT', () => {
        warn(`\nStopped half-way: gantry up goes on from here, gantry down clears it away.`);
        process.exit(130);
      });
      process.env['PATH'] = withSystemFolders(process.env['PATH']);
      const { createProgress, up } = await import('../host.bundle.ts');
      const progress = await createProgress();
      await up(layout, plan, progress);
      if (json) return write(JSON.stringify(stateOf(layout), undefined, 2));
      warn(`\nThe cluster runs. Its kubeconfig: ${layout.kubeconfig}`);
      warn(`  export KUBECONFIG=${layout.kubeconfig}      then: gantry get nodes, or kubectl`);
      if (plan.registryPort !== undefined)
        warn(`  images: push to 127.0.0.1:${plan.registryPort}/…, every node pulls them from there`);
      warn(`  stop it: gantry down${layout.name === 'gantry' ? '' : ` --name ${layout.name}`}`);
    });

  named(program.command('down').description('stop the cluster on this host; its data stays for the next up'))
    .option('--purge', 'remove its data as well')
    .action(async (flags: ClusterFlags & { purge?: boolean }) => {
      process.env['PATH'] = withSystemFolders(process.env['PATH']);
      const { createProgress, down } = await import('../host.bundle.ts');
      await down(layoutOf(flags), { purge: flags.purge ?? false }, await createProgress());
    });

  named(
    program
      .command('status')
      .description('what runs of the cluster on this host; exit code 1 when something does not'),
  )
    .option('-o, --output <format>', 'json')
    .action((flags: ClusterFlags & { output?: string }) => {
      const layout = layoutOf(flags);
      const plan = layout.readPlan();
      const { running: healthy, processes } = stateOf(layout);
      if (asJson(flags.output)) write(JSON.stringify(stateOf(layout), undefined, 2));
      else if (!plan) write(`there is no cluster ${layout.name} on this host: gantry up starts one`);
      else
        for (const { name, pid } of processes)
          write(`${name.padEnd(16)}${pid === null ? 'stopped' : `running (pid ${pid})`}`);
      if (!healthy) process.exitCode = 1;
    });

  named(
    program.command('kubeconfig').description('print where the kubeconfig of the cluster on this host is'),
  ).action((flags: ClusterFlags) => {
    const layout = layoutOf(flags);
    if (!existsSync(layout.kubeconfig))
      throw new UsageError(`error: there is no cluster ${layout.name} on this host: gantry up starts one`);
    write(layout.kubeconfig);
  });
}
