import type { V1Pod } from '@gantry/api';

/** Index of pods by the node that they are bound to. */
export const byNode = { node: (pod: V1Pod): string[] => (pod.spec.nodeName ? [pod.spec.nodeName] : []) };
