import { afterEach, expect, it } from 'vitest';
import type { V1Pod } from '@gantry/api';
import { eventually, useCluster } from './src/cluster.ts';
import { isPodReady, type TestNamespace } from './src/test-namespace.ts';
import { pod, sleeper } from './src/manifests.ts';

const cluster = useCluster();

// What a test did to the nodes must not steer the next one.
afterEach(async () => {
  await cluster.kubectl(['uncordon', 'node-1', 'node-2']);
  await cluster.tryKubectl(['taint', 'nodes', '--all', 'e2e-']);
  await cluster.tryKubectl(['label', 'nodes', '--all', 'disk-']);
});

const scheduled = (each: V1Pod) => each.status?.conditions?.find(({ type }) => type === 'PodScheduled');

/** Waits until the scheduler has said why a pod does not fit. */
async function whyPending(namespace: TestNamespace, name: string): Promise<string> {
  const pending = await namespace.podWhen(
    name,
    (each) => scheduled(each)?.reason === 'Unschedulable',
    'is unschedulable',
  );
  expect(pending.status!.phase).toBe('Pending');
  expect(pending.spec.nodeName).toBeUndefined();
  const event = await eventually(async () =>
    (await namespace.events(name)).find((each) => each.reason === 'FailedScheduling'),
  );
  expect(event).toMatchObject({ type: 'Warning', message: scheduled(pending)!.message! });
  return scheduled(pending)!.message!;
}

it('leaves a pod pending that is too large, and says why for each node', async () => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('huge', sleeper, { container: { resources: { requests: { cpu: '400' } } } });
  expect(await whyPending(namespace, 'huge')).toMatch(
    /^0\/2 nodes are available: 2 Insufficient cpu\.( preemption: .*)?$/,
  );
  await namespace.createPod('fat', sleeper, {
    container: { resources: { requests: { cpu: '400', memory: '10Ti' } } },
  });
  expect(await whyPending(namespace, 'fat')).toMatch(
    /^0\/2 nodes are available: 2 Insufficient cpu, 2 Insufficient memory\./,
  );
  expect(await namespace.kubectl(['get', 'pods', 'huge'])).toMatch(/huge +0\/1 +Pending +0/);
});

it('counts what already runs on a node', async () => {
  await using namespace = await cluster.namespace();
  const [node] = await cluster.nodes();
  const cores = Number(node!.status!.allocatable!['cpu']);
  // More than half a node each: one fits on each of the two, the third nowhere.
  const half = { container: { resources: { requests: { cpu: `${Math.round(cores * 600)}m` } } } };
  const [a, b] = await Promise.all([
    namespace.runPod('a', sleeper, half),
    namespace.runPod('b', sleeper, half),
  ]);
  expect(new Set([a.spec.nodeName, b.spec.nodeName])).toEqual(new Set(['node-1', 'node-2']));
  await namespace.createPod('c', sleeper, half);
  expect(await whyPending(namespace, 'c')).toContain('2 Insufficient cpu');
  // Room that becomes free is used at once.
  await namespace.kubectl(['delete', 'pod', 'a']);
  const placed = await namespace.podWhen('c', isPodReady, 'runs where there is room now');
  expect(placed.spec.nodeName).toBe(a.spec.nodeName);
});

it('puts a pod where its node selector says, once there is such a node', async () => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('picky', sleeper, { nodeSelector: { disk: 'fast' } });
  expect(await whyPending(namespace, 'picky')).toContain(
    "2 node(s) didn't match Pod's node affinity/selector",
  );
  await cluster.kubectl(['label', 'node', 'node-2', 'disk=fast']);
  const placed = await namespace.podWhen('picky', isPodReady, 'runs on the labelled node');
  expect(placed.spec.nodeName).toBe('node-2');
});

it('keeps pods off tainted nodes unless they tolerate it', async () => {
  await using namespace = await cluster.namespace();
  await cluster.kubectl(['taint', 'nodes', '--all', 'e2e=x:NoSchedule']);
  await namespace.createPod('intolerant', sleeper);
  expect(await whyPending(namespace, 'intolerant')).toMatch(
    /2 node\(s\) had untolerated taint\(s\)|2 node\(s\) had untolerated taint \{e2e: x\}/,
  );
  await namespace.runPod('tolerant', sleeper, {
    tolerations: [{ key: 'e2e', operator: 'Equal', value: 'x', effect: 'NoSchedule' }],
  });
  await cluster.kubectl(['taint', 'nodes', 'node-1', 'e2e-']);
  const placed = await namespace.podWhen('intolerant', isPodReady, 'runs once a taint is gone');
  expect(placed.spec.nodeName).toBe('node-1');
});

it('evicts pods that do not tolerate a NoExecute taint', async () => {
  await using namespace = await cluster.namespace();
  const onNode2 = { nodeSelector: { 'kubernetes.io/hostname': 'node-2' } };
  await namespace.runPod('leaves', sleeper, onNode2);
  await namespace.runPod('stays', sleeper, {
    ...onNode2,
    tolerations: [{ key: 'e2e', operator: 'Exists', effect: 'NoExecute' }],
  });
  await cluster.kubectl(['taint', 'nodes', 'node-2', 'e2e=x:NoExecute']);
  await eventually(async () => (await namespace.pods('app=leaves')).length === 0, {
    what: 'the pod is evicted',
  });
  expect(isPodReady(await namespace.pod('stays'))).toBe(true);
});

it('puts nothing on a cordoned node', async () => {
  await using namespace = await cluster.namespace();
  await cluster.kubectl(['cordon', 'node-1']);
  expect(await cluster.kubectl(['get', 'node', 'node-1'])).toContain('Ready,SchedulingDisabled');
  const pods = await Promise.all(['a', 'b', 'c'].map((name) => namespace.runPod(name, sleeper)));
  expect(pods.map((each) => each.spec.nodeName)).toEqual(['node-2', 'node-2', 'node-2']);
  await cluster.kubectl(['cordon', 'node-2']);
  await namespace.createPod('d', sleeper);
  expect(await whyPending(namespace, 'd')).toContain('2 node(s) were unschedulable');
  await cluster.kubectl(['uncordon', 'node-1']);
  expect((await namespace.podWhen('d', isPodReady, 'runs again')).spec.nodeName).toBe('node-1');
});

it('spreads the pods of a set over the nodes', async () => {
  await using namespace = await cluster.namespace();
  const names = Array.from({ length: 8 }, (_, index) => `s${index}`);
  await namespace.apply(
    ...names.map((name) =>
      pod(name, cluster.image, sleeper, {
        labels: { set: 'spread' },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'kubernetes.io/hostname',
            whenUnsatisfiable: 'DoNotSchedule',
            labelSelector: { matchLabels: { set: 'spread' } },
          },
        ],
      }),
    ),
  );
  const pods = await eventually(async () => {
    const all = await namespace.pods('set=spread');
    return all.every((each) => each.spec.nodeName) ? all : undefined;
  });
  expect(pods.filter((each) => each.spec.nodeName === 'node-1')).toHaveLength(4);
});

it('honours required node affinity and a node that is named outright', async () => {
  await using namespace = await cluster.namespace();
  const affine = await namespace.runPod('affine', sleeper, {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'NotIn', values: ['node-1'] }],
            },
          ],
        },
      },
    },
  });
  expect(affine.spec.nodeName).toBe('node-2');
  const named = await namespace.runPod('named', sleeper, { nodeName: 'node-1' });
  expect(named.spec.nodeName).toBe('node-1');
  expect((await namespace.events('named')).map((each) => each.reason)).not.toContain('Scheduled');
});
