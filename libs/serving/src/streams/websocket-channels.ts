import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { StreamChunk } from '@gantry/link';
import type { HttpRequest } from '../http.ts';
import { channel, type ClientChannels } from './channels.ts';
import { Inbox } from './inbox.ts';

/** In v5 the first byte 255 closes the channel that the second names: the only way to say that stdin has ended. */
const closeChannel = 255;
const maxMessageBytes = 4 * 1024 * 1024;
const maxWaitingBytes = 1024 * 1024;

export const isWebSocket = (req: HttpRequest): boolean =>
  String(req.headers.upgrade ?? '').toLowerCase() === 'websocket';

/** Completes the handshake with the first of `protocols` that the client offers; answers 400 itself where the request is none. */
export async function acceptWebSocket(
  req: HttpRequest,
  socket: Duplex,
  head: Buffer,
  protocols: readonly string[],
): Promise<WebSocket> {
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => protocols.find((each) => offered.has(each)) ?? false,
  });
  return new Promise((resolve, reject) => {
    socket.once('close', () => reject(new Error('the client went away')));
    server.handleUpgrade(req as unknown as IncomingMessage, socket, head, resolve);
  });
}

/** Protocols that the client offers. */
export function offeredProtocols(req: HttpRequest): string[] {
  return String(req.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean);
}

/** `v5.channel.k8s.io` and `v4.channel.k8s.io`: each message is a channel's number and its data. */
export class WebSocketChannels implements ClientChannels {
  readonly #socket: WebSocket;
  readonly #inbox = new Inbox<StreamChunk>(maxWaitingBytes, ({ data }) => data.length + 64);

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.#inbox.onFull = () => socket.pause();
    this.#inbox.onDrained = () => socket.resume();
    socket.on('message', (message: Buffer | Buffer[] | ArrayBuffer) => this.#receive(asBuffer(message)));
    socket.on('close', () => this.#inbox.close());
    socket.on('error', () => this.#inbox.close());
  }

  get incoming(): AsyncIterable<StreamChunk> {
    return this.#inbox;
  }

  #receive(message: Buffer): void {
    const to = message[0];
    if (to === undefined) return;
    if (to === closeChannel && this.#socket.protocol.startsWith('v5.')) {
      if (message[1] !== undefined)
        this.#inbox.push({ channel: message[1], data: Buffer.alloc(0), end: true });
    } else if (to === channel.stdin || to === channel.resize)
      this.#inbox.push({ channel: to, data: message.subarray(1) });
  }

  send(to: number, data: Uint8Array): Promise<void> {
    return sendMessage(this.#socket, to, data);
  }

  async finish(status: Uint8Array): Promise<void> {
    await this.send(channel.status, status);
    this.#socket.close(1000);
  }
}

/** Resolves when the message has been handed to the operating system. */
export function sendMessage(socket: WebSocket, to: number, data: Uint8Array): Promise<void> {
  const message = Buffer.allocUnsafe(data.length + 1);
  message[0] = to;
  message.set(data, 1);
  return new Promise((resolve, reject) =>
    socket.send(message, (error?: Error | null) => (error ? reject(error) : resolve())),
  );
}

export function asBuffer(message: Buffer | Buffer[] | ArrayBuffer): Buffer {
  if (Buffer.isBuffer(message)) return message;
  return Array.isArray(message) ? Buffer.concat(message) : Buffer.from(message);
}
