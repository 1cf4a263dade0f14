import type { Resources } from '../runtime.ts';

/** Length of a CFS period in microseconds: the kernel's and the kubelet's default. */
export const cpuPeriodUs = 100_000;
/** The least the kernel takes, in microseconds (`min_cfs_quota_period`). */
const leastQuotaUs = 1_000;
const leastShares = 2;
const mostShares = 262_144;

/** `cpu.shares` of a request: 1024 for a core, as the kubelet's `MilliCPUToShares` counts. */
export function sharesOf(milli: number): number {
  return milli <= 0
    ? leastShares
    : Math.min(mostShares, Math.max(leastShares, Math.floor((milli * 1024) / 1000)));
}

/** `cpu.weight` (1…10000) of `cpu.shares` (2…262144), KEP-2254. */
export function weightOf(shares: number): number {
  const bounded = Math.min(mostShares, Math.max(leastShares, shares));
  return Math.floor(1 + ((bounded - 2) * 9999) / 262_142);
}

/** Microseconds of CPU in each period; undefined for no limit. */
export function quotaOf(milli: number | undefined): number | undefined {
  if (milli === undefined || milli <= 0) return undefined;
  return Math.max(leastQuotaUs, Math.floor((milli * cpuPeriodUs) / 1000));
}

/** Throws for what the kernel would refuse in words that name no field. */
export function checkResources(resources: Resources): void {
  for (const name of ['cpuRequestMilli', 'cpuLimitMilli', 'memoryLimitBytes', 'pidsLimit'] as const) {
    const value = resources[name];
    if (value !== undefined && !(Number.isFinite(value) && value >= 0))
      throw new Error(`invalid ${name}: ${value}; expected a number that is not negative`);
  }
  const adj = resources.oomScoreAdj;
  if (adj !== undefined && !(Number.isInteger(adj) && adj >= -1000 && adj <= 1000))
    throw new Error(`invalid oomScoreAdj: ${adj}; expected -1000 to 1000`);
}
