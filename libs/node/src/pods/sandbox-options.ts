import type { V1Pod } from '@gantry/api';
import type { HostPort, PodNetwork } from '@gantry/network';

/** What a pod asks of its sandbox. `hostname`: what it calls itself. */
export function sandboxOptions(pod: V1Pod, hostname: string): Parameters<PodNetwork['acquire']>[0] {
  const { hostNetwork, hostIPC, initContainers = [], containers } = pod.spec!;
  const hostPorts = [...initContainers, ...containers].flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort }) => hostPort !== undefined && hostPort > 0)
      .map(({ hostIP, hostPort, containerPort, protocol }) => ({
        ...(hostIP ? { hostIp: hostIP } : {}),
        hostPort: hostPort!,
        containerPort,
        protocol: (protocol ?? 'TCP') as HostPort['protocol'],
      })),
  );
  return {
    id: pod.metadata.uid!,
    hostname,
    ...(hostNetwork ? { hostNetwork: true } : {}),
    ...(hostIPC ? { hostIpc: true } : {}),
    ...(hostPorts.length > 0 ? { hostPorts } : {}),
  };
}
