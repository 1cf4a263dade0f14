/**
 * A queue between a source that pushes and a reader that pulls. Tells the source when to pause (`onFull`) and when to go on
 * (`onDrained`), by the weight of what waits.
 */
export class Inbox<T> implements AsyncIterable<T> {
  onFull: (() => void) | undefined;
  onDrained: (() => void) | undefined;
  readonly #limit: number;
  readonly #weigh: (item: T) => number;
  #items: T[] = [];
  #weight = 0;
  #full = false;
  #closed = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  /** @param limit weight of what may wait before the source is told to pause. */
  constructor(limit: number, weigh: (item: T) => number) {
    this.#limit = limit;
    this.#weigh = weigh;
  }

  push(item: T): void {
    if (this.#closed) return;
    this.#items.push(item);
    this.#weight += this.#weigh(item);
    if (!this.#full && this.#weight > this.#limit) {
      this.#full = true;
      this.onFull?.();
    }
    this.#wake?.();
  }

  /** Nothing more follows; the reader gets what is here and then the end, or the error. */
  close(error?: unknown): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#error = error;
    this.#wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.#items.length > 0) {
        const item = this.#items.shift()!;
        this.#weight -= this.#weigh(item);
        if (this.#full && this.#weight <= this.#limit / 2) {
          this.#full = false;
          this.onDrained?.();
        }
        yield item;
      } else if (this.#closed) {
        if (this.#error !== undefined) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => (this.#wake = resolve));
        this.#wake = undefined;
      }
    }
  }
}
