import { StatusError, isStatus, messageOf } from '@gantry/base';
import type { NodeStream, StreamChunk } from '@gantry/link';

/** Channels of remote commands, the same on every wire (`channel.k8s.io`, node.proto). */
export const channel = { stdin: 0, stdout: 1, stderr: 2, status: 3, resize: 4 } as const;

/** The client's end of a remote command, whatever the wire. */
export interface ClientChannels {
  /** stdin and resizes; ends when the client is gone. */
  readonly incoming: AsyncIterable<StreamChunk>;
  /** stdout or stderr; resolves when the next may follow. */
  send(channel: number, data: Uint8Array): Promise<void>;
  /** Tells how it ended (Status as JSON) and closes. */
  finish(status: Uint8Array): Promise<void>;
}

const success = Buffer.from('{"metadata":{},"status":"Success"}');

export function failure(error: unknown): Uint8Array {
  const known = isStatus(error) ? error : new StatusError('InternalError', messageOf(error));
  return Buffer.from(JSON.stringify(known.toStatus()));
}

/** Carries chunks both ways until the command has ended or the client has gone; then both are closed. */
export async function bridge(client: ClientChannels, node: NodeStream): Promise<void> {
  let over = false;
  const upwards = (async () => {
    try {
      for await (const chunk of client.incoming) {
        if (over) return;
        await node.send(chunk);
      }
    } catch {
      // The node's own end is told below.
    }
    // The client has gone: nobody would read what else comes.
    if (!over) await node[Symbol.asyncDispose]();
  })();
  let status: Uint8Array = success;
  try {
    for await (const { channel: from, data } of node.incoming) {
      if (from === channel.status) {
        if (data.length > 0) status = data;
      } else if (data.length > 0 && (from === channel.stdout || from === channel.stderr))
        await client.send(from, data);
    }
  } catch (error) {
    status = failure(error);
  }
  over = true;
  await client.finish(status).catch(() => {});
  await node[Symbol.asyncDispose]();
  await upwards;
}
