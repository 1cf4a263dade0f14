import {
  admitsNode,
  matchesNodeTerm,
  nodeAffinityMismatch,
  nodeDemand,
  type NodeDemand,
  type V1NodeSelectorTerm,
  type V1PreferredSchedulingTerm,
} from '@gantry/api';
import { normalizeByLargest, type Plugin, type Refusal } from '../plugin.ts';

interface Wish extends NodeDemand {
  preferred: readonly V1PreferredSchedulingTerm[];
}

const refusal: Refusal = { reasons: [nodeAffinityMismatch], final: true };

/** `spec.nodeSelector` and `spec.affinity.nodeAffinity`. */
export const nodeAffinity: Plugin<Wish> = {
  name: 'NodeAffinity',
  wakeOn: ['nodeAdded', 'nodeLabels'],
  weight: 2,
  prepare({ pod }) {
    const preferred = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    const wish = { ...nodeDemand(pod), preferred };
    return wish.selector.length === 0 && wish.required === undefined && wish.preferred.length === 0
      ? undefined
      : wish;
  },
  only: ({ required }) => required && namedNodes(required),
  filter: (wish, node) => (admitsNode(wish, node) ? undefined : refusal),
  // A preferred term without requirements prefers nothing (upstream `NewPreferredSchedulingTerms` leaves it out).
  score: (wish, node) =>
    wish.preferred.reduce(
      (sum, { weight, preference }) => sum + (matchesNodeTerm(preference, node) ? weight : 0),
      0,
    ),
  normalize: (_wish, scores) => normalizeByLargest(scores, false),
};

/** The nodes that the terms name by `metadata.name In`; undefined when some term names none. */
function namedNodes(terms: readonly V1NodeSelectorTerm[]): ReadonlySet<string> | undefined {
  const all = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const lists = matchFields
      .filter(({ key, operator }) => key === 'metadata.name' && operator === 'In')
      .map(({ values = [] }) => values);
    const [first, ...rest] = lists;
    if (!first) return undefined;
    for (const name of first) if (rest.every((list) => list.includes(name))) all.add(name);
  }
  return all;
}
