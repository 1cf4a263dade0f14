import koffi from 'koffi';
import { errnoNames } from './linux.ts';

/**
 * System calls that Node does not offer, called in libc through koffi (about 0.2 µs each, on the calling thread). All throw a
 * {@link SyscallError} on failure. See the man page of each, section 2.
 */
export interface Syscalls {
  mount(source: string, target: string, type: string, flags: number, data: string): void;
  umount(target: string, flags: number): void;
  /** Moves the calling *thread*: call it in a worker that does nothing else, or not at all. */
  unshare(flags: number): void;
  /** Likewise only the calling thread. */
  setns(fd: number, kind: number): void;
  sethostname(name: string): void;
  /** `mode` with the type bits (S_IFCHR …); `device` as makedev() packs it. */
  mknod(path: string, mode: number, device: number): void;
  lsetxattr(path: string, name: string, value: Uint8Array): void;
  /** Undefined when the file has no such attribute or the file system knows none. */
  lgetxattr(path: string, name: string): Buffer | undefined;
  llistxattr(path: string): string[];
  /** The thread's id, for `/proc/self/task/<tid>/ns/…`. */
  gettid(): number;
}

/** A system call that failed: `mount: EINVAL (overlay on /x)`. `code` is the errno's name. */
export class SyscallError extends Error {
  readonly syscall: string;
  readonly code: string;

  constructor(syscall: string, errno: number, what: string) {
    const code = errnoNames[errno] ?? `errno ${errno}`;
    super(`${syscall}: ${code}${what ? ` (${what})` : ''}`);
    this.name = 'SyscallError';
    this.syscall = syscall;
    this.code = code;
  }
}

/** As glibc's makedev(3). */
export function makedev(major: number, minor: number): number {
  return Number(
    ((BigInt(major) & 0xfffff000n) << 32n) |
      ((BigInt(major) & 0xfffn) << 8n) |
      ((BigInt(minor) & 0xffffff00n) << 12n) |
      (BigInt(minor) & 0xffn),
  );
}

/** Binds libc; the library is loaded once for the process, each call of this makes cheap wrappers only. */
export function linuxSyscalls(): Syscalls {
  const libc = koffi.load('libc.so.6');
  const mount = libc.func('int mount(const char *, const char *, const char *, unsigned long, const char *)');
  const umount2 = libc.func('int umount2(const char *, int)');
  const unshare = libc.func('int unshare(int)');
  const setns = libc.func('int setns(int, int)');
  const sethostname = libc.func('int sethostname(const char *, size_t)');
  const mknod = libc.func('int mknod(const char *, unsigned int, unsigned long)');
  const lsetxattr = libc.func('int lsetxattr(const char *, const char *, const void *, size_t, int)');
  const lgetxattr = libc.func('intptr_t lgetxattr(const char *, const char *, void *, size_t)');
  const llistxattr = libc.func('intptr_t llistxattr(const char *, void *, size_t)');
  const gettid = libc.func('int gettid()');

  const check = (result: number, syscall: string, what: string) => {
    if (result < 0) throw new SyscallError(syscall, koffi.errno(), what);
  };
  return {
    mount(source, target, type, flags, data) {
      check(
        mount(source, target, type || null, flags, data || null),
        'mount',
        `${type || source} on ${target}`,
      );
    },
    umount: (target, flags) => check(umount2(target, flags), 'umount', target),
    unshare: (flags) => check(unshare(flags), 'unshare', ''),
    setns: (fd, kind) => check(setns(fd, kind), 'setns', ''),
    sethostname: (name) => check(sethostname(name, Buffer.byteLength(name)), 'sethostname', name),
    mknod: (path, mode, device) => check(mknod(path, mode, device), 'mknod', path),
    lsetxattr: (path, name, value) =>
      check(lsetxattr(path, name, value, value.byteLength, 0), 'lsetxattr', `${name} on ${path}`),
    lgetxattr(path, name) {
      for (let size = 256; ; size *= 4) {
        const buffer = Buffer.alloc(size);
        const length = Number(lgetxattr(path, name, buffer, size));
        if (length >= 0) return buffer.subarray(0, length);
        const error = new SyscallError('lgetxattr', koffi.errno(), `${name} of ${path}`);
        if (error.code === 'ENODATA' || error.code === 'EOPNOTSUPP') return undefined;
        if (error.code !== 'ERANGE' || size > 65536) throw error;
      }
    },
    llistxattr(path) {
      for (let size = 1024; ; size *= 4) {
        const buffer = Buffer.alloc(size);
        const length = Number(llistxattr(path, buffer, size));
        if (length >= 0) return buffer.toString('utf8', 0, length).split('\0').filter(Boolean);
        const error = new SyscallError('llistxattr', koffi.errno(), path);
        if (error.code === 'EOPNOTSUPP') return [];
        if (error.code !== 'ERANGE' || size > 65536) throw error;
      }
    },
    gettid: () => gettid() as number,
  };
}
