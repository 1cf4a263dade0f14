import { randomBytes } from 'node:crypto';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import { StatusError, statusCodes, type Clock, type StatusReason } from '@gantry/base';
import { DuplexStream } from '../duplex-stream.ts';
import type { NodeStream, StreamRequest } from '../link.ts';
import type { Chunk } from '../service.ts';
import type { Outbox } from './outbox.ts';

const openTimeoutMs = 10_000;

interface Pending {
  nodeName: string;
  outbox: Outbox;
  resolve(call: ServerDuplexStream<Chunk, Chunk>): void;
  reject(error: StatusError): void;
}

/** Brings a request for a stream together with the call that the agent opens for it. Ids cannot be guessed and serve once. */
export class StreamBroker {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Pending>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async open(
    nodeName: string,
    outbox: Outbox,
    request: StreamRequest,
    signal: AbortSignal,
  ): Promise<NodeStream> {
    signal.throwIfAborted();
    const id = randomBytes(24).toString('base64url');
    const { promise, resolve, reject } = Promise.withResolvers<ServerDuplexStream<Chunk, Chunk>>();
    this.#pending.set(id, { nodeName, outbox, resolve, reject });
    using _timer = this.#clock.after(openTimeoutMs, () =>
      reject(new StatusError('Timeout', `node "${nodeName}" did not open the stream within 10 s`)),
    );
    const stop = () => reject(StatusError.unavailable('the request was given up'));
    signal.addEventListener('abort', stop, { once: true });
    try {
      outbox.put(`stream/${id}`, { openStream: { ...request, id } });
      return new DuplexStream(await promise, signal);
    } finally {
      this.#pending.delete(id);
      signal.removeEventListener('abort', stop);
    }
  }

  /** The call for stream `id` has come, from the node whose certificate it has. NotFound when nobody waits for it. */
  accept(id: string, nodeName: string, call: ServerDuplexStream<Chunk, Chunk>): void {
    this.#take(id, nodeName).resolve(call);
  }

  refuse(id: string, nodeName: string, message: string, code: number): void {
    const fits = (Object.keys(statusCodes) as StatusReason[]).find((each) => statusCodes[each] === code);
    this.#take(id, nodeName).reject(new StatusError(fits ?? 'InternalError', message || 'the node refused'));
  }

  /** The session is over: what it was asked for will not come. */
  abandon(outbox: Outbox): void {
    for (const each of this.#pending.values())
      if (each.outbox === outbox)
        each.reject(StatusError.unavailable(`node "${each.nodeName}" has gone away`));
  }

  #take(id: string, nodeName: string): Pending {
    const pending = this.#pending.get(id);
    if (!pending || pending.nodeName !== nodeName)
      throw new StatusError('NotFound', 'no such stream is waited for');
    this.#pending.delete(id);
    return pending;
  }
}
