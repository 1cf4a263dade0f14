import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Ports nobody listens on just now, each another one. They lie below those that outgoing connections get (`ip_local_port_range` begins at
 * 32,768), so that none of those takes one before its server has, or while that is down for a moment.
 */
export async function freePorts(count: number, address = '0.0.0.0'): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = randomInt(20_000, 29_000);
    if (!ports.has(port) && (await isFree(port, address))) ports.add(port);
  }
  return [...ports];
}

/** One of them. */
export async function freePort(address?: string): Promise<number> {
  const [port] = await freePorts(1, address);
  return port!;
}

function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, address, () => probe.close(() => resolve(true)));
  });
}
