import type { Random } from '@gantry/base';
import type { NodeInfo, PodInfo, Snapshot } from './cluster.ts';
import type { Plugin } from './plugin.ts';

/** Where a pod goes, or why it can go nowhere. */
export type Decision =
  | { readonly nodeName: string; readonly feasible: number; readonly evaluated: number }
  | { readonly nodeName: undefined; readonly refusals: Refusals };

/** For a pod that fits nowhere: each node's reasons, counted, and which plugins gave them. */
export interface Refusals {
  readonly nodes: number;
  /** How many nodes gave each reason. */
  readonly reasons: ReadonlyMap<string, number>;
  readonly plugins: ReadonlySet<string>;
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
  const { feasible, evaluated, refusals } = filter(pod, snapshot, active, options);
  onPoint?.('Filter', feasible.length > 0);
  if (feasible.length === 0) return { nodeName: undefined, refusals };
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
  const reasons = new Map<string, number>();
  const plugins = new Set<string>();
  const { nodes, limiting } = candidates(snapshot, active);
  const unseen = snapshot.nodes.length - nodes.length;
  if (unseen > 0) {
    reasons.set(`node(s) didn't satisfy plugin(s) [${limiting.join(' ')}]`, unseen);
    for (const name of limiting) plugins.add(name);
  }
  const enough = options.enough ?? enoughNodes(nodes.length);
  const start = nodes.length === 0 ? 0 : (options.startAt ?? 0) % nodes.length;
  let evaluated = 0;
  while (evaluated < nodes.length && feasible.length < enough) {
    const node = nodes[(start + evaluated++) % nodes.length]!;
    let refused = false;
    for (const { plugin, prepared } of active) {
      const verdict = plugin.filter?.(prepared, pod, node);
      if (!verdict) continue;
      for (const reason of verdict) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      plugins.add(plugin.name);
      refused = true;
      break; // as upstream: the first plugin that refuses a node speaks for it
    }
    if (!refused) feasible.push(node);
  }
  return { feasible, evaluated, refusals: { nodes: snapshot.nodes.length, reasons, plugins } };
}

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

/** `0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.`: reasons sorted as text, as upstream prints them. */
export function describeRefusals({ nodes, reasons }: Refusals): string {
  if (nodes === 0) return 'no nodes available to schedule pods';
  const counted = [...reasons].map(([reason, count]) => `${count} ${reason}`).sort();
  return `0/${nodes} nodes are available: ${counted.join(', ')}.`;
}
