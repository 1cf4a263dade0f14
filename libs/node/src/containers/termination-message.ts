import { closeSync, constants, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { readLog } from '@gantry/runtime';

/** What the kubelet takes of a termination message, of all of a pod together, and of a log in its place. */
const maxMessageBytes = 4096;
const maxPodBytes = 12 << 10;
const maxLogBytes = 2048;
const maxLogLines = 80;

/** Where a container leaves its message, one file for each attempt, in the folder of its pod's files. */
export function terminationMessageFile(filesDir: string, container: string, attempt: number): string {
  return join(filesDir, `${container}-${attempt}.message`);
}

/**
 * What a container left in its termination message file, or, where its policy says so and it failed, the end of its log. The file was
 * written by the container: it is read without following links and only so far: all `containers` of a pod share what its status has room for.
 */
export async function terminationMessage(
  file: string,
  logPath: string,
  policy: string | undefined,
  exitCode: number,
  containers = 1,
): Promise<string | undefined> {
  const own = readStart(file, Math.min(maxMessageBytes, Math.floor(maxPodBytes / containers)));
  if (own !== '' || policy !== 'FallbackToLogsOnError' || exitCode === 0) return own || undefined;
  try {
    let text = '';
    for await (const chunk of readLog(logPath, { tailLines: maxLogLines }, AbortSignal.timeout(2_000)))
      text = (text + Buffer.from(chunk).toString('utf8')).slice(-maxLogBytes);
    return text || undefined;
  } catch {
    return undefined;
  }
}

function readStart(path: string, most: number): string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return '';
  }
  try {
    const buffer = Buffer.alloc(most);
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, most, 0));
  } catch {
    return '';
  } finally {
    closeSync(file);
  }
}
