import {
  bytesOf,
  canonicalQuantity,
  formatQuantity,
  parseQuantity,
  podLimits,
  type V1Pod,
} from '@gantry/api';

const resource = 'ephemeral-storage';
/** From this priority on a pod is the system's, and no use of disk ends it (scheduling `SystemCriticalPriority`). */
export const criticalPriority = 2_000_000_000;

/** How much of the node's disk a pod uses, in bytes; what is not known is absent. */
export interface LocalStorageUse {
  /** Its emptyDir volumes on disk, by name. */
  volumes: ReadonlyMap<string, number>;
  /** Writable layer and logs of its containers, by name. */
  containers: ReadonlyMap<string, number>;
  /** All of that, and what else of it lies on disk. */
  podBytes: number;
}

/** What is said of an eviction, and under which name it is counted (pkg/kubelet/eviction). */
export interface StorageExcess {
  signal: 'emptydirfs.limit' | 'ephemeralpodfs.limit' | 'ephemeralcontainerfs.limit';
  message: string;
}

/** Whether the pod says how much of the disk it may use: of others nobody has to know what they do. */
export function hasStorageLimit({ spec }: V1Pod): boolean {
  return (
    (spec.volumes ?? []).some(
      ({ emptyDir }) => emptyDir && emptyDir.medium !== 'Memory' && emptyDir.sizeLimit,
    ) ||
    [...spec.containers, ...(spec.initContainers ?? [])].some(
      ({ resources }) => resources?.limits?.[resource] !== undefined,
    )
  );
}

/** Whether a pod uses more of the disk than it may; in the kubelet's order and words, the trailing blank among them. */
export function storageExcess(pod: V1Pod, use: LocalStorageUse): StorageExcess | undefined {
  const { volumes = [], containers, initContainers = [], priority = 0 } = pod.spec;
  if (priority >= criticalPriority) return undefined;
  for (const { name, emptyDir } of volumes) {
    const limit = emptyDir?.sizeLimit;
    if (limit && bytesOf(limit) > 0 && (use.volumes.get(name) ?? 0) > bytesOf(limit))
      return {
        signal: 'emptydirfs.limit',
        message: `Usage of EmptyDir volume "${name}" exceeds the limit "${canonicalQuantity(limit)}". `,
      };
  }
  const texts = [...containers, ...initContainers].flatMap(
    ({ resources }) => resources?.limits?.[resource] ?? [],
  );
  const podBytes = podLimits(pod).ephemeralBytes;
  if (texts[0] !== undefined && use.podBytes > podBytes) {
    const { format } = parseQuantity(texts[0]);
    const limit = formatQuantity({ mantissa: BigInt(podBytes), scale: 0, format });
    return {
      signal: 'ephemeralpodfs.limit',
      message: `Pod ephemeral local storage usage exceeds the total limit of containers ${limit}. `,
    };
  }
  for (const { name, resources } of containers) {
    const limit = resources?.limits?.[resource];
    if (limit && bytesOf(limit) > 0 && (use.containers.get(name) ?? 0) > bytesOf(limit))
      return {
        signal: 'ephemeralcontainerfs.limit',
        message: `Container ${name} exceeded its local ephemeral storage limit "${canonicalQuantity(limit)}". `,
      };
  }
  return undefined;
}
