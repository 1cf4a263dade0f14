import type { V1Endpoint, V1EndpointSlice, V1Service, V1ServiceSpec } from '@gantry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serviceHealthChecks, servicePorts } from './service-ports.ts';

const node = { name: 'node-1' };

function service(spec: Partial<V1ServiceSpec> = {}, name = 'web'): V1Service {
  return {
    metadata: { name, namespace: 'default' },
    spec: {
      clusterIP: '10.43.0.10',
      clusterIPs: ['10.43.0.10'],
      ports: [{ name: 'http', port: 80 }],
      ...spec,
    },
  };
}
function slice(endpoints: V1Endpoint[], more: Partial<V1EndpointSlice> = {}): V1EndpointSlice {
  return {
    addressType: 'IPv4',
    metadata: { name: 'web-1', namespace: 'default', labels: { 'kubernetes.io/service-name': 'web' } },
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
    endpoints,
    ...more,
  };
}
const endpoint = (
  last: number,
  conditions: V1Endpoint['conditions'] = {},
  nodeName = node.name,
): V1Endpoint => ({
  addresses: [`10.42.0.${last}`],
  conditions,
  nodeName,
});
const lasts = (ports: ReturnType<typeof servicePorts>) =>
  ports.map(({ endpoints }) => endpoints.map(({ address }) => Number(address.split('.')[3])));

describe('servicePorts', () => {
  it('joins Service and slices by name, port name and protocol', () => {
    const ports = [
      { name: 'http', port: 80, targetPort: 'web' },
      { name: 'dns', port: 53, protocol: 'UDP' },
    ];
    const slices = [
      slice([endpoint(5)]),
      slice([endpoint(6)], { ports: [{ name: 'dns', port: 5353, protocol: 'UDP' }] }),
      slice([endpoint(7)], { ports: [{ name: 'dns', port: 5353 }] }),
      slice([endpoint(8)], {
        metadata: { namespace: 'other', labels: { 'kubernetes.io/service-name': 'web' } },
      }),
      slice([endpoint(9)], { addressType: 'IPv6' }),
      slice([endpoint(10)], { ports: [{ name: 'http' }] }),
    ];
    expect(servicePorts([service({ ports })], slices, node)).toEqual([
      {
        key: 'default/web:dns',
        protocol: 'UDP',
        port: 53,
        clusterIps: ['10.43.0.10'],
        externalIps: [],
        endpoints: [{ address: '10.42.0.6', port: 5353 }],
      },
      {
        key: 'default/web:http',
        protocol: 'TCP',
        port: 80,
        clusterIps: ['10.43.0.10'],
        externalIps: [],
        endpoints: [{ address: '10.42.0.5', port: 8080 }],
      },
    ]);
  });

  it.each<[string, Partial<V1ServiceSpec>]>([
    ['headless', { clusterIP: 'None', clusterIPs: ['None'] }],
    ['ExternalName', { type: 'ExternalName', externalName: 'example.org' }],
    ['not allocated yet', { clusterIP: undefined, clusterIPs: undefined }],
    ['IPv6 only', { clusterIP: 'fd00::1', clusterIPs: ['fd00::1'] }],
    ['without ports', { ports: undefined }],
  ])('has nothing for a Service that is %s', (_, spec) => {
    expect(servicePorts([service(spec)], [slice([endpoint(5)])], node)).toEqual([]);
  });

  it.each<[string, V1Endpoint[], number[]]>([
    [
      'ready and unknown ones',
      [endpoint(1, { ready: true }), endpoint(2), endpoint(3, { ready: false })],
      [1, 2],
    ],
    [
      'none that only serve while one is ready',
      [endpoint(1), endpoint(2, { ready: false, serving: true, terminating: true })],
      [1],
    ],
    [
      'those that terminate and serve when none is ready',
      [endpoint(2, { ready: false, serving: true, terminating: true })],
      [2],
    ],
    [
      'none that terminate and do not serve',
      [endpoint(2, { ready: false, serving: false, terminating: true })],
      [],
    ],
    ['none that serve but are not ready otherwise', [endpoint(2, { ready: false, serving: true })], []],
    ['each once, the better state counting', [endpoint(1, { ready: false }), endpoint(1)], [1]],
  ])('takes %s', (_, endpoints, expected) => {
    expect(lasts(servicePorts([service()], [slice(endpoints)], node))).toEqual([expected]);
  });

  it('keeps to the node’s own endpoints where the policies are Local', () => {
    const slices = [slice([endpoint(1), endpoint(2, {}, 'node-2')])];
    const nodePort = { type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] };
    expect(lasts(servicePorts([service({ internalTrafficPolicy: 'Local' })], slices, node))).toEqual([[1]]);
    const external = servicePorts([service({ ...nodePort, externalTrafficPolicy: 'Local' })], slices, node);
    expect(external).toMatchObject([
      { key: 'default/web:http', clusterIps: ['10.43.0.10'] },
      { key: 'default/web:http/external', clusterIps: [], nodePort: 30080, preserveClientIp: true },
    ]);
    expect(external[0]).not.toHaveProperty('nodePort');
    expect(lasts(external)).toEqual([[1, 2], [1]]);
    const internal = servicePorts([service({ ...nodePort, internalTrafficPolicy: 'Local' })], slices, node);
    expect(lasts(internal)).toEqual([[1], [1, 2]]);
    expect(internal[1]).not.toHaveProperty('preserveClientIp');
  });

  it('drops instead of refusing where the policies are Local and all endpoints are elsewhere', () => {
    const elsewhere = [slice([endpoint(2, {}, 'node-2')])];
    const local = {
      type: 'NodePort',
      ports: [{ name: 'http', port: 80, nodePort: 30080 }],
      internalTrafficPolicy: 'Local',
      externalTrafficPolicy: 'Local',
    };
    const ports = servicePorts([service(local)], elsewhere, node);
    expect(lasts(ports)).toEqual([[], []]);
    expect(ports).toMatchObject([
      { dropsWithout: true },
      { dropsWithout: true, insiders: [{ address: '10.42.0.2' }] },
    ]);
    for (const each of servicePorts([service(local)], [], node))
      expect(each).not.toHaveProperty('dropsWithout');
  });

  it.each<[string, { nodes?: string; zones?: string }[], number[]]>([
    [
      'the node’s own',
      [
        { nodes: 'node-1', zones: 'a' },
        { nodes: 'node-2', zones: 'a' },
      ],
      [0],
    ],
    ['those of the zone where none is the node’s', [{ zones: 'a' }, { zones: 'b' }, { zones: 'a' }], [0, 2]],
    ['all where one has no hint', [{ zones: 'a' }, {}], [0, 1]],
    [
      'all where none is near',
      [
        { nodes: 'node-2', zones: 'b' },
        { nodes: 'node-3', zones: 'c' },
      ],
      [0, 1],
    ],
  ])('takes by their hints %s', (_, hints, expected) => {
    const hinted = hints.map(({ nodes, zones }, i) => ({
      ...endpoint(i, {}, 'node-2'),
      hints: {
        ...(nodes ? { forNodes: [{ name: nodes }] } : {}),
        ...(zones ? { forZones: [{ name: zones }] } : {}),
      },
    }));
    const unready = endpoint(9, { ready: false }); // needs no hint
    const here = { ...node, zone: 'a' };
    expect(lasts(servicePorts([service()], [slice([...hinted, unready])], here))).toEqual([expected]);
    const local = servicePorts([service({ internalTrafficPolicy: 'Local' })], [slice(hinted)], here);
    expect(lasts(local)).toEqual([[]]);
  });

  it('tells from where a balancer’s addresses may be reached', () => {
    const balanced = (loadBalancerSourceRanges: string[]) => ({
      ...service({ type: 'LoadBalancer', externalIPs: ['192.0.2.1'], loadBalancerSourceRanges }),
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.2' }] } },
    });
    const here = { ...node, addresses: ['172.30.0.2'] };
    const firewall = (...ranges: string[]) => servicePorts([balanced(ranges)], [], here)[0]!.firewall;
    expect(firewall('10.1.2.3/8', ' 10.0.0.0/8', 'fd00::/8')).toEqual({
      addresses: ['192.0.2.2'],
      sources: ['10.0.0.0/8'],
    });
    expect(firewall('172.30.0.0/16')!.sources).toEqual(['172.30.0.0/16', '192.0.2.2/32']);
    expect(firewall()).toBeUndefined();
  });

  it('tells external addresses, balancers’ addresses, node ports and affinity', () => {
    const spec = { type: 'LoadBalancer', externalIPs: ['192.0.2.1', 'bad'], sessionAffinity: 'ClientIP' };
    const balanced = { ...service({ ...spec, ports: [{ port: 80, nodePort: 30080 }] }) };
    balanced.status = {
      loadBalancer: {
        ingress: [{ ip: '192.0.2.2' }, { hostname: 'x' }, { ip: '192.0.2.3', ipMode: 'Proxy' }],
      },
    };
    expect(servicePorts([balanced], [], node)).toEqual([
      {
        key: 'default/web:80',
        protocol: 'TCP',
        port: 80,
        clusterIps: ['10.43.0.10'],
        externalIps: ['192.0.2.1', '192.0.2.2'],
        nodePort: 30080,
        affinitySeconds: 10800,
        endpoints: [],
      },
    ]);
    expect(
      servicePorts([service({ ports: [{ port: 80, nodePort: 30080 }] })], [], node)[0],
    ).not.toHaveProperty('nodePort');
  });

  it('does not depend on the order of what it gets, and names every entry and endpoint once', () => {
    const conditions = fc.record(
      { ready: fc.boolean(), serving: fc.boolean(), terminating: fc.boolean() },
      { requiredKeys: [] },
    );
    const endpoints = fc.array(
      fc
        .tuple(fc.integer({ min: 1, max: 9 }), conditions, fc.constantFrom('node-1', 'node-2'))
        .map((each) => endpoint(...each)),
      { maxLength: 6 },
    );
    const policy = fc.constantFrom('Local', 'Cluster');
    fc.assert(
      fc.property(
        fc.array(endpoints, { maxLength: 4 }),
        policy,
        policy,
        fc.boolean(),
        (groups, internal, external, nodePort) => {
          const spec = {
            internalTrafficPolicy: internal,
            externalTrafficPolicy: external,
            ...(nodePort ? { type: 'NodePort', ports: [{ name: 'http', port: 80, nodePort: 30080 }] } : {}),
          };
          const services = [service(spec), service({ ...spec, clusterIPs: ['10.43.0.11'] }, 'other')];
          const slices = groups.map((each) => slice(each));
          const result = servicePorts(services, slices, node);
          expect(servicePorts(services.toReversed(), slices.toReversed(), node)).toEqual(result);
          expect(new Set(result.map(({ key }) => key)).size).toBe(result.length);
          for (const { endpoints } of result)
            expect(new Set(endpoints.map(({ address }) => address)).size).toBe(endpoints.length);
        },
      ),
    );
  });
});

describe('serviceHealthChecks', () => {
  const balanced = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', healthCheckNodePort: 30100 };

  it('counts the addresses of the node’s ready endpoints, once for all ports', () => {
    const ports = [
      { name: 'http', port: 80 },
      { name: 'https', port: 443 },
    ];
    const both = [
      { name: 'http', port: 8080 },
      { name: 'https', port: 8443 },
    ];
    const endpoints = [
      endpoint(5),
      endpoint(6),
      endpoint(7, {}, 'node-2'),
      endpoint(8, { ready: false }),
      endpoint(9, { ready: false, serving: true, terminating: true }),
    ];
    expect(
      serviceHealthChecks([service({ ...balanced, ports })], [slice(endpoints, { ports: both })], node),
    ).toEqual([{ namespace: 'default', name: 'web', port: 30100, localEndpoints: 2 }]);
  });

  it('says none when those of the node all terminate, and when there are none', () => {
    const terminating = endpoint(9, { ready: false, serving: true, terminating: true });
    for (const slices of [[slice([terminating])], []])
      expect(serviceHealthChecks([service(balanced)], slices, node)).toMatchObject([{ localEndpoints: 0 }]);
  });

  it.each([
    { ...balanced, externalTrafficPolicy: 'Cluster' },
    { ...balanced, type: 'NodePort' },
    { ...balanced, healthCheckNodePort: undefined },
  ])('has none for %o', (spec) => {
    expect(serviceHealthChecks([service(spec)], [slice([endpoint(5)])], node)).toEqual([]);
  });
});
