import {
  admitsNode,
  labelSelectorMatches,
  nodeDemand,
  tolerates,
  type V1LabelSelector,
  type V1TopologySpreadConstraint,
} from '@gantry/api';
import type { NodeInfo, PodInfo, Snapshot } from '../cluster.ts';
import { maxScore, type Plugin, type Refusal } from '../plugin.ts';

interface Constraint {
  topologyKey: string;
  maxSkew: number;
  hard: boolean;
  minDomains: number;
  /** Whether the pod itself will be counted: 1 or 0. */
  self: number;
  /** Matching pods by value of the topology key, over the nodes that count. */
  counts: Map<string, number>;
  /** The fewest in any domain; 0 when there are fewer domains than `minDomains`. */
  fewest: number;
}

interface Prepared {
  hard: readonly Constraint[];
  soft: readonly Constraint[];
}

const reason = "node(s) didn't match pod topology spread constraints";
const mismatch: Refusal = { reasons: [reason], final: false };
const missingLabel: Refusal = { reasons: [`${reason} (missing required label)`], final: true };

/**
 * `spec.topologySpreadConstraints`; for pods without any that a controller made, the pods of that controller are spread softly over
 * hosts and zones (KEP-895, KEP-1258).
 */
export const podTopologySpread: Plugin<Prepared> = {
  name: 'PodTopologySpread',
  wakeOn: ['nodeAdded', 'nodeRemoved', 'nodeLabels', 'podGone', 'podPlaced'],
  weight: 2,
  prepare(info, snapshot) {
    const wanted = info.pod.spec.topologySpreadConstraints ?? [];
    const constraints =
      wanted.length > 0
        ? wanted.map((each) => explicit(each, keysLike(each, wanted), info, snapshot))
        : byOwner(info, snapshot);
    if (constraints.length === 0) return undefined;
    return { hard: constraints.filter((each) => each.hard), soft: constraints.filter((each) => !each.hard) };
  },
  filter({ hard }, _info, node) {
    for (const { topologyKey, counts, self, fewest, maxSkew } of hard) {
      const domain = node.labels[topologyKey];
      if (domain === undefined) return missingLabel;
      if ((counts.get(domain) ?? 0) + self - fewest > maxSkew) return mismatch;
    }
    return undefined;
  },
  score({ soft }, _info, node) {
    let sum = 0;
    for (const { topologyKey, counts, maxSkew } of soft) {
      const domain = node.labels[topologyKey];
      // A node outside of the topology takes part in no domain: the worst place.
      if (domain === undefined) return Number.POSITIVE_INFINITY;
      sum += (counts.get(domain) ?? 0) * Math.log(counts.size + 2) + (maxSkew - 1);
    }
    return sum;
  },
  normalize(_prepared, scores) {
    const finite = scores.filter(Number.isFinite);
    const most = Math.max(0, ...finite);
    const least = finite.length > 0 ? Math.min(...finite) : 0;
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      if (!Number.isFinite(score)) scores[i] = 0;
      else scores[i] = most === 0 ? maxScore : Math.floor((maxScore * (most + least - score)) / most);
    }
  },
};

/** The keys that a node needs all of to be counted: those of the pod's constraints of this one's hardness. */
function keysLike(
  { whenUnsatisfiable }: V1TopologySpreadConstraint,
  all: readonly V1TopologySpreadConstraint[],
): string[] {
  return all.filter((each) => each.whenUnsatisfiable === whenUnsatisfiable).map((each) => each.topologyKey);
}

function explicit(
  wanted: V1TopologySpreadConstraint,
  keys: readonly string[],
  info: PodInfo,
  snapshot: Snapshot,
): Constraint {
  const { metadata, spec } = info.pod;
  const selector = withLabelKeys(wanted, metadata.labels ?? {});
  const demand = nodeDemand(info.pod);
  const counts = new Map<string, number>();
  for (const node of snapshot.nodes) {
    const domain = node.labels[wanted.topologyKey];
    if (domain === undefined || !keys.every((key) => key in node.labels)) continue;
    if ((wanted.nodeAffinityPolicy ?? 'Honor') === 'Honor' && !admitsNode(demand, node)) continue;
    if (wanted.nodeTaintsPolicy === 'Honor' && !toleratesAll(node, spec.tolerations ?? [])) continue;
    let matching = 0;
    for (const { pod } of node.pods.values())
      if (
        pod.metadata.namespace === metadata.namespace &&
        pod.metadata.deletionTimestamp === undefined &&
        labelSelectorMatches(selector, pod.metadata.labels)
      )
        matching++;
    counts.set(domain, (counts.get(domain) ?? 0) + matching);
  }
  const minDomains = wanted.minDomains ?? 1;
  return {
    topologyKey: wanted.topologyKey,
    maxSkew: wanted.maxSkew,
    hard: wanted.whenUnsatisfiable === 'DoNotSchedule',
    minDomains,
    self: labelSelectorMatches(selector, metadata.labels) ? 1 : 0,
    counts,
    fewest: counts.size < minDomains ? 0 : smallest(counts),
  };
}

/** The constraint's selector, narrowed to the pod's own values of `matchLabelKeys`. */
function withLabelKeys(
  wanted: V1TopologySpreadConstraint,
  labels: Record<string, string>,
): V1LabelSelector | undefined {
  const keys = (wanted.matchLabelKeys ?? []).filter((key) => key in labels);
  if (keys.length === 0) return wanted.labelSelector;
  return {
    ...wanted.labelSelector,
    matchExpressions: [
      ...(wanted.labelSelector?.matchExpressions ?? []),
      ...keys.map((key) => ({ key, operator: 'In', values: [labels[key]!] })),
    ],
  };
}

/** Upstream's cluster defaults, over the pods of the same controller: counted per node as pods come and go, so no pod is looked at here. */
function byOwner({ owner }: PodInfo, snapshot: Snapshot): Constraint[] {
  if (!owner) return [];
  return [
    { topologyKey: 'kubernetes.io/hostname', maxSkew: 3 },
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
  ].flatMap(({ topologyKey, maxSkew }) => {
    const counts = new Map<string, number>();
    for (const node of snapshot.nodes) {
      const domain = node.labels[topologyKey];
      if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + (node.owners.get(owner) ?? 0));
    }
    // A topology that no node has says nothing.
    if (counts.size === 0) return [];
    return [{ topologyKey, maxSkew, hard: false, minDomains: 1, self: 1, counts, fewest: smallest(counts) }];
  });
}

function smallest(counts: ReadonlyMap<string, number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const count of counts.values()) least = Math.min(least, count);
  return Number.isFinite(least) ? least : 0;
}

const toleratesAll = (node: NodeInfo, tolerations: Parameters<typeof tolerates>[0][]) =>
  node.taints.every(
    (taint) =>
      taint.effect === 'PreferNoSchedule' || tolerations.some((toleration) => tolerates(toleration, taint)),
  );
