import { mkdirSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { aborted, messageOf, StatusError, type Logger } from '@gantry/base';
import {
  bytesOf,
  milliOf,
  nodeResources,
  type KubeObject,
  type V1Node,
  type V1Pod,
  type V1PodStatus,
} from '@gantry/api';
import {
  podReferences,
  type LinkHandlers,
  type NodeStream,
  type OpenStream,
  type Welcome,
} from '@gantry/link';
import { containerLabels } from './containers/container-labels.ts';
import { StorageGuard } from './eviction/storage-guard.ts';
import { Puller } from './images/puller.ts';
import { ImageCollector } from './images/image-collector.ts';
import {
  cadvisorMetrics,
  readUsage,
  resourceMetrics,
  statsSummary,
  type ContainerUsage,
} from './metrics/resource-usage.ts';
import { RuntimeMetrics, type PodCounts } from './metrics/runtime-metrics.ts';
import { removeOrphans } from './node/cleanup.ts';
import type { ResourceUsage } from '@gantry/runtime';
import { NodeNetwork } from './node/node-network.ts';
import {
  allocatableOf,
  nodeObject,
  nodeStatus,
  readCapacity,
  systemInfo,
  type NodeCapacity,
} from './node/node-status.ts';
import { NodeObjects } from './objects.ts';
import { resolveAgentOptions, type AgentOptions, type ResolvedAgentOptions } from './options.ts';
import { rejection, type Rejection } from './pods/admission.ts';
import type { PodEnvironment } from './pods/environment.ts';
import { PodRunner } from './pods/pod-runner.ts';
import { Records, type NodeRecord } from './records.ts';
import { NamespaceDialer } from './streams/netns-dial.ts';
import { StreamServer, type HttpAnswer } from './streams/stream-server.ts';
import { PodVolumes } from './volumes/pod-volumes.ts';

const heartbeatMs = 10_000;
const statusMs = 300_000;
/** The kubelet's hard eviction thresholds, at which it reports pressure. */
const leastMemoryBytes = 100 << 20;
const leastDiskShare = 0.1;

/**
 * The node: brings what the server wants of it together with what runs.
 *
 *     link ──pods──▶ PodRunner (one per pod) ──▶ images, volumes, network, runtime
 *       ▲                │        ▲
 *       └───── status ───┘        └── changes ── runtime
 */
export class Agent implements LinkHandlers {
  readonly #options: ResolvedAgentOptions;
  readonly #log: Logger;
  readonly #objects = new NodeObjects();
  readonly #runners = new Map<string, PodRunner>();
  readonly #records: Records;
  readonly #network: NodeNetwork;
  readonly #volumes: PodVolumes;
  readonly #env: PodEnvironment;
  readonly #streams: StreamServer;
  readonly #metrics: RuntimeMetrics;
  readonly #collector: ImageCollector;
  readonly #storage: StorageGuard;
  readonly #capacity: NodeCapacity;
  readonly #rates = new Map<string, { cpuNs: bigint; atMs: number }>();
  /** Pods told of since the session began, to know which of the recorded ones are gone. */
  readonly #told = new Set<string>();
  /** Pods brought to their end here whose objects are still on their way out. */
  readonly #finished = new Set<string>();
  #record: NodeRecord;
  #staleRoots: readonly string[] = [];
  #cleaned = false;
  #lastStatus = '';

  constructor(options: AgentOptions) {
    const all = (this.#options = resolveAgentOptions(options));
    this.#log = all.log.child({ component: 'node' });
    const { dataDir, runDir, clock, metrics, host, runtime, images } = all;
    for (const each of [dataDir, runDir]) mkdirSync(each, { recursive: true, mode: 0o711 });
    this.#records = new Records(dataDir);
    this.#record = this.#records.node() ?? { clusterDomain: 'cluster.local' };
    this.#metrics = new RuntimeMetrics(metrics, clock, all.nodeName, () => this.#countPods());
    this.#capacity = readCapacity(dataDir, all.maxPods, all.reserved);
    this.#volumes = new PodVolumes({
      diskDir: join(dataDir, 'pods'),
      memoryDir: join(runDir, 'pods'),
      host,
      source: this.#objects,
    });
    this.#network = new NodeNetwork({ ...all, objects: this.#objects });
    this.#collector = new ImageCollector({
      images,
      clock,
      log: this.#log,
      dataDir,
      inUse: () => this.#imagesInUse(),
    });
    this.#storage = new StorageGuard({ host, clock, log: this.#log, pods: () => this.#runners.values() });
    const secret = (namespace: string, name: string) => this.#objects.secret(namespace, name);
    this.#env = {
      nodeName: all.nodeName,
      nodeIp: all.nodeIp,
      cgroupRoot: all.cgroupRoot,
      logDir: join(dataDir, 'logs'),
      filesDir: join(dataDir, 'pod-files'),
      runtime,
      images,
      network: all.network,
      networkReady: this.#network.ready,
      volumes: this.#volumes,
      puller: new Puller({ images, clock, log: this.#log, metrics, secret, operations: this.#metrics }),
      source: this.#objects,
      names: () => this.#record,
      allocatable: allocatableOf(this.#capacity),
      host,
      clock,
      log: this.#log,
      metrics: this.#metrics,
      admit: (pod) => this.#admit(pod),
      sendStatus: (pod, status) => this.#sendStatus(pod, status),
      event: (pod, type, reason, message, fieldPath) => this.#event(pod, type, reason, message, fieldPath),
      gone: (pod, removed) => {
        this.#runners.delete(pod.metadata.uid!);
        this.#records.remove(pod.metadata.uid!);
        if (removed) return;
        this.#finished.add(pod.metadata.uid!);
        all.link.podTerminated(nameOfPod(pod));
      },
    };
    this.#streams = new StreamServer({
      runtime,
      clock,
      dialer: new NamespaceDialer(host.syscalls),
      pod: (uid) => this.#runners.get(uid),
      http: (path) => this.http(path),
    });
  }

  /** Runs until the signal aborts; containers go on afterwards. */
  async run(signal: AbortSignal): Promise<void> {
    const { runtime, images, cgroupRoot, link, clock } = this.#options;
    for (const each of ['', '/kubepods', '/kubepods/burstable', '/kubepods/besteffort'])
      await runtime.ensureCgroup(
        `${cgroupRoot}${each}`,
        each.endsWith('besteffort') ? { cpuRequestMilli: 2 } : {},
      );
    const containers = new Set(runtime.list().map(({ id }) => id));
    this.#staleRoots = (await images.roots()).filter((key) => !containers.has(key));
    for (const pod of this.#records.pods()) this.#begin(pod, true);
    if (this.#record.podCidr) this.#openNetwork(this.#record.podCidr);
    using _changes = runtime.onChange((container) =>
      this.#runners.get(container.labels[containerLabels.podUid] ?? '')?.observed(container),
    );
    let timer: Disposable | undefined;
    let beats = 0;
    const beat = () => {
      link.heartbeat();
      this.#sayStatus(++beats % (statusMs / heartbeatMs) === 0);
      this.#collector.look();
      void this.#storage.look();
      timer = clock.after(heartbeatMs, beat);
    };
    beat();
    try {
      await Promise.race([link.run(this, signal), aborted(signal)]);
    } finally {
      timer?.[Symbol.dispose]();
      for (const each of this.#runners.values()) each.release();
    }
  }

  /** What `/pods`, the metrics and tests see. */
  get pods(): ReadonlyMap<string, PodRunner> {
    return this.#runners;
  }

  // — what the server says —

  hello(): V1Node {
    this.#told.clear();
    return this.#ownNode();
  }

  #ownNode(): V1Node {
    const { nodeName, labels, taints } = this.#options;
    return nodeObject(nodeName, labels, taints, this.#status());
  }

  onWelcome(welcome: Welcome): void {
    const { podCidrs = [], clusterDomain, clusterDns } = welcome;
    this.#remember({
      ...this.#record,
      clusterDomain: clusterDomain || 'cluster.local',
      clusterDns: clusterDns || undefined,
    });
    if (podCidrs?.[0]) this.#openNetwork(podCidrs[0]);
  }

  onObject(resource: string, object: KubeObject): void {
    if (resource === 'pods') return this.#podChanged(object as V1Pod);
    this.#objects.set(resource, object);
    switch (resource) {
      case 'nodes': {
        const node = object as V1Node;
        if (node.metadata.name === this.#options.nodeName && node.spec?.podCIDR)
          this.#openNetwork(node.spec.podCIDR);
        if (node.metadata.name === this.#options.nodeName)
          for (const each of this.#runners.values()) each.nodeChanged();
        return this.#network.changed('routes');
      }
      case 'services':
      case 'endpointslices':
        return this.#network.changed('services');
      case 'configmaps':
      case 'secrets':
        return this.#configChanged(resource, object.metadata.namespace ?? '', object.metadata.name!);
    }
  }

  onGone(resource: string, name: { namespace: string; name: string; uid: string }): void {
    if (resource === 'pods') {
      this.#finished.delete(name.uid);
      return this.#runners.get(name.uid)?.remove();
    }
    this.#objects.delete(resource, name);
    if (resource === 'nodes') this.#network.changed('routes');
    else if (resource === 'services' || resource === 'endpointslices') this.#network.changed('services');
  }

  onSynced(): void {
    for (const [uid, runner] of this.#runners) if (!this.#told.has(uid)) runner.remove();
    this.#network.synced();
    if (this.#cleaned) return;
    this.#cleaned = true;
    const { runtime, images, dataDir, runDir, cgroupRoot } = this.#options;
    void removeOrphans({
      runtime,
      images,
      volumes: this.#volumes,
      cgroupRoot,
      volumeDirs: [join(dataDir, 'pods'), join(runDir, 'pods')],
      filesDir: this.#env.filesDir,
      logDir: this.#env.logDir,
      log: this.#log,
      staleRoots: this.#staleRoots,
      known: (uid) => this.#runners.has(uid),
    }).catch((error: unknown) => this.#log.warn('orphans could not be removed', { err: error }));
  }

  onOpenStream(request: OpenStream, accept: () => NodeStream): Promise<void> {
    return this.#streams.serve(request, accept);
  }

  /** The node's own endpoints, as the kubelet serves them. */
  async http(path: string): Promise<HttpAnswer> {
    const { runtime, network, metrics, nodeName, clock } = this.#options;
    const text = (body: string, type = 'text/plain; charset=utf-8'): HttpAnswer => ({
      code: 200,
      headers: { 'Content-Type': type },
      body,
    });
    const json = (body: unknown) => text(JSON.stringify(body), 'application/json');
    const prometheus = 'text/plain; version=0.0.4; charset=utf-8';
    const read = <S extends ResourceUsage>(look: (id: string) => Promise<S | undefined>) =>
      readUsage(this.#runners.values(), runtime, look, network.traffic(), limitsOf);
    const usage = () => read((id) => runtime.usage(id));
    switch (path.split('?')[0]) {
      case '/healthz':
        return text('ok');
      case '/metrics':
        return text(await metrics.metrics(), prometheus);
      case '/metrics/probes':
        return text(await this.#metrics.probes.metrics(), prometheus);
      case '/metrics/cadvisor':
        return text(
          cadvisorMetrics(await read((id) => runtime.stats(id)), this.#capacity.cpuMilli),
          prometheus,
        );
      case '/metrics/resource':
        return text(resourceMetrics(await usage()), prometheus);
      case '/stats/summary':
        return json(
          statsSummary(
            nodeName,
            clock.now() - process.uptime() * 1000,
            await usage(),
            clock.now(),
            (...args) => this.#rate(...args),
          ),
        );
      case '/pods':
        return json({
          kind: 'PodList',
          apiVersion: 'v1',
          metadata: {},
          items: [...this.#runners.values()].map(({ pod, status }) => ({
            ...pod,
            status: status ?? pod.status,
          })),
        });
      default:
        return {
          code: 404,
          headers: { 'Content-Type': 'text/plain; charset=utf-8' },
          body: '404 page not found\n',
        };
    }
  }

  #podChanged(pod: V1Pod): void {
    const uid = pod.metadata.uid!;
    this.#told.add(uid);
    if (this.#finished.has(uid)) return;
    const runner = this.#runners.get(uid);
    if (runner) return runner.update(pod);
    this.#begin(pod);
    this.#recordPod(pod);
  }

  #recordPod(pod: V1Pod): void {
    const uid = pod.metadata.uid!;
    void this.#records.write(pod).then(
      () => this.#runners.has(uid) || this.#records.remove(uid),
      (error: unknown) =>
        this.#log.warn('pod could not be recorded', { pod: pod.metadata.name, cause: messageOf(error) }),
    );
  }

  /** That a pod is over is recorded as well: a later run of the agent must not start it again before the server tells it. */
  #sendStatus(pod: V1Pod, status: V1PodStatus): void {
    if (status.phase === 'Succeeded' || status.phase === 'Failed') this.#recordPod({ ...pod, status });
    this.#options.link.sendPodStatus(nameOfPod(pod), status);
  }

  /** Labels, taints and extended resources are the server's to say, all other amounts this node's. */
  #admit(pod: V1Pod): Rejection | undefined {
    const { nodeName } = this.#options;
    const { metadata, spec, status } = this.#objects.node(nodeName) ?? this.#ownNode();
    const { cpuMilli, memoryBytes, ephemeralBytes } = this.#env.allocatable;
    const { extended } = nodeResources(status);
    const others = [...this.#runners.values()].filter(
      (each) => each.uid !== pod.metadata.uid && each.holdsResources,
    );
    return rejection(
      pod,
      {
        name: nodeName,
        labels: metadata.labels ?? {},
        taints: spec?.taints ?? [],
        resources: { cpuMilli, memoryBytes, ephemeralBytes, extended, pods: this.#capacity.maxPods },
      },
      others.map(({ holding }) => holding),
    );
  }

  #begin(pod: V1Pod, recorded = false): void {
    const uid = pod.metadata.uid!;
    const runner = new PodRunner(this.#env, pod, recorded);
    this.#runners.set(uid, runner);
    runner.adopt(
      this.#options.runtime.list().filter(({ labels }) => labels[containerLabels.podUid] === uid),
      this.#options.network.get(uid),
    );
  }

  #configChanged(resource: string, namespace: string, name: string): void {
    for (const runner of this.#runners.values())
      if (
        runner.pod.metadata.namespace === namespace &&
        podReferences(runner.pod).some((each) => each.resource === resource && each.name === name)
      )
        runner.configChanged();
  }

  #openNetwork(podCidr: string): void {
    if (this.#record.podCidr !== podCidr) this.#remember({ ...this.#record, podCidr });
    const known = () => {
      const ids = new Set(
        this.#options.runtime
          .list()
          .filter(({ state }) => state === 'running')
          .map(({ labels }) => labels[containerLabels.podUid] ?? ''),
      );
      for (const [uid, runner] of this.#runners) if (!runner.ended) ids.add(uid);
      return [...ids];
    };
    this.#network.open(podCidr, known, () => this.#sayStatus(true));
  }

  #remember(record: NodeRecord): void {
    if (JSON.stringify(record) === JSON.stringify(this.#record)) return;
    this.#record = record;
    this.#records.writeNode(record);
  }

  #status() {
    const { nodeName, nodeIp, version, runtime, dataDir, port, clock } = this.#options;
    const { blocks, bavail } = statfsSync(dataDir);
    const availableBytes =
      Number(/^MemAvailable:\s+(\d+)/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? 0) * 1024;
    const threads = Number(readFileSync('/proc/loadavg', 'utf8').split(/[ /]/)[4]);
    const pidMax = Number(readFileSync('/proc/sys/kernel/pid_max', 'utf8'));
    return nodeStatus({
      nodeName,
      nodeIp,
      capacity: this.#capacity,
      info: systemInfo(version, runtime.version),
      images: this.#collector.present.map(({ names, sizeBytes }) => ({ names, sizeBytes })),
      notReady: this.#network.problem,
      pressure: {
        memory: availableBytes < leastMemoryBytes,
        disk: bavail / blocks < leastDiskShare,
        pid: threads > pidMax * 0.9,
      },
      port,
      nowMs: clock.now(),
    });
  }

  /** Sends the node's status when it has changed in more than its times, or when told to. */
  #sayStatus(anyway: boolean): void {
    const status = this.#status();
    const text = JSON.stringify(status, (key, value: unknown) =>
      key === 'lastHeartbeatTime' || key === 'lastTransitionTime' ? undefined : value,
    );
    if (text === this.#lastStatus && !anyway) return;
    this.#lastStatus = text;
    this.#options.link.sendNodeStatus(status);
  }

  #event(pod: V1Pod, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void {
    const { namespace, name, uid } = pod.metadata;
    this.#options.link.event({
      type,
      reason,
      message,
      involvedObject: {
        kind: 'Pod',
        apiVersion: 'v1',
        ...(namespace ? { namespace } : {}),
        name: name!,
        uid: uid!,
        ...(fieldPath ? { fieldPath } : {}),
      },
    });
  }

  #imagesInUse(): Set<string> {
    return new Set(
      [...this.#runners.values()].flatMap(({ pod }) =>
        [...pod.spec!.containers, ...(pod.spec!.initContainers ?? [])].map(({ image }) => image ?? ''),
      ),
    );
  }

  #countPods(): PodCounts {
    let runningPods = 0;
    const containers = { created: 0, running: 0, exited: 0 };
    for (const runner of this.#runners.values()) {
      const states = runner.containers.flatMap(({ current }) => current?.state ?? []);
      for (const state of states) containers[state]++;
      if (states.includes('running')) runningPods++;
    }
    return { runningPods, containers };
  }

  #rate(key: string, cpuNs: bigint, atMs: number): number | undefined {
    const before = this.#rates.get(key);
    if (!before || atMs - before.atMs >= 1_000) this.#rates.set(key, { cpuNs, atMs });
    if (this.#rates.size > 10_000) this.#rates.clear();
    return before && atMs > before.atMs
      ? Math.max(0, Math.round(Number(cpuNs - before.cpuNs) / ((atMs - before.atMs) / 1000)))
      : undefined;
  }
}

function limitsOf(
  runner: PodRunner,
  name: string,
): Pick<ContainerUsage, 'cpuLimitMilli' | 'cpuRequestMilli' | 'memoryLimitBytes'> {
  const { limits, requests } = runner.containers.find(({ spec }) => spec.name === name)?.spec.resources ?? {};
  const cpu = (text: string | undefined) => (text === undefined ? 0 : milliOf(text));
  return {
    cpuLimitMilli: cpu(limits?.['cpu']),
    cpuRequestMilli: cpu(requests?.['cpu'] ?? limits?.['cpu']),
    memoryLimitBytes: limits?.['memory'] === undefined ? 0 : bytesOf(limits['memory']),
  };
}

function nameOfPod({ metadata }: V1Pod): { namespace: string; name: string; uid: string } {
  if (!metadata.name || !metadata.uid) throw StatusError.badRequest('a pod without a name');
  return { namespace: metadata.namespace ?? 'default', name: metadata.name, uid: metadata.uid };
}
