import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Stored, V1Node, V1Pod } from '@gantry/api';
import { eventually, freePorts } from '@gantry/base/testing';
import { ApiClient } from './api-client.ts';
import { attempt, run, type CommandOptions, type CommandResult } from './command.ts';
import { containerPid, isAlive, leftovers } from './kernel.ts';
import { freeNetworks } from './networks.ts';
import { TestNamespace } from './test-namespace.ts';

const root = join(import.meta.dirname, '../..');
const prefix = 'e2e-';

export interface ClusterOptions {
  /** Default 2. */
  nodes?: number;
}

/**
 * A cluster of this host as `gantry up` makes it, with addresses and ports of its own so that it can live beside others. Images of busybox
 * are in its registry as `image` and `otherImage`.
 */
export class Cluster {
  /** Names the process that made it, so that a later run finds what one that was killed has left. */
  readonly name = `${prefix}${process.pid.toString(36)}-${randomBytes(2).toString('hex')}`;
  readonly data = `/var/lib/gantry-${this.name}`;
  readonly run = `/run/gantry-${this.name}`;
  readonly kubeconfig = join(this.data, 'admin.kubeconfig');
  readonly nodeCount: number;
  podCidr = '';
  serviceCidr = '';
  securePort = 0;
  nodeServicePort = 0;
  registryPort = 0;
  #api: ApiClient | undefined;
  readonly #home = join(tmpdir(), `gantry-${this.name}`);
  #flags: string[] = [];

  constructor(options: ClusterOptions = {}) {
    this.nodeCount = options.nodes ?? 2;
  }

  get image(): string {
    return `127.0.0.1:${this.registryPort}/busybox:1`;
  }
  /** The same files under another name. */
  get otherImage(): string {
    return `127.0.0.1:${this.registryPort}/busybox:2`;
  }
  get api(): ApiClient {
    return (this.#api ??= ApiClient.fromKubeconfig(this.kubeconfig));
  }

  async start(): Promise<void> {
    await sweepDeadRuns();
    mkdirSync(this.#home, { mode: 0o700 });
    const [securePort, nodeServicePort, registryPort] = await freePorts(3);
    this.securePort = securePort!;
    this.nodeServicePort = nodeServicePort!;
    this.registryPort = registryPort!;
    const networks = await freeNetworks();
    this.podCidr = networks.pods;
    this.serviceCidr = networks.services;
    this.#flags = [
      `--nodes=${this.nodeCount}`,
      `--secure-port=${securePort}`,
      `--node-service-port=${nodeServicePort}`,
      `--registry-port=${registryPort}`,
      `--cluster-cidr=${networks.pods}`,
      `--service-cluster-ip-range=${networks.services}`,
    ];
    try {
      await this.up();
      await this.#pushImages();
    } catch (error) {
      const said = this.lastWords();
      await this.#down().catch(() => undefined);
      throw new Error(`${(error as Error).message}\n${said}`, { cause: error });
    }
  }

  /** `gantry up`: starts what does not run. */
  async up(): Promise<void> {
    await gantry(['up', '--name', this.name, ...this.#flags]);
  }

  /** Stops the cluster, its data too. Rejects when the kernel still has something of it. */
  async stop(): Promise<void> {
    rmSync(this.#home, { recursive: true, force: true });
    await this.#down();
    const left = await leftovers(this);
    if (left.length > 0) throw new Error(`left after gantry down:\n${left.join('\n')}`);
    if (existsSync(this.data)) throw new Error(`gantry down --purge has left ${this.data}`);
  }

  async #down(): Promise<void> {
    await gantry(['down', '--name', this.name, '--purge']);
  }

  async #pushImages(): Promise<void> {
    await run('bash', [join(root, 'tools/busybox-root.sh'), join(this.#home, 'root')]);
    for (const image of [this.image, this.otherImage]) await this.pushImage(image);
  }

  /** Pushes the image of busybox under another name. */
  async pushImage(reference: string): Promise<void> {
    await gantry(['image', 'push', '--from', join(this.#home, 'root'), reference]);
  }

  /** kubectl's standard output; an exit code other than 0 rejects with what it said. */
  async kubectl(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return (await run('kubectl', args, this.#asAdmin(options))).stdout;
  }

  /** What kubectl does with this, whatever its exit code. */
  tryKubectl(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return attempt('kubectl', args, this.#asAdmin(options));
  }

  /** Etcd's own client, as the API server speaks to it. */
  async etcdctl(args: readonly string[]): Promise<string> {
    const plan = JSON.parse(readFileSync(join(this.data, 'cluster.json'), 'utf8')) as { etcdPort: number };
    const commandLine = readFileSync(`/proc/${this.pid('server')}/cmdline`, 'utf8').split('\0');
    const flag = (name: string) =>
      commandLine.find((each) => each.startsWith(`--${name}=`))?.slice(name.length + 3) ?? '';
    const { stdout } = await run(
      'etcdctl',
      [
        `--endpoints=https://127.0.0.1:${plan.etcdPort}`,
        `--cacert=${flag('etcd-cafile')}`,
        `--cert=${flag('etcd-certfile')}`,
        `--key=${flag('etcd-keyfile')}`,
        ...args,
      ],
      { env: { ...process.env, ETCDCTL_API: '3' } },
    );
    return stdout;
  }

  /** Our own command line against this cluster. */
  async gantry(args: readonly string[], options: CommandOptions = {}): Promise<string> {
    return (await gantry(args, this.#asAdmin(options))).stdout;
  }

  #asAdmin(options: CommandOptions): CommandOptions {
    return { ...options, env: { ...this.environment, ...options.env } };
  }

  /** What a client of this cluster needs in its environment. */
  get environment(): NodeJS.ProcessEnv {
    // A cache of discovery of its own: other clusters may have had this port before.
    const home = { HOME: this.#home, KUBECACHEDIR: join(this.#home, 'cache') };
    return { ...process.env, ...home, KUBECONFIG: this.kubeconfig };
  }

  /** A namespace of the test's own, with the default service account in it. Deleted in the background when disposed. */
  namespace(): Promise<TestNamespace> {
    return TestNamespace.create(this);
  }

  /** The pid of one of the cluster's processes: etcd, server, registry, node-1 … */
  pid(process: string): number {
    const [pid] = readFileSync(join(this.run, `${process}.pid`), 'utf8').split(' ');
    return Number(pid);
  }

  async nodes(): Promise<Stored<V1Node>[]> {
    return (await this.api.json<{ items: Stored<V1Node>[] }>('/api/v1/nodes')).items;
  }

  async nodeAddress(name: string): Promise<string> {
    const node = await this.api.json<V1Node>(`/api/v1/nodes/${name}`);
    return node.status!.addresses!.find((each) => each.type === 'InternalIP')!.address;
  }

  /** Ready as the API tells it. */
  async isReady(name: string): Promise<boolean> {
    const node = await this.api.json<V1Node>(`/api/v1/nodes/${name}`);
    return node.status?.conditions?.some((each) => each.type === 'Ready' && each.status === 'True') ?? false;
  }

  /** Path of a node's network namespace. */
  networkNamespace(node: string): string {
    return `/run/netns/gantry-${this.name}-${node}`;
  }

  /** The host's pids of a pod's containers, by the containers' names. */
  pidsOf(pod: V1Pod): Record<string, number> {
    const statuses = pod.status?.containerStatuses ?? [];
    return Object.fromEntries(
      statuses.map(({ name, containerID }) => [name, containerPid(this.name, containerID ?? 'none')]),
    );
  }

  /** The ends of the logs of the control plane and the nodes, for the message about a failure. */
  lastWords(lines = 6): string {
    const folder = join(this.data, 'logs');
    if (!existsSync(folder)) return `no logs in ${folder}`;
    return readdirSync(folder)
      .filter((file) => !file.startsWith('registry'))
      .map((file) => {
        const last = readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').slice(-lines);
        return `--- ${file}\n${last.map((line) => line.slice(0, 500)).join('\n')}`;
      })
      .join('\n');
  }
}

/** A cluster for the tests of a file: starts before them and is gone after them; what a failed test leaves in the logs is shown. */
export function useCluster(options: ClusterOptions = {}): Cluster {
  const cluster = new Cluster(options);
  beforeAll(() => cluster.start());
  afterAll(() => cluster.stop());
  afterEach(({ task }) => {
    if (task.result?.state === 'fail') console.error(`after "${task.name}":\n${cluster.lastWords()}`);
  });
  return cluster;
}

export async function gantry(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  return run(join(root, 'gantry'), args, options);
}

/** Reads a file of the repository. */
export function repositoryFile(...path: string[]): string {
  return readFileSync(join(root, ...path), 'utf8');
}

/** Removes the clusters and folders of runs that were killed before they could. */
async function sweepDeadRuns(): Promise<void> {
  const dead = (folder: string) =>
    readdirSync(folder).flatMap((entry) => {
      const match = /^gantry-(e2e-([0-9a-z]+)-[0-9a-f]{4})$/.exec(entry);
      return match && !isAlive(parseInt(match[2]!, 36)) ? [match[1]!] : [];
    });
  // Another run may be sweeping, too: what is not removed by one is by the next.
  for (const name of dead('/var/lib'))
    await gantry(['down', '--name', name, '--purge']).catch((error: Error) => console.error(error.message));
  for (const name of dead(tmpdir()))
    rmSync(join(tmpdir(), `gantry-${name}`), { recursive: true, force: true });
}

/** The answer's body. Rejects unless it comes in time with 200. */
export async function fetchText(url: string, timeoutMs = 10_000): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.text();
}

export { eventually };
