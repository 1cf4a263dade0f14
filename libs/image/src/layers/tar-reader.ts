import { addSparseList, SparseMap, SparseMapText } from './sparse.ts';
import { TarError } from './tar-error.ts';

/** A path or other text of an archive, one character per byte (latin1): Linux names are bytes, not UTF-8. */
export type ByteString = string;

export type EntryType = 'file' | 'link' | 'symlink' | 'character' | 'block' | 'directory' | 'fifo';

/** One member of an archive, extended headers applied. */
export interface TarEntry {
  type: EntryType;
  name: ByteString;
  /** Target of a link or symlink. */
  linkName: ByteString;
  /** Permission bits with setuid, setgid, sticky. */
  mode: number;
  uid: number;
  gid: number;
  /** Of the contents, with the holes of a sparse file. 0 for anything but a file. */
  size: number;
  /** Seconds since the epoch, with a fraction if the archive has one. */
  mtime: number;
  deviceMajor: number;
  deviceMinor: number;
  /** Extended attributes by name (`SCHILY.xattr.*`), their values as bytes. */
  xattrs: Map<string, Buffer>;
}

/** What the reader tells, in order: an entry, its contents in pieces, its end. All synchronous. */
export interface TarHandler {
  entry(entry: TarEntry): void;
  data(chunk: Buffer): void;
  /** So many zeros come next, which the archive does not have: those of a sparse file. */
  hole(bytes: number): void;
  end(): void;
}

const blockBytes = 512;
/** Of one extended header: names, links and attributes (the kernel takes 64 KiB per attribute). */
const maxExtendedBytes = 1 << 20;
const largestId = 0xffffffff;

/** `sparse`: further blocks of an old GNU map; `map`: those of a PAX map, format 1.0. */
type State = 'header' | 'extended' | 'sparse' | 'map' | 'data' | 'padding' | 'ended';

/**
 * Reads a tar archive pushed at it in pieces: ustar, PAX (POSIX.1-2001 `pax`), GNU long names, base-256 numbers and sparse files
 * (old GNU; PAX 0.0, 0.1 and 1.0). Never holds more than one block, one extended header of each kind and one map of a sparse file.
 * Where formats leave room for two readings it reads as Go's archive/tar, by which images are made and looked at: PAX
 * headers for the whole archive mean nothing, one extended header takes the place of another before it.
 * Written here rather than taken from `tar-stream` because that one decodes attribute values as UTF-8, which breaks
 * file capabilities, and hands each member over as a stream of its own (ADR 0400).
 */
export class TarReader {
  readonly #handler: TarHandler;
  #state: State = 'header';
  /** Bytes gathered for a header block or extended header. */
  #gathered: Buffer = Buffer.alloc(0);
  #left = 0;
  #padding = 0;
  #extendedType = '';
  #pax = new Map<string, Buffer>();
  #sparse: SparseMap | undefined;
  #mapText = new SparseMapText();
  #longName: ByteString | undefined;
  #longLink: ByteString | undefined;
  #zeroBlocks = 0;

  constructor(handler: TarHandler) {
    this.#handler = handler;
  }

  /** Reads on. Throws {@link TarError}, or whatever the handler throws. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      switch (this.#state) {
        case 'data': {
          const piece = chunk.subarray(at, at + this.#left);
          at += piece.length;
          this.#left -= piece.length;
          if (this.#sparse) this.#sparse.walk(piece, this.#hole, this.#data);
          else this.#handler.data(piece);
          if (this.#left === 0) this.#finishData();
          break;
        }
        case 'padding': {
          const skipped = Math.min(this.#padding, chunk.length - at);
          at += skipped;
          this.#padding -= skipped;
          if (this.#padding === 0) this.#state = 'header';
          break;
        }
        case 'header':
        case 'extended':
        case 'sparse':
        case 'map': {
          const want = (this.#state === 'extended' ? this.#left : blockBytes) - this.#gathered.length;
          const piece = chunk.subarray(at, at + want);
          at += piece.length;
          if (piece.length < want) {
            this.#gathered = Buffer.concat([this.#gathered, piece]);
            return;
          }
          const whole = this.#gathered.length === 0 ? piece : Buffer.concat([this.#gathered, piece]);
          this.#gathered = Buffer.alloc(0);
          if (this.#state === 'header') this.#header(whole);
          else if (this.#state === 'extended') this.#extended(whole);
          else if (this.#state === 'sparse') this.#oldSparse(whole, 0, 21);
          else this.#map(whole);
          break;
        }
        case 'ended':
          return; // what follows the two zero blocks is padding
      }
    }
  }

  /** To call when the archive has ended. Throws {@link TarError} when it ended in the middle of something. */
  finish(): void {
    const clean = this.#state === 'ended' || (this.#state === 'header' && this.#gathered.length === 0);
    if (!clean) throw new TarError('unexpected end of the archive');
    if (this.#pax.size > 0 || this.#longName !== undefined || this.#longLink !== undefined)
      throw new TarError('the archive ends with an extended header');
  }

  #header(block: Buffer): void {
    if (block.every((byte) => byte === 0)) {
      if (++this.#zeroBlocks === 2) this.#state = 'ended';
      return;
    }
    this.#zeroBlocks = 0;
    checkSum(block);
    const type = String.fromCharCode(block[156]!);
    const size = number(block, 124, 12, 'size');
    if ('xgLK'.includes(type)) {
      if (size > maxExtendedBytes) throw new TarError(`an extended header of ${size} bytes`);
      this.#extendedType = type;
      this.#left = size;
      this.#padding = paddingOf(size);
      if (size === 0) this.#state = 'header';
      else this.#state = 'extended';
      return;
    }
    this.#member(block, type, size);
  }

  #member(block: Buffer, typeFlag: string, headerSize: number): void {
    const pax = this.#pax;
    const ustar = block.toString('latin1', 257, 263) === 'ustar\0';
    const prefix = ustar ? text(block, 345, 155) : '';
    const sparse = sparseKind(typeFlag, pax);
    const name =
      (sparse === undefined || sparse === 'old' ? undefined : paxText(pax, 'GNU.sparse.name')) ??
      this.#longName ??
      paxText(pax, 'path') ??
      (prefix ? `${prefix}/` : '') + text(block, 0, 100);
    const linkName = this.#longLink ?? paxText(pax, 'linkpath') ?? text(block, 157, 100);
    const xattrs = new Map<string, Buffer>();
    for (const [key, value] of pax)
      if (key.startsWith(xattrPrefix)) xattrs.set(key.slice(xattrPrefix.length), value);
    const stored = decimal(pax, 'size') ?? headerSize;
    const type = entryType(typeFlag, name);
    if (sparse && type !== 'file') throw new TarError(`${shown(name)}: a sparse ${type}`);
    this.#sparse =
      sparse && new SparseMap(sparse === 'old' ? number(block, 483, 12, 'size') : sparseSize(pax));
    const entry: TarEntry = {
      type,
      name,
      linkName,
      mode: number(block, 100, 8, 'mode') & 0o7777,
      uid: owner(decimal(pax, 'uid') ?? number(block, 108, 8, 'uid'), name),
      gid: owner(decimal(pax, 'gid') ?? number(block, 116, 8, 'gid'), name),
      size: type === 'file' ? (this.#sparse?.size ?? stored) : 0,
      mtime: time(pax) ?? number(block, 136, 12, 'mtime', true),
      deviceMajor: type === 'character' || type === 'block' ? number(block, 329, 8, 'major') : 0,
      deviceMinor: type === 'character' || type === 'block' ? number(block, 337, 8, 'minor') : 0,
      xattrs,
    };
    if (name.includes('\0') || linkName.includes('\0')) throw new TarError('a name with a NUL byte');
    this.#pax = new Map();
    this.#longName = undefined;
    this.#longLink = undefined;
    this.#handler.entry(entry);
    // Other members have no contents, whatever their size says (as Go's archive/tar reads them).
    this.#left = type === 'file' ? stored : 0;
    this.#padding = paddingOf(this.#left);
    switch (sparse) {
      case 'old':
        return this.#oldSparse(block, 386, 4);
      case '1.0':
        this.#mapText = new SparseMapText();
        this.#state = 'map';
        return;
      case '0.x':
        addSparseList(this.#sparse!, paxText(pax, sparseList) ?? '');
    }
    this.#beginData();
  }

  /** Reads up to `count` pairs of the map in an old GNU header, or in a block that continues it. */
  #oldSparse(block: Buffer, offset: number, count: number): void {
    let at = offset;
    for (let i = 0; i < count && block[at] !== 0; i++, at += 24)
      this.#sparse!.add(number(block, at, 12, 'offset'), number(block, at + 12, 12, 'length'));
    if (block[offset + 24 * count] === 1) this.#state = 'sparse';
    else this.#beginData();
  }

  #map(block: Buffer): void {
    this.#left -= blockBytes;
    if (this.#left < 0) throw new TarError('a sparse file without its map');
    if (!this.#mapText.add(block)) return;
    this.#mapText.into(this.#sparse!);
    this.#beginData();
  }

  #beginData(): void {
    if (this.#sparse && this.#sparse.dataBytes !== this.#left)
      throw new TarError('a sparse file whose map does not fit its data');
    if (this.#left > 0) this.#state = 'data';
    else this.#finishData();
  }

  #finishData(): void {
    this.#sparse?.end(this.#hole);
    this.#sparse = undefined;
    this.#handler.end();
    this.#state = this.#padding > 0 ? 'padding' : 'header';
  }

  readonly #hole = (bytes: number) => this.#handler.hole(bytes);
  readonly #data = (piece: Buffer) => this.#handler.data(piece);

  #extended(body: Buffer): void {
    switch (this.#extendedType) {
      case 'L':
        this.#longName = cString(body);
        break;
      case 'K':
        this.#longLink = cString(body);
        break;
      case 'g':
        break;
      default:
        this.#pax = paxHeader(body);
    }
    this.#left = 0;
    this.#state = this.#padding > 0 ? 'padding' : 'header';
  }
}

const xattrPrefix = 'SCHILY.xattr.';

function entryType(flag: string, name: ByteString): EntryType {
  switch (flag) {
    case '0':
    case '\0':
    case '7':
      return flag !== '7' && name.endsWith('/') ? 'directory' : 'file';
    case '1':
      return 'link';
    case '2':
      return 'symlink';
    case '3':
      return 'character';
    case '4':
      return 'block';
    case '5':
      return 'directory';
    case '6':
      return 'fifo';
    case 'S':
      return 'file';
    default:
      throw new TarError(`${shown(name)}: unhandled tar header type ${JSON.stringify(flag)}`);
  }
}

/** In which way a member says that it is a sparse file, if it does (GNU tar's manual, "Storing Sparse Files"). */
function sparseKind(typeFlag: string, pax: Map<string, Buffer>): 'old' | '0.x' | '1.0' | undefined {
  if (typeFlag === 'S') return 'old';
  const [major, minor] = [paxText(pax, 'GNU.sparse.major'), paxText(pax, 'GNU.sparse.minor')];
  if (major === '1' && minor === '0') return '1.0';
  if (major === '0' && (minor === '0' || minor === '1')) return '0.x';
  if (major !== undefined || minor !== undefined) throw new TarError('a sparse file of an unknown format');
  return pax.has(sparseList) ? '0.x' : undefined;
}

const sparseList = 'GNU.sparse.map';

function sparseSize(pax: Map<string, Buffer>): number {
  const size = decimal(pax, 'GNU.sparse.size') ?? decimal(pax, 'GNU.sparse.realsize');
  if (size === undefined) throw new TarError('a sparse file without a size');
  return size;
}

/** A PAX header's records by key. The many that make up a map of format 0.0 become one as format 0.1 has it. */
function paxHeader(body: Buffer): Map<string, Buffer> {
  const records = new Map<string, Buffer>();
  const pairs: string[] = [];
  for (const [key, value] of paxRecords(body))
    if (key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes') {
      if ((pairs.length % 2 === 0) !== (key === 'GNU.sparse.offset'))
        throw new TarError('a malformed PAX header: a map out of order');
      pairs.push(value.toString('latin1'));
    } else records.set(key, value);
  if (pairs.length > 0) records.set(sparseList, Buffer.from(pairs.join(',')));
  return records;
}

/** A value as text; an empty one means that the header's own is to be taken. */
function paxText(pax: Map<string, Buffer>, key: string): ByteString | undefined {
  return pax.get(key)?.toString('latin1') || undefined;
}

/** The records of a PAX header: `<length> <key>=<value>\n`, the length counting all of it. */
function* paxRecords(body: Buffer): Generator<[string, Buffer]> {
  let at = 0;
  while (at < body.length) {
    const space = body.indexOf(0x20, at);
    const digits = space < 0 ? '' : body.toString('latin1', at, space);
    const length = /^[1-9]\d{0,7}$/.test(digits) ? Number(digits) : 0;
    const end = at + length;
    const equals = body.indexOf(0x3d, space);
    if (length === 0 || end > body.length || body[end - 1] !== 0x0a || equals < 0 || equals >= end)
      throw new TarError('a malformed PAX header');
    const value = body.subarray(equals + 1, end - 1);
    const key = body.toString('utf8', space + 1, equals);
    yield [key, Buffer.from(value)];
    at = end;
  }
}

function checkSum(block: Buffer): void {
  let sum = 8 * 0x20;
  for (let i = 0; i < blockBytes; i++) if (i < 148 || i >= 156) sum += block[i]!;
  if (sum !== number(block, 148, 8, 'checksum')) throw new TarError('archive/tar: invalid tar header');
}

/** A number in octal, or in base 256 when its first bit is set (GNU). */
function number(block: Buffer, offset: number, length: number, field: string, negative = false): number {
  const first = block[offset]!;
  if (first & 0x80) {
    let value = BigInt(first === 0xff ? -1 : first & 0x7f);
    for (let i = 1; i < length; i++) value = (value << 8n) | BigInt(block[offset + i]!);
    const small = Number(value);
    if (Number.isSafeInteger(small) && (small >= 0 || negative)) return small;
    throw new TarError(`a ${field} out of range`);
  }
  const digits = block
    .toString('latin1', offset, offset + length)
    .replace(/^[ \0]+/, '')
    .replace(/[ \0][^]*$/, '');
  if (!/^[0-7]*$/.test(digits)) throw new TarError(`archive/tar: invalid tar header: bad ${field}`);
  return digits === '' ? 0 : parseInt(digits, 8);
}

function decimal(pax: Map<string, Buffer>, key: string): number | undefined {
  const value = paxText(pax, key);
  if (value === undefined) return undefined;
  if (!/^\d{1,16}$/.test(value) || !Number.isSafeInteger(Number(value)))
    throw new TarError(`PAX ${key} is no number`);
  return Number(value);
}

function time(pax: Map<string, Buffer>): number | undefined {
  const value = paxText(pax, 'mtime');
  if (value === undefined) return undefined;
  if (!/^-?\d{1,15}(\.\d{1,20})?$/.test(value)) throw new TarError('PAX mtime is no time');
  return Number(value);
}

/** 2³²−1 means "no owner" to chown(2), which would leave the file to whoever unpacks. */
function owner(id: number, name: ByteString): number {
  if (id >= largestId) throw new TarError(`${shown(name)}: owner ${id} is out of range`);
  return id;
}

function text(block: Buffer, offset: number, length: number): ByteString {
  const end = block.indexOf(0, offset);
  return block.toString('latin1', offset, end < 0 || end > offset + length ? offset + length : end);
}

function cString(body: Buffer): ByteString {
  const end = body.indexOf(0);
  return body.toString('latin1', 0, end < 0 ? body.length : end);
}

function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

/** A byte string as messages show it: quoted, as UTF-8, not endless. */
export function shown(name: ByteString): string {
  const whole = Buffer.from(name, 'latin1').toString('utf8');
  return JSON.stringify(whole.length > 200 ? `${whole.slice(0, 200)}…` : whole);
}
