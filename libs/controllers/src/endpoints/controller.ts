import { isStatus, messageOf } from '@gantry/base';
import { keyOf, kinds, nameOf, parseKey, type Stored, type V1Endpoints, type V1Service } from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { namespaceTerminating } from '../shared/namespace-terminating.ts';
import { OwnWrites } from '../shared/own-writes.ts';
import { Pace } from '../shared/pace.ts';
import type { ServiceIndex } from '../shared/service-index.ts';
import { followsPods } from '../shared/service-pods.ts';
import { TriggerTimes } from '../shared/trigger-times.ts';
import { managedBy, managedByLabel, plan } from './plan.ts';

/** Keeps the older Endpoints object of each service with a selector, for those who still read it. */
export class EndpointsController implements Controller {
  readonly name = 'endpoint';
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #services: Informer<V1Service>;
  readonly #endpoints: Informer<V1Endpoints>;
  readonly #index: ServiceIndex;
  readonly #ownWrites = new OwnWrites();
  readonly #triggerTimes = new TriggerTimes();
  /** One object names all pods: 1,000 of them are written, and sent to all who watch, twice per second. */
  readonly #pace: Pace;
  readonly #batchPeriodMs: number;
  /** Services seen to go: their Endpoints go along, whoever wrote them. */
  readonly #departed = new Set<string>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  /** Changes of pods wait for `batchPeriodMs` for others. */
  constructor(context: ControllerContext, batchPeriodMs: number) {
    this.#batchPeriodMs = batchPeriodMs;
    this.#pace = new Pace({ clock: context.clock, msPerItem: 0.5 });
    this.#context = context;
    this.#recorder = context.recorder('endpoint-controller');
    this.#services = context.informers.of(kinds.service);
    this.#endpoints = context.informers.of(kinds.endpoints);
    this.#index = context.serviceIndex;
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#services.onChange(({ type, object }) => {
      const key = keyOf(nameOf(object));
      if (type === 'deleted') this.#departed.add(key);
      else this.#departed.delete(key);
      this.#pace.hurry(key);
      enqueue(key);
    });
    this.#index.onPodChange((key) => enqueueAfter(key, this.#batchPeriodMs));
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
      this.#triggerTimes.forget(key);
      await this.#remove(current, this.#departed.has(key));
      return void this.#departed.delete(key);
    }
    if (!followsPods(service) || service.metadata.deletionTimestamp !== undefined) return;
    const waitMs = this.#pace.waitMs(key);
    if (waitMs > 0) return this.#enqueueAfter(key, waitMs);
    if (current && this.#ownWrites.isBehind(current)) return;
    const pods = this.#index.pods(key);
    const next = plan(service, pods, current, this.#triggerTimes.next(key, service, pods));
    if (!next) return this.#pace.passed(key, pods.length);
    try {
      const { object } = current
        ? await state.update(kinds.endpoints, next)
        : await state.create(kinds.endpoints, next);
      this.#ownWrites.record(object);
      this.#pace.passed(key, pods.length);
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
