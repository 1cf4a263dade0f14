import type { V1Container, V1Pod } from '../gen/types.ts';

/** Why a node is none for a pod whose host ports others hold (upstream `nodeports.ErrReason`). */
export const hostPortsTaken = "node(s) didn't have free ports for the requested pod ports";

/** The host ports a pod holds for as long as it runs, as `ip/protocol/port`; `0.0.0.0` where it names no address. */
export function podHostPorts(pod: Pick<V1Pod, 'spec'>): string[] {
  return lastingContainers(pod).flatMap((container) =>
    (container.ports ?? []).flatMap(({ hostPort, hostIP, protocol }) =>
      hostPort ? [`${hostIP || '0.0.0.0'}/${protocol ?? 'TCP'}/${hostPort}`] : [],
    ),
  );
}

/** The containers that run side by side for as long as the pod does: sidecars hold their host ports all the time, too. */
export function lastingContainers({ spec }: Pick<V1Pod, 'spec'>): V1Container[] {
  const sidecars = (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  return sidecars.length > 0 ? [...spec.containers, ...sidecars] : spec.containers;
}

/** The ports that are held, by how they are written: a Map or a Set. */
export interface HeldPorts {
  readonly size: number;
  has(port: string): boolean;
  keys(): Iterable<string>;
}

/** Whether somebody holds the port: `0.0.0.0` takes it on every address of the node. */
export function hostPortTaken(port: string, held: HeldPorts): boolean {
  if (held.size === 0) return false;
  const [address, protocol, number] = port.split('/');
  if (address !== '0.0.0.0') return held.has(port) || held.has(`0.0.0.0/${protocol}/${number}`);
  for (const each of held.keys()) if (each.endsWith(`/${protocol}/${number}`)) return true;
  return false;
}
