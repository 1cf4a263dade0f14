import { readFileSync } from 'node:fs';
import type { LinkCounters } from '../network.ts';

/** Received and sent by each link of this thread's network namespace, by its name (proc_pid_net(5) `dev`). */
export function linkCounters(
  text = readFileSync('/proc/thread-self/net/dev', 'latin1'),
): Map<string, { received: LinkCounters; sent: LinkCounters }> {
  const found = new Map<string, { received: LinkCounters; sent: LinkCounters }>();
  for (const line of text.split('\n').slice(2)) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const numbers = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    found.set(line.slice(0, colon).trim(), { received: counters(numbers), sent: counters(numbers.slice(8)) });
  }
  return found;
}

function counters([bytes = 0, packets = 0, errors = 0, dropped = 0]: readonly number[]): LinkCounters {
  return { bytes, packets, errors, dropped };
}
