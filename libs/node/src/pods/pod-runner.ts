import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Backoff, messageOf } from '@gantry/base';
import type { V1Pod, V1PodStatus } from '@gantry/api';
import type { Sandbox } from '@gantry/network';
import type { Container, ContainerMount } from '@gantry/runtime';
import { kernelHostname } from '../containers/container-config.ts';
import { newestAttempts } from '../containers/container-labels.ts';
import type { NodeFacts } from '../containers/fields.ts';
import { podCgroup, podCgroupResources } from '../containers/resources.ts';
import type { StorageExcess } from '../eviction/local-storage.ts';
import type { StoragePlaces, StoragePod } from '../eviction/storage-guard.ts';
import { missingTokens, VolumeProblem } from '../volumes/payload.ts';
import { holdingOf, type Holding } from './admission.ts';
import type { ContainerPod } from './container-pod.ts';
import { ContainerRunner } from './container-runner.ts';
import type { PodEnvironment } from './environment.ts';
import { graceLeftMs } from './grace.ts';
import { isLive, planPod, type Plan } from './plan.ts';
import { writePodFiles } from './pod-files.ts';
import { podStatus } from './pod-status.ts';
import { ProcessNamespace } from './process-namespace.ts';
import { sandboxOptions } from './sandbox-options.ts';

/** `status.reason` of a pod that used more of its node than it may. */
const evicted = 'Evicted';
/** A status that says no more than "being created" may wait so long for one that says more. */
const coalesceMs = 250;
/** How long news of the node are waited for that may let a pod in: the server tells of nodes and of pods independently. */
const nodeNewsMs = 1_000;
/** What the containers of a pod that used too much get to end by themselves (pkg/kubelet/eviction, immediateEvictionGracePeriodSeconds). */
const evictedGraceMs = 1_000;
/** For a pod whose object was removed without waiting for its node. */
const removedGraceMs = 2_000;

/**
 * One pod on this node, from the moment it is told of until nothing of it is left. Whatever happens (its object changes, a container
 * ends, a probe turns, a timer fires) leads to one look at everything: `planPod` says what to do, which is begun, and the status is
 * said if it has changed.
 */
export class PodRunner implements ContainerPod, StoragePod {
  readonly uid: string;
  readonly #env: PodEnvironment;
  readonly #containers: ContainerRunner[];
  readonly #retry = new Backoff({ initialMs: 500, maxMs: 120_000 });
  readonly #seenMs: number;
  readonly #beganAtMs: number;
  /** What it holds of the node while it `holdsResources`: nothing of this can change. */
  readonly holding: Holding;
  pod: V1Pod;
  #sandbox: Sandbox | undefined;
  #fileMounts: ContainerMount[] = [];
  #prepared = false;
  #preparing = false;
  #prepareAtMs = 0;
  #tornDown = false;
  #tearing = false;
  #removed = false;
  #done = false;
  #stopped = false;
  #over: 'Succeeded' | 'Failed' | undefined;
  #reason: string | undefined;
  #message: string | undefined;
  /** The node does not take it, so nothing of it ever runs here. */
  #rejected = false;
  /** Set while it waits for news of the node. */
  #admitting: Disposable | undefined;
  #scheduled = false;
  /** Since when its containers are being ended for good: they share the grace period. */
  #endingMs: number | undefined;
  #wake: Disposable | undefined;
  #hold: Disposable | undefined;
  #said: V1PodStatus | undefined;
  #saidText = '';
  readonly #processes: ProcessNamespace;
  #ranOnce = false;
  /** Taken over while running: nothing is said before all is known again. */
  #adopted = false;
  #recorded: boolean;

  /** `recorded`: the object is from our own record, and the server has not told of it yet. */
  constructor(env: PodEnvironment, pod: V1Pod, recorded = false) {
    this.#env = env;
    this.#recorded = recorded;
    this.pod = pod;
    this.uid = pod.metadata.uid!;
    this.holding = holdingOf(pod);
    this.#seenMs = env.clock.monotonicMs();
    this.#beganAtMs = env.clock.now();
    this.#resume();
    const { initContainers = [], containers } = pod.spec!;
    this.#containers = [
      ...initContainers.map(
        (each) => new ContainerRunner(env, this, each, each.restartPolicy === 'Always' ? 'sidecar' : 'init'),
      ),
      ...containers.map((each) => new ContainerRunner(env, this, each, 'app')),
    ];
    this.#processes = new ProcessNamespace(env.clock, () =>
      this.#containers.map((each) => ({
        name: each.spec.name,
        pid: each.current?.state === 'running' ? each.current.pid : undefined,
        starting: each.view().state === 'starting',
      })),
    );
  }

  /** Begins from what was last said of the pod, so that times and its end are not made up anew. */
  #resume(): void {
    const { status } = this.pod;
    this.#said = status;
    if (status?.phase !== 'Succeeded' && status?.phase !== 'Failed') return;
    this.#over = status.phase;
    this.#reason = status.reason;
    this.#message = status.message;
    this.#rejected = status.phase === 'Failed' && status.containerStatuses === undefined;
  }

  get sandbox(): Sandbox {
    if (!this.#sandbox) throw new Error(`pod ${this.pod.metadata.name} has no sandbox`);
    return this.#sandbox;
  }

  /** Namespaces of the pod while it has some. */
  get network(): Sandbox | undefined {
    return this.#sandbox;
  }

  /** Throws where it would be too long. */
  get hostname(): string {
    return kernelHostname(this.pod, this.#env.nodeName, this.#env.names().clusterDomain);
  }

  get cgroup(): string {
    return podCgroup(this.#env.cgroupRoot, this.pod);
  }

  get node(): NodeFacts {
    const { nodeName, nodeIp, allocatable } = this.#env;
    return { nodeName, nodeIp, podIps: this.#sandbox?.addresses ?? [], allocatable };
  }

  get logDir(): string {
    const { namespace = 'default', name } = this.pod.metadata;
    return join(this.#env.logDir, `${namespace}_${name}_${this.uid}`);
  }

  get filesDir(): string {
    return join(this.#env.filesDir, this.uid);
  }

  get fileMounts(): readonly ContainerMount[] {
    return this.#fileMounts;
  }

  get containers(): readonly ContainerRunner[] {
    return this.#containers;
  }

  /** It has come to its end, or is about to. */
  get ended(): boolean {
    return this.#over !== undefined || this.#deleting;
  }

  /** The status as last said. */
  get status(): V1PodStatus | undefined {
    return this.#said;
  }

  /** Takes over what runs of this pod. Called once, before anything else. */
  adopt(containers: readonly Container[], sandbox: Sandbox | undefined): void {
    const { newest, older } = newestAttempts(containers);
    for (const { id } of older)
      void this.#env.runtime
        .remove(id)
        .then(() => this.#env.images.removeRoot(id))
        .catch(() => undefined);
    this.#sandbox = sandbox;
    if (containers.length > 0) this.#ranOnce = true;
    this.#adopted = containers.some(({ state }) => state === 'running');
    for (const each of this.#containers) each.adopt(newest.get(each.spec.name));
    // What is recorded or has begun was taken in before: a restart of the agent turns nobody out.
    if (containers.length === 0 && !this.#recorded && !this.ended && !this.#said?.startTime) this.#admit();
    this.changed();
  }

  /** What this node does not take has come to its end before it began. `last`: there will be no better answer. */
  #admit(last = false): void {
    this.#admitting?.[Symbol.dispose]();
    this.#admitting = undefined;
    if (this.ended || this.#stopped) return;
    const rejected = this.#env.admit(this.pod);
    if (!rejected) return;
    if (rejected.mayChange && !last) {
      this.#admitting = this.#env.clock.after(nodeNewsMs, () => {
        this.#admit(true);
        this.changed();
      });
      return;
    }
    this.#rejected = true;
    this.#over = 'Failed';
    this.#reason = rejected.reason;
    this.#message = `Pod was rejected: ${rejected.message}`;
    this.#env.event(this.pod, 'Warning', rejected.reason, rejected.message);
  }

  /** The server has told more of this node. */
  nodeChanged(): void {
    if (!this.#admitting) return;
    this.#admit();
    this.changed();
  }

  /** Whether it holds what it asks for of this node: from when it was let in until all of it has ended. */
  get holdsResources(): boolean {
    if (this.#removed || this.#admitting || this.#rejected) return false;
    return this.#over === undefined || this.#containers.some((each) => isLive(each.view()));
  }

  storagePlaces(): StoragePlaces | undefined {
    if (!this.#prepared || this.ended) return undefined;
    const { volumes, images } = this.#env;
    return {
      volumes: volumes.onDisk(this.pod),
      containers: new Map(
        this.#containers.flatMap(({ spec, current }) =>
          current?.state === 'running'
            ? [[spec.name, [images.writableLayer(current.id), join(this.logDir, spec.name)]]]
            : [],
        ),
      ),
      others: [this.filesDir],
    };
  }

  /** Ends it because of what it uses of the node: its containers get a second, and it never runs again. */
  evict({ signal, message }: StorageExcess): void {
    if (this.ended || this.#done) return;
    this.#over = 'Failed';
    this.#reason = evicted;
    this.#message = message;
    this.#env.event(this.pod, 'Warning', evicted, message);
    this.#env.metrics.evicted(signal);
    this.changed();
  }

  /** The object has changed. */
  update(pod: V1Pod): void {
    const before = this.pod;
    this.pod = pod;
    if (this.#done) return;
    if (this.#recorded) {
      this.#recorded = false;
      this.#resume();
      for (const each of this.#containers) each.resume();
    }
    const specs = new Map(
      [...(pod.spec!.initContainers ?? []), ...pod.spec!.containers].map((each) => [each.name, each]),
    );
    for (const each of this.#containers) each.update(specs.get(each.spec.name) ?? each.spec);
    // Files made of labels and annotations follow them.
    if (this.#prepared && downwardText(pod) !== downwardText(before)) this.#refresh();
    if (
      pod.metadata.deletionTimestamp &&
      (!before.metadata.deletionTimestamp ||
        pod.metadata.deletionGracePeriodSeconds !== before.metadata.deletionGracePeriodSeconds)
    ) {
      const stopping = this.#containers.some((each) => each.view().state === 'stopping');
      this.#endingMs = stopping ? this.#env.clock.monotonicMs() : undefined;
      for (const each of this.#containers) each.hurry((pod.metadata.deletionGracePeriodSeconds ?? 0) * 1000);
    }
    this.changed();
  }

  /** The object is gone: the pod is not wanted, and nobody reads its status any more. */
  remove(): void {
    this.#removed = true;
    this.changed();
  }

  observed(container: Container): void {
    for (const each of this.#containers) each.observed(container);
  }

  /** An object that the pod refers to has changed or come. */
  configChanged(): void {
    this.#prepareAtMs = 0;
    for (const each of this.#containers) each.retry();
    if (this.#prepared) this.#refresh();
    this.changed();
  }

  /** Lets go of timers: the agent ends, the pod goes on. */
  release(): void {
    this.#stopped = true;
    this.#processes.release();
    this.#wake?.[Symbol.dispose]();
    this.#hold?.[Symbol.dispose]();
    this.#admitting?.[Symbol.dispose]();
    for (const each of this.#containers) each.release();
  }

  /** Have a look: at the end of this turn, so that several changes make one. */
  changed(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      if (this.#stopped) return;
      try {
        this.#look();
      } catch (error) {
        this.#env.log.error('pod could not be worked on', { pod: this.#name, err: error });
      }
    });
  }

  get #name(): string {
    return `${this.pod.metadata.namespace}/${this.pod.metadata.name}`;
  }

  get #deleting(): boolean {
    return this.#removed || this.pod.metadata.deletionTimestamp !== undefined;
  }

  #look(): void {
    if (this.#done) return;
    const { clock } = this.#env;
    const nowMs = clock.now();
    const seconds = this.pod.spec?.activeDeadlineSeconds;
    const startedAtMs = this.#said?.startTime ? Date.parse(this.#said.startTime) : this.#beganAtMs;
    const plan = planPod({
      restartPolicy: (this.pod.spec?.restartPolicy ?? 'Always') as 'Always',
      containers: this.#containers.map((each) => each.view()),
      deleting: this.#deleting,
      outOfGrace:
        this.#endingMs !== undefined && clock.monotonicMs() - this.#endingMs >= this.#wholeGraceMs(),
      ...(seconds !== undefined ? { deadlineAtMs: startedAtMs + seconds * 1000 } : {}),
      prepared: this.#prepared,
      preparing:
        this.#preparing ||
        this.#prepareAtMs > nowMs ||
        this.#tearing ||
        (this.#admitting !== undefined && !this.#deleting),
      over: this.#over,
      nowMs,
    });
    if (plan.over && !this.#over) {
      this.#over = plan.over;
      this.#reason = plan.reason;
      if (plan.reason) {
        this.#message = 'Pod was active on the node longer than the specified deadline';
        this.#env.event(this.pod, 'Normal', plan.reason, this.#message);
      }
    }
    for (const step of plan.steps) this.#take(step);
    const wakeAtMs = Math.min(
      plan.wakeAtMs ?? Infinity,
      this.#prepareAtMs > nowMs ? this.#prepareAtMs : Infinity,
    );
    this.#wake?.[Symbol.dispose]();
    this.#wake = Number.isFinite(wakeAtMs)
      ? clock.after(wakeAtMs - nowMs + 1, () => this.changed())
      : undefined;
    this.#publish(plan);
  }

  #take(step: Plan['steps'][number]): void {
    if (step.do === 'prepare') return void this.#prepare();
    if (step.do === 'tearDown') return void this.#tearDown();
    const container = this.#containers.find(({ spec }) => spec.name === step.container)!;
    if (step.do === 'start') return container.start();
    container.stop(
      this.#graceMs(container, step.why),
      step.why === 'unhealthy' || step.why === 'outdated'
        ? container.restartMessage(step.why)
        : `Stopping container ${step.container}`,
    );
  }

  #graceMs(container: ContainerRunner, why: string): number {
    const { terminationGracePeriodSeconds = 30 } = this.pod.spec!;
    if (why === 'unhealthy') {
      const probe = container.view().started ? container.spec.livenessProbe : container.spec.startupProbe;
      return (probe?.terminationGracePeriodSeconds ?? terminationGracePeriodSeconds) * 1000;
    }
    if (why === 'outdated') return terminationGracePeriodSeconds * 1000;
    const nowMs = this.#env.clock.monotonicMs();
    this.#endingMs ??= nowMs;
    return graceLeftMs(this.#wholeGraceMs(), nowMs - this.#endingMs);
  }

  /** How long all containers together may take to end. */
  #wholeGraceMs(): number {
    const { terminationGracePeriodSeconds = 30 } = this.pod.spec!;
    const { deletionTimestamp, deletionGracePeriodSeconds } = this.pod.metadata;
    const most = this.#reason === evicted ? evictedGraceMs : this.#removed ? removedGraceMs : Infinity;
    const given = deletionTimestamp ? deletionGracePeriodSeconds : undefined;
    return Math.min(most, (given ?? terminationGracePeriodSeconds) * 1000);
  }

  /** Sandbox, cgroup, files and volumes, at the same time as far as they do not need each other. Every part is idempotent. */
  async #prepare(): Promise<void> {
    this.#preparing = true;
    const env = this.#env;
    try {
      await env.networkReady;
      if (this.#deleting) return;
      if (this.pod.spec.hostUsers === false) throw new Error('runtime does not support user namespaces');
      env.metrics.workerStarted(env.clock.monotonicMs() - this.#seenMs);
      const [sandbox] = await Promise.all([
        env.metrics.timed('run_podsandbox', () =>
          env.network.acquire(sandboxOptions(this.pod, this.hostname)),
        ),
        env.metrics.timedCgroup('create', () =>
          env.runtime.ensureCgroup(this.cgroup, podCgroupResources(this.pod)),
        ),
      ]);
      this.#sandbox = sandbox;
      this.#fileMounts = writePodFiles(this.filesDir, {
        pod: this.pod,
        addresses: sandbox.addresses,
        hostname: this.hostname,
        names: env.names(),
        nodeName: env.nodeName,
      });
      env.volumes.prepare(this.pod, this.node);
      for (const volume of missingTokens(this.pod))
        env.event(
          this.pod,
          'Warning',
          'FailedMount',
          `volume "${volume}" has no service account token: this cluster does not issue them yet`,
        );
      this.#prepared = true;
      this.#tornDown = false;
      this.#retry.reset();
    } catch (error) {
      const delayMs = this.#retry.next();
      this.#prepareAtMs = env.clock.now() + delayMs;
      if (error instanceof VolumeProblem) env.event(this.pod, 'Warning', 'FailedMount', error.message);
      else {
        env.event(
          this.pod,
          'Warning',
          'FailedCreatePodSandBox',
          `Failed to create pod sandbox: ${messageOf(error)}`,
        );
        env.log.warn('pod could not be prepared', { pod: this.#name, err: error, retryMs: delayMs });
      }
    } finally {
      this.#preparing = false;
      this.changed();
    }
  }

  #refresh(): void {
    try {
      this.#env.volumes.refresh(this.pod, this.node);
    } catch (error) {
      this.#env.log.warn('volumes could not be refreshed', { pod: this.#name, err: error });
    }
  }

  async pidNamespace(container: string): Promise<string | undefined> {
    const { hostPID, shareProcessNamespace } = this.pod.spec!;
    if (hostPID) return 'host';
    return shareProcessNamespace ? this.#processes.join(container) : undefined;
  }

  /** In reverse of how it was made. What cannot be removed now is tried again. */
  async #tearDown(): Promise<void> {
    if (this.#tearing || (this.#tornDown && !this.#deleting)) return;
    this.#tearing = true;
    const env = this.#env;
    try {
      // Of one that used too much nothing stays (pkg/kubelet, cleanUpContainersInPod): that is what it was ended for.
      const whole = this.#deleting || this.#reason === evicted;
      if (whole) await Promise.all(this.#containers.map((each) => each.remove()));
      await Promise.all([
        this.#tornDown
          ? undefined
          : env.metrics.timed('stop_podsandbox', () => env.network.release(this.uid)),
        env.metrics.timedCgroup('destroy', () => env.runtime.removeCgroup(this.cgroup)),
      ]);
      await env.volumes.remove(this.uid);
      this.#prepared = false;
      this.#tornDown = true;
      if (whole)
        for (const each of [this.logDir, this.filesDir]) rmSync(each, { recursive: true, force: true });
      if (this.#deleting) {
        if (this.#endingMs !== undefined) env.metrics.podEnded(env.clock.monotonicMs() - this.#endingMs);
        this.#end();
      }
    } catch (error) {
      const delayMs = this.#retry.next();
      env.log.warn('pod could not be torn down', { pod: this.#name, err: error, retryMs: delayMs });
      env.clock.after(delayMs, () => this.changed());
    } finally {
      this.#tearing = false;
      if (!this.#done) this.#publish();
    }
  }

  #end(): void {
    if (!this.#removed) this.#publish();
    this.#done = true;
    this.release();
    this.#env.gone(this.pod, this.#removed);
  }

  #publish(plan?: Plan): void {
    if (
      this.#recorded ||
      this.#removed ||
      this.#done ||
      this.#admitting !== undefined ||
      (this.#adopted && !this.#prepared && !this.#over && !this.#deleting)
    )
      return;
    const { clock, nodeIp } = this.#env;
    const containers = this.#containers.map((each) => each.view());
    const initialized =
      plan?.initialized ?? containers.every(({ kind, exitCode }) => kind !== 'init' || exitCode === 0);
    // Why it is over is said when it is: until then it is as it was.
    const over = containers.some(({ state }) => state === 'running' || state === 'stopping')
      ? undefined
      : this.#over;
    const status = podStatus({
      pod: this.pod,
      containers,
      nodeIp,
      podIps: this.#sandbox?.addresses ?? this.#said?.podIPs?.map(({ ip }) => ip) ?? [],
      sandboxReady: this.#sandbox !== undefined && !this.#tornDown,
      initialized,
      over,
      reason: over && this.#reason,
      message: over && this.#message,
      rejected: this.#rejected,
      deleting: this.#deleting,
      startedAtMs: this.#beganAtMs,
      nowMs: clock.now(),
      before: this.#said,
    });
    const text = JSON.stringify(status);
    if (text === this.#saidText) return;
    // Whatever is being started will have more to say in a moment: one write instead of two.
    const creating = containers.some(({ state }) => state === 'starting') || this.#preparing;
    if (creating && !this.#deleting && clock.monotonicMs() - this.#seenMs < coalesceMs) {
      this.#hold ??= clock.after(coalesceMs, () => this.changed());
      return;
    }
    this.#hold?.[Symbol.dispose]();
    this.#hold = undefined;
    this.#saidText = text;
    this.#said = status;
    if (!this.#ranOnce && status.phase === 'Running') {
      this.#ranOnce = true;
      this.#env.metrics.podStarted(clock.monotonicMs() - this.#seenMs);
    }
    this.#env.sendStatus(this.pod, status);
  }
}

function downwardText({ metadata }: V1Pod): string {
  return JSON.stringify([metadata.labels, metadata.annotations]);
}
