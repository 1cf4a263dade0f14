import type { V1Container, V1Pod, V1ResourceRequirements } from './gen/types.ts';
import { bytesOf, milliOf } from './quantity.ts';

/** What a pod asks of a node. All amounts are whole. */
export interface PodResources {
  cpuMilli: number;
  memoryBytes: number;
  ephemeralBytes: number;
  /** Everything else (`example.com/gpu`, `hugepages-2Mi`) by its name, in whole units. */
  extended: Record<string, number>;
}

type PodLike = Pick<V1Pod, 'spec'>;
type Amounts = Map<string, number>;

const amountOf = (name: string, quantity: string) => (name === 'cpu' ? milliOf(quantity) : bytesOf(quantity));

function amounts(list: Record<string, string> | undefined): Amounts {
  const result: Amounts = new Map();
  for (const name in list) result.set(name, amountOf(name, list[name]!));
  return result;
}

function add(total: Amounts, more: Amounts): void {
  for (const [name, amount] of more) total.set(name, (total.get(name) ?? 0) + amount);
}

function raise(total: Amounts, floor: Amounts): void {
  for (const [name, amount] of floor) if (amount > (total.get(name) ?? 0)) total.set(name, amount);
}

/** What pod-level `spec.resources` may name (KEP-2837); for these it replaces the sum over the containers. */
const isPodLevel = (name: string) => name === 'cpu' || name === 'memory' || name.startsWith('hugepages-');

/**
 * The sum as upstream takes it (k8s.io/component-helpers `resource.PodRequests`, KEP-753): containers and sidecars
 * together, or the largest init container with the sidecars started before it, whichever is more; then pod-level
 * resources, then overhead.
 */
function sum(pod: PodLike, of: 'requests' | 'limits'): Amounts {
  const total: Amounts = new Map();
  for (const container of pod.spec.containers ?? []) add(total, amounts(container.resources?.[of]));
  if (pod.spec.initContainers) {
    const sidecars: Amounts = new Map();
    const initial: Amounts = new Map();
    for (const container of pod.spec.initContainers) {
      const own = amounts(container.resources?.[of]);
      if (container.restartPolicy === 'Always') {
        add(total, own);
        add(sidecars, own);
        raise(initial, sidecars);
      } else {
        add(own, sidecars);
        raise(initial, own);
      }
    }
    raise(total, initial);
  }
  for (const [name, amount] of amounts(pod.spec.resources?.[of]))
    if (isPodLevel(name)) total.set(name, amount);
  if (pod.spec.overhead) {
    for (const [name, amount] of amounts(pod.spec.overhead))
      // A limit that no container sets is no limit; overhead does not make it one.
      if (of === 'requests' || total.has(name)) total.set(name, (total.get(name) ?? 0) + amount);
  }
  return total;
}

function toResources(total: Amounts): PodResources {
  const resources: PodResources = { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} };
  for (const [name, amount] of total) {
    if (name === 'cpu') resources.cpuMilli = amount;
    else if (name === 'memory') resources.memoryBytes = amount;
    else if (name === 'ephemeral-storage') resources.ephemeralBytes = amount;
    else if (name !== '__proto__') resources.extended[name] = amount;
  }
  return resources;
}

/** What the scheduler counts and the node reserves for a pod. @throws StatusError BadRequest for what is no quantity. */
export function podRequests(pod: PodLike): PodResources {
  return toResources(sum(pod, 'requests'));
}

/** The most a pod may use; 0 (or absent from `extended`) where it has no limit. */
export function podLimits(pod: PodLike): PodResources {
  return toResources(sum(pod, 'limits'));
}

export type QosClass = 'Guaranteed' | 'Burstable' | 'BestEffort';

const classResources = ['cpu', 'memory'] as const;

/**
 * How dear a pod is when its node runs short. Source: `pkg/apis/core/helper/qos/qos.go`: Guaranteed where every
 * container has limits of CPU and memory equal to its requests, BestEffort where none names any, else Burstable.
 */
export function qosClass(pod: PodLike): QosClass {
  const { spec } = pod;
  const podLevel = spec.resources && (spec.resources.requests || spec.resources.limits);
  const holders: readonly { resources?: V1ResourceRequirements }[] = podLevel
    ? [spec as { resources?: V1ResourceRequirements }]
    : [...((spec.containers as V1Container[] | undefined) ?? []), ...(spec.initContainers ?? [])];
  let any = false;
  let guaranteed = true;
  for (const { resources } of holders) {
    for (const name of classResources) {
      const request = amountOf(name, resources?.requests?.[name] ?? '0');
      const limit = amountOf(name, resources?.limits?.[name] ?? '0');
      if (request > 0 || limit > 0) any = true;
      // A limit without a request is defaulted to be both.
      if (limit <= 0 || (resources?.requests?.[name] !== undefined && request !== limit)) guaranteed = false;
    }
  }
  if (!any) return 'BestEffort';
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
