import {
  bytesOf,
  milliOf,
  podLimits,
  podRequests,
  qosClass,
  type V1Container,
  type V1Pod,
} from '@gantry/api';
import type { Resources } from '@gantry/runtime';
import { criticalPriority } from '../eviction/local-storage.ts';

/**
 * Where the cgroup of a pod lies, by its QoS class, as the kubelet's cgroupfs driver names it:
 * `<root>/kubepods/pod<uid>` for Guaranteed, `<root>/kubepods/{burstable,besteffort}/pod<uid>`.
 */
export function podCgroup(root: string, pod: V1Pod): string {
  const qos = qosClass(pod);
  const parent = qos === 'Guaranteed' ? 'kubepods' : `kubepods/${qos.toLowerCase()}`;
  return `${root}/${parent}/pod${pod.metadata.uid}`;
}

/** The smallest share upstream gives: a container that asks for nothing is not starved altogether. */
const leastCpuMilli = 2;

/** Limits of the pod's own cgroup: the sum of its containers, and a limit only where each has one. */
export function podCgroupResources(pod: V1Pod): Resources {
  const requests = podRequests(pod);
  const limits = podLimits(pod);
  const all = [...pod.spec!.containers, ...(pod.spec!.initContainers ?? [])];
  const limited = (name: string) => all.every((each) => each.resources?.limits?.[name] !== undefined);
  return {
    cpuRequestMilli: Math.max(leastCpuMilli, requests.cpuMilli),
    ...(limited('cpu') && limits.cpuMilli > 0 ? { cpuLimitMilli: limits.cpuMilli } : {}),
    ...(limited('memory') && limits.memoryBytes > 0 ? { memoryLimitBytes: limits.memoryBytes } : {}),
  };
}

export function containerResources(pod: V1Pod, container: V1Container, nodeMemoryBytes: number): Resources {
  const { requests, limits } = container.resources ?? {};
  const cpuLimit = limits?.['cpu'];
  const memoryLimit = limits?.['memory'];
  const cpuRequest = requests?.['cpu'] ?? cpuLimit;
  return {
    cpuRequestMilli: Math.max(leastCpuMilli, cpuRequest === undefined ? 0 : milliOf(cpuRequest)),
    ...(cpuLimit !== undefined && milliOf(cpuLimit) > 0 ? { cpuLimitMilli: milliOf(cpuLimit) } : {}),
    ...(memoryLimit !== undefined && bytesOf(memoryLimit) > 0
      ? { memoryLimitBytes: bytesOf(memoryLimit) }
      : {}),
    oomScoreAdj: oomScoreAdj(pod, container, nodeMemoryBytes),
  };
}

/**
 * Who is killed first when the node is out of memory (pkg/kubelet/qos/policy.go): Guaranteed last, BestEffort first, in between
 * whoever asked for less of the node's memory.
 */
export function oomScoreAdj(pod: V1Pod, container: V1Container, nodeMemoryBytes: number): number {
  if ((pod.spec?.priority ?? 0) >= criticalPriority) return -997;
  switch (qosClass(pod)) {
    case 'Guaranteed':
      return -997;
    case 'BestEffort':
      return 1000;
    default: {
      const request = container.resources?.requests?.['memory'] ?? container.resources?.limits?.['memory'];
      const requested = request === undefined ? 0 : bytesOf(request);
      const adjusted = Math.floor(1000 - (1000 * requested) / nodeMemoryBytes);
      // Above the Guaranteed by a margin, below the BestEffort.
      return Math.min(999, Math.max(3, adjusted));
    }
  }
}
