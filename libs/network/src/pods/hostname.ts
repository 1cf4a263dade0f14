import { closeSync, openSync } from 'node:fs';
import { CLONE_NEWUTS, type Syscalls } from '@gantry/host';

/**
 * Sets the hostname of the UTS namespace pinned at `pin`. The calling thread visits it for three system calls (about
 * 20 µs) and nothing can run in between. Throws a TypeError for names that Linux does not take (1 to 64 bytes).
 */
export function setHostname(syscalls: Syscalls, pin: string, hostname: string): void {
  const bytes = Buffer.byteLength(hostname);
  if (bytes < 1 || bytes > 64 || hostname.includes('\0'))
    throw new TypeError(`${JSON.stringify(hostname)} cannot be a hostname: Linux takes 1 to 64 bytes`);
  const home = openSync(`/proc/self/task/${syscalls.gettid()}/ns/uts`, 'r');
  const target = openSync(pin, 'r');
  try {
    syscalls.setns(target, CLONE_NEWUTS);
    try {
      syscalls.sethostname(hostname);
    } finally {
      syscalls.setns(home, CLONE_NEWUTS);
    }
  } finally {
    closeSync(target);
    closeSync(home);
  }
}
