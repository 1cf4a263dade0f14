import { isStatus, messageOf } from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type Stored,
  type V1Deployment,
  type V1Pod,
  type V1ReplicaSet,
} from '@gantry/api';
import {
  Expectations,
  expectationsTimeoutMs,
  type Controller,
  type EventRecorder,
  type Informer,
} from '@gantry/control';
import { templateText } from '../shared/canonical.ts';
import { claim } from '../shared/claimer.ts';
import { withCondition } from '../shared/conditions.ts';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { OwnWrites } from '../shared/own-writes.ts';
import { byController, controllerOf, controllerReference } from '../shared/ownership.ts';
import { isPodFinished } from '../shared/pods.ts';
import { belongsTo, plan, selectsEverything, type DeploymentAction } from './plan.ts';
import { revisionAnnotation } from './replica-counts.ts';
import { hasProgressDeadline, progressCondition } from './status.ts';

/**
 * Rolls Deployments out. Watches Deployments, ReplicaSets and (for Recreate) Pods; writes ReplicaSets but for their status, and of
 * Deployments the status and the revision annotation.
 */
export class DeploymentController implements Controller {
  readonly name = 'deployment';
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #deployments: Informer<V1Deployment>;
  readonly #replicaSets: Informer<V1ReplicaSet>;
  readonly #pods: Informer<V1Pod>;
  readonly #ownWrites = new OwnWrites();
  /** ReplicaSets created that the cache does not show yet: another made without counting their pods would pass the surge. */
  readonly #expectations: Expectations;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('deployment-controller');
    this.#expectations = new Expectations(context.clock);
    this.#deployments = context.informers.of(kinds.deployment);
    this.#replicaSets = context.informers.of(kinds.replicaSet, byController);
    this.#pods = context.informers.of(kinds.pod, byController);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#deployments.onChange(({ type, object }) => {
      const key = keyOf(nameOf(object));
      if (type === 'deleted') {
        this.#ownWrites.forget(object.metadata.uid);
        this.#expectations.forget(key);
      }
      enqueue(key);
    });
    this.#replicaSets.onChange(({ type, object, old }) => {
      if (type === 'deleted') this.#ownWrites.forget(object.metadata.uid);
      const owner = this.#ownerKey(object);
      const oldOwner = old && this.#ownerKey(old);
      if (owner !== undefined) {
        if (type === 'added') this.#expectations.creationObserved(owner);
        enqueue(owner);
      }
      if (oldOwner !== undefined && oldOwner !== owner) enqueue(oldOwner);
      if (type === 'deleted' || controllerOf(object)) return;
      for (const deployment of this.#deployments.list(object.metadata.namespace))
        if (belongsTo(deployment, object)) enqueue(keyOf(nameOf(deployment)));
    });
    this.#pods.onChange(({ type, object: pod }) => {
      if (type !== 'deleted' && !isPodFinished(pod)) return;
      // The last old pod gone is what a Recreate waits for.
      const set = controllerOf(pod);
      const replicaSet = set && this.#replicaSets.get({ namespace: pod.metadata.namespace, name: set.name });
      const owner = replicaSet && this.#ownerKey(replicaSet);
      if (owner !== undefined && this.#deployments.get(parseKey(owner))?.spec.strategy?.type === 'Recreate')
        enqueue(owner);
    });
  }

  /** By name and uid: the ReplicaSets of a Deployment of before are no news of the one that has its name now. */
  #ownerKey(replicaSet: V1ReplicaSet): string | undefined {
    const reference = controllerOf(replicaSet);
    if (reference?.kind !== 'Deployment') return undefined;
    const name = { namespace: replicaSet.metadata.namespace, name: reference.name };
    return this.#deployments.get(name)?.metadata.uid === reference.uid ? keyOf(name) : undefined;
  }

  async reconcile(key: string, signal: AbortSignal): Promise<void> {
    const { state, clock } = this.#context;
    const deployment = this.#deployments.get(parseKey(key));
    if (!deployment) return this.#expectations.forget(key);
    if (selectsEverything(deployment)) return this.#refuse(deployment);
    const replicaSets = await claim(state, kinds.deployment, deployment, this.#replicaSets, (each) =>
      belongsTo(deployment, each),
    );
    signal.throwIfAborted();
    // What we wrote comes back by the watch, and brings us here again.
    if (!this.#expectations.satisfied(key)) return this.#enqueueAfter(key, expectationsTimeoutMs + 1000);
    if ([deployment, ...replicaSets].some((each) => this.#ownWrites.isBehind(each))) return;
    const next = plan({
      deployment,
      replicaSets,
      hasRunningPods: (set) =>
        this.#pods.by('controller', set.metadata.uid).some((pod) => !isPodFinished(pod)),
      nowMs: clock.now(),
    });
    for (const action of next.actions) {
      await this.#apply(deployment, action);
      signal.throwIfAborted();
    }
    let current = deployment;
    if (next.statusChanged) {
      current = await this.#writeStatus(deployment, next.status);
      signal.throwIfAborted();
    }
    if (next.revision !== undefined) {
      const annotations = { ...current.metadata.annotations, [revisionAnnotation]: next.revision };
      const { object } = await state.update(kinds.deployment, {
        ...current,
        metadata: { ...current.metadata, annotations },
      });
      this.#ownWrites.record(object);
    }
    if (next.recheckAfterMs !== undefined) this.#enqueueAfter(key, next.recheckAfterMs);
  }

  async #refuse(deployment: Stored<V1Deployment>): Promise<void> {
    this.#recorder.event(
      deployment,
      'Warning',
      'SelectingAll',
      'This deployment is selecting all pods. A non-empty selector is required.',
    );
    const observedGeneration = deployment.metadata.generation ?? 0;
    if ((deployment.status?.observedGeneration ?? 0) < observedGeneration)
      await this.#writeStatus(deployment, { ...deployment.status, observedGeneration });
  }

  async #writeStatus(
    deployment: Stored<V1Deployment>,
    status: NonNullable<V1Deployment['status']>,
  ): Promise<Stored<V1Deployment>> {
    const { object } = await this.#context.state.update(
      kinds.deployment,
      { ...deployment, status },
      { subresource: 'status' },
    );
    this.#ownWrites.record(object);
    return object;
  }

  async #apply(deployment: Stored<V1Deployment>, action: DeploymentAction): Promise<void> {
    const { state } = this.#context;
    if (action.type === 'create') return this.#create(deployment, action.replicaSet);
    const { replicaSet } = action;
    const { name, uid } = replicaSet.metadata;
    if (action.type === 'delete') {
      try {
        await state.delete(kinds.replicaSet, nameOf(replicaSet), { preconditions: { uid } });
      } catch (error) {
        if (!isStatus(error, 'NotFound')) throw error;
      }
      return;
    }
    const { object } = await state.update(kinds.replicaSet, replicaSet);
    this.#ownWrites.record(object);
    if (action.scaled) this.#scaled(deployment, name, action.scaled.from, action.scaled.to);
  }

  async #create(deployment: Stored<V1Deployment>, replicaSet: V1ReplicaSet): Promise<void> {
    const { state } = this.#context;
    const ownerReferences = [controllerReference(kinds.deployment, deployment)];
    const key = keyOf(nameOf(deployment));
    this.#expectations.expectCreations(key, 1);
    try {
      const { object } = await state.create(kinds.replicaSet, {
        ...replicaSet,
        metadata: { ...replicaSet.metadata, ownerReferences },
      });
      if (object.spec.replicas) this.#scaled(deployment, object.metadata.name, 0, object.spec.replicas);
    } catch (error) {
      this.#expectations.creationObserved(key);
      if (isStatus(error, 'AlreadyExists')) return this.#nameTaken(deployment, replicaSet, error);
      await this.#createFailed(deployment, replicaSet, error);
      throw error;
    }
  }

  /** Our own from before, which the cache does not show yet; or somebody else's: then the hash needs another salt. */
  async #nameTaken(deployment: Stored<V1Deployment>, replicaSet: V1ReplicaSet, error: Error): Promise<void> {
    const { state } = this.#context;
    const { object } = await state.get(kinds.replicaSet, nameOf(replicaSet));
    const ours =
      controllerOf(object)?.uid === deployment.metadata.uid &&
      templateText(object.spec.template ?? {}) === templateText(deployment.spec.template);
    if (ours) return;
    const collisionCount = (deployment.status?.collisionCount ?? 0) + 1;
    await this.#writeStatus(deployment, { ...deployment.status, collisionCount });
    throw error;
  }

  async #createFailed(
    deployment: Stored<V1Deployment>,
    replicaSet: V1ReplicaSet,
    error: unknown,
  ): Promise<void> {
    if (!isStatus(error) || isStatus(error, 'ServiceUnavailable', 'Conflict')) return;
    if (namespaceTerminating(error)) return;
    const message = `Failed to create new replica set "${replicaSet.metadata.name}": ${messageOf(error)}`;
    this.#recorder.event(deployment, 'Warning', 'ReplicaSetCreateError', message);
    if (!hasProgressDeadline(deployment)) return;
    const nowMs = this.#context.clock.now();
    const before = deployment.status?.conditions ?? [];
    const conditions = withCondition(
      before,
      progressCondition('False', 'ReplicaSetCreateError', message, nowMs),
      nowMs,
    );
    if (conditions.some((each) => !before.includes(each)))
      await this.#writeStatus(deployment, { ...deployment.status, conditions });
  }

  #scaled(deployment: Stored<V1Deployment>, name: string, from: number, to: number): void {
    const direction = to > from ? 'up' : 'down';
    const message = `Scaled ${direction} replica set ${name} from ${from} to ${to}`;
    this.#recorder.event(deployment, 'Normal', 'ScalingReplicaSet', message);
  }
}
