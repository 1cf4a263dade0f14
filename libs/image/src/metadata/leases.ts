/**
 * What pulls in progress need, so that a garbage collection beside them leaves it: digests of blobs and chainIds.
 * A pull leases a thing *before* it looks whether it is there.
 */
export class Leases {
  readonly #held = new Map<string, number>();

  has(name: string): boolean {
    return this.#held.has(name);
  }

  /** A new lease that holds nothing yet. */
  lease(): Lease {
    return new Lease(this.#held);
  }
}

/** Dispose it to let go. */
export class Lease implements Disposable {
  readonly #held: Map<string, number>;
  readonly #own = new Set<string>();

  constructor(held: Map<string, number>) {
    this.#held = held;
  }

  add(...names: string[]): void {
    for (const name of names) {
      if (this.#own.has(name)) continue;
      this.#own.add(name);
      this.#held.set(name, (this.#held.get(name) ?? 0) + 1);
    }
  }

  [Symbol.dispose](): void {
    for (const name of this.#own) {
      const count = (this.#held.get(name) ?? 1) - 1;
      if (count === 0) this.#held.delete(name);
      else this.#held.set(name, count);
    }
    this.#own.clear();
  }
}
