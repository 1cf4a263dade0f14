import { isStatus, messageOf } from '@gantry/base';
import {
  keyOf,
  kinds,
  nameOf,
  parseKey,
  type Stored,
  type V1Endpoints,
  type V1Pod,
  type V1Service,
} from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { OwnWrites } from '../shared/own-writes.ts';
import { ServiceKeys } from '../shared/service-keys.ts';
import { followsPods, selectorOf } from '../shared/service-pods.ts';
import { managedBy, managedByLabel, plan } from './plan.ts';

/** Keeps the older Endpoints object of each service with a selector, for those who still read it. */
export class EndpointsController implements Controller {
  readonly name = 'endpoint';
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #services: Informer<V1Service>;
  readonly #pods: Informer<V1Pod>;
  readonly #endpoints: Informer<V1Endpoints>;
  readonly #serviceKeys: ServiceKeys;
  readonly #ownWrites = new OwnWrites();
  /** Services seen to go: their Endpoints go along, whoever wrote them. */
  readonly #departed = new Set<string>();

  constructor(context: ControllerContext) {
    this.#context = context;
    this.#recorder = context.recorder('endpoint-controller');
    this.#services = context.informers.of(kinds.service);
    this.#pods = context.informers.of(kinds.pod);
    this.#endpoints = context.informers.of(kinds.endpoints);
    this.#serviceKeys = new ServiceKeys(context.informers);
  }

  setup(enqueue: (key: string) => void): void {
    this.#services.onChange(({ type, object }) => {
      const key = keyOf(nameOf(object));
      if (type === 'deleted') this.#departed.add(key);
      else this.#departed.delete(key);
      enqueue(key);
    });
    this.#pods.onChange((change) => this.#serviceKeys.concernedBy(change).forEach(enqueue));
    this.#endpoints.onChange(({ type, object }) => {
      if (type === 'deleted') this.#ownWrites.forget(object.metadata.uid);
      enqueue(keyOf(nameOf(object)));
    });
  }

  async reconcile(key: string): Promise<void> {
    const { state } = this.#context;
    const name = parseKey(key);
    const service = this.#services.get(name);
    const current = this.#endpoints.get(name);
    if (!service) {
      await this.#remove(current, this.#departed.has(key));
      return void this.#departed.delete(key);
    }
    if (!followsPods(service) || service.metadata.deletionTimestamp !== undefined) return;
    if (current && this.#ownWrites.isBehind(current)) return;
    const pods = this.#pods.list(name.namespace).filter(selectorOf(service));
    const next = plan(service, pods, current);
    if (!next) return;
    try {
      const { object } = current
        ? await state.update(kinds.endpoints, next)
        : await state.create(kinds.endpoints, next);
      this.#ownWrites.record(object);
    } catch (error) {
      if (namespaceTerminating(error)) return;
      if (!isStatus(error, 'Conflict', 'AlreadyExists')) {
        const verb = current ? 'update' : 'create';
        const reason = current ? 'FailedToUpdateEndpoint' : 'FailedToCreateEndpoint';
        this.#recorder.event(
          service,
          'Warning',
          reason,
          `Failed to ${verb} endpoint ${key}: ${messageOf(error)}`,
        );
      }
      throw error;
    }
  }

  /** Endpoints whose service nobody has seen may be somebody's by hand, and come before it: of these only our own. */
  async #remove(endpoints: Stored<V1Endpoints> | undefined, departed: boolean): Promise<void> {
    if (!endpoints || !(departed || endpoints.metadata.labels?.[managedByLabel] === managedBy)) return;
    const { uid } = endpoints.metadata;
    try {
      await this.#context.state.delete(kinds.endpoints, nameOf(endpoints), { preconditions: { uid } });
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
    }
  }
}
