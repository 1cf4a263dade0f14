import { isStatus } from '@gantry/base';
import { kinds, type V1Namespace, type V1ServiceAccount } from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';

/** Sees to it that every namespace has the ServiceAccount `default`, which pods use that name none. */
export class ServiceAccountController implements Controller {
  readonly name = 'serviceaccount';
  readonly workers = 1;
  readonly #context: ControllerContext;
  readonly #namespaces: Informer<V1Namespace>;
  readonly #accounts: Informer<V1ServiceAccount>;

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#namespaces = context.informers.of(kinds.namespace);
    this.#accounts = context.informers.of(kinds.serviceAccount);
  }

  setup(enqueue: (key: string) => void): void {
    this.#namespaces.onChange(({ object }) => enqueue(object.metadata.name));
    this.#accounts.onChange(({ type, object: { metadata } }) => {
      if (type === 'deleted' && metadata.name === 'default' && metadata.namespace)
        enqueue(metadata.namespace);
    });
  }

  async reconcile(namespace: string): Promise<void> {
    const object = this.#namespaces.get({ name: namespace });
    if (!object || object.metadata.deletionTimestamp !== undefined) return;
    if (this.#accounts.get({ namespace, name: 'default' })) return;
    try {
      await this.#context.state.create(kinds.serviceAccount, {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { namespace, name: 'default' },
      });
    } catch (error) {
      if (!isStatus(error, 'AlreadyExists') && !namespaceTerminating(error)) throw error;
    }
  }
}
