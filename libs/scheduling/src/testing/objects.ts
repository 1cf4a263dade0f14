import type { Stored, V1Node, V1Pod, V1PodSpec, V1Taint } from '@gantry/api';
import { Cluster, podInfoOf } from '../cluster.ts';

let serial = 0;

/** A node as the store would hold it: four cores, 8 GiB, 110 pods unless said otherwise. */
export function testNode(
  name: string,
  options: {
    allocatable?: Record<string, string>;
    labels?: Record<string, string>;
    taints?: V1Taint[];
    unschedulable?: boolean;
  } = {},
): Stored<V1Node> {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      uid: `node-${name}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { 'kubernetes.io/hostname': name, ...options.labels },
    },
    spec: {
      ...(options.taints ? { taints: options.taints } : {}),
      ...(options.unschedulable ? { unschedulable: true } : {}),
    },
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '110', ...options.allocatable } },
  };
}

/** A pod of one container that asks for these amounts. */
export function testPod(
  name: string,
  options: {
    requests?: Record<string, string>;
    spec?: Partial<V1PodSpec>;
    labels?: Record<string, string>;
    owner?: string;
  } = {},
): Stored<V1Pod> {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: `pod-${name}-${serial++}`,
      resourceVersion: '1',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: options.labels ?? {},
      ...(options.owner
        ? {
            ownerReferences: [
              {
                apiVersion: 'apps/v1',
                kind: 'ReplicaSet',
                name: options.owner,
                uid: options.owner,
                controller: true,
              },
            ],
          }
        : {}),
    },
    spec: {
      containers: [{ name: 'main', image: 'example/app:1', resources: { requests: options.requests ?? {} } }],
      ...options.spec,
    },
    status: {},
  };
}

/** A cluster of these nodes with these pods on them. */
export function testCluster(
  nodes: readonly Stored<V1Node>[],
  placed: readonly [pod: Stored<V1Pod>, node: string][] = [],
): Cluster {
  const cluster = new Cluster();
  for (const node of nodes) cluster.putNode(node);
  for (const [pod, node] of placed) cluster.putPod(podInfoOf(pod), node);
  return cluster;
}
