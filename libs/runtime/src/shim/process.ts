import { readFileSync, readdirSync } from 'node:fs';
import koffi from 'koffi';

/** A process that is not mistaken for another one that got its number later: the start time, in clock ticks since boot, goes with it. */
export interface ProcessId {
  pid: number;
  /** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)). */
  startTicks: string;
}

/** Undefined when no such process exists, or only its zombie. */
export function identify(pid: number): ProcessId | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name in parentheses may hold anything; what follows the last one is split by blanks, from field 3 on.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X' || fields[19] === undefined) return undefined;
    return { pid, startTicks: fields[19] };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

export function isAlive(process: ProcessId | undefined): process is ProcessId {
  return process !== undefined && identify(process.pid)?.startTicks === process.startTicks;
}

/** The processes that have `argument` on their command line. Reads all of /proc: for rare occasions. */
export function findByArgument(argument: string): ProcessId[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      if (!readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').includes(argument)) return [];
    } catch {
      return []; // it has ended meanwhile
    }
    return identify(Number(name)) ?? [];
  });
}

/** The parent of a process, if it has `argument` on its command line; undefined also when either is gone. */
export function parentWithArgument(pid: number, argument: string): ProcessId | undefined {
  try {
    const parent = Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1]);
    const found = identify(parent);
    const words = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0');
    return words.includes(argument) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Changes at every boot: process numbers of another one mean nothing. */
export function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
}

const pidfdOpenNumber = 434;
const pidfdSendSignalNumber = 424;

export type SendSignal = (process: ProcessId, signal: number) => boolean;

/**
 * Sends a signal by way of a pidfd (pidfd_open(2), pidfd_send_signal(2); the same numbers on x86-64 and arm64), so that a
 * process that ended and whose number was given away in between is never hit. False when it is gone.
 */
export function signalSender(): SendSignal {
  const libc = koffi.load('libc.so.6');
  const pidfdOpen = libc.func('syscall', 'long', ['long', 'int', 'unsigned int']);
  const pidfdSendSignal = libc.func('syscall', 'long', ['long', 'int', 'int', 'void *', 'unsigned int']);
  const close = libc.func('int close(int)');
  return (target, signal) => {
    const fd = Number(pidfdOpen(pidfdOpenNumber, target.pid, 0));
    if (fd < 0) return false;
    try {
      return isAlive(target) && Number(pidfdSendSignal(pidfdSendSignalNumber, fd, signal, null, 0)) === 0;
    } finally {
      close(fd);
    }
  };
}
