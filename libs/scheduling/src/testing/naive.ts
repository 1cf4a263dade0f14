import {
  labelSelectorMatches,
  admitsNode,
  nodeDemand,
  tolerates,
  type V1TopologySpreadConstraint,
} from '@gantry/api';
import type { NodeInfo, PodInfo, Snapshot } from '../cluster.ts';
import type { CycleOptions } from '../cycle.ts';
import type { Plugin } from '../plugin.ts';

/** What the decision must come to: where the pod goes, or each node's reasons, in order. */
export type NaiveDecision =
  | { readonly nodeName: string; readonly feasible: number; readonly evaluated: number }
  | { readonly reasons: ReadonlyMap<string, number>; readonly plugins: ReadonlyMap<string, boolean> };

interface Judge {
  filter?(node: NodeInfo): { reasons: readonly string[]; final: boolean } | undefined;
  score?(node: NodeInfo): number;
  normalize?(scores: number[]): void;
}

/**
 * The decision as the rules read, with nothing remembered, indexed or counted ahead: every node is asked anew by every plugin, and every
 * pod is looked at to see how others are spread. What `schedule` is compared with.
 */
export function naiveSchedule(
  pod: PodInfo,
  snapshot: Snapshot,
  options: Required<Pick<CycleOptions, 'plugins' | 'random' | 'startAt' | 'enough'>>,
): NaiveDecision {
  const anew = withoutMemory(snapshot);
  const judges = options.plugins.map((plugin) => ({ plugin, judge: judgeOf(plugin, pod, anew) }));
  const feasible: NodeInfo[] = [];
  const reasons = new Map<string, number>();
  const plugins = new Map<string, boolean>();
  let evaluated = 0;
  const { nodes } = snapshot;
  while (evaluated < nodes.length && feasible.length < options.enough) {
    const node = nodes[(options.startAt + evaluated++) % nodes.length]!;
    const refusals = judges.flatMap(({ plugin, judge }) => {
      const refusal = judge.filter?.(node);
      return refusal ? [{ by: plugin.name, ...refusal }] : [];
    });
    const [first] = refusals;
    if (!first) feasible.push(node);
    else {
      for (const reason of first.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      plugins.set(first.by, !first.final || plugins.get(first.by) === true);
    }
  }
  if (feasible.length === 0) return { reasons, plugins };
  const totals = feasible.map(() => 0);
  for (const { plugin, judge } of judges) {
    if (!judge.score) continue;
    const scores = feasible.map((node) => judge.score!(node));
    judge.normalize?.(scores);
    for (const [i, score] of scores.entries()) totals[i]! += (plugin.weight ?? 1) * score;
  }
  const best = feasible.filter((_, i) => totals[i] === Math.max(...totals));
  // One lot is drawn, and only where there is something to choose from.
  const { name } = feasible.length === 1 ? best[0]! : best[Math.floor(options.random() * best.length)]!;
  return { nodeName: name, feasible: feasible.length, evaluated };
}

function withoutMemory(snapshot: Snapshot): Snapshot {
  const images = new Map<string, number>();
  for (const node of snapshot.nodes)
    for (const image of node.images.keys()) images.set(image, (images.get(image) ?? 0) + 1);
  return {
    nodes: snapshot.nodes,
    images,
    node: (name) => snapshot.nodes.find((each) => each.name === name),
    ofOwner: () => new Map(),
    derive: (_key, make) => make(),
  };
}

function judgeOf(plugin: Plugin, pod: PodInfo, snapshot: Snapshot): Judge {
  if (plugin.name === 'PodTopologySpread') return naiveSpread(pod, snapshot, plugin);
  const prepared = plugin.prepare(pod, snapshot);
  if (prepared === undefined) return {};
  return {
    filter: (node) => plugin.filter?.(prepared, node),
    ...(plugin.score ? { score: (node: NodeInfo) => plugin.score!(prepared, node) } : {}),
    normalize: (scores) => plugin.normalize?.(prepared, scores),
  };
}

interface Counted {
  wanted: V1TopologySpreadConstraint;
  /** Matching pods by value of the topology key, over the nodes that count. */
  counts: Map<string, number>;
  self: number;
}

function naiveSpread(info: PodInfo, snapshot: Snapshot, plugin: Plugin): Judge {
  const { metadata, spec } = info.pod;
  const own = spec.topologySpreadConstraints ?? [];
  const defaults = (info.owner ? ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'] : []).map(
    (topologyKey, i): V1TopologySpreadConstraint => ({
      topologyKey,
      maxSkew: [3, 5][i]!,
      whenUnsatisfiable: 'ScheduleAnyway',
      nodeAffinityPolicy: 'Ignore',
    }),
  );
  const count = (
    wanted: V1TopologySpreadConstraint,
    matches: (other: PodInfo) => boolean,
    keys: string[],
  ) => {
    const counts = new Map<string, number>();
    for (const node of snapshot.nodes) {
      if (!keys.every((key) => key in node.labels)) continue;
      if (wanted.nodeAffinityPolicy !== 'Ignore' && !admitsNode(nodeDemand(info.pod), node)) continue;
      const untolerated = node.taints.some(
        (taint) =>
          taint.effect !== 'PreferNoSchedule' &&
          !(spec.tolerations ?? []).some((each) => tolerates(each, taint)),
      );
      if (wanted.nodeTaintsPolicy === 'Honor' && untolerated) continue;
      const domain = node.labels[wanted.topologyKey]!;
      const matching = [...node.pods.values()].filter(matches).length;
      counts.set(domain, (counts.get(domain) ?? 0) + matching);
    }
    return counts;
  };
  const constraints: Counted[] =
    own.length > 0
      ? own.map((wanted) => {
          const alike = (wanted.matchLabelKeys ?? []).filter((key) => key in (metadata.labels ?? {}));
          const matches = (labels: Record<string, string> | undefined) =>
            labelSelectorMatches(wanted.labelSelector, labels) &&
            alike.every((key) => labels?.[key] === metadata.labels![key]);
          const keys = own
            .filter((each) => each.whenUnsatisfiable === wanted.whenUnsatisfiable)
            .map(({ topologyKey }) => topologyKey);
          const others = ({ pod }: PodInfo) =>
            pod.metadata.namespace === metadata.namespace &&
            pod.metadata.deletionTimestamp === undefined &&
            matches(pod.metadata.labels);
          return { wanted, counts: count(wanted, others, keys), self: matches(metadata.labels) ? 1 : 0 };
        })
      : defaults
          .map((wanted) => ({
            wanted,
            counts: count(wanted, ({ owner }) => owner === info.owner, [wanted.topologyKey]),
            self: 1,
          }))
          .filter(({ counts }) => counts.size > 0);
  if (constraints.length === 0) return {};
  const reason = "node(s) didn't match pod topology spread constraints";
  const soft = constraints.filter(({ wanted }) => wanted.whenUnsatisfiable === 'ScheduleAnyway');
  return {
    filter(node) {
      for (const { wanted, counts, self } of constraints) {
        if (wanted.whenUnsatisfiable !== 'DoNotSchedule') continue;
        const domain = node.labels[wanted.topologyKey];
        if (domain === undefined) return { reasons: [`${reason} (missing required label)`], final: true };
        const fewest = counts.size < (wanted.minDomains ?? 1) ? 0 : Math.min(...counts.values());
        if ((counts.get(domain) ?? 0) + self - fewest > wanted.maxSkew)
          return { reasons: [reason], final: false };
      }
      return undefined;
    },
    // In this order of additions: floating-point sums depend on it, and ties on the sums.
    score: (node) =>
      Math.round(
        soft.reduce((sum, { wanted, counts }) => {
          const domain = node.labels[wanted.topologyKey];
          if (domain === undefined) return Number.POSITIVE_INFINITY;
          return sum + ((counts.get(domain) ?? 0) * Math.log(counts.size + 2) + (wanted.maxSkew - 1));
        }, 0),
      ),
    normalize: (scores) => plugin.normalize?.(undefined, scores),
  };
}
