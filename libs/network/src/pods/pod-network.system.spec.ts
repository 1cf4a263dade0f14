import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createMetrics, silentLogger, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { linuxHost } from '@gantry/host';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RouteSocket } from '../netlink/route-socket.ts';
import type { PodNetwork, Sandbox } from '../network.ts';
import { enterOwnNetwork, fetchFrom, serve } from '../testing/own-network.ts';
import { NetworkProcess } from '../testing/network-process.ts';
import { udpClient, udpServer } from '../testing/udp.ts';
import { openPodNetwork } from './pod-network.ts';

const podCidr = '10.42.3.0/24';
let runDir: string;
let network: PodNetwork;

beforeAll(enterOwnNetwork);
beforeEach(async () => {
  runDir = mkdtempSync('/run/gantry-test-');
  network = await make();
});
afterEach(async () => {
  await network.destroy();
  rmSync(runDir, { recursive: true, force: true });
});

const make = () =>
  openPodNetwork({
    host: linuxHost,
    runDir,
    log: silentLogger,
    clock: systemClock,
    metrics: createMetrics({ processMetrics: false }),
    poolSize: 3,
  });
const acquire = (id: string, more = {}) => network.acquire({ id, hostname: id, ...more });

async function inside(sandbox: Sandbox, ...command: string[]): Promise<string> {
  const flags = [`--net=${sandbox.network}`, `--uts=${sandbox.uts}`, `--ipc=${sandbox.ipc}`];
  const { stdout } = await linuxHost.run('nsenter', [...flags, ...command]);
  return stdout.trim();
}

function veths(): number {
  using route = new RouteSocket();
  return route.links().filter((link) => link.kind === 'veth').length;
}
const mounts = () =>
  readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .filter((line) => line.includes(runDir)).length;
async function tables(): Promise<string> {
  return (await linuxHost.run('nft', ['list', 'tables'])).stdout;
}

describe('sandboxes', () => {
  beforeEach(() => network.open({ podCidr, known: [] }));

  it('have their own hostname, address, loopback and way out', async () => {
    const sandbox = await acquire('web-0');
    expect(await inside(sandbox, 'hostname')).toBe('web-0');
    expect(sandbox.addresses[0]).toMatch(/^10\.42\.3\.\d+$/);
    expect(await inside(sandbox, 'ip', '-4', '-br', 'address')).toContain(`${sandbox.addresses[0]}/32`);
    expect(await inside(sandbox, 'ip', 'route')).toContain('default via 10.42.3.1');
    expect(await inside(sandbox, 'ip', '-br', 'link', 'show', 'lo')).toContain('LOOPBACK,UP');
    expect((await linuxHost.run('hostname', [])).stdout.trim()).not.toBe('web-0');
  });

  it('reach each other and the node, and the node reaches them', async () => {
    const [one, two] = [await acquire('one'), await acquire('two')];
    using _server = serve(two.network, 8080, 'two');
    expect(await fetchFrom(one.network, `${two.addresses[0]}:8080`)).toEqual({
      code: 0,
      name: 'two',
      client: one.addresses[0],
    });
    expect(await fetchFrom(undefined, `${two.addresses[0]}:8080`)).toMatchObject({
      code: 0,
      client: '10.42.3.1',
    });
  });

  it('are counted by what they have received and sent', async () => {
    const [one, two] = [await acquire('one'), await acquire('two')];
    using _server = serve(two.network, 8080, 'two'.repeat(3_000));
    await acquire('host', { hostNetwork: true });
    await fetchFrom(one.network, `${two.addresses[0]}:8080`);
    const traffic = network.traffic();
    expect([...traffic.keys()].sort()).toEqual(['one', 'two']);
    expect(traffic.get('one')!.received.bytes).toBeGreaterThan(9_000);
    expect(traffic.get('one')!.sent.bytes).toBeLessThan(9_000);
    expect(traffic.get('two')!.sent.bytes).toBeGreaterThan(9_000);
    expect(traffic.get('two')!.sent.packets).toBeGreaterThan(3);
  });

  it('are the same when asked for again, also at the same time', async () => {
    const [first, second] = await Promise.all([acquire('same'), acquire('same')]);
    expect(second).toBe(first);
    expect(await acquire('same')).toBe(first);
    expect(network.get('same')).toBe(first);
  });

  it('come and go fifty times without a link, mount or file left', async () => {
    const addresses = new Set<string>();
    for (let i = 0; i < 50; i++) {
      const sandbox = await acquire(`pod-${i}`);
      addresses.add(sandbox.addresses[0]!);
      await network.release(`pod-${i}`);
      await network.release(`pod-${i}`);
      expect(network.get(`pod-${i}`)).toBeUndefined();
    }
    expect(addresses.size).toBe(50); // none is reused while there are fresh ones
    using route = new RouteSocket();
    const held = () => ({
      veths: veths(),
      namespaces: readdirSync(`${runDir}/ns`).length,
      mounts: mounts(),
      neighbours: route.neighbours().filter(({ address }) => address.startsWith('10.42.3.')).length,
    });
    const pool = { veths: 3, namespaces: 4, mounts: 1 + 3 * 3, neighbours: 3 };
    await eventually(() => JSON.stringify(held()) === JSON.stringify(pool), {
      what: 'only the pool is left',
    }).catch(() => expect(held()).toEqual(pool));
  });

  it('of the host network share its addresses but have a hostname and IPC of their own', async () => {
    const sandbox = await acquire('host-pod', { hostNetwork: true });
    expect(sandbox.network).toBe('host');
    const { stdout } = await linuxHost.run('nsenter', [
      `--uts=${sandbox.uts}`,
      `--ipc=${sandbox.ipc}`,
      'hostname',
    ]);
    expect(stdout.trim()).toBe('host-pod');
    await network.release('host-pod');
    await eventually(() => !existsSync(sandbox.uts));
  });

  it('may share the host’s IPC', async () => {
    expect((await acquire('ipc', { hostIpc: true })).ipc).toBe('host');
  });

  it('answer on host ports, also to themselves, until they are released', async () => {
    const hostPorts = [{ hostPort: 9090, containerPort: 8080, protocol: 'TCP' as const }];
    const server = await acquire('server', { hostPorts });
    const client = await acquire('client');
    using _server = serve(server.network, 8080, 'server');
    expect(await fetchFrom(client.network, '10.42.3.1:9090')).toMatchObject({ code: 0, name: 'server' });
    expect(await fetchFrom(server.network, '10.42.3.1:9090')).toMatchObject({ code: 0, name: 'server' });
    expect(await fetchFrom(undefined, '10.42.3.1:9090')).toMatchObject({ code: 0, name: 'server' });
    await expect(acquire('second', { hostPorts })).rejects.toThrow(
      'host port 9090/TCP is taken by pod server',
    );
    expect(network.get('second')).toBeUndefined();
    await network.release('server');
    expect(await fetchFrom(client.network, '10.42.3.1:9090')).toMatchObject({ code: 7 });
    await acquire('second', { hostPorts });
  });

  it('get what is sent to their UDP host ports from before they came, and leave nothing to the next', async () => {
    const hostPorts = [{ hostPort: 9053, containerPort: 5353, protocol: 'UDP' as const }];
    const sender = await acquire('sender');
    await using client = await udpClient(sender.network, '10.42.3.1', 9053);
    for (const name of ['first', 'second']) {
      const pod = await acquire(name, { hostPorts });
      await using _server = await udpServer(pod.network, 5353, name);
      await eventually(() => client.last === name, { what: `the ${name} pod answers the same socket` });
      await network.release(name);
    }
  });

  it('are refused for hostnames that Linux does not take', async () => {
    await expect(network.acquire({ id: 'long', hostname: 'x'.repeat(65) })).rejects.toThrow('1 to 64 bytes');
    await expect(network.acquire({ id: 'none', hostname: '' })).rejects.toThrow(TypeError);
  });
});

describe('a node', () => {
  it('says when its addresses are used up, and goes on when one comes back', async () => {
    await network.open({ podCidr: '10.42.9.0/29', known: [] });
    for (let i = 0; i < 5; i++) await acquire(`pod-${i}`);
    await expect(acquire('one-too-many')).rejects.toThrow(
      'pod CIDR 10.42.9.0/29 is exhausted: all 5 addresses are in use',
    );
    const { addresses } = network.get('pod-2')!;
    await network.release('pod-2');
    expect((await eventually(() => acquire('late'))).addresses).toEqual(addresses);
  });

  it.each(['10.42.0.0', '10.42.0.1/24', '10.42.0.0/31', '10.42.0.0/33', 'fd00::/64', ''])(
    'refuses the pod CIDR %j',
    async (cidr) => {
      await expect(network.open({ podCidr: cidr, known: [] })).rejects.toThrow(TypeError);
    },
  );

  it('says that it must be opened first', async () => {
    await expect(acquire('early')).rejects.toThrow('not open');
  });

  it('leaves nothing behind when it is destroyed', async () => {
    const before = await tables();
    await network.open({ podCidr, known: [] });
    await acquire('pod');
    await network.destroy();
    await eventually(() => veths() === 0);
    using route = new RouteSocket();
    expect(route.links().map((link) => link.name)).toEqual(['lo']);
    expect(mounts()).toBe(0);
    expect(readdirSync(runDir)).toEqual([]);
    expect(await tables()).toBe(before);
    network = await make();
  });

  it('takes over from a killed process: known pods keep theirs, all else goes', async () => {
    const hostPorts = [{ hostPort: 9191, containerPort: 8080, protocol: 'TCP' as const }];
    await using killed = new NetworkProcess(runDir);
    await killed.pods.open({ podCidr, known: [] });
    const kept = await killed.pods.acquire({ id: 'kept', hostname: 'kept', hostPorts });
    const lost = await killed.pods.acquire({ id: 'lost', hostname: 'lost' });
    const host = await killed.pods.acquire({ id: 'host', hostname: 'host', hostNetwork: true });
    await killed.kill();
    using _server = serve(kept.network, 8080, 'kept');

    await network.open({ podCidr, known: ['kept', 'host', 'never-was'] });
    expect(network.get('kept')).toEqual(kept);
    expect(network.get('host')).toEqual(host);
    expect(network.get('lost')).toBeUndefined();
    expect(network.get('never-was')).toBeUndefined();
    expect(existsSync(lost.network)).toBe(false);
    const client = await acquire('client');
    expect(client.addresses).not.toEqual(kept.addresses);
    expect(client.addresses).not.toEqual(lost.addresses);
    expect(await fetchFrom(client.network, `${kept.addresses[0]}:8080`)).toMatchObject({
      code: 0,
      name: 'kept',
    });
    expect(await fetchFrom(client.network, '10.42.3.1:9191')).toMatchObject({ code: 0, name: 'kept' });
    await eventually(() => veths() === 1 + 1 + 3, { what: 'kept, client and the pool' });
  });

  it('brings a bridge back that somebody deleted, with its pods on it', async () => {
    await network.open({ podCidr, known: [] });
    const pod = await acquire('pod');
    await network[Symbol.asyncDispose]();
    await linuxHost.run('ip', ['link', 'delete', 'gantry0']);
    network = await make();
    await network.open({ podCidr, known: ['pod'] });
    using _server = serve(pod.network, 8080, 'pod');
    expect(await fetchFrom(undefined, `${pod.addresses[0]}:8080`)).toMatchObject({ code: 0, name: 'pod' });
  });
});
