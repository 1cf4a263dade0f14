import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isAbort } from './abort.ts';
import type { Clock } from './clock.ts';

/** What is asked of the engine a program runs on. */
export interface Heap {
  /** Bytes that the heap and what hangs on it take. */
  sizeBytes(): number;
  /** The share of time, 0 to 1, that the event loop was busy since the last call. */
  busyShare(): number;
  /** Collects all there is to collect, at once. */
  collect(): void;
}

const everyMs = 10_000;
const idleShare = 0.05;
const worthwhileBytes = 16 * 1024 * 1024;

/**
 * Collects garbage while nobody waits. V8 collects when memory is asked for: a program that was busy and no longer is keeps all
 * that it left behind, for days if need be. Looks every ten seconds, and where the event loop was idle for 95 % of them,
 * collects once after each time it was not, and whenever 16 MiB have gathered. A collection stops the program, for
 * about a millisecond per MiB in use. Resolves when the signal aborts.
 */
export async function collectWhenIdle(
  clock: Clock,
  signal: AbortSignal,
  heap: Heap = v8Heap(),
): Promise<void> {
  let leftBytes = 0;
  let collected = false;
  heap.busyShare();
  for (;;) {
    try {
      await clock.sleep(everyMs, signal);
    } catch (error) {
      if (signal.aborted || isAbort(error)) return;
      throw error;
    }
    if (heap.busyShare() > idleShare) {
      leftBytes = 0;
      collected = false;
      continue;
    }
    const sizeBytes = heap.sizeBytes();
    // Memory is given back behind the program's back; only now is it seen what was left.
    if (collected || sizeBytes < leftBytes) leftBytes = sizeBytes;
    collected = sizeBytes >= leftBytes + worthwhileBytes;
    if (collected) heap.collect();
  }
}

/** The heap of this thread. */
function v8Heap(): Heap {
  let last = performance.eventLoopUtilization();
  let gc: (() => void) | undefined;
  return {
    sizeBytes() {
      const { heapTotal, external } = process.memoryUsage();
      return heapTotal + external;
    },
    busyShare() {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, last);
      last = now;
      return utilization;
    },
    collect() {
      if (!gc) {
        // Contexts made from here on have it; ours stays as it was.
        setFlagsFromString('--expose-gc');
        gc = runInNewContext('gc') as () => void;
      }
      gc();
    },
  };
}
