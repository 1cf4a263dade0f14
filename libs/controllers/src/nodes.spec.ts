import { kinds, type V1Pod, type V1Toleration } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import type { ControllersOptions } from './create-controllers.ts';
import { conditionOf } from './shared/conditions.ts';
import { isPodReady } from './shared/pods.ts';
import { exampleDeployment, Simulation } from './testing/index.ts';

const unreachable = 'node.kubernetes.io/unreachable';

async function started(
  nodes = ['node-1', 'node-2', 'node-3'],
  controllers: Partial<ControllersOptions> = {},
) {
  const simulation = new Simulation({ kubelet: { nodes }, controllers });
  await simulation.createNamespace('default');
  simulation.start();
  await simulation.until(
    async () =>
      (await simulation.list(kinds.node)).filter(({ spec }) => spec.podCIDR && !spec.taints?.length)
        .length === nodes.length,
    'all nodes are ready',
  );
  const node = async (name: string) => (await simulation.find(kinds.node, { name }))!;
  const pod = async (name: string, tolerations: V1Toleration[]) => {
    const spec: V1Pod['spec'] = { containers: [{ name: 'c', image: 'c' }], tolerations };
    await simulation.state.create(kinds.pod, { metadata: { namespace: 'default', name }, spec });
    await simulation.until(
      async () => isPodReady((await simulation.find(kinds.pod, { namespace: 'default', name }))!),
      name,
    );
  };
  return { simulation, node, pod };
}

describe('nodes', () => {
  it('get ranges of their own, and a deleted one’s is used again', async () => {
    const { simulation, node } = await started();
    using _ = simulation;
    const ranges = (await simulation.list(kinds.node)).map(({ spec }) => spec.podCIDR).sort();
    expect(ranges).toEqual(['10.42.0.0/24', '10.42.1.0/24', '10.42.2.0/24']);
    const freed = (await node('node-2')).spec.podCIDR;
    await simulation.state.delete(kinds.node, { name: 'node-2' });
    await simulation.state.create(kinds.node, { metadata: { name: 'node-9' }, spec: {} });
    await simulation.until(
      async () => (await node('node-9')).spec.podCIDR !== undefined,
      'the new node has a range',
    );
    expect((await node('node-9')).spec).toMatchObject({ podCIDR: freed, podCIDRs: [freed] });
    const events = async () =>
      (await simulation.list(kinds.event)).map(({ reason, message }) => `${reason}: ${message}`);
    await simulation.until(async () => (await events()).length > 4, 'their coming and going is told', 5_000);
    expect(await events()).toEqual(
      expect.arrayContaining([
        'RegisteredNode: Node node-9 event: Registered Node node-9 in Controller',
        'RemovingNode: Node node-2 event: Removing Node node-2 from Controller',
      ]),
    );
  });

  it('that fall silent are unreachable after fifty seconds, and lose the taint when they come back', async () => {
    const { simulation, node } = await started();
    using _ = simulation;
    await simulation.clock.advance(60_000);
    expect((await node('node-1')).spec.taints ?? []).toEqual([]);
    simulation.kubelet.silent.add('node-1');
    await simulation.clock.advance(39_000);
    expect(conditionOf((await node('node-1')).status?.conditions, 'Ready')?.status).toBe('True');
    await simulation.clock.advance(13_000);
    const down = await node('node-1');
    expect(conditionOf(down.status?.conditions, 'Ready')).toMatchObject({
      status: 'Unknown',
      reason: 'NodeStatusUnknown',
      message: 'Kubelet stopped posting node status.',
    });
    expect(down.spec.taints?.map(({ key, effect }) => `${key}:${effect}`).sort()).toEqual([
      `${unreachable}:NoExecute`,
      `${unreachable}:NoSchedule`,
    ]);
    simulation.kubelet.silent.delete('node-1');
    await simulation.clock.advance(11_000);
    expect((await node('node-1')).spec.taints ?? []).toEqual([]);
  });

  it('are looked at for silence no more often than the period says', async () => {
    const { simulation, node } = await started(['node-1', 'node-2'], {
      nodeMonitorGracePeriodMs: 2_000,
      nodeMonitorPeriodMs: 30_000,
    });
    using _ = simulation;
    const ready = async () => conditionOf((await node('node-1')).status?.conditions, 'Ready')?.status;
    simulation.kubelet.silent.add('node-1');
    await simulation.clock.advance(15_000);
    expect(await ready()).toBe('True');
    await simulation.clock.advance(16_000);
    expect(await ready()).toBe('Unknown');
  });

  it('that are unreachable lose their pods when the toleration of each has run out', async () => {
    // The second is there because where all are down, none is emptied; it is silent while the pods are placed.
    const { simulation, pod } = await started(['node-1', 'node-2']);
    using _ = simulation;
    simulation.kubelet.silent.add('node-2');
    const tolerating = (seconds?: number): V1Toleration[] => [
      {
        key: unreachable,
        operator: 'Exists',
        effect: 'NoExecute',
        ...(seconds === undefined ? {} : { tolerationSeconds: seconds }),
      },
    ];
    await pod('at-once', []);
    await pod('soon', tolerating(5));
    await pod('never', tolerating());
    simulation.kubelet.silent.delete('node-2');
    simulation.kubelet.silent.add('node-1');
    const alive = async () =>
      (await simulation.list(kinds.pod))
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata }) => metadata.name)
        .sort();
    await simulation.until(async () => !(await alive()).includes('at-once'), 'the intolerant pod is deleted');
    expect(await alive()).toEqual(['never', 'soon']);
    await simulation.clock.advance(6_000);
    expect(await alive()).toEqual(['never']);
    const never = (await simulation.find(kinds.pod, { namespace: 'default', name: 'never' }))!;
    expect(isPodReady(never)).toBe(false);
    const gone = (await simulation.find(kinds.pod, { namespace: 'default', name: 'at-once' }))!;
    expect(conditionOf(gone.status?.conditions, 'DisruptionTarget')?.reason).toBe('DeletionByTaintManager');
    expect(
      (await simulation.list(kinds.event)).map(({ reason, message }) => `${reason}: ${message}`),
    ).toContain('TaintManagerEviction: Marking for deletion Pod default/at-once');
  });

  it('are not emptied when all fall silent at once', async () => {
    const { simulation } = await started();
    using _ = simulation;
    await simulation.state.create(kinds.deployment, exampleDeployment('web'));
    await simulation.until(
      async () => (await simulation.list(kinds.pod)).filter(isPodReady).length === 3,
      'pods run',
    );
    for (const name of ['node-1', 'node-2', 'node-3']) simulation.kubelet.silent.add(name);
    await simulation.clock.advance(120_000);
    const pods = await simulation.list(kinds.pod);
    expect(pods).toHaveLength(3);
    expect(pods.every(({ metadata }) => metadata.deletionTimestamp === undefined)).toBe(true);
    expect(pods.some(isPodReady)).toBe(false);
  });

  it('are not emptied when most of a small cluster is gone, until enough are back', async () => {
    const names = ['node-1', 'node-2', 'node-3', 'node-4', 'node-5'];
    const { simulation, node } = await started(names);
    using _ = simulation;
    const evicted = async () => {
      const all = await Promise.all(names.map(node));
      return all
        .filter(({ spec }) => spec.taints?.some(({ effect }) => effect === 'NoExecute'))
        .map(({ metadata }) => metadata.name);
    };
    const unreachableNodes = async () =>
      (await simulation.list(kinds.node)).filter(
        ({ status }) => conditionOf(status?.conditions, 'Ready')?.status === 'Unknown',
      );
    // The first two of them are emptied, for nobody knows yet that more will follow.
    for (const name of ['node-1', 'node-2']) simulation.kubelet.silent.add(name);
    await simulation.clock.advance(90_000);
    expect(await evicted()).toEqual(['node-1', 'node-2']);
    for (const name of ['node-3', 'node-4']) simulation.kubelet.silent.add(name);
    await simulation.until(async () => (await unreachableNodes()).length === 4, 'four are unreachable');
    await simulation.clock.advance(120_000);
    expect(await evicted()).toEqual(['node-1', 'node-2']);
    for (const name of ['node-1', 'node-2']) simulation.kubelet.silent.delete(name);
    await simulation.clock.advance(60_000);
    expect(await evicted()).toEqual(['node-3', 'node-4']);
  });

  it('that are deleted leave no pods behind', async () => {
    const { simulation, pod } = await started(['node-1', 'node-2']);
    using _ = simulation;
    await pod('a', []);
    await pod('b', []);
    simulation.kubelet.silent.add('node-1');
    await simulation.state.delete(kinds.node, { name: 'node-1' });
    await simulation.until(
      async () => (await simulation.list(kinds.pod)).length === 1,
      'the lost node’s pod is gone',
      120_000,
    );
    expect((await simulation.list(kinds.pod))[0]?.spec.nodeName).toBe('node-2');
  });

  it('that never came leave pods behind that fail before they are gone', async () => {
    const { simulation } = await started(['node-1']);
    using _ = simulation;
    const phases: string[] = [];
    using _watch = simulation.state.watch(kinds.pod, {}, (event) => {
      if ('entry' in event) phases.push(`${event.type}: ${event.entry.object.status?.phase}`);
    });
    await simulation.state.create(kinds.pod, {
      metadata: { namespace: 'default', name: 'held', finalizers: ['example.com/hold'] },
      spec: { schedulerName: 'nobody', containers: [{ name: 'c', image: 'c' }] },
    });
    await simulation.state.delete(kinds.pod, { namespace: 'default', name: 'held' });
    await simulation.until(() => phases.some((each) => each.endsWith('Failed')), 'it has failed');
  });
});
