import type { ClientDuplexStream, ServerDuplexStream } from '@grpc/grpc-js';
import { StatusError } from '@gantry/base';
import { fromGrpcError } from './grpc-status.ts';
import type { NodeStream, StreamChunk } from './link.ts';
import type { Chunk } from './service.ts';

type Call = ServerDuplexStream<Chunk, Chunk> | ClientDuplexStream<Chunk, Chunk>;

/**
 * A {@link NodeStream} over one gRPC call. Reading pauses the call when nobody takes chunks, so that HTTP/2's window
 * fills and the sender waits; `send` waits for the other direction's window likewise.
 */
export class DuplexStream implements NodeStream {
  readonly #call: Call;
  readonly #closed = Promise.withResolvers<void>();
  #error: StatusError | undefined;
  #over = false;

  constructor(call: Call, signal?: AbortSignal) {
    this.#call = call;
    const over = (error?: unknown) => {
      if (this.#over) return;
      this.#over = true;
      if (error !== undefined) this.#error = fromGrpcError(error);
      this.#closed.resolve();
    };
    call.on('error', over);
    call.on('close', () => over());
    if ('cancelled' in call)
      call.on('cancelled', () => over(StatusError.unavailable('the other end closed the stream')));
    else call.on('status', () => over());
    if (signal) {
      const stop = () => void this[Symbol.asyncDispose]();
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
    }
  }

  /** Resolves when the stream is over, whichever side ended it. */
  get closed(): Promise<void> {
    return this.#closed.promise;
  }

  get incoming(): AsyncIterable<StreamChunk> {
    const call = this.#call;
    const closed = this.#closed.promise;
    // A call that the other end cancelled ends like any other: only this tells.
    const failure = () =>
      this.#error ??
      ('cancelled' in call && call.cancelled
        ? StatusError.unavailable('the other end closed the stream')
        : undefined);
    return {
      async *[Symbol.asyncIterator]() {
        const chunks: Chunk[] = [];
        let wake = () => {};
        let ended = false;
        const onData = (chunk: Chunk) => {
          chunks.push(chunk);
          call.pause();
          wake();
        };
        const onEnd = () => {
          ended = true;
          wake();
        };
        call.on('data', onData);
        call.on('end', onEnd);
        void closed.then(onEnd);
        try {
          for (;;) {
            const chunk = chunks.shift();
            if (chunk) {
              yield {
                channel: chunk.channel ?? 0,
                data: chunk.data ?? new Uint8Array(),
                end: chunk.end ?? false,
              };
              if (chunks.length === 0) call.resume();
            } else if (ended) {
              // A cancellation arrives as an end first and says what it was a turn later.
              await new Promise((resolve) => setImmediate(resolve));
              const error = failure();
              if (error) throw error;
              return;
            } else await new Promise<void>((resolve) => (wake = resolve));
          }
        } finally {
          call.off('data', onData);
          call.off('end', onEnd);
        }
      },
    };
  }

  async send(chunk: StreamChunk): Promise<void> {
    if (this.#over) throw this.#error ?? StatusError.unavailable('the stream is closed');
    const accepted = this.#call.write(chunk);
    if (accepted) return;
    await Promise.race([
      new Promise<void>((resolve) => this.#call.once('drain', resolve)),
      this.#closed.promise,
    ]);
    if (this.#over && this.#error) throw this.#error;
  }

  /** Says that nothing more will be sent; the other direction goes on. */
  end(): void {
    this.#call.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#over) return;
    // A client that ends only its half still waits for the server's; leaving means both.
    if ('cancel' in this.#call) this.#call.cancel();
    else this.#call.end();
  }
}
