import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { logLimitBytes, messageOf, systemClock } from '@gantry/base';

/** A variable that all processes of a cluster have; its value is the cluster's folder in /run. */
export const clusterMark = 'GANTRY_CLUSTER';

/** A process of the cluster, known by its pid together with its start time, for pids are used again. */
export interface ManagedProcess {
  pid: number;
  startedTicks: string;
}

/** Field 22 of /proc/<pid>/stat (proc(5)): when the process started; undefined when there is none or it is a zombie. */
export function startTicks(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' ? undefined : fields[19];
}

/** The process that the pid file names, if it still is that process. */
export function runningProcess(pidFile: string): ManagedProcess | undefined {
  if (!existsSync(pidFile)) return undefined;
  const [pidText, startedTicks] = readFileSync(pidFile, 'utf8').trim().split(' ');
  const pid = Number(pidText);
  return startedTicks !== undefined && startTicks(pid) === startedTicks ? { pid, startedTicks } : undefined;
}

/**
 * Starts a program that outlives this one: own session, standard output and error to the log file, nothing inherited. Does nothing when
 * the pid file's process runs. A log that has got long begins anew, with the old one beside it as `.1`. Throws when the program cannot be started.
 */
export async function startProcess(options: {
  command: readonly [string, ...string[]];
  pidFile: string;
  logFile: string;
  /** Default `/`, so that no file system is kept from being unmounted. */
  folder?: string;
  env?: NodeJS.ProcessEnv;
}): Promise<ManagedProcess> {
  const running = runningProcess(options.pidFile);
  if (running) return running;
  for (const each of [options.pidFile, options.logFile]) mkdirSync(dirname(each), { recursive: true });
  if ((statSync(options.logFile, { throwIfNoEntry: false })?.size ?? 0) >= logLimitBytes)
    renameSync(options.logFile, `${options.logFile}.1`);
  const log = openSync(options.logFile, 'a', 0o600);
  const [program, ...args] = options.command;
  try {
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', log, log],
      cwd: options.folder ?? '/',
      env: options.env ?? process.env,
    });
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid!));
      child.once('error', (error) => reject(new Error(`cannot start ${program}: ${messageOf(error)}`)));
    });
    child.unref();
    const managed = { pid, startedTicks: startTicks(pid) ?? '' };
    writeFileSync(`${options.pidFile}.new`, `${managed.pid} ${managed.startedTicks}\n`);
    renameSync(`${options.pidFile}.new`, options.pidFile);
    return managed;
  } finally {
    closeSync(log);
  }
}

/** SIGTERM, then SIGKILL after `graceMs`; resolves when it is gone, at once when it does not run. Removes the pid file. */
export async function stopProcess(pidFile: string, graceMs = 10_000): Promise<boolean> {
  const running = runningProcess(pidFile);
  if (running) {
    signal(running.pid, 'SIGTERM');
    const killAt = systemClock.monotonicMs() + graceMs;
    let killed = false;
    while (startTicks(running.pid) === running.startedTicks) {
      if (!killed && systemClock.monotonicMs() > killAt) {
        signal(running.pid, 'SIGKILL');
        killed = true;
      }
      await systemClock.sleep(20);
    }
  }
  rmSync(pidFile, { force: true });
  return running !== undefined;
}

export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The last lines a process wrote, for messages about its failure. */
export function lastLines(file: string, count = 15): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
