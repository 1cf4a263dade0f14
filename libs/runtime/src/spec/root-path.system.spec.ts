import { constants, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxHost, makedev } from '@gantry/host';
import { readInRoot } from './root-path.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gantry-root-'));
  mkdirSync(join(root, 'etc'));
});
afterEach(() => rmSync(root, { recursive: true }));

const passwd = () => join(root, 'etc/passwd');
const { mknod } = linuxHost.syscalls;

describe('a file of an image', () => {
  it('is read whole', () => {
    writeFileSync(passwd(), 'root:x:0:0');
    expect(readInRoot(root, '/etc/passwd', 100)).toBe('root:x:0:0');
  });

  // No driver has major number 60 (kernel `devices.txt`: for experiments), so opening one would fail and not go unnoticed.
  it.each<[string, () => void]>([
    ['a character device', () => mknod(passwd(), constants.S_IFCHR | 0o666, makedev(60, 0))],
    ['a block device', () => mknod(passwd(), constants.S_IFBLK | 0o666, makedev(60, 0))],
    ['a fifo', () => mknod(passwd(), constants.S_IFIFO | 0o666, 0)],
    ['a socket', () => mknod(passwd(), constants.S_IFSOCK | 0o666, 0)],
    ['a folder', () => mkdirSync(passwd())],
    ['a link to itself', () => symlinkSync('passwd', passwd())],
    ['a link to where there is nothing', () => symlinkSync('/nowhere', passwd())],
    ['a link through /proc', () => symlinkSync('/proc/self/root/etc/passwd', passwd())],
  ])('that is %s is none, and is not opened', (_, make) => {
    make();
    expect(readInRoot(root, '/etc/passwd', 100)).toBeUndefined();
  });

  it('that is larger than any is refused before it is read', () => {
    writeFileSync(passwd(), '');
    truncateSync(passwd(), 2 ** 40);
    expect(() => readInRoot(root, '/etc/passwd', 100)).toThrow(
      '/etc/passwd of the image is larger than 100 bytes',
    );
  });
});
