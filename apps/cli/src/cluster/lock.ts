import { closeSync, mkdirSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ClusterLayout } from './layout.ts';
import { runningProcess, startTicks } from './processes.ts';

/**
 * Keeps a second `up` or `down` of the same cluster away until disposed. A lock whose process is gone, as after Ctrl-C, counts for
 * nothing. Throws when the other one is still at work.
 */
export function lockCluster(layout: ClusterLayout): Disposable {
  mkdirSync(layout.run, { recursive: true });
  const file = join(layout.run, 'lock');
  for (let attempt = 0; ; attempt++)
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, `${process.pid} ${startTicks(process.pid) ?? ''}\n`);
      closeSync(handle);
      return { [Symbol.dispose]: () => unlock(layout, file) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const other = runningProcess(file);
      if (other || attempt > 10)
        throw new Error(
          `another gantry up or down${other ? ` (process ${other.pid})` : ''} is at work on the cluster ${layout.name}: wait for it to end`,
        );
      rmSync(file, { force: true });
    }
}

/** The folder goes as well when nothing came into it. */
function unlock(layout: ClusterLayout, file: string): void {
  rmSync(file, { force: true });
  try {
    rmdirSync(layout.run);
  } catch {
    // gone already, or a cluster lives in it
  }
}
