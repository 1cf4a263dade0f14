import { describe, expect, it } from 'vitest';
import { parseFieldSelector } from '../field-selector.ts';
import type { Stored } from '../object.ts';
import { shapeOf } from '../shape.ts';
import { exampleOf } from '../testing/index.ts';
import { findKind, findKindOf, kindList, kinds } from './index.ts';

const nowMs = Date.parse('2026-01-01T01:00:00Z');

function stored<T extends object>(object: T): Stored<T & ReturnType<typeof exampleOf>> {
  const { metadata } = object as unknown as { metadata: object };
  Object.assign(metadata, { uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' });
  return object as never;
}

describe('the kinds', () => {
  it('are found by resource and by kind, and only those that exist', () => {
    expect(findKind('', 'v1', 'pods')).toBe(kinds.pod);
    expect(findKind('apps', 'v1', 'deployments')).toBe(kinds.deployment);
    expect(findKind('apps', 'v1', 'pods')).toBeUndefined();
    expect(findKindOf('v1', 'Pod')).toBe(kinds.pod);
    expect(findKindOf('discovery.k8s.io/v1', 'EndpointSlice')).toBe(kinds.endpointSlice);
    expect(findKindOf('v1', 'Gizmo')).toBeUndefined();
  });

  it('lie in etcd where upstream keeps them', () => {
    expect(Object.fromEntries(kindList.map(({ kind, storagePrefix }) => [kind, storagePrefix]))).toEqual({
      Namespace: 'namespaces',
      Node: 'minions',
      Pod: 'pods',
      ConfigMap: 'configmaps',
      Secret: 'secrets',
      Service: 'services/specs',
      Endpoints: 'services/endpoints',
      EndpointSlice: 'endpointslices',
      ServiceAccount: 'serviceaccounts',
      Event: 'events',
      Lease: 'leases',
      Deployment: 'deployments',
      ReplicaSet: 'replicasets',
    });
  });

  it.each(kindList.map((kind) => [kind.kind, kind] as const))(
    '%s: an example of it is valid once defaulted',
    (_, kind) => {
      const object = exampleOf(kind);
      kind.defaults(object);
      kind.prepareForCreate(object);
      expect(kind.validate(object)).toEqual([]);
      const again = structuredClone(object);
      kind.defaults(again);
      expect(again).toEqual(object);
      const next = structuredClone(object);
      kind.prepareForUpdate(next, stored(object), undefined);
      expect(kind.validateUpdate(stored(next), stored(object), undefined)).toEqual([]);
      expect(shapeOf(kind.schema).fields!.has('metadata')).toBe(true);
    },
  );

  it.each(kindList.map((kind) => [kind.kind, kind] as const))(
    '%s: every cell and selectable field is text or a number',
    (_, kind) => {
      for (const defaulted of [false, true]) {
        const object = exampleOf(kind);
        if (defaulted) {
          kind.defaults(object);
          kind.prepareForCreate(object);
        }
        for (const column of kind.columns)
          expect(column.value(stored(object), nowMs)).toSatisfy((cell) =>
            ['string', 'number'].includes(typeof cell),
          );
        for (const field of Object.keys(kind.selectableFields)) {
          const [requirement] = parseFieldSelector(kind, `${field}=x`);
          expect(typeof requirement!.read(object)).toBe('string');
        }
      }
    },
  );

  it('have the columns of kubectl get', () => {
    const names = (kind: (typeof kindList)[number]) =>
      kind.columns.map(({ name, priority }) => (priority ? `(${name})` : name)).join(' ');
    expect(Object.fromEntries(kindList.map((kind) => [kind.kind, names(kind)]))).toEqual({
      Namespace: 'Name Status Age',
      Node: 'Name Status Roles Age Version (Internal-IP) (External-IP) (OS-Image) (Kernel-Version) (Container-Runtime)',
      Pod: 'Name Ready Status Restarts Age (IP) (Node) (Nominated Node) (Readiness Gates)',
      ConfigMap: 'Name Data Age',
      Secret: 'Name Type Data Age',
      Service: 'Name Type Cluster-IP External-IP Port(s) Age (Selector)',
      Endpoints: 'Name Endpoints Age',
      EndpointSlice: 'Name AddressType Ports Endpoints Age',
      ServiceAccount: 'Name Secrets Age',
      Event: 'Last Seen Type Reason Object (Subobject) (Source) Message (First Seen) (Count) (Name)',
      Lease: 'Name Holder Age',
      Deployment: 'Name Ready Up-to-date Available Age (Containers) (Images) (Selector)',
      ReplicaSet: 'Name Desired Current Ready Age (Containers) (Images) (Selector)',
    });
  });

  it('show a row as kubectl does', () => {
    const row = (kind: (typeof kindList)[number], object: object) =>
      kind.columns.map((column) => String(column.value(stored(object) as never, nowMs))).join(' | ');
    const node = exampleOf(kinds.node, 'n1');
    node.metadata.labels = {
      'node-role.kubernetes.io/worker': '',
      'node-role.kubernetes.io/control-plane': '',
    };
    node.spec.unschedulable = true;
    node.status = {
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.1' }],
      nodeInfo: {
        kubeletVersion: 'v1.36.0',
        osImage: 'Debian',
        kernelVersion: '6',
        containerRuntimeVersion: 'gantry://1',
      } as never,
    };
    expect(row(kinds.node, node)).toBe(
      'n1 | Ready,SchedulingDisabled | control-plane,worker | 60m | v1.36.0 | 10.0.0.1 | <none> | Debian | 6 | gantry://1',
    );
    const service = exampleOf(kinds.service);
    Object.assign(service.spec, {
      type: 'NodePort',
      clusterIP: '10.43.0.9',
      ports: [
        { port: 80, nodePort: 30080, protocol: 'TCP' },
        { port: 53, protocol: 'UDP' },
      ],
    });
    expect(row(kinds.service, service)).toBe(
      'web | NodePort | 10.43.0.9 | <none> | 80:30080/TCP,53/UDP | 60m | app=web',
    );
    service.spec.type = 'LoadBalancer';
    expect(row(kinds.service, service)).toContain('<pending>');
    const deployment = exampleOf(kinds.deployment);
    deployment.status = { readyReplicas: 2, updatedReplicas: 3, availableReplicas: 2 };
    expect(row(kinds.deployment, deployment)).toBe(
      'web | 2/3 | 3 | 2 | 60m | main | registry.example.com/web:1.2 | app=web',
    );
    const endpoints = exampleOf(kinds.endpoints);
    endpoints.subsets![0]!.addresses = ['1', '2', '3', '4', '5'].map((n) => ({ ip: `10.0.0.${n}` }));
    expect(row(kinds.endpoints, endpoints)).toBe(
      'web | 10.0.0.1:8080,10.0.0.2:8080,10.0.0.3:8080 + 2 more... | 60m',
    );
    const event = exampleOf(kinds.event);
    Object.assign(event, {
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:59:50Z',
      count: 4,
      source: { component: 'kubelet', host: 'n1' },
    });
    expect(row(kinds.event, event)).toBe(
      '10s | Normal | Started | pod/web |  | kubelet, n1 | Started container main | 60m | 4 | web',
    );
  });
});

describe('what a write may not touch', () => {
  it('is the status on creation, but for nodes, which register with theirs', () => {
    const deployment = { ...exampleOf(kinds.deployment), status: { replicas: 9 } };
    kinds.deployment.prepareForCreate(deployment);
    expect(deployment.status).toBeUndefined();
    const node = { ...exampleOf(kinds.node), status: { capacity: { cpu: '4' } } };
    kinds.node.defaults(node);
    kinds.node.prepareForCreate(node);
    expect(node.status).toEqual({ capacity: { cpu: '4' }, allocatable: { cpu: '4' } });
    const pod = { ...exampleOf(kinds.pod), status: { phase: 'Running', podIP: '1.2.3.4' } };
    kinds.pod.prepareForCreate(pod);
    expect(pod.status).toEqual({ phase: 'Pending', qosClass: 'Burstable' });
  });

  it('is the status on a write of the object, and all but the status on a write of the status', () => {
    const old = stored({ ...exampleOf(kinds.deployment), status: { replicas: 1 } });
    const object = structuredClone(old);
    object.spec.replicas = 9;
    object.status = { replicas: 9 };
    kinds.deployment.prepareForUpdate(object, old, undefined);
    expect([object.spec.replicas, object.status.replicas]).toEqual([9, 1]);
    const status = structuredClone(old);
    status.spec.replicas = 9;
    status.status = { replicas: 9 };
    Object.assign(status, { extra: 1 });
    kinds.deployment.prepareForUpdate(status, old, 'status');
    expect([status.spec.replicas, status.status.replicas, 'extra' in status]).toEqual([3, 9, false]);
  });

  it('is all but the node on a binding', () => {
    const old = stored({ ...exampleOf(kinds.pod), status: { phase: 'Pending' } });
    const bound = structuredClone(old);
    bound.spec = { containers: [], nodeName: 'n1' };
    kinds.pod.prepareForUpdate(bound, old, 'binding');
    expect(bound.spec).toEqual({ ...old.spec, nodeName: 'n1' });
    expect(kinds.pod.validateUpdate(bound, old, 'binding')).toEqual([]);
    const moved = structuredClone(bound);
    moved.spec.nodeName = 'n2';
    expect(kinds.pod.validateUpdate(moved, bound, 'binding')).toMatchObject([{ field: 'spec.nodeName' }]);
  });

  it("is a namespace's finalizer, but by way of finalize", () => {
    const created = exampleOf(kinds.namespace, 'a');
    kinds.namespace.defaults(created);
    kinds.namespace.prepareForCreate(created);
    expect(created).toMatchObject({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'a' } },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
    const object = structuredClone(created);
    object.spec = { finalizers: [] };
    const finalized = structuredClone(object);
    kinds.namespace.prepareForUpdate(object, stored(created), undefined);
    expect(object.spec.finalizers).toEqual(['kubernetes']);
    kinds.namespace.prepareForUpdate(finalized, stored(created), 'finalize');
    expect(finalized.spec!.finalizers).toEqual([]);
  });

  it('is what a service was given', () => {
    const old = exampleOf(kinds.service);
    kinds.service.defaults(old);
    Object.assign(old.spec, { type: 'NodePort', clusterIP: '10.43.0.5', clusterIPs: ['10.43.0.5'] });
    kinds.service.defaults(old);
    old.spec.ports![0]!.nodePort = 30001;
    const update = () => {
      const object = exampleOf(kinds.service);
      object.spec.type = 'NodePort';
      return object;
    };
    const same = update();
    kinds.service.defaults(same);
    kinds.service.prepareForUpdate(same, stored(old), undefined);
    expect(same.spec).toMatchObject({
      clusterIP: '10.43.0.5',
      clusterIPs: ['10.43.0.5'],
      ports: [{ nodePort: 30001 }],
    });
    expect(kinds.service.validateUpdate(stored(same), stored(old), undefined)).toEqual([]);
    const other = structuredClone(old);
    Object.assign(other.spec, { clusterIP: '10.43.0.6', clusterIPs: ['10.43.0.6'] });
    expect(kinds.service.validateUpdate(stored(other), stored(old), undefined)).toMatchObject([
      { field: 'spec.clusterIPs[0]', message: 'Invalid value: ["10.43.0.6"]: may not change once set' },
    ]);
    const plain = structuredClone(old);
    plain.spec.type = 'ClusterIP';
    kinds.service.prepareForUpdate(plain, stored(old), undefined);
    expect(plain.spec.ports![0]!.nodePort).toBeUndefined();
    expect(kinds.service.validate(plain)).toEqual([]);
  });
});

describe('how long a deleted pod has', () => {
  const grace = (spec: object, status: object, requested?: number) =>
    kinds.pod.gracePeriodSeconds!(
      stored({ metadata: {}, spec: { containers: [], ...spec }, status }) as never,
      requested,
    );

  it.each([
    [grace({}, { phase: 'Pending' }), 0],
    [grace({ nodeName: 'n' }, { phase: 'Succeeded' }), 0],
    [grace({ nodeName: 'n' }, { phase: 'Running' }), 30],
    [grace({ nodeName: 'n', terminationGracePeriodSeconds: 5 }, { phase: 'Running' }), 5],
    [grace({ nodeName: 'n', terminationGracePeriodSeconds: 5 }, { phase: 'Running' }, 0), 0],
    [grace({ nodeName: 'n', terminationGracePeriodSeconds: -1 }, {}), 1],
  ])('%d is %d seconds', (found, expected) => {
    expect(found).toBe(expected);
  });
});
