import { Worker } from 'node:worker_threads';
import { workerUrl } from '@gantry/base';
import type { NamespacePins, NamespaceSpec } from './namespaces.ts';

/** Namespaces to let go of. */
export interface NamespaceRemoval {
  pins: NamespacePins;
  /** A permanent ARP entry of the home namespace that goes with them. */
  neighbour?: { linkIndex: number; address: string };
}

export interface NamespaceJob {
  id: number;
  make?: NamespaceSpec;
  remove?: readonly NamespaceRemoval[];
}

export interface NamespaceReply {
  id: number;
  error?: { message: string; code?: string };
}

/** What the worker said when it failed; `code` is the errno's name. */
export class NamespaceError extends Error {
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.name = 'NamespaceError';
    this.code = code;
  }
}

/**
 * Makes and removes namespaces in a thread of its own (see {@link Namespaces} for why), in the order asked. Its home is the
 * process's network namespace. The thread starts with the first call, again after a crash, and does not keep the process alive.
 */
export class NamespaceWorker implements AsyncDisposable {
  #worker: Worker | undefined;
  #nextId = 1;
  readonly #pending = new Map<number, PromiseWithResolvers<void>>();

  /** All or nothing. Rejects with a {@link NamespaceError}. */
  make(spec: NamespaceSpec): Promise<void> {
    return this.#call({ make: spec });
  }

  /** Idempotent. */
  remove(removals: readonly NamespaceRemoval[]): Promise<void> {
    return this.#call({ remove: removals });
  }

  #call(job: Omit<NamespaceJob, 'id'>): Promise<void> {
    const worker = (this.#worker ??= this.#start());
    const id = this.#nextId++;
    const deferred = Promise.withResolvers<void>();
    this.#pending.set(id, deferred);
    worker.ref();
    worker.postMessage({ id, ...job } satisfies NamespaceJob);
    return deferred.promise;
  }

  #start(): Worker {
    const worker = new Worker(workerUrl(import.meta.url, 'netns'));
    worker.on('message', ({ id, error }: NamespaceReply) => {
      const deferred = this.#pending.get(id);
      this.#pending.delete(id);
      if (this.#pending.size === 0) worker.unref();
      if (error) deferred?.reject(new NamespaceError(error.message, error.code));
      else deferred?.resolve();
    });
    const fail = (why: string) => {
      if (this.#worker === worker) this.#worker = undefined;
      for (const deferred of this.#pending.values())
        deferred.reject(new NamespaceError(`the namespace thread ended: ${why}`, undefined));
      this.#pending.clear();
    };
    worker.on('error', (error) => fail(error.message));
    worker.on('exit', (code) => fail(`exit code ${code}`));
    worker.unref();
    return worker;
  }

  /** Waits for what was asked, then ends the thread. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled([...this.#pending.values()].map(({ promise }) => promise));
    await this.#worker?.terminate();
  }
}
