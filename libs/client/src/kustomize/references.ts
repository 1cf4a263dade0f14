import { isNamespaced, podPath, visit, type Json, type Resource } from './resource.ts';

/**
 * Where objects name others, by the kind that is named (`builtinpluginconsts/namereference.go`): paths in the pod spec, and in kinds. Of
 * what is named by kind and name the kind stands beside.
 */
const inPods: Readonly<Record<string, string>> = {
  ConfigMap:
    'volumes/configMap/name volumes/projected/sources/configMap/name containers/env/valueFrom/configMapKeyRef/name containers/envFrom/configMapRef/name initContainers/env/valueFrom/configMapKeyRef/name initContainers/envFrom/configMapRef/name',
  Secret:
    'volumes/secret/secretName volumes/projected/sources/secret/name imagePullSecrets/name containers/env/valueFrom/secretKeyRef/name containers/envFrom/secretRef/name initContainers/env/valueFrom/secretKeyRef/name initContainers/envFrom/secretRef/name',
  ServiceAccount: 'serviceAccountName serviceAccount',
  PersistentVolumeClaim: 'volumes/persistentVolumeClaim/claimName',
  PriorityClass: 'priorityClassName',
  RuntimeClass: 'runtimeClassName',
};
const inKinds: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ServiceAccount: { Secret: 'imagePullSecrets/name secrets/name' },
  RoleBinding: { '': 'roleRef/name subjects/name' },
  ClusterRoleBinding: { '': 'roleRef/name subjects/name' },
  HorizontalPodAutoscaler: { '': 'spec/scaleTargetRef/name' },
  StatefulSet: {
    Service: 'spec/serviceName',
    StorageClass: 'spec/volumeClaimTemplates/spec/storageClassName',
  },
  Ingress: {
    Secret: 'spec/tls/secretName',
    Service: 'spec/defaultBackend/service/name spec/rules/http/paths/backend/service/name',
    IngressClass: 'spec/ingressClassName',
  },
  PersistentVolumeClaim: { PersistentVolume: 'spec/volumeName', StorageClass: 'spec/storageClassName' },
  PersistentVolume: { StorageClass: 'spec/storageClassName' },
  APIService: { Service: 'spec/service/name' },
  MutatingWebhookConfiguration: { Service: 'webhooks/clientConfig/service/name' },
  ValidatingWebhookConfiguration: { Service: 'webhooks/clientConfig/service/name' },
};

/** Gives references to renamed objects their new names. */
export function updateReferences(resources: readonly Resource[]): void {
  if (resources.every(({ names }) => names.length === 1)) return;
  for (const resource of resources) {
    const pod = podPath(resource);
    const tables = [inKinds[resource.object.kind] ?? {}, pod ? inPods : {}];
    for (const [i, table] of tables.entries())
      for (const [kind, paths] of Object.entries(table))
        for (const path of paths.split(' '))
          visit(resource.object, i === 0 ? path : `${pod}/${path}`, (holder, field) =>
            update(resources, resource, holder, field, kind, path.startsWith('subjects/')),
          );
  }
}

function update(
  resources: readonly Resource[],
  from: Resource,
  holder: Json,
  field: string,
  kind: string,
  isSubject: boolean,
): void {
  const name = holder[field];
  if (typeof name !== 'string') return;
  const wanted = kind || holder['kind'];
  const near = (each: Resource) =>
    each.object.kind === wanted &&
    (isSubject ||
      !isNamespaced(each) ||
      !isNamespaced(from) ||
      each.object.metadata.namespace === from.object.metadata.namespace);
  if (!isSubject && resources.some((each) => near(each) && each.object.metadata.name === name)) return;
  const all = resources.filter((each) => near(each) && each.names.includes(name));
  const target = all.find(({ origin }) => origin === from.origin) ?? all[0];
  if (!target) return;
  holder[field] = target.object.metadata.name;
  if (isSubject && target.object.metadata.namespace) holder['namespace'] = target.object.metadata.namespace;
}
