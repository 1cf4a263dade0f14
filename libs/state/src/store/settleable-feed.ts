import type { Feed } from './store.ts';

/** A {@link Feed} whose end is told from outside. */
export class SettleableFeed implements Feed {
  readonly done: Promise<void>;
  readonly #onEnd: () => void;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;
  #ended = false;

  /** `onEnd` is called once, however it ends. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.done.catch(() => undefined);
  }

  get ended(): boolean {
    return this.#ended;
  }

  fail(error: unknown): void {
    if (this.#end()) this.#reject(error);
  }

  [Symbol.dispose](): void {
    if (this.#end()) this.#resolve();
  }

  #end(): boolean {
    if (this.#ended) return false;
    this.#ended = true;
    this.#onEnd();
    return true;
  }
}
