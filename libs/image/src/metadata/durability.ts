import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock, Logger } from '@gantry/base';
import type { Host } from '@gantry/host';

export type DurableKind = 'blob' | 'snapshot';

export interface DurabilityOptions {
  /** The store's folder. */
  root: string;
  host: Host;
  log: Logger;
  clock: Clock;
}

/** After the last new thing, before the file system is asked to write everything down. */
const quietMs = 5_000;

/**
 * Tells what has surely reached the disk from what a power cut may have spoilt, without waiting for the disk on the way.
 *
 *     mark ──▶ write, rename (counts at once) ──▶ … syncfs in the background ──▶ mark removed
 *
 * A mark carries the boot it was made in. At the next open, things marked in another boot may be full of zeros and are
 * dropped (`suspects`); those of this boot only saw their process die, and the kernel still holds their data. The mark
 * is made before the rename that it guards, and journals keep that order (ADR 0402).
 */
export class Durability {
  readonly #options: DurabilityOptions;
  readonly #folder: string;
  readonly #boot: string;
  #timer: Disposable | undefined;
  #syncing: Promise<void> | undefined;

  constructor(options: DurabilityOptions) {
    this.#options = options;
    this.#folder = join(options.root, 'unsynced');
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  }

  /** To call before the thing gets its final name. Cheap: an empty file. */
  mark(kind: DurableKind, name: string): void {
    writeFileSync(join(this.#folder, `${this.#boot}.${kind}.${name}`), '', { mode: 0o600 });
    this.#schedule();
  }

  /** Names of the things of `kind` that an earlier boot may have left spoilt. */
  suspects(kind: DurableKind): string[] {
    return this.#marks()
      .filter((mark) => mark.kind === kind && mark.boot !== this.#boot)
      .map(({ name }) => name);
  }

  /** To call when the suspects of all kinds are gone. Things of this boot get their flush. */
  forgetSuspects(): void {
    for (const { file, boot } of this.#marks())
      if (boot !== this.#boot) rmSync(join(this.#folder, file), { force: true });
      else this.#schedule();
  }

  /** Flushes the store's file system now and takes away the marks there were before. */
  sync(): Promise<void> {
    this.#syncing ??= this.#sync().finally(() => (this.#syncing = undefined));
    return this.#syncing;
  }

  /** Marks stay; the next open sees to them. */
  async close(): Promise<void> {
    this.#timer?.[Symbol.dispose]();
    await this.#syncing;
  }

  async #sync(): Promise<void> {
    const marks = this.#marks();
    const { code, stderr } = await this.#options.host.run('sync', ['-f', this.#folder]);
    if (code !== 0) this.#options.log.warn('cannot flush the image store', { code, stderr: stderr.trim() });
    else for (const { file } of marks) rmSync(join(this.#folder, file), { force: true });
  }

  #schedule(): void {
    this.#timer?.[Symbol.dispose]();
    this.#timer = this.#options.clock.after(quietMs, () => {
      this.sync().catch((err: unknown) => this.#options.log.warn('cannot flush the image store', { err }));
    });
  }

  #marks(): { file: string; boot: string; kind: string; name: string }[] {
    return readdirSync(this.#folder).flatMap((file) => {
      const [boot, kind, ...name] = file.split('.');
      return boot && kind ? [{ file, boot, kind, name: name.join('.') }] : [];
    });
  }
}
