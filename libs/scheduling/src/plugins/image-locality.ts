import type { Plugin } from '../plugin.ts';
import { maxScore } from '../plugin.ts';

const megabyte = 1024 * 1024;
const least = 23 * megabyte;
const most = 1000 * megabyte;

/** Nodes that have the pod's large images already are better; an image many nodes have counts more, so as not to heat one node. */
export const imageLocality: Plugin<ReadonlyMap<string, number>> = {
  name: 'ImageLocality',
  wakeOn: [],
  prepare({ pod }, { nodes }) {
    const spread = new Map<string, number>();
    for (const { image } of pod.spec.containers) {
      if (!image || spread.has(image)) continue;
      let having = 0;
      for (const node of nodes) if (node.images.has(image)) having++;
      if (having > 0) spread.set(image, having / nodes.length);
    }
    return spread.size > 0 ? spread : undefined;
  },
  score(spread, { pod }, { images }) {
    let bytes = 0;
    for (const { image } of pod.spec.containers)
      if (image) bytes += (images.get(image) ?? 0) * (spread.get(image) ?? 0);
    const cap = most * pod.spec.containers.length;
    return Math.floor((maxScore * (Math.min(Math.max(bytes, least), cap) - least)) / (cap - least));
  },
};
