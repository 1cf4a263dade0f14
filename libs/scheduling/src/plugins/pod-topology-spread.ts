import {
  admitsNode,
  labelRequirements,
  matchesLabels,
  nodeDemand,
  tolerates,
  type V1LabelSelector,
  type V1TopologySpreadConstraint,
} from '@gantry/api';
import type { NodeInfo, PodInfo, Snapshot } from '../cluster.ts';
import { maxScore, type Plugin, type Refusal } from '../plugin.ts';
import { Tally, Topology } from '../tally.ts';

interface Constraint {
  tally: Tally;
  maxSkew: number;
  hard: boolean;
  /** Whether the pod itself will be counted: 1 or 0. */
  self: number;
  /** The fewest in any domain; 0 when there are fewer domains than `minDomains`. */
  fewest: number;
  /** What one pod counts in scores: more where there are more domains. */
  weight: number;
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
  comparesNodes: true,
  prepare(info, snapshot) {
    const wanted = info.pod.spec.topologySpreadConstraints ?? [];
    const constraints =
      wanted.length > 0
        ? wanted.map((each) => explicit(each, keysLike(each, wanted), info, snapshot))
        : byOwner(info, snapshot);
    if (constraints.length === 0) return undefined;
    return { hard: constraints.filter((each) => each.hard), soft: constraints.filter((each) => !each.hard) };
  },
  filter({ hard }, node) {
    for (const { tally, self, fewest, maxSkew } of hard) {
      const count = tally.around(node);
      if (count === undefined) return missingLabel;
      if (count + self - fewest > maxSkew) return mismatch;
    }
    return undefined;
  },
  score({ soft }, node) {
    let sum = 0;
    for (const { tally, weight, maxSkew } of soft) {
      const count = tally.around(node);
      // A node outside of the topology takes part in no domain: the worst place.
      if (count === undefined) return Number.POSITIVE_INFINITY;
      sum += count * weight + (maxSkew - 1);
    }
    // As upstream: a difference of less than one pod in a domain of many is none.
    return Math.round(sum);
  },
  normalize(_prepared, scores) {
    let most = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const score of scores) {
      if (!Number.isFinite(score)) continue;
      most = Math.max(most, score);
      least = Math.min(least, score);
    }
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
  const { topologyKey, maxSkew, nodeAffinityPolicy = 'Honor', nodeTaintsPolicy, minDomains = 1 } = wanted;
  const requirements = labelRequirements(withLabelKeys(wanted, metadata.labels ?? {}));
  const demand = nodeAffinityPolicy === 'Honor' ? nodeDemand(info.pod) : undefined;
  const tolerations = nodeTaintsPolicy === 'Honor' ? (spec.tolerations ?? []) : undefined;
  const counted = (node: NodeInfo) =>
    keys.every((key) => key in node.labels) &&
    (!demand || admitsNode(demand, node)) &&
    (!tolerations || toleratesAll(node, tolerations));
  const matching = ({ pod }: PodInfo) =>
    requirements !== undefined &&
    pod.metadata.namespace === metadata.namespace &&
    pod.metadata.deletionTimestamp === undefined &&
    matchesLabels(requirements, pod.metadata.labels);
  const rests = JSON.stringify([topologyKey, keys, metadata.namespace, requirements, demand, tolerations]);
  const tally = snapshot.derive(`spread ${rests}`, () => {
    const made = new Tally(topologyOf(topologyKey, snapshot), matching, counted);
    for (const node of snapshot.nodes)
      for (const each of node.pods.values()) if (matching(each)) made.add(node, 1);
    return made;
  });
  const self = requirements !== undefined && matchesLabels(requirements, metadata.labels) ? 1 : 0;
  const hard = wanted.whenUnsatisfiable === 'DoNotSchedule';
  return constraint(tally, { maxSkew, hard, self, minDomains });
}

function constraint(
  tally: Tally,
  { minDomains, ...rest }: Pick<Constraint, 'maxSkew' | 'hard' | 'self'> & { minDomains: number },
): Constraint {
  const fewest = tally.domains < minDomains ? 0 : tally.fewest;
  return { tally, ...rest, fewest, weight: Math.log(tally.domains + 2) };
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

/** Upstream's cluster defaults, over the pods of the same controller. */
function byOwner({ owner }: PodInfo, snapshot: Snapshot): Constraint[] {
  if (!owner) return [];
  return [
    { topologyKey: 'kubernetes.io/hostname', maxSkew: 3 },
    { topologyKey: 'topology.kubernetes.io/zone', maxSkew: 5 },
  ].flatMap(({ topologyKey, maxSkew }) => {
    const topology = topologyOf(topologyKey, snapshot);
    // A topology that no node has says nothing.
    if (topology.domains === 0) return [];
    const tally = snapshot.derive(`spread by owner ${topologyKey} ${owner}`, () => {
      const made = new Tally(topology, (each) => each.owner === owner);
      for (const [node, count] of snapshot.ofOwner(owner)) made.add(node, count);
      return made;
    });
    return [constraint(tally, { maxSkew, hard: false, self: 1, minDomains: 1 })];
  });
}

function topologyOf(key: string, snapshot: Snapshot): Topology {
  return snapshot.derive(`topology ${key}`, () => new Topology(key, snapshot.nodes));
}

const toleratesAll = (node: NodeInfo, tolerations: Parameters<typeof tolerates>[0][]) =>
  node.taints.every(
    (taint) =>
      taint.effect === 'PreferNoSchedule' || tolerations.some((toleration) => tolerates(toleration, taint)),
  );
