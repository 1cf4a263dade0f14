import { readFileSync, statSync, watch, type FSWatcher } from 'node:fs';
import { join } from 'node:path';

export interface Exit {
  exitCode: number;
  /** Milliseconds since the epoch. */
  finishedAtMs: number;
}

/**
 * Tells of exit files (see `ShimPaths.exitDir`) as they appear. The shim renames them into place, so what is seen is whole.
 * What was there before is not told: look with {@link readExit} once the watch stands.
 */
export function watchExits(
  exitDir: string,
  onExit: (id: string) => void,
  onError: (error: unknown) => void,
): FSWatcher {
  const watcher = watch(exitDir, { persistent: false }, (_, name) => {
    if (name) onExit(name); // a name in the making is nobody's
  });
  return watcher.on('error', onError);
}

/** The exit of a container that has ended, if the shim has written it down. */
export function readExit(exitDir: string, id: string): Exit | undefined {
  try {
    const path = join(exitDir, id);
    const text = readFileSync(path, 'latin1').trim();
    if (!/^-?\d{1,10}$/.test(text)) return undefined;
    return { exitCode: Number(text), finishedAtMs: Math.trunc(statSync(path).mtimeMs) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
