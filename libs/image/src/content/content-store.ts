import {
  createReadStream,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from 'node:crypto';
import { digestMismatch, digestParts, hashLike, isDigest, sha256, verifyBytes } from '../digest.ts';
import { diskError } from '../files.ts';
import { ImageError, type Descriptor } from '../image.ts';
import type { Durability } from '../metadata/durability.ts';

/** Where the bytes of a blob come from: opened at `offset`, or at an earlier one if the source cannot do better. */
export type BlobSource = (offset: number) => Promise<{ offset: number; body: AsyncIterable<Uint8Array> }>;

export interface IngestOptions {
  /** Who sends it. What has come from one sender in part is never completed, nor waited for, by what another sends. */
  from: string;
  signal: AbortSignal;
  onProgress?: (doneBytes: number) => void;
}

/** What has come of a blob in part, or was left by a crash. */
export interface PartialBlob {
  digest: string;
  /** Of its file in `ingest/`. */
  name: string;
}

/** Bytes gathered before they are written. */
const writeBytes = 1 << 20;

/**
 * Bytes by digest, in `blobs/<algorithm>/<hex>`; what has that name is whole and was verified when it came. Bytes on
 * their way lie in `ingest/<algorithm>-<hex>.<sender>` and are continued there by the next attempt: nobody can write into,
 * spoil or hold up what comes from somebody else by claiming that its own image has a blob of that digest.
 */
export class ContentStore {
  readonly #root: string;
  readonly #durability: Durability;
  readonly #sizes = new Map<string, number>();

  /** Opens the store in `root`; drops blobs that a power cut may have spoilt. */
  constructor(root: string, durability: Durability) {
    this.#root = root;
    this.#durability = durability;
    mkdirSync(join(root, 'ingest'), { recursive: true, mode: 0o700 });
    for (const algorithm of ['sha256', 'sha512'])
      mkdirSync(join(root, 'blobs', algorithm), { recursive: true, mode: 0o700 });
    for (const name of durability.suspects('blob')) {
      const digest = name.replace('-', ':');
      if (isDigest(digest)) rmSync(this.path(digest), { force: true });
    }
    for (const algorithm of ['sha256', 'sha512'])
      for (const hex of readdirSync(join(root, 'blobs', algorithm)))
        if (isDigest(`${algorithm}:${hex}`))
          this.#sizes.set(`${algorithm}:${hex}`, statSync(join(root, 'blobs', algorithm, hex)).size);
  }

  has(digest: string): boolean {
    return this.#sizes.has(digest);
  }

  /** Of all blobs. */
  get sizeBytes(): number {
    let sum = 0;
    for (const size of this.#sizes.values()) sum += size;
    return sum;
  }

  digests(): string[] {
    return [...this.#sizes.keys()];
  }

  path(digest: string): string {
    const { algorithm, hex } = digestParts(digest);
    return join(this.#root, 'blobs', algorithm, hex);
  }

  /** A small blob. Throws ImageError `notFound` when it is not here. */
  async read(digest: string): Promise<Buffer> {
    if (!this.has(digest)) throw new ImageError('notFound', `blob ${digest}: not found`);
    return readFile(this.path(digest));
  }

  /** Stores bytes that are in memory already. Throws ImageError `invalid` when they are not `digest`. */
  put(digest: string, bytes: Uint8Array): void {
    if (this.has(digest)) return;
    verifyBytes(bytes, digest, 'blob');
    const path = this.#ingestPath(digest, 'put');
    try {
      writeFileSync(path, bytes, { mode: 0o600 });
    } catch (error) {
      rmSync(path, { force: true });
      throw diskError(error);
    }
    this.#commit(digest, path, bytes.length);
  }

  /**
   * Fetches a blob unless it is here. Reads no byte more than the descriptor promises; size and digest are checked before
   * it gets its name. What came before a failure of the source is kept for the next attempt, what is wrong is not.
   * One call per digest and sender at a time.
   */
  async ingest(
    { digest, size }: Descriptor,
    source: BlobSource,
    { from, signal, onProgress }: IngestOptions,
  ): Promise<void> {
    if (this.has(digest)) return;
    const path = this.#ingestPath(digest, sha256(from).slice('sha256:'.length, 24));
    const file = await open(path, 'a+', 0o600).catch((error: unknown) => Promise.reject(diskError(error)));
    let wrong = true;
    try {
      let hash = hashLike(digest);
      let done = (await file.stat()).size;
      if (done > size) done = 0;
      if (done > 0) await this.#rehash(path, done, hash);
      // Everything was here and only the commit is missing: no need to ask.
      if (done < size || size === 0) {
        const { offset, body } = await source(done).catch((error: unknown) => {
          wrong = false;
          throw error;
        });
        if (offset !== done) {
          hash = hashLike(digest);
          done = offset;
        }
        await file.truncate(done);
        wrong = false;
        done = await this.#copy(body, {
          digest,
          size,
          done,
          hash,
          write: (chunks) => file.appendFile(chunks),
          signal,
          onProgress,
        }).catch((error: unknown) => {
          wrong = error instanceof ImageError && error.reason === 'invalid';
          throw error;
        });
      } else await file.truncate(done);
      wrong = true;
      if (done !== size) {
        wrong = false;
        throw new ShortBlob(digest, size, done);
      }
      const actual = `${digestParts(digest).algorithm}:${hash.digest('hex')}`;
      if (actual !== digest) throw digestMismatch(`failed commit on ref "layer-${digest}"`, digest, actual);
      wrong = false;
    } catch (error) {
      throw diskError(error);
    } finally {
      await file.close();
      if (wrong) rmSync(path, { force: true });
    }
    this.#commit(digest, path, size);
  }

  /** Takes a blob out of the store: it is gone at once under its name, and lies at `target` to be deleted. */
  discard(digest: string, target: string): number {
    const size = this.#sizes.get(digest) ?? 0;
    this.#sizes.delete(digest);
    renameSync(this.path(digest), target);
    return size;
  }

  /** What came only in part. */
  partials(): PartialBlob[] {
    return readdirSync(join(this.#root, 'ingest'))
      .map((name) => ({ name, digest: (name.split('.')[0] ?? '').replace('-', ':') }))
      .filter(({ digest }) => isDigest(digest));
  }

  /** Forgets what came of a blob; returns its bytes. */
  discardPartial({ name }: PartialBlob): number {
    const path = join(this.#root, 'ingest', name);
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    rmSync(path, { force: true });
    return size;
  }

  async #copy(
    body: AsyncIterable<Uint8Array>,
    to: {
      digest: string;
      size: number;
      done: number;
      hash: Hash;
      write: (bytes: Uint8Array) => Promise<void>;
      signal: AbortSignal;
      onProgress?: ((doneBytes: number) => void) | undefined;
    },
  ): Promise<number> {
    let { done } = to;
    let chunks: Uint8Array[] = [];
    let gathered = 0;
    // One write runs while the next bytes come in.
    let writing: Promise<void> = Promise.resolve();
    const flush = async () => {
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      chunks = [];
      gathered = 0;
      await writing;
      writing = bytes.length > 0 ? to.write(bytes) : writing;
      writing.catch(() => {}); // seen at the next await
    };
    try {
      for await (const chunk of body) {
        to.signal.throwIfAborted();
        done += chunk.length;
        if (done > to.size)
          throw new ImageError(
            'invalid',
            `blob ${to.digest}: more than the ${to.size} bytes promised by its descriptor`,
          );
        to.hash.update(chunk);
        chunks.push(chunk);
        gathered += chunk.length;
        if (gathered >= writeBytes) await flush();
        to.onProgress?.(done);
      }
    } finally {
      // Also what came before a lost connection is kept.
      await flush();
      await writing;
    }
    return done;
  }

  async #rehash(path: string, bytes: number, hash: Hash): Promise<void> {
    for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: writeBytes }))
      hash.update(chunk as Buffer);
  }

  #ingestPath(digest: string, sender: string): string {
    const { algorithm, hex } = digestParts(digest);
    return join(this.#root, 'ingest', `${algorithm}-${hex}.${sender}`);
  }

  #commit(digest: string, path: string, size: number): void {
    this.#durability.mark('blob', digest.replace(':', '-'));
    renameSync(path, this.path(digest));
    this.#sizes.set(digest, size);
  }
}

/** The source ended early: what came is kept, and another attempt continues there. */
export class ShortBlob extends ImageError {
  constructor(digest: string, size: number, done: number) {
    super('invalid', `blob ${digest}: unexpected EOF: ${done} of ${size} bytes came`);
  }
}
