import { isStatus, microTimestamp, timestamp, type Clock } from '@gantry/base';
import { keyOf, kinds, nameOf, type ObjectName, type Stored, type V1Pod } from '@gantry/api';
import { modify, type State, type WatchEvent } from '@gantry/state';

export interface PretendKubeletOptions {
  state: State;
  clock: Clock;
  /** From creation to Ready, in milliseconds. Default 100. May depend on the pod; Infinity never gets ready. */
  readyAfterMs?: (pod: Stored<V1Pod>) => number;
  /** From deletion to gone. Default 50. */
  goneAfterMs?: number;
  /** Pods are bound to these in turn. Default two nodes. */
  nodes?: readonly string[];
}

const leaseNamespace = 'kube-node-lease';

/**
 * Scheduler and nodes in one: registers nodes and renews their leases, binds pods, reports them Ready with an address, and ends those
 * that are deleted.
 */
export class PretendKubelet {
  /** Nodes that do nothing any more until they are taken out again. */
  readonly silent = new Set<string>();
  readonly #options: Required<PretendKubeletOptions>;
  readonly #seen = new Set<string>();
  readonly #ending = new Set<string>();
  #count = 0;

  constructor(options: PretendKubeletOptions) {
    this.#options = { readyAfterMs: () => 100, goneAfterMs: 50, nodes: ['node-1', 'node-2'], ...options };
  }

  async run(signal: AbortSignal): Promise<void> {
    const { state } = this.#options;
    await state.create(kinds.namespace, { metadata: { name: leaseNamespace }, spec: {} });
    for (const name of this.#options.nodes) void this.#live(name, signal);
    const receive = (event: WatchEvent<V1Pod>) => {
      if ('entry' in event && event.type !== 'deleted') this.#look(event.entry.object);
    };
    const watch = state.watch(kinds.pod, {}, receive);
    signal.addEventListener('abort', () => watch[Symbol.dispose](), { once: true });
    await watch.done;
  }

  /** One node: there with its first breath, and a heartbeat every ten seconds. */
  async #live(name: string, signal: AbortSignal): Promise<void> {
    const { state, clock } = this.#options;
    const lease = { namespace: leaseNamespace, name };
    await state.create(kinds.node, { metadata: { name }, spec: {} });
    await state.create(kinds.lease, {
      metadata: lease,
      spec: { holderIdentity: name, leaseDurationSeconds: 40 },
    });
    while (!signal.aborted) {
      if (!this.silent.has(name)) {
        const now = timestamp(clock.now());
        await modify(state, kinds.lease, lease, ({ spec }) => {
          spec.renewTime = microTimestamp(clock.now());
        });
        await modify(
          state,
          kinds.node,
          { name },
          (node) => {
            const conditions = node.status?.conditions ?? [];
            if (conditions.find(({ type }) => type === 'Ready')?.status === 'True') return false;
            const ready = { type: 'Ready', status: 'True', reason: 'KubeletReady', lastHeartbeatTime: now };
            node.status = { ...node.status, conditions: [{ ...ready, lastTransitionTime: now }] };
          },
          { subresource: 'status' },
        );
      }
      await clock.sleep(10_000, signal).catch(() => undefined);
    }
  }

  #look(pod: Stored<V1Pod>): void {
    const { clock, readyAfterMs, goneAfterMs } = this.#options;
    const { uid, deletionTimestamp } = pod.metadata;
    if (deletionTimestamp !== undefined) {
      if (this.#ending.has(uid)) return;
      this.#ending.add(uid);
      clock.after(goneAfterMs, () => void this.#end(pod));
    } else if (!this.#seen.has(uid)) {
      this.#seen.add(uid);
      const delayMs = readyAfterMs(pod);
      if (Number.isFinite(delayMs)) clock.after(delayMs, () => void this.#start(nameOf(pod), uid));
    }
  }

  async #start(name: ObjectName, uid: string): Promise<void> {
    const { state, clock } = this.#options;
    const nodes = this.#options.nodes.filter((each) => !this.silent.has(each));
    const number = ++this.#count;
    const same = (pod: V1Pod) => pod.metadata.uid === uid && pod.metadata.deletionTimestamp === undefined;
    try {
      await modify(
        state,
        kinds.pod,
        name,
        (pod) => {
          if (!same(pod) || pod.spec.nodeName) return false;
          pod.spec.nodeName = nodes[number % nodes.length] ?? 'node-1';
        },
        { subresource: 'binding' },
      );
      await modify(
        state,
        kinds.pod,
        name,
        (pod) => {
          if (!same(pod) || this.silent.has(pod.spec.nodeName ?? '')) return false;
          const ip = `10.42.${(number >> 8) & 255}.${number & 255}`;
          pod.status = {
            ...pod.status,
            phase: 'Running',
            podIP: ip,
            podIPs: [{ ip }],
            conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: timestamp(clock.now()) }],
          };
        },
        { subresource: 'status' },
      );
    } catch (error) {
      if (!isStatus(error, 'NotFound'))
        throw new Error(`the pretend kubelet could not start ${keyOf(name)}`, { cause: error });
    }
  }

  async #end(pod: Stored<V1Pod>): Promise<void> {
    // A node that is down ends nothing, and nobody else may.
    if (pod.spec.nodeName && this.silent.has(pod.spec.nodeName)) return;
    try {
      await this.#options.state.delete(kinds.pod, nameOf(pod), {
        gracePeriodSeconds: 0,
        preconditions: { uid: pod.metadata.uid },
      });
    } catch (error) {
      if (!isStatus(error, 'NotFound', 'Conflict'))
        throw new Error(`the pretend kubelet could not end ${keyOf(nameOf(pod))}`, { cause: error });
    }
  }
}
