import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isAbort, messageOf } from '@gantry/base';
import type { V1Container, V1ContainerStateTerminated, V1ContainerStatus } from '@gantry/api';
import type { Image } from '@gantry/image';
import { RuntimeError, type Container } from '@gantry/runtime';
import { ContainerProblem } from '../containers/config-error.ts';
import { identityOf, type ImageFacts } from '../containers/container-labels.ts';
import { goDuration, RetryBackoff } from '../containers/crash-backoff.ts';
import { terminationMessage, terminationMessageFile } from '../containers/termination-message.ts';
import { check, type CheckResult, type CheckTarget } from '../probes/check.ts';
import { ContainerProbes } from '../probes/container-probes.ts';
import { runHook, type LifecycleHook } from '../probes/lifecycle-hook.ts';
import type { ProbeKind } from '../probes/prober.ts';
import { VolumeProblem } from '../volumes/payload.ts';
import { createContainer } from './container-creation.ts';
import type { ContainerPod } from './container-pod.ts';
import type { PodEnvironment } from './environment.ts';
import { graceLeftMs } from './grace.ts';
import { KillTimer } from './kill-timer.ts';
import { restarts, type ContainerFacts, type RestartPolicy } from './plan.ts';
import type { ContainerView } from './pod-status.ts';
import { containerIdOf, lostState, startErrorState, terminatedState } from './terminated.ts';

/** A missing ConfigMap or Secret is looked for again when it comes, and in any case after this. */
const problemRetryMs = 10_000;
/** How long a failed pull is called ErrImagePull before it is called ImagePullBackOff. */
const pullErrorShownMs = 1_500;

/** One container of a pod through all its restarts. Does what it is told; what that is, the pod's plan decides. */
export class ContainerRunner {
  #spec: V1Container;
  readonly kind: ContainerFacts['kind'];
  readonly #env: PodEnvironment;
  readonly #pod: ContainerPod;
  readonly #crashes = new RetryBackoff(1);
  readonly #pulls = new RetryBackoff(0);
  #state: ContainerFacts['state'] = 'none';
  #current: Container | undefined;
  #image: ImageFacts | undefined;
  #attempt = 0;
  #terminated: V1ContainerStateTerminated | undefined;
  #last: V1ContainerStateTerminated | undefined;
  #waiting: ContainerView['waiting'];
  #retryAtMs: number | undefined;
  #started = false;
  #ready = false;
  #unhealthy = false;
  /** Stopped because of its image, and not started again yet. */
  #replacing = false;
  readonly #probes: ContainerProbes;
  #starting: AbortController | undefined;
  readonly #killTimer: KillTimer;

  constructor(env: PodEnvironment, pod: ContainerPod, spec: V1Container, kind: ContainerFacts['kind']) {
    this.#env = env;
    this.#pod = pod;
    this.#spec = spec;
    this.kind = kind;
    this.#killTimer = new KillTimer(env.clock);
    this.#probes = new ContainerProbes({
      clock: env.clock,
      metrics: env.metrics,
      labels: () => {
        const { namespace = '', name = '', uid = '' } = pod.pod.metadata;
        return { container: this.spec.name, pod: name, namespace, pod_uid: uid };
      },
      check: (probe, timeoutMs) => check(probe, this.#target(), timeoutMs),
      warn: (reason, message) => this.#event('Warning', reason, message),
      onVerdict: (probe, ok) => this.#probed(probe, ok),
    });
  }

  /** As the pod has it now: its image may change while it runs. */
  get spec(): V1Container {
    return this.#spec;
  }

  get current(): Container | undefined {
    return this.#current;
  }

  get #outdated(): boolean {
    const other =
      this.#state === 'running' && this.#image !== undefined && this.#image.name !== this.#spec.image;
    return this.kind !== 'init' && (this.#replacing || other);
  }

  get #restartRules(): Pick<ContainerFacts, 'restartPolicy' | 'restartPolicyRules'> {
    const { restartPolicy, restartPolicyRules } = this.spec;
    return { restartPolicy: restartPolicy as RestartPolicy | undefined, restartPolicyRules };
  }

  /** Whether it is to run again when it has ended with this code. */
  #restarts(exitCode: number | undefined): boolean {
    const policy = (this.#pod.pod.spec.restartPolicy ?? 'Always') as RestartPolicy;
    return restarts(policy, { kind: this.kind, exitCode, ...this.#restartRules });
  }

  /** What the server has of it. */
  get #said(): V1ContainerStatus | undefined {
    const { containerStatuses = [], initContainerStatuses = [] } = this.#pod.pod.status ?? {};
    return [...containerStatuses, ...initContainerStatuses].find(({ name }) => name === this.spec.name);
  }

  view(): ContainerView {
    const said = this.#said;
    return {
      name: this.spec.name,
      kind: this.kind,
      ...this.#restartRules,
      state: this.#state,
      exitCode: this.#terminated?.exitCode,
      retryAtMs: this.#retryAtMs,
      started: this.#started,
      unhealthy: this.#unhealthy,
      outdated: this.#outdated,
      image: this.#image?.name ?? said?.image ?? this.spec.image ?? '',
      imageId: this.#image?.id ?? said?.imageID,
      containerId: this.#current ? containerIdOf(this.#current.id) : this.#terminated?.containerID,
      restartCount: this.#attempt,
      startedAtMs: this.#current?.startedAtMs,
      terminated: this.#terminated,
      last: this.#last,
      waiting: this.#waiting,
      ready: this.#ready && this.#started,
    };
  }

  /** What an earlier run of the agent left: the container as the runtime knows it, or only the status as the server knows it. */
  adopt(container: Container | undefined): void {
    const said = this.#said;
    if (!container) {
      // The machine may have been restarted: what ran then counts as a restart now.
      if (said?.containerID && (said.state?.running || said.state?.terminated)) {
        this.#attempt = said.restartCount;
        this.#state = 'exited';
        this.#terminated =
          said.state.terminated ??
          lostState(said.containerID, said.state.running?.startedAt, this.#env.clock.now());
        this.#last = said.lastState?.terminated;
      } else this.#attempt = attemptsLogged(join(this.#pod.logDir, this.spec.name));
      return;
    }
    ({ attempt: this.#attempt, image: this.#image, last: this.#last } = identityOf(container));
    this.#current = container;
    if (container.state === 'exited') void this.#exited(container);
    else if (container.state === 'created') {
      // Nobody knows whether it was meant to start: it has not, so it is made anew.
      this.#current = undefined;
      void this.#env.runtime
        .remove(container.id)
        .then(() => this.#env.images.removeRoot(container.id))
        .catch(() => undefined);
    } else {
      this.#state = 'running';
      this.#started = said?.started ?? !this.spec.startupProbe;
      this.#ready =
        said?.containerID === containerIdOf(container.id) ? said.ready : !this.spec.readinessProbe;
      this.#probe();
    }
  }

  /** The server has told what was last said of it: readiness goes on from there until a probe says otherwise. */
  resume(): void {
    const said = this.#said;
    if (this.#state !== 'running' || !this.#current || said?.containerID !== containerIdOf(this.#current.id))
      return;
    if (said.started && !this.#started) {
      this.#started = true;
      this.#probe();
    }
    this.#ready ||= said.ready;
  }

  /** The runtime has seen a change of this container. */
  observed(container: Container): void {
    if (container.id !== this.#current?.id) return;
    this.#current = container;
    if (container.state === 'exited' && (this.#state === 'running' || this.#state === 'stopping'))
      void this.#exited(container);
  }

  /** The pod's object has changed. Of a container no more than its image can have. */
  update(spec: V1Container): void {
    const sameImage = spec.image === this.#spec.image;
    this.#spec = spec;
    if (sameImage) return;
    // Troubles with the image that was wanted before say nothing about this one.
    this.#pulls.reset();
    this.#crashes.reset();
    this.#retryAtMs = undefined;
    this.#waiting = undefined;
    this.#starting?.abort();
  }

  /** Something that it was missing may be there now. */
  retry(): void {
    if (this.#waiting?.reason === 'CreateContainerConfigError') this.#retryAtMs = undefined;
  }

  start(): void {
    const again = this.#state === 'exited';
    this.#state = 'starting';
    this.#retryAtMs = undefined;
    this.#starting = new AbortController();
    if (!again && !this.#waiting?.reason.startsWith('ErrImage'))
      this.#waiting = { reason: 'ContainerCreating' };
    void this.#start(this.#starting.signal, again);
  }

  /** `again`: it has run and ended. A try that makes no container, for want of its image say, does not count as a restart. */
  async #start(signal: AbortSignal, again: boolean): Promise<void> {
    const { pod } = this.#pod;
    const { spec } = this;
    const before = { attempt: this.#attempt, last: this.#last };
    const previous = again ? this.#current : undefined;
    const say = this.#event;
    let made: string | undefined;
    try {
      const image = await this.#env.puller.ensure(pod, spec, say, signal);
      this.#pulls.reset();
      this.#image = {
        name: spec.image ?? image.names[0] ?? '',
        id: imageIdOf(image),
        stopSignal: image.config.StopSignal,
      };
      signal.throwIfAborted();
      if (again) {
        this.#attempt++;
        this.#last = this.#terminated;
      }
      const id = randomBytes(16).toString('hex');
      made = id;
      this.#current = await createContainer(this.#env, this.#pod, {
        id,
        spec,
        image,
        identity: { name: spec.name, attempt: this.#attempt, image: this.#image, last: this.#last },
      });
      say('Normal', 'Created', `Created container: ${spec.name}`);
      signal.throwIfAborted();
      const running = await this.#env.runtime.start(id);
      this.#env.metrics.containerStarted(this.kind === 'app' ? 'container' : 'init_container');
      say('Normal', 'Started', `Started container ${this.spec.name}`);
      this.#terminated = undefined;
      this.#waiting = undefined;
      this.#unhealthy = false;
      this.#state = 'running';
      this.#replacing = false;
      this.#started = !this.spec.startupProbe && !this.spec.lifecycle?.postStart;
      this.#ready = !this.spec.readinessProbe;
      // It may have ended already, and its end been told while we waited.
      const now = this.#env.runtime.get(id) ?? running;
      this.#current = now;
      if (previous) void this.#forget(previous);
      if (now.state === 'exited') return void this.#exited(now);
      await this.#postStart();
      this.#probe();
    } catch (error) {
      if (made !== undefined) await this.#discard(made);
      this.#current = previous;
      if (error instanceof RuntimeError) this.#dropOldLog();
      else {
        this.#attempt = before.attempt;
        this.#last = before.last;
      }
      if (signal.aborted || isAbort(error)) this.#aborted();
      else this.#failed(error);
    } finally {
      this.#starting = undefined;
      this.#pod.changed();
    }
  }

  /** A container that could not be made or started leaves nothing. */
  async #discard(id: string): Promise<void> {
    try {
      await this.#env.runtime.remove(id);
      await this.#env.images.removeRoot(id);
    } catch (error) {
      this.#env.log.warn('container could not be removed', { container: id, err: error });
    }
  }

  #aborted(): void {
    this.#state = this.#terminated ? 'exited' : 'none';
  }

  #failed(error: unknown): void {
    const nowMs = this.#env.clock.now();
    if (error instanceof RuntimeError) {
      // As upstream: it counts as a container that ended at once, so that restart policy and back-off apply.
      const message = `failed to start container "${this.spec.name}": ${error.message}`;
      this.#event('Warning', 'Failed', `Error: ${message}`);
      this.#state = 'exited';
      this.#terminated = startErrorState(message, nowMs);
      this.#waiting = { reason: 'RunContainerError', message };
      this.#retryLater(nowMs);
      return;
    }
    this.#state = this.#terminated ? 'exited' : 'none';
    const problem =
      error instanceof ContainerProblem
        ? error
        : new ContainerProblem(
            error instanceof VolumeProblem ? 'CreateContainerConfigError' : 'CreateContainerError',
            messageOf(error),
            { cause: error },
          );
    this.#waiting = { reason: problem.reason, message: problem.message };
    if (problem.reason === 'ErrImagePull') {
      this.#retryAtMs = this.#pulls.failed(nowMs);
      const { image } = this.spec;
      this.#env.clock.after(pullErrorShownMs, () => this.#backOffPull(image, problem.message));
      return;
    }
    if (problem.reason === 'CreateContainerConfigError' || problem.reason === 'CreateContainerError')
      this.#event('Warning', 'Failed', `Error: ${problem.message}`);
    if (problem.reason === 'CreateContainerError')
      this.#env.log.error('container could not be created', { container: this.spec.name, err: error });
    this.#retryAtMs = nowMs + problemRetryMs;
  }

  #backOffPull(image: string | undefined, cause: string): void {
    if (this.#waiting?.reason !== 'ErrImagePull' || this.spec.image !== image) return;
    const message = `Back-off pulling image "${image}"`;
    this.#waiting = { reason: 'ImagePullBackOff', message: `${message}: ErrImagePull: ${cause}` };
    this.#event('Normal', 'BackOff', message);
    this.#event('Warning', 'Failed', 'Error: ImagePullBackOff');
    this.#pod.changed();
  }

  async #exited(container: Container): Promise<void> {
    this.#probes.stop();
    this.#killTimer[Symbol.dispose]();
    this.#state = 'exited';
    this.#started = false;
    this.#ready = false;
    this.#unhealthy = false;
    this.#terminated = terminatedState(container);
    const finishedAtMs = container.finishedAtMs ?? this.#env.clock.now();
    if (!this.#pod.ended && !this.#replacing && this.#restarts(container.exitCode))
      this.#retryLater(finishedAtMs);
    const message = await terminationMessage(
      terminationMessageFile(this.#pod.filesDir, this.spec.name, this.#attempt),
      container.logPath,
      this.spec.terminationMessagePolicy,
      container.exitCode ?? 1,
      this.#pod.pod.spec.containers.length + (this.#pod.pod.spec.initContainers?.length ?? 0),
    );
    if (message !== undefined && this.#current?.id === container.id)
      this.#terminated = terminatedState(container, message);
    this.#pod.changed();
  }

  #retryLater(atMs: number): void {
    const { name, namespace, uid } = this.#pod.pod.metadata;
    this.#retryAtMs = this.#crashes.failed(atMs);
    if (this.#crashes.delayMs === 0) return;
    const where = `${name}_${namespace}(${uid})`;
    const delay = goDuration(this.#crashes.delayMs);
    this.#waiting = {
      reason: 'CrashLoopBackOff',
      message: `back-off ${delay} restarting failed container=${this.spec.name} pod=${where}`,
    };
    this.#event(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${this.spec.name} in pod ${where}`,
    );
  }

  /** Ends it: preStop hook, the image's stop signal, SIGKILL when the grace period is over. */
  stop(graceMs: number, message: string): void {
    if (this.#state === 'starting') return void this.#starting?.abort();
    if (this.#state !== 'running' || !this.#current) return;
    this.#replacing = this.#outdated;
    this.#state = 'stopping';
    // Readiness is asked on: until it has ended it may serve, and endpoints say so (KEP-1672).
    this.#probes.stop(['startup', 'liveness']);
    this.#event('Normal', 'Killing', message);
    void this.#stop(this.#current.id, graceMs);
  }

  /** A shorter grace period than the one it is being stopped with. */
  hurry(graceMs: number): void {
    if (this.#state === 'stopping' && this.#current) this.#killAfter(this.#current.id, graceMs);
  }

  async #stop(id: string, graceMs: number): Promise<void> {
    const { clock, runtime, log } = this.#env;
    const beganMs = clock.monotonicMs();
    const preStop = this.spec.lifecycle?.preStop;
    if (preStop && graceMs > 0) {
      const result = await this.#hook(preStop, graceMs);
      // Not what it said, which may be secret.
      if (!result.ok) this.#event('Warning', 'FailedPreStopHook', 'PreStopHook failed');
    }
    const leftMs = preStop ? graceLeftMs(graceMs, clock.monotonicMs() - beganMs) : graceMs;
    if (this.#current?.id !== id || this.#state !== 'stopping') return;
    try {
      await runtime.kill(id, graceMs === 0 ? 'SIGKILL' : (this.#image?.stopSignal ?? 'SIGTERM'));
      if (graceMs > 0) this.#killAfter(id, leftMs);
    } catch (error) {
      log.warn('container could not be signalled', { container: id, err: error });
      this.#killAfter(id, 0);
    }
  }

  #killAfter(id: string, afterMs: number): void {
    this.#killTimer.after(afterMs, () => {
      void this.#env.runtime.kill(id, 'SIGKILL', { all: true }).catch((error: unknown) => {
        this.#env.log.error('container could not be killed', { container: id, err: error });
      });
    });
  }

  async #postStart(): Promise<void> {
    const hook = this.spec.lifecycle?.postStart;
    if (!hook) return;
    const result = await this.#hook(hook, 600_000);
    if (this.#state !== 'running') return;
    if (result.ok) {
      this.#started = !this.spec.startupProbe;
      return;
    }
    this.#event('Warning', 'FailedPostStartHook', 'PostStartHook failed');
    this.stop(this.#graceMs(), `FailedPostStartHook`);
  }

  #hook(hook: LifecycleHook, timeoutMs: number): Promise<CheckResult> {
    return runHook(hook, this.#target(), this.#env.clock, timeoutMs);
  }

  #target(): CheckTarget {
    return {
      container: this.spec,
      containerId: this.#current!.id,
      address: this.#pod.sandbox.addresses[0] ?? this.#env.nodeIp,
      runtime: this.#env.runtime,
    };
  }

  #graceMs(): number {
    return (this.#pod.pod.spec?.terminationGracePeriodSeconds ?? 30) * 1000;
  }

  #probe(): void {
    const startedAtMs = this.#current?.startedAtMs ?? this.#env.clock.now();
    if (this.#state === 'running') this.#probes.begin(this.spec, startedAtMs, this.#started);
    else this.#probes.stop();
  }

  #probed(kind: ProbeKind, ok: boolean): void {
    if (kind === 'liveness') this.#unhealthy = !ok;
    else if (kind === 'readiness') this.#ready = ok;
    else if (!ok) this.#unhealthy = true;
    else {
      this.#started = true;
      this.#probe();
    }
    this.#pod.changed();
  }

  /** Why it is stopped, and that it is started again if it is. */
  restartMessage(why: 'outdated' | 'unhealthy'): string {
    if (why === 'outdated') return `Container ${this.spec.name} definition changed, will be restarted`;
    const which = this.spec.startupProbe && !this.#started ? 'startup' : 'liveness';
    // It fails as something that was killed.
    const again = this.#restarts(137) ? ', will be restarted' : '';
    return `Container ${this.spec.name} failed ${which} probe${again}`;
  }

  readonly #event = (type: 'Normal' | 'Warning', reason: string, message: string): void => {
    const path = this.kind === 'app' ? 'containers' : 'initContainers';
    this.#env.event(this.#pod.pod, type, reason, message, `spec.${path}{${this.spec.name}}`);
  };

  /** The container before this one: only its log is still of interest. */
  async #forget(previous: Container): Promise<void> {
    await this.#discard(previous.id);
    this.#dropOldLog();
  }

  /** Of the logs this one's and that of the one before it are still of interest. */
  #dropOldLog(): void {
    if (this.#attempt >= 2)
      rmSync(join(this.#pod.logDir, this.spec.name, `${this.#attempt - 2}.log`), { force: true });
  }

  /** Lets go of timers; the container itself is left as it is. */
  release(): void {
    this.#probes.stop();
    this.#killTimer[Symbol.dispose]();
    this.#starting?.abort();
  }

  /** Removes the container, which must not be wanted any more. Idempotent. */
  async remove(): Promise<void> {
    this.release();
    this.#probes.forget();
    const current = this.#current;
    if (!current) return;
    await this.#env.runtime.remove(current.id);
    await this.#env.images.removeRoot(current.id);
  }
}

/** `imageID`: the image by its manifest's digest, where its repository is known. */
function imageIdOf(image: Image): string {
  return image.names.find((name) => name.includes('@')) ?? image.digest;
}

/** How often a container was tried that left no more than its logs, as kubelet's `calcRestartCountByLogDir`. */
function attemptsLogged(folder: string): number {
  try {
    return Math.max(0, ...readdirSync(folder).map((name) => (Number.parseInt(name, 10) || 0) + 1));
  } catch {
    return 0;
  }
}
