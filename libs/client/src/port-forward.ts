import type { Duplex } from 'node:stream';
import { StatusError } from '@gantry/base';
import type { Connection } from './connection.ts';
import { openWebSocket } from './web-socket.ts';

/**
 * Carries one TCP connection through `portforward` at `path` (`…?ports=<port>`) over a WebSocket of its own: v4.channel.k8s.io, where channel 0
 * has the data, channel 1 errors, and each channel's first message is the port (two bytes, least first). Resolves when both sides are
 * done. Throws when the server refuses or the pod does not listen.
 */
export async function forwardConnection(connection: Connection, path: string, socket: Duplex): Promise<void> {
  socket.pause();
  const remote = await openWebSocket(connection, path, ['v4.channel.k8s.io']);
  const headers = new Set<number>();
  let problem = '';
  remote.on('message', (message: Buffer) => {
    const [channel = 0] = message;
    const data = message.subarray(1);
    if (!headers.has(channel)) return void headers.add(channel);
    if (channel === 1) problem += data.toString('utf8');
    else if (!socket.write(data)) {
      remote.pause();
      socket.once('drain', () => remote.resume());
    }
  });
  socket.on('data', (data: Buffer) => {
    socket.pause();
    remote.send(Buffer.concat([Buffer.of(0), data]), () => socket.resume());
  });
  // WebSocket channels cannot be half closed: the answer may still be under way when we have said all, so the server ends it.
  socket.once('close', () => remote.close());
  await new Promise<void>((resolve, reject) => {
    remote.once('close', () => resolve());
    remote.once('error', (error) =>
      reject(StatusError.unavailable(`the stream broke: ${error.message}`, error)),
    );
    remote.resume();
    socket.resume();
  });
  socket.end();
  if (problem) throw StatusError.unavailable(problem.trim());
}
