import type { Platform } from './image.ts';

/** Node's names of processors in Go's, which images use. */
const architectures: Record<string, string> = { x64: 'amd64', ia32: '386', arm64: 'arm64', arm: 'arm' };

/** This machine's. An image runs on Linux here, whatever. */
export function hostPlatform(): Platform {
  const architecture = architectures[process.arch] ?? process.arch;
  return architecture === 'arm'
    ? { os: 'linux', architecture, variant: 'v7' }
    : { os: 'linux', architecture };
}

/**
 * How well an image made for `offered` runs on `wanted`: 0 best, undefined not at all. As containerd's `platforms`
 * package: arm v7 also runs v6 and v5 and likes the nearest best; arm64 `v8` and amd64 `v1` are the same as no variant;
 * a host without a variant takes none that asks for more.
 */
export function platformRank(wanted: Platform, offered: Platform): number | undefined {
  const [want, offer] = [normalize(wanted), normalize(offered)];
  if (want.os !== offer.os || want.architecture !== offer.architecture) return undefined;
  if (want.variant === offer.variant) return 0;
  const distance = level(want.variant) - level(offer.variant);
  return Number.isNaN(distance) || distance < 0 ? undefined : distance;
}

const spellings: Record<string, string> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  i386: '386',
  armhf: 'arm',
};
const baseline: Record<string, string> = { arm64: 'v8', amd64: 'v1', arm: 'v7' };

function normalize(platform: Platform): Required<Platform> {
  const spelt = platform.architecture.toLowerCase();
  const architecture = spellings[spelt] ?? spelt;
  const variant = (platform.variant ?? '').toLowerCase() || (baseline[architecture] ?? '');
  return {
    os: platform.os.toLowerCase(),
    architecture,
    variant: /^\d/.test(variant) ? `v${variant}` : variant,
  };
}

function level(variant: string): number {
  return variant === '' ? 0 : /^v\d+$/.test(variant) ? Number(variant.slice(1)) : NaN;
}
