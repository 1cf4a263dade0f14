import type { gantry } from '@gantry/proto';

/** What a stream to a node is for; exactly one of the members of `what` is set. */
export type StreamRequest = Omit<gantry.node.v1.IOpenStream, 'id'>;

export interface StreamChunk {
  /** As `Chunk` in node.proto says. */
  channel: number;
  data: Uint8Array;
  end?: boolean;
}

/** One exchange with a node, in both directions, with back-pressure. Closing it from either side ends both. */
export interface NodeStream extends AsyncDisposable {
  /** Chunks in order; ends when the node closes. Throws a StatusError when the node refused or went away. */
  readonly incoming: AsyncIterable<StreamChunk>;
  /** Resolves when the chunk may be followed by another. */
  send(chunk: StreamChunk): Promise<void>;
}

/** The server's way to a node's containers: who serves `pods/exec` needs no more than this. */
export interface NodeStreams {
  connected(nodeName: string): boolean;
  /** ServiceUnavailable when the node is not connected; the node's own refusal with its code. */
  open(nodeName: string, request: StreamRequest, signal: AbortSignal): Promise<NodeStream>;
}
