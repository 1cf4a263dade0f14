import { expect, it } from 'vitest';
import { podInfoOf } from './cluster.ts';
import { testCluster, testNode, testPod } from './testing/index.ts';

const pod = (name: string, cpu = '500m') =>
  podInfoOf(testPod(name, { requests: { cpu, memory: '1Gi', 'example.com/gpu': '1' }, owner: 'rs' }));

it('sums what is on a node, and gives it back when pods leave', () => {
  const cluster = testCluster([testNode('a')]);
  cluster.putPod(pod('p'), 'a');
  cluster.putPod(pod('q'), 'a');
  expect(cluster.node('a')).toMatchObject({
    requested: { cpuMilli: 1000, memoryBytes: 2 * 2 ** 30, extended: { 'example.com/gpu': 2 } },
  });
  expect([...cluster.ofOwner('rs')]).toEqual([[cluster.node('a'), 2]]);
  expect(cluster.removePod('default/p')).toBe(true);
  expect(cluster.removePod('default/p')).toBe(false);
  cluster.removePod('default/q');
  expect(cluster.node('a')).toMatchObject({
    requested: { cpuMilli: 0, memoryBytes: 0, extended: { 'example.com/gpu': 0 } },
  });
  expect(cluster.ofOwner('rs').size).toBe(0);
});

it('counts a pod once when it is put twice, and moves it when it is put elsewhere', () => {
  const cluster = testCluster([testNode('a'), testNode('b')]);
  cluster.putPod(pod('p'), 'a');
  cluster.putPod(pod('p', '700m'), 'a');
  expect(cluster.node('a')!.requested.cpuMilli).toBe(700);
  cluster.putPod(pod('p'), 'b');
  expect([cluster.node('a')!.pods.size, cluster.node('b')!.requested.cpuMilli]).toEqual([0, 500]);
});

it('keeps pods of a node that comes later, and of one that comes back', () => {
  const cluster = testCluster([]);
  cluster.putPod(pod('p'), 'a');
  cluster.putNode(testNode('a'));
  expect(cluster.node('a')!.requested.cpuMilli).toBe(500);
  cluster.removeNode('a');
  cluster.putPod(pod('q'), 'a');
  cluster.removePod('default/p');
  cluster.putNode(testNode('a'));
  expect([...cluster.node('a')!.pods.keys()]).toEqual(['default/q']);
});

it('weighs containers without requests as if they asked for a little', () => {
  expect(podInfoOf(testPod('p')).weight).toEqual({ cpuMilli: 100, memoryBytes: 200 * 2 ** 20 });
  expect(podInfoOf(testPod('p', { requests: { cpu: '2' } })).weight).toEqual({
    cpuMilli: 2000,
    memoryBytes: 200 * 2 ** 20,
  });
});

it('weighs sidecars alike, and takes what the pod as a whole asks for as it is', () => {
  const sidecar = { name: 's', restartPolicy: 'Always' };
  expect(podInfoOf(testPod('p', { spec: { initContainers: [sidecar] } })).weight.cpuMilli).toBe(200);
  const whole = testPod('p', { spec: { resources: { requests: { cpu: '2' } } } });
  expect(podInfoOf(whole).weight).toEqual({ cpuMilli: 2000, memoryBytes: 200 * 2 ** 20 });
});

it('remembers what was derived from it twice and used last, until there is another node', () => {
  const cluster = testCluster([testNode('a')]);
  let made = 0;
  const derive = (key: string) =>
    cluster.derive(key, () => {
      made++;
      return { podChanged: () => {}, nodeChanged: () => true };
    });
  derive('first');
  const first = derive('first');
  for (let i = 0; i < 200; i++) {
    derive(`other ${i}`);
    derive(`other ${i}`);
    expect(derive('first')).toBe(first);
  }
  expect(made).toBe(402);
  derive('other 199');
  expect(made).toBe(402);
  derive('other 0');
  expect(made).toBe(403);
  cluster.putNode(testNode('b'));
  expect(derive('first')).not.toBe(first);
});

it('is told of changes only for what was asked for again before many others', () => {
  const cluster = testCluster([testNode('a')]);
  let told = 0;
  const derive = (key: string) =>
    cluster.derive(key, () => ({ podChanged: () => void told++, nodeChanged: () => true }));
  for (let round = 0; round < 2; round++) for (let i = 0; i < 1_000; i++) derive(`once ${i}`);
  cluster.putPod(podInfoOf(testPod('p')), 'a');
  expect(told).toBe(0);
});
