import { systemClock, type Clock, type Logger, type Metrics } from '@gantry/base';
import type { Host } from '@gantry/host';
import { defaultLayerLimits, type LayerLimits } from './layers/limits.ts';
import { noRegistries, type RegistriesConfig } from './registry/config.ts';

export interface ImageLimits extends LayerLimits {
  /** Of one blob as its descriptor promises it. Default 10 GiB. */
  maxBlobBytes: number;
  /** Layers fetched at once from one registry. Default 3, as docker. */
  parallelDownloads: number;
}

export interface ImageStoreOptions {
  /** The store's folder, made when missing; absolute. One process at a time. A short one leaves room for many layers. */
  root: string;
  host: Host;
  log: Logger;
  metrics?: Metrics;
  /** From `loadRegistries`. Default: none, every registry over HTTPS, localhost over HTTP. */
  registries?: RegistriesConfig;
  limits?: Partial<ImageLimits>;
  /** Default: the system's. */
  clock?: Clock;
}

export type ResolvedImageStoreOptions = Readonly<
  Omit<Required<ImageStoreOptions>, 'metrics' | 'limits'> & {
    metrics: Metrics | undefined;
    limits: Readonly<ImageLimits>;
  }
>;

export function resolveImageStoreOptions(options: ImageStoreOptions): ResolvedImageStoreOptions {
  const limits: ImageLimits = {
    ...defaultLayerLimits,
    maxBlobBytes: 10 * 2 ** 30,
    parallelDownloads: 3,
    ...options.limits,
  };
  return Object.freeze({
    registries: noRegistries,
    clock: systemClock,
    metrics: undefined,
    ...options,
    limits: Object.freeze(limits),
  });
}
