import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { linuxHost } from '@gantry/host';
import type { PodNetwork, ServiceProxy } from '../network.ts';

/** What the child understands: a method of its PodNetwork or ServiceProxy. */
export interface NetworkCall {
  id: number;
  target: 'pods' | 'services';
  method: string;
  parameters: unknown[];
}

export interface NetworkAnswer {
  id: number;
  value?: unknown;
  error?: string;
}

type Calls<T> = { [K in keyof T as T[K] extends (...p: never[]) => Promise<unknown> ? K : never]: T[K] };

/** A pod network and a service proxy in a process of their own, as an agent has them: in a node's namespace, and to be killed. */
export class NetworkProcess implements AsyncDisposable {
  readonly pods = this.#proxy<PodNetwork>('pods');
  readonly services = this.#proxy<ServiceProxy>('services');
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, PromiseWithResolvers<unknown>>();
  #nextId = 1;

  /** `namespace`: path of the network namespace to run in; the process's own when undefined. */
  constructor(runDir: string, namespace?: string) {
    const script = fileURLToPath(new URL('./network-child.ts', import.meta.url));
    const node = [process.execPath, script, runDir];
    const [program = '', ...args] =
      namespace === undefined ? node : ['nsenter', `--net=${namespace}`, ...node];
    this.#child = linuxHost.spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.#child.on('message', ({ id, value, error }: NetworkAnswer) => {
      const deferred = this.#pending.get(id);
      this.#pending.delete(id);
      if (error === undefined) deferred?.resolve(value);
      else deferred?.reject(new Error(error));
    });
    this.#child.on('exit', () => {
      for (const deferred of this.#pending.values()) deferred.reject(new Error('the network process ended'));
    });
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill();
  }

  #proxy<T>(target: NetworkCall['target']): Calls<T> {
    return new Proxy({} as Calls<T>, {
      get:
        (_, method) =>
        (...parameters: unknown[]) => {
          const deferred = Promise.withResolvers<unknown>();
          const id = this.#nextId++;
          this.#pending.set(id, deferred);
          this.#child.send({ id, target, method: String(method), parameters } satisfies NetworkCall);
          return deferred.promise;
        },
    });
  }
}
