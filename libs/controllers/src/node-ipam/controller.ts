import { kinds, type V1Node } from '@gantry/api';
import type { Controller, EventRecorder, Informer } from '@gantry/control';
import type { ControllerContext } from '../shared/context.ts';
import { parseCidr, type Cidr } from './cidr.ts';
import { parsePodRanges, planShares, podCidrsOf, type PodRange } from './plan.ts';

/** How soon a node without a share is looked at again when none was free. */
const exhaustedRetryMs = 30_000;

/** Gives each node its share of the cluster's pod addresses: `spec.podCIDR` and `spec.podCIDRs`. One worker, so none is given twice. */
export class NodeIpamController implements Controller {
  readonly name = 'node_ipam';
  readonly workers = 1;
  readonly #context: ControllerContext;
  readonly #recorder: EventRecorder;
  readonly #ranges: readonly PodRange[];
  readonly #reserved: readonly Cidr[];
  readonly #nodes: Informer<V1Node>;
  /** Shares given out that the cache may not show yet, by node. */
  readonly #given = new Map<string, readonly string[]>();
  #enqueueAfter: (key: string, delayMs: number) => void = () => undefined;

  /** @throws RangeError when a range is none, or too small. */
  constructor(context: ControllerContext, clusterCidr: string, serviceCidr: string) {
    this.#context = context;
    this.#recorder = context.recorder('cidrAllocator');
    this.#ranges = parsePodRanges(clusterCidr);
    this.#reserved = serviceCidr
      .split(',')
      .filter((each) => each.trim() !== '')
      .map((each) => parseCidr(each.trim()));
    this.#nodes = context.informers.of(kinds.node);
  }

  setup(enqueue: (key: string) => void, enqueueAfter: (key: string, delayMs: number) => void): void {
    this.#enqueueAfter = enqueueAfter;
    this.#nodes.onChange(({ type, object }) => {
      const { name } = object.metadata;
      if (type === 'deleted') this.#given.delete(name);
      else if (podCidrsOf(object).length === 0) enqueue(name);
      else this.#given.delete(name);
    });
  }

  async reconcile(name: string): Promise<void> {
    const node = this.#nodes.get({ name });
    if (!node || node.metadata.deletionTimestamp !== undefined || podCidrsOf(node).length > 0) return;
    let shares = this.#given.get(name);
    if (!shares) {
      const taken = new Set([...this.#nodes.list().flatMap(podCidrsOf), ...[...this.#given.values()].flat()]);
      shares = planShares(this.#ranges, taken, this.#reserved);
      if (!shares) {
        this.#recorder.event(
          node,
          'Normal',
          'CIDRNotAvailable',
          `Node ${name} status is now: CIDRNotAvailable`,
        );
        return this.#enqueueAfter(name, exhaustedRetryMs);
      }
      // Kept also when the write fails: whether it was carried out is not known then.
      this.#given.set(name, shares);
    }
    const [first] = shares;
    await this.#context.state.update(kinds.node, {
      ...node,
      spec: { ...node.spec, ...(first ? { podCIDR: first } : {}), podCIDRs: [...shares] },
    });
  }
}
