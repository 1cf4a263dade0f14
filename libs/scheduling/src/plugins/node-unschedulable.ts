import { tolerates, type V1Toleration } from '@gantry/api';
import type { Plugin } from '../plugin.ts';

/** Cordoned nodes, unless the pod tolerates the taint that stands for it. */
export const nodeUnschedulable: Plugin<readonly V1Toleration[]> = {
  name: 'NodeUnschedulable',
  wakeOn: ['nodeAdded', 'nodeTaints'],
  prepare: ({ pod }) => pod.spec.tolerations ?? [],
  filter: (tolerations, _pod, { node }) =>
    node.spec.unschedulable &&
    !tolerations.some((each) =>
      tolerates(each, { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }),
    )
      ? ['node(s) were unschedulable']
      : undefined,
};
