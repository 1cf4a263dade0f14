import type { V1ConfigMap, V1Container, V1Pod, V1Secret, V1Service } from '@gantry/api';
import { configError } from './config-error.ts';
import { expand } from './expand.ts';
import { fieldValue, resourceFieldValue, type NodeFacts } from './fields.ts';

/** Where the agent finds what pods refer to. */
export interface ConfigSource {
  configMap(namespace: string, name: string): V1ConfigMap | undefined;
  secret(namespace: string, name: string): V1Secret | undefined;
  services(): Iterable<V1Service>;
}

/**
 * The environment of a container, as the kubelet makes it (pkg/kubelet/kubelet_pods.go, makeEnvironmentVariables): service
 * variables, then envFrom, then env in order, where `$(NAME)` sees what came before and the service variables.
 * Throws ContainerProblem when something it names is missing and not optional.
 */
export function containerEnv(
  pod: V1Pod,
  container: V1Container,
  source: ConfigSource,
  node: NodeFacts,
): Map<string, string> {
  const namespace = pod.metadata.namespace ?? 'default';
  const services = serviceEnv(source.services(), namespace, pod.spec?.enableServiceLinks ?? true);
  const result = new Map<string, string>();
  for (const { prefix = '', configMapRef, secretRef } of container.envFrom ?? []) {
    let data: Record<string, string> = {};
    if (configMapRef) {
      const map = source.configMap(namespace, configMapRef.name ?? '');
      if (!map && !configMapRef.optional) throw configError(`configmap "${configMapRef.name}" not found`);
      data = map?.data ?? {};
    } else if (secretRef) {
      const secret = source.secret(namespace, secretRef.name ?? '');
      if (!secret && !secretRef.optional) throw configError(`secret "${secretRef.name}" not found`);
      data = Object.fromEntries(
        Object.entries(secret?.data ?? {}).map(([key, value]) => [key, decode(value)]),
      );
    }
    for (const [key, value] of Object.entries(data))
      if (isEnvName(prefix + key)) result.set(prefix + key, value);
  }
  const valueOf = (name: string) => result.get(name) ?? services.get(name);
  for (const { name, value, valueFrom } of container.env ?? []) {
    if (!valueFrom) {
      result.set(name, expand(value ?? '', valueOf));
      continue;
    }
    const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = valueFrom;
    if (fieldRef) result.set(name, fieldValue(pod, fieldRef.fieldPath, node));
    else if (resourceFieldRef) result.set(name, resourceFieldValue(resourceFieldRef, pod, container, node));
    else if (configMapKeyRef) {
      const map = source.configMap(namespace, configMapKeyRef.name ?? '');
      const found = map?.data?.[configMapKeyRef.key];
      if (found !== undefined) result.set(name, found);
      else if (!configMapKeyRef.optional)
        throw configError(
          map
            ? `couldn't find key ${configMapKeyRef.key} in ConfigMap ${namespace}/${configMapKeyRef.name}`
            : `configmap "${configMapKeyRef.name}" not found`,
        );
    } else if (secretKeyRef) {
      const secret = source.secret(namespace, secretKeyRef.name ?? '');
      const found = secret?.data?.[secretKeyRef.key];
      if (found !== undefined) result.set(name, decode(found));
      else if (!secretKeyRef.optional)
        throw configError(
          secret
            ? `couldn't find key ${secretKeyRef.key} in Secret ${namespace}/${secretKeyRef.name}`
            : `secret "${secretKeyRef.name}" not found`,
        );
    }
  }
  for (const [name, value] of services) if (!result.has(name)) result.set(name, value);
  return result;
}

const decode = (base64: string) => Buffer.from(base64, 'base64').toString('utf8');
const isEnvName = (name: string) => name !== '' && !/[=\0]/.test(name);

/**
 * Docker-link variables of the Services of the namespace (all but headless ones), and of `default/kubernetes` in any case;
 * without service links only that one (pkg/kubelet/envvars).
 */
export function serviceEnv(
  services: Iterable<V1Service>,
  namespace: string,
  links: boolean,
): Map<string, string> {
  const chosen = new Map<string, V1Service>();
  for (const service of services) {
    const { spec, metadata } = service;
    if (!spec?.clusterIP || spec.clusterIP === 'None') continue;
    const name = metadata.name!;
    const master = metadata.namespace === 'default' && name === 'kubernetes';
    if (links && metadata.namespace === namespace) chosen.set(name, service);
    else if (master && !chosen.has(name)) chosen.set(name, service);
  }
  const result = new Map<string, string>();
  for (const [name, { spec }] of [...chosen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const prefix = name.toUpperCase().replaceAll('-', '_');
    const ip = spec!.clusterIP!;
    const host = ip.includes(':') ? `[${ip}]` : ip;
    const [first] = spec!.ports ?? [];
    result.set(`${prefix}_SERVICE_HOST`, ip);
    if (!first) continue;
    result.set(`${prefix}_SERVICE_PORT`, String(first.port));
    for (const port of spec!.ports!)
      if (port.name)
        result.set(
          `${prefix}_SERVICE_PORT_${port.name.toUpperCase().replaceAll('-', '_')}`,
          String(port.port),
        );
    const lower = (port: typeof first) => (port.protocol ?? 'TCP').toLowerCase();
    result.set(`${prefix}_PORT`, `${lower(first)}://${host}:${first.port}`);
    for (const port of spec!.ports!) {
      const each = `${prefix}_PORT_${port.port}_${lower(port).toUpperCase()}`;
      result.set(each, `${lower(port)}://${host}:${port.port}`);
      result.set(`${each}_PROTO`, lower(port));
      result.set(`${each}_PORT`, String(port.port));
      result.set(`${each}_ADDR`, ip);
    }
  }
  return result;
}
