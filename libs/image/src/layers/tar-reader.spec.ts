import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padding, tarEnd, tarHeader } from '../build/tar-writer.ts';
import { tarArchive } from '../testing/tar.ts';
import { TarReader, type TarEntry } from './tar-reader.ts';

type Read = TarEntry & { contents: string };

function read(archive: Buffer, pieceBytes = archive.length): Read[] {
  const entries: Read[] = [];
  const reader = new TarReader({
    entry: (entry) => entries.push({ ...entry, contents: '' }),
    data: (chunk) => (entries.at(-1)!.contents += chunk.toString('latin1')),
    end: () => {},
  });
  for (let at = 0; at < archive.length; at += pieceBytes) reader.push(archive.subarray(at, at + pieceBytes));
  reader.finish();
  return entries;
}

const member = { mode: 0o644, uid: 0, gid: 0, size: 0, mtime: 0 };

describe('the tar reader', () => {
  it('reads what tar-stream writes, however it is cut into pieces', async () => {
    const archive = await tarArchive([
      { name: 'dir/', type: 'directory', mode: 0o1777, uid: 7, gid: 8, mtime: new Date(5000) },
      { name: 'dir/file', contents: 'x'.repeat(1000), mode: 0o4755 },
      { name: 'link', type: 'link', linkname: 'dir/file' },
      { name: 'sym', type: 'symlink', linkname: '../etc' },
      { name: `${'long/'.repeat(60)}end`, contents: '', pax: { 'SCHILY.xattr.user.a': 'b' } },
      { name: 'naïve', contents: 'é' },
    ]);
    const whole = read(archive);
    expect(whole.map(({ type, name, mode }) => [type, name, mode])).toEqual([
      ['directory', 'dir/', 0o1777],
      ['file', 'dir/file', 0o4755],
      ['link', 'link', 0o644],
      ['symlink', 'sym', 0o644],
      ['file', `${'long/'.repeat(60)}end`, 0o644],
      ['file', Buffer.from('naïve').toString('latin1'), 0o644],
    ]);
    expect(whole[0]).toMatchObject({ uid: 7, gid: 8, mtime: 5 });
    expect(whole[1]?.contents).toBe('x'.repeat(1000));
    expect(whole[4]?.xattrs.get('user.a')?.toString()).toBe('b');
    for (const pieceBytes of [1, 7, 511, 512, 513, 4096]) expect(read(archive, pieceBytes)).toEqual(whole);
  });

  it.each(['gnu', 'pax', 'ustar', 'oldgnu', 'v7'])('reads what GNU tar writes as %s', (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'gantry-tar-'));
    try {
      // As deep as the format can name, and for ustar as its link field can.
      const deep =
        { v7: 'd', ustar: join('d'.repeat(40), 'e'.repeat(40)) }[format] ??
        join('d'.repeat(80), 'e'.repeat(80));
      mkdirSync(join(folder, 't', deep), { recursive: true });
      writeFileSync(join(folder, 't', deep, 'f'), 'contents');
      chmodSync(join(folder, 't', deep, 'f'), 0o2711);
      utimesSync(join(folder, 't', deep, 'f'), 12, 34);
      linkSync(join(folder, 't', deep, 'f'), join(folder, 't', 'z-link'));
      symlinkSync('s'.repeat(90), join(folder, 't', 'sym'));
      const args = [`--format=${format}`, '--sort=name', '-C', join(folder, 't'), '-cf', '-', '.'];
      const entries = read(execFileSync('tar', args));
      expect(entries.find(({ name }) => name.endsWith('/f'))).toMatchObject({
        name: `./${deep}/f`,
        contents: 'contents',
        mode: 0o2711,
        mtime: 34,
      });
      expect(entries.find(({ type }) => type === 'link')).toMatchObject({
        name: './z-link',
        linkName: `./${deep}/f`,
      });
      expect(entries.find(({ type }) => type === 'symlink')?.linkName).toBe('s'.repeat(90));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(['gnu', 'pax'])('refuses sparse files of GNU tar (%s)', (format) => {
    const folder = mkdtempSync(join(tmpdir(), 'gantry-tar-'));
    try {
      writeFileSync(join(folder, 'hole'), 'x');
      truncateSync(join(folder, 'hole'), 10_000_000);
      const archive = execFileSync('tar', [
        `--format=${format}`,
        '--sparse',
        '-C',
        folder,
        '-cf',
        '-',
        'hole',
      ]);
      expect(() => read(archive)).toThrow('sparse files are not supported');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('reads back what our writer writes, any name, link, owner and attribute bytes', () => {
    const name = fc
      .uint8Array({ minLength: 1, maxLength: 300 })
      .map((bytes) =>
        Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))).toString('latin1'),
      );
    const id = fc.integer({ min: 0, max: 0xfffffffe });
    fc.assert(
      fc.property(
        name,
        name,
        id,
        id,
        fc.uint8Array({ maxLength: 100 }),
        fc.uint8Array({ maxLength: 2000 }),
        fc.integer({ min: 1, max: 3000 }),
        (path, target, uid, gid, value, body, pieceBytes) => {
          const xattrs = new Map([['security.capability', Buffer.from(value)]]);
          const archive = Buffer.concat([
            tarHeader({ ...member, type: 'file', name: path, uid, gid, size: body.length, xattrs }),
            Buffer.from(body),
            padding(body.length),
            tarHeader({ ...member, type: 'symlink', name: path, linkName: target }),
            tarEnd,
          ]);
          const [file, link] = read(archive, pieceBytes);
          expect(file).toMatchObject({ name: path, uid, gid, size: body.length, type: 'file' });
          expect(file?.contents).toBe(Buffer.from(body).toString('latin1'));
          expect(file?.xattrs.get('security.capability')?.equals(Buffer.from(value))).toBe(true);
          expect(link).toMatchObject({ name: path, linkName: target, type: 'symlink' });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is read by GNU tar when our writer wrote it', () => {
    const long = 'n'.repeat(150);
    const archive = Buffer.concat([
      tarHeader({ ...member, type: 'file', name: long, size: 3, mode: 0o755 }),
      Buffer.from('abc'),
      padding(3),
      tarHeader({ ...member, type: 'link', name: 'l', linkName: long }),
      tarEnd,
    ]);
    expect(execFileSync('tar', ['-tf', '-'], { input: archive, encoding: 'utf8' })).toBe(`${long}\nl\n`);
    expect(execFileSync('tar', ['-xOf', '-', long], { input: archive, encoding: 'utf8' })).toBe('abc');
  });

  it('never throws anything but its own error, whatever bytes come', () => {
    const valid = Buffer.concat([
      tarHeader({
        ...member,
        type: 'file',
        name: 'n'.repeat(150),
        size: 600,
        xattrs: new Map([['user.a', Buffer.from('b')]]),
      }),
      Buffer.alloc(1024, 'x'),
      tarEnd,
    ]);
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, fc.nat(valid.length), (changes, cut) => {
        const bytes = Buffer.from(valid.subarray(0, cut));
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        try {
          read(bytes);
        } catch (error) {
          expect(error).toMatchObject({ name: 'TarError' });
        }
      }),
      { numRuns: 500 },
    );
  });

  const header = (change: (block: Buffer) => void) => {
    const block = tarHeader({ ...member, type: 'file', name: 'f' });
    change(block);
    block.fill(' ', 148, 156);
    let sum = 0;
    for (const byte of block) sum += byte;
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    return block;
  };
  it.each([
    ['a wrong checksum', Buffer.alloc(512, 'x'), 'invalid tar header'],
    ['an unknown type', header((block) => block.write('Z', 156)), 'unhandled tar header type'],
    ['a negative size', header((block) => block.fill(0xff, 124, 136)), 'size out of range'],
    [
      'an endless size',
      header((block) => {
        block.fill(0x7f, 124, 136);
        block[124] = 0x80;
      }),
      'size out of range',
    ],
    ['letters for a mode', header((block) => block.write('zzz', 100)), 'bad mode'],
    [
      'the owner -1',
      header((block) => {
        block.fill(0, 108, 116);
        block[108] = 0x80;
        block.writeUInt32BE(0xffffffff, 112);
      }),
      'owner',
    ],
    [
      'a huge extended header',
      header((block) => {
        block.write('x', 156);
        block.write('77777777777', 124);
      }),
      'extended header of',
    ],
    [
      'a malformed PAX header',
      Buffer.concat([
        header((block) => {
          block.write('x', 156);
          block.write('00000001000', 124);
        }),
        Buffer.alloc(512, '9'),
      ]),
      'malformed PAX',
    ],
    ['half a block', Buffer.alloc(100, 'x'), 'unexpected end'],
    ['half a file', tarHeader({ ...member, type: 'file', name: 'f', size: 5 }), 'unexpected end'],
  ])('refuses %s', (_, archive, message) => expect(() => read(archive)).toThrow(message));
});
