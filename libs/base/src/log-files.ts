import { execFile } from 'node:child_process';
import { copyFile, readdir, rename, rm, stat, statfs, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from './status-error.ts';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** A log is cut when it has grown to this; as much is kept of what was cut off. */
export const logLimitBytes = 16 * 1024 * 1024;

/**
 * Cuts a log that other processes are appending to (open(2), O_APPEND) once it has reached the limit: what it holds moves to `<file>.1`,
 * in place of what is there. Both files one after the other are the log, byte for byte: what is written meanwhile stays, because the kernel
 * takes out the copied part alone (fallocate(2), FALLOC_FL_COLLAPSE_RANGE, in whole blocks). Answers whether it cut. Rejects where the
 * file system cannot do that (ext4 and XFS can), and has then changed nothing.
 */
export async function cutLog(file: string, limitBytes = logLimitBytes): Promise<boolean> {
  const { size } = await stat(file);
  if (size < limitBytes) return false;
  const { bsize } = await statfs(file);
  // The last block stays, also a full one: the range must not reach the end of the file.
  const length = Math.floor((size - 1) / bsize) * bsize;
  if (length === 0) return false;
  const aside = `${file}.1.new`;
  try {
    await copyFile(file, aside);
    await truncate(aside, length);
    await promisify(execFile)('fallocate', ['--collapse-range', '--offset=0', `--length=${length}`, file]);
    await rename(aside, `${file}.1`);
  } finally {
    await rm(aside, { force: true });
  }
  return true;
}

/** Looks after the `*.log` of a folder every half a minute until the signal aborts. One that cannot be cut is told once. */
export async function keepLogsShort(
  folder: string,
  { clock, log, signal, limitBytes }: { clock: Clock; log: Logger; signal: AbortSignal; limitBytes?: number },
): Promise<void> {
  const told = new Set<string>();
  while (!signal.aborted) {
    for (const name of await readdir(folder).catch(() => []))
      if (name.endsWith('.log'))
        await cutLog(join(folder, name), limitBytes).catch((error: unknown) => {
          if (!told.has(name)) log.warn('log file cannot be cut', { file: name, reason: messageOf(error) });
          told.add(name);
        });
    await clock.sleep(30_000, signal).catch(() => undefined);
  }
}
