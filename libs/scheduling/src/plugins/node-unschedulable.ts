import { tolerates, type V1Toleration } from '@gantry/api';
import type { Plugin, Refusal } from '../plugin.ts';

const refusal: Refusal = { reasons: ['node(s) were unschedulable'], final: true };

/** Cordoned nodes, unless the pod tolerates the taint that stands for it. */
export const nodeUnschedulable: Plugin<readonly V1Toleration[]> = {
  name: 'NodeUnschedulable',
  wakeOn: ['nodeAdded', 'nodeTaints'],
  prepare: ({ pod }) => pod.spec.tolerations ?? [],
  filter: (tolerations, { node }) =>
    node.spec.unschedulable &&
    !tolerations.some((each) =>
      tolerates(each, { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }),
    )
      ? refusal
      : undefined,
};
