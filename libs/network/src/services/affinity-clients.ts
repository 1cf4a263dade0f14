import type { Host } from '@gantry/host';
import { ipv4Number } from '../ipv4.ts';

/** Which clients an affinity set remembers, by the set's name, each with the seconds it will yet. */
export type AffinityClients = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface Listing {
  nftables: { set?: { name?: unknown; elem?: unknown[] } }[];
}

/**
 * What the kernel's table remembers of clients, so that a table made anew remembers it, too: an agent that starts again must not
 * send a client to another endpoint. Empty where there is no table, or one that we cannot read.
 */
export async function readAffinityClients(host: Host, table: string): Promise<AffinityClients> {
  const { code, stdout } = await host.run('nft', ['-j', 'list', 'sets', 'table', 'ip', table]);
  return code === 0 ? parseAffinityClients(stdout) : new Map();
}

/** Reads `nft -j list sets` (libnftables-json(5)). What does not look like a set of clients is passed over. */
export function parseAffinityClients(text: string): AffinityClients {
  const sets = new Map<string, Map<string, number>>();
  let listing: Partial<Listing>;
  try {
    listing = JSON.parse(text) as Partial<Listing>;
  } catch {
    return sets;
  }
  for (const { set } of listing.nftables ?? []) {
    if (typeof set?.name !== 'string' || !isClientSet(set.name) || !Array.isArray(set.elem)) continue;
    const clients = new Map<string, number>();
    for (const each of set.elem) {
      const { val, expires } = (each as { elem?: { val?: unknown; expires?: unknown } } | null)?.elem ?? {};
      if (typeof val === 'string' && ipv4Number(val) !== undefined && isSeconds(expires))
        clients.set(val, expires);
    }
    if (clients.size > 0) sets.set(set.name, clients);
  }
  return sets;
}

const isClientSet = (name: string) => /^affinity-[0-9a-f-]+-clients$/.test(name);
const isSeconds = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;
