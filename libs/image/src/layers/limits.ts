/** How much of a machine one layer may take. */
export interface LayerLimits {
  /** Uncompressed, with the archive's headers. Default 10 GiB. */
  maxLayerBytes: number;
  /** Files, folders, links … in one layer. Default 1,000,000. */
  maxEntries: number;
  /** Of a path inside the layer. Default 4,096, the kernel's PATH_MAX. */
  maxPathBytes: number;
  /** Uncompressed bytes per compressed byte, counted from 1 GiB on (a file of zeros is no attack). Default 200. */
  maxRatio: number;
  /** Make block and character devices; a layer with one is refused otherwise. Default false. */
  allowDevices: boolean;
}

export const defaultLayerLimits: Readonly<LayerLimits> = Object.freeze({
  maxLayerBytes: 10 * 2 ** 30,
  maxEntries: 1_000_000,
  maxPathBytes: 4096,
  maxRatio: 200,
  allowDevices: false,
});

/** Up to here any ratio will do. */
export const ratioFreeBytes = 2 ** 30;
