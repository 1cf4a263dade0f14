import { describe, expect, it } from 'vitest';
import type { StatusCause } from '@gantry/base';
import type { V1Service, V1ServiceSpec, V1ServiceStatus } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import type { Stored } from '../object.ts';
import { exampleOf } from '../testing/index.ts';

type Change = (spec: V1ServiceSpec, service: V1Service) => unknown;

function made(change: Change): V1Service {
  const service = exampleOf(kinds.service);
  change(service.spec, service);
  kinds.service.defaults(service);
  return service;
}
const lines = (causes: readonly StatusCause[]) => causes.map(({ field, message }) => `${field}: ${message}`);
const set =
  (more: V1ServiceSpec): Change =>
  (spec) =>
    Object.assign(spec, more);

// Source of every row: `pkg/apis/core/validation/validation.go` ValidateService.
describe('a service', () => {
  it.each<[string[], Change]>([
    [
      [
        'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
        'spec.ipFamilies: Forbidden: may not be set for ExternalName services',
      ],
      set({ type: 'ExternalName', externalName: 'a.b', clusterIP: '10.0.0.1', ipFamilies: ['IPv4'] }),
    ],
    [[], set({ type: 'ExternalName', externalName: 'a.b.' })],
    [
      ['spec.clusterIPs: Invalid value: ["10.0.0.1"]: must be empty when `clusterIP` is not specified'],
      set({ clusterIPs: ['10.0.0.1'] }),
    ],
    [
      ['spec.clusterIPs: Invalid value: ["None","10.0.0.1"]: \'None\' must be the first and only value'],
      set({ clusterIP: 'None', clusterIPs: ['None', '10.0.0.1'] }),
    ],
    [
      [
        'spec.clusterIPs: Invalid value: ["10.0.0.1","10.0.0.2"]: may specify no more than one IP for each IP family',
      ],
      set({ clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1', '10.0.0.2'] }),
    ],
    [
      [
        'spec.clusterIPs[0]: Invalid value: "10.0.0.1": expected an IPv6 value as indicated by `ipFamilies[0]`',
      ],
      set({ clusterIP: '10.0.0.1', ipFamilies: ['IPv6'] }),
    ],
    [['spec.ipFamilies[1]: Duplicate value: "IPv4"'], set({ ipFamilies: ['IPv4', 'IPv4'] })],
    [
      [
        'spec.ipFamilyPolicy: Unsupported value: "X": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"',
      ],
      set({ ipFamilyPolicy: 'X' }),
    ],
    [
      [
        'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
      ],
      set({ externalIPs: ['127.0.0.1'] }),
    ],
    [
      ['spec.externalIPs[0]: Invalid value: "0.0.0.0": may not be unspecified (0.0.0.0)'],
      set({ externalIPs: ['0.0.0.0'] }),
    ],
    [
      [
        'spec.externalIPs[0]: Invalid value: "fe80::1": may not be in the link-local range (169.254.0.0/16, fe80::/10)',
      ],
      set({ externalIPs: ['fe80::1'] }),
    ],
    [
      [
        "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
        'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.1/8": must not have bits set beyond the prefix length',
      ],
      set({ loadBalancerSourceRanges: ['10.0.0.1/8'] }),
    ],
    [[], set({ type: 'LoadBalancer', loadBalancerSourceRanges: [' 10.0.0.0/8', 'fd00::/8'] })],
    [
      ["spec.allocateLoadBalancerNodePorts: Forbidden: may only be used when `type` is 'LoadBalancer'"],
      set({ allocateLoadBalancerNodePorts: true }),
    ],
    [
      ["spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'"],
      set({ loadBalancerClass: 'a/b' }),
    ],
    [
      [
        'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
      ],
      set({ externalTrafficPolicy: 'Local' }),
    ],
    [
      [
        'spec.trafficDistribution: Unsupported value: "X": supported values: "PreferClose", "PreferSameNode", "PreferSameZone"',
      ],
      set({ trafficDistribution: 'X' }),
    ],
    [[], set({ ports: [{ port: 80, nodePort: 0, appProtocol: 'kubernetes.io/h2c' }] })],
    [
      ['spec.ports[0].appProtocol: Invalid value: "a/b/c": a valid label key must consist'],
      set({ ports: [{ port: 80, appProtocol: 'a/b/c' }] }),
    ],
  ])('%j', (expected, change) => {
    const found = lines(kinds.service.validate(made(change)));
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });

  const update = (before: V1ServiceSpec, now: Change) => {
    const old = made(set(before)) as Stored<V1Service>;
    const service = structuredClone(old);
    now(service.spec, service);
    kinds.service.defaults(service);
    kinds.service.prepareForUpdate(service, old, undefined);
    return { service, faults: lines(kinds.service.validateUpdate(service, old, undefined)) };
  };
  const one = { clusterIP: '10.0.0.1', clusterIPs: ['10.0.0.1'] };
  const two: V1ServiceSpec = {
    clusterIP: '10.0.0.1',
    clusterIPs: ['10.0.0.1', 'fd00::1'],
    ipFamilies: ['IPv4', 'IPv6'],
    ipFamilyPolicy: 'PreferDualStack',
  };

  it.each<[string, string[], V1ServiceSpec, Change]>([
    [
      'another address, by its old name alone',
      ['spec.clusterIPs[0]: Invalid value: ["10.0.0.2"]: may not change once set'],
      one,
      set({ clusterIP: '10.0.0.2' }),
    ],
    ['address left out', [], one, (spec) => delete spec.clusterIP],
    [
      'second address released',
      [
        'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to \'SingleStack\' when releasing the secondary clusterIP',
        'spec.ipFamilyPolicy: Invalid value: "PreferDualStack": must be set to \'SingleStack\' when releasing the secondary ipFamily',
      ],
      two,
      set({ clusterIPs: ['10.0.0.1'], ipFamilies: ['IPv4'] }),
    ],
    [
      'second address released, and said so',
      [],
      two,
      set({ clusterIPs: ['10.0.0.1'], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' }),
    ],
    ['second address had', [], one, set({ ...two })],
    [
      'family changed',
      ['spec.ipFamilies[0]: Invalid value: ["IPv6"]: may not change once set'],
      { ipFamilies: ['IPv4'] },
      set({ ipFamilies: ['IPv6'] }),
    ],
    [
      'class changed',
      ['spec.loadBalancerClass: Invalid value: "a/c": may not change once set'],
      { type: 'LoadBalancer', loadBalancerClass: 'a/b' },
      set({ loadBalancerClass: 'a/c' }),
    ],
    [
      'port of the health check changed',
      ['spec.healthCheckNodePort: Forbidden: field is immutable'],
      { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 30000 },
      set({ healthCheckNodePort: 30001 }),
    ],
    [
      'a port of the nodes, asked for anew',
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
      { type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }] },
      (spec) => Object.assign(spec, { type: 'ClusterIP', ports: [{ port: 80, nodePort: 30081 }] }),
    ],
  ])('that changes: %s', (_, expected, before, now) => {
    expect(update(before, now).faults).toEqual(expected);
  });

  it('lets go of what its new type does not have', () => {
    const balanced = update(
      {
        ...one,
        type: 'LoadBalancer',
        externalTrafficPolicy: 'Local',
        healthCheckNodePort: 30000,
        loadBalancerClass: 'a/b',
        ports: [{ port: 80, nodePort: 30080 }],
      },
      set({ type: 'ClusterIP' }),
    );
    expect(balanced.faults).toEqual([]);
    expect(balanced.service.spec).toEqual({
      ...one,
      selector: { app: 'web' },
      type: 'ClusterIP',
      ports: [{ port: 80, targetPort: 80, protocol: 'TCP' }],
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    expect(balanced.service.status).toEqual({ loadBalancer: {} });
    const named = update({ ...one }, set({ type: 'ExternalName', externalName: 'a.b' }));
    expect(named.faults).toEqual([]);
    expect(named.service.spec).not.toHaveProperty('clusterIP');
    expect(named.service.spec).not.toHaveProperty('ipFamilies');
  });

  it.each<[string[], V1ServiceStatus, string]>([
    [
      ["status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is 'LoadBalancer'"],
      { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } },
      'ClusterIP',
    ],
    [[], { loadBalancer: { ingress: [{ ip: '10.0.0.1' }] } }, 'LoadBalancer'],
    [
      [
        'status.loadBalancer.ingress[0].ipMode: Forbidden: may not be specified when `ip` is not set',
        'status.loadBalancer.ingress[0].hostname: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
      ],
      { loadBalancer: { ingress: [{ hostname: '10.0.0.1', ipMode: 'VIP' }] } },
      'LoadBalancer',
    ],
  ])('with a status: %j', (expected, status, type) => {
    const old = made(set({ type })) as Stored<V1Service>;
    const service = { ...structuredClone(old), status };
    kinds.service.defaults(service);
    kinds.service.prepareForUpdate(service, old, 'status');
    expect(lines(kinds.service.validateUpdate(service, old, 'status'))).toEqual(expected);
  });

  // Source: `pkg/api/service/warnings.go`.
  it.each<[string[], Change]>([
    [[], set({})],
    [
      [
        'spec.externalIPs is ignored for headless services',
        'spec.SessionAffinity is ignored for headless services',
      ],
      set({ clusterIP: 'None', externalIPs: ['10.0.0.1'], sessionAffinity: 'ClientIP' }),
    ],
    [
      ['spec.externalIPs is deprecated and may no longer be implemented in some clusters'],
      set({ externalIPs: ['10.0.0.1'] }),
    ],
    [['spec.externalName is ignored when spec.type is not "ExternalName"'], set({ externalName: 'a.b' })],
    [
      ['spec.trafficDistribution: "PreferClose" is deprecated; use "PreferSameZone"'],
      set({ trafficDistribution: 'PreferClose' }),
    ],
    [
      [
        'spec.clusterIPs[0]: IPv6 address "FD00:0:0:0::0001" should be in RFC 5952 canonical format ("fd00::1")',
      ],
      set({ clusterIP: 'FD00:0:0:0::0001' }),
    ],
  ])('whose writer is told %j', (expected, change) => {
    expect(kinds.service.warnings(made(change), undefined, undefined)).toEqual(expected);
  });

  it.each<[string, V1ServiceSpec, V1ServiceStatus]>([
    ['<none>', { type: 'ClusterIP' }, {}],
    ['10.0.0.1,10.0.0.2', { type: 'NodePort', externalIPs: ['10.0.0.1', '10.0.0.2'] }, {}],
    ['<pending>', { type: 'LoadBalancer' }, {}],
    [
      '1.1.1.1,2.2.2.2,10.0.0.1',
      { type: 'LoadBalancer', externalIPs: ['10.0.0.1'] },
      { loadBalancer: { ingress: [{ ip: '2.2.2.2' }, { ip: '1.1.1.1' }] } },
    ],
    ['a.b', { type: 'ExternalName', externalName: 'a.b' }, {}],
  ])('is reached at %s', (expected, spec, status) => {
    const column = kinds.service.columns.find((each) => each.name === 'External-IP')!;
    expect(column.value({ ...exampleOf(kinds.service), spec, status } as Stored<V1Service>, 0)).toBe(
      expected,
    );
  });
});
