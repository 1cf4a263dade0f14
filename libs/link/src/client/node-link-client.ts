import { Metadata, type Client, type ClientDuplexStream } from '@grpc/grpc-js';
import {
  aborted,
  Backoff,
  isStatus,
  LinkedAbort,
  messageOf,
  StatusError,
  type Clock,
  type Logger,
  type Random,
} from '@gantry/base';
import type { CoreV1Event, KubeObject, V1Node, V1NodeStatus, V1PodStatus } from '@gantry/api';
import { DuplexStream } from '../duplex-stream.ts';
import { fromGrpcError } from '../grpc-status.ts';
import type { NodeStream } from '../link.ts';
import {
  nodeService,
  streamIdKey,
  type AgentMessage,
  type Chunk,
  type OpenStream,
  type ServerMessage,
  type Welcome,
} from '../service.ts';
import { openClient, type NodeCredentials } from './join.ts';
import { ReportBox, type PodName } from './report-box.ts';

/** What the node does with what it is told. Handlers must not throw and must not block. */
export interface LinkHandlers {
  /** The Node to register with, asked for at the beginning of each session. */
  hello(): V1Node;
  onWelcome(welcome: Welcome): void;
  onObject(resource: string, object: KubeObject): void;
  onGone(resource: string, name: { namespace: string; name: string; uid: string }): void;
  /** All that exists has been told; what is gone since the session before was told by `onGone` just now. */
  onSynced(): void;
  /** Serves a stream: `accept` opens it. Throwing before refuses it with the error's code and message. */
  onOpenStream(request: OpenStream, accept: () => NodeStream): Promise<void>;
}

export interface NodeLinkClientOptions {
  /** `host:port` of node services, tried in turn. */
  servers: readonly string[];
  /** Read at each connection, so that renewed ones are taken up by the next. */
  credentials(): NodeCredentials;
  agentVersion: string;
  clock: Clock;
  log: Logger;
  random: Random;
}

/** Enough to name an object when it is gone. */
interface KnownObject {
  resource: string;
  namespace: string;
  name: string;
  uid: string;
}

const welcomeTimeoutMs = 15_000;
const retryMs = 1_000;

/** The node's end of the connection: one session, held for ever, begun again whenever it breaks. */
export class NodeLinkClient {
  readonly #options: NodeLinkClientOptions;
  readonly #log: Logger;
  readonly #box = new ReportBox();
  /** Everything the server has told of, by resource, namespace, name and uid. */
  readonly #known = new Map<string, KnownObject>();
  #session:
    { call: ClientDuplexStream<AgentMessage, ServerMessage>; client: Client; blocked: boolean } | undefined;
  #welcomed = false;

  constructor(options: NodeLinkClientOptions) {
    this.#options = options;
    this.#log = options.log.child({ component: 'link' });
  }

  /** True while the server has welcomed us. */
  get connected(): boolean {
    return this.#welcomed;
  }

  /** Pod reports that the server has not acknowledged yet. */
  get unacknowledged(): number {
    return this.#box.length;
  }

  sendPodStatus(pod: PodName, status: V1PodStatus): void {
    this.#box.status(pod, Buffer.from(JSON.stringify(status)));
    this.#flush();
  }

  /** Everything of the pod is gone from this node. */
  podTerminated(pod: PodName): void {
    this.#box.terminated(pod);
    this.#flush();
  }

  event(event: Omit<CoreV1Event, 'metadata'>): void {
    this.#box.event(Buffer.from(JSON.stringify(event)));
    this.#flush();
  }

  /** Not kept when there is no session: the next Hello says the same. */
  sendNodeStatus(status: V1NodeStatus): void {
    this.#write({ nodeStatus: { status: Buffer.from(JSON.stringify(status)) } });
  }

  heartbeat(): void {
    this.#write({ heartbeat: {} });
  }

  /** Ends the present session; the next begins at once, with the credentials of then. */
  reconnect(): void {
    this.#session?.call.cancel();
  }

  async run(handlers: LinkHandlers, signal: AbortSignal): Promise<void> {
    const { servers, clock, random } = this.#options;
    const backoff = new Backoff({ initialMs: 100, maxMs: 5_000, jitter: 0.3, random });
    for (let turn = 0; !signal.aborted; turn++) {
      const server = servers[turn % servers.length]!;
      try {
        await this.#hold(server, handlers, signal, () => backoff.reset());
      } catch (error) {
        if (!signal.aborted) this.#log.warn('session ended', { server, cause: messageOf(error) });
      }
      await clock.sleep(backoff.next(), signal).catch(() => undefined);
    }
  }

  /** One session. Rejects with what ended it. */
  async #hold(
    server: string,
    handlers: LinkHandlers,
    signal: AbortSignal,
    welcomed: () => void,
  ): Promise<void> {
    const client = openClient(server, this.#options.credentials());
    // Streams live no longer than the session that asked for them.
    using session = new LinkedAbort(signal);
    const { path, requestSerialize, responseDeserialize } = nodeService.session;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const over = Promise.withResolvers<never>();
    over.promise.catch(() => undefined);
    const mentioned: Map<string, KnownObject> = new Map();
    call.on('error', (error) => over.reject(fromGrpcError(error)));
    call.on('end', () => over.reject(StatusError.unavailable('the server ended the session')));
    call.on('data', (message: ServerMessage) => {
      try {
        this.#received(message, client, handlers, mentioned, session.signal);
        if (message.welcome) {
          welcomed();
          timer[Symbol.dispose]();
        }
      } catch (error) {
        this.#log.error('message failed', { err: error });
      }
    });
    call.on('drain', () => {
      if (this.#session?.call !== call) return;
      this.#session.blocked = false;
      this.#flush();
    });
    using timer = this.#options.clock.after(welcomeTimeoutMs, () =>
      over.reject(new StatusError('Timeout', `no welcome within ${welcomeTimeoutMs / 1000} s`)),
    );
    this.#session = { call, client, blocked: false };
    const { agentVersion } = this.#options;
    this.#write({ hello: { agentVersion, node: Buffer.from(JSON.stringify(handlers.hello())) } });
    try {
      await Promise.race([over.promise, aborted(signal)]);
    } finally {
      this.#session = undefined;
      this.#welcomed = false;
      this.#box.rewind();
      session.abort();
      call.cancel();
      client.close();
    }
  }

  #received(
    message: ServerMessage,
    client: Client,
    handlers: LinkHandlers,
    mentioned: Map<string, KnownObject>,
    signal: AbortSignal,
  ): void {
    if (message.put) {
      const resource = message.put.resource ?? '';
      const object = JSON.parse(Buffer.from(message.put.object ?? []).toString('utf8')) as KubeObject;
      const { namespace = '', name = '', uid = '' } = object.metadata;
      const key = `${resource}/${namespace}/${name}/${uid}`;
      const known = { resource, namespace, name, uid };
      mentioned.set(key, known);
      this.#known.set(key, known);
      handlers.onObject(resource, object);
    } else if (message.gone) {
      const { resource = '', namespace = '', name = '', uid = '' } = message.gone as Record<string, string>;
      const key = `${resource}/${namespace}/${name}/${uid}`;
      mentioned.delete(key);
      this.#known.delete(key);
      handlers.onGone(resource, { namespace, name, uid });
    } else if (message.ack) {
      const again = this.#box.acknowledged(Number(message.ack.sequence ?? 0), message.ack.reason ?? '');
      if (again)
        this.#options.clock.after(retryMs, () => {
          this.#box.rewind();
          this.#flush();
        });
    } else if (message.openStream) {
      void this.#openStream(message.openStream, client, handlers, signal);
    } else if (message.welcome) {
      this.#welcomed = true;
      handlers.onWelcome(message.welcome);
      this.#flush();
    } else if (message.synced) {
      for (const [key, { resource, ...name }] of this.#known) {
        if (mentioned.has(key)) continue;
        this.#known.delete(key);
        handlers.onGone(resource, name);
      }
      handlers.onSynced();
    }
  }

  async #openStream(
    request: OpenStream,
    client: Client,
    handlers: LinkHandlers,
    signal: AbortSignal,
  ): Promise<void> {
    let stream: DuplexStream | undefined;
    const accept = () => {
      const metadata = new Metadata();
      metadata.set(streamIdKey, request.id ?? '');
      const { path, requestSerialize, responseDeserialize } = nodeService.stream;
      const call: ClientDuplexStream<Chunk, Chunk> = client.makeBidiStreamRequest(
        path,
        requestSerialize,
        responseDeserialize,
        metadata,
      );
      stream = new DuplexStream(call, signal);
      return stream;
    };
    try {
      await handlers.onOpenStream(request, accept);
    } catch (error) {
      if (!stream)
        this.#write({
          streamRefused: {
            id: request.id ?? '',
            message: isStatus(error) ? error.message : 'internal error',
            code: isStatus(error) ? error.code : 500,
          },
        });
      if (!isStatus(error)) this.#log.error('stream failed', { err: error });
    } finally {
      // Half-close first: what was sent is still read by the server, which then ends its side.
      stream?.end();
    }
  }

  #write(message: AgentMessage): void {
    const session = this.#session;
    if (!session) return;
    if (!session.call.write(message)) session.blocked = true;
  }

  #flush(): void {
    const session = this.#session;
    while (session && this.#welcomed && !session.blocked) {
      const message = this.#box.next();
      if (!message) return;
      this.#write(message);
    }
  }
}
