import type { Random } from '@gantry/base';
import { withoutLower, type NodeInfo, type PodInfo, type Snapshot } from './cluster.ts';
import type { ClusterEvent, Plugin, Refusal } from './plugin.ts';
import { refusalBy, Verdicts, type Active } from './verdicts.ts';

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
 * The scheduling decision, a pure function: filter the nodes by every plugin, score those that are left, take the best. It changes
 * nothing, and what the snapshot remembers makes no difference, so "why" and "what if" can be asked of any.
 */
export function schedule(pod: PodInfo, snapshot: Snapshot, options: CycleOptions): Decision {
  const { onPoint } = options;
  const active = prepare(pod, snapshot, options.plugins);
  const { nodes, limiting } = candidates(snapshot, active);
  const judges = active.filter(({ plugin }) => !plugin.comparesNodes);
  const verdicts = limiting.length > 0 ? new Verdicts(nodes, judges) : verdictsFor(judges, snapshot);
  const field = { verdicts, nodes, comparers: active.filter(({ plugin }) => plugin.comparesNodes) };
  onPoint?.('PreFilter', true);
  const { feasible, evaluated } = filter(field, options);
  onPoint?.('Filter', feasible.length > 0);
  if (feasible.length === 0)
    return { nodeName: undefined, refusals: refusalsOf(pod, snapshot.nodes.length, field, limiting) };
  let [best] = feasible as [number];
  if (feasible.length > 1) {
    best = feasible[pick(score(feasible, field), options.random)]!;
    onPoint?.('Score', true);
  }
  return { nodeName: nodes[best]!.name, feasible: feasible.length, evaluated };
}

/** The nodes that a pod may go to, by their index, and who judges them. */
interface Field {
  readonly nodes: readonly NodeInfo[];
  /** Of the plugins that judge a node by itself. */
  readonly verdicts: Verdicts;
  readonly comparers: readonly Active[];
}

function prepare(pod: PodInfo, snapshot: Snapshot, plugins: readonly Plugin[]): Active[] {
  const active: Active[] = [];
  for (const plugin of plugins) {
    const prepared = plugin.prepare(pod, snapshot);
    if (prepared !== undefined) active.push({ plugin, prepared });
  }
  return active;
}

/** Pods of which all judges make the same are of one class: what was found for one of them holds for the next. */
function verdictsFor(judges: readonly Active[], snapshot: Snapshot): Verdicts {
  const key = `verdicts ${JSON.stringify(judges.map(({ plugin, prepared }) => [plugin.name, prepared]))}`;
  return snapshot.derive(key, () => new Verdicts(snapshot.nodes, judges));
}

/** The first nodes that fit, in a round from where it begins, and how many were passed to find them. */
function filter({ nodes, verdicts, comparers }: Field, options: CycleOptions) {
  const feasible: number[] = [];
  const all = nodes.length;
  const enough = options.enough ?? enoughNodes(all);
  const start = all === 0 ? 0 : (options.startAt ?? 0) % all;
  for (const [from, end] of [
    [start, all],
    [0, start],
  ] as const) {
    for (let at = verdicts.next(from); at < end; at = verdicts.next(at + 1)) {
      if (comparers.length > 0 && refusalBy(comparers, nodes[at]!)) continue;
      if (feasible.push(at) === enough)
        return { feasible, evaluated: at + 1 - start + (at < start ? all : 0) };
    }
  }
  return { feasible, evaluated: all };
}

/** What is said of a pod that none of these nodes is for. */
function refusalsOf(
  pod: PodInfo,
  nodeCount: number,
  { nodes, verdicts, comparers }: Field,
  limiting: readonly string[],
): Refusals {
  /** Refused, but not for good: other pods are in the way. */
  const negotiable: NodeInfo[] = [];
  const reasons = new Map<string, number>();
  const plugins = new Map<string, boolean>();
  const unseen = nodeCount - nodes.length;
  if (unseen > 0) {
    reasons.set(`node(s) didn't satisfy plugin(s) [${limiting.join(' ')}]`, unseen);
    for (const name of limiting) plugins.set(name, false);
  }
  for (const [at, node] of nodes.entries()) {
    const { refusal, by } = verdicts.refusal(at) ?? refusalBy(comparers, node)!;
    countReasons(refusal, reasons);
    if (!refusal.final) negotiable.push(node);
    plugins.set(by, !refusal.final || plugins.get(by) === true);
  }
  const preemption = whyNoPreemption(pod, nodeCount, negotiable, [...verdicts.judges, ...comparers]);
  return { nodes: nodeCount, reasons, plugins, preemption };
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
    const refused = emptier && refusalBy(active, emptier);
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

function score(feasible: readonly number[], { nodes, verdicts, comparers }: Field): number[] {
  const totals = feasible.map((at) => verdicts.absolute[at]!);
  for (const { by, scores, differ } of verdicts.relative) {
    // The same for all decides nothing, and is what most plugins say of most pods.
    if (!differ) continue;
    const own = feasible.map((at) => scores[at]!);
    addNormalized(totals, own, by);
  }
  for (const by of comparers) {
    const { plugin, prepared } = by;
    if (!plugin.score) continue;
    const own = feasible.map((at) => plugin.score!(prepared, nodes[at]!));
    addNormalized(totals, own, by);
  }
  return totals;
}

function addNormalized(totals: number[], scores: number[], { plugin, prepared }: Active): void {
  plugin.normalize?.(prepared, scores);
  const weight = plugin.weight ?? 1;
  for (let i = 0; i < scores.length; i++) totals[i]! += weight * scores[i]!;
}

/** Which is the highest total; one of those that are, by lot. */
function pick(totals: readonly number[], random: Random): number {
  let best = totals[0]!;
  let ties = 1;
  for (let i = 1; i < totals.length; i++) {
    const total = totals[i]!;
    if (total > best) {
      best = total;
      ties = 1;
    } else if (total === best) ties++;
  }
  let skip = Math.floor(random() * ties);
  return totals.findIndex((total) => total === best && skip-- === 0);
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
