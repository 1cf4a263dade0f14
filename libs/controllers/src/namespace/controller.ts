import { isStatus, messageOf } from '@gantry/base';
import {
  kindList,
  kinds,
  nameOf,
  type Kind,
  type KubeObject,
  type Stored,
  type V1Namespace,
} from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import { canonicalJson } from '../shared/canonical.ts';
import type { ControllerContext } from '../shared/context.ts';
import { planConditions, type Remainder } from './plan.ts';

/** How often a namespace is looked at again that waits for others to finish. Pods that go are noticed at once. */
const recheckMs = 1_000;

/**
 * Empties namespaces that are being deleted, pods before everything else (KEP-5080: nothing that guards a pod goes before it),
 * and lets each go when nothing is left. Reads the store, not the cache: what it misses would be lost for good.
 */
export class NamespaceController implements Controller {
  readonly name = 'namespace';
  readonly #context: ControllerContext;
  readonly #namespaces: Informer<V1Namespace>;
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#namespaces = context.informers.of(kinds.namespace);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    const dying = (name: string) => this.#namespaces.get({ name })?.metadata.deletionTimestamp !== undefined;
    this.#namespaces.onChange(({ object }) => {
      if (object.metadata.deletionTimestamp !== undefined) enqueue(object.metadata.name);
    });
    this.#context.informers.of(kinds.pod).onChange(({ type, object: { metadata } }) => {
      if (type === 'deleted' && metadata.namespace && dying(metadata.namespace)) enqueue(metadata.namespace);
    });
  }

  async reconcile(name: string, signal: AbortSignal): Promise<void> {
    const { state } = this.#context;
    if (this.#namespaces.get({ name })?.metadata.deletionTimestamp === undefined) return;
    let namespace: Stored<V1Namespace>;
    try {
      namespace = (await state.get(kinds.namespace, { name })).object;
    } catch (error) {
      if (isStatus(error, 'NotFound')) return;
      throw error;
    }
    if (namespace.metadata.deletionTimestamp === undefined) return;
    if (!(namespace.spec?.finalizers ?? []).includes('kubernetes')) return;
    const { remainders, sawAny } = await this.#empty(name, signal);
    signal.throwIfAborted();
    namespace = await this.#writeStatus(namespace, remainders);
    if (!sawAny) {
      const finalizers = (namespace.spec.finalizers ?? []).filter((each) => each !== 'kubernetes');
      await state.update(
        kinds.namespace,
        { ...namespace, spec: { ...namespace.spec, finalizers } },
        { subresource: 'finalize' },
      );
      return;
    }
    // All of it went at once: a second look must prove it before the namespace is let go.
    const left = remainders.some(({ count, failure }) => count > 0 || failure !== undefined);
    this.#enqueueAfter(name, left ? recheckMs : 0);
  }

  async #empty(
    namespace: string,
    signal: AbortSignal,
  ): Promise<{ remainders: Remainder[]; sawAny: boolean }> {
    const pods = await this.#deleteAll(kinds.pod, namespace, signal);
    if (pods.count > 0 || pods.failure !== undefined) return { remainders: [pods], sawAny: true };
    const remainders: Remainder[] = [pods];
    let sawAny = pods.saw > 0;
    for (const kind of kindList) {
      if (!kind.namespaced || kind === (kinds.pod as Kind)) continue;
      signal.throwIfAborted();
      const remainder = await this.#deleteAll(kind, namespace, signal);
      sawAny ||= remainder.saw > 0 || remainder.failure !== undefined;
      remainders.push(remainder);
    }
    return { remainders, sawAny };
  }

  async #deleteAll<T extends KubeObject>(
    kind: Kind<T>,
    namespace: string,
    signal: AbortSignal,
  ): Promise<Remainder & { saw: number }> {
    const { state } = this.#context;
    const resource = `${kind.plural}.${kind.group}`;
    const remainder: Remainder & { saw: number } = { resource, count: 0, finalizers: {}, saw: 0 };
    const keep = (object: KubeObject) => {
      remainder.count++;
      for (const each of object.metadata.finalizers ?? [])
        remainder.finalizers[each] = (remainder.finalizers[each] ?? 0) + 1;
    };
    try {
      const { entries } = await state.list(kind, { namespace });
      remainder.saw = entries.length;
      for (const { object } of entries) {
        signal.throwIfAborted();
        if (object.metadata.deletionTimestamp !== undefined) {
          keep(object);
          continue;
        }
        try {
          const { uid } = object.metadata;
          const deleted = await state.delete(kind, nameOf(object), {
            preconditions: { uid },
            propagationPolicy: 'Background',
          });
          if (!deleted.gone) keep(deleted.entry.object);
        } catch (error) {
          if (isStatus(error, 'NotFound', 'Conflict')) continue;
          throw error;
        }
      }
    } catch (error) {
      if (signal.aborted) throw error;
      remainder.failure = `${kind.plural}: ${messageOf(error)}`;
    }
    return remainder;
  }

  async #writeStatus(
    namespace: Stored<V1Namespace>,
    remainders: readonly Remainder[],
  ): Promise<Stored<V1Namespace>> {
    const { state, clock } = this.#context;
    const conditions = planConditions(namespace.status?.conditions ?? [], remainders, clock.now());
    const status = { phase: 'Terminating', conditions };
    if (canonicalJson(status) === canonicalJson(namespace.status ?? {})) return namespace;
    return (await state.update(kinds.namespace, { ...namespace, status }, { subresource: 'status' })).object;
  }
}
