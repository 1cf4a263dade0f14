import {
  counter,
  isAbort,
  isStatus,
  LinkedAbort,
  aborted,
  type Clock,
  type Logger,
  type Metrics,
} from '@gantry/base';
import { TerminalError, type Controller, type Informers, type WorkQueue } from './control.ts';
import { createWorkQueue } from './work-queue.ts';

export interface RunControllerOptions {
  informers: Informers;
  clock: Clock;
  log: Logger;
  metrics?: Metrics;
}

/**
 * Sets the controller up, waits until the informers have synced, and lets its workers reconcile what falls due, until the
 * signal aborts; resolves when the last worker has returned. Someone else runs the informers.
 */
export async function runController(
  controller: Controller,
  options: RunControllerOptions,
  signal: AbortSignal,
): Promise<void> {
  const { informers, clock, metrics } = options;
  const log = options.log.child({ component: controller.name });
  const queue = createWorkQueue({ name: controller.name, clock, ...(metrics ? { metrics } : {}) });
  using stopping = new LinkedAbort(signal);
  controller.setup(
    (key) => queue.add(key),
    (key, delayMs) => queue.addAfter(key, delayMs),
  );
  try {
    await informers.synced(stopping.signal);
  } catch (error) {
    queue.shutDown();
    if (signal.aborted) return;
    throw error;
  }
  const errors =
    metrics &&
    counter(metrics, 'controller_reconcile_errors_total', 'Reconciliations that failed.', [
      'controller',
      'reason',
    ]);
  log.debug('controller started');
  const failed = (reason: string) => errors?.labels(controller.name, reason).inc();
  const workers = Array.from({ length: controller.workers ?? 5 }, () =>
    work(controller, queue, log, failed, stopping.signal),
  );
  await aborted(stopping.signal);
  queue.shutDown();
  await Promise.all(workers);
}

async function work(
  controller: Controller,
  queue: WorkQueue,
  log: Logger,
  failed: (reason: string) => void,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    const key = await queue.take();
    if (key === undefined) return;
    try {
      await controller.reconcile(key, signal);
      queue.forget(key);
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof TerminalError) {
        queue.forget(key);
        failed('Terminal');
        log.error('reconciliation failed for good; waiting for the object to change', {
          object: key,
          err: error,
        });
      } else {
        failed(isStatus(error) ? error.reason : isAbort(error) ? 'Timeout' : 'Error');
        const fields = { object: key, failures: queue.failures(key) + 1, err: error };
        // A conflict is how a stale copy shows itself, and the next try finds the new one.
        if (isStatus(error, 'Conflict', 'AlreadyExists', 'NotFound'))
          log.debug('reconciliation met a newer state, trying again', fields);
        else log.warn('reconciliation failed, trying again', fields);
        queue.addRateLimited(key);
      }
    } finally {
      queue.done(key);
    }
  }
}
