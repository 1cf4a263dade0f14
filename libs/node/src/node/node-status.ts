import { readFileSync, statfsSync } from 'node:fs';
import { arch as cpuArch, availableParallelism, release, totalmem } from 'node:os';
import { timestamp } from '@gantry/base';
import type { V1ContainerImage, V1Node, V1NodeCondition, V1NodeStatus, V1NodeSystemInfo } from '@gantry/api';

/** What a node has and what of it pods may use. */
export interface NodeCapacity {
  cpuMilli: number;
  memoryBytes: number;
  ephemeralBytes: number;
  maxPods: number;
  /** Kept back from pods. */
  reserved: { cpuMilli: number; memoryBytes: number };
}

export function readCapacity(
  dataDir: string,
  maxPods: number,
  reserved: NodeCapacity['reserved'],
): NodeCapacity {
  const { blocks, bsize } = statfsSync(dataDir);
  return {
    cpuMilli: availableParallelism() * 1000,
    memoryBytes: totalmem(),
    ephemeralBytes: blocks * bsize,
    maxPods,
    reserved,
  };
}

export const architecture = { x64: 'amd64', arm64: 'arm64' }[cpuArch() as 'x64' | 'arm64'] ?? cpuArch();

/** What pods may use: capacity less what is reserved, and a tenth of the disk as the kubelet's eviction threshold. */
export function allocatableOf(capacity: NodeCapacity): {
  cpuMilli: number;
  memoryBytes: number;
  ephemeralBytes: number;
} {
  return {
    cpuMilli: Math.max(0, capacity.cpuMilli - capacity.reserved.cpuMilli),
    memoryBytes: Math.max(0, capacity.memoryBytes - capacity.reserved.memoryBytes),
    ephemeralBytes: Math.floor(capacity.ephemeralBytes * 0.9),
  };
}

export interface NodeStatusInput {
  nodeName: string;
  nodeIp: string;
  capacity: NodeCapacity;
  info: V1NodeSystemInfo;
  images: V1ContainerImage[];
  /** Why the node cannot run pods yet; undefined: it can. */
  notReady: string | undefined;
  pressure: { memory: boolean; disk: boolean; pid: boolean };
  port: number;
  nowMs: number;
}

export function nodeStatus(input: NodeStatusInput): V1NodeStatus {
  const { capacity, nowMs, pressure } = input;
  const allocatable = allocatableOf(capacity);
  const at = timestamp(nowMs);
  const condition = (type: string, status: boolean, reason: string, message: string): V1NodeCondition => ({
    type,
    status: status ? 'True' : 'False',
    reason,
    message,
    lastHeartbeatTime: at,
    lastTransitionTime: at,
  });
  const kib = (bytes: number) => `${Math.floor(bytes / 1024)}Ki`;
  const cpu = (milli: number) => (milli % 1000 === 0 ? String(milli / 1000) : `${milli}m`);
  const huge = { 'hugepages-1Gi': '0', 'hugepages-2Mi': '0' };
  return {
    addresses: [
      { type: 'InternalIP', address: input.nodeIp },
      { type: 'Hostname', address: input.nodeName },
    ],
    capacity: {
      cpu: cpu(capacity.cpuMilli),
      memory: kib(capacity.memoryBytes),
      'ephemeral-storage': kib(capacity.ephemeralBytes),
      pods: String(capacity.maxPods),
      ...huge,
    },
    allocatable: {
      cpu: cpu(allocatable.cpuMilli),
      memory: kib(allocatable.memoryBytes),
      'ephemeral-storage': String(allocatable.ephemeralBytes),
      pods: String(capacity.maxPods),
      ...huge,
    },
    conditions: [
      condition(
        'MemoryPressure',
        pressure.memory,
        pressure.memory ? 'KubeletHasInsufficientMemory' : 'KubeletHasSufficientMemory',
        pressure.memory
          ? 'kubelet has insufficient memory available'
          : 'kubelet has sufficient memory available',
      ),
      condition(
        'DiskPressure',
        pressure.disk,
        pressure.disk ? 'KubeletHasDiskPressure' : 'KubeletHasNoDiskPressure',
        pressure.disk ? 'kubelet has disk pressure' : 'kubelet has no disk pressure',
      ),
      condition(
        'PIDPressure',
        pressure.pid,
        pressure.pid ? 'KubeletHasInsufficientPID' : 'KubeletHasSufficientPID',
        pressure.pid ? 'kubelet has insufficient PID available' : 'kubelet has sufficient PID available',
      ),
      input.notReady === undefined
        ? condition('Ready', true, 'KubeletReady', 'kubelet is posting ready status')
        : condition('Ready', false, 'KubeletNotReady', input.notReady),
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: input.port } },
    nodeInfo: input.info,
    features: { supplementalGroupsPolicy: true },
    // As upstream: the fifty largest, for the scheduler's image locality.
    images: [...input.images].sort((a, b) => (b.sizeBytes ?? 0) - (a.sizeBytes ?? 0)).slice(0, 50),
  };
}

/** The Node that an agent registers. */
export function nodeObject(
  nodeName: string,
  labels: Record<string, string>,
  taints: NonNullable<V1Node['spec']>['taints'],
  status: V1NodeStatus,
): V1Node {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: nodeName,
      labels: {
        'kubernetes.io/hostname': nodeName,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': architecture,
        'beta.kubernetes.io/os': 'linux',
        'beta.kubernetes.io/arch': architecture,
        ...labels,
      },
    },
    spec: taints && taints.length > 0 ? { taints } : {},
    status,
  };
}

export function systemInfo(version: string, runtimeVersion: string): V1NodeSystemInfo {
  const read = (path: string) => {
    try {
      return readFileSync(path, 'utf8').trim();
    } catch {
      return '';
    }
  };
  const osImage = /^PRETTY_NAME="?(.*?)"?$/m.exec(read('/etc/os-release'))?.[1] ?? 'Linux';
  const [runtime = 'runc', number = ''] = runtimeVersion.split(' ');
  const machineId = read('/etc/machine-id');
  return {
    architecture,
    bootID: read('/proc/sys/kernel/random/boot_id'),
    containerRuntimeVersion: `${runtime}://${number}`,
    kernelVersion: release(),
    kubeProxyVersion: '',
    kubeletVersion: version,
    machineID: machineId,
    operatingSystem: 'linux',
    osImage,
    systemUUID: read('/sys/class/dmi/id/product_uuid') || machineId,
  };
}
