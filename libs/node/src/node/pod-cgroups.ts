import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A cgroup made for a pod. */
export interface PodCgroup {
  uid: string;
  /** Below each hierarchy's root: `/gantry/node-1/kubepods/burstable/pod<uid>`. */
  path: string;
}

/** Where pods of each QoS class are, below the node's cgroup. */
const parents = ['kubepods', 'kubepods/burstable', 'kubepods/besteffort'];

/** The pods' cgroups that exist below `cgroupRoot`, in whichever hierarchy. `mountinfo`: text of proc_pid_mountinfo(5), default this process's. */
export function podCgroups(
  cgroupRoot: string,
  mountinfo = readFileSync('/proc/self/mountinfo', 'utf8'),
): PodCgroup[] {
  const found = new Map<string, PodCgroup>();
  for (const hierarchy of hierarchies(mountinfo))
    for (const parent of parents)
      for (const name of subfolders(join(hierarchy, cgroupRoot, parent))) {
        const path = `${cgroupRoot}/${parent}/${name}`;
        if (name.startsWith('pod')) found.set(path, { uid: name.slice(3), path });
      }
  return [...found.values()];
}

function hierarchies(mountinfo: string): string[] {
  return mountinfo.split('\n').flatMap((line) => {
    const [left = '', right = ''] = line.split(' - ');
    // Blanks and backslashes are octal there.
    const mountPoint = left
      .split(' ')[4]
      ?.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
    return mountPoint && /^cgroup2? /.test(right) ? [mountPoint] : [];
  });
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((each) =>
      each.isDirectory() ? [each.name] : [],
    );
  } catch {
    return []; // not every hierarchy has it
  }
}
