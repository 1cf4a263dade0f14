import { isStatus, type Logger } from '@gantry/base';
import { keyOf, kinds, nameOf, type Stored, type V1Node, type V1Pod } from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { isPodFinished, withPodCondition } from '../shared/pods.ts';
import { isOutOfService, plan, type CollectReason } from './plan.ts';

export interface PodGcOptions {
  /** How many finished pods are kept. Default 12,500; 0 keeps all. */
  terminatedPodGcThreshold: number;
}

const periodMs = 20_000;
/** A node may be deleted and made again; its pods wait so long for that. */
const quarantineMs = 40_000;
const roundKey = 'round';
const nodeGone = {
  type: 'DisruptionTarget',
  status: 'True',
  reason: 'DeletionByPodGC',
  message: 'PodGC: node no longer exists',
};

/** Every twenty seconds, force-deletes pods that no node will ever end. */
export class PodGcController implements Controller {
  readonly name = 'pod_gc';
  readonly workers = 1;
  readonly #context: ControllerContext;
  readonly #options: PodGcOptions;
  readonly #log: Logger;
  readonly #nodes: Informer<V1Node>;
  readonly #pods: Informer<V1Pod>;
  /** Since when each node that pods name is missing, monotonic. */
  readonly #missingSinceMs = new Map<string, number>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext, options: PodGcOptions) {
    this.#context = context;
    this.#options = options;
    this.#log = context.log.child({ component: 'pod_gc' });
    this.#nodes = context.informers.of(kinds.node);
    this.#pods = context.informers.of(kinds.pod);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    enqueue(roundKey);
  }

  async reconcile(key: string, signal: AbortSignal): Promise<void> {
    const nowMs = this.#context.clock.monotonicMs();
    this.#enqueueAfter(key, periodMs);
    const lost = await this.#lostNodes(nowMs);
    const { collect, missingNodes } = plan({
      pods: this.#pods.list(),
      nodeExists: (name) => this.#nodes.get({ name }) !== undefined,
      isLost: (name) => lost.has(name),
      isOutOfService: (name) => isOutOfService(this.#nodes.get({ name })),
      finishedThreshold: this.#options.terminatedPodGcThreshold,
    });
    for (const name of this.#missingSinceMs.keys())
      if (!missingNodes.has(name)) this.#missingSinceMs.delete(name);
    for (const name of missingNodes)
      if (!this.#missingSinceMs.has(name)) this.#missingSinceMs.set(name, nowMs);
    for (const { pod, reason } of collect) {
      signal.throwIfAborted();
      try {
        await this.#collect(pod, reason);
      } catch (error) {
        // One pod that cannot be removed must not keep the others.
        if (!isStatus(error, 'NotFound', 'Conflict'))
          this.#log.warn('pod not collected', { pod: keyOf(nameOf(pod)), reason, err: error });
      }
    }
  }

  /** Missing for the whole quarantine, and not in the store either. */
  async #lostNodes(nowMs: number): Promise<Set<string>> {
    const lost = new Set<string>();
    for (const [name, sinceMs] of this.#missingSinceMs) {
      if (nowMs - sinceMs < quarantineMs) continue;
      try {
        await this.#context.state.get(kinds.node, { name });
      } catch (error) {
        if (!isStatus(error, 'NotFound')) throw error;
        lost.add(name);
      }
    }
    return lost;
  }

  async #collect(pod: Stored<V1Pod>, reason: CollectReason): Promise<void> {
    const { state, clock } = this.#context;
    this.#log.info('collecting a pod', { pod: keyOf(nameOf(pod)), reason, node: pod.spec.nodeName });
    if (!isPodFinished(pod)) {
      const marked = reason === 'orphaned' ? withPodCondition(pod, nodeGone, clock.now()) : pod;
      const status = { ...marked.status, phase: 'Failed' };
      await state.update(kinds.pod, { ...marked, status }, { subresource: 'status' });
    }
    await state.delete(kinds.pod, nameOf(pod), {
      gracePeriodSeconds: 0,
      preconditions: { uid: pod.metadata.uid },
    });
  }
}
