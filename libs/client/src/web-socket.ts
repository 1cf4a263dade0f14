import type { WebSocket } from 'ws';
import { StatusError } from '@gantry/base';
import { statusErrorOf } from '@gantry/state';
import type { Connection } from './connection.ts';

/**
 * A WebSocket to the server, open, in one of the protocols. Throws the StatusError of a server that refuses. Loaded at the first need, for
 * most commands need none.
 */
export async function openWebSocket(
  connection: Connection,
  path: string,
  protocols: readonly string[],
): Promise<WebSocket> {
  const { WebSocket } = await import('ws');
  const socket = new WebSocket(connection.server.replace(/^http/, 'ws') + path, [...protocols], {
    ...connection.tls,
    headers: connection.headers as Record<string, string>,
    maxPayload: 64 << 20,
    skipUTF8Validation: true,
  });
  // What comes before the caller listens must not be lost.
  socket.pause();
  return new Promise((resolve, reject) => {
    const failed = (error: Error) =>
      reject(StatusError.unavailable(`the stream to ${connection.server} broke: ${error.message}`, error));
    socket.once('error', failed);
    socket.once('open', () => {
      socket.off('error', failed);
      resolve(socket);
    });
    socket.once('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        reject(statusErrorOf(response.statusCode ?? 500, Buffer.concat(chunks).toString()));
        socket.on('error', () => {});
        socket.terminate();
      });
    });
  });
}
