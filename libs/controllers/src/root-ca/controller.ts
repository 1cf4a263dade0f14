import { isStatus } from '@gantry/base';
import { kinds, type V1ConfigMap, type V1Namespace } from '@gantry/api';
import type { Controller, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';

const name = 'kube-root-ca.crt';
const description =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

/** Puts the cluster's CA certificate into every namespace, as ConfigMap `kube-root-ca.crt` with the key `ca.crt`. */
export class RootCaController implements Controller {
  readonly name = 'root_ca_cert_publisher';
  readonly workers = 1;
  readonly #context: ControllerContext;
  readonly #certificate: string;
  readonly #namespaces: Informer<V1Namespace>;
  readonly #configMaps: Informer<V1ConfigMap>;

  /** `certificate` in PEM; more than one may follow each other. */
  constructor(context: ControllerContext, certificate: string) {
    this.#context = context;
    this.#certificate = certificate;
    this.#namespaces = context.informers.of(kinds.namespace);
    this.#configMaps = context.informers.of(kinds.configMap);
  }

  setup(enqueue: (key: string) => void): void {
    this.#namespaces.onChange(({ object }) => enqueue(object.metadata.name));
    this.#configMaps.onChange(({ object: { metadata } }) => {
      if (metadata.name === name && metadata.namespace) enqueue(metadata.namespace);
    });
  }

  async reconcile(namespace: string): Promise<void> {
    const { state } = this.#context;
    const owner = this.#namespaces.get({ name: namespace });
    if (!owner || owner.metadata.deletionTimestamp !== undefined) return;
    const current = this.#configMaps.get({ namespace, name });
    const data = { 'ca.crt': this.#certificate };
    const annotations = { ...current?.metadata.annotations, 'kubernetes.io/description': description };
    if (!current) {
      try {
        await state.create(kinds.configMap, {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: { namespace, name, annotations },
          data,
        });
      } catch (error) {
        if (!isStatus(error, 'AlreadyExists') && !namespaceTerminating(error)) throw error;
      }
    } else if (
      current.data?.['ca.crt'] !== this.#certificate ||
      Object.keys(current.data).length !== 1 ||
      current.metadata.annotations?.['kubernetes.io/description'] !== description
    )
      await state.update(kinds.configMap, {
        ...current,
        metadata: { ...current.metadata, annotations },
        data,
      });
  }
}
