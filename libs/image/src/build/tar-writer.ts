/** One member to write. Names are byte strings (one character per byte), as in `TarEntry`. */
export interface TarMember {
  type: 'file' | 'link' | 'symlink' | 'character' | 'block' | 'directory' | 'fifo';
  name: string;
  linkName?: string;
  mode: number;
  uid: number;
  gid: number;
  /** Of the contents that follow; 0 for anything but a file. */
  size: number;
  /** Whole seconds since the epoch. */
  mtime: number;
  deviceMajor?: number;
  deviceMinor?: number;
  xattrs?: ReadonlyMap<string, Uint8Array>;
}

const flags = {
  file: '0',
  link: '1',
  symlink: '2',
  character: '3',
  block: '4',
  directory: '5',
  fifo: '6',
} as const;
const largestOctalSize = 0o77777777777;
const largestOctalId = 0o7777777;

/** The header of a member: ustar, with a PAX header before it where ustar has no room (POSIX.1-2001, `pax`). */
export function tarHeader(member: TarMember): Buffer {
  const { name, linkName = '', uid, gid, size, xattrs } = member;
  const records: Buffer[] = [];
  if (name.length > 100 || !ascii(name)) records.push(record('path', name));
  if (linkName.length > 100 || !ascii(linkName)) records.push(record('linkpath', linkName));
  if (size > largestOctalSize) records.push(record('size', String(size)));
  if (uid > largestOctalId) records.push(record('uid', String(uid)));
  if (gid > largestOctalId) records.push(record('gid', String(gid)));
  for (const [key, value] of xattrs ?? [])
    records.push(record(`SCHILY.xattr.${key}`, Buffer.from(value).toString('latin1')));
  const main = block(member, flags[member.type]);
  if (records.length === 0) return main;
  const body = Buffer.concat(records);
  const extended: TarMember = {
    ...member,
    name: 'PaxHeaders/entry',
    linkName: '',
    size: body.length,
    mode: 0o644,
    uid: 0,
    gid: 0,
  };
  return Buffer.concat([block(extended, 'x'), body, padding(body.length), main]);
}

/** Zeros up to the next block. */
export function padding(size: number): Buffer {
  return Buffer.alloc((512 - (size % 512)) % 512);
}

/** Ends an archive. */
export const tarEnd = Buffer.alloc(1024);

function block(member: TarMember, flag: string): Buffer {
  const bytes = Buffer.alloc(512);
  const put = (text: string, offset: number, length: number) =>
    bytes.write(text.slice(0, length), offset, 'latin1');
  const octal = (value: number, offset: number, length: number, largest: number) =>
    put((value > largest ? 0 : value).toString(8).padStart(length - 1, '0'), offset, length - 1);
  put(member.name, 0, 100);
  octal(member.mode & 0o7777, 100, 8, largestOctalId);
  octal(member.uid, 108, 8, largestOctalId);
  octal(member.gid, 116, 8, largestOctalId);
  octal(member.size, 124, 12, largestOctalSize);
  octal(Math.max(0, Math.floor(member.mtime)), 136, 12, largestOctalSize);
  put('        ', 148, 8);
  put(flag, 156, 1);
  put(member.linkName ?? '', 157, 100);
  put('ustar\x0000', 257, 8);
  octal(member.deviceMajor ?? 0, 329, 8, largestOctalId);
  octal(member.deviceMinor ?? 0, 337, 8, largestOctalId);
  let sum = 0;
  for (const byte of bytes) sum += byte;
  put(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 8);
  return bytes;
}

/** `<length> <key>=<value>\n`, where the length counts its own digits. */
function record(key: string, value: string): Buffer {
  const rest = ` ${key}=${value}\n`;
  let length = rest.length + 1;
  while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
  return Buffer.from(`${length}${rest}`, 'latin1');
}

function ascii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}
