import { describe, expect, it } from 'vitest';
import type { StatusCause } from '@gantry/base';
import type { Kind } from '../kind.ts';
import type { KubeObject, Stored } from '../object.ts';
import { exampleOf } from '../testing/index.ts';
import { kinds } from './index.ts';

const lines = (causes: readonly StatusCause[]) => causes.map(({ field, message }) => `${field}: ${message}`);

/** All that is wrong with a new object of a kind that `more` is laid over. */
function faults<T extends KubeObject>(kind: Kind<T>, more: object): string[] {
  const object = { ...exampleOf(kind), ...more };
  kind.defaults(object);
  kind.prepareForCreate(object);
  return lines([...kind.validate(object), ...kind.validateCreate(object)]);
}

function changed<T extends KubeObject>(
  kind: Kind<T>,
  before: object,
  now: object,
  subresource?: string,
): { object: T; faults: string[] } {
  const old = { ...exampleOf(kind), ...before } as Stored<T>;
  kind.defaults(old);
  const object = { ...structuredClone(old), ...now };
  kind.defaults(object);
  kind.prepareForUpdate(object, old, subresource);
  return { object, faults: lines(kind.validateUpdate(object, old, subresource)) };
}

const any = kinds as Record<string, Kind>;
const eventTime = '2026-01-01T00:00:00.000000Z';
const newer = { eventTime, reportingComponent: 'a/b', reportingInstance: 'x', action: 'y', reason: 'z' };

// Sources: `pkg/apis/core/validation`, `pkg/apis/discovery/validation`, `pkg/apis/apps/validation`.
describe('what is refused', () => {
  it.each<[keyof typeof kinds, string[], object]>([
    [
      'event',
      ['involvedObject.namespace: Invalid value: "": does not match event.namespace'],
      { metadata: { name: 'a', namespace: 'kube-system' }, involvedObject: {} },
    ],
    ['event', [], { metadata: { name: 'a', namespace: 'kube-system' }, involvedObject: {}, ...newer }],
    [
      'event',
      ['reportingInstance: Required value', 'action: Required value'],
      { ...newer, reportingInstance: '', action: '' },
    ],
    [
      'event',
      ['message: Invalid value: "": can have at most 1024 characters'],
      { ...newer, message: 'x'.repeat(1025) },
    ],
    ['event', [], { message: 'x'.repeat(5000) }],
    [
      'endpoints',
      [
        'subsets[0].addresses[0].ip: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
      { subsets: [{ addresses: [{ ip: '127.0.0.1' }] }] },
    ],
    [
      'endpoints',
      [
        'subsets[0].notReadyAddresses[0].ip: Invalid value: "224.0.0.1": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)',
      ],
      { subsets: [{ notReadyAddresses: [{ ip: '224.0.0.1' }] }] },
    ],
    [
      'endpointSlice',
      [
        'endpoints[0].addresses[0]: Invalid value: "a": should be a domain with at least two segments separated by dots',
      ],
      { addressType: 'FQDN', endpoints: [{ addresses: ['a'] }] },
    ],
    ['endpointSlice', [], { addressType: 'FQDN', endpoints: [{ addresses: ['a.b.'] }] }],
    ['endpointSlice', [], { ports: [{ name: 'a-name-that-is-longer-than-fifteen', port: 0 }] }],
    [
      'endpointSlice',
      ['endpoints[0].hints.forZones[1].name: Duplicate value: "a"'],
      { endpoints: [{ addresses: ['10.0.0.1'], hints: { forZones: [{ name: 'a' }, { name: 'a' }] } }] },
    ],
    [
      'namespace',
      [
        'spec.finalizers: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
      { spec: { finalizers: ['mine'] } },
    ],
    [
      'secret',
      [
        'data[.dockercfg]: Invalid value: "<secret contents redacted>": json: cannot unmarshal array into Go value of type map[string]interface {}',
      ],
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '[]' } },
    ],
    [
      'secret',
      ['data[.dockercfg]: Invalid value: "<secret contents redacted>": unexpected end of JSON input'],
      { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': '' } },
    ],
    ['secret', [], { type: 'kubernetes.io/dockercfg', stringData: { '.dockercfg': 'null' } }],
    [
      'node',
      [
        'metadata.taints[1]: Duplicate value: {"Key":"a","Value":"","Effect":"NoSchedule","TimeAdded":null}: taints must be unique by key and effect pair',
      ],
      {
        spec: {
          taints: [
            { key: 'a', effect: 'NoSchedule' },
            { key: 'a', effect: 'NoSchedule' },
          ],
        },
      },
    ],
    [
      'node',
      [
        'spec.podCIDRs: Invalid value: ["10.0.0.0/24","10.0.1.0/24"]: may specify no more than one CIDR for each IP family',
      ],
      { spec: { podCIDRs: ['10.0.0.0/24', '10.0.1.0/24'] } },
    ],
    [
      'node',
      ['status.capacity.a.b/gpu: Invalid value: "500m": must be an integer'],
      { status: { capacity: { 'a.b/gpu': '500m' }, allocatable: {} } },
    ],
    [
      'replicaSet',
      ['spec.selector: Invalid value: {}: empty selector is invalid for deployment'],
      { spec: { ...exampleOf(kinds.replicaSet).spec, selector: {} } },
    ],
    [
      'configMap',
      ['metadata.ownerReferences.apiVersion: Invalid value: "apps/": version must not be empty'],
      {
        metadata: {
          name: 'a',
          namespace: 'b',
          ownerReferences: [{ apiVersion: 'apps/', kind: 'A', name: 'n', uid: 'u' }],
        },
      },
    ],
    [
      'configMap',
      [
        'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
      ],
      { metadata: { name: 'a', namespace: 'b', finalizers: ['mine'] } },
    ],
    [
      'configMap',
      ['metadata.namespace: Invalid value: "a.b": must not contain dots'],
      { metadata: { name: 'a', namespace: 'a.b' } },
    ],
    [
      'configMap',
      ['metadata.labels: Invalid value: "' + 'x'.repeat(64) + '": must be no more than 63 bytes'],
      { metadata: { name: 'a', namespace: 'b', labels: { a: 'x'.repeat(64) } } },
    ],
  ])('%s: %j', (kind, expected, more) => {
    expect(faults(any[kind]!, more)).toEqual(expected);
  });

  const counts = { replicas: 1, readyReplicas: 2, availableReplicas: 3 };
  const tooMany = [
    'status.readyReplicas: Invalid value: 2: cannot be greater than status.replicas',
    'status.availableReplicas: Invalid value: 3: cannot be greater than status.replicas',
    'status.availableReplicas: Invalid value: 3: cannot be greater than readyReplicas',
  ];
  it.each<[keyof typeof kinds, string | undefined, string[], object, object]>([
    ['deployment', 'status', tooMany, {}, { status: counts }],
    ['replicaSet', 'status', tooMany, {}, { status: counts }],
    [
      'deployment',
      'status',
      ['status.collisionCount: Invalid value: 1: cannot be decremented'],
      { status: { collisionCount: 2 } },
      { status: { collisionCount: 1 } },
    ],
    ['deployment', 'status', [], { spec: {} }, { status: { replicas: 1 } }],
    [
      'namespace',
      'status',
      ['status.Phase: Invalid value: "Terminating": may only be \'Active\' if `deletionTimestamp` is empty'],
      {},
      { status: { phase: 'Terminating' } },
    ],
    [
      'node',
      'status',
      ['status.addresses[1]: Duplicate value: {"Type":"InternalIP","Address":"10.0.0.1"}'],
      {},
      {
        status: {
          addresses: [
            { type: 'InternalIP', address: '10.0.0.1' },
            { type: 'InternalIP', address: '10.0.0.1' },
          ],
        },
      },
    ],
    [
      'node',
      undefined,
      ['spec.podCIDRs: Forbidden: node updates may not change podCIDR except from "" to valid'],
      { spec: { podCIDR: '10.0.0.0/24' } },
      { spec: { podCIDR: '10.0.1.0/24' } },
    ],
  ])('%s, a change of %s: %j', (kind, subresource, expected, before, now) => {
    expect(changed(any[kind]!, before, now, subresource).faults).toEqual(expected);
  });
});

describe('what is dropped and kept', () => {
  it('of a service account is all of its secrets but their names', () => {
    const account = {
      ...exampleOf(kinds.serviceAccount),
      secrets: [{ name: 'a', namespace: 'b', uid: 'c' }],
    };
    kinds.serviceAccount.prepareForCreate(account);
    expect(account.secrets).toEqual([{ name: 'a' }]);
  });

  it('of a lease is how leaders are to be coordinated, which is off', () => {
    const lease = exampleOf(kinds.lease);
    Object.assign(lease.spec!, { strategy: 'OldestEmulationVersion', preferredHolder: 'x' });
    kinds.lease.prepareForCreate(lease);
    expect(lease.spec).toEqual({ holderIdentity: 'one', leaseDurationSeconds: 40 });
  });

  it('of an endpoint is the topology of v1beta1', () => {
    const slice = exampleOf(kinds.endpointSlice);
    slice.endpoints![0]!.deprecatedTopology = { a: 'b' };
    kinds.endpointSlice.prepareForCreate(slice);
    expect(slice.endpoints).toEqual([{ addresses: ['10.42.0.7'] }]);
  });

  it('of a deployment whose status is written are its labels', () => {
    const { object } = changed(
      kinds.deployment,
      {},
      { metadata: { ...exampleOf(kinds.deployment).metadata, labels: { a: 'b' } }, status: { replicas: 1 } },
      'status',
    );
    expect(object.metadata).not.toHaveProperty('labels');
    expect(object.status).toEqual({ replicas: 1 });
  });

  it.each([
    [{ podCIDR: '10.0.0.0/24' }, { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] }],
    [{ podCIDRs: ['10.0.0.0/24'] }, { podCIDR: '10.0.0.0/24', podCIDRs: ['10.0.0.0/24'] }],
    [
      { podCIDR: '10.0.1.0/24', podCIDRs: ['10.0.0.0/24'] },
      { podCIDR: '10.0.1.0/24', podCIDRs: ['10.0.1.0/24'] },
    ],
  ])('the network of a node, in both its places: %j', (spec, expected) => {
    const node = { ...exampleOf(kinds.node), spec };
    kinds.node.defaults(node);
    expect(node.spec).toEqual(expected);
  });
});
