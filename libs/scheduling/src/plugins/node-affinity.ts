import type {
  V1NodeSelectorRequirement,
  V1Pod,
  V1NodeSelectorTerm,
  V1PreferredSchedulingTerm,
} from '@gantry/api';
import type { NodeInfo } from '../cluster.ts';
import { normalizeByLargest, type Plugin, type Refusal } from '../plugin.ts';

interface Wish {
  selector: readonly (readonly [string, string])[];
  /** One of them must hold; absent when the pod asks for nothing. */
  required: readonly V1NodeSelectorTerm[] | undefined;
  preferred: readonly V1PreferredSchedulingTerm[];
}

function holds({ operator, values = [] }: V1NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      const [limit = ''] = values;
      if (value === undefined || !/^-?\d+$/.test(value) || !/^-?\d+$/.test(limit)) return false;
      return operator === 'Gt' ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
    default:
      return false;
  }
}

/** All expressions of the term hold; a term without any matches no node. */
export function matchesTerm(term: V1NodeSelectorTerm, node: NodeInfo): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every((each) => holds(each, node.labels[each.key])) &&
    matchFields.every((each) => holds(each, each.key === 'metadata.name' ? node.name : undefined))
  );
}

/** Whether the pod's nodeSelector and required node affinity admit the node. */
export function admits(wish: Pick<Wish, 'selector' | 'required'>, node: NodeInfo): boolean {
  return (
    wish.selector.every(([key, value]) => node.labels[key] === value) &&
    (wish.required === undefined || wish.required.some((term) => matchesTerm(term, node)))
  );
}

export function wishOf(pod: V1Pod): Wish {
  const affinity = pod.spec.affinity?.nodeAffinity;
  return {
    selector: Object.entries(pod.spec.nodeSelector ?? {}),
    required: affinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
    preferred: affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [],
  };
}

const refusal: Refusal = { reasons: ["node(s) didn't match Pod's node affinity/selector"], final: true };

/** `spec.nodeSelector` and `spec.affinity.nodeAffinity`. */
export const nodeAffinity: Plugin<Wish> = {
  name: 'NodeAffinity',
  wakeOn: ['nodeAdded', 'nodeLabels'],
  weight: 2,
  prepare({ pod }) {
    const wish = wishOf(pod);
    return wish.selector.length === 0 && wish.required === undefined && wish.preferred.length === 0
      ? undefined
      : wish;
  },
  only: ({ required }) => required && namedNodes(required),
  filter: (wish, _pod, node) => (admits(wish, node) ? undefined : refusal),
  // A preferred term without requirements prefers nothing (upstream `NewPreferredSchedulingTerms` leaves it out).
  score: (wish, _pod, node) =>
    wish.preferred.reduce(
      (sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0),
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
