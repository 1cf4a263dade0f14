import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { Syscalls } from '@gantry/host';
import { mountFlags } from '@gantry/host';
import { ContainerProblem } from '../containers/config-error.ts';

/** open(2): a handle on a place, without reading it. */
const O_PATH = 0o10000000;

/**
 * Binds the folder or file `subPath` of a volume onto `target`. Every step is opened by its own handle and no symbolic link is
 * followed, so that a container which writes into the volume at the same time cannot lead it out (CVE-2017-1002101, CVE-2021-25741).
 * A missing folder is made, open to whom the volume is open (pkg/kubelet/kubelet_pods.go, makeMounts).
 */
export function bindSubPath(syscalls: Syscalls, volume: string, subPath: string, target: string): void {
  const parts = subPath.split('/').filter((part) => part !== '' && part !== '.');
  if (subPath.startsWith('/') || parts.includes('..'))
    throw new ContainerProblem(
      'CreateContainerConfigError',
      `failed to prepare subPath: "${subPath}" must not leave the volume`,
    );
  // The volume's own root may be a link (hostPath): it is the administrator's word.
  let handle = openSync(volume, O_PATH | constants.O_DIRECTORY);
  const mode = fstatSync(handle).mode & 0o2777;
  try {
    for (const [index, part] of parts.entries()) {
      const path = `/proc/self/fd/${handle}/${part}`;
      let next: number;
      try {
        next = openSync(path, O_PATH | constants.O_NOFOLLOW);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        mkdirSync(path);
        // Not by its path: somebody may have put something else there meanwhile.
        const made = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
        try {
          fchmodSync(made, mode);
        } finally {
          closeSync(made);
        }
        next = openSync(path, O_PATH | constants.O_NOFOLLOW);
      }
      closeSync(handle);
      handle = next;
      const stat = fstatSync(handle);
      if (stat.isSymbolicLink() || (index < parts.length - 1 && !stat.isDirectory()))
        throw new ContainerProblem(
          'CreateContainerConfigError',
          `failed to prepare subPath for volumeMount: "${join('/', ...parts.slice(0, index + 1))}" of the volume is ${stat.isSymbolicLink() ? 'a symbolic link' : 'not a folder'}`,
        );
    }
    if (fstatSync(handle).isDirectory()) mkdirSync(target, { recursive: true });
    else closeSync(openSync(target, 'a', 0o600));
    syscalls.mount(`/proc/self/fd/${handle}`, target, '', mountFlags.bind | mountFlags.rec, '');
  } finally {
    closeSync(handle);
  }
}
