import type { V1Container, V1EphemeralContainer, V1Pod } from '@gantry/api';

/** An object that a pod needs on its node, in the pod's namespace. */
export interface PodReference {
  resource: 'configmaps' | 'secrets' | 'serviceaccounts';
  name: string;
}

/**
 * Every ConfigMap, Secret and ServiceAccount a pod names: in volumes, projected volumes, environment and pull secrets.
 * Each once, in no particular order. What the node authorizer upstream lets a node read for the pod.
 */
export function podReferences(pod: V1Pod): PodReference[] {
  const found = new Map<string, PodReference>();
  const add = (resource: PodReference['resource'], name: string | undefined) => {
    if (name) found.set(`${resource}/${name}`, { resource, name });
  };
  const spec = pod.spec;
  if (!spec) return [];
  add('serviceaccounts', spec.serviceAccountName);
  for (const each of spec.imagePullSecrets ?? []) add('secrets', each.name);
  for (const volume of spec.volumes ?? []) {
    add('configmaps', volume.configMap?.name);
    add('secrets', volume.secret?.secretName);
    for (const source of volume.projected?.sources ?? []) {
      add('configmaps', source.configMap?.name);
      add('secrets', source.secret?.name);
    }
  }
  const containers: (V1Container | V1EphemeralContainer)[] = [
    ...(spec.initContainers ?? []),
    ...spec.containers,
    ...(spec.ephemeralContainers ?? []),
  ];
  for (const container of containers) {
    for (const each of container.envFrom ?? []) {
      add('configmaps', each.configMapRef?.name);
      add('secrets', each.secretRef?.name);
    }
    for (const each of container.env ?? []) {
      add('configmaps', each.valueFrom?.configMapKeyRef?.name);
      add('secrets', each.valueFrom?.secretKeyRef?.name);
    }
  }
  return [...found.values()];
}
