import { kinds, type Stored, type V1Deployment } from '@gantry/api';
import { modify } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { conditionOf } from './shared/conditions.ts';
import { isComplete } from './deployment/status.ts';
import { exampleDeployment, Simulation, type SimulationOptions } from './testing/index.ts';

const name = { namespace: 'default', name: 'web' };

async function started(spec: Partial<V1Deployment['spec']> = {}, options: SimulationOptions = {}) {
  const simulation = new Simulation(options);
  await simulation.createNamespace('default');
  const life = simulation.start();
  await simulation.state.create(kinds.deployment, exampleDeployment('web', spec));
  const get = async () => (await simulation.find(kinds.deployment, name)) as Stored<V1Deployment>;
  const complete = async () =>
    simulation.until(async () => {
      const deployment = await get();
      return isComplete(deployment, deployment.status ?? {});
    }, 'the Deployment is complete');
  const change = (alter: (deployment: Stored<V1Deployment>) => void) =>
    modify(simulation.state, kinds.deployment, name, alter);
  const setImage = (image: string) =>
    change((deployment) => void (deployment.spec.template.spec!.containers[0]!.image = image));
  const messages = async (reason: string) =>
    (await simulation.list(kinds.event))
      .filter((event) => event.reason === reason)
      .map(({ message }) => message);
  const replicaSets = async () =>
    (await simulation.list(kinds.replicaSet)).map(({ metadata, spec }) => [
      Number(metadata.annotations?.['deployment.kubernetes.io/revision']),
      spec.replicas,
    ]);
  return { simulation, life, get, complete, change, setImage, messages, replicaSets };
}

describe('a Deployment', () => {
  it('says what it does in the words of upstream', async () => {
    const { simulation, get, complete, messages } = await started({ progressDeadlineSeconds: 600 });
    using _ = simulation;
    await complete();
    await simulation.clock.advance(1_000);
    const { status, metadata } = await get();
    expect(metadata.annotations).toMatchObject({ 'deployment.kubernetes.io/revision': '1' });
    const [set] = await simulation.list(kinds.replicaSet);
    expect(conditionOf(status?.conditions, 'Progressing')).toMatchObject({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${set?.metadata.name}" has successfully progressed.`,
    });
    expect(conditionOf(status?.conditions, 'Available')).toMatchObject({
      status: 'True',
      reason: 'MinimumReplicasAvailable',
      message: 'Deployment has minimum availability.',
    });
    expect(await messages('ScalingReplicaSet')).toEqual([
      `Scaled up replica set ${set?.metadata.name} from 0 to 3`,
    ]);
    expect(set?.metadata.annotations).toMatchObject({
      'deployment.kubernetes.io/desired-replicas': '3',
      'deployment.kubernetes.io/max-replicas': '4',
    });
    expect(set?.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{8,10}$/);
    expect(await messages('SuccessfulCreate')).toHaveLength(3);
  });

  it('goes back to an old version under a new revision, without a new ReplicaSet', async () => {
    const { simulation, complete, setImage, get, replicaSets } = await started();
    using _ = simulation;
    await complete();
    await setImage('web:2');
    await simulation.clock.advance(5_000);
    expect((await replicaSets()).sort()).toEqual([
      [1, 0],
      [2, 3],
    ]);
    await setImage('web:1');
    await simulation.clock.advance(5_000);
    expect((await replicaSets()).sort()).toEqual([
      [2, 0],
      [3, 3],
    ]);
    expect((await get()).metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3');
  });

  it('keeps no more old revisions than it was told to', async () => {
    const { simulation, complete, setImage, replicaSets } = await started({ revisionHistoryLimit: 2 });
    using _ = simulation;
    await complete();
    for (let version = 2; version <= 6; version++) {
      await setImage(`web:${version}`);
      await simulation.clock.advance(5_000);
    }
    expect((await replicaSets()).sort()).toEqual([
      [4, 0],
      [5, 0],
      [6, 3],
    ]);
  });

  it('does not roll while paused, but scales, and rolls when resumed', async () => {
    const { simulation, complete, change, setImage, replicaSets, get } = await started({
      progressDeadlineSeconds: 600,
    });
    using _ = simulation;
    await complete();
    await change((deployment) => void (deployment.spec.paused = true));
    await setImage('web:2');
    await change((deployment) => void (deployment.spec.replicas = 5));
    await simulation.clock.advance(5_000);
    expect(await replicaSets()).toEqual([[1, 5]]);
    expect(conditionOf((await get()).status?.conditions, 'Progressing')).toMatchObject({
      reason: 'DeploymentPaused',
    });
    await change((deployment) => void (deployment.spec.paused = false));
    await complete();
    expect(await simulation.list(kinds.pod)).not.toEqual([]);
    for (const pod of await simulation.list(kinds.pod))
      if (!pod.metadata.deletionTimestamp) expect(pod.spec.containers[0]?.image).toBe('web:2');
  });

  it('ends every old pod before it starts a new one when it is to be recreated', async () => {
    const { simulation, complete, setImage } = await started(
      { strategy: { type: 'Recreate' } },
      { kubelet: { goneAfterMs: 2_000 } },
    );
    using _ = simulation;
    await complete();
    let mixed = 0;
    using _watch = simulation.state.watch(kinds.pod, {}, () => {
      void simulation.list(kinds.pod).then((pods) => {
        if (new Set(pods.map(({ spec }) => spec.containers[0]?.image)).size > 1) mixed++;
      });
    });
    await setImage('web:2');
    await complete();
    expect(mixed).toBe(0);
  });

  it('reports a rollout that makes no progress, and leaves the old version serving', async () => {
    const { simulation, complete, setImage, get } = await started(
      {
        progressDeadlineSeconds: 60,
        strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      },
      { kubelet: { readyAfterMs: (pod) => (pod.spec.containers[0]?.image === 'web:bad' ? Infinity : 100) } },
    );
    using _ = simulation;
    await complete();
    await setImage('web:bad');
    await simulation.clock.advance(30_000);
    expect(conditionOf((await get()).status?.conditions, 'Progressing')?.status).toBe('True');
    await simulation.clock.advance(40_000);
    const { status } = await get();
    expect(conditionOf(status?.conditions, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(status).toMatchObject({ replicas: 4, updatedReplicas: 1, availableReplicas: 3 });
    await setImage('web:3');
    await complete();
    await simulation.clock.advance(2_000);
    expect(conditionOf((await get()).status?.conditions, 'Progressing')?.reason).toBe(
      'NewReplicaSetAvailable',
    );
  });

  it('adopts matching orphans, and its ReplicaSet releases pods that no longer match', async () => {
    const { simulation, complete } = await started();
    using _ = simulation;
    await complete();
    await simulation.state.delete(kinds.deployment, name, { propagationPolicy: 'Orphan' });
    await simulation.until(
      async () => !(await simulation.find(kinds.deployment, name)),
      'the Deployment is gone',
    );
    const pods = (await simulation.list(kinds.pod)).map(({ metadata }) => metadata.uid).sort();
    expect(pods).toHaveLength(3);
    await simulation.state.create(kinds.deployment, exampleDeployment('web'));
    await simulation.clock.advance(2_000);
    expect((await simulation.list(kinds.pod)).map(({ metadata }) => metadata.uid).sort()).toEqual(pods);
    const [first] = await simulation.list(kinds.pod);
    await modify(simulation.state, kinds.pod, { namespace: 'default', name: first!.metadata.name }, (pod) => {
      pod.metadata.labels = { app: 'debug' };
    });
    await simulation.clock.advance(2_000);
    const now = await simulation.list(kinds.pod);
    expect(now).toHaveLength(4);
    expect(
      now.find(({ metadata }) => metadata.uid === first!.metadata.uid)?.metadata.ownerReferences,
    ).toBeUndefined();
  });

  it('takes a new name when the one it wants belongs to somebody else', async () => {
    const { simulation, complete, get } = await started();
    using _ = simulation;
    await complete();
    const [set] = await simulation.list(kinds.replicaSet);
    await simulation.state.delete(kinds.deployment, name);
    await simulation.until(async () => (await simulation.list(kinds.replicaSet)).length === 0, 'all is gone');
    await simulation.state.create(kinds.replicaSet, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { namespace: 'default', name: set!.metadata.name },
      spec: {
        replicas: 0,
        selector: { matchLabels: { other: 'x' } },
        template: { metadata: { labels: { other: 'x' } }, spec: { containers: [{ name: 'x', image: 'x' }] } },
      },
    });
    await simulation.state.create(kinds.deployment, exampleDeployment('web'));
    await complete();
    expect((await get()).status?.collisionCount).toBe(1);
  });
});
