import type { NodeInfo, PodInfo, Snapshot } from './cluster.ts';

/** What may have happened that lets a pod fit which did not before. */
export type ClusterEvent =
  | 'nodeAdded'
  | 'nodeRemoved'
  /** Allocatable amounts grew or changed. */
  | 'nodeAllocatable'
  | 'nodeLabels'
  /** Taints, or `spec.unschedulable`. */
  | 'nodeTaints'
  /** A pod that was on a node is gone, has finished, needs another amount now, or could not be bound to it. */
  | 'podGone'
  /** A pod came onto a node, or its labels changed. */
  | 'podPlaced';

/** Why a pod cannot run on a node. */
export interface Refusal {
  /** In upstream's words. */
  readonly reasons: readonly string[];
  /** True where it would not fit even if other pods left the node (upstream `UnschedulableAndUnresolvable`). */
  readonly final: boolean;
}

/**
 * One rule of placement. Not fitting is a verdict with a reason that a person reads, never an exception. Plugins keep no state: what
 * they work out for a pod before looking at nodes is passed from `prepare` to the others.
 *
 * Most rules judge a node by itself: from what `prepare` made of the pod, and from the node with the pods on it. Their verdicts are
 * remembered until the node changes, for all pods of which `prepare` makes the same (as JSON): it is all they may know of the pod.
 */
export interface Plugin<Prepared = unknown> {
  /** Stands for the plugin: two that are not the same have names that are not the same. */
  readonly name: string;
  /** Events that may make a pod fit that this plugin has refused. */
  readonly wakeOn: readonly ClusterEvent[];
  /** True for a rule that looks at other nodes, too: it is asked at each decision, after those that need not be. */
  readonly comparesNodes?: boolean;
  /** What the other methods need to know of this pod; undefined means the plugin has nothing to say about it. */
  prepare(pod: PodInfo, snapshot: Snapshot): Prepared | undefined;
  /** The only nodes worth a look, by name, where the pod itself names them; the others are refused unseen. */
  only?(prepared: Prepared): ReadonlySet<string> | undefined;
  /** Why the pod cannot run on this node; undefined when it can. */
  filter?(prepared: Prepared, node: NodeInfo): Refusal | undefined;
  /** How good the node is, in any unit; `normalize` brings it to 0–100. */
  score?(prepared: Prepared, node: NodeInfo): number;
  /** Brings the scores of all candidates to 0–100, in place; equal ones stay equal. Absent: they are within already. */
  normalize?(prepared: Prepared, scores: number[]): void;
  /** How much its score counts. Default 1. */
  readonly weight?: number;
}

/** The best score, and the span that all normalized scores share. */
export const maxScore = 100;

/** Spreads scores over 0–100 by the largest; `reverse` makes the largest the worst (upstream `helper.DefaultNormalizeScore`). */
export function normalizeByLargest(scores: number[], reverse: boolean): void {
  const largest = scores.reduce((a, b) => Math.max(a, b), 0);
  for (let i = 0; i < scores.length; i++) {
    const share = largest === 0 ? 0 : Math.floor((maxScore * scores[i]!) / largest);
    scores[i] = reverse ? maxScore - share : share;
  }
}
