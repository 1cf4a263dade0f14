import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { V1ContainerStatus } from '@gantry/api';
import { eventually, fetchText, useCluster } from './src/cluster.ts';
import { cgroupSetting, isAlive } from './src/kernel.ts';
import { sleeper, webServer } from './src/manifests.ts';

const cluster = useCluster();

const firstStatus = (pod: { status?: { containerStatuses?: V1ContainerStatus[] } }) =>
  pod.status?.containerStatuses?.[0];

it('gives a container its own processes, host name, network, files and mounts', async () => {
  await using namespace = await cluster.namespace();
  const pod = await namespace.runPod('alone', sleeper);
  const pid = cluster.pidsOf(pod)['main']!;
  for (const kind of ['pid', 'net', 'uts', 'ipc', 'mnt'])
    expect(readlinkSync(`/proc/${pid}/ns/${kind}`), kind).not.toBe(readlinkSync(`/proc/self/ns/${kind}`));
  const node = cluster.pid(pod.spec.nodeName!);
  expect(readlinkSync(`/proc/${pid}/ns/net`)).not.toBe(readlinkSync(`/proc/${node}/ns/net`));
  expect(readFileSync(`/proc/${pid}/mountinfo`, 'utf8')).toMatch(/ \/ \/ .* - overlay /);

  const seen = await namespace.exec(
    'alone',
    'hostname; cat /proc/1/comm; ls /proc | grep -cE "^[0-9]+$"; ip -o -4 addr show dev eth0; ls /',
  );
  const [hostname, first, processCount, address] = seen.split('\n');
  expect(hostname).toBe('alone');
  expect(first).toBe('sh');
  expect(Number(processCount)).toBeLessThan(8);
  expect(address).toContain(pod.status!.podIP!);
  expect(seen).not.toContain('work');
  // The host's files cannot be changed through /proc and /sys.
  const refused = await namespace.tryKubectl([
    'exec',
    'alone',
    '--',
    'sh',
    '-c',
    'echo 1 >/proc/sys/kernel/sysrq',
  ]);
  expect(refused.code).not.toBe(0);
});

it('limits memory, cpu and the number of processes in the cgroup', async () => {
  await using namespace = await cluster.namespace();
  const pod = await namespace.runPod('limited', sleeper, {
    container: {
      resources: { requests: { cpu: '100m', memory: '16Mi' }, limits: { cpu: '250m', memory: '48Mi' } },
    },
  });
  const id = firstStatus(pod)!.containerID!.replace(/^.*\/\//, '');
  expect(cgroupSetting(cluster.name, id, 'memory.limit_in_bytes', 'memory.max')).toBe(
    String(48 * 1024 * 1024),
  );
  const quota = cgroupSetting(cluster.name, id, 'cpu.cfs_quota_us', 'cpu.max');
  expect(['25000', '25000 100000']).toContain(quota);
  // 102 shares are 0.1 of a core; v2 calls that weight 4.
  expect(['102', '4']).toContain(cgroupSetting(cluster.name, id, 'cpu.shares', 'cpu.weight'));
  expect(pod.status!.qosClass).toBe('Burstable');

  // Who takes more memory than the limit is killed, and the status says why.
  await namespace.createPod('greedy', 'tail /dev/zero', {
    restartPolicy: 'Never',
    container: { resources: { limits: { memory: '16Mi' } } },
  });
  const greedy = await namespace.podWhen(
    'greedy',
    (each) => firstStatus(each)?.state?.terminated,
    'has ended',
  );
  expect(firstStatus(greedy)!.state!.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' });
});

it('brings ConfigMaps, Secrets and its own fields into variables and files', async () => {
  await using namespace = await cluster.namespace();
  await namespace.kubectl([
    'create',
    'configmap',
    'config',
    '--from-literal=color=blue',
    '--from-literal=n=1',
  ]);
  await namespace.kubectl(['create', 'secret', 'generic', 'secret', '--from-literal=password=s3cret']);
  const pod = await namespace.runPod('fed', sleeper, {
    volumes: [
      { name: 'config', configMap: { name: 'config' } },
      { name: 'secret', secret: { secretName: 'secret', defaultMode: 0o400 } },
      {
        name: 'self',
        downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] },
      },
    ],
    container: {
      env: [
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'secret', key: 'password' } } },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
        { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory' } } },
        { name: 'BOTH', value: '$(PASSWORD)-$(NODE)' },
      ],
      envFrom: [{ configMapRef: { name: 'config' }, prefix: 'CFG_' }],
      resources: { limits: { memory: '32Mi' } },
      volumeMounts: [
        { name: 'config', mountPath: '/config' },
        { name: 'secret', mountPath: '/secret', readOnly: true },
        { name: 'self', mountPath: '/self' },
      ],
    },
  });
  const seen = await namespace.exec(
    'fed',
    'echo $CFG_color $PASSWORD $IP $NODE $LIMIT $BOTH; cat /config/color /secret/password /self/labels; stat -Lc " %a" /secret/password',
  );
  const node = pod.spec.nodeName;
  expect(seen).toBe(
    `blue s3cret ${pod.status!.podIP} ${node} ${32 * 1024 * 1024} s3cret-${node}\nblues3cretapp="fed" 400\n`,
  );
  // A Secret is never on the node's disk.
  const mounts = readFileSync(`/proc/${cluster.pidsOf(pod)['main']}/mountinfo`, 'utf8');
  expect(mounts).toMatch(/ \/secret ro.* - tmpfs /);

  // A change reaches the file of a running pod.
  await namespace.kubectl([
    'patch',
    'configmap',
    'config',
    '--type=merge',
    '-p',
    '{"data":{"color":"green"}}',
  ]);
  await eventually(async () => (await namespace.exec('fed', 'cat /config/color')) === 'green', {
    what: 'the changed ConfigMap is in the volume',
    everyMs: 200,
  });
});

it('waits, with the reason, for a ConfigMap that is not there yet', async () => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('waiting', sleeper, {
    container: { env: [{ name: 'X', valueFrom: { configMapKeyRef: { name: 'late', key: 'x' } } }] },
  });
  const waiting = await namespace.podWhen(
    'waiting',
    (each) => firstStatus(each)?.state?.waiting?.reason === 'CreateContainerConfigError',
    'waits for its configuration',
  );
  expect(firstStatus(waiting)!.state!.waiting!.message).toContain('configmap "late" not found');
  await namespace.kubectl(['create', 'configmap', 'late', '--from-literal=x=1']);
  await namespace.podWhen('waiting', (each) => firstStatus(each)?.ready, 'runs once the ConfigMap is there');
});

it('runs init containers one after the other, and lets containers share a folder', async () => {
  await using namespace = await cluster.namespace();
  const mount = { volumeMounts: [{ name: 'shared', mountPath: '/shared' }] };
  const step = (name: string) => ({
    ...mount,
    name,
    image: cluster.image,
    command: ['sh', '-c', `echo ${name} >>/shared/order`],
  });
  const pod = await namespace.runPod('staged', `echo main >>/shared/order; ${sleeper}`, {
    volumes: [{ name: 'shared', emptyDir: {} }],
    initContainers: [step('first'), step('second')],
    container: mount,
    containers: [{ ...mount, name: 'reader', image: cluster.image, command: ['sh', '-c', sleeper] }],
  });
  // A container runs before its process has done its first step.
  const order = await eventually(async () => {
    const said = await namespace.kubectl(['exec', 'staged', '-c', 'reader', '--', 'cat', '/shared/order']);
    return said.includes('main') && said;
  });
  expect(order).toBe('first\nsecond\nmain\n');
  expect(pod.status!.initContainerStatuses!.map((each) => each.state?.terminated?.reason)).toEqual([
    'Completed',
    'Completed',
  ]);
  // Both containers are in one network, each with processes of its own.
  const { main, reader } = cluster.pidsOf(pod);
  expect(readlinkSync(`/proc/${main}/ns/net`)).toBe(readlinkSync(`/proc/${reader}/ns/net`));
  expect(readlinkSync(`/proc/${main}/ns/pid`)).not.toBe(readlinkSync(`/proc/${reader}/ns/pid`));
});

it('does not start the containers of a pod whose init container fails', async () => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('stuck', 'true', {
    restartPolicy: 'Never',
    initContainers: [{ name: 'broken', image: cluster.image, command: ['sh', '-c', 'exit 9'] }],
  });
  const pod = await namespace.podWhen('stuck', (each) => each.status?.phase === 'Failed', 'has failed');
  expect(pod.status!.initContainerStatuses![0]!.state!.terminated!.exitCode).toBe(9);
  expect(firstStatus(pod)!.state!.waiting!.reason).toBe('PodInitializing');
});

it.concurrent.each([
  { policy: 'Never', code: 3, phase: 'Failed', reason: 'Error' },
  { policy: 'Never', code: 0, phase: 'Succeeded', reason: 'Completed' },
  { policy: 'OnFailure', code: 0, phase: 'Succeeded', reason: 'Completed' },
])('leaves a pod that ends with $code as $phase when it restarts $policy', async (row) => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('once', `exit ${row.code}`, { restartPolicy: row.policy });
  const pod = await namespace.podWhen('once', (each) => each.status?.phase === row.phase, `is ${row.phase}`);
  expect(firstStatus(pod)).toMatchObject({
    restartCount: 0,
    state: { terminated: { exitCode: row.code, reason: row.reason } },
  });
});

it.concurrent('restarts what crashes, ever later, and keeps the last words', async () => {
  await using namespace = await cluster.namespace();
  await namespace.createPod('crashing', 'echo attempt; exit 7');
  const pod = await namespace.podWhen(
    'crashing',
    (each) => firstStatus(each)?.state?.waiting?.reason === 'CrashLoopBackOff',
    'backs off',
  );
  const status = firstStatus(pod)!;
  expect(status.lastState!.terminated!.exitCode).toBe(7);
  expect(status.state!.waiting!.message).toMatch(
    /back-off \d+s restarting failed container=main pod=crashing/,
  );
  await namespace.podWhen('crashing', (each) => firstStatus(each)!.restartCount >= 1, 'has been restarted');
  expect(await namespace.kubectl(['logs', 'crashing', '--previous'])).toBe('attempt\n');
  await eventually(
    async () => (await namespace.events('crashing')).some(({ reason }) => reason === 'BackOff'),
    {
      what: 'an event that tells of the back-off',
    },
  );
});

it.concurrent('asks a process to end, waits for the grace period, then kills it', async () => {
  await using namespace = await cluster.namespace();
  const polite = await namespace.runPod(
    'polite',
    "trap 'echo bye; sleep 0.3; exit 0' TERM; echo hello; while :; do sleep 0.1; done",
    { terminationGracePeriodSeconds: 3600 },
  );
  const { main } = cluster.pidsOf(polite);
  const follow = spawn('kubectl', ['-n', namespace.name, 'logs', '-f', 'polite'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: cluster.environment,
  });
  const followed = once(follow, 'close');
  let said = '';
  follow.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await eventually(() => said.includes('hello'), { what: 'somebody follows its log' });
  // Over long before the grace period is.
  await namespace.kubectl(['delete', 'pod', 'polite']);
  await followed;
  expect(said).toBe('hello\nbye\n');
  expect(isAlive(main!)).toBe(false);
});

it.concurrent('kills a process that does not listen after its grace period', async () => {
  await using namespace = await cluster.namespace();
  const deaf = await namespace.runPod('deaf', "trap '' TERM; while :; do sleep 1; done", {
    terminationGracePeriodSeconds: 2,
  });
  const { main } = cluster.pidsOf(deaf);
  const beganMs = performance.now();
  await namespace.kubectl(['delete', 'pod', 'deaf']);
  const tookMs = performance.now() - beganMs;
  expect(tookMs).toBeGreaterThan(1_900);
  expect(tookMs).toBeLessThan(28_000); // not the thirty seconds of one that says nothing of it
  expect(isAlive(main!)).toBe(false);
});

it.concurrent('says which image cannot be pulled, and starts once it is there', async () => {
  await using namespace = await cluster.namespace();
  const missing = cluster.image.replace('busybox:1', 'no/such:1');
  await namespace.createPod('imageless', sleeper, { container: { image: missing } });
  const pod = await namespace.podWhen(
    'imageless',
    (each) => firstStatus(each)?.state?.waiting?.reason === 'ImagePullBackOff',
    'backs off from pulling',
  );
  expect(firstStatus(pod)!.state!.waiting!.message).toContain(missing);
  expect(pod.status!.phase).toBe('Pending');
  await eventually(
    async () =>
      (await namespace.events('imageless')).some(
        ({ reason, message }) => reason === 'Failed' && message?.includes('not found'),
      ),
    { what: 'an event that says why' },
  );
  await cluster.pushImage(missing);
  await namespace.podWhen('imageless', (each) => firstStatus(each)?.imageID, 'has its image', 240_000);
});

it.concurrent('gives a running container another image by restarting it, whatever its policy', async () => {
  await using namespace = await cluster.namespace();
  const before = await namespace.runPod('changed', sleeper, { restartPolicy: 'Never' });
  const setImage = (image: string) => namespace.kubectl(['set', 'image', 'pod/changed', `main=${image}`]);
  const missing = cluster.image.replace('busybox:1', 'no/such:2');
  await setImage(missing);
  await namespace.podWhen(
    'changed',
    (each) => /ErrImagePull|ImagePullBackOff/.test(firstStatus(each)?.state?.waiting?.reason ?? ''),
    'cannot get its image',
  );
  // The next one is not kept waiting by what the one before it did wrong.
  await setImage(cluster.otherImage);
  const after = await namespace.podWhen('changed', (each) => firstStatus(each)?.state?.running, 'runs again');
  expect(firstStatus(after)).toMatchObject({ image: cluster.otherImage, restartCount: 1 });
  expect(after.metadata.uid).toBe(before.metadata.uid);
  expect(after.status!.podIP).toBe(before.status!.podIP);
  const messages = await eventually(async () => {
    const found = (await namespace.events('changed')).map(({ message }) => message);
    return found.includes('Container main definition changed, will be restarted') && found;
  });
  expect(messages).not.toContain(`Back-off pulling image "${cluster.otherImage}"`);
});

it('lets pods on different nodes and the host talk to each other', async () => {
  await using namespace = await cluster.namespace();
  const onNode = (node: string) => ({ nodeSelector: { 'kubernetes.io/hostname': node } });
  const [one, two] = await Promise.all([
    namespace.runPod('one', webServer, onNode('node-1')),
    namespace.runPod('two', webServer, onNode('node-2')),
  ]);
  expect([one.spec.nodeName, two.spec.nodeName]).toEqual(['node-1', 'node-2']);
  const fetched = (from: string, ip?: string) =>
    eventually(() => namespace.exec(from, `timeout 3 wget -qO- http://${ip}:8080/`));
  expect(await fetched('one', two.status!.podIP)).toBe('two\n');
  expect(await fetched('two', one.status!.podIP)).toBe('one\n');
  expect(await fetchText(`http://${one.status!.podIP}:8080/`)).toBe('one\n');
});

it.concurrent(
  'restarts a container whose liveness probe fails, and unreadies one whose readiness probe does',
  async () => {
    await using namespace = await cluster.namespace();
    // A command that takes its time on a busy machine has not failed.
    const patient = { periodSeconds: 1, timeoutSeconds: 60 };
    await namespace.createPod('probed', `touch /tmp/live /tmp/ready; ${sleeper}`, {
      container: {
        livenessProbe: {
          exec: { command: ['test', '-e', '/tmp/live'] },
          ...patient,
          failureThreshold: 2,
        },
        readinessProbe: {
          exec: { command: ['test', '-e', '/tmp/ready'] },
          ...patient,
          failureThreshold: 1,
        },
        startupProbe: {
          exec: { command: ['test', '-e', '/tmp/live'] },
          ...patient,
          failureThreshold: 10,
        },
      },
    });
    await namespace.podWhen('probed', (each) => firstStatus(each)?.ready, 'is ready');
    await namespace.exec('probed', 'rm /tmp/ready');
    await namespace.podWhen('probed', (each) => firstStatus(each)?.ready === false, 'is not ready');
    expect(firstStatus(await namespace.pod('probed'))!.restartCount).toBe(0);
    await namespace.exec('probed', 'rm /tmp/live');
    const restarted = await namespace.podWhen(
      'probed',
      (each) => firstStatus(each)!.restartCount === 1 && firstStatus(each)!.ready,
      'has been restarted and is ready',
    );
    expect(firstStatus(restarted)!.lastState!.terminated).toBeDefined();
    for (const start of ['Unhealthy: Liveness probe failed', 'Killing: Container main failed liveness probe'])
      await eventually(
        async () =>
          (await namespace.events('probed')).some((each) =>
            `${each.reason}: ${each.message}`.startsWith(start),
          ),
        { what: `an event that begins with "${start}"` },
      );
  },
);
