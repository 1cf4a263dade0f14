import { isStatus, type Logger } from '@gantry/base';
import {
  findKindOf,
  kindList,
  kinds,
  keyOf,
  nameOf,
  type Kind,
  type ObjectName,
  type Stored,
  type V1OwnerReference,
} from '@gantry/api';
import type { Controller, EventRecorder } from '@gantry/control';
import { LRUCache } from 'lru-cache';
import type { ControllerContext } from '../shared/context.ts';
import { released } from '../shared/ownership.ts';
import { OwnerGraph, orphanFinalizer, ownersOf, waitsForDependents, type GraphNode } from './graph.ts';
import { planDeleting, planOwned, type GarbagePlan, type OwnerVerdict } from './plan.ts';

/**
 * Deletes what nobody owns any more. Watches every kind but events; keys are uids.
 *
 *     informers ──changes──▶ OwnerGraph ──uids──▶ planDeleting / planOwned ──▶ deletes, finalizers, owner references
 *                                                       ▲ live get: an owner that the graph lacks may only be late
 */
export class GarbageCollector implements Controller {
  readonly name = 'garbage_collector';
  readonly workers = 20;
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #log: Logger;
  readonly #graph = new OwnerGraph();
  /** Owners that were looked for and not found: dependents by the thousand ask for the same one. Uids never come back. */
  readonly #absent = new LRUCache<string, true>({ max: 500 });
  #enqueue: (key: string) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('garbage-collector-controller');
    this.#log = context.log.child({ component: 'garbage_collector' });
    for (const kind of watched) context.informers.of(kind);
  }

  setup(enqueue: (key: string) => void): void {
    this.#enqueue = enqueue;
    for (const kind of watched)
      this.#context.informers.of(kind).onChange((change) => this.#graph.apply(kind, change).forEach(enqueue));
  }

  async reconcile(uid: string): Promise<void> {
    const node = this.#graph.get(uid);
    if (!node) return;
    const dependents = this.#graph.dependentsOf(uid);
    const plan = planDeleting(node, dependents);
    if (plan) return this.#apply(node, plan);
    if (ownersOf(node.object).length === 0) return;
    const verdicts = await Promise.all(ownersOf(node.object).map((owner) => this.#judge(node, owner)));
    await this.#apply(node, planOwned(node, verdicts, dependents));
  }

  async #judge(node: GraphNode, owner: V1OwnerReference): Promise<OwnerVerdict> {
    const kind = findKindOf(owner.apiVersion, owner.kind);
    if (!kind) {
      // A kind that we do not know cannot be looked up, and what cannot be looked up is not deleted for.
      this.#log.debug('owner of unknown kind is taken to exist', {
        object: keyOf(nameOf(node.object)),
        owner: owner.kind,
      });
      return 'solid';
    }
    const { namespace } = node.object.metadata;
    if (kind.namespaced && !namespace) {
      this.#reportNamespace(node, owner);
      return 'solid';
    }
    const name: ObjectName = kind.namespaced ? { namespace, name: owner.name } : { name: owner.name };
    const absentKey = `${owner.uid} ${kind.group}/${kind.plural} ${keyOf(name)}`;
    const known = this.#graph.get(owner.uid);
    const home = known?.object.metadata.namespace;
    if (home && home !== namespace) this.#reportNamespace(node, owner);
    if (this.#absent.has(absentKey)) return 'absent';
    if (known && sameKind(known.kind, kind) && keyOf(nameOf(known.object)) === keyOf(name))
      return waitsForDependents(known.object) ? 'waiting' : 'solid';
    try {
      const { object } = await this.#context.state.get(kind, name);
      if (object.metadata.uid === owner.uid) return waitsForDependents(object) ? 'waiting' : 'solid';
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
    this.#absent.set(absentKey, true);
    return 'absent';
  }

  /** An owner has to be in the namespace of what it owns, or in none: this one is somewhere else. */
  #reportNamespace(node: GraphNode, { apiVersion, kind, name, uid }: V1OwnerReference): void {
    const { namespace = '' } = node.object.metadata;
    this.#recorder.event(
      node.object,
      'Warning',
      'OwnerRefInvalidNamespace',
      `ownerRef [${apiVersion}/${kind}, namespace: ${namespace}, name: ${name}, uid: ${uid}] does not exist in namespace "${namespace}"`,
    );
  }

  async #apply(node: GraphNode, plan: GarbagePlan): Promise<void> {
    const { kind, object } = node;
    switch (plan.type) {
      case 'none':
        return;
      case 'hasten':
        for (const dependent of plan.dependents) this.#enqueue(dependent.object.metadata.uid);
        return;
      case 'release':
        return this.#release(node, plan.finalizer);
      case 'references':
        return this.#write(kind, withReferences(object, plan.keep));
      case 'orphan':
        for (const dependent of plan.dependents)
          await this.#write(dependent.kind, released(dependent.object, object.metadata.uid));
        return this.#release(node, orphanFinalizer);
      case 'delete':
        return this.#delete(node, plan);
    }
  }

  async #delete({ kind, object }: GraphNode, plan: Extract<GarbagePlan, { type: 'delete' }>): Promise<void> {
    let current = object;
    if (plan.unblock) {
      current = (await this.#context.state.update(kind, withReferences(object, plan.unblock))).object;
    }
    const { uid, resourceVersion } = current.metadata;
    this.#log.debug('deleting an object without owners', { kind: kind.kind, object: keyOf(nameOf(object)) });
    try {
      // With the version: an owner added meanwhile must save it.
      await this.#context.state.delete(kind, nameOf(object), {
        preconditions: { uid, resourceVersion },
        propagationPolicy: plan.propagationPolicy,
      });
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }

  async #release({ kind, object }: GraphNode, finalizer: string): Promise<void> {
    const copy = structuredClone(object);
    copy.metadata.finalizers = (copy.metadata.finalizers ?? []).filter((each) => each !== finalizer);
    await this.#write(kind, copy);
  }

  /** On the version that the graph has; a newer one is a Conflict, and is tried again when it has arrived. */
  async #write(kind: Kind, object: Stored): Promise<void> {
    try {
      await this.#context.state.update(kind, object);
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
}

/** Events own nothing, and are many. */
const watched = kindList.filter((kind) => kind !== (kinds.event as Kind));

function sameKind(a: Kind, b: Kind): boolean {
  return a.group === b.group && a.kind === b.kind;
}

function withReferences(object: Stored, references: readonly V1OwnerReference[]): Stored {
  const copy = structuredClone(object);
  copy.metadata.ownerReferences = [...references];
  return copy;
}
