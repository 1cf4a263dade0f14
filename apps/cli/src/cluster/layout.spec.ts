import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFor, refuseChanges, refuseOtherAddresses } from '../commands/cluster.ts';
import { ClusterLayout, processNames } from './layout.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layout-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const flags = { name: 't', registry: undefined };

describe('ClusterLayout', () => {
  it('gives each cluster folders of its own', () => {
    expect(new ClusterLayout('gantry', undefined, root).data).toBe(join(root, 'var/lib/gantry'));
    expect(new ClusterLayout('t', undefined, root).data).toBe(join(root, 'var/lib/gantry-t'));
    expect(new ClusterLayout('t', undefined, root).run).toBe(join(root, 'run/gantry-t'));
  });

  it('finds a cluster that runs with --data again without it', () => {
    const elsewhere = join(root, 'elsewhere');
    new ClusterLayout('t', elsewhere, root).makeFolders();
    expect(new ClusterLayout('t', undefined, root).data).toBe(elsewhere);
  });

  it('keeps the plan', () => {
    const layout = new ClusterLayout('t', undefined, root);
    expect(layout.readPlan()).toBeUndefined();
    layout.makeFolders();
    const plan = planFor(layout, { ...flags, nodes: 3 }, undefined);
    layout.writePlan(plan);
    expect(layout.readPlan()).toEqual(plan);
  });

  it('names a plan that cannot be read, and the way out', () => {
    const layout = new ClusterLayout('t', undefined, root);
    layout.makeFolders();
    writeFileSync(layout.planFile, '{"nodes":');
    expect(() => layout.readPlan()).toThrow(/cluster\.json cannot be read .*gantry down --name t --purge/);
  });

  it('purges what is the cluster’s and leaves what is not', () => {
    const layout = new ClusterLayout('t', join(root, 'home'), root);
    layout.makeFolders();
    layout.writePlan(planFor(layout, flags, undefined));
    mkdirSync(join(layout.data, 'nodes'));
    writeFileSync(join(layout.data, 'thesis.txt'), 'years of work');
    layout.purge();
    expect(readdirSync(layout.data)).toEqual(['thesis.txt']);
    rmSync(join(layout.data, 'thesis.txt'));
    layout.purge();
    expect(existsSync(layout.data)).toBe(false);
  });
});

describe('the plan', () => {
  const plan = (change: object, before = first()) =>
    planFor(new ClusterLayout('t', undefined, root), { ...flags, ...change }, before);
  const first = (change: object = {}) =>
    planFor(new ClusterLayout('t', undefined, root), { ...flags, ...change }, undefined);

  it('has the usual for what nobody said', () => {
    expect(first()).toMatchObject({
      nodes: 2,
      securePort: 6443,
      nodeServicePort: 6444,
      registryPort: 5000,
      logLevel: 'info',
    });
  });

  it('remembers what was said before', () => {
    const before = first({ nodes: 3, securePort: 7443, logLevel: 'debug' });
    expect(plan({}, before)).toEqual(before);
  });

  it('stays without a registry until one is asked for', () => {
    const before = first({ registry: false });
    expect(before).not.toHaveProperty('registryPort');
    expect(plan({}, before)).not.toHaveProperty('registryPort');
    expect(plan({ registryPort: 5001 }, before)).toHaveProperty('registryPort', 5001);
  });

  it('lets a cluster that runs grow, and nothing else', () => {
    expect(() => refuseChanges(first(), plan({ nodes: 3 }))).not.toThrow();
    expect(() => refuseChanges(first(), plan({ registry: false }))).not.toThrow();
    expect(() => refuseChanges(first(), plan({ nodes: 1 }))).toThrow('runs with 2 nodes');
    expect(() => refuseChanges(first(), plan({ securePort: 1 }))).toThrow('runs with --secure-port 6443');
    expect(() => refuseChanges(first(), plan({ registryPort: 1 }))).toThrow('runs with --registry-port 5000');
  });

  it('keeps the addresses of pods and Services for life', () => {
    const before = first({ clusterCidr: '10.60.0.0/16', serviceClusterIpRange: '10.61.0.0/16' });
    expect(before).toMatchObject({ clusterCidr: '10.60.0.0/16', serviceCidr: '10.61.0.0/16' });
    expect(plan({}, before)).toEqual(before);
    expect(() => refuseOtherAddresses(before, plan({}, before))).not.toThrow();
    expect(() => refuseOtherAddresses(before, plan({ clusterCidr: '10.42.0.0/16' }, before))).toThrow(
      'pods are in 10.60.0.0/16',
    );
  });

  it('stops agents first and etcd last', () => {
    expect(processNames(first())).toEqual([
      'node-1',
      'node-2',
      'server',
      'registry-nodes',
      'registry',
      'etcd',
    ]);
    expect(processNames(first({ registry: false, nodes: 1 }))).toEqual(['node-1', 'server', 'etcd']);
  });
});
