import {
  experimental,
  Metadata,
  Server,
  type sendUnaryData,
  type ServerCredentials,
  type ServerDuplexStream,
  type ServerUnaryCall,
} from '@grpc/grpc-js';
import { gauge, StatusError, type Clock, type Logger, type Metrics, type Random } from '@gantry/base';
import type { V1Node } from '@gantry/api';
import { SigningRefused, type Subject } from '@gantry/pki';
import type { State } from '@gantry/state';
import { toGrpcError } from '../grpc-status.ts';
import type { NodeStream, NodeStreams, StreamRequest } from '../link.ts';
import { isNodeName, nodeNameOf, nodeSubject } from '../node-identity.ts';
import {
  channelOptions,
  nodeService,
  streamIdKey,
  type AgentMessage,
  type Chunk,
  type JoinRequest,
  type JoinResponse,
  type RenewRequest,
  type ServerMessage,
  type Welcome,
} from '../service.ts';
import type { TokenVerifier } from './bootstrap-token.ts';
import { NodeEvents } from './node-events.ts';
import { ObjectHub } from './object-hub.ts';
import { RateLimit } from './rate-limit.ts';
import { Session } from './session.ts';
import { StreamBroker } from './stream-broker.ts';

/** What every node is told in its Welcome. */
export interface ClusterInfo {
  serverVersion: string;
  clusterCidr: string;
  serviceCidr: string;
  clusterDomain: string;
  /** Absent or empty: the cluster has no DNS, pods use the node's. */
  clusterDns?: string;
}

/** Signs client certificates; `Authority` of `@gantry/pki` is one. */
export interface ClientSigner {
  /** PEM of the CA. */
  readonly certificate: string;
  /** Throws SigningRefused for a request that is not exactly for `subject`. */
  signClient(csr: Uint8Array, subject: Subject, lifetimeMs?: number): Promise<string>;
}

export interface NodeLinkServerOptions {
  state: State;
  verifyToken: TokenVerifier;
  signer: ClientSigner;
  clusterInfo: ClusterInfo;
  clock: Clock;
  log: Logger;
  metrics: Metrics;
  random: Random;
  /** Of the certificates handed out. Default: the signer's, one year. */
  certificateLifetimeMs?: number;
}

/** All PEM. */
export interface NodeServiceTls {
  /** The CA that node certificates are checked against; also sent along, so that a joining node can check its hash. */
  ca: string;
  certificate: string;
  privateKey: string;
}

/** A node's certificate request is at most a few KB and its statuses well below a MB. */
const maxReceiveBytes = 4 << 20;
const maxConcurrentStreams = 10_000;

/**
 * The server's end of the connections to all nodes. `run` feeds it from the State; `listen` takes connections, on one port for nodes
 * that have a certificate and for those that come to get one: only Join is answered without.
 */
export class NodeLinkServer implements NodeStreams {
  readonly #options: NodeLinkServerOptions;
  readonly #log: Logger;
  readonly #hub = new ObjectHub();
  readonly #broker: StreamBroker;
  readonly #events: NodeEvents;
  readonly #sessions = new Map<string, Session>();
  readonly #joins: RateLimit;
  readonly #servers = new Set<Server>();
  readonly #connectedNodes: ReturnType<typeof gauge>;

  constructor(options: NodeLinkServerOptions) {
    this.#options = options;
    this.#log = options.log.child({ component: 'node-link' });
    this.#broker = new StreamBroker(options.clock);
    this.#joins = new RateLimit(options.clock, 20, 1_000);
    this.#events = new NodeEvents(
      options.state,
      options.clock,
      options.random,
      (namespace, name) => this.#hub.pod(namespace, name)?.object,
    );
    this.#connectedNodes = gauge(options.metrics, 'gantry_connected_nodes', 'Nodes with a session.');
  }

  /** Watches the State and tells the nodes until the signal aborts; then ends all sessions and listeners. */
  async run(signal: AbortSignal): Promise<void> {
    const { state, clock } = this.#options;
    try {
      await this.#hub.run(state, clock, this.#log, signal);
    } finally {
      for (const session of this.#sessions.values())
        session.end(StatusError.unavailable('the server is shutting down'));
      for (const server of this.#servers) server.forceShutdown();
      this.#servers.clear();
    }
  }

  /** Begins to take connections; resolves with the port (useful for port 0). */
  async listen(options: { address: string; port: number; tls: NodeServiceTls }): Promise<{ port: number }> {
    const server = new Server({
      ...channelOptions,
      'grpc.max_receive_message_length': maxReceiveBytes,
      'grpc.max_send_message_length': -1,
      'grpc.max_concurrent_streams': maxConcurrentStreams,
    });
    this.addTo(server);
    const host = options.address.includes(':') ? `[${options.address}]` : options.address;
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync(`${host}:${options.port}`, serverCredentials(options.tls), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    this.#servers.add(server);
    return { port };
  }

  addTo(server: Server): void {
    server.addService(nodeService, {
      join: (call: ServerUnaryCall<JoinRequest, JoinResponse>, callback: sendUnaryData<JoinResponse>) =>
        answer(this.#join(call), callback),
      renew: (call: ServerUnaryCall<RenewRequest, JoinResponse>, callback: sendUnaryData<JoinResponse>) =>
        answer(this.#renew(call), callback),
      session: (call: ServerDuplexStream<AgentMessage, ServerMessage>) => this.#session(call),
      stream: (call: ServerDuplexStream<Chunk, Chunk>) => this.#stream(call),
    });
  }

  connected(nodeName: string): boolean {
    return this.#sessions.get(nodeName)?.ready ?? false;
  }

  async open(nodeName: string, request: StreamRequest, signal: AbortSignal): Promise<NodeStream> {
    const session = this.#sessions.get(nodeName);
    if (!session?.ready) throw StatusError.unavailable(`node "${nodeName}" is not connected`);
    return this.#broker.open(nodeName, session.outbox, request, signal);
  }

  async #join(call: ServerUnaryCall<JoinRequest, JoinResponse>): Promise<JoinResponse> {
    const { token, nodeName, csr } = call.request;
    const from = call.getPeer().replace(/:\d+$/, '');
    if (!this.#joins.take(from))
      throw new StatusError('TooManyRequests', 'too many attempts to join; wait a little');
    if (!isNodeName(nodeName ?? '')) throw StatusError.badRequest(`"${nodeName}" is not a name for a node`);
    if (!(await this.#options.verifyToken(token ?? ''))) {
      this.#log.warn('join refused', { node: nodeName, from });
      throw new StatusError(
        'Unauthorized',
        'the join token is not valid: it may have expired; make a new one',
      );
    }
    // A token is for any name; it must not be the way to another node's Secrets while that node is at work.
    if (this.#sessions.has(nodeName!)) {
      this.#log.warn('join refused: the node is connected', { node: nodeName, from });
      throw new StatusError(
        'AlreadyExists',
        `node "${nodeName}" is connected at this moment: join under another name, or stop its agent first to join it anew`,
      );
    }
    this.#log.info('node joined', { node: nodeName, from });
    return this.#sign(nodeName!, csr);
  }

  async #renew(call: ServerUnaryCall<RenewRequest, JoinResponse>): Promise<JoinResponse> {
    return this.#sign(peerNode(call), call.request.csr);
  }

  async #sign(nodeName: string, csr: Uint8Array | null | undefined): Promise<JoinResponse> {
    const { signer, certificateLifetimeMs } = this.#options;
    try {
      const certificate = await signer.signClient(
        csr ?? new Uint8Array(),
        nodeSubject(nodeName),
        certificateLifetimeMs,
      );
      return { certificate, ca: signer.certificate };
    } catch (error) {
      if (error instanceof SigningRefused) throw StatusError.badRequest(error.message);
      throw error;
    }
  }

  #session(call: ServerDuplexStream<AgentMessage, ServerMessage>): void {
    let nodeName: string;
    try {
      nodeName = peerNode(call);
    } catch (error) {
      return void call.emit('error', toGrpcError(error));
    }
    this.#sessions.get(nodeName)?.end(new StatusError('Conflict', 'another session of this node has begun'));
    const { state, clock, clusterInfo } = this.#options;
    const session = new Session(nodeName, call, {
      state,
      clock,
      log: this.#log,
      hub: this.#hub,
      broker: this.#broker,
      events: this.#events,
      welcome: (node) => welcomeOf(clusterInfo, node.object),
    });
    this.#sessions.set(nodeName, session);
    this.#connectedNodes.set(this.#sessions.size);
    void session.ended.then(() => {
      if (this.#sessions.get(nodeName) !== session) return;
      this.#sessions.delete(nodeName);
      this.#connectedNodes.set(this.#sessions.size);
      this.#log.info('node disconnected', { node: nodeName });
    });
  }

  #stream(call: ServerDuplexStream<Chunk, Chunk>): void {
    try {
      const id = call.metadata.get(streamIdKey)[0];
      this.#broker.accept(String(id ?? ''), peerNode(call), call);
      // Headers tell the agent that it is taken.
      call.sendMetadata(new Metadata());
    } catch (error) {
      call.emit('error', toGrpcError(error));
    }
  }
}

function welcomeOf(info: ClusterInfo, node: V1Node): Welcome {
  const cidrs = node.spec?.podCIDRs ?? (node.spec?.podCIDR ? [node.spec.podCIDR] : []);
  return {
    serverVersion: info.serverVersion,
    podCidrs: cidrs,
    clusterCidr: info.clusterCidr,
    serviceCidr: info.serviceCidr,
    clusterDomain: info.clusterDomain,
    clusterDns: info.clusterDns ?? '',
  };
}

interface Authenticated {
  getAuthContext(): { sslPeerCertificate?: { raw: Buffer } };
}

/** The node at the other end. grpc-js names a peer certificate only when it was verified against the CA. */
function peerNode(call: object): string {
  const certificate = (call as Authenticated).getAuthContext().sslPeerCertificate;
  if (!certificate) throw new StatusError('Unauthorized', 'a client certificate of this cluster is needed');
  const nodeName = nodeNameOf(certificate.raw);
  if (nodeName === undefined) throw new StatusError('Forbidden', "the client certificate is not a node's");
  return nodeName;
}

/**
 * Client certificates are asked for and checked, but not demanded: a joining node has none yet. See ADR 0800 for why this and
 * not a second port.
 */
function serverCredentials(tls: NodeServiceTls): ServerCredentials {
  const ca = Buffer.from(tls.ca);
  const identity = {
    certificate: Buffer.from(`${tls.certificate.trimEnd()}\n${tls.ca}`),
    privateKey: Buffer.from(tls.privateKey),
  };
  const provider: experimental.CertificateProvider = {
    // Later, not now: grpc-js listens to its credentials only after it has asked for them.
    addCaCertificateListener: (listener) => queueMicrotask(() => listener({ caCertificate: ca })),
    removeCaCertificateListener() {},
    addIdentityCertificateListener: (listener) => queueMicrotask(() => listener(identity)),
    removeIdentityCertificateListener() {},
  };
  return experimental.createCertificateProviderServerCredentials(provider, provider, false);
}

function answer(work: Promise<JoinResponse>, callback: sendUnaryData<JoinResponse>): void {
  work.then(
    (response) => callback(null, response),
    (error: unknown) => callback({ ...toGrpcError(error), name: 'Error', message: '' }),
  );
}
