import { mkdirSync, readdirSync, rmdirSync, statSync } from 'node:fs';
import { linuxSyscalls, mountFlags, SyscallError, UMOUNT_NOFOLLOW } from '@gantry/host';
import { namespaceFolder } from './names.ts';

/**
 * Makes the folder of pinned namespaces a shared mount of its own, as ip-netns(8) does before its first pin. Were that left to somebody's
 * `ip netns add`, it would mount the folder, pins included, over itself: the pins below could be reached and removed no more.
 */
export function openNamespaceFolder(): void {
  const syscalls = linuxSyscalls();
  const share = () => syscalls.mount('none', namespaceFolder, '', mountFlags.shared | mountFlags.rec, '');
  mkdirSync(namespaceFolder, { recursive: true, mode: 0o755 });
  try {
    share();
  } catch (error) {
    // Not a mount yet.
    if (!(error instanceof SyscallError) || error.code !== 'EINVAL') throw error;
    // Pins that somebody made without such a mount must not be covered by it.
    if (pinnedFiles().length > 0) return;
    syscalls.mount(namespaceFolder, namespaceFolder, '', mountFlags.bind | mountFlags.rec, '');
    share();
  }
}

/** Names of the files on which a namespace is pinned; others were left by a reboot. None when there is no folder. */
export function pinnedFiles(): string[] {
  let files: string[];
  try {
    files = readdirSync(namespaceFolder);
  } catch {
    return [];
  }
  const { dev } = statSync(namespaceFolder);
  return files.filter((file) => statSync(`${namespaceFolder}/${file}`).dev !== dev);
}

/** Takes the folder away again, unless somebody else's namespaces are in it. */
export function closeNamespaceFolder(): void {
  try {
    if (readdirSync(namespaceFolder).length > 0) return;
    linuxSyscalls().umount(namespaceFolder, UMOUNT_NOFOLLOW); // refused while something is pinned
  } catch {
    // Not a mount, or not there.
  }
  try {
    rmdirSync(namespaceFolder);
  } catch {
    return;
  }
}
