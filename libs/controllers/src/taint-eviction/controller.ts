import { isStatus } from '@gantry/base';
import { keyOf, kinds, nameOf, parseKey, type V1Node, type V1Pod } from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { podCondition, withPodCondition } from '../shared/pods.ts';
import { byNode } from '../shared/pod-indexes.ts';
import { evictionTimeMs } from './plan.ts';

/**
 * Deletes pods that do not tolerate the NoExecute taints of their node, or no longer. Watches Nodes and Pods; writes the condition
 * DisruptionTarget and deletes (upstream `pkg/controller/tainteviction`).
 */
export class TaintEvictionController implements Controller {
  readonly name = 'taint_eviction_controller';
  readonly workers = 8;
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #nodes: Informer<V1Node>;
  readonly #pods: Informer<V1Pod>;
  /** Pods that are due some time: that may be called off. */
  readonly #due = new Set<string>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('taint-eviction-controller');
    this.#nodes = context.informers.of(kinds.node);
    this.#pods = context.informers.of(kinds.pod, byNode);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#nodes.onChange(({ object, old }) => {
      if (old ? noExecute(old) === noExecute(object) : noExecute(object) === '') return;
      for (const pod of this.#pods.by('node', object.metadata.name)) enqueue(keyOf(nameOf(pod)));
    });
    this.#pods.onChange(({ type, object: pod, old }) => {
      const key = keyOf(nameOf(pod));
      if (type === 'deleted') this.#due.delete(key);
      else if (pod.spec.nodeName && (!old?.spec.nodeName || !sameTolerations(old, pod))) enqueue(key);
    });
  }

  async reconcile(key: string): Promise<void> {
    const { state, clock } = this.#context;
    const pod = this.#pods.get(parseKey(key));
    if (!pod?.spec.nodeName || pod.metadata.deletionTimestamp !== undefined)
      return void this.#due.delete(key);
    const node = this.#nodes.get({ name: pod.spec.nodeName });
    const nowMs = clock.now();
    const atMs = node && evictionTimeMs(pod, node.spec.taints ?? [], nowMs);
    if (atMs === undefined) {
      if (this.#due.delete(key))
        this.#recorder.event(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${key}`);
      return;
    }
    if (atMs > nowMs) {
      this.#due.add(key);
      return this.#enqueueAfter(key, atMs - nowMs);
    }
    this.#due.delete(key);
    if (podCondition(pod, 'DisruptionTarget')?.status !== 'True') {
      const marked = withPodCondition(
        pod,
        {
          type: 'DisruptionTarget',
          status: 'True',
          reason: 'DeletionByTaintManager',
          message: 'Taint manager: deleting due to NoExecute taint',
        },
        nowMs,
      );
      try {
        await state.update(kinds.pod, marked, { subresource: 'status' });
      } catch (error) {
        if (isStatus(error, 'NotFound')) return;
        throw error;
      }
    }
    this.#recorder.event(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${key}`);
    try {
      await state.delete(kinds.pod, nameOf(pod), { preconditions: { uid: pod.metadata.uid } });
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
}

function noExecute(node: V1Node): string {
  const taints = (node.spec.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
  return taints.length === 0 ? '' : JSON.stringify(taints);
}

function sameTolerations(a: V1Pod, b: V1Pod): boolean {
  return JSON.stringify(a.spec.tolerations ?? []) === JSON.stringify(b.spec.tolerations ?? []);
}
