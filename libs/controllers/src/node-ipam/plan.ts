import type { V1Node } from '@gantry/api';
import { formatCidr, overlap, parseCidr, subnet, subnetCount, type Cidr } from './cidr.ts';

/** Where the pods of the nodes get their addresses from. */
export interface PodRange {
  readonly whole: Cidr;
  /** Length of a node's share: 24 for IPv4, 64 for IPv6. */
  readonly nodePrefix: number;
}

/** `10.42.0.0/16` or a pair of both families. Nodes get a /24, or a /64. @throws RangeError */
export function parsePodRanges(text: string): PodRange[] {
  return text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .map((each) => {
      const whole = parseCidr(each);
      const nodePrefix = whole.version === 4 ? 24 : 64;
      if (nodePrefix < whole.prefix)
        throw new RangeError(`the cluster CIDR ${each} is smaller than a node's share (/${nodePrefix})`);
      return { whole, nodePrefix };
    });
}

export function podCidrsOf(node: V1Node): readonly string[] {
  return node.spec.podCIDRs ?? (node.spec.podCIDR ? [node.spec.podCIDR] : []);
}

/**
 * A free share of each range, the lowest first; undefined when one is exhausted. `taken` are the shares of all nodes; what overlaps
 * `reserved` (the service range) is never given out.
 */
export function planShares(
  ranges: readonly PodRange[],
  taken: ReadonlySet<string>,
  reserved: readonly Cidr[],
): string[] | undefined {
  const foreign = [...taken].flatMap((text) => {
    try {
      return [parseCidr(text)];
    } catch {
      return [];
    }
  });
  const shares: string[] = [];
  for (const { whole, nodePrefix } of ranges) {
    // Shares of another size, from before the settings were changed, must be compared as ranges.
    const obstacles = [
      ...reserved,
      ...foreign.filter(({ version, prefix }) => version === whole.version && prefix !== nodePrefix),
    ];
    const share = firstFree(whole, nodePrefix, taken, obstacles);
    if (share === undefined) return undefined;
    shares.push(share);
  }
  return shares;
}

function firstFree(
  whole: Cidr,
  prefix: number,
  taken: ReadonlySet<string>,
  obstacles: readonly Cidr[],
): string | undefined {
  const count = subnetCount(whole, prefix);
  for (let index = 0; index < count; index++) {
    const candidate = subnet(whole, prefix, index);
    const text = formatCidr(candidate);
    if (!taken.has(text) && !obstacles.some((obstacle) => overlap(obstacle, candidate))) return text;
  }
  return undefined;
}
