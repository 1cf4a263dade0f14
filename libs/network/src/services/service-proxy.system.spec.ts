import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { eventually, FakeClock } from '@gantry/base/testing';
import { linuxHost } from '@gantry/host';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { replaceRoute } from '../netlink/route.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import type { PodNetwork, Sandbox, ServicePort, ServiceProxy } from '../network.ts';
import { openPodNetwork } from '../pods/pod-network.ts';
import { enterOwnNetwork, fetchFrom, serve } from '../testing/own-network.ts';
import { openServiceProxy } from './service-proxy.ts';

const names = ['a', 'b', 'c', 'client'] as const;
type Name = (typeof names)[number];
let runDir: string;
let network: PodNetwork;
const pods = {} as Record<Name, Sandbox>;
const servers: Disposable[] = [];
let proxy: ServiceProxy;
const children: ChildProcess[] = [];

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
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await proxy.destroy();
});

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

/** Who answers in so many tries, with how often. */
async function answers(from: Name | undefined, target: string, tries = 24): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let i = 0; i < tries; i++) {
    const { name, code } = await fetchFrom(from && pods[from].network, target);
    const who = name || `code ${code}`;
    counts[who] = (counts[who] ?? 0) + 1;
  }
  return counts;
}

describe('a Service', () => {
  it('spreads connections of pods and of the node over its endpoints', async () => {
    await proxy.apply([service()]);
    expect(Object.keys(await answers('client', '10.43.0.10')).sort()).toEqual(['a', 'b', 'c']);
    expect(Object.keys(await answers(undefined, '10.43.0.10')).sort()).toEqual(['a', 'b', 'c']);
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
    expect(Object.keys(await answers('client', '10.42.3.1:30080')).sort()).toEqual(['a', 'b', 'c']);
    expect(Object.keys(await answers(undefined, '10.42.3.1:30080')).sort()).toEqual(['a', 'b', 'c']);
    expect(await fetchFrom(pods.client.network, '192.0.2.7')).toMatchObject({ code: 0, client: '10.42.3.1' });
  });

  it('keeps the client’s address where its traffic policy says so', async () => {
    await proxy.apply([
      service({ nodePort: 30080, externalIps: ['192.0.2.7'], preserveClientIp: true, endpoints: to('a') }),
    ]);
    expect(await fetchFrom(pods.client.network, '192.0.2.7')).toMatchObject({ client: address('client') });
    expect(await fetchFrom(pods.client.network, '10.42.3.1:30080')).toMatchObject({
      client: address('client'),
    });
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
    expect(Object.keys(await answers('client', '10.43.0.10')).length).toBeGreaterThan(1);
  });

  it('moves UDP flows that are under way to an endpoint that is left', async () => {
    const udp = (...endpoints: Name[]) =>
      service({
        protocol: 'UDP',
        port: 53,
        endpoints: endpoints.map((name) => ({ address: address(name), port: 5353 })),
      });
    for (const name of ['a', 'b'] as const) await run(name, udpServer, name);
    await proxy.apply([udp('a')]);
    const client = await run('client', udpClient);
    let last = '';
    createInterface({ input: client.stdout! }).on('line', (line) => (last = line));
    await eventually(() => last === 'a', { what: 'the first endpoint answers' });
    await proxy.apply([udp('b')]);
    await eventually(() => last === 'b', { what: 'the second endpoint answers the same socket' });
    await proxy.apply([udp()]);
    await proxy.apply([udp('a')]);
    await eventually(() => last === 'a', { what: 'back from none' });
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
    expect(await answers('client', '10.43.0.11', 1)).not.toHaveProperty('a');
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
    expect(stdout).not.toContain('elements');
    expect(stdout).not.toContain('affinity-');
  });
});

const udpServer = `const s = require('dgram').createSocket('udp4');
s.on('message', (_, from) => s.send(process.argv[1], from.port, from.address)).bind(5353, () => console.log('ready'));`;
const udpClient = `const s = require('dgram').createSocket('udp4');
s.on('message', (text) => console.log(String(text))).bind(40000, () => console.log('ready'));
setInterval(() => s.send('?', 53, '10.43.0.10', () => {}), 20); s.on('error', () => {});`;

/** Runs a small script in a pod until the test ends; resolves when it says that it is ready. */
async function run(name: Name, script: string, ...args: string[]): Promise<ChildProcess> {
  const file = `${runDir}/${name}.cjs`;
  writeFileSync(file, script.replace('process.argv[1]', 'process.argv[2]'));
  const child = spawn('nsenter', [`--net=${pods[name].network}`, process.execPath, file, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout!, 'data');
  return child;
}
