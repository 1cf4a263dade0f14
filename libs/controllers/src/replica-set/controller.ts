import { isStatus, messageOf } from '@gantry/base';
import {
  keyOf,
  kinds,
  labelRequirements,
  labelSelectorMatches,
  matchesLabels,
  nameOf,
  parseKey,
  type Stored,
  type V1Pod,
  type V1ReplicaSet,
} from '@gantry/api';
import {
  Expectations,
  expectationsTimeoutMs,
  type Change,
  type Controller,
  type EventRecorder,
  type Informer,
} from '@gantry/control';
import { canonicalJson } from '../shared/canonical.ts';
import { claim } from '../shared/claimer.ts';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { byController, controllerOf, controllerReference } from '../shared/ownership.ts';
import { Pace } from '../shared/pace.ts';
import { isPodActive } from '../shared/pods.ts';
import { slowStart } from '../shared/slow-start.ts';
import { planScale, planStatus, type ScaleFailure } from './plan.ts';

/**
 * Keeps as many pods as each ReplicaSet says. Watches ReplicaSets and Pods; writes pods (creation, deletion, controller
 * reference) and the status of ReplicaSets.
 */
export class ReplicaSetController implements Controller {
  readonly name = 'replicaset';
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #expectations: Expectations;
  /** 1,000 pods: ten passes, and so ten new statuses, per second. */
  readonly #pace: Pace;
  readonly #replicaSets: Informer<V1ReplicaSet>;
  readonly #pods: Informer<V1Pod>;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('replicaset-controller');
    this.#expectations = new Expectations(context.clock);
    this.#pace = new Pace({ clock: context.clock, msPerItem: 0.1 });
    this.#replicaSets = context.informers.of(kinds.replicaSet, byController);
    this.#pods = context.informers.of(kinds.pod, byController);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#replicaSets.onChange((change) => {
      const key = keyOf(nameOf(change.object));
      if (change.type === 'deleted') this.#expectations.forget(key);
      // What somebody asks for is done at once; our own status that comes back asks for nothing.
      if (change.old?.metadata.generation !== change.object.metadata.generation) this.#pace.hurry(key);
      enqueue(key);
    });
    this.#pods.onChange((change) => this.#podChanged(change, enqueue));
  }

  #podChanged(change: Change<V1Pod>, enqueue: (key: string) => void): void {
    const { object: pod, old } = change;
    const owner = this.#ownerKey(pod);
    const dying = change.type === 'deleted' || pod.metadata.deletionTimestamp !== undefined;
    if (owner !== undefined) {
      if (dying) this.#expectations.deletionObserved(owner, pod.metadata.uid);
      if (change.type === 'added') this.#expectations.creationObserved(owner);
      enqueue(owner);
    }
    const oldOwner = old && this.#ownerKey(old);
    if (oldOwner !== undefined && oldOwner !== owner) enqueue(oldOwner);
    if (controllerOf(pod) || dying) return;
    // An orphan: whoever selects it may adopt it, but only its labels and its loss of an owner make that news.
    if (old && controllerOf(old) === undefined && sameLabels(old, pod)) return;
    for (const replicaSet of this.#replicaSets.list(pod.metadata.namespace))
      if (labelSelectorMatches(replicaSet.spec.selector, pod.metadata.labels))
        enqueue(keyOf(nameOf(replicaSet)));
  }

  /** By name and uid: the pods of a ReplicaSet of before are no news of the one that has its name now. */
  #ownerKey(pod: V1Pod): string | undefined {
    const reference = controllerOf(pod);
    if (reference?.kind !== 'ReplicaSet') return undefined;
    const name = { namespace: pod.metadata.namespace, name: reference.name };
    return this.#replicaSets.get(name)?.metadata.uid === reference.uid ? keyOf(name) : undefined;
  }

  async reconcile(key: string, signal: AbortSignal): Promise<void> {
    const { state, clock } = this.#context;
    const replicaSet = this.#replicaSets.get(parseKey(key));
    if (!replicaSet) return this.#expectations.forget(key);
    const waitMs = this.#pace.waitMs(key);
    if (waitMs > 0) return this.#enqueueAfter(key, waitMs);
    const satisfied = this.#expectations.satisfied(key);
    const requirements = labelRequirements(replicaSet.spec.selector);
    const pods = await claim(state, kinds.replicaSet, replicaSet, this.#pods, (pod) =>
      isPodActive(pod)
        ? requirements !== undefined && matchesLabels(requirements, pod.metadata.labels)
        : controllerOf(pod) !== undefined,
    );
    signal.throwIfAborted();
    const failure = satisfied ? await this.#scale(key, replicaSet, pods) : undefined;
    signal.throwIfAborted();
    const plan = planStatus(replicaSet, pods, satisfied, failure, clock.now());
    if (plan.changed)
      await state.update(kinds.replicaSet, { ...replicaSet, status: plan.status }, { subresource: 'status' });
    if (plan.recheckAfterMs !== undefined) this.#enqueueAfter(key, plan.recheckAfterMs);
    if (!satisfied) this.#enqueueAfter(key, expectationsTimeoutMs + 1000);
    if (failure) throw failure.error;
    this.#pace.passed(key, pods.length);
  }

  async #scale(
    key: string,
    replicaSet: Stored<V1ReplicaSet>,
    pods: readonly Stored<V1Pod>[],
  ): Promise<ScaleFailure | undefined> {
    const plan = planScale(
      replicaSet,
      pods,
      () => this.#related(replicaSet, pods),
      this.#context.clock.now(),
    );
    switch (plan.type) {
      case 'none':
        return undefined;
      case 'create':
        return this.#create(key, replicaSet, plan.count);
      case 'delete':
        return this.#delete(key, replicaSet, plan.pods);
    }
  }

  async #create(
    key: string,
    replicaSet: Stored<V1ReplicaSet>,
    count: number,
  ): Promise<ScaleFailure | undefined> {
    const { state } = this.#context;
    this.#expectations.expectCreations(key, count);
    const { succeeded, error } = await slowStart(count, async () => {
      const { object } = await state.create(kinds.pod, podFromTemplate(replicaSet));
      this.#recorder.event(replicaSet, 'Normal', 'SuccessfulCreate', `Created pod: ${object.metadata.name}`);
    });
    for (let missing = succeeded; missing < count; missing++) this.#expectations.creationObserved(key);
    if (error === undefined || namespaceTerminating(error)) return undefined;
    this.#recorder.event(replicaSet, 'Warning', 'FailedCreate', `Error creating: ${messageOf(error)}`);
    return { reason: 'FailedCreate', error };
  }

  async #delete(
    key: string,
    replicaSet: Stored<V1ReplicaSet>,
    pods: readonly Stored<V1Pod>[],
  ): Promise<ScaleFailure | undefined> {
    const { state } = this.#context;
    this.#expectations.expectDeletions(
      key,
      pods.map(({ metadata }) => metadata.uid),
    );
    const results = await Promise.allSettled(
      pods.map(async (pod) => {
        const { uid, name } = pod.metadata;
        try {
          await state.delete(kinds.pod, nameOf(pod), { preconditions: { uid } });
          this.#recorder.event(replicaSet, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`);
        } catch (error) {
          this.#expectations.deletionObserved(key, uid);
          if (isStatus(error, 'NotFound')) return;
          this.#recorder.event(replicaSet, 'Warning', 'FailedDelete', `Error deleting: ${messageOf(error)}`);
          throw error;
        }
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    return failed ? { reason: 'FailedDelete', error: failed.reason } : undefined;
  }

  /** The active pods of all ReplicaSets with the same owner as this one. */
  #related(replicaSet: Stored<V1ReplicaSet>, own: readonly Stored<V1Pod>[]): readonly Stored<V1Pod>[] {
    const owner = controllerOf(replicaSet);
    if (!owner) return own;
    return this.#replicaSets
      .by('controller', owner.uid)
      .flatMap((sibling) => this.#pods.by('controller', sibling.metadata.uid));
  }
}

function sameLabels(a: V1Pod, b: V1Pod): boolean {
  return canonicalJson(a.metadata.labels ?? {}) === canonicalJson(b.metadata.labels ?? {});
}

function podFromTemplate(replicaSet: Stored<V1ReplicaSet>): V1Pod {
  const { metadata, spec } = structuredClone(replicaSet.spec.template ?? {});
  const { name, namespace } = replicaSet.metadata;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(namespace ? { namespace } : {}),
      generateName: `${name}-`,
      ...(metadata?.labels ? { labels: metadata.labels } : {}),
      ...(metadata?.annotations ? { annotations: metadata.annotations } : {}),
      ...(metadata?.finalizers ? { finalizers: metadata.finalizers } : {}),
      ownerReferences: [controllerReference(kinds.replicaSet, replicaSet)],
    },
    spec: spec ?? { containers: [] },
  };
}
