import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
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
    hole: (bytes) => (entries.at(-1)!.contents += '\0'.repeat(bytes)),
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

  it.each([
    ['gnu', []],
    ['pax', ['--sparse-version=0.0']],
    ['pax', ['--sparse-version=0.1']],
    ['pax', ['--sparse-version=1.0']],
  ])('reads sparse files of GNU tar (%s %j), however it is cut into pieces', (format, options) => {
    const folder = mkdtempSync(join(tmpdir(), 'gantry-tar-'));
    try {
      const name = join('d'.repeat(90), 'e'.repeat(90));
      mkdirSync(join(folder, 'd'.repeat(90)));
      const file = openSync(join(folder, name), 'w');
      // So many regions that old GNU headers need two further blocks.
      for (let i = 0; i < 40; i++) writeSync(file, `region ${i}`.repeat(400), i * 32_768 + 8192);
      ftruncateSync(file, 2_000_000);
      closeSync(file);
      writeFileSync(join(folder, 'empty'), '');
      truncateSync(join(folder, 'empty'), 100_000);
      writeFileSync(join(folder, 'plain'), 'follows');
      const files = [name, 'empty', 'plain'];
      const args = [`--format=${format}`, '--sparse', ...options, '-C', folder, '-cf', '-', ...files];
      const archive = execFileSync('tar', args);
      expect(archive.length).toBeLessThan(500_000);
      for (const pieceBytes of [archive.length, 1000])
        for (const [i, entry] of read(archive, pieceBytes).entries()) {
          const contents = readFileSync(join(folder, files[i]!), 'latin1');
          expect(entry).toMatchObject({ type: 'file', name: files[i], size: contents.length });
          expect(entry.contents === contents).toBe(true);
        }
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
  /** An extended header with records of which only keys and values are given. */
  const extended = (type: 'x' | 'g', ...records: [string, string][]) => {
    const body = Buffer.from(
      records
        .map(([key, value]) => {
          const rest = ` ${key}=${value}\n`;
          const digits = String(rest.length + 2).length;
          return `${rest.length + digits}${rest}`;
        })
        .join(''),
      'latin1',
    );
    const block = header((each) => {
      each.write(type, 156);
      each.write(body.length.toString(8).padStart(11, '0'), 124);
    });
    return Buffer.concat([block, body, padding(body.length)]);
  };
  const plain = tarHeader({ ...member, type: 'file', name: 'f', size: 3 });
  const contents = Buffer.concat([Buffer.from('abc'), padding(3)]);
  const sparse = (map: string, more: [string, string][] = [['GNU.sparse.size', '100']]) =>
    Buffer.concat([extended('x', ['GNU.sparse.map', map], ...more), plain, contents, tarEnd]);

  it('takes of several extended headers the last, and none for what it says of all members', () => {
    const archive = Buffer.concat([
      extended('g', ['path', 'everywhere'], ['size', '1000000'], ['uid', '7']),
      extended('x', ['path', 'first'], ['SCHILY.xattr.user.a', 'b'], ['gid', '8']),
      extended('x', ['linkpath', ''], ['uid', '9']),
      plain,
      contents,
      extended('x', ['path', ''], ['size', '']),
      plain,
      contents,
      tarEnd,
    ]);
    const entries = read(archive);
    expect(entries.map(({ name, uid, gid, size }) => [name, uid, gid, size])).toEqual([
      ['f', 9, 0, 3],
      ['f', 0, 0, 3],
    ]);
    expect(entries[0]?.xattrs.size).toBe(0);
  });

  it('reads a sparse file of one region', () => {
    const [file] = read(sparse('10,3', [['GNU.sparse.size', '20']]));
    expect(file).toMatchObject({ size: 20, contents: `${'\0'.repeat(10)}abc${'\0'.repeat(7)}` });
  });

  it.each([
    ['regions beyond its end', sparse('98,3'), 'malformed map'],
    ['regions out of order', sparse('50,2,10,1'), 'malformed map'],
    ['regions that overlap', sparse('10,2,11,1'), 'malformed map'],
    ['half a region', sparse('10,3,20'), 'malformed map'],
    ['regions that are none', sparse('-1,3'), 'malformed map'],
    ['more data than it has', sparse('10,4'), 'does not fit its data'],
    ['less data than it has', sparse('10,2'), 'does not fit its data'],
    ['no size', sparse('10,3', []), 'without a size'],
    ['an endless size', sparse('10,3', [['GNU.sparse.size', '9999999999999999']]), 'no number'],
    [
      'an unknown format',
      sparse('10,3', [
        ['GNU.sparse.major', '2'],
        ['GNU.sparse.size', '9'],
      ]),
      'unknown format',
    ],
    [
      'no map where one should be',
      Buffer.concat([
        extended('x', ['GNU.sparse.major', '1'], ['GNU.sparse.minor', '0'], ['GNU.sparse.realsize', '9']),
        plain,
        contents,
      ]),
      'without its map',
    ],
    [
      'lengths before offsets',
      extended('x', ['GNU.sparse.numbytes', '1'], ['GNU.sparse.offset', '1']),
      'out of order',
    ],
    [
      'a folder that is sparse',
      Buffer.concat([
        extended('x', ['GNU.sparse.map', '0,1'], ['GNU.sparse.size', '1']),
        tarHeader({ ...member, type: 'directory', name: 'd/' }),
      ]),
      'a sparse directory',
    ],
  ])('refuses a sparse file with %s', (_, archive, message) =>
    expect(() => read(archive)).toThrow(
      expect.objectContaining({ name: 'TarError', message: expect.stringContaining(message) }),
    ),
  );

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
