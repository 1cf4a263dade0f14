import type { V1Pod, V1PodTemplateSpec } from '../gen/types.ts';
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../object.ts';

/** A small pod as a user would write it: one container with requests, nothing defaulted. */
export function examplePod(name = 'web', namespace = 'default'): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      containers: [
        {
          name: 'main',
          image: 'registry.example.com/web:1.2',
          command: ['httpd', '-f'],
          ports: [{ containerPort: 8080, name: 'http' }],
          env: [{ name: 'POD_IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } }],
          resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '200m', memory: '64Mi' } },
          readinessProbe: { httpGet: { port: 'http' } },
          volumeMounts: [{ name: 'config', mountPath: '/etc/web' }],
        },
      ],
      volumes: [{ name: 'config', configMap: { name: 'web' } }],
    },
  };
}

function template(): V1PodTemplateSpec {
  const { metadata, spec } = examplePod();
  return { metadata: { labels: metadata.labels ?? {} }, spec };
}

const rest: Readonly<Record<string, () => object>> = {
  Namespace: () => ({}),
  Node: () => ({ spec: {} }),
  Pod: () => ({ spec: examplePod().spec }),
  ConfigMap: () => ({ data: { greeting: 'hello' } }),
  Secret: () => ({ stringData: { password: 'open sesame' } }),
  Service: () => ({ spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }),
  Endpoints: () => ({ subsets: [{ addresses: [{ ip: '10.42.0.7' }], ports: [{ port: 8080 }] }] }),
  EndpointSlice: () => ({
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.42.0.7'] }],
    ports: [{ port: 8080 }],
  }),
  ServiceAccount: () => ({}),
  Event: () => ({
    involvedObject: { apiVersion: 'v1', kind: 'Pod', namespace: 'default', name: 'web' },
    reason: 'Started',
    message: 'Started container main',
    type: 'Normal',
  }),
  Lease: () => ({ spec: { holderIdentity: 'one', leaseDurationSeconds: 40 } }),
  Deployment: () => ({
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template() },
  }),
  ReplicaSet: () => ({
    spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: template() },
  }),
};

/** A valid object of any built-in kind, as a user would write it. Made anew by each call. @throws RangeError for other kinds. */
export function exampleOf<T extends KubeObject>(kind: Kind<T>, name = 'web', namespace = 'default'): T {
  const make = rest[kind.kind];
  if (!make) throw new RangeError(`there is no example of ${kind.kind}`);
  return {
    apiVersion: kind.group ? `${kind.group}/${kind.version}` : kind.version,
    kind: kind.kind,
    metadata: kind.namespaced ? { name, namespace } : { name },
    ...make(),
  } as unknown as T;
}
