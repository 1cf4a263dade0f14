import type { Plugin, Refusal } from '../plugin.ts';

const refusal: Refusal = { reasons: ["node(s) didn't match the requested node name"], final: true };

/** `spec.nodeName` of a pod that asks for one node and yet went through the scheduler. */
export const nodeName: Plugin<string> = {
  name: 'NodeName',
  wakeOn: ['nodeAdded'],
  prepare: ({ pod }) => pod.spec.nodeName || undefined,
  filter: (wanted, node) => (node.name === wanted ? undefined : refusal),
};
