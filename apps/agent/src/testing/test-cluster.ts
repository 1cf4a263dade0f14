import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createMetrics, isStatus, seededRandom, silentLogger, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type KubeObject, type Stored, type V1Pod } from '@gantry/api';
import { linuxHost } from '@gantry/host';
import { imageFromDirectory, pushImage } from '@gantry/image';
import { busyboxPath, busyboxRoot, startRegistry, type TestRegistry } from '@gantry/image/testing';
import { bootstrapTokenVerifier, NodeLinkServer, type NodeStream, type StreamRequest } from '@gantry/link';
import { createTopology, type Topology } from '@gantry/network';
import { Authority, createAuthority, formatJoinToken, publicKeyHash } from '@gantry/pki';
import { MemoryState, RegistryState, type State } from '@gantry/state';

const token = { id: 'abcdef', secret: '0123456789abcdef' };
export const podCidr = '10.42.7.0/24';

/**
 * One node as in `gantry up`: the agent's app as a process in a network namespace of its own, with real containers; and in this process
 * what it talks to: the node service over a State in memory, and a registry. Dispose it: nothing of it is left.
 */
export class TestCluster implements AsyncDisposable {
  readonly nodeName = 'node-1';
  readonly image: string;
  readonly state: State;
  readonly server: NodeLinkServer;
  readonly folder: string;
  readonly #id: string;
  readonly #topology: Topology;
  readonly #registry: TestRegistry;
  readonly #serverAddress: string;
  readonly #caHash: string;
  readonly #stop: AbortController;
  readonly #running: Promise<void>;
  #agent: ChildProcess | undefined;

  private constructor(parts: {
    id: string;
    folder: string;
    topology: Topology;
    registry: TestRegistry;
    image: string;
    state: State;
    server: NodeLinkServer;
    serverAddress: string;
    caHash: string;
    stop: AbortController;
    running: Promise<void>;
  }) {
    this.#id = parts.id;
    this.folder = parts.folder;
    this.#topology = parts.topology;
    this.#registry = parts.registry;
    this.image = parts.image;
    this.state = parts.state;
    this.server = parts.server;
    this.#serverAddress = parts.serverAddress;
    this.#caHash = parts.caHash;
    this.#stop = parts.stop;
    this.#running = parts.running;
  }

  static async start(): Promise<TestCluster> {
    const id = randomBytes(2).toString('hex');
    const folder = mkdtempSync(join(tmpdir(), 'gantry-node-'));
    const topology = await createTopology({ name: `t${id}`, nodes: 1, host: linuxHost, log: silentLogger });
    const registry = await startRegistry({ address: topology.bridgeAddress });
    const image = `${registry.host}/busybox:1`;
    const registries = { mirrors: { [registry.host]: { endpoint: [registry.url] } }, configs: {} };
    writeFileSync(join(folder, 'registries.yaml'), JSON.stringify(registries));
    const root = busyboxRoot();
    try {
      await using built = await imageFromDirectory({
        directory: root,
        reference: image,
        config: { Env: [busyboxPath], Cmd: ['sh'] },
      });
      await pushImage({ image: built, registries } as never);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }

    const clock = systemClock;
    const state = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) } as never);
    for (const name of ['default', 'kube-system', 'kube-node-lease'])
      await state.create(kinds.namespace, { metadata: { name } } as never).catch(() => undefined);
    const value = (text: string) => Buffer.from(text).toString('base64');
    await state.create(kinds.secret, {
      metadata: { namespace: 'kube-system', name: `bootstrap-token-${token.id}` },
      type: 'bootstrap.kubernetes.io/token',
      data: {
        'token-id': value(token.id),
        'token-secret': value(token.secret),
        'usage-bootstrap-authentication': value('true'),
      },
    });
    const ca = new Authority(await createAuthority('kubernetes', Date.now()), Date.now);
    const serving = await ca.issue({
      commonName: 'kube-apiserver',
      usages: ['server'],
      dnsNames: ['kubernetes'],
    });
    const server = new NodeLinkServer({
      state,
      signer: ca,
      verifyToken: bootstrapTokenVerifier(state, clock),
      clusterInfo: {
        serverVersion: 'test',
        clusterCidr: '10.42.0.0/16',
        serviceCidr: '10.43.0.0/16',
        clusterDomain: 'cluster.local',
      },
      clock,
      log: silentLogger,
      metrics: createMetrics({ processMetrics: false }),
      random: seededRandom(2),
    });
    const stop = new AbortController();
    const running = server.run(stop.signal);
    const { port } = await server.listen({
      address: topology.bridgeAddress,
      port: 0,
      tls: { ca: ca.certificate, ...serving },
    });
    // What the node IPAM controller does.
    state.watch(kinds.node, {}, (event) => {
      if (event.type !== 'added' && event.type !== 'init') return;
      const node = structuredClone(event.entry.object);
      if (node.spec.podCIDR) return;
      node.spec = { ...node.spec, podCIDR: podCidr, podCIDRs: [podCidr] };
      delete (node.metadata as { resourceVersion?: string }).resourceVersion;
      queueMicrotask(() => void state.update(kinds.node, node).catch(() => undefined));
    });
    return new TestCluster({
      ...{ id, folder, topology, registry, image, state, server, stop, running },
      serverAddress: `${topology.bridgeAddress}:${port}`,
      caHash: publicKeyHash(ca.certificate),
    });
  }

  get logFile(): string {
    return join(this.folder, 'agent.log');
  }

  get nodeIp(): string {
    return this.#topology.nodes[0]!.address;
  }

  get #flags(): string[] {
    return [
      `--node-service=${this.#serverAddress}`,
      `--data-dir=${join(this.folder, 'data')}`,
      `--run-dir=/run/gantry-t${this.#id}`,
      `--node-name=${this.nodeName}`,
      `--node-ip=${this.nodeIp}`,
      `--cgroup-root=/gantry-t${this.#id}`,
      `--registries=${join(this.folder, 'registries.yaml')}`,
      '--metrics-bind-address=127.0.0.1:10250',
      '--log-level=debug',
      '--log-format=json',
    ];
  }

  #spawn(...more: string[]): ChildProcess {
    const main = fileURLToPath(new URL('../main.ts', import.meta.url));
    const log = openSync(this.logFile, 'a');
    const node = this.#topology.nodes[0]!;
    const child = spawn(
      'nsenter',
      [`--net=${node.networkNamespace}`, process.execPath, main, ...this.#flags, ...more],
      {
        stdio: ['ignore', log, log],
        cwd: fileURLToPath(new URL('../../../..', import.meta.url)),
      },
    );
    closeSync(log);
    return child;
  }

  /** Starts the agent, the first time with a token; resolves when its node is Ready. */
  async startAgent(): Promise<void> {
    const first = !existsSync(join(this.folder, 'data', 'pki', 'node.crt'));
    const beganMs = Date.now();
    this.#agent = this.#spawn(
      ...(first ? [`--token=${formatJoinToken({ ...token, caHash: this.#caHash })}`] : []),
    );
    await eventually(
      async () => {
        if (this.#agent!.exitCode !== null) throw new Error(`the agent ended: ${this.lastLog()}`);
        const { status } = (await this.state.get(kinds.node, { name: this.nodeName })).object;
        const ready = status?.conditions?.find(({ type }) => type === 'Ready');
        return (
          this.server.connected(this.nodeName) &&
          ready?.status === 'True' &&
          Date.parse(ready.lastHeartbeatTime ?? '') >= beganMs - 1000
        );
      },
      { what: 'a Ready node' },
    );
  }

  lastLog(): string {
    return readFileSync(this.logFile, 'utf8').slice(-4_000);
  }

  async stopAgent(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const agent = this.#agent;
    if (!agent || agent.exitCode !== null || agent.signalCode !== null) return;
    const ended = once(agent, 'exit');
    agent.kill(signal);
    await ended;
  }

  /** Runs in the node's network namespace. */
  inNode(program: string, ...args: string[]) {
    return linuxHost.run(
      'nsenter',
      [`--net=${this.#topology.nodes[0]!.networkNamespace}`, program, ...args],
      { timeoutMs: 60_000 },
    );
  }

  pod(name: string, spec: Partial<V1Pod['spec']> & { command?: string[] } = {}): V1Pod {
    const { command = ['sleep', '3600'], ...rest } = spec;
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { namespace: 'default', name },
      spec: {
        nodeName: this.nodeName,
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'main', image: this.image, command }],
        ...rest,
      },
    };
  }

  async create<T extends KubeObject>(pod: T): Promise<Stored<V1Pod>> {
    return (await this.state.create(kinds.pod, pod as unknown as V1Pod)).object;
  }

  async get(name: string): Promise<Stored<V1Pod> | undefined> {
    try {
      return (await this.state.get(kinds.pod, { namespace: 'default', name })).object;
    } catch (error) {
      if (isStatus(error, 'NotFound')) return undefined;
      throw error;
    }
  }

  /** The pod as soon as it is as the predicate says. */
  async until(
    name: string,
    what: string,
    holds: (pod: Stored<V1Pod>) => boolean,
    timeoutMs = 60_000,
  ): Promise<Stored<V1Pod>> {
    let last: Stored<V1Pod> | undefined;
    try {
      return await eventually(
        async () => {
          last = await this.get(name);
          return last && holds(last) ? last : undefined;
        },
        { timeoutMs, what: `pod ${name}: ${what}`, everyMs: 5 },
      );
    } catch (error) {
      throw new Error(
        `${(error as Error).message}\nstatus: ${JSON.stringify(last?.status)}\nlog: ${this.lastLog()}`,
      );
    }
  }

  running(name: string): Promise<Stored<V1Pod>> {
    return this.until(
      name,
      'Ready',
      ({ status }) =>
        status?.conditions?.some(({ type, status: ok }) => type === 'Ready' && ok === 'True') ?? false,
    );
  }

  async delete(name: string): Promise<void> {
    await this.state.delete(kinds.pod, { namespace: 'default', name });
    await eventually(async () => (await this.get(name)) === undefined, {
      what: `pod ${name} to be gone`,
      everyMs: 5,
    });
  }

  open(request: StreamRequest): Promise<NodeStream> {
    return this.server.open(this.nodeName, request, AbortSignal.timeout(60_000));
  }

  /** What a command in a container prints, and its exit code. */
  async exec(pod: Stored<V1Pod>, ...command: string[]): Promise<{ output: string; code: number }> {
    const stream = await this.open({
      exec: {
        target: { namespace: 'default', pod: pod.metadata.name, uid: pod.metadata.uid, container: '' },
        command,
        stdout: true,
        stderr: true,
      },
    });
    let output = '';
    let code = 0;
    for await (const { channel, data } of stream.incoming) {
      const text = Buffer.from(data).toString('utf8');
      if (channel === 1 || channel === 2) output += text;
      else if (channel === 3) {
        const status = JSON.parse(text) as {
          status: string;
          message?: string;
          details?: { causes: { message: string }[] };
        };
        if (status.status !== 'Success') code = Number(status.details?.causes[0]?.message ?? NaN);
      }
    }
    await stream[Symbol.asyncDispose]();
    return { output, code };
  }

  async logs(pod: Stored<V1Pod>, options: object = {}): Promise<string> {
    const stream = await this.open({
      logs: {
        target: { namespace: 'default', pod: pod.metadata.name, uid: pod.metadata.uid, container: 'main' },
        ...options,
      },
    });
    let text = '';
    for await (const { data } of stream.incoming) text += Buffer.from(data).toString('utf8');
    await stream[Symbol.asyncDispose]();
    return text;
  }

  async http(path: string): Promise<{ code: number; body: string }> {
    const stream = await this.open({ http: { method: 'GET', path } });
    let body = '';
    let code = 0;
    for await (const { channel, data } of stream.incoming)
      if (channel === 3) code = (JSON.parse(Buffer.from(data).toString('utf8')) as { code: number }).code;
      else body += Buffer.from(data).toString('utf8');
    await stream[Symbol.asyncDispose]();
    return { code, body };
  }

  /** Ends the agent and has it remove all of its node. */
  async cleanUp(): Promise<number> {
    await this.stopAgent('SIGKILL');
    const child = this.#spawn('--cleanup');
    const [code] = (await once(child, 'exit')) as [number];
    return code;
  }

  /** The cgroup of a pod that nobody knows, in each hierarchy that holds the node's. */
  makePodCgroup(qos: 'burstable' | 'besteffort', uid: string): { exists(): boolean } {
    const folders = readdirSync('/sys/fs/cgroup')
      .map((name) => `/sys/fs/cgroup/${name}`)
      .concat('/sys/fs/cgroup')
      .map((hierarchy) => `${hierarchy}/gantry-t${this.#id}/kubepods/${qos}`)
      .filter((parent) => existsSync(parent))
      .map((parent) => `${parent}/pod${uid}`);
    for (const each of folders) if (!existsSync(each)) mkdirSync(each);
    return { exists: () => folders.some((each) => existsSync(each)) };
  }

  /** Mounts, processes and cgroups that name this cluster. */
  leftovers(): string[] {
    const found = readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .filter((line) => line.includes(this.folder) || line.includes(`gantry-t${this.#id}`));
    for (const line of readFileSync('/proc/self/cgroup', 'utf8').split('\n')) {
      const controller = line.split(':')[1]?.split(',')[0];
      for (const path of [
        `/sys/fs/cgroup/${controller}/gantry-t${this.#id}`,
        `/sys/fs/cgroup/gantry-t${this.#id}`,
      ])
        if (existsSync(path)) found.push(path);
    }
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.cleanUp();
    this.#stop.abort();
    await this.#running;
    await this.#registry[Symbol.asyncDispose]();
    await this.#topology.destroy();
    rmSync(`/run/gantry-t${this.#id}`, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
