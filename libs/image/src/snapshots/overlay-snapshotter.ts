import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@gantry/base';
import { diskError, errorCode } from '../files.ts';
import { ImageError, type Mount } from '../image.ts';
import type { AppliedLayer } from '../layers/layer-writer.ts';
import type { LayerWorkers } from '../layers/layer-workers.ts';
import type { Durability } from '../metadata/durability.ts';

/** One unpacked layer on its place in a stack; `layer.json` beside its `fs`. */
interface Snapshot {
  chainId: string;
  diffId: string;
  /** chainId of the stack below. */
  parent?: string;
  /** Of the contents of its files. */
  bytes: number;
  entries: number;
  /** It hides what lies below it. */
  opaque?: true;
}

/** A folder in which a layer is being unpacked; nothing until it is committed. */
export interface StagedSnapshot {
  id: string;
  path: string;
}

export interface OverlaySnapshotterOptions {
  /** The store's folder, absolute. */
  root: string;
  workers: LayerWorkers;
  durability: Durability;
  log: Logger;
}

/** mount(2) takes one page of options, with the zero behind. */
const longestOptions = 4095;
/** The stack of an image without layers: overlay wants something below. */
const emptyId = '0';

/**
 * Unpacked layers and writable roots, put together by the kernel's overlayfs. Returns mounts, never mounts.
 *
 *     snapshots/<id>/fs  layer.json     one layer, read only, named by a short number; counts once it has this name
 *     l/<id> ─▶ ../snapshots/<id>/fs    short paths for `lowerdir=`: 127 layers must fit into a page of mount options
 *     roots/<key>/upper  work  top ─▶ <id>    a container's writable layer; whole once `top` is there
 *     trash/                            renamed here at once, deleted in the background
 */
export class OverlaySnapshotter {
  readonly #root: string;
  readonly #options: OverlaySnapshotterOptions;
  readonly #byChain = new Map<string, { id: string; snapshot: Snapshot }>();
  readonly #chainOf = new Map<string, string>();
  readonly #extraOptions: string[];
  #lastId = 0;

  constructor(options: OverlaySnapshotterOptions) {
    const { root, durability } = options;
    if (/[:,\\\s]/.test(root))
      throw new Error(`the image store cannot lie in ${root}: overlay options have no way to write that`);
    this.#options = options;
    this.#root = root;
    for (const folder of ['snapshots', 'l', 'roots', 'trash'])
      mkdirSync(join(root, folder), { recursive: true, mode: 0o700 });
    mkdirSync(join(root, 'snapshots', emptyId, 'fs'), { recursive: true, mode: 0o755 });
    this.#linkTo(emptyId);
    this.#load(new Set(durability.suspects('snapshot')));
    // Without it, a kernel built with `index=on` refuses layers shared by two mounts; docker passes it likewise.
    this.#extraOptions = existsSync('/sys/module/overlay/parameters/index') ? ['index=off'] : [];
    for (const name of readdirSync(join(root, 'trash'))) this.#delete(join(root, 'trash', name));
  }

  has(chainId: string): boolean {
    return this.#byChain.has(chainId);
  }

  chains(): string[] {
    return [...this.#byChain.keys()];
  }

  /** `chainId` and the stacks below it, those that are here. */
  ancestry(chainId: string): string[] {
    const all: string[] = [];
    for (let at: string | undefined = chainId; at !== undefined; at = this.#byChain.get(at)?.snapshot.parent)
      all.push(at);
    return all;
  }

  /** `chainId` and those below it of which anything can be seen, as their `fs` folders' ids. */
  #visible(chainId: string): string[] {
    const ids: string[] = [];
    for (const chain of this.ancestry(chainId)) {
      const id = this.#idOf(chain);
      ids.push(id);
      if (this.#byChain.get(chain)?.snapshot.opaque) break;
    }
    return ids;
  }

  /** Contents of all layers. */
  get sizeBytes(): number {
    let sum = 0;
    for (const { snapshot } of this.#byChain.values()) sum += snapshot.bytes;
    return sum;
  }

  /** A new folder to unpack a layer into. */
  stage(): StagedSnapshot {
    const id = (++this.#lastId).toString(36);
    const path = join(this.#root, 'snapshots', `.new-${id}`);
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      throw diskError(error);
    }
    return { id, path };
  }

  /**
   * Makes an unpacked layer count, or throws it away when the same has come from elsewhere meanwhile. Its parent must have been
   * committed.
   */
  async commit(
    staged: StagedSnapshot,
    applied: AppliedLayer,
    names: Pick<Snapshot, 'chainId' | 'diffId' | 'parent'>,
  ): Promise<void> {
    const { parent } = names;
    const lowers =
      parent === undefined || applied.opaque ? [] : this.#visible(parent).map((id) => this.#fs(id));
    if (applied.implicit.length > 0 && lowers.length > 0)
      await this.#options.workers.settle(join(staged.path, 'fs'), applied.implicit, lowers);
    if (this.has(names.chainId)) return this.abandon(staged);
    const { bytes, entries, opaque } = applied;
    const snapshot: Snapshot = { ...names, bytes, entries, ...(opaque ? { opaque } : {}) };
    try {
      writeFileSync(join(staged.path, 'layer.json'), JSON.stringify(snapshot), { mode: 0o600 });
      this.#options.durability.mark('snapshot', staged.id);
      this.#linkTo(staged.id);
      renameSync(staged.path, join(this.#root, 'snapshots', staged.id));
    } catch (error) {
      throw diskError(error);
    }
    this.#remember(staged.id, snapshot);
  }

  /** Throws a staged layer away. */
  abandon({ path }: StagedSnapshot): void {
    this.#trash(path);
  }

  /** Takes a layer out, at once; returns its bytes. Nothing may stand on it. */
  discard(chainId: string): number {
    const { id, snapshot } = this.#byChain.get(chainId)!;
    this.#byChain.delete(chainId);
    this.#chainOf.delete(id);
    rmSync(join(this.#root, 'l', id), { force: true });
    this.#trash(join(this.#root, 'snapshots', id));
    return snapshot.bytes;
  }

  /**
   * Makes the writable layer of `key` over the stack `top` (undefined: an image without layers) and returns its mount.
   * Idempotent: a root that is there keeps the stack it was made over. Six system calls, on the calling thread.
   */
  prepareRoot(key: string, top: string | undefined): Mount {
    checkKey(key);
    const folder = join(this.#root, 'roots', key);
    const upper = this.writableLayer(key);
    const work = join(folder, 'work');
    const standing = this.#topOf(key);
    if (standing !== undefined) return this.#mount(standing, upper, work);
    const id = top === undefined ? emptyId : this.#idOf(top);
    const mount = this.#mount(id, upper, work); // before anything is made: it may not fit
    try {
      for (const path of [folder, upper, work]) makeFolder(path);
      // The root of a container looks as its image's does, not as our folder.
      const { uid, gid, mode } = lstatSync(this.#fs(id));
      if (uid !== 0 || gid !== 0) chownSync(upper, uid, gid);
      if ((mode & 0o7777) !== 0o755) chmodSync(upper, mode & 0o7777);
      symlinkSync(id, join(folder, 'top'));
    } catch (error) {
      throw diskError(error);
    }
    return mount;
  }

  /** Removes the writable layer of `key`: gone at once by name, deleted in the background. Idempotent. */
  removeRoot(key: string): void {
    checkKey(key);
    try {
      this.#trash(join(this.#root, 'roots', key));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }

  roots(): string[] {
    return readdirSync(join(this.#root, 'roots'));
  }

  writableLayer(key: string): string {
    checkKey(key);
    return join(this.#root, 'roots', key, 'upper');
  }

  /** The stacks that roots stand on. */
  chainsOfRoots(): string[] {
    return this.roots().flatMap((key) => this.#chainOf.get(this.#topOf(key) ?? '') ?? []);
  }

  /** A new path in the trash, for what others throw away: rename to it, then call `emptied`. */
  trashPath(): string {
    return join(this.#root, 'trash', randomUUID());
  }

  /** Deletes what was renamed to a {@link trashPath}. */
  emptied(path: string): void {
    this.#delete(path);
  }

  #mount(topId: string, upper: string, work: string): Mount {
    const ids = topId === emptyId ? [emptyId] : this.#visible(this.#chainOf.get(topId) ?? '');
    const options = [
      `lowerdir=${ids.map((id) => `${this.#root}/l/${id}`).join(':')}`,
      `upperdir=${upper}`,
      `workdir=${work}`,
      ...this.#extraOptions,
    ];
    const length = options.join(',').length;
    if (length > longestOptions)
      throw new Error(
        `an image of ${ids.length} layers needs ${length} characters of mount options under ${this.#root}, the kernel takes ${longestOptions}: move the image store to a shorter path`,
      );
    return { type: 'overlay', source: 'overlay', options };
  }

  #idOf(chainId: string): string {
    const found = this.#byChain.get(chainId);
    if (!found)
      throw new ImageError('notFound', `layer ${chainId} is not here: its image was removed meanwhile`);
    return found.id;
  }

  #topOf(key: string): string | undefined {
    try {
      return readlinkSync(join(this.#root, 'roots', key, 'top'));
    } catch {
      return undefined;
    }
  }

  #fs(id: string): string {
    return join(this.#root, 'snapshots', id, 'fs');
  }

  #linkTo(id: string): void {
    try {
      symlinkSync(`../snapshots/${id}/fs`, join(this.#root, 'l', id));
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }

  #load(suspects: Set<string>): void {
    const loaded = new Map<string, Snapshot>();
    for (const id of readdirSync(join(this.#root, 'snapshots'))) {
      if (id === emptyId) continue;
      const path = join(this.#root, 'snapshots', id);
      this.#lastId = Math.max(this.#lastId, parseInt(id.replace(/^\.new-/, ''), 36) || 0);
      const snapshot = id.startsWith('.') || suspects.has(id) ? undefined : readSnapshot(path);
      if (snapshot) loaded.set(id, snapshot);
      else this.#trash(path);
    }
    const chains = new Set([...loaded.values()].map(({ chainId }) => chainId));
    // Whatever stood on a layer that is gone goes too.
    for (let lost = true; lost;) {
      lost = false;
      for (const [id, { chainId, parent }] of loaded) {
        if (parent === undefined || chains.has(parent)) continue;
        this.#trash(join(this.#root, 'snapshots', id));
        loaded.delete(id);
        chains.delete(chainId);
        lost = true;
      }
    }
    for (const [id, snapshot] of loaded) this.#remember(id, snapshot);
    const links = readdirSync(join(this.#root, 'l'));
    for (const id of links)
      if (id !== emptyId && !loaded.has(id)) rmSync(join(this.#root, 'l', id), { force: true });
    for (const id of loaded.keys()) this.#linkTo(id);
  }

  #remember(id: string, snapshot: Snapshot): void {
    this.#byChain.set(snapshot.chainId, { id, snapshot });
    this.#chainOf.set(id, snapshot.chainId);
  }

  #trash(path: string): void {
    const target = this.trashPath();
    renameSync(path, target);
    this.#delete(target);
  }

  #delete(path: string): void {
    this.#options.workers.remove(path).catch((err: unknown) => {
      // Closing stops it; the next open goes on.
      if (!(err instanceof Error && err.name === 'AbortError'))
        this.#options.log.warn('cannot delete from the image store', { path, err });
    });
  }
}

function readSnapshot(path: string): Snapshot | undefined {
  try {
    const snapshot = JSON.parse(readFileSync(join(path, 'layer.json'), 'utf8')) as Snapshot;
    return typeof snapshot.chainId === 'string' && lstatSync(join(path, 'fs')).isDirectory()
      ? snapshot
      : undefined;
  } catch {
    return undefined;
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, 0o755);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

function checkKey(key: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/.test(key))
    throw new Error(
      `${JSON.stringify(key)} cannot name a root: letters, digits, "_", "." and "-" only, at most 128`,
    );
}
