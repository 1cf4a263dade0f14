import { isStatus } from '@gantry/base';
import { kinds, type Stored, type V1Lease, type V1Node, type V1Pod } from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import { conditionOf } from '../shared/conditions.ts';
import type { ControllerContext } from '../shared/context.ts';
import { byNode } from '../shared/pod-indexes.ts';
import { isPodFinished, isPodReady, withPodCondition } from '../shared/pods.ts';
import { plannedTaints, silentConditions, wantsEviction } from './plan.ts';
import { zoneOf, Zones, type DisruptionOptions } from './zones.ts';

export const leaseNamespace = 'kube-node-lease';

export interface NodeLifecycleOptions extends DisruptionOptions {
  /** A node silent for longer is unreachable. Default 50,000. */
  nodeMonitorGracePeriodMs: number;
  /** A node is looked at for silence no more often, so silence is noticed by so much later at most. Default 5,000. */
  nodeMonitorPeriodMs: number;
  /** The same for a node that has never reported since it was made. Default 60,000. */
  nodeStartupGracePeriodMs: number;
}

/**
 * Notices nodes that have fallen silent, says so in their conditions and taints, and keeps both in step. Watches Nodes, the Leases of
 * `kube-node-lease` and Pods; writes node status (only of silent nodes), taints, and Ready=False on pods of unreachable nodes.
 *
 * Silence is measured on our own clock from when a renewal was seen here, so the clocks of the nodes do not matter.
 */
export class NodeLifecycleController implements Controller {
  readonly name = 'node_lifecycle_controller';
  readonly workers = 8;
  readonly #context: ControllerContext;
  readonly #options: NodeLifecycleOptions;
  readonly #recorder: EventRecorder;
  readonly #nodes: Informer<V1Node>;
  readonly #pods: Informer<V1Pod>;
  readonly #leases: Informer<V1Lease>;
  /** When a sign of life of each node was last seen, monotonic. */
  readonly #heardAtMs = new Map<string, number>();
  readonly #zones: Zones;
  /** How many nodes per second may begin to be evicted in each zone. */
  #rates = new Map<string, number>();
  /** When the next node of each zone may begin to be, monotonic. */
  readonly #nextEvictionAtMs = new Map<string, number>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext, options: NodeLifecycleOptions) {
    this.#context = context;
    this.#options = options;
    this.#zones = new Zones(options);
    this.#recorder = context.recorder('node-controller');
    this.#nodes = context.informers.of(kinds.node);
    this.#pods = context.informers.of(kinds.pod, byNode);
    this.#leases = context.informers.of(kinds.lease);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#nodes.onChange(({ type, object: node, old }) => {
      const { name } = node.metadata;
      if (type === 'deleted') {
        this.#heardAtMs.delete(name);
        this.#zones.remove(name);
        this.#zonesChanged(enqueue);
        return this.#report(node, 'RemovingNode', `Removing Node ${name} from Controller`);
      }
      if (type === 'added') this.#report(node, 'RegisteredNode', `Registered Node ${name} in Controller`);
      if (!old || hasReported(old, node)) this.#heard(name);
      const ready = conditionOf(node.status?.conditions, 'Ready')?.status === 'True';
      this.#zones.put(node, ready);
      this.#zonesChanged(enqueue);
      enqueue(name);
    });
    this.#leases.onChange(({ type, object: { metadata, spec }, old }) => {
      if (metadata.namespace !== leaseNamespace || type === 'deleted') return;
      if (!old || old.spec.renewTime !== spec.renewTime) this.#heard(metadata.name);
      // A due check is waiting already; only the first lease of a node may come as news.
      if (type === 'added') enqueue(metadata.name);
    });
    this.#pods.onChange(({ object: pod, old }) => {
      // A pod that gets onto a dead node, or claims to be ready there.
      const { nodeName } = pod.spec;
      if (nodeName && this.#zones.isUnready(nodeName) && isPodReady(pod) && !(old && isPodReady(old)))
        enqueue(nodeName);
    });
  }

  /** How fast a zone may be evicted hangs on all its nodes, so another rate concerns each of them. */
  #zonesChanged(enqueue: (key: string) => void): void {
    const before = this.#rates;
    this.#rates = this.#zones.rates();
    for (const [zone, rate] of this.#rates) {
      if (before.get(zone) === rate) continue;
      this.#nextEvictionAtMs.delete(zone);
      this.#zones.members(zone).forEach(enqueue);
    }
    for (const zone of before.keys()) if (!this.#rates.has(zone)) this.#nextEvictionAtMs.delete(zone);
  }

  /**
   * True while no node has given a sign of life for half the grace period: when all are cut off, they are noticed one by one, and the
   * first must not be emptied for being first.
   */
  #mayAllBeSilent(nowMs: number): boolean {
    const sinceMs = nowMs - this.#options.nodeMonitorGracePeriodMs / 2;
    return this.#nodes
      .list()
      .every(
        ({ metadata: { name } }) =>
          this.#zones.isUnready(name) || (this.#heardAtMs.get(name) ?? -Infinity) < sinceMs,
      );
  }

  #report(node: Stored<V1Node>, reason: string, what: string): void {
    this.#recorder.event(node, 'Normal', reason, `Node ${node.metadata.name} event: ${what}`);
  }

  #heard(node: string): void {
    this.#heardAtMs.set(node, this.#context.clock.monotonicMs());
  }

  async reconcile(name: string): Promise<void> {
    const { clock } = this.#context;
    let node = this.#nodes.get({ name });
    if (!node) return;
    const posted = conditionOf(node.status?.conditions, 'Ready') !== undefined;
    const graceMs = posted ? this.#options.nodeMonitorGracePeriodMs : this.#options.nodeStartupGracePeriodMs;
    const heardAtMs = this.#heardAtMs.get(name) ?? clock.monotonicMs();
    const silentAtMs = heardAtMs + graceMs;
    if (clock.monotonicMs() > silentAtMs) node = await this.#markSilent(node);
    else
      this.#enqueueAfter(
        name,
        Math.max(silentAtMs - clock.monotonicMs() + 1, this.#options.nodeMonitorPeriodMs),
      );
    await this.#taint(node);
    if (conditionOf(node.status?.conditions, 'Ready')?.status === 'Unknown')
      await this.#markPodsNotReady(name);
  }

  async #markSilent(node: Stored<V1Node>): Promise<Stored<V1Node>> {
    const { state, clock } = this.#context;
    const conditions = silentConditions(node, clock.now());
    if (!conditions) return node;
    const wasReady = conditionOf(node.status?.conditions, 'Ready')?.status === 'True';
    const { object } = await state.update(
      kinds.node,
      { ...node, status: { ...node.status, conditions } },
      { subresource: 'status' },
    );
    if (wasReady) {
      const { name } = node.metadata;
      this.#recorder.event(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`);
    }
    return object;
  }

  async #taint(node: Stored<V1Node>): Promise<void> {
    const { state, clock } = this.#context;
    const suspended = this.#zones.allDown;
    const zone = zoneOf(node);
    const rate = this.#rates.get(zone) ?? 0;
    // A rate of 0 becomes another one with the news of a node, which is reason enough to look again.
    const evicts = rate > 0 && wantsEviction(node);
    const nowMs = clock.monotonicMs();
    const clear = evicts && !this.#mayAllBeSilent(nowMs);
    const nextAtMs = this.#nextEvictionAtMs.get(zone) ?? -Infinity;
    const mayEvict = clear && nowMs >= nextAtMs;
    const taints = plannedTaints(node, { nowMs: clock.now(), mayEvict, suspended });
    if (evicts && !mayEvict)
      this.#enqueueAfter(node.metadata.name, clear ? nextAtMs - nowMs : doubtRecheckMs);
    if (!taints) return;
    // Taken before the write, so that two workers do not both go; a failed write costs one turn.
    if (mayEvict) this.#nextEvictionAtMs.set(zone, nowMs + 1000 / rate);
    const { taints: _, ...spec } = node.spec;
    await state.update(kinds.node, { ...node, spec: { ...spec, ...(taints.length > 0 ? { taints } : {}) } });
  }

  async #markPodsNotReady(node: string): Promise<void> {
    const { state, clock } = this.#context;
    let failure: unknown;
    for (const pod of this.#pods.by('node', node)) {
      if (!isPodReady(pod) || isPodFinished(pod)) continue;
      try {
        const marked = withPodCondition(pod, { type: 'Ready', status: 'False' }, clock.now());
        await state.update(kinds.pod, marked, { subresource: 'status' });
        this.#recorder.event(pod, 'Warning', 'NodeNotReady', 'Node is not ready');
      } catch (error) {
        // One pod that cannot be marked must not keep the others from it.
        if (!isStatus(error, 'NotFound')) failure = error;
      }
    }
    if (failure !== undefined) throw failure;
  }
}

/** How soon an eviction is considered again that waited for a sign of life of any node. */
const doubtRecheckMs = 2_000;

/** A condition is new that only the node itself can have written: we never write one but to Unknown. */
function hasReported(old: V1Node, node: V1Node): boolean {
  return (node.status?.conditions ?? []).some((condition) => {
    const before = conditionOf(old.status?.conditions, condition.type);
    return (
      condition.status !== 'Unknown' &&
      (before?.status !== condition.status || before.lastHeartbeatTime !== condition.lastHeartbeatTime)
    );
  });
}
