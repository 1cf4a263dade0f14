export { linuxHost, type Host, type RunOptions, type RunResult } from './host.ts';
export { linuxSyscalls, makedev, SyscallError, type Syscalls } from './syscalls.ts';
export {
  CLONE_NEWIPC,
  CLONE_NEWNET,
  CLONE_NEWNS,
  CLONE_NEWUTS,
  MNT_DETACH,
  UMOUNT_NOFOLLOW,
  mountFlags,
} from './linux.ts';
