import { createHash } from 'node:crypto';
import { type Dirent, existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from './command.ts';

/** Everything in the kernel that bears the cluster's name, as sentences; empty when nothing of it is left. */
export async function leftovers(cluster: { name: string; data: string; run: string }): Promise<string[]> {
  const folders = [cluster.data, cluster.run];
  const found: string[] = [];
  for (const { pid, commandLine } of processes())
    if (folders.some((folder) => commandLine.includes(`${folder}/`)))
      found.push(`process ${pid}: ${commandLine}`);
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n'))
    if (line.includes(`/gantry-${cluster.name}`)) found.push(`mount: ${line}`);
  for (const folder of cgroupFolders(`/gantry/${cluster.name}`)) found.push(`cgroup: ${folder}`);
  if (existsSync('/run/netns'))
    for (const name of readdirSync('/run/netns'))
      if (name.startsWith(`gantry-${cluster.name}-`)) found.push(`network namespace: ${name}`);
  // Long names are hashed, for an interface's name has at most 15 characters.
  const digest = createHash('sha256').update(cluster.name).digest('hex');
  const links = [`gantry-${cluster.name}`, `gantry-${digest.slice(0, 8)}`, `gt${digest.slice(0, 7)}n`];
  const [routes, tables] = [await run('ip', ['route']), await run('nft', ['list', 'tables'])];
  for (const link of readdirSync('/sys/class/net'))
    if (links.some((prefix) => link.startsWith(prefix))) found.push(`link: ${link}`);
  for (const line of routes.stdout.split('\n'))
    if (links.some((link) => line.includes(`dev ${link}`))) found.push(`route: ${line}`);
  for (const line of tables.stdout.split('\n'))
    if (line.endsWith(`-${cluster.name}`)) found.push(`nft: ${line}`);
  if (existsSync(cluster.run)) found.push(`folder: ${cluster.run}`);
  return found;
}

interface Process {
  pid: number;
  commandLine: string;
}

export function processes(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return commandLine ? [{ pid: Number(name), commandLine }] : [];
    } catch {
      return []; // it has ended meanwhile
    }
  });
}

export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
  } catch {
    return false;
  }
}

/** Whether each thread of a stopped process stands: a signal takes a moment to reach them all. */
export function standsStill(pid: number): boolean {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).every((task) => /\) T /.test(readFileSync(`${tasks}/${task}/stat`, 'utf8')));
}

/** Roots of the cgroup hierarchies: one on v2, one per controller on v1. */
function cgroupRoots(): string[] {
  return readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .flatMap((line) => (/ - cgroup2? /.test(line) ? [line.split(' ')[4]!] : []));
}

export function cgroupFolders(cgroup: string): string[] {
  return cgroupRoots()
    .map((root) => join(root, cgroup))
    .filter((folder) => existsSync(folder));
}

/** Each cgroup below a folder of a hierarchy. One that ends meanwhile may be missing or there. */
export function cgroupsBelow(folder: string): string[] {
  return entriesOf(folder)
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return [path, ...cgroupsBelow(path)];
    });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (['ENOENT', 'ENODEV'].includes((error as NodeJS.ErrnoException).code ?? '')) return []; // it has gone meanwhile
    throw error;
  }
}

/** All folders of that name below the cluster's cgroup: one on v2, one per controller on v1. */
function cgroupsNamed(cluster: string, name: string): string[] {
  return cgroupFolders(`/gantry/${cluster}`)
    .flatMap(cgroupsBelow)
    .filter((folder) => basename(folder) === name);
}

/**
 * A setting of a container's or pod's cgroup, by the names its file has on v1 and on v2; whichever of them is there. Throws when none is.
 */
export function cgroupSetting(cluster: string, cgroupName: string, ...files: string[]): string {
  for (const folder of cgroupsNamed(cluster, cgroupName))
    for (const file of files)
      if (existsSync(join(folder, file))) return readFileSync(join(folder, file), 'utf8').trim();
  throw new Error(`no cgroup ${cgroupName} of cluster ${cluster} has ${files.join(' or ')}`);
}

/** The host's pid of a container's first process. Throws when it does not run. */
export function containerPid(cluster: string, containerId: string): number {
  const id = containerId.replace(/^[a-z-]+:\/\//, '');
  for (const folder of cgroupsNamed(cluster, id))
    for (const pid of readFileSync(join(folder, 'cgroup.procs'), 'utf8').split('\n').filter(Boolean))
      if (namespacePid(Number(pid)) === 1) return Number(pid);
  throw new Error(`no first process in the cgroup of container ${id}`);
}

/** What a process is called inside the innermost of its pid namespaces (proc(5), NSpid). */
function namespacePid(pid: number): number | undefined {
  try {
    const line = /^NSpid:\s+(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Number(line?.[1]?.split(/\s+/).at(-1));
  } catch {
    return undefined;
  }
}
