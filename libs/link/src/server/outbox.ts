import type { ServerMessage } from '../service.ts';

/** Where messages leave by; grpc-js's streams are like this. */
export interface Sink {
  /** False: wait for `drain`. */
  write(message: ServerMessage): boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/**
 * What is still to be sent to one agent. While the agent cannot keep up, a newer message about the same thing takes the
 * place of the older, so the outbox is never larger than what there is to know.
 */
export class Outbox {
  readonly #sink: Sink;
  readonly #waiting = new Map<string, ServerMessage>();
  readonly #onDrain: () => void;
  #blocked = false;
  #closed = false;

  /** `onDrain` is called whenever the agent has taken something of what waited. */
  constructor(sink: Sink, onDrain: () => void = () => {}) {
    this.#sink = sink;
    this.#onDrain = onDrain;
  }

  get length(): number {
    return this.#waiting.size;
  }

  /**
   * A message replaces the one of the same key in its place in the line; with `last` it goes to the end, behind what it
   * depends on (a pod behind its Secrets).
   */
  put(key: string, message: ServerMessage, last = false): void {
    if (this.#closed) return;
    if (!this.#blocked && this.#waiting.size === 0) return this.#write(message);
    if (last) this.#waiting.delete(key);
    this.#waiting.set(key, message);
  }

  close(): void {
    this.#closed = true;
    this.#waiting.clear();
  }

  #write(message: ServerMessage): void {
    if (this.#sink.write(message)) return;
    this.#blocked = true;
    this.#sink.once('drain', () => {
      this.#blocked = false;
      for (const [key, next] of this.#waiting) {
        this.#waiting.delete(key);
        this.#write(next);
        if (this.#blocked || this.#closed) break;
      }
      this.#onDrain();
    });
  }
}
