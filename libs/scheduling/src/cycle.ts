import type { Random } from '@gantry/base';
import { withoutLower, type NodeInfo, type PodInfo, type Snapshot } from './cluster.ts';
import type { ClusterEvent, Plugin, Refusal } from './plugin.ts';

/** Where a pod goes, or why it can go nowhere. */
export type Decision =
  | { readonly nodeName: string; readonly feasible: number; readonly evaluated: number }
  | { readonly nodeName: undefined; readonly refusals: Refusals };

/** For a pod that fits nowhere: each node's reasons, counted, and who gave them. */
export interface Refusals {
  readonly nodes: number;
  /** How many nodes gave each reason. */
  readonly reasons: ReadonlyMap<string, number>;
  /** Which plugins refused, and whether for any node because of the pods that are there. */
  readonly plugins: ReadonlyMap<string, boolean>;
  /** Why removing pods of a lower priority would not help either; undefined when it would. */
  readonly preemption: string | undefined;
}

/** The parts of a decision, by the names of upstream's scheduling framework. */
export type ExtensionPoint = 'PreFilter' | 'Filter' | 'Score';

export interface CycleOptions {
  plugins: readonly Plugin[];
  /** Breaks ties between equally good nodes. */
  random: Random;
  /** Where to begin looking, so that in large clusters all nodes get their turn; the caller moves it on by `evaluated`. */
  startAt?: number;
  /** Told at the end of each part, for who measures. */
  onPoint?: (point: ExtensionPoint, isSuccess: boolean) => void;
  /** Stop filtering once so many nodes fit. Default: see {@link enoughNodes}. */
  enough?: number;
}

/**
 * How many fitting nodes are enough to choose from: all below 100 nodes, then a share that falls from 50 % to 5 % as the cluster
 * grows (upstream `numFeasibleNodesToFind`).
 */
export function enoughNodes(nodes: number): number {
  if (nodes < 100) return nodes;
  return Math.max(100, Math.floor((nodes * Math.max(5, 50 - nodes / 125)) / 100));
}

/**
 * The scheduling decision, a pure function: filter the nodes by every plugin, score those that are left, take the best. Changes
 * nothing and remembers nothing, so "why" and "what if" can be asked of any snapshot.
 */
export function schedule(pod: PodInfo, snapshot: Snapshot, options: CycleOptions): Decision {
  const { onPoint } = options;
  const active = prepare(pod, snapshot, options.plugins);
  onPoint?.('PreFilter', true);
  const { feasible, evaluated, reasons, plugins, negotiable } = filter(pod, snapshot, active, options);
  onPoint?.('Filter', feasible.length > 0);
  if (feasible.length === 0) {
    const nodes = snapshot.nodes.length;
    const preemption = whyNoPreemption(pod, nodes, negotiable, active);
    return { nodeName: undefined, refusals: { nodes, reasons, plugins, preemption } };
  }
  let [best] = feasible as [NodeInfo];
  if (feasible.length > 1) {
    best = pick(score(pod, feasible, active), feasible, options.random);
    onPoint?.('Score', true);
  }
  return { nodeName: best.name, feasible: feasible.length, evaluated };
}

interface Active {
  plugin: Plugin;
  prepared: unknown;
}

function prepare(pod: PodInfo, snapshot: Snapshot, plugins: readonly Plugin[]): Active[] {
  const active: Active[] = [];
  for (const plugin of plugins) {
    const prepared = plugin.prepare(pod, snapshot);
    if (prepared !== undefined) active.push({ plugin, prepared });
  }
  return active;
}

function filter(pod: PodInfo, snapshot: Snapshot, active: readonly Active[], options: CycleOptions) {
  const feasible: NodeInfo[] = [];
  /** Refused, but not for good: other pods are in the way. */
  const negotiable: NodeInfo[] = [];
  const reasons = new Map<string, number>();
  const plugins = new Map<string, boolean>();
  const { nodes, limiting } = candidates(snapshot, active);
  const unseen = snapshot.nodes.length - nodes.length;
  if (unseen > 0) {
    reasons.set(`node(s) didn't satisfy plugin(s) [${limiting.join(' ')}]`, unseen);
    for (const name of limiting) plugins.set(name, false);
  }
  const enough = options.enough ?? enoughNodes(nodes.length);
  const start = nodes.length === 0 ? 0 : (options.startAt ?? 0) % nodes.length;
  let evaluated = 0;
  while (evaluated < nodes.length && feasible.length < enough) {
    const node = nodes[(start + evaluated++) % nodes.length]!;
    const refused = refusalOf(pod, node, active);
    if (!refused) {
      feasible.push(node);
      continue;
    }
    countReasons(refused.refusal, reasons);
    if (!refused.refusal.final) negotiable.push(node);
    plugins.set(refused.by, !refused.refusal.final || plugins.get(refused.by) === true);
  }
  return { feasible, evaluated, reasons, plugins, negotiable };
}

/** As upstream: the first plugin that refuses a node speaks for it. */
function refusalOf(
  pod: PodInfo,
  node: NodeInfo,
  active: readonly Active[],
): { refusal: Refusal; by: string } | undefined {
  for (const { plugin, prepared } of active) {
    const refusal = plugin.filter?.(prepared, pod, node);
    if (refusal) return { refusal, by: plugin.name };
  }
  return undefined;
}

function countReasons(refusal: Refusal, reasons: Map<string, number>): void {
  for (const reason of refusal.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

/**
 * What upstream's DefaultPreemption says when it finds nobody to remove: no node has pods of a lower priority, or the pod would not
 * fit without them either. Undefined when removing some would make room; then upstream says nothing and removes them.
 */
function whyNoPreemption(
  pod: PodInfo,
  nodes: number,
  negotiable: readonly NodeInfo[],
  active: readonly Active[],
): string | undefined {
  if (pod.pod.spec.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const reasons = new Map<string, number>();
  if (nodes > negotiable.length)
    reasons.set('Preemption is not helpful for scheduling', nodes - negotiable.length);
  for (const node of negotiable) {
    const emptier = withoutLower(node, pod.priority);
    const refused = emptier && refusalOf(pod, emptier, active);
    if (emptier && !refused) return undefined;
    countReasons(refused?.refusal ?? noVictims, reasons);
  }
  return describeReasons(nodes, reasons);
}

const noVictims: Refusal = { reasons: ['No preemption victims found for incoming pod'], final: true };

/** The nodes to look at, and the plugins that have made them fewer. */
function candidates(snapshot: Snapshot, active: readonly Active[]) {
  let { nodes } = snapshot;
  const limiting: string[] = [];
  for (const { plugin, prepared } of active) {
    const names = plugin.only?.(prepared);
    if (!names) continue;
    nodes =
      limiting.length === 0
        ? [...names].flatMap((name) => snapshot.node(name) ?? [])
        : nodes.filter(({ name }) => names.has(name));
    limiting.push(plugin.name);
  }
  return { nodes, limiting };
}

function score(pod: PodInfo, nodes: readonly NodeInfo[], active: readonly Active[]): number[] {
  const totals = new Array<number>(nodes.length).fill(0);
  for (const { plugin, prepared } of active) {
    if (!plugin.score) continue;
    const scores = nodes.map((node) => plugin.score!(prepared, pod, node));
    plugin.normalize?.(prepared, scores, nodes);
    const weight = plugin.weight ?? 1;
    for (let i = 0; i < scores.length; i++) totals[i]! += weight * scores[i]!;
  }
  return totals;
}

/** The node with the highest total; among equals each is as likely (reservoir sampling). */
function pick(totals: readonly number[], nodes: readonly NodeInfo[], random: Random): NodeInfo {
  let best = 0;
  let ties = 1;
  for (let i = 1; i < totals.length; i++) {
    if (totals[i]! > totals[best]!) {
      best = i;
      ties = 1;
    } else if (totals[i] === totals[best] && random() * ++ties < 1) best = i;
  }
  return nodes[best]!;
}

const podEvents: ReadonlySet<ClusterEvent> = new Set(['podGone', 'podPlaced']);

/** Events after which the pod may fit. What other pods do helps only where they were in the way. */
export function wakingEvents({ nodes, plugins }: Refusals, all: readonly Plugin[]): Set<ClusterEvent> {
  if (nodes === 0) return new Set(['nodeAdded']);
  return new Set(
    all.flatMap(({ name, wakeOn }) => {
      const negotiable = plugins.get(name);
      if (negotiable === undefined) return [];
      return negotiable ? wakeOn : wakeOn.filter((event) => !podEvents.has(event));
    }),
  );
}

/**
 * `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable. preemption: 0/3 nodes are available: …` (upstream
 * `framework.FitError`).
 */
export function describeRefusals({ nodes, reasons, preemption }: Refusals): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const described = describeReasons(nodes, reasons);
  return preemption === undefined ? described : `${described} preemption: ${preemption}`;
}

/** The reasons sorted as text, as upstream prints them. */
function describeReasons(nodes: number, reasons: ReadonlyMap<string, number>): string {
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${counted.join(', ')}.`;
}
