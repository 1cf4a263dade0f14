import { maxScore, type Plugin } from '../plugin.ts';

const megabyte = 1024 * 1024;
const least = 23 * megabyte;
const most = 1000 * megabyte;

interface Prepared {
  /** The image of each container that has one, and which share of the nodes have it. */
  images: readonly (readonly [name: string, share: number])[];
  containers: number;
}

/** Nodes that have the pod's large images already are better; an image many nodes have counts more, so as not to heat one node. */
export const imageLocality: Plugin<Prepared> = {
  name: 'ImageLocality',
  wakeOn: [],
  prepare({ pod }, { nodes, images: held }) {
    const { containers } = pod.spec;
    const images = containers.flatMap(({ image }) => {
      const having = image && held.get(image);
      return having ? [[image, having / nodes.length] as const] : [];
    });
    return images.length > 0 ? { images, containers: containers.length } : undefined;
  },
  score({ images, containers }, node) {
    let bytes = 0;
    for (const [image, share] of images) bytes += (node.images.get(image) ?? 0) * share;
    const cap = most * containers;
    return Math.floor((maxScore * (Math.min(Math.max(bytes, least), cap) - least)) / (cap - least));
  },
};
