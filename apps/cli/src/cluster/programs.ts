import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Debian's package for each program that a cluster on this host needs. */
const packages: Record<string, string> = {
  etcd: 'etcd-server',
  runc: 'runc',
  conmon: 'conmon',
  nft: 'nftables',
  ip: 'iproute2',
  nsenter: 'util-linux',
  'docker-registry': 'docker-registry',
};

/** Folders that root's own PATH has and others' have not, as after `su` on Debian. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** `path` with those folders behind it. */
export function withSystemFolders(path: string | undefined): string {
  return [...new Set([...(path ?? '').split(delimiter).filter(Boolean), ...systemFolders])].join(delimiter);
}

/** Where PATH, and the folders root has in it, hold the program; undefined when nowhere. */
export function findProgram(name: string): string | undefined {
  for (const folder of withSystemFolders(process.env['PATH']).split(delimiter)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // not here
    }
  }
  return undefined;
}

/** Throws, naming all that is missing and how to get it. */
export function requirePrograms(names: readonly string[]): void {
  const missing = names.filter((name) => findProgram(name) === undefined);
  if (missing.length === 0) return;
  const wanted = missing.map((name) => packages[name] ?? name);
  throw new Error(
    `missing on this machine: ${missing.join(', ')}. Install with: apt-get install ${wanted.join(' ')}`,
  );
}
