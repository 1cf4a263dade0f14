import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { messageOf, silentLogger, systemClock } from '@gantry/base';
import { linuxHost } from '@gantry/host';
import { createTopology, type Topology } from '@gantry/network';
import {
  formatJoinToken,
  newBootstrapToken,
  openClusterPki,
  publicKeyHash,
  type ClusterPki,
  type JoinToken,
} from '@gantry/pki';
import { watchEvents, type Connection } from '@gantry/client';
import type { Stored, V1Node } from '@gantry/api';
import { parse, stringify } from 'yaml';
import { connect } from '../connect.ts';
import { bootstrapTokenSecret } from './bootstrap-token.ts';
import { agentCommand, etcdCommand, registryCommand, serverCommand } from './commands.ts';
import { processNames, type ClusterLayout, type ClusterPlan } from './layout.ts';
import { lockCluster } from './lock.ts';
import { clusterMark, lastLines, runningProcess, startProcess, stopProcess } from './processes.ts';
import { requirePrograms, withSystemFolders } from './programs.ts';
import type { Progress } from './progress.ts';

/**
 * Starts a cluster on this host, or what of it does not run: etcd, a registry, the control plane in one process, and an agent per node in a
 * network namespace of its own. Returns when all nodes are Ready.
 */
export async function up(layout: ClusterLayout, plan: ClusterPlan, progress: Progress): Promise<void> {
  if (process.getuid?.() !== 0)
    throw new Error('a cluster on this host needs root (namespaces, mounts, cgroups): run it with sudo');
  requirePrograms([
    'etcd',
    'runc',
    'conmon',
    'nft',
    'ip',
    'nsenter',
    ...(plan.registryPort === undefined ? [] : ['docker-registry']),
  ]);
  using _lock = lockCluster(layout);
  await choosePorts(layout, plan);
  layout.makeFolders();
  layout.writePlan(plan);

  const { topology, pki, token } = await progress.step('network and certificates', async () => {
    const made = await createTopology({
      name: layout.name,
      nodes: plan.nodes,
      host: linuxHost,
      log: silentLogger,
      serviceCidr: plan.serviceCidr,
    });
    const certificates = await openClusterPki(layout.pki, {
      sans: [made.bridgeAddress],
      serviceAddress: firstAddress(plan.serviceCidr),
    }).catch((error: unknown) => {
      throw new Error(
        `the certificates in ${layout.pki} cannot be used: ${messageOf(error)}. Without them: gantry down --name ${layout.name} --purge, which removes all data`,
        { cause: error },
      );
    });
    return {
      topology: made,
      pki: certificates,
      token: { ...newBootstrapToken(), caHash: publicKeyHash(certificates.ca.certificate) },
    };
  });
  const beganMs = systemClock.now();
  const serverRan = runningProcess(layout.pidFile('server')) !== undefined;
  await progress.step('processes', () => startControlPlane(layout, plan, topology, pki));
  const connection = await progress.step('API server', async () => {
    const connected = await untilServing(layout, plan);
    for (const name of processNames(plan).slice(plan.nodes)) stillRuns(layout, name);
    await connected.request({
      method: 'POST',
      path: '/api/v1/namespaces/kube-system/secrets',
      body: bootstrapTokenSecret(token, 3600_000),
    });
    return connected;
  });
  try {
    await progress.step(`${plan.nodes} nodes`, async (say) => {
      // Not before the server knows the token: an agent whose token is refused gives up.
      const started = await startAgents(layout, plan, topology, token);
      // What was said of a node before its agent, or the server it is connected with, was started counts for nothing.
      const isFresh = (node: Stored<V1Node>) =>
        (serverRan && !started.has(node.metadata.name)) || heardSince(node, beganMs);
      await untilReady(connection, layout, plan, topology, isFresh, say);
    });
  } finally {
    await connection.close();
  }
}

/** Starts a process of the cluster under the name that its pid and log files have. */
function start(layout: ClusterLayout, name: string, command: [string, ...string[]], folder = '/') {
  return startProcess({
    command,
    folder,
    pidFile: layout.pidFile(name),
    logFile: layout.logFile(name),
    env: processEnvironment(layout),
  });
}

async function startControlPlane(
  layout: ClusterLayout,
  plan: ClusterPlan,
  topology: Topology,
  pki: ClusterPki,
): Promise<void> {
  // Left behind by a kill; etcd does not take it over.
  if (!runningProcess(layout.pidFile('etcd'))) rmSync(layout.etcdSocket, { force: true });
  await start(layout, 'etcd', etcdCommand(layout, plan, pki), dirname(layout.etcdSocket));
  await start(layout, 'server', serverCommand(layout, plan, pki, topology.bridgeAddress));
  if (plan.registryPort !== undefined) {
    await start(layout, 'registry', registryCommand(layout, '127.0.0.1', plan.registryPort, false));
    await start(
      layout,
      'registry-nodes',
      registryCommand(layout, topology.bridgeAddress, plan.registryPort, true),
    );
  } else for (const name of ['registry-nodes', 'registry']) await stopProcess(layout.pidFile(name));
}

/** Starts the agents that do not run, and tells which those were. */
async function startAgents(
  layout: ClusterLayout,
  plan: ClusterPlan,
  topology: Topology,
  token: JoinToken,
): Promise<Set<string>> {
  const started = new Set<string>();
  const registries = writeRegistries(layout, plan, topology.bridgeAddress);
  // Command lines are for everybody to read; this file is not.
  const tokenFile = join(layout.run, 'join-token');
  writeFileSync(tokenFile, formatJoinToken(token), { mode: 0o600 });
  for (const [index, node] of topology.nodes.slice(0, plan.nodes).entries()) {
    const name = layout.nodeName(index);
    if (!runningProcess(layout.pidFile(name))) started.add(name);
    await start(
      layout,
      name,
      agentCommand(layout, plan, index, {
        namespace: node.networkNamespace,
        address: node.address,
        server: topology.bridgeAddress,
        tokenFile,
        registries,
      }),
    );
  }
  return started;
}

/** What the processes get of this one's environment: enough to find programs, nothing that steers Node. */
function processEnvironment(layout: ClusterLayout): NodeJS.ProcessEnv {
  return {
    PATH: withSystemFolders(process.env['PATH']),
    HOME: process.env['HOME'] ?? '/root',
    [clusterMark]: layout.run,
    // Threads of V8 and libuv allocate little and seldom: with an arena each, most of it is never given back.
    MALLOC_ARENA_MAX: '2',
    NODE_COMPILE_CACHE: join(process.env['XDG_CACHE_HOME'] ?? '/var/cache', 'gantry', 'compile'),
  };
}

function firstAddress(cidr: string): string {
  const [address = ''] = cidr.split('/');
  const parts = address.split('.').map(Number);
  parts[3] = (parts[3] ?? 0) + 1;
  return parts.join('.');
}

/** The agents' registries.yaml: the person's own, and the rule that leads 127.0.0.1:<port> to the host's registry. */
function writeRegistries(layout: ClusterLayout, plan: ClusterPlan, bridgeAddress: string): string {
  const own =
    plan.registries === undefined
      ? {}
      : (parse(readFileSync(plan.registries, 'utf8')) as { mirrors?: object } | null);
  const mirrors =
    plan.registryPort === undefined
      ? {}
      : Object.fromEntries(
          ['127.0.0.1', 'localhost'].map((host) => [
            `${host}:${plan.registryPort}`,
            { endpoint: [`http://${bridgeAddress}:${plan.registryPort}`] },
          ]),
        );
  const file = layout.registriesFile;
  writeFileSync(file, stringify({ ...own, mirrors: { ...mirrors, ...own?.mirrors } }), { mode: 0o600 });
  return file;
}

/** Ports that people use must be free or ours; those only we use move out of the way. */
async function choosePorts(layout: ClusterLayout, plan: ClusterPlan): Promise<void> {
  const wanted = [
    { process: 'server', port: plan.securePort, host: '0.0.0.0', flag: '--secure-port' },
    { process: 'server', port: plan.nodeServicePort, host: '0.0.0.0', flag: '--node-service-port' },
    ...(plan.registryPort === undefined
      ? []
      : [
          {
            process: 'registry',
            port: plan.registryPort,
            host: '127.0.0.1',
            flag: '--registry-port (or --no-registry)',
          },
        ]),
  ];
  for (const { process: name, port, flag, host } of wanted)
    if (!runningProcess(layout.pidFile(name)) && !(await isFree(port, host)))
      throw new Error(`port ${port} is in use by another program: stop it, or choose another with ${flag}`);
  if (runningProcess(layout.pidFile('etcd'))) return;
  plan.etcdPort = await nextFree(plan.etcdPort);
  plan.etcdPeerPort = await nextFree(Math.max(plan.etcdPeerPort, plan.etcdPort + 1));
}

async function nextFree(port: number): Promise<number> {
  while (!(await isFree(port))) port++;
  return port;
}

function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

/** Waits for the kubeconfig, which the server writes, and for /readyz; a server that ends meanwhile is an error with its last words. */
async function untilServing(layout: ClusterLayout, plan: ClusterPlan): Promise<Connection> {
  const deadlineMs = systemClock.monotonicMs() + 60_000;
  let problem = 'it has not started';
  let connection: Connection | undefined;
  while (systemClock.monotonicMs() < deadlineMs) {
    stillRuns(layout, 'etcd');
    stillRuns(layout, 'server');
    try {
      if (existsSync(layout.kubeconfig)) {
        connection ??= await connect({
          kubeconfig: layout.kubeconfig,
          server: `https://127.0.0.1:${plan.securePort}`,
        });
        await connection.request({ path: '/readyz', accept: '*/*' });
        return connection;
      }
    } catch (error) {
      problem = messageOf(error);
    }
    await systemClock.sleep(20);
  }
  throw new Error(
    `the API server is not ready after a minute: ${problem}. Its log: ${layout.logFile('server')}`,
  );
}

function stillRuns(layout: ClusterLayout, name: string): void {
  if (!runningProcess(layout.pidFile(name)))
    throw new Error(
      `${name} ended. The last it said (${layout.logFile(name)}):\n${lastLines(layout.logFile(name))}`,
    );
}

const isReady = (node: V1Node) =>
  node.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;

/** Heartbeats have whole seconds. */
export function heardSince(node: V1Node, epochMs: number): boolean {
  const ready = node.status?.conditions?.find((each) => each.type === 'Ready');
  return Date.parse(ready?.lastHeartbeatTime ?? '') >= Math.floor(epochMs / 1000) * 1000;
}

/** Watches the nodes until all are Ready, telling the host the way to their pods. */
async function untilReady(
  connection: Connection,
  layout: ClusterLayout,
  plan: ClusterPlan,
  topology: Topology,
  isFresh: (node: Stored<V1Node>) => boolean,
  say: (detail: string) => void,
) {
  const wanted = new Map(
    topology.nodes.slice(0, plan.nodes).map((node, index) => [layout.nodeName(index), node]),
  );
  const beganMs = systemClock.monotonicMs();
  const ready = new Map<string, Stored<V1Node>>();
  const look = (node: Stored<V1Node>) => {
    if (wanted.has(node.metadata.name) && isReady(node) && isFresh(node)) ready.set(node.metadata.name, node);
    else ready.delete(node.metadata.name);
    say(`${ready.size} of ${plan.nodes} ready`);
    return ready.size === wanted.size;
  };
  const stop = new AbortController();
  // A node that fails to come says so in its log; nobody should wait longer than this for it.
  using _watchdog = systemClock.after(60_000, () => stop.abort(new Error('timeout')));
  try {
    for await (const { type, object } of watchEvents<Stored<V1Node>>(connection, {
      path: '/api/v1/nodes?watch=1',
      signal: stop.signal,
    }))
      if (type !== 'BOOKMARK' && type !== 'DELETED' && look(object)) break;
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  }
  if (ready.size < wanted.size) {
    const [missing = ''] = [...wanted.keys()].filter((name) => !ready.has(name));
    stillRuns(layout, missing);
    const seconds = Math.round((systemClock.monotonicMs() - beganMs) / 1000);
    throw new Error(
      `${missing} is not Ready after ${seconds} s. The last it said (${layout.logFile(missing)}):\n${lastLines(layout.logFile(missing))}`,
    );
  }
  await topology.setPodRoutes(
    [...ready.values()].flatMap((node) =>
      node.spec.podCIDR
        ? [{ podCidr: node.spec.podCIDR, address: wanted.get(node.metadata.name)!.address }]
        : [],
    ),
  );
}
