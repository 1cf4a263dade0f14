import { tolerates, type V1Toleration } from '@gantry/api';
import { normalizeByLargest, type Plugin } from '../plugin.ts';

/** NoSchedule and NoExecute taints keep pods off that do not tolerate them; PreferNoSchedule ones make a node worse. */
export const taintToleration: Plugin<readonly V1Toleration[]> = {
  name: 'TaintToleration',
  wakeOn: ['nodeAdded', 'nodeTaints'],
  weight: 3,
  prepare: ({ pod }) => pod.spec.tolerations ?? [],
  filter(tolerations, _pod, { taints }) {
    const taint = taints.find(
      (each) =>
        each.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, each)),
    );
    return taint && [`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ''}}`];
  },
  score: (tolerations, _pod, { taints }) =>
    taints.filter(
      (each) =>
        each.effect === 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, each)),
    ).length,
  normalize: (_prepared, scores) => normalizeByLargest(scores, true),
};
