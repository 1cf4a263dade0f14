import type { ServerDuplexStream } from '@grpc/grpc-js';
import { isStatus, messageOf, StatusError, type Clock, type Logger } from '@gantry/base';
import type { V1Lease, V1Node, V1NodeStatus } from '@gantry/api';
import type { Entry, State } from '@gantry/state';
import { toGrpcError } from '../grpc-status.ts';
import type { AgentMessage, ServerMessage, Welcome } from '../service.ts';
import type { NodeEvents } from './node-events.ts';
import { renewNodeLease } from './node-lease.ts';
import type { ObjectHub } from './object-hub.ts';
import { Outbox } from './outbox.ts';
import { readPodStatus, removeTerminatedPod, writePodStatus } from './pod-status.ts';
import { RateLimit } from './rate-limit.ts';
import { parseHelloNode, registerNode, writeNodeStatus } from './registration.ts';
import type { StreamBroker } from './stream-broker.ts';
import { maxStatusBytes, readObject } from './wire-object.ts';

export interface SessionContext {
  state: State;
  clock: Clock;
  log: Logger;
  hub: ObjectHub;
  events: NodeEvents;
  broker: StreamBroker;
  welcome(node: Entry<V1Node>): Welcome;
}

type Call = ServerDuplexStream<AgentMessage, ServerMessage>;

/** So many messages of an agent are in work at once; it is heard again when half of them are done. */
const maxInFlight = 64;
/**
 * An agent for which more than this waits to be taken is not heard until it has taken it: each of its reports makes an acknowledgement,
 * so one that reports and does not read would fill the memory.
 */
const maxWaiting = 4096;

/** One agent's session, from its Hello to its end. */
export class Session {
  readonly nodeName: string;
  readonly outbox: Outbox;
  readonly #call: Call;
  readonly #context: SessionContext;
  readonly #log: Logger;
  readonly #ended = Promise.withResolvers<void>();
  /** Per pod, the write in progress: statuses of one pod are written in the order they came. */
  readonly #writes = new Map<string, Promise<void>>();
  readonly #complaints: RateLimit;
  #node: Entry<V1Node> | undefined;
  #lease: Entry<V1Lease> | undefined;
  #renewal: Promise<void> | undefined;
  #greeted = false;
  #inFlight = 0;
  #over = false;

  constructor(nodeName: string, call: Call, context: SessionContext) {
    this.nodeName = nodeName;
    this.outbox = new Outbox(call, () => this.#listen());
    this.#call = call;
    this.#context = context;
    this.#log = context.log.child({ node: nodeName });
    this.#complaints = new RateLimit(context.clock, 10, 60_000);
    call.on('data', (message: AgentMessage) => this.#received(message));
    call.on('end', () => this.end());
    call.on('error', () => this.end());
    call.on('close', () => this.end());
    call.on('cancelled', () => this.end());
  }

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** True once the agent is registered and is being sent its objects. */
  get ready(): boolean {
    return this.#node !== undefined && !this.#over;
  }

  /** Idempotent. With an error the agent is told. */
  end(error?: StatusError): void {
    if (this.#over) return;
    this.#over = true;
    this.outbox.close();
    this.#context.hub.unsubscribe(this);
    this.#context.broker.abandon(this.outbox);
    if (error) this.#call.emit('error', toGrpcError(error));
    else this.#call.end();
    this.#ended.resolve();
  }

  #received(message: AgentMessage): void {
    if (this.#over) return;
    this.#inFlight++;
    this.#listen();
    void this.#handle(message)
      .catch((error: unknown) => this.#failed(error))
      .finally(() => {
        this.#inFlight--;
        this.#listen();
      });
  }

  /** Reads from the agent, or stops to, by what is in work for it and what it has not taken. */
  #listen(): void {
    if (this.#over) return;
    if (this.#inFlight >= maxInFlight || this.outbox.length > maxWaiting) this.#call.pause();
    else if (this.#inFlight < maxInFlight / 2) this.#call.resume();
  }

  /** What an agent may not do ends its session; what fails for now is only logged: the agent says it again. */
  #failed(error: unknown): void {
    if (isStatus(error, 'BadRequest', 'Forbidden') || !this.#node)
      return this.end(
        isStatus(error) ? error : StatusError.unavailable('the node could not be registered', error),
      );
    if (isStatus(error)) this.#refused('message not taken', error);
    else this.#log.error('message failed', { err: error });
  }

  /** What does not fit its model is a fault of the node that somebody has to see; but no node may fill the log with it. */
  #refused(what: string, error: unknown, more: Record<string, string> = {}): void {
    const loud = isStatus(error, 'Invalid', 'BadRequest') && this.#complaints.take('');
    this.#log[loud ? 'warn' : 'debug'](what, { ...more, cause: messageOf(error) });
  }

  async #handle(message: AgentMessage): Promise<void> {
    if (message.hello) return this.#hello(message.hello.node);
    if (!this.#node) throw StatusError.badRequest('a session begins with a hello');
    const { state, events, broker } = this.#context;
    if (message.podStatus) {
      const { sequence = 0, status } = message.podStatus;
      const pod = podOf(message.podStatus);
      const known = () => this.#context.hub.pod(pod.namespace, pod.name);
      return this.#write(pod, Number(sequence), () =>
        writePodStatus(state, this.nodeName, pod, readPodStatus(status), known()),
      );
    }
    if (message.podTerminated) {
      const pod = podOf(message.podTerminated);
      const sequence = Number(message.podTerminated.sequence ?? 0);
      return this.#write(pod, sequence, () => removeTerminatedPod(state, this.nodeName, pod));
    }
    if (message.heartbeat) return this.#heartbeat();
    if (message.nodeStatus) {
      const said = readObject<V1NodeStatus>(
        'V1NodeStatus',
        message.nodeStatus.status,
        'the node status',
        maxStatusBytes,
      );
      this.#node = await writeNodeStatus(state, this.nodeName, said);
      return;
    }
    if (message.event)
      return events.record(this.nodeName, message.event.event).catch((error: unknown) => {
        // The pod may have gone while its last event was on the way: no reason to end a session.
        if (!isStatus(error, 'Forbidden', 'TooManyRequests')) throw error;
        this.#log.debug('event refused', { cause: messageOf(error) });
      });
    if (message.streamRefused) {
      const { id = '', message: text = '', code = 500 } = message.streamRefused;
      broker.refuse(id ?? '', this.nodeName, text ?? '', code ?? 500);
    }
  }

  async #hello(bytes: Uint8Array | null | undefined): Promise<void> {
    if (this.#greeted) throw StatusError.badRequest('a session has one hello');
    this.#greeted = true;
    const { state, hub, welcome } = this.#context;
    const wanted = parseHelloNode(bytes ?? new Uint8Array(), this.nodeName);
    const [node] = await Promise.all([registerNode(state, wanted), hub.synced]);
    if (this.#over) return;
    this.#node = node;
    this.outbox.put('welcome', { welcome: welcome(node) });
    hub.subscribe(this);
    this.outbox.put('synced', { synced: {} });
    this.#log.info('node connected');
    await this.#heartbeat();
  }

  /** One renewal at a time: an agent that beats faster than the store writes changes nothing. */
  async #heartbeat(): Promise<void> {
    const { state, clock } = this.#context;
    this.#renewal ??= renewNodeLease(state, clock, this.#node!, this.#lease)
      .then((lease) => void (this.#lease = lease))
      .finally(() => (this.#renewal = undefined));
    await this.#renewal;
  }

  /** Writes in order per pod and acknowledges with the reason of a failure. */
  async #write(pod: { uid: string }, sequence: number, work: () => Promise<void>): Promise<void> {
    const before = this.#writes.get(pod.uid) ?? Promise.resolve();
    let reason = '';
    const mine = before
      .then(work)
      .catch((error: unknown) => {
        reason = isStatus(error) ? error.reason : 'InternalError';
        this.#refused('status not written', error, { pod: pod.uid.slice(0, 64) });
      })
      .then(() => {
        if (this.#writes.get(pod.uid) === mine) this.#writes.delete(pod.uid);
      });
    this.#writes.set(pod.uid, mine);
    await mine;
    this.outbox.put(`ack/${sequence}`, { ack: { sequence, reason } });
  }
}

function podOf(of: { namespace?: string | null; name?: string | null; uid?: string | null }) {
  if (!of.namespace || !of.name || !of.uid)
    throw StatusError.badRequest('a pod is named by namespace, name and uid');
  return { namespace: of.namespace, name: of.name, uid: of.uid };
}
