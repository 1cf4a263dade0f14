import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { messageOf } from '@gantry/base';
import { RuntimeError } from '../runtime.ts';
import { reportFd, type DetachedSpawner } from './detached.ts';
import { cleanMessage, runtimeError } from './messages.ts';

/** Where the shim finds and leaves things. */
export interface ShimPaths {
  shim: string;
  /** The OCI runtime and the folder of its state. */
  runtime: string;
  runtimeRoot: string;
  /** One file per ended container: its exit code, in decimal. */
  exitDir: string;
  /** Links to the attach sockets, whose own paths may be too long for a socket. */
  attachDir: string;
}

export interface ShimStart {
  id: string;
  bundle: string;
  logPath: string;
  terminal: boolean;
  stdin: boolean;
  stdinOnce: boolean;
}

export interface StartedShim {
  /** The container's first process. */
  pid: number;
  /** Resolves when the shim is gone: after it wrote the exit file, or without when somebody killed it. */
  ended: Promise<void>;
  /** Stops listening for that. */
  release(): void;
}

/** Names of the files that conmon keeps in a bundle. */
export const shimFiles = { pid: 'pid', control: 'ctl', attach: 'attach', errors: 'shim.log' } as const;
const largestReportBytes = 1 << 20;

/**
 * Has conmon (conmon(8)) make a container by the OCI runtime and hold it from then on. One process is spawned here, without a shell;
 * conmon forks itself off, so the container does not end with us. It reports over the pipe `_OCI_SYNCPIPE` and keeps its end
 * open for life. @throws RuntimeError in the runtime's words when the container could not be made.
 */
export async function startShim(
  spawner: DetachedSpawner,
  paths: ShimPaths,
  start: ShimStart,
): Promise<StartedShim> {
  const errorFile = `${start.bundle}/${shimFiles.errors}`;
  const errors = openSync(errorFile, 'w', 0o600);
  const args = [
    ...['--api-version', '1', '-c', start.id, '-u', start.id, '-n', start.id],
    ...['-r', paths.runtime, `--runtime-arg=--root`, `--runtime-arg=${paths.runtimeRoot}`],
    ...['-b', start.bundle, '-p', `${start.bundle}/${shimFiles.pid}`],
    ...['--exit-dir', paths.exitDir, '--socket-dir-path', paths.attachDir],
    ...['-l', `k8s-file:${start.logPath}`, '--log-level', 'error', '--no-sync-log'],
    ...(start.terminal ? ['-t'] : []),
    ...(start.stdin ? ['-i'] : []),
    ...(start.stdin && !start.stdinOnce ? ['--leave-stdin-open'] : []),
  ];
  let pipe: Socket;
  try {
    pipe = spawner.spawn(paths.shim, args, {
      stderr: errors,
      env: { PATH: process.env.PATH, _OCI_SYNCPIPE: String(reportFd) },
    });
  } catch (error) {
    throw new RuntimeError('failed', `cannot run the shim ${paths.shim}: ${messageOf(error)}`, {
      cause: error,
    });
  } finally {
    closeSync(errors);
  }
  pipe.on('error', () => {}); // its end says all
  const ended = new Promise<void>((resolve) => pipe.once('close', () => resolve()));
  const release = () => pipe.destroy();
  try {
    const report = await readReport(pipe);
    if (report.data > 0) {
      pipe.unref(); // watching alone keeps no process alive
      return { pid: report.data, ended, release };
    }
    throw runtimeError(report.message || readFileSync(errorFile, 'utf8'));
  } catch (error) {
    release();
    if (error instanceof RuntimeError) throw error;
    const said = cleanMessage(readFileSync(errorFile, 'utf8'));
    throw new RuntimeError('failed', `the shim ${paths.shim} failed: ${said || (error as Error).message}`, {
      cause: error,
    });
  }
}

/** The one line of JSON that conmon sends: the pid, or a number below one and what the runtime printed. */
function readReport(pipe: Readable): Promise<{ data: number; message: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    pipe.setEncoding('utf8');
    const onData = (chunk: string) => {
      text += chunk;
      if (text.length > largestReportBytes) return reject(new Error('its report is too long'));
      if (!text.includes('\n')) return;
      try {
        const { data, message } = JSON.parse(text) as { data?: unknown; message?: unknown };
        if (typeof data !== 'number') throw new Error('no number');
        pipe.off('data', onData).resume(); // read on: only so the end is seen
        resolve({ data, message: typeof message === 'string' ? message : '' });
      } catch (error) {
        reject(new Error(`its report makes no sense: ${JSON.stringify(text)}`, { cause: error }));
      }
    };
    pipe.on('data', onData);
    pipe.once('close', () => reject(new Error('it ended without a report')));
  });
}
