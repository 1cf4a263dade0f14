import { readFileSync, writeFileSync } from 'node:fs';
import { messageOf } from '@gantry/base';

/** `net/ipv4/ip_forward` as the calling thread's network namespace has it; throws when the kernel has no such setting. */
export function readSysctl(name: string): string {
  return readFileSync(`/proc/sys/${name}`, 'utf8').trim();
}

/** Writes a file under `/proc/sys` where it differs, so that a read-only one that is right already will do. */
export function setSysctl(name: string, value: string): void {
  try {
    if (readSysctl(name) !== value) writeFileSync(`/proc/sys/${name}`, value);
  } catch (error) {
    const setting = name.replaceAll('/', '.');
    throw new Error(`cannot set ${setting} to ${value}, which the network needs: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
