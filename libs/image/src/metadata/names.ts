import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from '@gantry/base';
import { isDigest } from '../digest.ts';
import { errorCode, replaceFile } from '../files.ts';

/** What a name stands for. */
export interface NamedImage {
  /** Digest of what the registry has under the name: an index, or the manifest itself. */
  target: string;
  /** Digest of the manifest for this platform. */
  manifest: string;
  /** For a `repository@digest` that came along with a tag: it goes when the last such tag does. */
  implied?: boolean;
}

/**
 * Names of images, in one file that is replaced whole: after a crash there are the names from before a change or after
 * it. In memory for reading; writes are done one after the other, and those that wait are done as one.
 */
export class ImageNames {
  readonly #path: string;
  readonly #names: Map<string, NamedImage>;
  #writing: Promise<void> = Promise.resolve();
  #pending: Promise<void> | undefined;
  /** Changed since the last write that worked. */
  #dirty = false;

  /** Reads the names in `root`. A file that cannot be read as such is told to the log, and counts as empty. */
  constructor(root: string, log: Logger) {
    const folder = join(root, 'metadata');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#path = join(folder, 'names.json');
    this.#names = read(this.#path, log);
  }

  get(name: string): NamedImage | undefined {
    return this.#names.get(name);
  }

  entries(): [string, NamedImage][] {
    return [...this.#names];
  }

  /** Resolves when the change is on disk. */
  change(set: Iterable<[string, NamedImage]>, remove: Iterable<string> = []): Promise<void> {
    let changed = false;
    for (const name of remove) changed = this.#names.delete(name) || changed;
    for (const [name, image] of set) {
      const old = this.#names.get(name);
      // A name that was asked for by itself stays so.
      const next = old && !old.implied && old.target === image.target ? { ...image, implied: false } : image;
      changed ||=
        !old || old.target !== next.target || old.manifest !== next.manifest || old.implied !== next.implied;
      this.#names.set(name, next);
    }
    this.#dirty ||= changed;
    return this.#dirty ? this.#write() : Promise.resolve();
  }

  #write(): Promise<void> {
    const next = () => this.#writeNow();
    this.#pending ??= this.#writing.then(next, next); // a write that failed was told to those who waited for it
    return this.#pending;
  }

  #writeNow(): Promise<void> {
    this.#pending = undefined;
    this.#writing = this.#replace();
    return this.#writing;
  }

  async #replace(): Promise<void> {
    this.#dirty = false;
    try {
      await replaceFile(this.#path, JSON.stringify({ version: 1, names: Object.fromEntries(this.#names) }));
    } catch (error) {
      this.#dirty = true;
      throw error;
    }
  }
}

function read(path: string, log: Logger): Map<string, NamedImage> {
  const names = new Map<string, NamedImage>();
  try {
    const document = JSON.parse(readFileSync(path, 'utf8')) as { names: Record<string, NamedImage> };
    for (const [name, image] of Object.entries(document.names))
      if (isDigest(image.target) && isDigest(image.manifest)) names.set(name, image);
  } catch (err) {
    if (errorCode(err) !== 'ENOENT')
      log.error('cannot read the names of images; they must be pulled again', { path, err });
  }
  return names;
}
