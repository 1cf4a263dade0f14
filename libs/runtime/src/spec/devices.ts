import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { OciDevice } from './oci.ts';
import { ownDevices } from './paths.ts';

/** All device nodes below `folder`, for privileged containers. What vanishes meanwhile is left out. */
export function hostDevices(folder = '/dev', depth = 0): OciDevice[] {
  if (depth > 4) return [];
  const found: OciDevice[] = [];
  for (const name of readdirSync(folder)) {
    if (depth === 0 && ownDevices.has(name)) continue;
    const path = join(folder, name);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (!stat) continue;
    if (stat.isDirectory()) found.push(...hostDevices(path, depth + 1));
    else if (stat.isCharacterDevice() || stat.isBlockDevice())
      found.push({
        path,
        type: stat.isBlockDevice() ? 'b' : 'c',
        ...unpack(stat.rdev),
        fileMode: stat.mode & 0o777,
        uid: stat.uid,
        gid: stat.gid,
      });
  }
  return found;
}

/** As glibc's major(3) and minor(3). */
function unpack(device: number): { major: number; minor: number } {
  const bits = BigInt(device);
  return {
    major: Number(((bits >> 32n) & 0xfffff000n) | ((bits >> 8n) & 0xfffn)),
    minor: Number(((bits >> 12n) & 0xffffff00n) | (bits & 0xffn)),
  };
}
