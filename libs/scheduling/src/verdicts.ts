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
  /** By node: 1 where it has been judged as it is now. */
  readonly #judged: Uint8Array;
  /** A bit per node, 0 where it is known to be refused: of a word without any, 32 nodes are passed at once. */
  readonly #possible: Int32Array;
  readonly #refusals: (Refused | undefined)[];

  constructor(nodes: readonly NodeInfo[], judges: readonly Active[]) {
    this.judges = judges;
    this.#nodes = nodes;
    this.#judged = new Uint8Array(nodes.length);
    this.#possible = new Int32Array(Math.ceil(nodes.length / 32)).fill(-1);
    this.#refusals = new Array<Refused | undefined>(nodes.length);
    this.absolute = new Float64Array(nodes.length);
    this.relative = judges
      .filter(({ plugin }) => plugin.score && plugin.normalize)
      .map((by) => ({ by, scores: new Float64Array(nodes.length), differ: false, first: undefined }));
  }

  /** The first node from this one on that the pod can run on, as far as these plugins go; at or past the end when there is none. */
  next(from: number): number {
    let at = this.#nextPossible(from);
    while (at < this.#nodes.length && this.#judged[at] === 0 && !this.#judge(at))
      at = this.#nextPossible(at + 1);
    return at;
  }

  /** Why the pod cannot run on the node; undefined when it can. */
  refusal(at: number): Refused | undefined {
    if (this.#judged[at] === 0) this.#judge(at);
    return this.#refusals[at];
  }

  podChanged({ position }: NodeInfo): void {
    this.#judged[position] = 0;
    this.#possible[position >>> 5]! |= 1 << (position & 31);
  }

  nodeChanged(node: NodeInfo): boolean {
    this.podChanged(node);
    return true;
  }

  #nextPossible(from: number): number {
    let word = from >>> 5;
    let bits = (this.#possible[word] ?? 0) & (-1 << (from & 31));
    while (bits === 0) {
      if (++word >= this.#possible.length) return this.#nodes.length;
      bits = this.#possible[word]!;
    }
    // The lowest bit that is set.
    return word * 32 + 31 - Math.clz32(bits & -bits);
  }

  /** True when the node is one for the pod. */
  #judge(at: number): boolean {
    const node = this.#nodes[at]!;
    const refusal = refusalBy(this.judges, node);
    this.#refusals[at] = refusal;
    this.#judged[at] = 1;
    if (refusal) {
      this.#possible[at >>> 5]! &= ~(1 << (at & 31));
      return false;
    }
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
    return true;
  }
}
