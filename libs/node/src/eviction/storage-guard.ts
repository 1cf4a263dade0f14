import { messageOf, type Clock, type Logger } from '@gantry/base';
import type { V1Pod } from '@gantry/api';
import type { Host } from '@gantry/host';
import { diskUsage } from './disk-usage.ts';
import { hasStorageLimit, storageExcess, type StorageExcess } from './local-storage.ts';

/** Where a pod keeps what it writes to the node's disk. */
export interface StoragePlaces {
  /** Volumes on disk, by name; those that others own (hostPath) are none. */
  volumes: ReadonlyMap<string, string>;
  /** Of containers that run: writable layer and log folder, by name. */
  containers: ReadonlyMap<string, readonly string[]>;
  /** What else there is of it. */
  others: readonly string[];
}

/** A pod as far as its use of the disk goes. */
export interface StoragePod {
  readonly pod: V1Pod;
  /** Undefined while there is nothing of it, or it is at its end. */
  storagePlaces(): StoragePlaces | undefined;
  evict(excess: StorageExcess): void;
}

export interface StorageGuardOptions {
  host: Pick<Host, 'run'>;
  clock: Clock;
  log: Logger;
  pods(): Iterable<StoragePod>;
}

/** Looking may take this share of the time at most: the next look waits so many times as long as the last one took. */
const rest = 20;
const timeoutMs = 120_000;

/** Ends pods that use more of the disk than their limits allow. Costs nothing while no pod has such a limit. */
export class StorageGuard {
  readonly #options: StorageGuardOptions;
  #busy = false;
  #lookAtMs = 0;

  constructor(options: StorageGuardOptions) {
    this.#options = options;
  }

  /** Told to every now and then (the kubelet: every 10 s); resolves when the look, if it was time for one, is done. Never rejects. */
  async look(): Promise<void> {
    const { clock, log } = this.#options;
    const beganMs = clock.monotonicMs();
    if (this.#busy || beganMs < this.#lookAtMs) return;
    this.#busy = true;
    try {
      await this.#look();
    } catch (error) {
      log.warn('use of the disk could not be looked at', { cause: messageOf(error) });
    } finally {
      this.#busy = false;
      const endMs = clock.monotonicMs();
      this.#lookAtMs = endMs + (endMs - beganMs) * rest;
    }
  }

  async #look(): Promise<void> {
    const { host, pods } = this.#options;
    const watched: [StoragePod, StoragePlaces][] = [];
    for (const each of pods()) {
      const places = hasStorageLimit(each.pod) ? each.storagePlaces() : undefined;
      if (places) watched.push([each, places]);
    }
    const paths = watched.flatMap(([, places]) => allOf(places));
    const bytes = await diskUsage(host, paths, timeoutMs);
    const sum = (some: readonly string[]) => some.reduce((total, path) => total + (bytes.get(path) ?? 0), 0);
    for (const [each, places] of watched) {
      const excess = storageExcess(each.pod, {
        volumes: new Map([...places.volumes].map(([name, path]) => [name, sum([path])])),
        containers: new Map([...places.containers].map(([name, some]) => [name, sum(some)])),
        podBytes: sum(allOf(places)),
      });
      if (excess) each.evict(excess);
    }
  }
}

function allOf({ volumes, containers, others }: StoragePlaces): string[] {
  return [...volumes.values(), ...[...containers.values()].flat(), ...others];
}
