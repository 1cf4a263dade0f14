import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { V1Deployment, V1ReplicaSet } from '@gantry/api';
import { eventually, fetchText, useCluster } from './src/cluster.ts';
import { isAlive, standsStill } from './src/kernel.ts';
import { sleeper, webDeployment } from './src/manifests.ts';
import { isPodReady } from './src/test-namespace.ts';

const cluster = useCluster();

/** Ends a process as a power cut would, and waits until it is gone. */
async function kill9(name: string): Promise<void> {
  const pid = cluster.pid(name);
  process.kill(pid, 'SIGKILL');
  await eventually(() => !isAlive(pid), { what: `${name} is gone` });
}

it('keeps containers running while their agent is dead, and misses nothing of what happens meanwhile', async () => {
  await using namespace = await cluster.namespace();
  const onNode1 = { nodeSelector: { 'kubernetes.io/hostname': 'node-1' } };
  const [stays, ends, deleted] = await Promise.all([
    namespace.runPod('stays', 'i=0; while :; do echo tick $i; i=$((i+1)); sleep 0.2; done', onNode1),
    namespace.runPod('ends', 'until test -e /tmp/end; do sleep 0.05; done; echo last words; exit 5', {
      ...onNode1,
      restartPolicy: 'Never',
    }),
    namespace.runPod('deleted', sleeper, onNode1),
  ]);
  const pids = {
    stays: cluster.pidsOf(stays)['main']!,
    ends: cluster.pidsOf(ends)['main']!,
    deleted: cluster.pidsOf(deleted)['main']!,
  };
  const ticks = async () => (await namespace.kubectl(['logs', 'stays'])).trimEnd().split('\n').length;
  const before = await ticks();

  await kill9('node-1');
  expect(isAlive(pids.ends)).toBe(true);
  // From outside, for the agent is to be dead when the process ends.
  writeFileSync(`/proc/${pids.ends}/root/tmp/end`, '');
  await namespace.kubectl(['delete', 'pod', 'deleted', '--wait=false']);
  await eventually(() => !isAlive(pids.ends), { what: 'the process has ended by itself' });
  expect(isAlive(pids.stays)).toBe(true);
  expect(isAlive(pids.deleted)).toBe(true);

  await cluster.up();
  const ended = await namespace.podWhen('ends', (each) => each.status?.phase === 'Failed', 'has ended');
  expect(ended.status!.containerStatuses![0]).toMatchObject({
    restartCount: 0,
    state: { terminated: { exitCode: 5, reason: 'Error' } },
  });
  expect(await namespace.kubectl(['logs', 'ends'])).toBe('last words\n');

  const same = await namespace.podWhen('stays', isPodReady, 'is Ready still');
  expect(same.status!.containerStatuses![0]).toMatchObject({
    restartCount: 0,
    containerID: stays.status!.containerStatuses![0]!.containerID!,
  });
  expect(same.status!.podIP).toBe(stays.status!.podIP);
  expect(cluster.pidsOf(same)['main']).toBe(pids.stays);
  // Nothing it wrote meanwhile is lost.
  const lines = (await namespace.kubectl(['logs', 'stays'])).trimEnd().split('\n');
  expect(lines.length).toBeGreaterThan(before);
  expect(lines).toEqual(lines.map((_, index) => `tick ${index}`));
  await eventually(async () => (await namespace.exec('stays', 'echo alive')) === 'alive\n', {
    what: 'a command runs in what was taken over',
  });

  await eventually(async () => (await namespace.pods('app=deleted')).length === 0, {
    what: 'the pod deleted meanwhile is gone',
  });
  expect(isAlive(pids.deleted)).toBe(false);
});

it('finishes a rollout after the API server was killed in the middle of it', async () => {
  await using namespace = await cluster.namespace();
  await namespace.apply(
    webDeployment('web', cluster.image, 4, {
      minReadySeconds: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    }),
  );
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  await namespace.kubectl(['expose', 'deployment/web', '--port=80', '--target-port=8080']);
  const service = await namespace.get<{ spec: { clusterIP: string } }>('services/web');
  const page = `http://${service.spec.clusterIP}/`;
  await eventually(() => fetchText(page), { what: 'the Service answers' });

  await namespace.kubectl(['set', 'image', 'deployment/web', `main=${cluster.otherImage}`]);
  await eventually(
    async () => {
      const { status } = await namespace.get<V1Deployment>('apps/v1/deployments/web');
      return (status?.updatedReplicas ?? 0) >= 2;
    },
    { what: 'the rollout is half-way' },
  );
  await kill9('server');
  // Nobody tells the nodes anything, and what runs goes on answering. A pod that was just ending is still among those asked.
  for (let i = 0; i < 10; i++)
    expect(await eventually(() => fetchText(page), { what: 'the Service answers' })).toMatch(/^web-/);

  await cluster.up();
  await namespace.kubectl(['rollout', 'status', 'deployment/web', '--timeout=180s']);
  const pods = await eventually(async () => {
    const now = await namespace.pods('app=web');
    return now.length === 4 ? now : undefined;
  });
  for (const each of pods) {
    expect(isPodReady(each)).toBe(true);
    expect(each.spec.containers[0]!.image).toBe(cluster.otherImage);
    expect(each.status!.containerStatuses![0]!.restartCount).toBe(0);
    expect(isAlive(cluster.pidsOf(each)['main']!)).toBe(true);
  }
  const sets = await namespace.list<V1ReplicaSet>('apps/v1/replicasets');
  expect(sets.map((each) => each.status?.replicas ?? 0).sort()).toEqual([0, 4]);
  expect(await cluster.isReady('node-1')).toBe(true);
});

it('answers what it can while etcd stands still, refuses writes quickly, and recovers by itself', async () => {
  await using namespace = await cluster.namespace();
  const pod = await namespace.runPod('stays', sleeper);
  const seen: string[] = [];
  const { metadata } = await cluster.api.json<{ metadata: { resourceVersion: string } }>(
    namespace.path('configmaps'),
  );
  using _watch = cluster.api.watch<{ metadata: { name: string } }>(
    `${namespace.path('configmaps')}?watch=1&resourceVersion=${metadata.resourceVersion}`,
    ({ type, object }) => seen.push(`${type} ${object.metadata.name}`),
  );
  const etcd = cluster.pid('etcd');
  process.kill(etcd, 'SIGSTOP');
  await eventually(() => standsStill(etcd), { what: 'etcd stands still' });
  const stoppedMs = performance.now();
  const forMs = () => performance.now() - stoppedMs;
  try {
    const ask = (method: string, path: string, body?: object) =>
      cluster.api.request(method, path, body ? { body } : {});
    const configMap = { metadata: { name: 'meanwhile' }, data: {} };
    const beganMs = performance.now();
    const write = await ask('POST', namespace.path('configmaps'), configMap);
    const tookMs = performance.now() - beganMs;
    expect(write.status, write.text).toBe(503);
    expect(JSON.parse(write.text)).toMatchObject({ kind: 'Status', reason: 'ServiceUnavailable' });
    // Long before clients give a request up, which they do after a minute.
    expect(tookMs).toBeLessThan(30_000);

    // "As you have it" needs no etcd: what needs one is refused, as the write was.
    const cached = await ask('GET', `${namespace.path('pods')}?resourceVersion=0`);
    expect(cached.status, cached.text.slice(0, 300)).toBe(200);
    expect(cached.text).toContain('"stays"');

    await eventually(async () => (await ask('GET', '/readyz')).status >= 500, { what: '/readyz says so' });
    expect((await ask('GET', '/readyz?verbose')).text).toContain('[-]etcd failed');
    expect((await ask('GET', '/livez')).status).toBe(200);
    expect(isAlive(cluster.pidsOf(pod)['main']!)).toBe(true);
    await eventually(() => forMs() > 10_000, {
      everyMs: 100,
      what: 'ten seconds are over',
    });
  } finally {
    process.kill(etcd, 'SIGCONT');
  }
  await eventually(async () => (await cluster.api.request('GET', '/readyz')).status === 200, {
    what: '/readyz is well again',
  });
  await eventually(() => namespace.kubectl(['create', 'configmap', 'after', '--from-literal=a=1']), {
    what: 'writes work again',
    everyMs: 200,
  });
  await eventually(() => seen.includes('ADDED after'), { what: 'the watch goes on' });
  await namespace.runPod('next', sleeper);
  const still = await namespace.pod('stays');
  expect(still.status!.containerStatuses![0]!.restartCount).toBe(0);
  for (const node of ['node-1', 'node-2'])
    await eventually(() => cluster.isReady(node), { what: `${node} is Ready` });
});

it('ends a watch from a revision that etcd has compacted with 410, and clients begin anew', async () => {
  await using namespace = await cluster.namespace();
  const path = namespace.path('configmaps');
  const { metadata } = await cluster.api.json<{ metadata: { resourceVersion: string } }>(path);
  for (const name of ['a', 'b', 'c'])
    await namespace.kubectl(['create', 'configmap', name, '--from-literal=a=1']);
  const newest = await cluster.api.json<{ metadata: { resourceVersion: string } }>(path);
  await cluster.etcdctl(['compact', newest.metadata.resourceVersion]);
  // A server that has just started has no history of its own, either.
  await kill9('server');
  await cluster.up();

  const watched = await cluster.api.request(
    'GET',
    `${path}?watch=1&resourceVersion=${metadata.resourceVersion}&timeoutSeconds=5`,
  );
  // At once or as the first event: both are what Kubernetes does, and what its clients understand.
  const answer = JSON.parse(watched.text.split('\n')[0]!) as { type?: string; object?: object };
  const status = watched.status === 200 ? answer.object : answer;
  if (watched.status === 200) expect(answer.type).toBe('ERROR');
  else expect(watched.status).toBe(410);
  expect(status).toMatchObject({ kind: 'Status', code: 410, reason: 'Expired' });
  const exact = `${path}?resourceVersion=${metadata.resourceVersion}&resourceVersionMatch=Exact`;
  expect((await cluster.api.request('GET', exact)).status).toBe(410);
  const names = (await namespace.list<{ metadata: { name: string } }>('configmaps')).map(
    (each) => each.metadata.name,
  );
  expect(names).toEqual(expect.arrayContaining(['a', 'b', 'c']));
});
