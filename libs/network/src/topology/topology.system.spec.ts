import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { silentLogger } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { linuxHost } from '@gantry/host';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addAddress } from '../netlink/address.ts';
import { addBridge } from '../netlink/link.ts';
import { RouteSocket } from '../netlink/route-socket.ts';
import { answerers, enterOwnNetwork, fetchFrom, inNamespace, serve } from '../testing/own-network.ts';
import { NetworkProcess } from '../testing/network-process.ts';
import { createTopology, destroyTopology, type TopologyOptions } from './topology.ts';

// "The host" of these tests is a network namespace of their own; only the pins under /run/netns are the machine's.
beforeAll(enterOwnNetwork);

let name: string;
beforeEach(() => {
  name = `t${randomBytes(3).toString('hex')}`;
});
afterEach(() => destroyTopology(name, linuxHost));

const create = (more: Partial<TopologyOptions> = {}) =>
  createTopology({ name, nodes: 2, host: linuxHost, log: silentLogger, ...more });

function links(): string[] {
  using route = new RouteSocket();
  return route.links().map((link) => link.name);
}

describe('a topology', () => {
  it('gives every node an address and a way to the host and to the others', async () => {
    const { nodes, bridgeAddress, subnet } = await create();
    expect(subnet).toBe('172.30.0.0/24');
    expect(bridgeAddress).toBe('172.30.0.1');
    expect(nodes).toEqual([
      { name: 'node-1', address: '172.30.0.2', networkNamespace: `/run/netns/gantry-${name}-node-1` },
      { name: 'node-2', address: '172.30.0.3', networkNamespace: `/run/netns/gantry-${name}-node-2` },
    ]);
    using _one = serve(nodes[0]!.networkNamespace, 80, 'one');
    using _host = serve(`/proc/${process.pid}/ns/net`, 5000, 'host');
    expect(await fetchFrom(nodes[1]!.networkNamespace, '172.30.0.2')).toEqual({
      code: 0,
      name: 'one',
      client: '172.30.0.3',
    });
    expect(await fetchFrom(nodes[1]!.networkNamespace, '172.30.0.1:5000')).toMatchObject({ name: 'host' });
    expect(await fetchFrom(undefined, '172.30.0.2')).toMatchObject({ name: 'one', client: '172.30.0.1' });
    const { stdout } = await linuxHost.run('ip', ['netns', 'exec', `gantry-${name}-node-2`, 'ip', 'route']);
    expect(stdout).toContain('default via 172.30.0.1');
  });

  it('is the same when made again, and grows', async () => {
    const first = await create();
    const again = await create();
    expect(again.nodes).toEqual(first.nodes);
    expect(again.subnet).toBe(first.subnet);
    const grown = await create({ nodes: 3 });
    expect(grown.nodes.map((node) => node.name)).toEqual(['node-1', 'node-2', 'node-3']);
    expect((await create({ nodes: 1 })).nodes).toHaveLength(3);
  });

  it('passes over networks that are in use, and says so when it was asked for one', async () => {
    using route = new RouteSocket();
    route.execute([addBridge({ name: 'other', mac: '02:00:00:00:00:01', mtu: 1500 })]);
    route.execute([addAddress(route.link('other')!.index, '172.30.0.9', 24)]);
    try {
      await expect(create({ subnet: '172.30.0.0/16' })).rejects.toThrow(
        'overlaps the existing route to 172.30.0.0/24',
      );
      expect((await create()).subnet).toBe('172.30.1.0/24');
    } finally {
      await linuxHost.run('ip', ['link', 'delete', 'other']);
    }
  });

  it('lives beside another one, and the last puts ip_forward back', async () => {
    const forward = '/proc/sys/net/ipv4/ip_forward';
    writeFileSync(forward, '0');
    const first = await create();
    const second = await createTopology({ name: `${name}-b`, nodes: 1, host: linuxHost, log: silentLogger });
    try {
      expect(second.subnet).not.toBe(first.subnet);
      await first.destroy();
      expect(readFileSync(forward, 'utf8').trim()).toBe('1');
    } finally {
      await second.destroy();
    }
    expect(readFileSync(forward, 'utf8').trim()).toBe('0');
  });

  it('leaves nothing when it is destroyed, twice', async () => {
    const before = links();
    const { nodes, destroy } = await create();
    await destroy();
    await destroy();
    expect(links()).toEqual(before);
    for (const { networkNamespace } of nodes) expect(existsSync(networkNamespace)).toBe(false);
    expect((await linuxHost.run('nft', ['list', 'tables'])).stdout).toBe('');
    using route = new RouteSocket();
    expect(route.routes()).toEqual([]);
  });

  it('goes also when somebody has made a namespace of their own beside its meanwhile', async () => {
    const { nodes, destroy } = await create();
    const other = `other-${name}`;
    expect(await linuxHost.run('ip', ['netns', 'add', other])).toMatchObject({ code: 0 });
    try {
      await destroy();
      for (const { networkNamespace } of nodes) expect(existsSync(networkNamespace)).toBe(false);
      expect((await linuxHost.run('ip', ['netns', 'list'])).stdout).toContain(other);
    } finally {
      await linuxHost.run('ip', ['netns', 'delete', other]);
    }
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
    expect(mounts).not.toContain(`gantry-${name}`);
  });

  it.each(['', 'Upper', 'a b', '../x', 'x'.repeat(41)])('refuses the name %j', async (bad) => {
    await expect(createTopology({ name: bad, nodes: 1, host: linuxHost, log: silentLogger })).rejects.toThrow(
      TypeError,
    );
  });

  it('refuses more nodes than fit', async () => {
    await expect(create({ nodes: 6, subnet: '172.30.4.0/29' })).rejects.toThrow('6 nodes do not fit');
    expect(links()).toEqual(['lo']);
  });
});

describe('two nodes with an agent each', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync('/run/gantry-test-');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('connect pods, Services and node ports, also from the host', async () => {
    const topology = await create();
    const cidrs = ['10.42.0.0/24', '10.42.1.0/24'];
    await using one = new NetworkProcess(`${folder}/1`, topology.nodes[0]!.networkNamespace);
    await using two = new NetworkProcess(`${folder}/2`, topology.nodes[1]!.networkNamespace);
    const agents = [one, two];
    const routes = topology.nodes.map(({ name, address }, i) => ({ name, address, podCidrs: [cidrs[i]!] }));
    await topology.setPodRoutes(topology.nodes.map(({ address }, i) => ({ podCidr: cidrs[i]!, address })));
    try {
      for (const [i, agent] of agents.entries()) {
        await agent.pods.open({ podCidr: cidrs[i]!, known: [] });
        await agent.pods.setRoutes(routes);
      }
      const a = await one.pods.acquire({ id: 'a', hostname: 'a' });
      const b = await two.pods.acquire({ id: 'b', hostname: 'b' });
      using _a = serve(a.network, 8080, 'a');
      using _b = serve(b.network, 8080, 'b');

      expect(await fetchFrom(a.network, `${b.addresses[0]}:8080`)).toEqual({
        code: 0,
        name: 'b',
        client: a.addresses[0],
      });
      expect(await fetchFrom(undefined, `${b.addresses[0]}:8080`)).toMatchObject({
        code: 0,
        client: '172.30.0.1',
      });
      using _host = serve(`/proc/${process.pid}/ns/net`, 5000, 'host');
      expect(await fetchFrom(a.network, '172.30.0.1:5000')).toEqual({
        code: 0,
        name: 'host',
        client: '172.30.0.2',
      });

      const service = {
        key: 'default/web:http',
        protocol: 'TCP' as const,
        port: 80,
        clusterIps: ['10.43.0.10'],
        externalIps: [],
        nodePort: 30080,
        endpoints: [a, b].map(({ addresses }) => ({ address: addresses[0]!, port: 8080 })),
      };
      for (const agent of agents) await agent.services.apply([service]);
      const places: [string | undefined, string][] = [
        [a.network, '10.43.0.10'],
        [b.network, '10.43.0.10'],
        [undefined, '10.43.0.10'],
        [topology.nodes[1]!.networkNamespace, '10.43.0.10'],
        [undefined, '172.30.0.3:30080'],
        [a.network, '172.30.0.2:30080'],
      ];
      for (const [from, target] of places) {
        const seen = await answerers(() => fetchFrom(from, target), 2);
        expect(seen, `from ${from ?? 'the host'} to ${target}`).toEqual(['a', 'b']);
      }
      expect(await fetchFrom(undefined, '10.43.0.10:81')).toMatchObject({ code: 7 });
      await one.pods.setRoutes([]);
      const left = inNamespace(topology.nodes[0]!.networkNamespace, () => {
        using route = new RouteSocket();
        return route.routes().map((each) => each.destination);
      });
      expect(left).not.toContain('10.42.1.0/24');
    } finally {
      for (const agent of agents) {
        await agent.services.destroy();
        await agent.pods.destroy();
      }
    }
  });

  it('tunnel to a node behind a router', async () => {
    const topology = await create();
    const [first, second] = topology.nodes;
    // The two no longer see each other on the link: each knows the other only through the host, which routes.
    for (const [node, other] of [
      [first!, second!],
      [second!, first!],
    ] as const)
      await linuxHost.run('nsenter', [
        `--net=${node.networkNamespace}`,
        'ip',
        'route',
        'add',
        `${other.address}/32`,
        'via',
        topology.bridgeAddress,
      ]);
    await using one = new NetworkProcess(`${folder}/1`, first!.networkNamespace);
    await using two = new NetworkProcess(`${folder}/2`, second!.networkNamespace);
    try {
      await one.pods.open({ podCidr: '10.42.0.0/24', known: [] });
      await two.pods.open({ podCidr: '10.42.1.0/24', known: [] });
      await one.pods.setRoutes([{ name: 'node-2', address: second!.address, podCidrs: ['10.42.1.0/24'] }]);
      await two.pods.setRoutes([{ name: 'node-1', address: first!.address, podCidrs: ['10.42.0.0/24'] }]);
      const a = await one.pods.acquire({ id: 'a', hostname: 'a' });
      const b = await two.pods.acquire({ id: 'b', hostname: 'b' });
      using _b = serve(b.network, 8080, 'b');
      expect(await fetchFrom(a.network, `${b.addresses[0]}:8080`)).toEqual({
        code: 0,
        name: 'b',
        client: a.addresses[0],
      });
      const tunnels = () =>
        inNamespace(first!.networkNamespace, () => {
          using route = new RouteSocket();
          return route.links().filter((link) => link.kind === 'vxlan').length;
        });
      expect(tunnels()).toBe(1);
      await one.pods.setRoutes([]);
      await eventually(() => tunnels() === 0);
    } finally {
      await one.pods.destroy();
      await two.pods.destroy();
    }
  });
});
