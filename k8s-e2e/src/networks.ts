import { randomInt } from 'node:crypto';
import { run } from './command.ts';

/** Two networks of 65,536 addresses that this host has no route to: one for pods, one for Services. */
export async function freeNetworks(): Promise<{ pods: string; services: string }> {
  const { stdout } = await run('ip', ['-o', 'route']);
  const used = new Set([...stdout.matchAll(/\b10\.(\d+)\./g)].map(([, second]) => Number(second)));
  const free = Array.from({ length: 190 }, (_, index) => index + 60).filter((second) => !used.has(second));
  const at = randomInt(0, free.length - 1);
  return { pods: `10.${free[at]}.0.0/16`, services: `10.${free[at + 1]}.0.0/16` };
}
