import type { Stored, V1Node } from '@gantry/api';

/** How well a zone is: `full` means that no node of it is ready. */
export type ZoneState = 'normal' | 'partial' | 'full';

export interface DisruptionOptions {
  /** Nodes per second of a zone that is well, or wholly down while others are well. */
  nodeEvictionRate: number;
  /** The same where a large zone is partly down; of a small one none is evicted then. */
  secondaryNodeEvictionRate: number;
  /** A zone is partly down from this share of unready nodes, and three of them, on. */
  unhealthyZoneThreshold: number;
  /** A zone of more nodes is large. */
  largeClusterSizeThreshold: number;
}

/** Region and zone by the well-known labels; '' for nodes without (upstream `component-helpers/node/topology.GetZoneKey`). */
export function zoneOf({ metadata: { labels = {} } }: V1Node): string {
  const of = (part: 'region' | 'zone') =>
    labels[`topology.kubernetes.io/${part}`] ?? labels[`failure-domain.beta.kubernetes.io/${part}`] ?? '';
  const [region, zone] = [of('region'), of('zone')];
  return region === '' && zone === '' ? '' : `${region}:${zone}`;
}

/** Upstream `ComputeZoneState`. */
export function zoneState(
  nodes: number,
  unready: number,
  { unhealthyZoneThreshold }: Pick<DisruptionOptions, 'unhealthyZoneThreshold'>,
): ZoneState {
  if (nodes > 0 && unready === nodes) return 'full';
  return unready > 2 && unready / nodes >= unhealthyZoneThreshold ? 'partial' : 'normal';
}

/** So many nodes of the zone may begin to be evicted per second; 0 for none (upstream `setLimiterInZone`). */
export function evictionRate(state: ZoneState, nodes: number, options: DisruptionOptions): number {
  if (state !== 'partial') return options.nodeEvictionRate;
  return nodes > options.largeClusterSizeThreshold ? options.secondaryNodeEvictionRate : 0;
}

interface Zone {
  /** By name, whether each is ready. */
  readonly members: Map<string, boolean>;
  unready: number;
}

/** Which nodes are in which zone, and which of them are not ready. Counted as they change: a large cluster costs no more. */
export class Zones {
  readonly #options: DisruptionOptions;
  readonly #zones = new Map<string, Zone>();
  readonly #places = new Map<string, string>();
  #unready = 0;

  constructor(options: DisruptionOptions) {
    this.#options = options;
  }

  put(node: Stored<V1Node>, ready: boolean): void {
    const { name } = node.metadata;
    this.remove(name);
    const key = zoneOf(node);
    this.#places.set(name, key);
    let zone = this.#zones.get(key);
    if (!zone) this.#zones.set(key, (zone = { members: new Map(), unready: 0 }));
    zone.members.set(name, ready);
    if (!ready) this.#count(zone, 1);
  }

  remove(name: string): void {
    const key = this.#places.get(name);
    const zone = key !== undefined && this.#zones.get(key);
    if (!zone) return;
    this.#places.delete(name);
    if (zone.members.get(name) === false) this.#count(zone, -1);
    zone.members.delete(name);
    if (zone.members.size === 0) this.#zones.delete(key);
  }

  isUnready(name: string): boolean {
    return this.#zones.get(this.#places.get(name) ?? '')?.members.get(name) === false;
  }

  /** True while no node anywhere is ready: that says more about us than about them. */
  get allDown(): boolean {
    return this.#unready > 0 && this.#unready === this.#places.size;
  }

  /** Of each zone, how many nodes per second may begin to be evicted; none anywhere while all are down. */
  rates(): Map<string, number> {
    const { allDown } = this;
    const rates = new Map<string, number>();
    for (const [key, { members, unready }] of this.#zones) {
      const state = zoneState(members.size, unready, this.#options);
      rates.set(key, allDown ? 0 : evictionRate(state, members.size, this.#options));
    }
    return rates;
  }

  members(zone: string): readonly string[] {
    return [...(this.#zones.get(zone)?.members.keys() ?? [])];
  }

  #count(zone: Zone, by: 1 | -1): void {
    zone.unready += by;
    this.#unready += by;
  }
}
