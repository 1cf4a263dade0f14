import {
  StatusError,
  isAbort,
  isStatus,
  messageOf,
  timestamp,
  type Clock,
  type Logger,
  type Metrics,
  type Random,
} from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type KubeObject,
  type Stored,
  type V1Node,
  type V1Pod,
  type V1PodCondition,
} from '@gantry/api';
import { modify, type State } from '@gantry/state';
import {
  createEventRecorder,
  type Change,
  type EventRecorder,
  type Informer,
  type Informers,
} from '@gantry/control';
import { Cluster, differs, podInfoOf, type PodInfo } from './cluster.ts';
import { describeRefusals, schedule, wakingEvents, type Refusals } from './cycle.ts';
import { schedulerMetrics, type SchedulerMetrics } from './metrics.ts';
import type { Plugin } from './plugin.ts';
import { defaultPlugins } from './plugins/index.ts';
import { SchedulingQueue, type QueuedPod } from './queue.ts';

export interface SchedulerOptions {
  state: State;
  /** Shared with whoever else runs in the process. */
  informers: Informers;
  clock: Clock;
  random: Random;
  log: Logger;
  metrics: Metrics;
  /** Which pods are ours, by `spec.schedulerName`; also the name in events. Default `default-scheduler`. */
  schedulerName?: string;
  /** Which of several processes we are, in events: `default-scheduler-myhost`. Default: the scheduler's name. */
  instance?: string;
  /** Default: the default profile. */
  plugins?: readonly Plugin[];
  /** Bindings under way at once; decisions wait when there are more. Default 64. */
  parallelBindings?: number;
}

/** Places pods until the signal aborts. Run it on the leader only; a second one would work against the first. */
export async function runScheduler(options: SchedulerOptions, signal: AbortSignal): Promise<void> {
  const recorder = createEventRecorder({
    state: options.state,
    clock: options.clock,
    random: options.random,
    log: options.log,
    component: options.schedulerName ?? 'default-scheduler',
    ...(options.instance ? { instance: options.instance } : {}),
    metrics: options.metrics,
    signal,
  });
  using scheduler = new Scheduler(options, recorder);
  await options.informers.synced(signal);
  await scheduler.run(signal);
}

class Scheduler implements Disposable {
  readonly #state: State;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Logger;
  readonly #name: string;
  readonly #plugins: readonly Plugin[];
  readonly #parallel: number;
  readonly #recorder: EventRecorder;
  readonly #metrics: SchedulerMetrics;
  readonly #pods: Informer<V1Pod>;
  readonly #cluster = new Cluster();
  readonly #queue: SchedulingQueue;
  readonly #subscriptions: Disposable[];
  readonly #binding = new Set<Promise<void>>();
  #startAt = 0;

  constructor(options: SchedulerOptions, recorder: EventRecorder) {
    this.#state = options.state;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
    this.#name = options.schedulerName ?? 'default-scheduler';
    this.#plugins = options.plugins ?? defaultPlugins;
    this.#parallel = options.parallelBindings ?? 64;
    this.#recorder = recorder;
    this.#queue = new SchedulingQueue({ clock: options.clock });
    this.#pods = options.informers.of(kinds.pod);
    this.#metrics = schedulerMetrics(
      options.metrics,
      this.#name,
      () => ({ ...this.#queue.sizes, gated: this.#pods.list().filter((pod) => this.#isGated(pod)).length }),
      () => ({ nodes: this.#cluster.nodes.length, pods: this.#cluster.podCount }),
    );
    this.#subscriptions = [
      options.informers.of(kinds.node).onChange((change) => this.#nodeChanged(change)),
      this.#pods.onChange((change) => this.#podChanged(change)),
    ];
  }

  async run(signal: AbortSignal): Promise<void> {
    const stop = () => this.#queue.close();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    for (;;) {
      const queued = await this.#queue.take();
      if (!queued) break;
      this.#place(queued);
      // Decisions are synchronous; waiting for a binding is what lets events in.
      while (this.#binding.size >= this.#parallel) await Promise.race(this.#binding);
    }
    await Promise.all(this.#binding);
  }

  [Symbol.dispose](): void {
    for (const each of this.#subscriptions) each[Symbol.dispose]();
    this.#queue.close();
  }

  /** Snapshot, filter, score, assume; the binding goes on in the background. */
  #place(queued: QueuedPod): void {
    const pod = this.#pods.get(parseKey(queued.key));
    if (!pod || !this.#isOurs(pod)) return this.#queue.placed(queued);
    const beganMs = this.#clock.monotonicMs();
    const info = podInfoOf(pod);
    let pointMs = beganMs;
    const decision = schedule(info, this.#cluster, {
      plugins: this.#plugins,
      random: this.#random,
      startAt: this.#startAt,
      onPoint: (point, isSuccess) => {
        const nowMs = this.#clock.monotonicMs();
        this.#metrics.extensionPoint(point, isSuccess, nowMs - pointMs);
        pointMs = nowMs;
      },
    });
    const tookMs = this.#clock.monotonicMs() - beganMs;
    this.#metrics.decided(tookMs);
    if (decision.nodeName === undefined) {
      this.#metrics.attempt('unschedulable', tookMs);
      return this.#track(this.#refuse(queued, pod, decision.refusals));
    }
    this.#startAt += decision.evaluated;
    this.#cluster.putPod(info, decision.nodeName);
    this.#track(this.#bind(queued, info, decision.nodeName, beganMs));
  }

  #track(work: Promise<void>): void {
    const tracked = work.finally(() => this.#binding.delete(tracked));
    this.#binding.add(tracked);
  }

  async #bind(queued: QueuedPod, info: PodInfo, nodeName: string, beganMs: number): Promise<void> {
    const { pod } = info;
    const bindingMs = this.#clock.monotonicMs();
    try {
      await modify(this.#state, kinds.pod, nameOf(pod), (draft) => this.#assign(draft, pod, nodeName), {
        subresource: 'binding',
      });
      this.#queue.placed(queued);
      this.#metrics.extensionPoint('Bind', true, this.#clock.monotonicMs() - bindingMs);
      this.#metrics.attempt('scheduled', this.#clock.monotonicMs() - beganMs);
      this.#metrics.scheduledAfter(this.#clock.monotonicMs() - queued.sinceMs, queued.attempts);
      const message = `Successfully assigned ${info.key} to ${nodeName}`;
      this.#recorder.event(pod, 'Normal', 'Scheduled', message, 'Binding');
    } catch (error) {
      // The room that was held for it is free again, unless it is there after all, or another pod of its name holds some by now.
      if (this.#cluster.forget(info)) this.#queue.event('podGone');
      if (isStatus(error, 'NotFound')) return this.#queue.placed(queued);
      this.#metrics.attempt('error', this.#clock.monotonicMs() - beganMs);
      if (!isAbort(error))
        this.#log.warn('binding failed', { pod: info.key, node: nodeName, err: messageOf(error) });
      this.#queue.failed(queued);
    }
  }

  /** What the decision rests on (requests, selectors, tolerations) cannot change in a pod: only another pod of its name is not it. */
  #assign(draft: V1Pod, pod: Stored<V1Pod>, nodeName: string): void {
    const { name } = pod.metadata;
    if (draft.metadata.uid !== pod.metadata.uid)
      throw StatusError.notFound({ group: '', resource: 'pods' }, name);
    if (draft.spec.nodeName)
      throw StatusError.conflict(
        { group: '', resource: 'pods/binding' },
        name,
        `pod ${name} is already assigned to node "${draft.spec.nodeName}"`,
      );
    draft.spec.nodeName = nodeName;
    draft.status = {
      ...draft.status,
      conditions: withCondition(draft.status?.conditions ?? [], {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime: timestamp(this.#clock.now()),
      }),
    };
  }

  async #refuse(queued: QueuedPod, pod: Stored<V1Pod>, refusals: Refusals): Promise<void> {
    const message = describeRefusals(refusals);
    this.#queue.refused(queued, wakingEvents(refusals, this.#plugins));
    this.#recorder.event(pod, 'Warning', 'FailedScheduling', message, 'Scheduling');
    const said = this.#pods.get(nameOf(pod))?.status?.conditions?.find(({ type }) => type === 'PodScheduled');
    if (said?.status === 'False' && said.reason === 'Unschedulable' && said.message === message) return;
    try {
      await modify(
        this.#state,
        kinds.pod,
        nameOf(pod),
        (draft) => {
          if (draft.spec.nodeName || draft.metadata.uid !== pod.metadata.uid) return;
          const status = (draft.status ??= {});
          status.conditions = withCondition(status.conditions ?? [], {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message,
            lastTransitionTime: timestamp(this.#clock.now()),
          });
        },
        { subresource: 'status' },
      );
    } catch (error) {
      if (!isAbort(error) && !isStatus(error, 'NotFound'))
        this.#log.warn('cannot write why a pod is pending', { pod: queued.key, err: messageOf(error) });
    }
  }

  #isOurs(pod: Stored<V1Pod>): boolean {
    return this.#isForUs(pod) && !pod.spec.schedulingGates?.length;
  }

  #isGated(pod: Stored<V1Pod>): boolean {
    return Boolean(pod.spec.schedulingGates?.length) && this.#isForUs(pod);
  }

  #isForUs(pod: Stored<V1Pod>): boolean {
    return (
      !pod.spec.nodeName &&
      (pod.spec.schedulerName ?? 'default-scheduler') === this.#name &&
      pod.metadata.deletionTimestamp === undefined &&
      !hasFinished(pod)
    );
  }

  #podChanged(change: Change<V1Pod>): void {
    const { object: pod } = change;
    const key = keyOf(nameOf(pod));
    const { nodeName } = pod.spec;
    if (change.type === 'deleted' || hasFinished(pod)) {
      this.#queue.remove(key);
      if (this.#cluster.removePod(key)) this.#queue.event('podGone');
    } else if (nodeName) {
      this.#queue.remove(key);
      const moved = this.#cluster.placeOf(key) !== nodeName;
      const info = podInfoOf(pod);
      this.#cluster.putPod(info, nodeName);
      if (moved || (change.old && differs(change.old, pod, labelsOf))) this.#queue.event('podPlaced');
      // Resized in place: what it needs less is there for others.
      if (
        change.old &&
        change.old.metadata.generation !== pod.metadata.generation &&
        differs(podInfoOf(change.old), info, ({ requests }) => requests)
      )
        this.#queue.event('podGone');
    } else if (this.#isOurs(pod)) {
      // A pod that waits is tried again when something of it changed that can matter: not its status, which we write ourselves.
      const relevant =
        !change.old ||
        change.old.metadata.generation !== pod.metadata.generation ||
        differs(change.old, pod, labelsOf) ||
        change.old.spec.schedulingGates?.length !== pod.spec.schedulingGates?.length;
      if (relevant && this.#cluster.placeOf(key) === undefined) this.#queue.add(key, pod.spec.priority ?? 0);
    } else this.#queue.remove(key);
  }

  #nodeChanged({ type, object: node, old }: Change<V1Node>): void {
    if (type === 'deleted') {
      this.#cluster.removeNode(node.metadata.name);
      return this.#queue.event('nodeRemoved');
    }
    this.#cluster.putNode(node);
    if (!old) return this.#queue.event('nodeAdded');
    if (differs(old, node, (each) => each.status?.allocatable)) this.#queue.event('nodeAllocatable');
    if (differs(old, node, labelsOf)) this.#queue.event('nodeLabels');
    if (differs(old, node, (each) => [each.spec.taints, each.spec.unschedulable]))
      this.#queue.event('nodeTaints');
  }
}

const labelsOf = (object: KubeObject) => object.metadata.labels;

const hasFinished = (pod: V1Pod) => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** The conditions with this one in place of the one of its type, which keeps its time of transition when its status stays. */
function withCondition(conditions: readonly V1PodCondition[], next: V1PodCondition): V1PodCondition[] {
  const old = conditions.find((each) => each.type === next.type);
  const kept =
    old?.status === next.status && old.lastTransitionTime
      ? { ...next, lastTransitionTime: old.lastTransitionTime }
      : next;
  return [...conditions.filter((each) => each.type !== next.type), kept];
}
