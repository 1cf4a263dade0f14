import type { Host } from '@gantry/host';
import { mountFlags, MNT_DETACH, UMOUNT_NOFOLLOW } from '@gantry/host';
import type { ContainerConfig } from './runtime.ts';

/** Mounts a container's root file system on `target`, an existing folder, with a system call. */
export function mountRoot(host: Host, root: ContainerConfig['root'], target: string): void {
  const flags = root.options.reduce((sum, option) => sum | (flagOf(option) ?? 0), 0);
  const data = root.options.filter((option) => flagOf(option) === undefined && option !== 'rw').join(',');
  if (root.type === 'overlay') {
    host.syscalls.mount('overlay', target, 'overlay', flags, data);
    return;
  }
  host.syscalls.mount(root.source, target, '', mountFlags.bind | (flags & mountFlags.rec), '');
  // A bind mount takes further flags only when mounted again.
  const again = flags & ~(mountFlags.bind | mountFlags.rec);
  if (again) host.syscalls.mount('', target, '', mountFlags.remount | mountFlags.bind | again, '');
}

function flagOf(option: string): number | undefined {
  if (option === 'rbind') return mountFlags.bind | mountFlags.rec;
  return (mountFlags as Record<string, number>)[option];
}

/** Unmounts everything on `target`, which stays where nothing is mounted. A busy mount is detached. */
export function unmountRoot(host: Host, target: string): void {
  for (let mounted = 0; mounted < 16; mounted++) {
    try {
      host.syscalls.umount(target, UMOUNT_NOFOLLOW);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EINVAL' || code === 'ENOENT') return; // not (or no more) a mount point
      if (code !== 'EBUSY') throw error;
      host.syscalls.umount(target, UMOUNT_NOFOLLOW | MNT_DETACH);
    }
  }
}
