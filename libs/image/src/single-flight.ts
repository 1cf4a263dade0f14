import { abortable } from '@gantry/base';

interface Flight<T, E> {
  promise: Promise<T>;
  listeners: Set<(event: E) => void>;
  passengers: number;
  controller: AbortController;
}

/**
 * One piece of work per key, shared by all who ask for it while it runs. The work is aborted when the last of them has
 * gone. Events of the work reach everybody.
 */
export class SingleFlight<T, E = never> {
  readonly #flights = new Map<string, Flight<T, E>>();
  /** Work that everybody left and that has not stopped yet: what follows under its key waits for its end. */
  readonly #ending = new Map<string, Promise<void>>();

  get size(): number {
    return this.#flights.size;
  }

  /** Joins the work of `key`, or starts it. Rejects with the signal's reason when it aborts. */
  async join(
    key: string,
    start: (signal: AbortSignal, emit: (event: E) => void) => Promise<T>,
    signal?: AbortSignal,
    onEvent?: (event: E) => void,
  ): Promise<T> {
    signal?.throwIfAborted();
    const flight = this.#flights.get(key) ?? this.#start(key, start);
    flight.passengers++;
    if (onEvent) flight.listeners.add(onEvent);
    try {
      return await (signal ? abortable(flight.promise, signal) : flight.promise);
    } finally {
      if (onEvent) flight.listeners.delete(onEvent);
      if (--flight.passengers === 0) {
        flight.controller.abort();
        if (this.#flights.get(key) === flight) this.#leave(key, flight);
      }
    }
  }

  has(key: string): boolean {
    return this.#flights.has(key);
  }

  /** Aborts everything and waits until it has ended. */
  async close(reason: unknown): Promise<void> {
    const flights = [...this.#flights.values()];
    for (const { controller } of flights) controller.abort(reason);
    await Promise.allSettled([...flights.map(({ promise }) => promise), ...this.#ending.values()]);
  }

  #leave(key: string, flight: Flight<T, E>): void {
    this.#flights.delete(key);
    const ended = flight.promise.then(
      () => {},
      () => {},
    );
    this.#ending.set(key, ended);
    void ended.then(() => {
      if (this.#ending.get(key) === ended) this.#ending.delete(key);
    });
  }

  #start(key: string, start: (signal: AbortSignal, emit: (event: E) => void) => Promise<T>): Flight<T, E> {
    const controller = new AbortController();
    const listeners = new Set<(event: E) => void>();
    const emit = (event: E) => {
      for (const listener of listeners) listener(event);
    };
    const before = this.#ending.get(key);
    const work = before ? before.then(() => start(controller.signal, emit)) : start(controller.signal, emit);
    const flight: Flight<T, E> = {
      controller,
      listeners,
      passengers: 0,
      promise: work.finally(() => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }),
    };
    flight.promise.catch(() => {}); // its passengers hear of it; without any, nobody needs to
    this.#flights.set(key, flight);
    return flight;
  }
}
