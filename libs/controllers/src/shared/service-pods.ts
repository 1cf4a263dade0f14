import type { V1Pod, V1Service, V1ServicePort } from '@gantry/api';
import { isPodFinished } from './pods.ts';

/** True when the service selects the pod; one without a selector selects none. */
export function selects(service: V1Service, pod: V1Pod): boolean {
  return selectorOf(service)(pod);
}

/** As {@link selects}, for many pods. */
export function selectorOf(service: V1Service): (pod: V1Pod) => boolean {
  const selector = Object.entries(service.spec.selector ?? {});
  return ({ metadata: { labels } }) =>
    selector.length > 0 && selector.every(([name, value]) => labels?.[name] === value);
}

/** True for services whose endpoints follow their pods. Others' endpoints are their users' own. */
export function followsPods(service: V1Service): boolean {
  return service.spec.type !== 'ExternalName' && hasSelector(service);
}

export function hasSelector(service: V1Service): boolean {
  return Object.keys(service.spec.selector ?? {}).length > 0;
}

export function isHeadless(service: V1Service): boolean {
  return service.spec.clusterIP === 'None';
}

/** Addresses of the pod of one family. */
export function podAddresses(pod: V1Pod, family: 'IPv4' | 'IPv6'): string[] {
  const all = pod.status?.podIPs?.map(({ ip }) => ip) ?? (pod.status?.podIP ? [pod.status.podIP] : []);
  return all.filter((ip): ip is string => !!ip && ip.includes(':') === (family === 'IPv6'));
}

/** Has an address and may still serve. */
export function canServe(pod: V1Pod, includeTerminating: boolean): boolean {
  if (isPodFinished(pod)) return false;
  return includeTerminating || pod.metadata.deletionTimestamp === undefined;
}

export interface ResolvedPort {
  name: string;
  port: number;
  protocol: string;
  appProtocol?: string;
}

/** The ports of the service as this pod has them; a named one that the pod does not have is left out. */
export function resolvePorts(service: V1Service, pod: V1Pod): ResolvedPort[] {
  const ports: ResolvedPort[] = [];
  for (const each of service.spec.ports ?? []) {
    const port = resolvePort(pod, each);
    if (port === undefined) continue;
    ports.push({
      name: each.name ?? '',
      port,
      protocol: each.protocol ?? 'TCP',
      ...(each.appProtocol ? { appProtocol: each.appProtocol } : {}),
    });
  }
  return ports;
}

function resolvePort(pod: V1Pod, { targetPort, port, protocol = 'TCP' }: V1ServicePort): number | undefined {
  if (targetPort === undefined || targetPort === 0 || targetPort === '') return port;
  if (typeof targetPort === 'number') return targetPort;
  const sidecars = (pod.spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always');
  for (const container of [...pod.spec.containers, ...sidecars])
    for (const each of container.ports ?? [])
      if (each.name === targetPort && (each.protocol ?? 'TCP') === protocol) return each.containerPort;
  return undefined;
}

/** The name under which DNS finds this pod of the service. */
export function endpointHostname(service: V1Service, pod: V1Pod): string | undefined {
  const { hostname, subdomain } = pod.spec;
  return hostname && subdomain === service.metadata.name ? hostname : undefined;
}
