import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync, readlinkSync } from 'node:fs';
import type { Syscalls } from '@gantry/host';
import { mountFlags } from '@gantry/host';
import { ContainerProblem } from '../containers/config-error.ts';

/** open(2): a handle on a place, without reading it. */
const O_PATH = 0o10000000;
/** As the kernel has it (path_resolution(7)): a chain of links that is longer goes round in circles. */
const mostLinks = 40;

/**
 * Binds the folder or file `subPath` of a volume onto `target`. Every step is opened by its own handle and no symbolic link is followed by
 * the kernel, so that a container which writes into the volume at the same time cannot lead it out (CVE-2017-1002101, CVE-2021-25741).
 * Relative links are followed here, step by step, as long as they stay within the volume; a missing folder is made, open to whom the
 * volume is open (pkg/kubelet/kubelet_pods.go, makeMounts; pkg/volume/util/subpath).
 */
export function bindSubPath(syscalls: Syscalls, volume: string, subPath: string, target: string): void {
  if (subPath.startsWith('/') || subPath.split('/').includes('..'))
    throw problem(`failed to prepare subPath: "${subPath}" must not leave the volume`);
  // The volume's own root may be a link (hostPath): it is the administrator's word.
  const handles = [openSync(volume, O_PATH | constants.O_DIRECTORY)];
  try {
    const mode = fstatSync(handles[0]!).mode & 0o2777;
    const handle = walk(handles, subPath, mode);
    if (fstatSync(handle).isDirectory()) mkdirSync(target, { recursive: true });
    else closeSync(openSync(target, 'a', 0o600));
    syscalls.mount(`/proc/self/fd/${handle}`, target, '', mountFlags.bind | mountFlags.rec, '');
  } finally {
    handles.forEach((handle) => closeSync(handle));
  }
}

/** Goes down from the volume's root, whose handle is the first and only one; each folder on the way gets the next. Returns that of the end. */
function walk(handles: number[], subPath: string, mode: number): number {
  const refused = (part: string, why: string) =>
    problem(`failed to prepare subPath for volumeMount: "${part}" of "${subPath}" ${why}`);
  const todo = partsOf(subPath);
  let links = 0;
  for (let part = todo.shift(); part !== undefined; part = todo.shift()) {
    const here = handles.at(-1)!;
    if (!fstatSync(here).isDirectory()) throw refused(part, 'is below something that is not a folder');
    if (part === '..') {
      if (handles.length === 1) throw refused(part, 'leads out of the volume');
      closeSync(handles.pop()!);
      continue;
    }
    const next = openOrMake(`/proc/self/fd/${here}/${part}`, mode);
    if (!fstatSync(next).isSymbolicLink()) {
      handles.push(next);
      continue;
    }
    closeSync(next);
    // Should it be another by now, that one is followed as carefully.
    const to = readlinkSync(`/proc/self/fd/${here}/${part}`);
    if (to.startsWith('/')) throw refused(part, 'is a link that leads out of the volume');
    if (++links > mostLinks) throw refused(part, 'is one of too many links');
    todo.unshift(...partsOf(to));
  }
  return handles.at(-1)!;
}

function openOrMake(path: string, mode: number): number {
  try {
    return openSync(path, O_PATH | constants.O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(path);
  // Not by its path: somebody may have put something else there meanwhile.
  const made = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  try {
    fchmodSync(made, mode);
  } finally {
    closeSync(made);
  }
  return openSync(path, O_PATH | constants.O_NOFOLLOW);
}

const partsOf = (path: string) => path.split('/').filter((part) => part !== '' && part !== '.');

function problem(message: string): ContainerProblem {
  return new ContainerProblem('CreateContainerConfigError', message);
}
