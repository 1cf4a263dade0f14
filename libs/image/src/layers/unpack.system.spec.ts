import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { linuxHost } from '@gantry/host';
import { padding, tarEnd, tarHeader, type TarMember } from '../build/tar-writer.ts';
import { sha256 } from '../digest.ts';
import { fingerprint, plantCanary } from '../testing/canary.ts';
import { tarArchive, type Member } from '../testing/tar.ts';
import { settleImplicit } from './implicit.ts';
import { defaultLayerLimits, type LayerLimits } from './limits.ts';
import { unpackLayer } from './unpack.ts';

let work: string;
let canary: ReturnType<typeof plantCanary>;

beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'gantry-unpack-'));
  canary = plantCanary();
});
afterEach(() => {
  rmSync(work, { recursive: true, force: true });
  canary[Symbol.dispose]();
});

const at = (path: string) => join(work, 'store', 'layer', 'fs', path);
const never = new AbortController().signal;

/** Unpacks an archive inside `work/store/layer`; what else is in `work` and the canary must stay as it is. */
async function unpack(
  archive: Buffer,
  options: { limits?: Partial<LayerLimits>; diffId?: string; blob?: Buffer } = {},
) {
  const target = join(work, 'store', 'layer');
  mkdirSync(target, { recursive: true });
  const blob = join(work, 'blob');
  writeFileSync(blob, options.blob ?? archive);
  const limits = { ...defaultLayerLimits, ...options.limits };
  return unpackLayer(
    { blob, target, diffId: options.diffId ?? sha256(archive), limits },
    linuxHost.syscalls,
    never,
  );
}

const layer = async (...members: Member[]) => unpack(await tarArchive(members));
const raw = (members: (Partial<TarMember> & Pick<TarMember, 'type' | 'name'> & { contents?: string })[]) =>
  Buffer.concat([
    ...members.flatMap(({ contents = '', ...rest }) => [
      tarHeader({ mode: 0o644, uid: 0, gid: 0, mtime: 0, ...rest, size: contents.length }),
      Buffer.from(contents),
      contents === '' ? Buffer.alloc(0) : padding(contents.length),
    ]),
    tarEnd,
  ]);

/** A frame of zstd that is not part of the contents. */
const skippable = (contents: string) => {
  const frame = Buffer.alloc(8 + contents.length, contents);
  frame.writeUInt32LE(0x184d2a5e, 0);
  frame.writeUInt32LE(contents.length, 4);
  frame.write(contents, 8);
  return frame;
};

const isWhiteout = (path: string) => {
  const stat = lstatSync(at(path));
  return stat.isCharacterDevice() && stat.rdev === 0;
};
const isOpaque = (path: string) =>
  linuxHost.syscalls.lgetxattr(at(path), 'trusted.overlay.opaque')?.toString() === 'y';

describe('a layer', () => {
  it.each([
    ['plain', (archive: Buffer) => archive],
    ['gzip', gzipSync],
    [
      'gzip in two members',
      (archive: Buffer) =>
        Buffer.concat([gzipSync(archive.subarray(0, 700)), gzipSync(archive.subarray(700))]),
    ],
    ['zstd', zstdCompressSync],
    [
      'zstd in several frames, with some to skip',
      (archive: Buffer) =>
        Buffer.concat([
          skippable('first'),
          zstdCompressSync(archive.subarray(0, 700)),
          zstdCompressSync(Buffer.alloc(0)),
          skippable(''),
          zstdCompressSync(archive.subarray(700), {
            params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_contentSizeFlag]: 0 },
          }),
          skippable('table of contents'),
        ]),
    ],
    ['zstd by its own program', (archive: Buffer) => execFileSync('zstd', ['-q', '-c'], { input: archive })],
  ])('is unpacked with all that its files have (%s)', async (_, pack) => {
    const capability = Buffer.from('0100000280000000000000000000000000000000', 'hex');
    const archive = raw([
      { type: 'directory', name: './', mode: 0o755 },
      { type: 'directory', name: 'tmp/', mode: 0o1777, mtime: 77 },
      { type: 'file', name: 'tmp/suid', mode: 0o6755, uid: 12, gid: 34, mtime: 99, contents: 'x' },
      {
        type: 'file',
        name: 'cap',
        mode: 0o755,
        uid: 5,
        contents: 'y',
        xattrs: new Map([
          ['security.capability', capability],
          ['user.note', Buffer.from('n')],
        ]),
      },
      { type: 'link', name: 'hard', linkName: 'tmp/suid' },
      { type: 'symlink', name: 'sym', linkName: '/../anywhere', uid: 9, mtime: 55 },
      { type: 'link', name: 'hard-to-sym', linkName: 'sym' },
      { type: 'fifo', name: 'pipe', mode: 0o622, uid: 3 },
    ]);
    const applied = await unpack(archive, { blob: pack(archive) });
    expect(applied).toEqual({ entries: 8, bytes: 2, implicit: [], opaque: false });
    expect(lstatSync(at('tmp'))).toMatchObject({ mode: 0o41777, mtimeMs: 77_000 });
    expect(lstatSync(at('tmp/suid'))).toMatchObject({
      mode: 0o106755,
      uid: 12,
      gid: 34,
      mtimeMs: 99_000,
      nlink: 2,
    });
    expect(lstatSync(at('hard')).ino).toBe(lstatSync(at('tmp/suid')).ino);
    expect(linuxHost.syscalls.lgetxattr(at('cap'), 'security.capability')).toEqual(capability);
    expect(linuxHost.syscalls.lgetxattr(at('cap'), 'user.note')?.toString()).toBe('n');
    expect(lstatSync(at('cap')).uid).toBe(5);
    expect(readlinkSync(at('sym'))).toBe('/../anywhere');
    expect(lstatSync(at('sym'))).toMatchObject({ uid: 9, mtimeMs: 55_000, nlink: 2 });
    expect(lstatSync(at('pipe'))).toMatchObject({ mode: 0o10622, uid: 3 });
  });

  it('may have sparse files, which stay so', async () => {
    const size = 50_000_000;
    await layer(
      { name: 'hole', contents: 'abc', pax: { 'GNU.sparse.map': '4096,3', 'GNU.sparse.size': `${size}` } },
      { name: 'end', contents: 'xyz', pax: { 'GNU.sparse.map': '9000,3', 'GNU.sparse.size': '9003' } },
    );
    expect(lstatSync(at('hole')).size).toBe(size);
    expect(lstatSync(at('hole')).blocks * 512).toBeLessThan(100_000);
    expect(readFileSync(at('hole')).subarray(4090, 4104).toString()).toBe(
      `${'\0'.repeat(6)}abc${'\0'.repeat(5)}`,
    );
    expect(readFileSync(at('end'), 'latin1')).toBe(`${'\0'.repeat(9000)}xyz`);
  });

  it.each([-1, -1e10, 9_223_372_037, 9e14])(
    'has the epoch for a time of %d, which the image’s makers cannot have seen',
    async (mtime) => {
      const pax = { mtime: `${mtime}` };
      await layer({ name: 'f', contents: '1', pax }, { name: 'd/', type: 'directory', pax });
      expect(lstatSync(at('f')).mtimeMs).toBe(0);
      expect(lstatSync(at('d')).mtimeMs).toBe(0);
    },
  );

  it('may have names that are not UTF-8, with links and whiteouts of that name', async () => {
    const odd = Buffer.from([0x66, 0xff, 0xfe]).toString('latin1');
    await unpack(
      raw([
        { type: 'directory', name: `${odd}/`, mode: 0o711, xattrs: new Map([['user.a', Buffer.from('b')]]) },
        { type: 'file', name: `${odd}/f`, contents: '1' },
        { type: 'link', name: 'l', linkName: `${odd}/f` },
        { type: 'file', name: `.wh.x${odd}` },
        { type: 'file', name: `${odd}/.wh..wh..opq` },
      ]),
    );
    const names = readdirSync(join(work, 'store/layer/fs'), 'latin1').sort();
    expect(names).toEqual([odd, 'l', `x${odd}`].sort());
    expect(lstatSync(Buffer.from(at(`x${odd}`), 'latin1')).isCharacterDevice()).toBe(true);
    expect(readdirSync(join(work, 'store/layer'))).toEqual(['fs']);
    expect(readFileSync(at('l'), 'utf8')).toBe('1');
  });

  it('turns whiteouts into what overlayfs knows', async () => {
    await layer(
      { name: 'gone/.wh.file' },
      { name: 'opaque/', type: 'directory' },
      { name: 'opaque/.wh..wh..opq' },
      { name: 'opaque/kept', contents: 'k' },
      { name: '.wh..wh.plnk/1.2', contents: 'aufs' },
    );
    expect(isWhiteout('gone/file')).toBe(true);
    expect(isOpaque('opaque')).toBe(true);
    expect(readFileSync(at('opaque/kept'), 'utf8')).toBe('k');
    expect(readdirSync(at('.')).sort()).toEqual(['gone', 'opaque']);
  });

  it('keeps what it has itself under a name that it deletes below, in either order', async () => {
    await layer(
      { name: 'file', contents: '1' },
      { name: '.wh.file' },
      { name: '.wh.later' },
      { name: 'later', contents: '2' },
      { name: 'dir/', type: 'directory' },
      { name: '.wh.dir' },
      { name: '.wh.dir2' },
      { name: 'dir2/sub/f', contents: '3' },
    );
    expect(readFileSync(at('file'), 'utf8')).toBe('1');
    expect(readFileSync(at('later'), 'utf8')).toBe('2');
    expect(isOpaque('dir')).toBe(true);
    expect(isOpaque('dir2')).toBe(true);
    expect(readFileSync(at('dir2/sub/f'), 'utf8')).toBe('3');
  });

  it('may delete what it hides anyway by a file where a folder was', async () => {
    await layer(
      { name: 'a', contents: 'file' },
      { name: 'a/.wh.b', contents: '' },
      { name: 'a/b/.wh.c', contents: '' },
      { name: 'a/.wh..wh..opq', contents: '' },
    );
    expect(readFileSync(at('a'), 'utf8')).toBe('file');
    expect(readdirSync(at('.'))).toEqual(['a']);
  });

  it('has the last of several entries of one name', async () => {
    await layer(
      { name: 'a', contents: 'file' },
      { name: 'a/', type: 'directory' },
      { name: 'a/b/c', contents: 'deep' },
      { name: 'a', type: 'symlink', linkname: 'x' },
      { name: 'd/', type: 'directory', mode: 0o700 },
      { name: 'd/kept', contents: 'k' },
      { name: 'd/', type: 'directory', mode: 0o750 },
      { name: 's', type: 'symlink', linkname: 'd' },
      { name: 's/', type: 'directory' },
    );
    expect(readlinkSync(at('a'))).toBe('x');
    expect(lstatSync(at('d')).mode).toBe(0o40750);
    expect(readFileSync(at('d/kept'), 'utf8')).toBe('k');
    expect(lstatSync(at('s')).isDirectory()).toBe(true);
  });

  it('follows its own symlinks as if its root were /', async () => {
    await layer(
      { name: 'usr/lib/', type: 'directory' },
      { name: 'lib', type: 'symlink', linkname: 'usr/lib' },
      { name: 'lib/a', contents: 'a' },
      { name: 'abs', type: 'symlink', linkname: canary.path },
      { name: 'abs/victim', contents: 'inside' },
      { name: 'up', type: 'symlink', linkname: '../../../../../../../../etc' },
      { name: 'up/passwd', contents: 'inside' },
      { name: 'hard', type: 'link', linkname: 'lib/a' },
    );
    expect(readFileSync(at('usr/lib/a'), 'utf8')).toBe('a');
    expect(readFileSync(at(`${canary.path}/victim`), 'utf8')).toBe('inside');
    expect(readFileSync(at('etc/passwd'), 'utf8')).toBe('inside');
    expect(lstatSync(at('hard')).nlink).toBe(2);
    expect(fingerprint(canary.path)).toBe(canary.print);
  });

  it('takes absolute names as its own', async () => {
    await layer({ name: `${canary.path}/victim`, contents: 'inside' }, { name: '/abs', contents: 'x' });
    expect(readFileSync(at(`${canary.path}/victim`), 'utf8')).toBe('inside');
    expect(existsSync(at('abs'))).toBe(true);
    expect(fingerprint(canary.path)).toBe(canary.print);
  });

  it('gives nobody overlayfs’s own attributes, nor labels', async () => {
    const xattrs = new Map(
      [
        'trusted.overlay.redirect',
        'trusted.overlay.opaque',
        'user.overlay.opaque',
        'security.selinux',
        'trusted.x',
      ].map((name) => [name, Buffer.from('y')]),
    );
    await unpack(
      raw([
        { type: 'directory', name: 'd/', xattrs },
        { type: 'file', name: 'f', contents: '1', xattrs },
      ]),
    );
    expect(linuxHost.syscalls.llistxattr(at('d'))).toEqual([]);
    expect(linuxHost.syscalls.llistxattr(at('f'))).toEqual([]);
  });

  it('may have devices where they are allowed, but not the one that means a deletion', async () => {
    const archive = await tarArchive([
      { name: 'null', type: 'character-device', devmajor: 1, devminor: 3, mode: 0o666 },
    ]);
    await unpack(archive, { limits: { allowDevices: true } });
    expect(lstatSync(at('null'))).toMatchObject({ mode: 0o20666, rdev: (1 << 8) | 3 });
  });

  it('takes the look of folders it does not list from the layers below, following no link there', async () => {
    const applied = await layer(
      { name: 'home/me/new', contents: '1' },
      { name: 'fresh/f', contents: '2' },
      { name: 'trap/etc/f' },
    );
    expect(applied.implicit.sort()).toEqual(['', 'fresh', 'home', 'home/me', 'trap', 'trap/etc']);
    const [near, far] = [join(work, 'near'), join(work, 'far')];
    mkdirSync(near, { mode: 0o711 });
    mkdirSync(far);
    mkdirSync(join(near, 'home'));
    chmodSync(join(near, 'home'), 0o751);
    chownSync(join(near, 'home'), 4, 5);
    mkdirSync(join(far, 'home/me'), { recursive: true });
    chmodSync(join(far, 'home/me'), 0o700);
    chownSync(join(far, 'home/me'), 1000, 1000);
    symlinkSync(canary.path, join(near, 'trap'));
    settleImplicit(at('.'), applied.implicit, [near, far]);
    expect(lstatSync(at('home'))).toMatchObject({ mode: 0o40751, uid: 4, gid: 5 });
    expect(lstatSync(at('home/me'))).toMatchObject({ mode: 0o40700, uid: 1000 });
    expect(lstatSync(at('.'))).toMatchObject({ mode: lstatSync(near).mode });
    expect(lstatSync(at('fresh'))).toMatchObject({ mode: 0o40755, uid: 0 });
    expect(lstatSync(at('trap/etc'))).toMatchObject({ mode: 0o40755 });
  });
});

describe('a hostile layer', () => {
  /** Attacks aim at the canary by its absolute path or by enough `..`. */
  const up = '../'.repeat(20);
  const victim = () => `${up}${canary.path.slice(1)}/victim`;
  const attacks: [string, () => Member[], string][] = [
    ['a path with ..', () => [{ name: victim(), contents: 'evil' }], 'leads out of the layer'],
    ['.. in the middle', () => [{ name: `a/../${victim()}`, contents: 'evil' }], 'leads out of the layer'],
    ['.. at the end', () => [{ name: 'a/..', type: 'directory', mode: 0o777 }], 'leads out of the layer'],
    ['a folder ..', () => [{ name: '../', type: 'directory', mode: 0o777 }], 'leads out of the layer'],
    ['a hard link out', () => [{ name: 'h', type: 'link', linkname: victim() }], 'leads out of the layer'],
    [
      'an absolute hard link out',
      () => [{ name: 'h', type: 'link', linkname: `${canary.path}/victim` }],
      'no such file',
    ],
    [
      'a hard link through a symlink',
      () => [
        { name: 's', type: 'symlink', linkname: canary.path },
        { name: 'h', type: 'link', linkname: 's/victim' },
        { name: 'h', contents: 'evil' },
      ],
      'no such file',
    ],
    ['a hard link to nothing', () => [{ name: 'h', type: 'link', linkname: 'not/there' }], 'no such file'],
    [
      'a hard link to a folder',
      () => [
        { name: 'd/', type: 'directory' },
        { name: 'h', type: 'link', linkname: 'd' },
      ],
      'a hard link to a directory',
    ],
    [
      'a hard link to the root',
      () => [{ name: 'h', type: 'link', linkname: '/' }],
      'a hard link to a directory',
    ],
    [
      'a hard link to a deletion',
      () => [{ name: '.wh.w' }, { name: 'h', type: 'link', linkname: 'w' }],
      'not in the layer',
    ],
    [
      'a hard link into what it replaces',
      () => [
        { name: 'd/f', contents: '1' },
        { name: 'd', type: 'link', linkname: 'd/f' },
      ],
      'inside of it',
    ],
    [
      'a file as a folder',
      () => [
        { name: 'f', contents: '1' },
        { name: 'f/g', contents: '2' },
      ],
      'is not a directory',
    ],
    [
      'a loop of symlinks',
      () => [
        { name: 'a', type: 'symlink', linkname: 'b' },
        { name: 'b', type: 'symlink', linkname: 'a' },
        { name: 'a/f', contents: '1' },
      ],
      'too many levels',
    ],
    [
      'a growing loop of symlinks',
      () => [
        { name: 'a', type: 'symlink', linkname: 'a/a' },
        { name: 'a/f', contents: '1' },
      ],
      'too many levels',
    ],
    [
      'a root that is a symlink',
      () => [{ name: './', type: 'symlink', linkname: canary.path }],
      'the root of the layer',
    ],
    ['a root that is a file', () => [{ name: '.', contents: '1' }], 'the root of the layer'],
    ['a whiteout of nothing', () => [{ name: '.wh.' }], 'a whiteout of nothing'],
    ['a whiteout of .', () => [{ name: 'a/.wh..' }], 'a whiteout of nothing'],
    ['a whiteout of ..', () => [{ name: 'a/.wh...' }], 'a whiteout of nothing'],
    ['a file in a whiteout', () => [{ name: '.wh.x/y', contents: '1' }], 'lies in a whiteout'],
    ['a file in a whiteout of ..', () => [{ name: '.wh.../victim', contents: '1' }], 'lies in a whiteout'],
    [
      'a character device',
      () => [{ name: 'd', type: 'character-device', devmajor: 1, devminor: 1 }],
      'is a character device',
    ],
    [
      'a block device',
      () => [{ name: 'd', type: 'block-device', devmajor: 8, devminor: 0 }],
      'is a block device',
    ],
    ['a symlink to nowhere', () => [{ name: 's', type: 'symlink', linkname: '' }], 'a symlink to nowhere'],
    ['a name of 256 bytes', () => [{ name: 'n'.repeat(256), contents: '1' }], 'file name too long'],
    ['a path of 5,000 bytes', () => [{ name: 'n/'.repeat(2500), type: 'directory' }], 'a path of 5000 bytes'],
    [
      'a path that only its place makes too long',
      () => [{ name: 'n/'.repeat(2040), type: 'directory' }],
      'ENAMETOOLONG',
    ],
    [
      'a sparse file larger than a layer',
      () => [{ name: 'f', pax: { 'GNU.sparse.map': '', 'GNU.sparse.size': '1000000000000' } }],
      'a file of 1000000000000 bytes',
    ],
    [
      'an attribute larger than any',
      () => [{ name: 'f', pax: { 'SCHILY.xattr.user.x': 'v'.repeat(70_000) } }],
      'E2BIG',
    ],
    [
      'an attribute with a name longer than any',
      () => [{ name: 'f', pax: { [`SCHILY.xattr.user.${'n'.repeat(300)}`]: 'v' } }],
      'ERANGE',
    ],
    [
      'capabilities that are none',
      () => [{ name: 'f', pax: { 'SCHILY.xattr.security.capability': 'v' } }],
      'EINVAL',
    ],
    [
      'a default access list on a file',
      () => [{ name: 'f', pax: { 'SCHILY.xattr.system.posix_acl_default': 'v' } }],
      'lsetxattr',
    ],
    [
      'more entries than allowed',
      () => Array.from({ length: 101 }, (_, i) => ({ name: `f${i}` })),
      'more than 100 files',
    ],
  ];

  it.each(attacks)('with %s is refused', async (_, members, message) => {
    const archive = await tarArchive(members());
    const outside = () => readdirSync(work).sort().join() + readdirSync(join(work, 'store')).join();
    mkdirSync(join(work, 'store'));
    await expect(unpack(archive, { limits: { maxEntries: 100 } })).rejects.toThrow(
      expect.objectContaining({ reason: 'invalid', message: expect.stringContaining(message) }),
    );
    expect(fingerprint(canary.path)).toBe(canary.print);
    expect(outside()).toBe('blob,storelayer');
    expect(readdirSync(join(work, 'store', 'layer'))).toEqual(['fs']);
  });

  it('cannot write, chmod or delete through symlinks that it plants', async () => {
    await layer(
      { name: 's', type: 'symlink', linkname: canary.path },
      { name: 's/victim', contents: 'evil', mode: 0o777 },
      { name: 's/.wh.link' },
      { name: 's/etc/.wh..wh..opq' },
      { name: 's/etc/', type: 'directory', mode: 0o777, uid: 1 },
      { name: 'v', type: 'symlink', linkname: `${canary.path}/victim` },
      { name: 'h', type: 'link', linkname: 'v' },
      { name: 'h', contents: 'evil' },
      { name: 'v', contents: 'evil' },
      { name: 'w', type: 'symlink', linkname: canary.path },
      { name: 'w/', type: 'directory', mode: 0o777 },
      { name: '.wh.w' },
    );
    expect(fingerprint(canary.path)).toBe(canary.print);
    expect(readFileSync(at(`${canary.path}/victim`), 'utf8')).toBe('evil');
    expect(isWhiteout(`${canary.path.slice(1)}/link`)).toBe(true);
    expect(readFileSync(at('v'), 'utf8')).toBe('evil');
  });

  it('of device 0/0 is refused even where devices are allowed', async () => {
    const archive = await tarArchive([{ name: 'd', type: 'character-device', devmajor: 0, devminor: 0 }]);
    await expect(unpack(archive, { limits: { allowDevices: true } })).rejects.toThrow(
      'which means a deletion',
    );
  });

  it.each([
    [
      'truncated gzip',
      (archive: Buffer) => gzipSync(archive).subarray(0, -20),
      'cannot decompress: unexpected end of file',
    ],
    ['broken gzip', (archive: Buffer) => gzipSync(archive).fill(0xaa, 20, 60), 'cannot decompress'],
    [
      'truncated zstd',
      (archive: Buffer) => zstdCompressSync(archive).subarray(0, -5),
      'cannot decompress: unexpected end of file',
    ],
    [
      'zstd that ends in a frame to skip',
      (archive: Buffer) => Buffer.concat([zstdCompressSync(archive), skippable('abc')]).subarray(0, -1),
      'cannot decompress: unexpected end of file',
    ],
    [
      'zstd and what is none behind it',
      (archive: Buffer) => Buffer.concat([zstdCompressSync(archive), Buffer.alloc(600)]),
      'what follows a frame is none',
    ],
    [
      'zstd with a block of no type',
      () => Buffer.from('28b52ffd2000070000', 'hex'),
      'a block of an unknown type',
    ],
    [
      'zstd with a broken block',
      (archive: Buffer) => zstdCompressSync(archive).fill(0xaa, 20, 60),
      '', // it comes out as other bytes
    ],
    [
      'more frames of zstd than it can have entries',
      () => Buffer.concat(Array.from({ length: 300 }, () => zstdCompressSync(Buffer.alloc(0)))),
      'more than 200 frames',
    ],
    ['bytes that are no archive', () => Buffer.alloc(10_000, 'z'), 'invalid tar header'],
    ['half an archive', (archive: Buffer) => archive.subarray(0, 600), 'unexpected end'],
  ])('of %s is refused', async (_, pack, message) => {
    const archive = await tarArchive([
      { name: 'f', contents: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) & 0xff)) },
    ]);
    await expect(unpack(archive, { blob: pack(archive), limits: { maxEntries: 100 } })).rejects.toThrow(
      expect.objectContaining({ reason: 'invalid', message: expect.stringContaining(message) }),
    );
  });

  it('that is not what its image says is refused with both digests', async () => {
    const archive = await tarArchive([{ name: 'f', contents: '1' }]);
    const diffId = `sha256:${'0'.repeat(64)}`;
    await expect(unpack(archive, { diffId })).rejects.toThrow(
      expect.objectContaining({
        reason: 'invalid',
        message: `wrong diff id: unexpected digest ${sha256(archive)}, expected ${diffId}`,
      }),
    );
  });

  it('that grows beyond what is allowed is stopped on the way', async () => {
    const bomb = gzipSync(await tarArchive([{ name: 'f', contents: Buffer.alloc(20_000_000) }]));
    await expect(
      unpack(Buffer.alloc(0), { blob: bomb, limits: { maxLayerBytes: 5_000_000 }, diffId: sha256('') }),
    ).rejects.toThrow('more than 5000000 bytes uncompressed');
    expect(lstatSync(at('f')).size).toBeLessThan(6_000_000);
  });

  it('can be aborted', async () => {
    const archive = await tarArchive([{ name: 'f', contents: Buffer.alloc(30_000_000, 'a') }]);
    mkdirSync(join(work, 'target'));
    writeFileSync(join(work, 'blob'), gzipSync(archive));
    const abort = new AbortController();
    const task = {
      blob: join(work, 'blob'),
      target: join(work, 'target'),
      diffId: sha256(archive),
      limits: defaultLayerLimits,
    };
    const unpacking = unpackLayer(task, linuxHost.syscalls, abort.signal);
    abort.abort(new Error('enough'));
    await expect(unpacking).rejects.toThrow('enough');
  });
});
