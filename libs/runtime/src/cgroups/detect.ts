import { existsSync, readFileSync } from 'node:fs';
import type { Cgroups } from './cgroups.ts';
import { CgroupsV1 } from './v1.ts';
import { CgroupsV2 } from './v2.ts';

export interface CgroupMounts {
  mode: Cgroups['mode'];
  /** Mount point by v1 controller (`name=systemd` too). */
  controllers: Map<string, string>;
  /** Where cgroup2 is mounted, if it is. */
  unified?: string;
}

/**
 * Reads which hierarchies are mounted where, from the text of /proc/self/mountinfo (proc_pid_mountinfo(5)). The first
 * mount of a hierarchy counts. With controllers on v1 a cgroup2 tree beside them makes a hybrid: it only groups processes.
 */
export function parseCgroupMounts(mountinfo: string): CgroupMounts {
  const controllers = new Map<string, string>();
  let unified: string | undefined;
  for (const line of mountinfo.split('\n')) {
    const [left, right] = line.split(' - ');
    if (!left || !right) continue;
    const mountPoint = unescapeMount(left.split(' ')[4] ?? '');
    const [type, , superOptions = ''] = right.split(' ');
    if (type === 'cgroup2') unified ??= mountPoint;
    if (type !== 'cgroup') continue;
    for (const option of superOptions.split(','))
      if ((v1Controllers.has(option) || option.startsWith('name=')) && !controllers.has(option))
        controllers.set(option, mountPoint);
  }
  const v1 = [...controllers.keys()].some((name) => !name.startsWith('name='));
  const mode = v1 ? (unified ? 'hybrid' : 'legacy') : 'unified';
  return { mode, controllers, ...(unified === undefined ? {} : { unified }) };
}

const v1Controllers = new Set([
  'cpu', 'cpuacct', 'cpuset', 'memory', 'devices', 'freezer', 'blkio', 'pids', 'hugetlb', 'net_cls', 'net_prio',
  'perf_event', 'rdma', 'misc',
]); // prettier-ignore

/** Blanks and backslashes are octal there. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

/**
 * Finds the control groups of this machine. `root` leads to another file system tree, for tests against recorded ones
 * (its /proc/self/mountinfo is read, and every mount point lies below it). Throws when no usable hierarchy is mounted.
 */
export function openCgroups(root = ''): Cgroups {
  const mounts = parseCgroupMounts(readFileSync(`${root}/proc/self/mountinfo`, 'utf8'));
  if (mounts.mode === 'unified') {
    if (mounts.unified === undefined || !existsSync(`${root}${mounts.unified}/cgroup.controllers`))
      throw new Error('no control groups are mounted: mount cgroup2 on /sys/fs/cgroup');
    return new CgroupsV2(root + mounts.unified);
  }
  const controllers = new Map([...mounts.controllers].map(([name, path]) => [name, root + path]));
  for (const needed of ['cpu', 'cpuacct', 'memory', 'pids'])
    if (!controllers.has(needed))
      throw new Error(
        `the cgroup controller ${needed} is not mounted: enable it on the kernel's command line or mount it`,
      );
  return new CgroupsV1(controllers, mounts.unified === undefined ? undefined : root + mounts.unified);
}
