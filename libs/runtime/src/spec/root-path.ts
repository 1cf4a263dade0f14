import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import koffi from 'koffi';

/** openat2(2): the same number on x86-64 and arm64, since Linux 5.6. */
const openat2Number = 437;
const RESOLVE_NO_MAGICLINKS = 0x02;
const RESOLVE_IN_ROOT = 0x10;
const O_PATH = 0o10000000;
const O_CLOEXEC = 0o2000000;
const errnoOf: Record<string, number> = { ENOENT: 2, ENOTDIR: 20, ELOOP: 40, EAGAIN: 11, EXDEV: 18 };

const libc = koffi.load('libc.so.6');
const openat2 = libc.func('syscall', 'long', ['long', 'int', 'str', 'void *', 'size_t']);
const close = libc.func('int close(int)');

/**
 * The text of the regular file at `path` in the file tree at `root`, links followed as for a process whose root that is: the
 * kernel resolves the path, so that not even a container that runs meanwhile leads it out by swapping folders for links.
 * Undefined when there is no such file. @throws Error when it is larger than `limitBytes`.
 */
export function readInRoot(root: string, path: string, limitBytes: number): string | undefined {
  const rootFd = openSync(root, O_PATH | constants.O_DIRECTORY);
  let place: number;
  try {
    const how = new BigUint64Array([
      BigInt(O_PATH | O_CLOEXEC),
      0n,
      BigInt(RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS),
    ]);
    place = Number(openat2(openat2Number, rootFd, path, how, how.byteLength));
    if (place < 0) {
      const errno = koffi.errno();
      if (Object.values(errnoOf).includes(errno)) return undefined;
      throw new Error(`cannot open ${path} of the image: errno ${errno}`);
    }
  } finally {
    closeSync(rootFd);
  }
  try {
    // Looked at before it is opened: to open a device, which a container can make, is to use it.
    const stat = fstatSync(place);
    if (!stat.isFile()) return undefined;
    if (stat.size > limitBytes) throw new Error(`${path} of the image is larger than ${limitBytes} bytes`);
    const file = openSync(`/proc/self/fd/${place}`, 'r');
    try {
      const buffer = Buffer.alloc(stat.size);
      return buffer.toString('utf8', 0, readSync(file, buffer, 0, stat.size, 0));
    } finally {
      closeSync(file);
    }
  } finally {
    close(place); // not by Node, which did not open it
  }
}
