import { statfs } from 'node:fs/promises';
import { isAbort, type Clock, type Logger } from '@gantry/base';
import type { Image, ImageStore } from '@gantry/image';

/** Above the first share of the disk, images that nobody uses go, the largest first, until the second (the kubelet's defaults). */
const highShare = 0.85;
const lowShare = 0.8;
const everyMs = 300_000;

export interface ImageCollectorOptions {
  images: ImageStore;
  clock: Clock;
  log: Logger;
  dataDir: string;
  /** References that containers of this node name. */
  inUse(): ReadonlySet<string>;
}

/** Knows which images are here, and removes some when the disk fills up. */
export class ImageCollector {
  readonly #options: ImageCollectorOptions;
  #present: readonly Image[] = [];
  #busy = false;
  #collectAtMs = 0;

  constructor(options: ImageCollectorOptions) {
    this.#options = options;
  }

  /** As of the last look. */
  get present(): readonly Image[] {
    return this.#present;
  }

  look(): void {
    if (this.#busy) return;
    this.#busy = true;
    void this.#look()
      .catch((error: unknown) => {
        if (!isAbort(error)) this.#options.log.warn('images could not be looked at', { err: error });
      })
      .finally(() => (this.#busy = false));
  }

  async #look(): Promise<void> {
    const { images, clock } = this.#options;
    this.#present = await images.list();
    if (clock.monotonicMs() < this.#collectAtMs) return;
    this.#collectAtMs = clock.monotonicMs() + everyMs;
    if ((await this.#usedShare()) > highShare) await this.#collect();
  }

  async #collect(): Promise<void> {
    const { images, log, inUse } = this.#options;
    const used = new Set<string>();
    for (const name of inUse()) used.add((await images.get(name))?.id ?? '');
    const free = this.#present.filter(({ id }) => !used.has(id)).sort((a, b) => b.sizeBytes - a.sizeBytes);
    for (const image of free) {
      for (const name of image.names) await images.remove(name);
      const freedBytes = await images.collectGarbage();
      log.info('removed an unused image: the disk is nearly full', { image: image.names[0], freedBytes });
      if ((await this.#usedShare()) < lowShare) return;
    }
  }

  async #usedShare(): Promise<number> {
    const { blocks, bavail } = await statfs(this.#options.dataDir);
    return 1 - bavail / blocks;
  }
}
