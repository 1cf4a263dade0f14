import { tolerates, type V1Toleration } from '@gantry/api';
import { normalizeByLargest, type Plugin, type Refusal } from '../plugin.ts';

/** Which taint is not said: upstream keeps taints, which may tell of more than its owner, out of pods (kubernetes #134740). */
const refusal: Refusal = { reasons: ['node(s) had untolerated taint(s)'], final: true };

/** NoSchedule and NoExecute taints keep pods off that do not tolerate them; PreferNoSchedule ones make a node worse. */
export const taintToleration: Plugin<readonly V1Toleration[]> = {
  name: 'TaintToleration',
  wakeOn: ['nodeAdded', 'nodeTaints'],
  weight: 3,
  prepare: ({ pod }) => pod.spec.tolerations ?? [],
  filter: (tolerations, { taints }) =>
    taints.some(
      (each) =>
        each.effect !== 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, each)),
    )
      ? refusal
      : undefined,
  score: (tolerations, { taints }) =>
    taints.filter(
      (each) =>
        each.effect === 'PreferNoSchedule' && !tolerations.some((toleration) => tolerates(toleration, each)),
    ).length,
  normalize: (_prepared, scores) => normalizeByLargest(scores, true),
};
