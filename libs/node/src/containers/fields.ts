import { bytesOf, milliOf, type V1Container, type V1Pod, type V1ResourceFieldSelector } from '@gantry/api';
import { configError } from './config-error.ts';

/** What only the node knows of a pod. */
export interface NodeFacts {
  nodeName: string;
  nodeIp: string;
  podIps: readonly string[];
  /** What a container without a limit may use: the node's allocatable. */
  allocatable: { cpuMilli: number; memoryBytes: number; ephemeralBytes: number };
}

/** The value of a downward API field (`metadata.labels['a']`, `status.podIP` …). Throws for paths that are none. */
export function fieldValue(pod: V1Pod, path: string, node: NodeFacts): string {
  const { metadata, spec } = pod;
  const subscript = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (subscript) return metadata[subscript[1] as 'labels' | 'annotations']?.[subscript[2]!] ?? '';
  switch (path) {
    case 'metadata.name':
      return metadata.name ?? '';
    case 'metadata.namespace':
      return metadata.namespace ?? '';
    case 'metadata.uid':
      return metadata.uid ?? '';
    case 'metadata.labels':
      return formatMap(metadata.labels);
    case 'metadata.annotations':
      return formatMap(metadata.annotations);
    case 'spec.nodeName':
      return spec?.nodeName ?? node.nodeName;
    case 'spec.serviceAccountName':
      return spec?.serviceAccountName ?? '';
    case 'status.hostIP':
    case 'status.hostIPs':
      return node.nodeIp;
    case 'status.podIP':
      return node.podIps[0] ?? '';
    case 'status.podIPs':
      return node.podIps.join(',');
    default:
      throw configError(`unsupported fieldPath: ${path}`);
  }
}

/** `key="value"` lines in order of their keys, quoted as Go does (pkg/fieldpath). */
function formatMap(map: Record<string, string> | undefined): string {
  return Object.entries(map ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
    .join('\n');
}

/** The value of a resource field of a container (`limits.cpu` …), divided and rounded up. */
export function resourceFieldValue(
  selector: V1ResourceFieldSelector,
  pod: V1Pod,
  ofContainer: V1Container,
  node: NodeFacts,
): string {
  const container = selector.containerName
    ? [...pod.spec!.containers, ...(pod.spec!.initContainers ?? [])].find(
        ({ name }) => name === selector.containerName,
      )
    : ofContainer;
  if (!container) throw configError(`container ${selector.containerName} not found`);
  const match = /^(limits|requests)\.(cpu|memory|ephemeral-storage)$/.exec(selector.resource);
  if (!match) throw configError(`unsupported container resource : ${selector.resource}`);
  const [, side, resource] = match as unknown as [
    string,
    'limits' | 'requests',
    'cpu' | 'memory' | 'ephemeral-storage',
  ];
  const given = container.resources?.[side]?.[resource];
  const divisor = selector.divisor && selector.divisor !== '0' ? selector.divisor : '1';
  if (resource === 'cpu') {
    const milli = given !== undefined ? milliOf(given) : side === 'limits' ? node.allocatable.cpuMilli : 0;
    return String(Math.ceil(milli / milliOf(divisor)));
  }
  const whole = resource === 'memory' ? node.allocatable.memoryBytes : node.allocatable.ephemeralBytes;
  const bytes = given !== undefined ? bytesOf(given) : side === 'limits' ? whole : 0;
  return String(Math.ceil(bytes / bytesOf(divisor)));
}
