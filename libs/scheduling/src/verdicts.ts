import type { Derived, NodeInfo } from './cluster.ts';
import type { Plugin, Refusal } from './plugin.ts';

/** A plugin that has something to say about a pod, and what it made of it. */
export interface Active {
  readonly plugin: Plugin;
  readonly prepared: unknown;
}

export interface Refused {
  readonly refusal: Refusal;
  /** The plugin's name. */
  readonly by: string;
}

/** As upstream: the first plugin that refuses a node speaks for it. */
export function refusalBy(active: readonly Active[], node: NodeInfo): Refused | undefined {
  for (const { plugin, prepared } of active) {
    const refusal = plugin.filter?.(prepared, node);
    if (refusal) return { refusal, by: plugin.name };
  }
  return undefined;
}

interface Relative {
  readonly by: Active;
  readonly scores: Float64Array;
  /** Whether two nodes have ever had scores that differ; until then there is nothing to compare. */
  differ: boolean;
  first: number | undefined;
}

/** What is known of a node. */
const unknown = 0;
const admitted = 1;
const refused = 2;

/**
 * What the plugins that judge a node by itself say of each of these nodes: whether it fits, and how good it is. A node is judged when
 * somebody asks, and again only after it has changed. All is by the node's index.
 */
export class Verdicts implements Derived {
  readonly judges: readonly Active[];
  /** The weighted sum of the scores that need no comparison with other nodes'; true of nodes that were found to fit, as is `relative`. */
  readonly absolute: Float64Array;
  /** The scores that are yet to be normalized, by plugin. */
  readonly relative: readonly Relative[];
  readonly #nodes: readonly NodeInfo[];
  readonly #known: Uint8Array;
  readonly #refusals: (Refused | undefined)[];

  constructor(nodes: readonly NodeInfo[], judges: readonly Active[]) {
    this.judges = judges;
    this.#nodes = nodes;
    this.#known = new Uint8Array(nodes.length);
    this.#refusals = new Array<Refused | undefined>(nodes.length);
    this.absolute = new Float64Array(nodes.length);
    this.relative = judges
      .filter(({ plugin }) => plugin.score && plugin.normalize)
      .map((by) => ({ by, scores: new Float64Array(nodes.length), differ: false, first: undefined }));
  }

  /** Whether the pod can run on the node, as far as these plugins go. */
  admits(at: number): boolean {
    return (this.#known[at] === unknown ? this.#judge(at) : this.#known[at]) === admitted;
  }

  /** Why it cannot; undefined when it can. */
  refusal(at: number): Refused | undefined {
    return this.admits(at) ? undefined : this.#refusals[at];
  }

  podChanged(node: NodeInfo): void {
    this.#known[node.position] = unknown;
  }

  nodeChanged(node: NodeInfo): boolean {
    this.#known[node.position] = unknown;
    return true;
  }

  #judge(at: number): number {
    const node = this.#nodes[at]!;
    const refusal = refusalBy(this.judges, node);
    this.#refusals[at] = refusal;
    if (refusal) return (this.#known[at] = refused);
    this.absolute[at] = 0;
    for (const { plugin, prepared } of this.judges)
      if (plugin.score && !plugin.normalize)
        this.absolute[at]! += (plugin.weight ?? 1) * plugin.score(prepared, node);
    for (const each of this.relative) {
      const { plugin, prepared } = each.by;
      const score = plugin.score!(prepared, node);
      each.scores[at] = score;
      each.differ ||= score !== (each.first ??= score);
    }
    return (this.#known[at] = admitted);
  }
}
