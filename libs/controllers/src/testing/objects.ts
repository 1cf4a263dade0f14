import { timestamp } from '@gantry/base';
import type { Stored, V1ObjectMeta, V1Pod, V1ReplicaSet, V1Service } from '@gantry/api';

/** The epoch of example objects: 2026-01-01T00:00:00Z. */
export const epochMs = Date.UTC(2026, 0, 1);

let count = 0;

function meta(name: string, more: Partial<V1ObjectMeta> = {}): Stored['metadata'] {
  return {
    namespace: 'default',
    name,
    uid: `uid-${++count}-${name}`,
    resourceVersion: '1',
    creationTimestamp: timestamp(epochMs),
    ...more,
  } as Stored['metadata'];
}

export interface PodLooks {
  labels?: Record<string, string>;
  ready?: boolean;
  /** Seconds since the epoch of example objects. */
  readySinceS?: number;
  createdS?: number;
  node?: string;
  phase?: string;
  ip?: string;
  deleting?: boolean;
  restarts?: number;
  annotations?: Record<string, string>;
  ports?: { name?: string; containerPort: number; protocol?: string }[];
}

/** A pod as the cache of a controller holds it. */
export function examplePod(name: string, looks: PodLooks = {}): Stored<V1Pod> {
  const { ready = true, readySinceS = 0, createdS = 0, ip, node, restarts = 0 } = looks;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: meta(name, {
      labels: looks.labels ?? { app: 'web' },
      creationTimestamp: timestamp(epochMs + createdS * 1000),
      ...(looks.annotations ? { annotations: looks.annotations } : {}),
      ...(looks.deleting ? { deletionTimestamp: timestamp(epochMs) } : {}),
    }),
    spec: {
      containers: [{ name: 'c', image: 'c', ...(looks.ports ? { ports: looks.ports } : {}) }],
      ...(node ? { nodeName: node } : {}),
    },
    status: {
      phase: looks.phase ?? 'Running',
      ...(ip ? { podIP: ip, podIPs: [{ ip }] } : {}),
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: timestamp(epochMs + readySinceS * 1000),
        },
      ],
      containerStatuses: [
        { name: 'c', image: 'c', imageID: '', ready, restartCount: restarts } as NonNullable<
          NonNullable<V1Pod['status']>['containerStatuses']
        >[number],
      ],
    },
  };
}

export function exampleReplicaSet(
  replicas: number,
  more: Partial<V1ReplicaSet['spec']> = {},
): Stored<V1ReplicaSet> {
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: meta('web', { generation: 1 }),
    spec: {
      replicas,
      selector: { matchLabels: { app: 'web' } },
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } },
      ...more,
    },
  };
}

export function exampleService(spec: Partial<V1Service['spec']> = {}): Stored<V1Service> {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: meta('web', { labels: { team: 'a' } }),
    spec: { selector: { app: 'web' }, clusterIP: '10.43.0.9', ports: [{ port: 80 }], ...spec },
  };
}
