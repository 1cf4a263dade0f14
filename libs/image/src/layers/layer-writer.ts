import {
  chmodSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  ftruncateSync,
  futimesSync,
  lchownSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { makedev, type Syscalls } from '@gantry/host';
import { errorCode } from '../files.ts';
import { ImageError } from '../image.ts';
import type { LayerLimits } from './limits.ts';
import { shown, type ByteString, type TarEntry, type TarHandler } from './tar-reader.ts';

/** What came of a layer. */
export interface AppliedLayer {
  entries: number;
  /** Of the contents of its files. */
  bytes: number;
  /** Folders made because something lies in them; '' is the layer's root. Their attributes are those of the layer below. */
  implicit: ByteString[];
  /** It hides all layers below: its root is opaque, which overlayfs heeds only in folders further down. */
  opaque: boolean;
}

const whiteoutPrefix = '.wh.';
const opaqueMarker = '.wh..wh..opq';
/** AUFS's own files (`.wh..wh.plnk` …), which old images carry. */
const aufsPrefix = '.wh..wh.';
/** As the kernel counts (MAXSYMLINKS). */
const maxSymlinks = 40;
const nameBytes = 255;

/**
 * Lays the entries of one layer out in an empty folder of its own, as the upper half of an overlay: whiteouts become
 * character devices 0/0, opaque folders carry `trusted.overlay.opaque` (kernel `filesystems/overlayfs.rst`).
 *
 * Nothing is written outside that folder. No path is given to the kernel whose parents have not been looked at one by
 * one: a parent is a folder that this object made, or a symlink of this layer, which is then followed here, its target
 * taken as inside the layer. As nobody else writes there, what was looked at stays.
 */
export class LayerWriter implements TarHandler {
  readonly #root: ByteString;
  readonly #spare: string;
  readonly #syscalls: Syscalls;
  readonly #limits: LayerLimits;
  /** Folders made here, by path inside the layer; the root is ''. */
  readonly #folders = new Set<ByteString>(['']);
  readonly #implicit = new Set<ByteString>(['']);
  readonly #whiteouts = new Set<ByteString>();
  /** Set when all is written, for writing changes them. */
  readonly #folderTimes = new Map<ByteString, number>();
  #opaque = false;
  #entries = 0;
  #bytes = 0;
  /** `at`: where in the file the next bytes go, once there was a hole; before that they follow each other. */
  #file: { fd: number; path: ByteString; entry: TarEntry; written: number; at?: number } | undefined;

  /** `root` is an empty folder, `spare` a path beside it on the same file system that nothing has. */
  constructor(root: string, spare: string, syscalls: Syscalls, limits: LayerLimits) {
    this.#root = Buffer.from(root, 'utf8').toString('latin1');
    this.#spare = spare;
    this.#syscalls = syscalls;
    this.#limits = limits;
  }

  entry(entry: TarEntry): void {
    if (++this.#entries > this.#limits.maxEntries)
      throw invalid(`more than ${this.#limits.maxEntries} files`);
    const parts = this.#split(entry.name);
    const last = parts.pop();
    if (last === undefined) return this.#setRoot(entry);
    if (
      parts.some((part) => part.startsWith(aufsPrefix)) ||
      (last.startsWith(aufsPrefix) && last !== opaqueMarker)
    )
      return;
    if (parts.some((part) => part.startsWith(whiteoutPrefix)))
      throw invalid(`${shown(entry.name)} lies in a whiteout`);
    const parent = this.#parent(parts, last, entry.name);
    if (parent === undefined) return;
    if (last === opaqueMarker) return this.#setOpaque(parent);
    if (last.startsWith(whiteoutPrefix))
      return this.#whiteOut(parent, last.slice(whiteoutPrefix.length), entry.name);
    this.#make(entry, join(parent, last));
  }

  /** As `#enter`. Undefined for a deletion inside of what this layer makes a file: that hides it already (umoci writes both). */
  #parent(parts: readonly ByteString[], last: ByteString, name: ByteString): ByteString | undefined {
    try {
      return this.#enter(parts, name);
    } catch (error) {
      if (error instanceof NotADirectory && last.startsWith(whiteoutPrefix)) return undefined;
      throw error;
    }
  }

  data(chunk: Buffer): void {
    const file = this.#file;
    if (!file) return;
    for (let from = 0; from < chunk.length;)
      from += writeSync(
        file.fd,
        chunk,
        from,
        chunk.length - from,
        file.at === undefined ? null : file.at + from,
      );
    if (file.at !== undefined) file.at += chunk.length;
    file.written += chunk.length;
    this.#bytes += chunk.length;
  }

  hole(bytes: number): void {
    const file = this.#file;
    if (!file) return;
    // Such a file may be larger than its archive, which is what is counted otherwise.
    if (file.entry.size > this.#limits.maxLayerBytes)
      throw invalid(`${shown(file.entry.name)}: a file of ${file.entry.size} bytes`);
    file.at = (file.at ?? file.written) + bytes;
  }

  end(): void {
    if (!this.#file) return;
    const { fd, path, entry, at } = this.#file;
    this.#file = undefined;
    try {
      if (at !== undefined) ftruncateSync(fd, entry.size);
      fchownSync(fd, entry.uid, entry.gid);
      fchmodSync(fd, entry.mode); // after the owner: chown takes setuid away
      this.#setXattrs(path, entry); // likewise file capabilities
      const mtime = boundedTime(entry.mtime);
      futimesSync(fd, mtime, mtime);
    } finally {
      closeSync(fd);
    }
  }

  /** To call when the archive has ended well. */
  finish(): AppliedLayer {
    for (const [path, mtime] of this.#folderTimes) this.#setTime(path, mtime);
    return {
      entries: this.#entries,
      bytes: this.#bytes,
      implicit: [...this.#implicit],
      opaque: this.#opaque,
    };
  }

  /** To call when it has not. What was written stays to be deleted. */
  abandon(): void {
    if (this.#file) closeSync(this.#file.fd);
    this.#file = undefined;
  }

  #split(name: ByteString): ByteString[] {
    if (name.length > this.#limits.maxPathBytes) throw invalid(`a path of ${name.length} bytes`);
    const parts = name.split('/').filter((part) => part !== '' && part !== '.');
    for (const part of parts) {
      if (part === '..') throw invalid(`${shown(name)} leads out of the layer`);
      if (part.length > nameBytes) throw invalid(`${shown(name)}: file name too long`);
    }
    return parts;
  }

  /**
   * The real folder that `parts` lead to, its missing folders made. Symlinks are resolved as if the layer's root were
   * `/`, where `..` stays.
   */
  #enter(parts: readonly ByteString[], name: ByteString, create = true): ByteString {
    let current = '';
    let links = 0;
    const todo = [...parts].reverse();
    for (let part = todo.pop(); part !== undefined; part = todo.pop()) {
      if (part === '' || part === '.') continue;
      if (part === '..') {
        current = current.slice(0, Math.max(0, current.lastIndexOf('/')));
        continue;
      }
      const path = join(current, part);
      if (this.#folders.has(path)) {
        current = path;
        continue;
      }
      const found = this.#look(path);
      if (found?.isSymbolicLink()) {
        if (++links > maxSymlinks) throw invalid(`${shown(name)}: too many levels of symbolic links`);
        const target = readlinkSync(this.#at(path), 'latin1');
        if (target.startsWith('/')) current = '';
        const steps = target.split('/');
        if (todo.length + steps.length > this.#limits.maxPathBytes)
          throw invalid(`${shown(name)}: its path is too long`);
        todo.push(...steps.reverse());
        continue;
      }
      if (found && !this.#whiteouts.has(path))
        throw new NotADirectory('invalid', `${shown(name)}: ${shown(path)} is not a directory`);
      if (!create) throw invalid(`${shown(name)}: no such file or directory`);
      this.#makeFolder(path, found);
      this.#implicit.add(path);
      chmodSync(this.#at(path), 0o755);
      current = path;
    }
    return current;
  }

  #make(entry: TarEntry, path: ByteString): void {
    if (entry.type === 'directory') return this.#makeDirectory(entry, path);
    if (entry.type === 'link') return this.#makeLink(entry, path);
    const found = this.#look(path);
    if (found) this.#remove(path, found);
    switch (entry.type) {
      case 'file': {
        const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
        this.#file = { fd: openSync(this.#at(path), flags, 0o600), path, entry, written: 0 };
        return;
      }
      case 'symlink':
        if (entry.linkName === '') throw invalid(`${shown(entry.name)}: a symlink to nowhere`);
        symlinkSync(Buffer.from(entry.linkName, 'latin1'), this.#at(path));
        lchownSync(this.#at(path), entry.uid, entry.gid);
        this.#setTime(path, entry.mtime);
        return;
      case 'fifo':
        this.#makeNode(path, constants.S_IFIFO, 0);
        break;
      default: {
        const { type, name, deviceMajor, deviceMinor } = entry;
        if (!this.#limits.allowDevices)
          throw invalid(`${shown(name)} is a ${type} device, which layers may not have here`);
        if (deviceMajor === 0 && deviceMinor === 0)
          throw invalid(`${shown(name)} is device 0/0, which means a deletion`);
        this.#makeNode(
          path,
          type === 'block' ? constants.S_IFBLK : constants.S_IFCHR,
          makedev(deviceMajor, deviceMinor),
        );
      }
    }
    lchownSync(this.#at(path), entry.uid, entry.gid);
    chmodSync(this.#at(path), entry.mode);
    this.#setTime(path, entry.mtime);
  }

  #makeDirectory(entry: TarEntry, path: ByteString): void {
    const found = this.#look(path);
    if (!found?.isDirectory()) this.#makeFolder(path, found);
    this.#setFolder(entry, path);
  }

  #setRoot(entry: TarEntry): void {
    if (entry.type !== 'directory')
      throw invalid(`the root of the layer is not a directory but a ${entry.type}`);
    this.#setFolder(entry, '');
  }

  #setFolder(entry: TarEntry, path: ByteString): void {
    this.#implicit.delete(path);
    const at = this.#at(path);
    lchownSync(at, entry.uid, entry.gid);
    chmodSync(at, entry.mode);
    this.#setXattrs(path, entry);
    this.#folderTimes.set(path, entry.mtime);
  }

  /** A folder in the place of what was there. One that takes the place of a deletion hides what lies below. */
  #makeFolder(path: ByteString, found: Stats | undefined): void {
    const opaque = this.#whiteouts.has(path);
    if (found) this.#remove(path, found);
    mkdirSync(this.#at(path), 0o700);
    this.#folders.add(path);
    if (opaque) this.#setOpaque(path);
  }

  #makeLink(entry: TarEntry, path: ByteString): void {
    const parts = this.#split(entry.linkName);
    const last = parts.pop();
    if (last === undefined) throw invalid(`${shown(entry.name)}: a hard link to a directory`);
    const target = join(this.#enter(parts, entry.linkName, false), last);
    const there = this.#whiteouts.has(target) ? undefined : this.#look(target);
    if (!there)
      throw invalid(`${shown(entry.name)}: hard link to ${shown(entry.linkName)}, which is not in the layer`);
    if (there.isDirectory()) throw invalid(`${shown(entry.name)}: a hard link to a directory`);
    if (target === path) return;
    const found = this.#look(path);
    if (found) {
      // Removing a folder in which the target lies would take that along.
      if (target.startsWith(`${path}/`))
        throw invalid(`${shown(entry.name)}: a hard link to what lies inside of it`);
      this.#remove(path, found);
    }
    linkSync(this.#at(target), this.#at(path)); // link(2) does not follow a symlink at its end
  }

  #whiteOut(parent: ByteString, name: ByteString, full: ByteString): void {
    if (name === '' || name === '.' || name === '..') throw invalid(`${shown(full)}: a whiteout of nothing`);
    const path = join(parent, name);
    if (this.#whiteouts.has(path)) return;
    const found = this.#look(path);
    // A whiteout is about lower layers only (image-spec `layer.md`): what this layer has itself stays.
    if (found?.isDirectory()) return this.#setOpaque(path);
    if (found) return;
    this.#makeNode(path, constants.S_IFCHR, 0);
    this.#whiteouts.add(path);
  }

  #setOpaque(path: ByteString): void {
    if (path === '') this.#opaque = true;
    this.#withText(path, (at) => this.#syscalls.lsetxattr(at, 'trusted.overlay.opaque', Buffer.from('y')));
  }

  #setXattrs(path: ByteString, { xattrs }: TarEntry): void {
    for (const [name, value] of xattrs) {
      if (!takenXattr(name)) continue;
      try {
        this.#withText(path, (at) => this.#syscalls.lsetxattr(at, name, value));
      } catch (error) {
        // As containerd: a file system without them, or a kind of file that has none, does not make an image unusable.
        if (errorCode(error) !== 'EOPNOTSUPP' && !(errorCode(error) === 'EPERM' && name.startsWith('user.')))
          throw error;
      }
    }
  }

  #setTime(path: ByteString, seconds: number): void {
    const mtime = boundedTime(seconds);
    lutimesSync(this.#at(path), mtime, mtime);
  }

  #makeNode(path: ByteString, type: number, device: number): void {
    const text = utf8(path);
    if (text !== undefined) return this.#syscalls.mknod(this.#text(text), type | 0o600, device);
    this.#syscalls.mknod(this.#spare, type | 0o600, device);
    renameSync(this.#spare, this.#at(path));
  }

  /** Calls with the path as text; a name that is not UTF-8 is lent one that is. */
  #withText(path: ByteString, call: (at: string) => void): void {
    const text = utf8(path);
    if (text !== undefined) return call(this.#text(text));
    renameSync(this.#at(path), this.#spare);
    try {
      call(this.#spare);
    } finally {
      renameSync(this.#spare, this.#at(path));
    }
  }

  #text(path: string): string {
    const root = Buffer.from(this.#root, 'latin1').toString('utf8');
    return path === '' ? root : `${root}/${path}`;
  }

  #look(path: ByteString): Stats | undefined {
    return lstatSync(this.#at(path), { throwIfNoEntry: false });
  }

  /** Removes what this layer had there; costs as much as there is to remove. */
  #remove(path: ByteString, found: { isDirectory(): boolean }): void {
    this.#whiteouts.delete(path);
    if (!found.isDirectory()) return unlinkSync(this.#at(path));
    for (const entry of readdirSync(this.#at(path), { withFileTypes: true, encoding: 'latin1' }))
      this.#remove(join(path, entry.name), entry);
    rmdirSync(this.#at(path));
    this.#folders.delete(path);
    this.#implicit.delete(path);
    this.#folderTimes.delete(path);
  }

  #at(path: ByteString): string | Buffer {
    const whole = path === '' ? this.#root : `${this.#root}/${path}`;
    return /^[\x00-\x7f]*$/.test(whole) ? whole : Buffer.from(whole, 'latin1');
  }
}

/** Go's `time.Unix(0, 1<<63-1)`. */
const latestTime = 9_223_372_036;

/** Times that are before the epoch, or that nanoseconds in 63 bits cannot say, are the epoch, as containerd has it. Node would take "now". */
function boundedTime(seconds: number): number {
  return seconds < 0 || seconds > latestTime ? 0 : seconds;
}

function join(folder: ByteString, name: ByteString): ByteString {
  return folder === '' ? name : `${folder}/${name}`;
}

/** The path as text, undefined when its bytes are not UTF-8. */
function utf8(path: ByteString): string | undefined {
  const bytes = Buffer.from(path, 'latin1');
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/**
 * Attributes that a layer may set: those of users, POSIX access lists and file capabilities. Never overlayfs's own, by which a
 * layer could redirect a folder elsewhere or hide others, nor labels of security modules, which are the host's to give.
 */
function takenXattr(name: string): boolean {
  if (name.startsWith('user.')) return !name.startsWith('user.overlay.');
  return ['security.capability', 'system.posix_acl_access', 'system.posix_acl_default'].includes(name);
}

class NotADirectory extends ImageError {}

function invalid(why: string): ImageError {
  return new ImageError('invalid', why);
}
