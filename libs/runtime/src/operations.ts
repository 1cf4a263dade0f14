import { counter, histogram, type Clock, type Metrics } from '@gantry/base';
import { RuntimeError } from './runtime.ts';

/**
 * What is asked of a runtime, measured, until it is closed: operations on one container one after the other, in the order in which they
 * were asked for; those on different ones beside each other.
 */
export class Operations {
  readonly #clock: Clock;
  readonly #metrics: Metrics | undefined;
  /** The tail of each container's queue. */
  readonly #queues = new Map<string, Promise<unknown>>();
  #closed = false;

  constructor(clock: Clock, metrics: Metrics | undefined) {
    this.#clock = clock;
    this.#metrics = metrics;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** After all that was asked of this container before, whether that succeeded or not. */
  ordered<T>(id: string, operation: string, work: () => Promise<T>): Promise<T> {
    const result = (this.#queues.get(id) ?? Promise.resolve()).then(() => this.measured(operation, work));
    const tail = result.then(
      () => {},
      () => {},
    );
    this.#queues.set(id, tail);
    void tail.then(() => {
      if (this.#queues.get(id) === tail) this.#queues.delete(id);
    });
    return result;
  }

  /** Under the names that the kubelet gives to what it asks of a runtime. @throws RuntimeError once closed. */
  async measured<T>(operation: string, work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new RuntimeError('failed', 'the container runtime is closed');
    const metrics = this.#metrics;
    if (!metrics) return work();
    const labels = { operation_type: operation };
    const startedMs = this.#clock.monotonicMs();
    counter(metrics, 'kubelet_runtime_operations_total', 'Runtime operations', ['operation_type']).inc(
      labels,
    );
    try {
      return await work();
    } catch (error) {
      counter(metrics, 'kubelet_runtime_operations_errors_total', 'Runtime operations that failed', [
        'operation_type',
      ]).inc(labels);
      throw error;
    } finally {
      histogram(metrics, 'kubelet_runtime_operations_duration_seconds', 'Duration of runtime operations', [
        'operation_type',
      ]).observe(labels, (this.#clock.monotonicMs() - startedMs) / 1000);
    }
  }

  /** From now on nothing is begun. */
  close(): void {
    this.#closed = true;
  }

  /** Resolves when what was asked for has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#queues.values());
  }
}
