import { expect, it } from 'vitest';
import type { V1Deployment, V1ReplicaSet } from '@gantry/api';
import { eventually, useCluster } from './src/cluster.ts';
import { isAlive } from './src/kernel.ts';
import { sleeper, webDeployment } from './src/manifests.ts';
import { isPodReady, type TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

const deployment = (namespace: TestNamespace) => namespace.get<V1Deployment>('apps/v1/deployments/web');
const replicaSets = (namespace: TestNamespace) => namespace.list<V1ReplicaSet>('apps/v1/replicasets');

async function rolledOut(namespace: TestNamespace): Promise<void> {
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
}

async function startWeb(
  namespace: TestNamespace,
  replicas: number,
  spec: Partial<V1Deployment['spec']> = {},
): Promise<void> {
  await namespace.apply(webDeployment('web', cluster.image, replicas, spec));
  await rolledOut(namespace);
}

it('scales up and down', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 2);
  await namespace.kubectl(['scale', 'deployment/web', '--replicas=5']);
  await rolledOut(namespace);
  const pods = await namespace.pods('app=web');
  expect(pods.filter(isPodReady)).toHaveLength(5);
  expect(new Set(pods.map((each) => each.spec.nodeName)).size).toBe(2);
  const pids = pods.flatMap((each) => Object.values(cluster.pidsOf(each)));
  expect(pids).toHaveLength(5);
  await namespace.gantry(['scale', 'deployment/web', '--replicas=1']);
  await eventually(async () => (await namespace.pods('app=web')).length === 1);
  await eventually(() => pids.filter(isAlive).length === 1, { what: 'one process is left' });
  await namespace.kubectl(['scale', 'deployment/web', '--replicas=0']);
  await eventually(async () => (await deployment(namespace)).status?.replicas === undefined);
});

it('brings back a pod that was deleted, and one whose process was killed', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 2);
  const [first, second] = await namespace.pods('app=web');
  await namespace.kubectl(['delete', 'pod', first!.metadata.name]);
  const ready = () =>
    eventually(
      async () => {
        const now = (await namespace.pods('app=web')).filter(isPodReady);
        return now.length === 2 ? now : undefined;
      },
      { what: 'two pods are ready' },
    );
  const after = await ready();
  expect(after.map((each) => each.metadata.uid)).not.toContain(first!.metadata.uid);
  process.kill(cluster.pidsOf(second!)['main']!, 'SIGKILL');
  const restarted = await namespace.podWhen(
    second!.metadata.name,
    (each) => each.status!.containerStatuses![0]!.restartCount === 1 && isPodReady(each),
    'has restarted its container',
  );
  expect(restarted.status!.containerStatuses![0]!.lastState!.terminated).toMatchObject({ exitCode: 137 });
  await ready();
});

it('rolls out an update without ever having fewer pods available than allowed', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 3, {
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  });
  const before = await namespace.pods('app=web');
  let fewest = Infinity;
  let most = 0;
  // What the API says at every change, not only when we happen to look.
  const ready = new Map(before.map((each) => [each.metadata.name, true]));
  using watch = cluster.api.watch<(typeof before)[number]>(
    `${namespace.path('pods')}?watch=1&labelSelector=app%3Dweb&resourceVersion=${
      (await cluster.api.json<{ metadata: { resourceVersion: string } }>(namespace.path('pods'))).metadata
        .resourceVersion
    }`,
    ({ type, object }) => {
      if (type === 'DELETED') ready.delete(object.metadata.name);
      else ready.set(object.metadata.name, isPodReady(object) && !object.metadata.deletionTimestamp);
      fewest = Math.min(fewest, [...ready.values()].filter(Boolean).length);
      most = Math.max(most, ready.size);
    },
  );
  await namespace.kubectl(['set', 'image', 'deployment/web', `main=${cluster.otherImage}`]);
  await rolledOut(namespace);
  const after = await eventually(async () => {
    const pods = await namespace.pods('app=web');
    return pods.length === 3 ? pods : undefined;
  });
  expect(fewest).toBeGreaterThanOrEqual(3);
  // Old ones that are still ending are no longer counted against the surge.
  await eventually(() => most >= 4, { what: 'one more pod than before was seen' });
  for (const each of after) {
    expect(each.spec.containers[0]!.image).toBe(cluster.otherImage);
    expect(each.status!.containerStatuses![0]!.image).toBe(cluster.otherImage);
  }
  void watch;
});

it('keeps the history of its revisions and goes back to one', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 1);
  await namespace.kubectl(['set', 'env', 'deployment/web', 'COLOR=green']);
  await rolledOut(namespace);
  await namespace.kubectl(['set', 'env', 'deployment/web', 'COLOR=red']);
  await rolledOut(namespace);
  const history = await namespace.kubectl(['rollout', 'history', 'deployment/web']);
  expect(history.match(/^\d+ /gm)?.map((each) => each.trim())).toEqual(['1', '2', '3']);
  expect(await namespace.kubectl(['rollout', 'history', 'deployment/web', '--revision=2'])).toMatch(
    /COLOR:\s+green/,
  );
  await namespace.kubectl(['rollout', 'undo', 'deployment/web']);
  await rolledOut(namespace);
  const color = async () => (await deployment(namespace)).spec!.template.spec!.containers[0]!.env?.[0]?.value;
  expect(await color()).toBe('green');
  await namespace.kubectl(['rollout', 'undo', 'deployment/web', '--to-revision=1']);
  await rolledOut(namespace);
  expect(await color()).toBeUndefined();
  // Going back re-uses the old ReplicaSets.
  expect(await replicaSets(namespace)).toHaveLength(3);
});

it('stops a bad rollout and keeps the old pods serving', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 2);
  const before = (await namespace.pods('app=web')).map((each) => each.metadata.uid);
  const missing = cluster.image.replace('busybox:1', 'no/such:1');
  // What is good is given its time; what is bad none.
  const deadline = (progressDeadlineSeconds: number) =>
    namespace.kubectl([
      ...['patch', 'deployment', 'web', '--patch'],
      JSON.stringify({ spec: { progressDeadlineSeconds } }),
    ]);
  await deadline(2);
  await namespace.kubectl(['set', 'image', 'deployment/web', `main=${missing}`]);
  const status = await namespace.tryKubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  expect(status.code).toBe(1);
  expect(status.stderr).toContain('exceeded its progress deadline');
  const now = await deployment(namespace);
  expect(now.status!.conditions!.find((each) => each.type === 'Progressing')).toMatchObject({
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
  });
  expect(now.status!.availableReplicas).toBe(2);
  const ready = (await namespace.pods('app=web')).filter(isPodReady).map((each) => each.metadata.uid);
  expect(ready.sort()).toEqual(before.sort());
  await deadline(600);
  await namespace.kubectl(['rollout', 'undo', 'deployment/web']);
  await rolledOut(namespace);
});

it('pauses and resumes a rollout, and restarts all pods when asked', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 1);
  const [before] = await namespace.pods('app=web');
  await namespace.kubectl(['rollout', 'pause', 'deployment/web']);
  await namespace.kubectl(['set', 'env', 'deployment/web', 'A=1']);
  const generation = (await deployment(namespace)).metadata!.generation;
  await eventually(async () => (await deployment(namespace)).status?.observedGeneration === generation);
  expect(await replicaSets(namespace)).toHaveLength(1);
  await namespace.kubectl(['rollout', 'resume', 'deployment/web']);
  await rolledOut(namespace);
  await namespace.kubectl(['rollout', 'restart', 'deployment/web']);
  await rolledOut(namespace);
  await eventually(async () => {
    const pods = await namespace.pods('app=web');
    return pods.length === 1 && pods[0]!.metadata.uid !== before!.metadata.uid;
  });
  expect(await replicaSets(namespace)).toHaveLength(3);
});

it.each([
  { cascade: 'background', left: { replicaSets: 0, pods: 0 } },
  { cascade: 'foreground', left: { replicaSets: 0, pods: 0 } },
  { cascade: 'orphan', left: { replicaSets: 1, pods: 1 } },
])('deletes what a Deployment owns with --cascade=$cascade', async ({ cascade, left }) => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 1);
  await namespace.kubectl(['delete', 'deployment', 'web', `--cascade=${cascade}`, '--timeout=180s']);
  const counted = async () => ({
    replicaSets: (await replicaSets(namespace)).length,
    pods: (await namespace.pods()).length,
  });
  // In the foreground all is gone before the command returns.
  if (cascade !== 'background') expect(await counted()).toEqual(left);
  await eventually(async () => JSON.stringify(await counted()) === JSON.stringify(left));
  if (cascade === 'orphan') {
    const [orphan] = await replicaSets(namespace);
    expect(orphan!.metadata!.ownerReferences ?? []).toEqual([]);
  }
});

it('takes all objects and containers of a namespace with it', async () => {
  await using namespace = await cluster.namespace();
  await startWeb(namespace, 2);
  await namespace.kubectl(['create', 'configmap', 'c', '--from-literal=a=1']);
  await namespace.kubectl(['expose', 'deployment/web', '--port=80', '--target-port=8080']);
  const loose = await namespace.runPod('loose', sleeper);
  const pids = [...(await namespace.pods('app=web')), loose].flatMap((each) =>
    Object.values(cluster.pidsOf(each)),
  );
  expect(pids.filter(isAlive)).toHaveLength(3);
  await cluster.kubectl(['delete', 'namespace', namespace.name, '--timeout=180s']);
  expect(pids.filter(isAlive)).toEqual([]);
  const gone = await cluster.tryKubectl(['get', 'namespace', namespace.name]);
  expect(gone.stderr).toContain(`namespaces "${namespace.name}" not found`);
  for (const what of ['pods', 'configmaps', 'services', 'endpoints', 'secrets', 'apps/v1/deployments'])
    expect(await namespace.list(what), what).toEqual([]);
  const refused = await cluster.tryKubectl(['-n', namespace.name, 'create', 'configmap', 'x']);
  expect(refused.stderr).toContain(`namespaces "${namespace.name}" not found`);
});
