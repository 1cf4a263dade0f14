import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type V1Service } from '@gantry/api';
import { MemoryState, RegistryState, type State } from '@gantry/state';
import { ServiceAddresses } from './service-addresses.ts';

const service = (name: string, spec: Partial<V1Service['spec']> = {}): V1Service => ({
  metadata: { name, namespace: 'default' },
  spec: { ports: [{ port: 80 }], ...spec },
});
const named = (name: string) => ({ namespace: 'default', name });

describe('addresses of services', () => {
  let below: MemoryState;
  let state: State;
  let stop: AbortController;

  // Addresses that a test names are among the first sixteen, which are given to nobody who names none.
  const start = (clusterIpRange = '10.43.0.0/24') => {
    stop = new AbortController();
    const addresses = new ServiceAddresses({
      state: below,
      clock: systemClock,
      random: Math.random,
      log: silentLogger,
      clusterIpRange,
      nodePorts: { first: 30_000, last: 30_009 },
    });
    void addresses.run(stop.signal);
    state = new RegistryState(below, { clock: systemClock, random: Math.random, admission: [addresses] });
  };
  beforeEach(() => {
    below = new MemoryState();
    start();
  });
  afterEach(() => stop.abort());

  it('are given once and kept through updates that do not name them', async () => {
    const { object } = await state.create(kinds.service, service('a', { type: 'NodePort' }));
    expect(object.spec.clusterIP).toMatch(/^10\.43\.0\.\d+$/);
    expect(object.spec.clusterIPs).toEqual([object.spec.clusterIP]);
    expect(object.spec.ipFamilies).toEqual(['IPv4']);
    const port = object.spec.ports![0]!.nodePort!;
    expect(port).toBeGreaterThanOrEqual(30_000);
    const updated = await state.update(
      kinds.service,
      service('a', { type: 'NodePort', selector: { a: 'b' } }),
    );
    expect(updated.object.spec.clusterIP).toBe(object.spec.clusterIP);
    expect(updated.object.spec.ports![0]!.nodePort).toBe(port);
  });

  it('never collide, however many ask at once, and run out with a reason', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 300 }, (_, i) => state.create(kinds.service, service(`s${i}`))),
    );
    const given = answers.flatMap((each) =>
      each.status === 'fulfilled' ? [each.value.object.spec.clusterIP] : [],
    );
    expect(new Set(given).size).toBe(given.length);
    expect(given.length).toBe(254);
    expect(answers.find((each) => each.status === 'rejected')?.reason).toMatchObject({
      reason: 'Invalid',
      message: expect.stringContaining('range is full') as string,
    });
  });

  it('are of one family, which those without endpoints of their own may leave', async () => {
    const refused = (spec: Partial<V1Service['spec']>) =>
      state.create(kinds.service, service('two', spec)).then(
        () => '',
        (error: Error) => error.message,
      );
    expect(await refused({ ipFamilies: ['IPv6'] })).toContain(
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    );
    expect(await refused({ ipFamilyPolicy: 'RequireDualStack' })).toContain(
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    );
    expect(await refused({ ipFamilyPolicy: 'PreferDualStack' })).toBe('');
    const anywhere = service('anywhere', { clusterIP: 'None', ipFamilies: ['IPv6'] });
    await expect(state.create(kinds.service, anywhere)).resolves.toBeDefined();
  });

  it('are refused when somebody else has them or they lie outside', async () => {
    await state.create(kinds.service, service('a', { clusterIP: '10.43.0.9' }));
    await expect(state.create(kinds.service, service('b', { clusterIP: '10.43.0.9' }))).rejects.toMatchObject(
      {
        reason: 'Invalid',
        message: expect.stringContaining(
          'spec.clusterIPs: Invalid value: ["10.43.0.9"]: failed to allocate IP 10.43.0.9: provided IP is already allocated',
        ) as string,
      },
    );
    await expect(state.create(kinds.service, service('b', { clusterIP: '10.44.0.9' }))).rejects.toMatchObject(
      {
        message: expect.stringContaining(
          'is not in the valid range. The range of valid IPs is 10.43.0.0/24',
        ) as string,
      },
    );
    const nodePort = (name: string, port: number) =>
      state.create(kinds.service, service(name, { type: 'NodePort', ports: [{ port: 80, nodePort: port }] }));
    await nodePort('c', 30_001);
    await expect(nodePort('d', 30_001)).rejects.toThrow(
      'spec.ports[0].nodePort: Invalid value: 30001: provided port is already allocated',
    );
    await expect(nodePort('d', 40_000)).rejects.toThrow('The range of valid ports is 30000-30009');
  });

  it('are not given to headless and external ones', async () => {
    const headless = await state.create(kinds.service, service('h', { clusterIP: 'None' }));
    expect(headless.object.spec.clusterIPs).toEqual(['None']);
    const external = await state.create(
      kinds.service,
      service('e', { type: 'ExternalName', externalName: 'x.org' }),
    );
    expect(external.object.spec.clusterIP).toBeUndefined();
  });

  it('are free again after a deletion, a change of type, a failed write and a dry run', async () => {
    const claim = (name: string, port: number, dryRun = false) =>
      state.create(
        kinds.service,
        service(name, { type: 'NodePort', clusterIP: '10.43.0.8', ports: [{ port: 80, nodePort: port }] }),
        { dryRun },
      );
    await claim('a', 30_005, true);
    await claim('a', 30_005);
    await state.delete(kinds.service, named('a'));
    await claim('a', 30_005);
    await state.update(kinds.service, service('a', { type: 'ClusterIP' }));
    const other = await state.create(
      kinds.service,
      service('b', { type: 'NodePort', ports: [{ port: 80, nodePort: 30_005 }] }),
    );
    expect(other.object.spec.ports![0]!.nodePort).toBe(30_005);
    await expect(claim('c', 30_005)).rejects.toThrow('already allocated');
    await expect(
      state.create(
        kinds.service,
        service('d', { clusterIP: '10.43.0.9', ports: [{ port: 80, nodePort: 1 }] }),
      ),
    ).rejects.toThrow('Invalid');
    await expect(
      state.create(kinds.service, service('d', { clusterIP: '10.43.0.9' })),
    ).resolves.toBeDefined();
  });

  it('share a node port between TCP and UDP on one port', async () => {
    const { object } = await state.create(
      kinds.service,
      service('dns', {
        type: 'NodePort',
        ports: [
          { name: 'tcp', port: 53 },
          { name: 'udp', port: 53, protocol: 'UDP' },
        ],
      }),
    );
    const [tcp, udp] = object.spec.ports!;
    expect(tcp!.nodePort).toBe(udp!.nodePort);
  });

  it('have a port for the health checks of balancers that keep to the node, for as long as they are such', async () => {
    const local = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    const { object } = await state.create(kinds.service, service('lb', local));
    const { healthCheckNodePort } = object.spec;
    expect(healthCheckNodePort).toBeGreaterThanOrEqual(30_000);
    expect(healthCheckNodePort).not.toBe(object.spec.ports![0]!.nodePort);
    const again = await state.update(kinds.service, service('lb', { ...local, selector: { a: 'b' } }));
    expect(again.object.spec.healthCheckNodePort).toBe(healthCheckNodePort);
    const taken = { ...local, healthCheckNodePort: healthCheckNodePort! };
    await expect(state.create(kinds.service, service('other', taken))).rejects.toMatchObject({
      reason: 'InternalError',
      message: `Internal error occurred: failed to allocate requested HealthCheck NodePort ${healthCheckNodePort}: provided port is already allocated`,
    });
    await expect(
      state.create(kinds.service, service('other', { ...local, healthCheckNodePort: 80 })),
    ).rejects.toMatchObject({ message: expect.stringContaining('not in the valid range') as string });
    await expect(
      state.update(
        kinds.service,
        service('lb', { ...local, ports: [{ port: 80, nodePort: healthCheckNodePort! }] }),
      ),
    ).rejects.toMatchObject({ reason: 'Invalid' });
    const cluster = await state.update(
      kinds.service,
      service('lb', { ...local, externalTrafficPolicy: 'Cluster' }),
    );
    expect(cluster.object.spec.healthCheckNodePort).toBeUndefined();
    await eventually(() =>
      state.create(kinds.service, service('other', taken)).then(
        () => true,
        () => false,
      ),
    );
  });

  it('are known again after a restart', async () => {
    await state.create(kinds.service, service('a', { clusterIP: '10.43.0.10' }));
    stop.abort();
    start();
    await expect(state.create(kinds.service, service('b', { clusterIP: '10.43.0.10' }))).rejects.toThrow(
      'already allocated',
    );
    await below.delete(kinds.service, named('a'));
    await eventually(() => state.create(kinds.service, service('b', { clusterIP: '10.43.0.10' })));
  });
});
