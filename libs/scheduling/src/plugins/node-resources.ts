import { resourceShortages } from '@gantry/api';
import type { NodeInfo, PodInfo } from '../cluster.ts';
import { maxScore, type Plugin } from '../plugin.ts';

type Weight = PodInfo['weight'];

/**
 * The sums of requests must stay within what the node can give; of those that can, the one with most left is best (LeastAllocated).
 */
export const nodeResourcesFit: Plugin<Pick<PodInfo, 'requests' | 'weight'>> = {
  name: 'NodeResourcesFit',
  wakeOn: ['nodeAdded', 'nodeAllocatable', 'podGone'],
  prepare: ({ requests, weight }) => ({ requests, weight }),
  filter({ requests }, { allocatable, requested, pods }) {
    const shortages = resourceShortages(requests, allocatable, requested, pods.size);
    return (
      shortages && {
        reasons: shortages.map(({ resource }) =>
          resource === 'pods' ? 'Too many pods' : `Insufficient ${resource}`,
        ),
        final: shortages.some((each) => each.resource !== 'pods' && each.requested > each.capacity),
      }
    );
  },
  score({ weight }, node) {
    const { cpu, memory } = shares(weight, node);
    return Math.floor((left(cpu) + left(memory)) / 2);
  },
};

/** Nodes whose CPU and memory would be used to a like degree are better: neither runs out while the other lies idle. */
export const nodeResourcesBalanced: Plugin<Weight> = {
  name: 'NodeResourcesBalancedAllocation',
  wakeOn: [],
  prepare: ({ weight }) => weight,
  score(asked, node) {
    const { cpu, memory } = shares(asked, node);
    return Math.floor((1 - Math.abs(Math.min(cpu, 1) - Math.min(memory, 1)) / 2) * maxScore);
  },
};

/** The share of each resource that would be asked for with this pod on the node; a node without the resource counts as full. */
function shares(asked: Weight, { allocatable, weight }: NodeInfo): { cpu: number; memory: number } {
  return {
    cpu: allocatable.cpuMilli > 0 ? (weight.cpuMilli + asked.cpuMilli) / allocatable.cpuMilli : 1,
    memory:
      allocatable.memoryBytes > 0 ? (weight.memoryBytes + asked.memoryBytes) / allocatable.memoryBytes : 1,
  };
}

const left = (share: number) => (share > 1 ? 0 : Math.floor((1 - share) * maxScore));
