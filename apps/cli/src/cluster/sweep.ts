import { existsSync, readdirSync, readFileSync, realpathSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@gantry/base';
import { linuxHost, MNT_DETACH, UMOUNT_NOFOLLOW, type Host } from '@gantry/host';
import type { ClusterLayout } from './layout.ts';
import { clusterMark, signal } from './processes.ts';

/**
 * Removes whatever a cluster left on this host, by where it lies and not by what anybody remembers: processes in its cgroups
 * and shims that name its folders, mounts below its folders, its cgroups, its folder in /run. Safe at any time, also half-way.
 */
export async function sweep(layout: ClusterLayout, host: Host = linuxHost): Promise<void> {
  // mountinfo and command lines have the folders as they really are.
  const folders = [layout.data, layout.run].flatMap((folder) =>
    existsSync(folder) ? [...new Set([folder, realpathSync(folder)])] : [folder],
  );
  const deadlineMs = systemClock.monotonicMs() + 15_000;
  for (;;) {
    const left = [...processesInCgroups(layout.cgroup), ...shims(folders), ...marked(layout)];
    if (left.length === 0) break;
    for (const pid of left) signal(pid, 'SIGKILL');
    if (systemClock.monotonicMs() > deadlineMs)
      throw new Error(
        `processes ${left.join(', ')} of the cluster do not end; look at them with ps and try again`,
      );
    await systemClock.sleep(20);
  }
  for (const target of mountsBelow(mountinfo(), folders))
    host.syscalls.umount(target, MNT_DETACH | UMOUNT_NOFOLLOW);
  for (const folder of cgroupFolders(layout.cgroup)) await removeCgroup(folder);
  removeWhenEmpty('/gantry');
  rmSync(layout.run, { recursive: true, force: true });
}

/** Roots of all mounted cgroup hierarchies: one for v2, one for each v1 controller. */
export function cgroupRoots(mountinfo: string): string[] {
  return mountinfo
    .split('\n')
    .flatMap((line) => (/ - cgroup2? /.test(line) ? [unescapePath(line.split(' ')[4]!)] : []));
}

const mountinfo = () => readFileSync('/proc/self/mountinfo', 'utf8');

/** The cgroup's folder in each hierarchy that has it. */
function cgroupFolders(cgroup: string): string[] {
  return cgroupRoots(mountinfo())
    .map((root) => join(root, cgroup))
    .filter((folder) => existsSync(folder));
}

function subfolders(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((each) => each.isDirectory())
      .map((each) => join(folder, each.name));
  } catch {
    return []; // removed meanwhile
  }
}

function processesInCgroups(cgroup: string): number[] {
  const pids = new Set<number>();
  const visit = (folder: string) => {
    try {
      for (const pid of readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n'))
        if (pid) pids.add(Number(pid));
    } catch {
      return; // removed meanwhile
    }
    subfolders(folder).forEach(visit);
  };
  cgroupFolders(cgroup).forEach(visit);
  return [...pids];
}

/**
 * Processes that were started for the cluster, by the mark in their environment: also one that was started at the moment when `gantry up` was
 * interrupted, before anybody wrote down its pid.
 */
function marked(layout: ClusterLayout): number[] {
  const mark = `${clusterMark}=${layout.run}`;
  return eachProcess((pid) =>
    readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark) ? [pid] : [],
  );
}

/** Shims (conmon) and runtimes that name one of the folders on their command line. */
function shims(folders: readonly string[]): number[] {
  return eachProcess((pid) => {
    const [program = '', ...args] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    if (!/(^|\/)(conmon|runc|crun)$/.test(program)) return [];
    return args.some((arg) => folders.some((folder) => arg.startsWith(`${folder}/`))) ? [pid] : [];
  });
}

/** What `look` finds at all processes but this one; those that end meanwhile are left out. */
function eachProcess(look: (pid: number) => number[]): number[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      return look(Number(name));
    } catch {
      return [];
    }
  });
}

/** Mount points below the folders, the deepest and youngest first (proc(5), mountinfo). */
export function mountsBelow(mountinfo: string, folders: readonly string[]): string[] {
  return mountinfo
    .split('\n')
    .flatMap((line) => line.split(' ')[4] ?? [])
    .map(unescapePath)
    .filter((target) => folders.some((folder) => target.startsWith(`${folder}/`)))
    .reverse();
}

/** mountinfo writes blanks as octal (proc(5)). */
function unescapePath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)));
}

/** The kernel lets a cgroup go a moment after its last process: busy ones are tried again. */
async function removeCgroup(folder: string): Promise<void> {
  for (const child of subfolders(folder)) await removeCgroup(child);
  for (let attempt = 0; ; attempt++) {
    try {
      return rmdirSync(folder);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return;
      if (code !== 'EBUSY' || attempt > 100) throw error;
      await systemClock.sleep(20);
    }
  }
}

/** The folder of all clusters' cgroups goes with the last one. */
function removeWhenEmpty(cgroup: string): void {
  for (const folder of cgroupFolders(cgroup)) {
    try {
      rmdirSync(folder);
    } catch {
      // another cluster lives in it
    }
  }
}
