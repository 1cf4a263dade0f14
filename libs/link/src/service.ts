import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import { gantry } from '@gantry/proto';

type Messages = typeof gantry.node.v1;
export type JoinRequest = gantry.node.v1.IJoinRequest;
export type RenewRequest = gantry.node.v1.IRenewRequest;
export type JoinResponse = gantry.node.v1.IJoinResponse;
export type AgentMessage = gantry.node.v1.IAgentMessage;
export type ServerMessage = gantry.node.v1.IServerMessage;
export type Chunk = gantry.node.v1.IChunk;
export type Welcome = gantry.node.v1.IWelcome;
export type OpenStream = gantry.node.v1.IOpenStream;

/** Metadata key under which an agent names the stream it was asked for. */
export const streamIdKey = 'gantry-stream-id';

/** Encoding and decoding by the generated code, without reflection: a message is copied once, into the frame. */
function codec<T>(type: { encode(message: T): { finish(): Uint8Array }; decode(bytes: Uint8Array): T }): {
  serialize(message: T): Buffer;
  deserialize(bytes: Buffer): T;
} {
  return {
    serialize(message) {
      const bytes = type.encode(message).finish();
      return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    deserialize: (bytes) => type.decode(bytes),
  };
}

function method<Request, Response>(
  name: string,
  request: ReturnType<typeof codec<Request>>,
  response: ReturnType<typeof codec<Response>>,
  stream: boolean,
): MethodDefinition<Request, Response> {
  return {
    path: `/gantry.node.v1.NodeService/${name}`,
    requestStream: stream,
    responseStream: stream,
    requestSerialize: request.serialize,
    requestDeserialize: request.deserialize,
    responseSerialize: response.serialize,
    responseDeserialize: response.deserialize,
  };
}

const { JoinRequest, RenewRequest, JoinResponse, AgentMessage, ServerMessage, Chunk }: Messages =
  gantry.node.v1;
const chunk = codec<Chunk>(Chunk);

/** `gantry.node.v1.NodeService` as grpc-js wants it. */
export const nodeService = {
  join: method('Join', codec<JoinRequest>(JoinRequest), codec<JoinResponse>(JoinResponse), false),
  renew: method('Renew', codec<RenewRequest>(RenewRequest), codec<JoinResponse>(JoinResponse), false),
  session: method('Session', codec<AgentMessage>(AgentMessage), codec<ServerMessage>(ServerMessage), true),
  stream: method('Stream', chunk, chunk, true),
} satisfies ServiceDefinition;

/**
 * Both ends ping a quiet connection after this long and give it up when no answer comes within
 * {@link keepaliveTimeoutMs}: a peer that vanished without a word is noticed after at most ten seconds.
 */
export const keepaliveTimeMs = 5_000;
export const keepaliveTimeoutMs = 5_000;

/** What both ends set on their channels. */
export const channelOptions = {
  'grpc.keepalive_time_ms': keepaliveTimeMs,
  'grpc.keepalive_timeout_ms': keepaliveTimeoutMs,
  'grpc.keepalive_permit_without_calls': 1,
  // The service is reached directly; a proxy of the environment is for the web.
  'grpc.enable_http_proxy': 0,
} as const;
