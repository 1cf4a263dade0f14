import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { workerUrl, type Clock } from '@gantry/base';
import { ImageError } from '../image.ts';
import type { AppliedLayer } from './layer-writer.ts';
import type { ByteString } from './tar-reader.ts';
import type { UnpackTask } from './unpack.ts';

type Task =
  | { kind: 'unpack'; task: UnpackTask }
  | { kind: 'settle'; root: string; implicit: ByteString[]; lowers: string[] }
  | { kind: 'remove'; path: string };
export type Question = Task | 'abort';
export type Answer = { value: unknown } | { message: string; reason?: ImageError['reason'] };

interface Job {
  task: Task;
  signal: AbortSignal | undefined;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
}

/** A worker nobody needed for so long goes, with its memory. */
const idleMs = 10_000;

/**
 * Threads for what touches many files, so that the event loop does not wait for any of it: started when needed, at most
 * one per processor and three in all, gone again when idle. Unpacking goes before deleting.
 */
export class LayerWorkers {
  readonly #clock: Clock;
  readonly #limit = Math.min(3, Math.max(1, availableParallelism()));
  readonly #urgent: Job[] = [];
  readonly #background: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  readonly #retirement = new Map<Worker, Disposable>();
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Starts a thread ahead of need: one takes some tens of milliseconds to come up. */
  warm(): void {
    if (!this.#closed && this.#idle.length === 0 && this.#busy.size < this.#limit)
      this.#release(this.#hire());
  }

  unpack(task: UnpackTask, signal: AbortSignal): Promise<AppliedLayer> {
    return this.#run({ kind: 'unpack', task }, signal) as Promise<AppliedLayer>;
  }

  /** As `settleImplicit` says. */
  settle(root: string, implicit: ByteString[], lowers: string[]): Promise<void> {
    return this.#run({ kind: 'settle', root, implicit, lowers }) as Promise<void>;
  }

  /** Deletes a tree; one that is not there is deleted. */
  remove(path: string): Promise<void> {
    return this.#run({ kind: 'remove', path }) as Promise<void>;
  }

  /** Stops at once, whatever is going on. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#retirement.values()) timer[Symbol.dispose]();
    const jobs = [...this.#urgent.splice(0), ...this.#background.splice(0), ...this.#busy.values()];
    const workers = [...this.#idle.splice(0), ...this.#busy.keys()];
    this.#busy.clear();
    await Promise.all(workers.map((worker) => worker.terminate()));
    for (const { reject } of jobs) reject(closedError());
  }

  #run(task: Task, signal?: AbortSignal): Promise<unknown> {
    if (this.#closed) return Promise.reject(closedError());
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const job: Job = { task, signal, resolve, reject };
      (task.kind === 'remove' ? this.#background : this.#urgent).push(job);
      this.#next();
    });
  }

  #next(): void {
    while (this.#urgent.length + this.#background.length > 0) {
      const worker = this.#idle.pop() ?? (this.#busy.size < this.#limit ? this.#hire() : undefined);
      if (!worker) return;
      this.#retirement.get(worker)?.[Symbol.dispose]();
      const job = this.#urgent.shift() ?? this.#background.shift()!;
      if (job.signal?.aborted) {
        job.reject(job.signal.reason);
        this.#release(worker);
        continue;
      }
      const abort = () => worker.postMessage('abort' satisfies Question);
      job.signal?.addEventListener('abort', abort, { once: true });
      this.#busy.set(worker, {
        ...job,
        resolve: (value) => {
          job.signal?.removeEventListener('abort', abort);
          job.resolve(value);
        },
        reject: (reason) => {
          job.signal?.removeEventListener('abort', abort);
          job.reject(job.signal?.aborted ? job.signal.reason : reason);
        },
      });
      worker.ref();
      worker.postMessage(job.task satisfies Question);
    }
  }

  #hire(): Worker {
    // Without the options of this process, which may be such as no worker takes (--input-type).
    const worker = new Worker(workerUrl(import.meta.url, 'layer'), { name: 'layer', execArgv: [] });
    worker.on('message', (answer: Answer) => {
      const job = this.#busy.get(worker);
      if (!job) return;
      this.#busy.delete(worker);
      if ('value' in answer) job.resolve(answer.value);
      else
        job.reject(answer.reason ? new ImageError(answer.reason, answer.message) : new Error(answer.message));
      this.#release(worker);
      this.#next();
    });
    worker.on('error', (error) => this.#lost(worker, error));
    worker.on('exit', () => this.#lost(worker, new Error('the worker for layers has ended')));
    return worker;
  }

  #release(worker: Worker): void {
    worker.unref();
    this.#idle.push(worker);
    const timer = this.#clock.after(idleMs, () => {
      const at = this.#idle.indexOf(worker);
      if (at < 0) return;
      this.#idle.splice(at, 1);
      this.#retirement.delete(worker);
      void worker.terminate();
    });
    this.#retirement.set(worker, timer);
  }

  #lost(worker: Worker, error: unknown): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#retirement.get(worker)?.[Symbol.dispose]();
    this.#retirement.delete(worker);
    job?.reject(error);
    if (!this.#closed) this.#next();
  }
}

function closedError(): Error {
  return new DOMException('the image store is closed', 'AbortError');
}
