import { describe, expect, it } from 'vitest';
import type { V1NodeSelectorRequirement, V1Pod, V1PodSpec, V1Toleration } from '../gen/types.ts';
import { hostPortTaken, podHostPorts } from './host-ports.ts';
import { admitsNode, nodeDemand } from './node-affinity.ts';
import { nodeResources, resourceShortages } from './node-resources.ts';
import { tolerates } from './taints.ts';

const pod = (spec: Partial<V1PodSpec>): V1Pod =>
  ({ metadata: {}, spec: { containers: [{ name: 'a' }], ...spec } }) as V1Pod;

describe('a toleration', () => {
  it.each<[V1Toleration, boolean]>([
    [{ key: 'a', operator: 'Equal', value: 'v' }, true],
    [{ key: 'a', value: 'v' }, true],
    [{ key: 'a', value: 'other' }, false],
    [{ key: 'a', operator: 'Exists', effect: 'NoSchedule' }, false],
    [{ operator: 'Exists' }, true],
    [{ value: 'v' }, false],
    [{ key: 'a', operator: 'Odd' }, false],
  ])('%j of the taint a=v:NoExecute: %s', (toleration, expected) => {
    expect(tolerates(toleration, { key: 'a', value: 'v', effect: 'NoExecute' })).toBe(expected);
  });
});

describe('what a pod demands of its node', () => {
  const node = { name: 'n1', labels: { disk: 'ssd', gen: '7' } };
  const required = (
    matchExpressions: V1NodeSelectorRequirement[],
    fields: V1NodeSelectorRequirement[] = [],
  ) => ({
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchExpressions, matchFields: fields }],
        },
      },
    },
  });
  it.each<[Partial<V1PodSpec>, boolean]>([
    [{}, true],
    [{ nodeSelector: { disk: 'ssd' } }, true],
    [{ nodeSelector: { disk: 'ssd', gen: '8' } }, false],
    [required([{ key: 'gen', operator: 'Gt', values: ['6'] }]), true],
    [required([{ key: 'gen', operator: 'Lt', values: ['7'] }]), false],
    [required([{ key: 'zone', operator: 'DoesNotExist' }]), true],
    [required([{ key: 'zone', operator: 'NotIn', values: ['a'] }]), true],
    [required([], [{ key: 'metadata.name', operator: 'In', values: ['n2'] }]), false],
    [required([], [{ key: 'metadata.name', operator: 'In', values: ['n1'] }]), true],
    [required([]), false],
  ])('by %j is this node: %s', (spec, expected) =>
    expect(admitsNode(nodeDemand(pod(spec)), node)).toBe(expected),
  );
});

describe('host ports', () => {
  it('are those of containers and sidecars, not of init containers that end', () => {
    const ports = (hostPort: number, more: object = {}) => [{ containerPort: 1, hostPort, ...more }];
    expect(
      podHostPorts(
        pod({
          containers: [{ name: 'a', ports: [...ports(80), { containerPort: 9 }] }],
          initContainers: [
            { name: 'i', ports: ports(81) },
            { name: 's', restartPolicy: 'Always', ports: ports(82, { hostIP: '10.0.0.1', protocol: 'UDP' }) },
          ],
        }),
      ),
    ).toEqual(['0.0.0.0/TCP/80', '10.0.0.1/UDP/82']);
  });

  it.each([
    ['0.0.0.0/TCP/80', true],
    ['10.0.0.1/TCP/80', true],
    ['10.0.0.2/TCP/80', false],
    ['10.0.0.1/UDP/80', false],
    ['10.0.0.2/TCP/81', true],
    ['0.0.0.0/TCP/8', false],
  ])('%s beside 10.0.0.1:80 and *:81 is taken: %s', (port, expected) =>
    expect(hostPortTaken(port, new Set(['10.0.0.1/TCP/80', '0.0.0.0/TCP/81']))).toBe(expected),
  );
});

describe('a node', () => {
  const has = nodeResources({
    capacity: { cpu: '8' },
    allocatable: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '10Gi', pods: '3', 'example.com/gpu': '1' },
  });
  const none = { cpuMilli: 0, memoryBytes: 0, ephemeralBytes: 0, extended: {} };

  it('has what its status says is allocatable', () =>
    expect(has).toEqual({
      cpuMilli: 2000,
      memoryBytes: 2 ** 30,
      ephemeralBytes: 10 * 2 ** 30,
      extended: { 'example.com/gpu': 1 },
      pods: 3,
    }));

  it('has enough up to the last bit, and of what nobody asks for', () => {
    const held = { ...none, cpuMilli: 1500, memoryBytes: 2 ** 31 };
    expect(resourceShortages({ ...none, cpuMilli: 500 }, has, held, 2)).toBeUndefined();
  });

  it('lacks pods first, then each resource in upstream order', () => {
    const asked = {
      cpuMilli: 501,
      memoryBytes: 2 ** 31,
      ephemeralBytes: 2 ** 40,
      extended: { 'example.com/gpu': 2, 'example.com/other': 1 },
    };
    expect(resourceShortages(asked, has, { ...none, cpuMilli: 1500 }, 3)).toEqual([
      { resource: 'pods', requested: 1, used: 3, capacity: 3 },
      { resource: 'cpu', requested: 501, used: 1500, capacity: 2000 },
      { resource: 'memory', requested: 2 ** 31, used: 0, capacity: 2 ** 30 },
      { resource: 'ephemeral-storage', requested: 2 ** 40, used: 0, capacity: 10 * 2 ** 30 },
      { resource: 'example.com/gpu', requested: 2, used: 0, capacity: 1 },
      { resource: 'example.com/other', requested: 1, used: 0, capacity: 0 },
    ]);
  });
});
