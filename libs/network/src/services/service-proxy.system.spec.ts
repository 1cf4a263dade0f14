import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { eventually, FakeClock } from '@gantry/base/testing';
import { linuxHost } from '@gantry/host';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replaceRoute } from '../netlink/route.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import type { PodNetwork, Sandbox, ServicePort, ServiceProxy } from '../network.ts';
import { openPodNetwork } from '../pods/pod-network.ts';
import { macOf } from '../pods/routes.ts';
import { answerers, enterOwnNetwork, fetchFrom, serve } from '../testing/own-network.ts';
import { udpClient, udpServer } from '../testing/udp.ts';
import { openServiceProxy } from './service-proxy.ts';

const names = ['a', 'b', 'c', 'client'] as const;
type Name = (typeof names)[number];
let runDir: string;
let network: PodNetwork;
const pods = {} as Record<Name, Sandbox>;
const servers: Disposable[] = [];
let proxy: ServiceProxy;
const talkers: AsyncDisposable[] = [];
/** An address of a client outside of the cluster. */
const outside = '198.51.100.2';

const common = { host: linuxHost, log: silentLogger, metrics: createMetrics({ processMetrics: false }) };
const open = (clock = systemClock as typeof systemClock) => openServiceProxy({ ...common, clock });

beforeAll(async () => {
  enterOwnNetwork();
  runDir = mkdtempSync('/run/gantry-test-');
  network = await openPodNetwork({ ...common, clock: systemClock, runDir, poolSize: 0 });
  await network.open({ podCidr: '10.42.3.0/24', known: [] });
  for (const name of names) {
    pods[name] = await network.acquire({ id: name, hostname: name });
    servers.push(serve(pods[name].network, 8080, name));
  }
  using route = new RouteSocket(); // a node has a way out; without one packets to a Service's address would not even start
  const gateway = {
    destination: '0.0.0.0/0',
    gateway: '10.42.3.254',
    linkIndex: route.link('gantry0')!.index,
  };
  route.execute([replaceRoute(gateway)]);
  // The client has an address that is not of the cluster, too.
  await ip(pods.client.network, 'address', 'add', `${outside}/32`, 'dev', 'eth0');
  await ip(undefined, 'route', 'add', `${outside}/32`, 'dev', 'gantry0');
  const mac = macOf(pods.client.addresses[0]!);
  await ip(undefined, 'neigh', 'add', outside, 'lladdr', mac, 'dev', 'gantry0', 'nud', 'permanent');
  // Nobody is at the gateway, and nobody says so: else a connection that is dropped would fail as unreachable after some seconds.
  const nobody = ['10.42.3.254', 'lladdr', '02:00:00:00:00:fe'];
  await ip(undefined, 'neigh', 'add', ...nobody, 'dev', 'gantry0', 'nud', 'permanent');
});
afterAll(async () => {
  for (const server of servers) server[Symbol.dispose]();
  await network?.destroy();
  rmSync(runDir, { recursive: true, force: true });
});
beforeEach(async () => {
  proxy = await open();
});
afterEach(async () => {
  for (const talker of talkers.splice(0)) await talker[Symbol.asyncDispose]();
  await proxy.destroy();
});

async function ip(namespace: string | undefined, ...args: string[]): Promise<void> {
  const command = ['ip', ...args];
  const [program = '', ...rest] = namespace ? ['nsenter', `--net=${namespace}`, ...command] : command;
  const { code, stderr } = await linuxHost.run(program, rest);
  if (code !== 0) throw new Error(stderr);
}

const address = (name: Name) => pods[name].addresses[0]!;
const to = (...to: Name[]) => to.map((name) => ({ address: address(name), port: 8080 }));
function service(more: Partial<ServicePort> = {}): ServicePort {
  return {
    key: 'default/web:http',
    protocol: 'TCP',
    port: 80,
    clusterIps: ['10.43.0.10'],
    externalIps: [],
    endpoints: to('a', 'b', 'c'),
    ...more,
  };
}

/** For those who are to hear nothing. */
const silenceSeconds = 2;

/** Who answers in so many tries, with how often. */
async function answers(
  from: Name | undefined,
  target: string,
  tries: number,
  seconds?: number,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < tries; i++) {
    const { name, code } = await fetchFrom(from && pods[from].network, target, undefined, seconds);
    const who = name || `code ${code}`;
    counts[who] = (counts[who] ?? 0) + 1;
  }
  return counts;
}

/** Who answers at all. */
const allOf = (from: Name | undefined, target: string, count = 3) =>
  answerers(() => fetchFrom(from && pods[from].network, target), count);

describe('a Service', () => {
  it('spreads connections of pods and of the node over its endpoints', async () => {
    await proxy.apply([service()]);
    expect(await allOf('client', '10.43.0.10')).toEqual(['a', 'b', 'c']);
    expect(await allOf(undefined, '10.43.0.10')).toEqual(['a', 'b', 'c']);
  });

  it('shows the client’s own address to its endpoints', async () => {
    await proxy.apply([service({ endpoints: to('a') })]);
    expect(await fetchFrom(pods.client.network, '10.43.0.10')).toEqual({
      code: 0,
      name: 'a',
      client: address('client'),
    });
  });

  it('answers a pod that is its own only endpoint', async () => {
    await proxy.apply([service({ endpoints: to('a') })]);
    expect(await fetchFrom(pods.a.network, '10.43.0.10')).toMatchObject({ code: 0, name: 'a' });
  });

  it('refuses connections at once when it has no endpoints, and takes them when it gets one', async () => {
    const nodePort = 30080;
    await proxy.apply([service({ endpoints: [], nodePort })]);
    expect(await answers('client', '10.43.0.10', 1)).toEqual({ 'code 7': 1 });
    expect(await answers(undefined, '10.43.0.10', 1)).toEqual({ 'code 7': 1 });
    expect(await answers('client', '10.42.3.1:30080', 1)).toEqual({ 'code 7': 1 });
    await proxy.apply([service({ endpoints: to('b'), nodePort })]);
    expect(await answers('client', '10.43.0.10', 2)).toEqual({ b: 2 });
    expect(await answers('client', '10.42.3.1:30080', 2)).toEqual({ b: 2 });
    await proxy.apply([service({ endpoints: [], nodePort })]);
    expect(await answers('client', '10.43.0.10', 1)).toEqual({ 'code 7': 1 });
  });

  it('answers on node ports and external addresses, hiding the client behind the node', async () => {
    await proxy.apply([service({ nodePort: 30080, externalIps: ['192.0.2.7'] })]);
    expect(await allOf('client', '10.42.3.1:30080')).toEqual(['a', 'b', 'c']);
    expect(await allOf(undefined, '10.42.3.1:30080')).toEqual(['a', 'b', 'c']);
    expect(await fetchFrom(pods.client.network, '192.0.2.7')).toMatchObject({ code: 0, client: '10.42.3.1' });
  });

  describe.each([{}, { affinitySeconds: 60 }])('for the node’s own endpoints only, with %o', (affinity) => {
    const local = (...endpoints: Name[]): ServicePort =>
      service({
        clusterIps: [],
        nodePort: 30080,
        externalIps: ['192.0.2.7'],
        preserveClientIp: true,
        endpoints: to(...endpoints),
        insiders: to('b'),
        ...affinity,
        ...(endpoints.length === 0 ? { dropsWithout: true } : {}),
      });

    it('shows them who comes from outside, and sends those inside to all endpoints', async () => {
      await proxy.apply([local('a')]);
      for (const target of ['192.0.2.7', '10.42.3.1:30080']) {
        expect(await fetchFrom(pods.client.network, target, outside)).toEqual({
          code: 0,
          name: 'a',
          client: outside,
        });
        expect(await fetchFrom(pods.client.network, target)).toMatchObject({
          name: 'b',
          client: address('client'),
        });
        expect(await fetchFrom(undefined, target)).toMatchObject({ name: 'b', client: '10.42.3.1' });
      }
    });

    it('says nothing to those from outside when there is none, as a balancer expects, and serves those inside', async () => {
      await proxy.apply([local()]);
      for (const target of ['192.0.2.7', '10.42.3.1:30080']) {
        expect(await fetchFrom(pods.client.network, target, outside, silenceSeconds)).toMatchObject({
          code: 28,
        });
        expect(await fetchFrom(pods.client.network, target)).toMatchObject({ name: 'b' });
        expect(await fetchFrom(undefined, target)).toMatchObject({ name: 'b' });
      }
      await proxy.apply([local('a')]);
      expect(await fetchFrom(pods.client.network, '192.0.2.7', outside)).toMatchObject({ name: 'a' });
    });
  });

  it('says nothing on its cluster IP when its endpoints are all elsewhere and only those here would do', async () => {
    await proxy.apply([service({ endpoints: [], dropsWithout: true })]);
    expect(await answers('client', '10.43.0.10', 1, silenceSeconds)).toEqual({ 'code 28': 1 });
  });

  it('refuses connections to ports that it does not have, with or without endpoints', async () => {
    await proxy.apply([service(), service({ key: 'x/y:z', clusterIps: ['10.43.0.11'], endpoints: [] })]);
    for (const from of ['client', undefined] as const)
      for (const target of ['10.43.0.10:81', '10.43.0.11:81'])
        expect(await answers(from, target, 1)).toEqual({ 'code 7': 1 });
    await proxy.apply([]);
    expect(await answers('client', '10.43.0.10:81', 1, silenceSeconds)).toEqual({ 'code 28': 1 });
  });

  it('lets only its source ranges reach a balancer’s address, and all its other addresses', async () => {
    const addresses = { externalIps: ['192.0.2.7', '192.0.2.8'], nodePort: 30080 };
    const from = (...sources: string[]) =>
      service({ ...addresses, firewall: { addresses: ['192.0.2.8'], sources } });
    const tries = async (...expected: number[]) => {
      for (const [i, source] of [outside, undefined].entries()) {
        const seconds = expected[i] === 28 ? silenceSeconds : undefined;
        const { code } = await fetchFrom(pods.client.network, '192.0.2.8', source, seconds);
        expect(code, source ?? 'from within').toBe(expected[i]);
      }
    };
    await proxy.apply([from('198.51.100.0/24', '198.51.100.0/25')]);
    await tries(0, 28);
    for (const target of ['192.0.2.7', '10.43.0.10', '10.42.3.1:30080'])
      expect(await fetchFrom(pods.client.network, target)).toMatchObject({ code: 0 });
    await proxy.apply([from('10.42.3.0/24')]);
    await tries(28, 0);
    await proxy.apply([from('0.0.0.0/0')]);
    await tries(0, 0);
    await proxy.apply([service(addresses)]);
    await tries(0, 0);
  });

  it('sends a client back to the same endpoint with affinity, also when others come and go', async () => {
    const sticky = { affinitySeconds: 60, nodePort: 30080 };
    await proxy.apply([service(sticky)]);
    const [first = ''] = Object.keys(await answers('client', '10.43.0.10', 1));
    expect(await answers('client', '10.43.0.10', 10)).toEqual({ [first]: 10 });
    const other = names.find((name) => name !== first && name !== 'client')!;
    await proxy.apply([service({ ...sticky, endpoints: to(first as Name, other) })]);
    expect(await answers('client', '10.43.0.10', 10)).toEqual({ [first]: 10 });
    await proxy.apply([service({ ...sticky, endpoints: to(other) })]);
    expect(await answers('client', '10.43.0.10', 3)).toEqual({ [other]: 3 });
    expect(await answers('client', '10.42.3.1:30080', 3)).toEqual({ [other]: 3 });
    await proxy.apply([service()]);
    expect((await allOf('client', '10.43.0.10', 2)).length).toBeGreaterThan(1);
  });

  it('moves UDP flows that are under way to an endpoint that is left', async () => {
    const udp = (...endpoints: Name[]) =>
      service({
        protocol: 'UDP',
        port: 53,
        endpoints: endpoints.map((name) => ({ address: address(name), port: 5353 })),
      });
    for (const name of ['a', 'b'] as const) talkers.push(await udpServer(pods[name].network, 5353, name));
    await proxy.apply([udp('a')]);
    const client = await udpClient(pods.client.network, '10.43.0.10', 53);
    talkers.push(client);
    await eventually(() => client.last === 'a', { what: 'the first endpoint answers' });
    await proxy.apply([udp('b')]);
    await eventually(() => client.last === 'b', { what: 'the second endpoint answers the same socket' });
    await proxy.apply([udp()]);
    await proxy.apply([udp('a')]);
    await eventually(() => client.last === 'a', { what: 'back from none' });
  });
});

describe('the proxy', () => {
  it('tells of malformed ports and changes nothing', async () => {
    await proxy.apply([service({ endpoints: to('a') })]);
    const hostile = { address: '1.2.3.4 ; flush ruleset', port: 1 };
    await expect(proxy.apply([service({ endpoints: [hostile] })])).rejects.toThrow('is not an IPv4 address');
    await expect(proxy.apply([service({ port: 0 })])).rejects.toThrow('0 is not a port');
    expect(await answers('client', '10.43.0.10', 1)).toEqual({ a: 1 });
  });

  it('takes the place of what an earlier process left', async () => {
    await proxy.apply([service(), service({ key: 'default/old:x', clusterIps: ['10.43.0.11'] })]);
    await proxy[Symbol.asyncDispose]();
    proxy = await open();
    await proxy.apply([service({ endpoints: to('c') })]);
    expect(await answers('client', '10.43.0.10', 3)).toEqual({ c: 3 });
    expect(await answers('client', '10.43.0.11', 1, silenceSeconds)).toEqual({ 'code 28': 1 });
  });

  it('remembers the clients of an earlier process with affinity, and of a table that it replaces', async () => {
    const sticky = service({ affinitySeconds: 600 });
    await proxy.apply([sticky]);
    const [first = ''] = Object.keys(await answers('client', '10.43.0.10', 1));
    expect(first).not.toBe('');
    for (let round = 0; round < 3; round++) {
      await proxy[Symbol.asyncDispose]();
      proxy = await open();
      await proxy.apply([sticky]);
      expect(await answers('client', '10.43.0.10', 4)).toEqual({ [first]: 4 });
    }
    // Another time to remember: the set cannot be changed, so the table is replaced.
    await proxy.apply([service({ affinitySeconds: 300 })]);
    expect(await answers('client', '10.43.0.10', 4)).toEqual({ [first]: 4 });
    const rest = names.filter((name) => name !== first && name !== 'client') as Name[];
    await proxy[Symbol.asyncDispose]();
    proxy = await open();
    await proxy.apply([service({ affinitySeconds: 300, endpoints: to(...rest) })]);
    expect(await answers('client', '10.43.0.10', 1)).not.toHaveProperty(first);
  });

  it('tells balancers whether the node has endpoints, on the ports of their health checks', async () => {
    const check = { namespace: 'default', name: 'web', port: 30123, localEndpoints: 2 };
    const ask = async (from: Name | undefined, port: number) => {
      const target = `http://10.42.3.1:${port}/healthz`;
      const curl = ['curl', '-s', '-i', '--max-time', '5', target];
      const [program = '', ...args] = from ? ['nsenter', `--net=${pods[from].network}`, ...curl] : curl;
      const { code, stdout } = await linuxHost.run(program, args);
      const [head = '', body = ''] = stdout.split('\r\n\r\n');
      return { code, status: Number(head.split(' ')[1]), head: head.toLowerCase(), body };
    };
    await proxy.apply([], [check, { ...check, name: 'none', port: 30124, localEndpoints: 0 }]);
    for (const from of ['client', undefined] as const) {
      const healthy = await ask(from, 30123);
      expect(healthy).toMatchObject({ code: 0, status: 200 });
      expect(healthy.head).toContain('content-type: application/json');
      expect(healthy.head).toContain('x-load-balancing-endpoint-weight: 2');
      expect(JSON.parse(healthy.body)).toEqual({
        service: { namespace: 'default', name: 'web' },
        localEndpoints: 2,
        serviceProxyHealthy: true,
      });
      expect(await ask(from, 30124)).toMatchObject({ code: 0, status: 503 });
    }
    await proxy.apply([], [{ ...check, localEndpoints: 0 }]);
    expect(await ask('client', 30123)).toMatchObject({ code: 0, status: 503 });
    expect(await ask('client', 30124)).toMatchObject({ code: 7 });
    await proxy.apply([], [check]);
    expect(await ask('client', 30123)).toMatchObject({ status: 200 });
    // Rules that the kernel does not have are no reason to send traffic here.
    await expect(proxy.apply([service({ port: 0 })], [check])).rejects.toThrow('is not a port');
    expect(await ask('client', 30123)).toMatchObject({ status: 503 });
    await proxy[Symbol.asyncDispose]();
    expect(await ask('client', 30123)).toMatchObject({ code: 7 });
    proxy = await open();
  });

  it('goes on without a health check whose port somebody else has, until it is free', async () => {
    const taken = createServer().listen(30125);
    await once(taken, 'listening');
    const checks = [{ namespace: 'default', name: 'web', port: 30125, localEndpoints: 1 }];
    await proxy.apply([service({ endpoints: to('a') })], checks);
    expect(await answers('client', '10.43.0.10', 1)).toEqual({ a: 1 });
    taken.close();
    await once(taken, 'close');
    await proxy.apply([service({ endpoints: to('b') })], checks);
    expect(await fetchFrom(pods.client.network, '10.42.3.1:30125')).toMatchObject({ code: 0 });
  });

  it('makes its table again when somebody removed it, at the next change or by itself', async () => {
    const clock = new FakeClock();
    await proxy.destroy();
    proxy = await open(clock);
    await proxy.apply([service({ endpoints: to('a') })]);
    await linuxHost.run('nft', ['delete', 'table', 'ip', 'gantry-services']);
    await proxy.apply([service({ endpoints: to('b') })]);
    expect(await answers('client', '10.43.0.10', 1)).toEqual({ b: 1 });
    await linuxHost.run('nft', ['delete', 'table', 'ip', 'gantry-services']);
    await clock.advance(30_000);
    await eventually(async () => (await answers('client', '10.43.0.10', 1))['b'] === 1);
  });

  it('replaces the table when somebody changed it so that a change does not fit', async () => {
    await proxy.apply([service({ endpoints: to('a') })]);
    await linuxHost.run('nft', ['flush', 'map', 'ip', 'gantry-services', 'endpoints']);
    await proxy.apply([service({ endpoints: to('b') })]);
    expect(await answers('client', '10.43.0.10', 2)).toEqual({ b: 2 });
  });

  it('ends where it should whatever the order of many applies', async () => {
    const done = [to('a'), to('a', 'b'), [], to('b', 'c'), to('c')].map((endpoints) =>
      proxy.apply([service({ endpoints })]),
    );
    await Promise.all(done);
    expect(await answers('client', '10.43.0.10', 3)).toEqual({ c: 3 });
  });

  it('goes through every kind of change without once starting over', async () => {
    const states: ServicePort[][] = [
      [service()],
      [service({ endpoints: to('a', 'b') })],
      [service({ endpoints: [] })],
      [
        service({ affinitySeconds: 10 }),
        service({ key: 'x/y:z', clusterIps: ['10.43.0.12'], nodePort: 31000 }),
      ],
      ...[{}, { affinitySeconds: 10 }].map((affinity) => [
        service({ nodePort: 31000, preserveClientIp: true, insiders: to('b', 'c'), ...affinity }),
      ]),
      [service({ nodePort: 31000, preserveClientIp: true, endpoints: [], insiders: to('c') })],
      [
        service({
          externalIps: ['192.0.2.1'],
          firewall: { addresses: ['192.0.2.1'], sources: ['10.0.0.0/8'] },
        }),
      ],
      [
        service({ affinitySeconds: 20, endpoints: to('a') }),
        service({ key: 'x/y:z', clusterIps: ['10.43.0.12'] }),
      ],
      [service({ protocol: 'UDP' })],
      [service({ protocol: 'SCTP', externalIps: ['192.0.2.1'], preserveClientIp: true })],
      [],
    ];
    const metrics = createMetrics({ processMetrics: false });
    await proxy.destroy();
    proxy = await openServiceProxy({ ...common, metrics, clock: systemClock });
    for (const state of states) await proxy.apply(state);
    const text = await metrics.metrics();
    expect(text).toContain('kubeproxy_sync_proxy_rules_duration_seconds_count{mode="full"} 1');
    expect(text).toContain(
      `kubeproxy_sync_proxy_rules_duration_seconds_count{mode="incremental"} ${states.length - 1}`,
    );
    const { stdout } = await linuxHost.run('nft', ['list', 'table', 'ip', 'gantry-services']);
    expect(stdout.match(/elements = .*/g)).toEqual(['elements = { 10.42.0.0/16 }']); // of cluster-networks
    expect(stdout).not.toContain('affinity-');
  });
});
