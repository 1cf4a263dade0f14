import { availableParallelism } from 'node:os';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { kinds, type Stored, type V1Pod, type V1PodSpec } from '@gantry/api';
import { TestCluster } from './testing/test-cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startAgent();
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  expect(cluster.leftovers()).toEqual([]);
});

const cpus = availableParallelism();
const asking = (name: string, cpu: number, more: Partial<V1PodSpec> = {}): V1Pod => {
  const pod = cluster.pod(name, more);
  pod.spec.containers[0]!.resources = { requests: { cpu: String(cpu) } };
  return pod;
};
const failed = (name: string) => cluster.until(name, 'Failed', ({ status }) => status?.phase === 'Failed');
const eventOf = (name: string, reason: string) =>
  eventually(
    async () =>
      (await cluster.state.list(kinds.event)).entries
        .map(({ object }) => object)
        .find((each) => each.involvedObject.name === name && each.reason === reason),
    { what: `event ${reason} of ${name}` },
  );
const inPod = (script: string) => ['sh', '-c', script];

describe('a node', () => {
  it('refuses a pod that names it and does not fit, and takes it when there is room', async () => {
    await cluster.create(asking('large', cpus - 0.5));
    await cluster.running('large');
    await cluster.create(asking('misfit', 1));
    const { status } = await failed('misfit');
    const message = `Node didn't have enough resource: cpu, requested: 1000, used: ${cpus * 1000 - 500}, capacity: ${cpus * 1000}`;
    expect(status).toEqual({
      phase: 'Failed',
      reason: 'OutOfcpu',
      message: `Pod was rejected: ${message}`,
      observedGeneration: 1,
      qosClass: 'Burstable',
      startTime: expect.any(String) as string,
      conditions: [],
    });
    expect(await eventOf('misfit', 'OutOfcpu')).toMatchObject({ type: 'Warning', message });

    // Killed and started anew it turns nobody out, whoever is told of first, and what it refused stays refused.
    await cluster.create(asking('small', 0.5));
    await cluster.running('small');
    await cluster.stopAgent('SIGKILL');
    await cluster.startAgent();
    for (const name of ['large', 'small'])
      expect((await cluster.running(name)).status!.containerStatuses![0]!.restartCount).toBe(0);
    expect((await cluster.get('misfit'))!.status).toEqual(status);

    for (const name of ['misfit', 'large']) await cluster.delete(name);
    await cluster.create(asking('fits', cpus - 0.5));
    await cluster.running('fits');
    for (const name of ['small', 'fits']) await cluster.delete(name);
  });

  it('refuses a pod for another node and a host port that is taken, and waits for news that would let it in', async () => {
    const onPort = (name: string) => {
      const pod = cluster.pod(name);
      pod.spec.containers[0]!.ports = [{ containerPort: 80, hostPort: 8080, protocol: 'TCP' }];
      return pod;
    };
    await cluster.create(onPort('holder'));
    await cluster.running('holder');
    await cluster.create(onPort('second'));
    expect((await failed('second')).status).toMatchObject({
      reason: 'NodePorts',
      message:
        "Pod was rejected: Predicate NodePorts failed: node(s) didn't have free ports for the requested pod ports",
    });
    await cluster.create(cluster.pod('away', { nodeSelector: { disk: 'ssd' } }));
    expect((await failed('away')).status!.reason).toBe('NodeAffinity');

    // As when a scheduler that knows of the label already places it.
    await cluster.create(cluster.pod('early', { nodeSelector: { disk: 'ssd' } }));
    const { object } = await cluster.state.get(kinds.node, { name: cluster.nodeName });
    await cluster.state.update(kinds.node, {
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, disk: 'ssd' } },
    });
    await cluster.running('early');
    for (const name of ['holder', 'second', 'away', 'early']) await cluster.delete(name);
  });

  it('evicts pods that use more of its disk than they may, and keeps nothing of them', async () => {
    const write = (path: string) =>
      inPod(`dd if=/dev/zero of=${path} bs=64k count=40 2>/dev/null; exec sleep 3600`);
    const limited = (limit: string) => ({ limits: { 'ephemeral-storage': limit } });
    const volume = cluster.pod('volume', {
      command: write('/v/big'),
      volumes: [{ name: 'v', emptyDir: { sizeLimit: '1Mi' } }],
    });
    volume.spec.containers[0]!.volumeMounts = [{ name: 'v', mountPath: '/v' }];
    const whole = cluster.pod('whole', { command: write('/big') });
    whole.spec.containers[0]!.resources = limited('2Mi');
    const one = cluster.pod('one', { command: write('/big') });
    one.spec.containers[0]!.resources = limited('2Mi');
    one.spec.containers.push({ ...one.spec.containers[0]!, name: 'other', command: ['sleep', '3600'] });
    const modest = cluster.pod('modest', { command: write('/big') });
    modest.spec.containers[0]!.resources = limited('4Mi');
    const uids = new Map<string, Stored<V1Pod>>();
    for (const pod of [volume, whole, one, modest]) uids.set(pod.metadata.name!, await cluster.create(pod));
    for (const [name, message] of [
      ['volume', 'Usage of EmptyDir volume "v" exceeds the limit "1Mi". '],
      ['whole', 'Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. '],
      ['one', 'Container main exceeded its local ephemeral storage limit "2Mi". '],
    ] as const) {
      const { status } = await failed(name);
      expect(status).toMatchObject({ reason: 'Evicted', message });
      expect(status!.containerStatuses![0]!.state!.terminated!.exitCode).toBe(137);
      expect(await eventOf(name, 'Evicted')).toMatchObject({ type: 'Warning', message });
    }
    const data = join(cluster.folder, 'data');
    await eventually(() => !existsSync(join(data, 'pods', uids.get('volume')!.metadata.uid)), {
      what: 'the volume to be gone',
    });
    const { metadata } = uids.get('whole')!;
    await eventually(() => readdirSync(join(data, 'logs')).every((name) => !name.includes(metadata.uid)));
    await expect(cluster.logs(uids.get('whole')!)).rejects.toThrow(
      /^unable to retrieve container logs for gantry:\/\/[0-9a-f]{32}$/,
    );
    expect((await cluster.http('/metrics')).body).toContain(
      'kubelet_evictions{eviction_signal="emptydirfs.limit"} 1',
    );
    expect((await cluster.get('modest'))!.status!.phase).toBe('Running');

    // An agent that comes back knows it by itself: none of them is begun again before the server has told of it.
    const record = join(data, 'pod-records', `${metadata.uid}.json`);
    expect((JSON.parse(readFileSync(record, 'utf8')) as V1Pod).status).toMatchObject({
      phase: 'Failed',
      reason: 'Evicted',
    });
    await cluster.stopAgent('SIGKILL');
    await cluster.startAgent();
    await cluster.running('modest');
    expect(readdirSync(join(data, 'pods'))).toEqual([]);
    for (const name of uids.keys()) await cluster.delete(name);
  });
});

describe('a pod', () => {
  it('shares /dev/shm among its containers, each of which follows its own restart policy', async () => {
    const pod = cluster.pod('parts', {
      command: inPod('echo shared >/dev/shm/x; exec sleep 3600'),
      subdomain: 'sub',
      setHostnameAsFQDN: true,
    });
    pod.spec.containers.push({
      name: 'once',
      image: cluster.image,
      restartPolicy: 'Never',
      command: inPod(
        'until cat /dev/shm/x; do sleep 0.05; done >/dev/termination-log 2>/dev/null; hostname >>/dev/termination-log; exit 3',
      ),
    });
    await cluster.create(pod);
    const { status } = await cluster.until('parts', 'one of two to have ended', (each) =>
      Boolean(each.status?.containerStatuses?.[1]?.state?.terminated?.message),
    );
    expect(status!.phase).toBe('Running');
    expect(status!.containerStatuses![1]).toMatchObject({
      restartCount: 0,
      state: {
        terminated: {
          exitCode: 3,
          message: expect.stringMatching(/shared\nparts\.sub\.default\.svc\.cluster\.local\n$/) as string,
        },
      },
    });
    await cluster.delete('parts');
  });

  it('does not run as who it does not want to be', async () => {
    await cluster.create(cluster.pod('mapped', { hostUsers: false }));
    expect(await eventOf('mapped', 'FailedCreatePodSandBox')).toMatchObject({
      message: 'Failed to create pod sandbox: runtime does not support user namespaces',
    });
    const profile = cluster.pod('profile', {
      securityContext: { seccompProfile: { type: 'Localhost', localhostProfile: 'strict.json' } },
    });
    await cluster.create(profile);
    const waiting = await cluster.until('profile', 'a reason', (each) =>
      Boolean(each.status?.containerStatuses?.[0]?.state?.waiting?.message),
    );
    expect(waiting.status!.containerStatuses![0]!.state!.waiting!.reason).toBe('CreateContainerConfigError');
    await expect(cluster.logs(waiting)).rejects.toThrow(
      'container "main" in pod "profile" is waiting to start: CreateContainerConfigError',
    );
    for (const name of ['mapped', 'profile']) await cluster.delete(name);
  });

  it('goes with all it has written, however deep and however much, while the node goes on', async () => {
    const pod = cluster.pod('writer', { command: inPod(makeDeep), volumes: [{ name: 'v', emptyDir: {} }] });
    pod.spec.containers[0]!.volumeMounts = [{ name: 'v', mountPath: '/v' }];
    const { metadata } = await cluster.create(pod);
    const running = await cluster.running('writer');
    await eventually(async () => (await cluster.logs(running)) === 'done\n', { what: 'a deep tree' });
    await cluster.delete('writer');
    const left = () => existsSync(join(cluster.folder, 'data/pods', metadata.uid));
    await eventually(() => !left(), { what: 'the volume to be gone' });
  });
});

/** Folders in folders, of which the whole path is longer than any that a program can name: made in pieces that are moved into each other. */
const makeDeep = `
  name=$(printf 'd%.0s' $(seq 1 200))
  cd /v
  for part in 1 2 3 4; do
    mkdir part$part && cd part$part
    for i in $(seq 1 15); do mkdir $name && cd $name; done
    echo x >file
    [ $part = 1 ] || mv /v/part$((part - 1)) .
    cd /v
  done
  echo done; exec sleep 3600
`;
