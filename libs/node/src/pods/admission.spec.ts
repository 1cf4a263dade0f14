import type { V1Pod } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { holdingOf, rejection, type AdmittingNode } from './admission.ts';

const node: AdmittingNode = {
  name: 'n1',
  labels: { disk: 'ssd' },
  taints: [],
  resources: {
    cpuMilli: 2000,
    memoryBytes: 2 ** 30,
    ephemeralBytes: 2 ** 40,
    extended: { 'example.com/gpu': 1, 'hugepages-2Mi': 0 },
    pods: 3,
  },
};

const pod = (sysctl: string, spec: object = {}) =>
  ({
    metadata: {},
    spec: { containers: [], ...spec, securityContext: { sysctls: [{ name: sysctl, value: '1' }] } },
  }) as V1Pod;

it.each<[string, object, string | undefined]>([
  ['net.ipv4.tcp_syncookies', {}, undefined],
  ['net/ipv4/tcp_syncookies', {}, undefined],
  ['net.core.somaxconn', {}, 'forbidden sysctl: "net.core.somaxconn" not allowlisted'],
  ['vm.swappiness', {}, 'forbidden sysctl: "vm.swappiness" not allowlisted'],
  [
    'net.ipv4.tcp_syncookies',
    { hostNetwork: true },
    'forbidden sysctl: "net.ipv4.tcp_syncookies" not allowed with host net enabled',
  ],
  [
    'kernel.shm_rmid_forced',
    { hostIPC: true },
    'forbidden sysctl: "kernel.shm_rmid_forced" not allowed with host ipc enabled',
  ],
])('of the sysctl %s with %j says %s', (name, spec, message) =>
  expect(rejection(pod(name, spec), node, [])?.message).toBe(message),
);

describe('a node takes a pod', () => {
  const asking = (requests: Record<string, string>, spec: object = {}) =>
    ({ metadata: {}, spec: { containers: [{ name: 'a', resources: { requests } }], ...spec } }) as V1Pod;
  const onPort = (hostPort: number) =>
    asking({}, { containers: [{ name: 'a', ports: [{ containerPort: 1, hostPort }] }] });
  const ill = { ...node, taints: [{ key: 'ill', effect: 'NoExecute' }] };
  const full = { ...node, taints: [{ key: 'full', effect: 'NoSchedule' }] };

  it.each<[string, V1Pod, AdmittingNode, V1Pod[], [string, string] | undefined]>([
    ['that fits beside the others', asking({ cpu: '1' }), node, [asking({ cpu: '1' })], undefined],
    [
      'but not one more than it can',
      asking({}),
      node,
      [asking({}), asking({}), asking({})],
      ['OutOfpods', "Node didn't have enough resource: pods, requested: 1, used: 3, capacity: 3"],
    ],
    [
      'whose CPUs the others leave',
      asking({ cpu: '1500m' }),
      node,
      [asking({ cpu: '501m' })],
      ['OutOfcpu', "Node didn't have enough resource: cpu, requested: 1500, used: 501, capacity: 2000"],
    ],
    [
      'whose memory there is',
      asking({ memory: '2Gi' }),
      node,
      [],
      [
        'OutOfmemory',
        "Node didn't have enough resource: memory, requested: 2147483648, used: 0, capacity: 1073741824",
      ],
    ],
    [
      'for which there is disk',
      asking({ 'ephemeral-storage': '2Ti' }),
      node,
      [],
      [
        'OutOfephemeral-storage',
        "Node didn't have enough resource: ephemeral-storage, requested: 2199023255552, used: 0, capacity: 1099511627776",
      ],
    ],
    [
      'whose devices are free',
      asking({ 'example.com/gpu': '1' }),
      node,
      [asking({ 'example.com/gpu': '1' })],
      [
        'OutOfexample.com/gpu',
        "Node didn't have enough resource: example.com/gpu, requested: 1, used: 1, capacity: 1",
      ],
    ],
    ['whose devices it has never heard of', asking({ 'example.com/cluster': '1' }), node, [], undefined],
    [
      'whose huge pages it has',
      asking({ 'hugepages-2Mi': '2Mi' }),
      node,
      [],
      [
        'OutOfhugepages-2Mi',
        "Node didn't have enough resource: hugepages-2Mi, requested: 2097152, used: 0, capacity: 0",
      ],
    ],
    ['that selects it', asking({}, { nodeSelector: { disk: 'ssd' } }), node, [], undefined],
    [
      'that does not select another',
      asking({}, { nodeSelector: { disk: 'hdd' } }),
      node,
      [],
      ['NodeAffinity', "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"],
    ],
    ['whose host ports are free', onPort(80), node, [onPort(81)], undefined],
    [
      'whose host ports nobody holds',
      onPort(80),
      node,
      [onPort(80)],
      ['NodePorts', "Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports"],
    ],
    ['though it should not have been placed there', asking({}), full, [], undefined],
    [
      'that may stay',
      asking({}),
      ill,
      [],
      [
        'TaintToleration',
        "Predicate TaintToleration failed: node(s) had taints that the pod didn't tolerate",
      ],
    ],
    [
      'that tolerates what is wrong with it',
      asking({}, { tolerations: [{ operator: 'Exists' }] }),
      ill,
      [],
      undefined,
    ],
    [
      'that is for its system',
      asking({}, { os: { name: 'windows' } }),
      node,
      [],
      ['PodOSNotSupported', "Failed to admit pod as the OS field doesn't match node OS"],
    ],
    [
      'that it can confine as it asks',
      asking({}, { securityContext: { appArmorProfile: { type: 'RuntimeDefault' } } }),
      node,
      [],
      ['AppArmor', 'Cannot enforce AppArmor: AppArmor is not enabled on the host'],
    ],
    [
      'that does not ask to be confined',
      asking({}, { securityContext: { appArmorProfile: { type: 'Unconfined' } } }),
      node,
      [],
      undefined,
    ],
  ])('%s', (_what, of, at, others, expected) => {
    const rejected = rejection(of, at, others.map(holdingOf));
    expect(rejected && [rejected.reason, rejected.message]).toEqual(expected);
  });

  it('and may take it yet where the server may say more of it', () => {
    const elsewhere = { nodeSelector: { disk: 'hdd' } };
    const away = asking({}, elsewhere);
    expect([away, asking({})].map((each) => rejection(each, ill, [])?.mayChange)).toEqual([true, true]);
    expect(rejection(asking({ cpu: '9' }, elsewhere), node, [])?.mayChange).toBeUndefined();
  });
});
