import type { V1NodeStatus } from '../gen/types.ts';
import type { PodResources } from '../pod-resources.ts';
import { bytesOf, milliOf } from '../quantity.ts';

/** What a node can give to pods in all. */
export interface NodeResources extends PodResources {
  pods: number;
}

/** One resource of which a node has too little left. CPU in thousandths, all else in whole units. */
export interface Shortage {
  resource: string;
  requested: number;
  used: number;
  capacity: number;
}

const standard = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);

/** `status.allocatable`, or all there is where a node does not say what of it pods may have. */
export function nodeResources(status: V1NodeStatus | undefined): NodeResources {
  const amounts = status?.allocatable ?? status?.capacity ?? {};
  return {
    cpuMilli: milliOf(amounts['cpu']),
    memoryBytes: bytesOf(amounts['memory']),
    ephemeralBytes: bytesOf(amounts['ephemeral-storage']),
    extended: Object.fromEntries(
      Object.entries(amounts).flatMap(([name, amount]) =>
        standard.has(name) ? [] : [[name, bytesOf(amount)]],
      ),
    ),
    pods: bytesOf(amounts['pods']),
  };
}

/**
 * What a node lacks for a pod that asks for `asked`, beside what the `heldPods` pods there hold; undefined when it has enough. In upstream's
 * order, pods first (`pkg/scheduler/framework/plugins/noderesources/fit.go`, fitsRequest). Called for every pod and node: allocates only
 * for a shortage.
 */
export function resourceShortages(
  asked: Readonly<PodResources>,
  has: Readonly<NodeResources>,
  held: Readonly<PodResources>,
  heldPods: number,
): Shortage[] | undefined {
  let all: Shortage[] | undefined;
  all = look(all, 'pods', 1, heldPods, has.pods);
  all = look(all, 'cpu', asked.cpuMilli, held.cpuMilli, has.cpuMilli);
  all = look(all, 'memory', asked.memoryBytes, held.memoryBytes, has.memoryBytes);
  all = look(all, 'ephemeral-storage', asked.ephemeralBytes, held.ephemeralBytes, has.ephemeralBytes);
  for (const name in asked.extended)
    all = look(all, name, asked.extended[name]!, held.extended[name] ?? 0, has.extended[name] ?? 0);
  return all;
}

function look(
  found: Shortage[] | undefined,
  resource: string,
  requested: number,
  used: number,
  capacity: number,
): Shortage[] | undefined {
  if (requested <= 0 || requested <= capacity - used) return found;
  const shortage = { resource, requested, used, capacity };
  return found ? [...found, shortage] : [shortage];
}
