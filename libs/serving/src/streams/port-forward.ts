import type { Duplex } from 'node:stream';
import { StatusError, messageOf } from '@gantry/base';
import type { Stored, V1Pod } from '@gantry/api';
import type { NodeStream } from '@gantry/link';
import type { ServingContext } from '../context.ts';
import type { UpgradeHandler } from '../resource.ts';
import { channel } from './channels.ts';
import { Inbox } from './inbox.ts';
import { withNode } from './remote-command.ts';
import { acceptSpdy, isSpdy, negotiateSpdy, write } from './spdy-channels.ts';
import { SpdyConnection, type SpdyStream } from './spdy-connection.ts';
import { nodeNameOf, podIn, targetOf } from './target.ts';
import {
  acceptWebSocket,
  asBuffer,
  isWebSocket,
  offeredProtocols,
  sendMessage,
} from './websocket-channels.ts';

const spdyProtocol = 'portforward.k8s.io';
/** SPDY inside WebSocket messages (KEP-4006): kubectl from 1.31 on. */
const tunnelProtocol = 'SPDY/3.1+portforward.k8s.io';
/** One pair of channels per port that the query names: other clients. */
const channelProtocols = ['v4.channel.k8s.io'];

/** `pods/portforward`: connections to ports of a pod, each its own stream to the node. */
export const portForward: UpgradeHandler = async (exchange, context, socket, head) => {
  const { req } = exchange;
  const webSocket = isWebSocket(req);
  if (!webSocket && !isSpdy(req)) throw StatusError.badRequest('Upgrade request required');
  const pod = await podIn(exchange, context);
  nodeNameOf(pod);
  if (pod.status?.phase !== 'Running')
    throw StatusError.badRequest(
      `unable to forward port because pod is not running. Current status=${pod.status?.phase ?? 'Unknown'}`,
    );
  if (!webSocket) {
    const protocol = negotiateSpdy(req, [spdyProtocol]);
    return serveSpdy(acceptSpdy(socket, protocol), head, context, pod);
  }
  const offered = offeredProtocols(req);
  const protocols = [tunnelProtocol, ...channelProtocols];
  if (!offered.some((each) => protocols.includes(each)))
    throw StatusError.badRequest(`the subprotocol must be one of ${protocols.join(', ')}`);
  const ports = portsOf(exchange.query.getAll('ports'));
  if (!offered.includes(tunnelProtocol) && ports.length === 0)
    throw StatusError.badRequest('query parameter "ports" is required');
  const accepted = await acceptWebSocket(req, socket, head, protocols);
  if (accepted.protocol === tunnelProtocol) {
    const { createWebSocketStream } = await import('ws');
    return serveSpdy(new SpdyConnection(createWebSocketStream(accepted)), Buffer.alloc(0), context, pod);
  }
  const inboxes = ports.map(() => new Inbox<Buffer>(1024 * 1024, (data) => data.length));
  for (const inbox of inboxes) {
    inbox.onFull = () => accepted.pause();
    inbox.onDrained = () => accepted.resume();
  }
  accepted.on('message', (message: Buffer | Buffer[] | ArrayBuffer) => {
    const bytes = asBuffer(message);
    // Even channels carry data, odd ones errors, and only to the client.
    if (bytes[0] !== undefined && bytes[0] % 2 === 0) inboxes[bytes[0] / 2]?.push(bytes.subarray(1));
  });
  const gone = () => inboxes.forEach((each) => each.close());
  accepted.on('close', gone);
  accepted.on('error', gone);
  await Promise.all(
    ports.map(async (port, index) => {
      const number = Buffer.alloc(2);
      number.writeUInt16LE(port);
      await sendMessage(accepted, index * 2, number);
      await sendMessage(accepted, index * 2 + 1, number);
      const error = await forward(context, pod, port, {
        incoming: inboxes[index]!,
        send: (data) => sendMessage(accepted, index * 2, data),
      });
      if (error !== undefined) await sendMessage(accepted, index * 2 + 1, Buffer.from(error));
    }),
  ).catch(() => {});
  accepted.close(1000);
};

function portsOf(values: readonly string[]): number[] {
  return values
    .flatMap((each) => each.split(','))
    .filter(Boolean)
    .slice(0, 100)
    .map(portOf);
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw StatusError.badRequest(`${JSON.stringify(text.slice(0, 20))} is no port`);
  return port;
}

/** The client's end of one connection. */
interface Connection {
  incoming: AsyncIterable<Uint8Array>;
  send(data: Uint8Array): Promise<void>;
}

/** Carries one connection; resolves when both directions have ended, with a sentence when it could not be made. */
async function forward(
  context: ServingContext,
  pod: Stored<V1Pod>,
  port: number,
  client: Connection,
): Promise<string | undefined> {
  try {
    const request = { portForward: { target: targetOf(pod, ''), port } };
    let failure: string | undefined;
    await withNode(context, nodeNameOf(pod), request, async (node) => {
      const upwards = pumpUp(client, node);
      for await (const { channel: from, data } of node.incoming) {
        if (from === channel.stdout && data.length > 0) await client.send(data);
        else if (from === channel.status && data.length > 0) failure = failureOf(data) ?? failure;
      }
      void upwards;
    });
    return failure;
  } catch (error) {
    return `error forwarding port ${port} to pod ${pod.metadata.name}, uid : ${messageOf(error)}`;
  }
}

async function pumpUp(client: Connection, node: NodeStream): Promise<void> {
  try {
    for await (const data of client.incoming) await node.send({ channel: channel.stdin, data });
    await node.send({ channel: channel.stdin, data: Buffer.alloc(0), end: true });
  } catch {
    await node[Symbol.asyncDispose]();
  }
}

function failureOf(status: Uint8Array): string | undefined {
  try {
    const { status: verdict, message } = JSON.parse(Buffer.from(status).toString('utf8')) as {
      status?: string;
      message?: string;
    };
    return verdict === 'Success' ? undefined : (message ?? 'the node ended the connection');
  } catch {
    return undefined;
  }
}

/** Over SPDY every connection is a pair of streams, `error` and `data`, that name port and request. */
async function serveSpdy(
  connection: SpdyConnection,
  head: Buffer,
  context: ServingContext,
  pod: Stored<V1Pod>,
): Promise<void> {
  const waiting = new Map<string, { error?: SpdyStream; data?: SpdyStream }>();
  connection.onStream = (stream) => {
    const { headers } = stream;
    const type = headers['streamtype'];
    const port = Number(headers['port']);
    if ((type !== 'error' && type !== 'data') || !(port >= 1 && port <= 65_535)) return void stream.destroy();
    const key = headers['requestid'] ?? `${port}`;
    const pair = waiting.get(key) ?? {};
    pair[type] = stream;
    waiting.set(key, pair);
    if (!pair.error || !pair.data) return;
    waiting.delete(key);
    void forwardPair(context, pod, port, pair.data, pair.error);
  };
  const stop = () => connection.end();
  context.stopping.addEventListener('abort', stop, { once: true });
  await connection.run(head);
  context.stopping.removeEventListener('abort', stop);
}

async function forwardPair(
  context: ServingContext,
  pod: Stored<V1Pod>,
  port: number,
  data: Duplex,
  error: Duplex,
): Promise<void> {
  error.resume();
  const failure = await forward(context, pod, port, {
    incoming: data as AsyncIterable<Uint8Array>,
    send: (bytes) => write(data, bytes),
  });
  if (failure !== undefined && error.writable) await write(error, Buffer.from(failure)).catch(() => {});
  error.end();
  data.end();
  data.resume();
}
