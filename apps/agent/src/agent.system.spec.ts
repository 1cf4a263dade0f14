import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { kinds, type Stored, type V1Pod } from '@gantry/api';
import { podCidr, TestCluster } from './testing/test-cluster.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
  await cluster.startAgent();
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  expect(cluster.leftovers()).toEqual([]);
});

const sh = (script: string) => ['sh', '-c', script];
const main = (pod: Stored<V1Pod>) => pod.status!.containerStatuses![0]!;
const eventsOf = async (name: string) =>
  (await cluster.state.list(kinds.event)).entries
    .map(({ object }) => object)
    .filter(({ involvedObject }) => involvedObject.name === name);
const configMap = (name: string, data: Record<string, string>) =>
  cluster.state.create(kinds.configMap, { metadata: { namespace: 'default', name }, data });

/** Whether a process runs whose command line has this text. */
const isRunning = (text: string) =>
  readdirSync('/proc').some((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
    } catch {
      return false;
    }
  });

describe('a node', () => {
  it('runs a pod, says so in one write, and serves exec, logs and its own endpoints', async () => {
    await cluster.create(cluster.pod('first', { command: sh('echo hello; echo oops >&2; sleep 3600') }));
    const pod = await cluster.running('first');
    expect(pod.status).toMatchObject({ phase: 'Running', hostIP: cluster.nodeIp, qosClass: 'BestEffort' });
    expect(pod.status!.podIP).toMatch(/^10\.42\.7\.\d+$/);
    expect(main(pod)).toMatchObject({ ready: true, started: true, restartCount: 0, image: cluster.image });
    // Created with its node named, then this one write.
    expect(pod.metadata.generation).toBe(1);

    expect(await cluster.exec(pod, ...sh('hostname; cat /etc/hosts; exit 7'))).toMatchObject({
      code: 7,
      output: expect.stringContaining(`${pod.status!.podIP}\tfirst`) as string,
    });
    expect(await cluster.exec(pod, 'nope')).toMatchObject({ code: 127 });
    // A container runs before its process has done its first step.
    await eventually(async () => (await cluster.logs(pod)).split('\n').sort().join() === ',hello,oops');
    expect(await cluster.logs(pod, { tailLines: 1, timestamps: true })).toMatch(
      /^\d{4}-\d\d-\d\dT\S+ (hello|oops)\n$/,
    );
    expect(await cluster.http('/healthz')).toEqual({ code: 200, body: 'ok' });
    const cadvisor = await cluster.http('/metrics/cadvisor');
    expect(cadvisor.body).toMatch(
      /^container_memory_working_set_bytes\{container="main",.*pod="first"\} \d{5,}$/m,
    );
    expect(cadvisor.body).toMatch(
      /^container_network_receive_bytes_total\{.*pod="first",interface="eth0"\} \d+$/m,
    );
    for (const name of ['memory_cache', 'memory_swap', 'cpu_cfs_throttled_seconds_total', 'last_seen'])
      expect(cadvisor.body).toMatch(
        new RegExp(`^container_${name}\\{container="main",.*pod="first"\\} \\d`, 'm'),
      );
    expect(cadvisor.body).toMatch(/^container_memory_working_set_bytes\{container="",id="\/",.*\} \d{5,}$/m);
    const metrics = (await cluster.http('/metrics')).body;
    expect(metrics).toMatch(/^kubelet_running_pods 1$/m);
    expect(metrics).toContain(`kubelet_node_name{node="${cluster.nodeName}"} 1`);
    expect(metrics).toContain('kubelet_started_containers_total{container_type="container"} 1');
    expect(metrics).toContain('kubelet_pod_worker_duration_seconds_count{operation_type="create"} 1');
    expect(metrics).toContain('kubelet_cgroup_manager_duration_seconds_count{operation_type="create"} 1');
    for (const operation of ['create_container', 'start_container', 'pull_image'])
      expect(metrics).toContain(`kubelet_runtime_operations_total{operation_type="${operation}"} 1`);
    expect(JSON.parse((await cluster.http('/stats/summary')).body)).toMatchObject({
      pods: [{ podRef: { name: 'first' } }],
    });
    expect((await cluster.http('/nope')).code).toBe(404);

    for (const wanted of ['Created container: main', 'Started container main'])
      await eventually(async () => (await eventsOf('first')).some(({ message }) => message === wanted), {
        what: `the event "${wanted}"`,
      });
    await cluster.delete('first');
  });

  it('forwards a port that listens on 127.0.0.1 only', async () => {
    await cluster.create(
      cluster.pod('local', {
        command: sh('mkdir /www; echo pong >/www/index.html; exec httpd -f -p 127.0.0.1:7000 -h /www'),
      }),
    );
    const pod = await cluster.running('local');
    // More than fits into the pipe: the agent waits for it over and over.
    const flood = await cluster.open({
      exec: {
        target: { namespace: 'default', pod: 'local', uid: pod.metadata.uid, container: '' },
        command: ['sha1sum'],
        stdin: true,
        stdout: true,
      },
    });
    for (let i = 0; i < 60; i++) await flood.send({ channel: 0, data: Buffer.alloc(256 << 10, 1) });
    await flood.send({ channel: 0, data: new Uint8Array(), end: true });
    let sum = '';
    for await (const { channel, data } of flood.incoming)
      if (channel === 1) sum += Buffer.from(data).toString();
    const expected = createHash('sha1')
      .update(Buffer.alloc(60 * (256 << 10), 1))
      .digest('hex');
    expect(sum).toContain(expected);
    expect(readFileSync(cluster.logFile, 'utf8')).not.toContain('MaxListenersExceededWarning');
    const answer = await eventually(async () => {
      const stream = await cluster.open({
        portForward: { target: { namespace: 'default', pod: 'local', uid: pod.metadata.uid }, port: 7000 },
      });
      await stream.send({ channel: 0, data: Buffer.from('GET / HTTP/1.0\r\n\r\n') });
      let text = '';
      for await (const { channel, data } of stream.incoming)
        if (channel === 1) text += Buffer.from(data).toString();
      return text;
    });
    expect(answer).toMatch(/200 OK[^]*pong\n$/);
    await cluster.exec(pod, ...sh('httpd -p 7001 -h /www'));
    const stream = await cluster.open({
      http: {
        method: 'GET',
        path: '/index.html',
        port: 7001,
        target: { namespace: 'default', pod: 'local', uid: pod.metadata.uid },
      },
    });
    await stream.send({ channel: 0, data: new Uint8Array(), end: true });
    const chunks: [number, string][] = [];
    for await (const { channel, data } of stream.incoming)
      chunks.push([channel, Buffer.from(data).toString()]);
    expect(chunks[0]).toEqual([3, expect.stringContaining('"code":200')]);
    expect(
      chunks
        .slice(1)
        .map(([, text]) => text)
        .join(''),
    ).toBe('pong\n');
    await cluster.delete('local');
  });

  it('gives environment and volumes from ConfigMaps and Secrets, and follows their changes', async () => {
    await configMap('settings', { color: 'red', 'app.conf': 'a=1\n' });
    await cluster.state.create(kinds.secret, {
      metadata: { namespace: 'default', name: 'key' },
      data: { pin: 'MTIzNA==' },
    });
    const pod = cluster.pod('configured', {
      volumes: [
        { name: 'conf', configMap: { name: 'settings' } },
        { name: 'keys', secret: { secretName: 'key', defaultMode: 0o400 } },
        { name: 'scratch', emptyDir: {} },
        { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } },
        {
          name: 'self',
          downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] },
        },
      ],
    });
    Object.assign(pod.spec!.containers[0]!, {
      env: [
        { name: 'PIN', valueFrom: { secretKeyRef: { name: 'key', key: 'pin' } } },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'BOTH', value: '$(COLOR_color)-$(PIN)-$$(x)' },
      ],
      envFrom: [{ prefix: 'COLOR_', configMapRef: { name: 'settings' } }],
      volumeMounts: [
        { name: 'conf', mountPath: '/conf' },
        { name: 'conf', mountPath: '/one.conf', subPath: 'app.conf' },
        { name: 'keys', mountPath: '/keys' },
        { name: 'scratch', mountPath: '/scratch', subPath: 'deep/er' },
        { name: 'memory', mountPath: '/memory' },
        { name: 'self', mountPath: '/self' },
      ],
    });
    await cluster.create(pod);
    const running = await cluster.running('configured');
    const { output } = await cluster.exec(
      running,
      ...sh(
        'echo $BOTH $IP; cat /conf/color /one.conf; stat -L -c %a /keys/pin; cat /self/name; touch /scratch/x && echo ok; touch /conf/no; mount | grep "/memory "',
      ),
    );
    expect(output).toContain(`red-1234-$(x) ${running.status!.podIP}\nreda=1\n400\nconfigured`);
    expect(output).toContain('ok\n');
    expect(output).toMatch(/Read-only file system/);
    expect(output).toMatch(/tmpfs on \/memory .*size=1024k/);

    const { object } = await cluster.state.get(kinds.configMap, { namespace: 'default', name: 'settings' });
    await cluster.state.update(kinds.configMap, { ...object, data: { color: 'blue' } });
    await eventually(async () => (await cluster.exec(running, 'cat', '/conf/color')).output === 'blue');
    expect((await cluster.exec(running, 'ls', '/conf')).output).toBe('color\n');
    await cluster.delete('configured');
  });

  it('waits for a ConfigMap that is missing, and goes on when it comes', async () => {
    const pod = cluster.pod('waiting');
    pod.spec!.containers[0]!.env = [
      { name: 'X', valueFrom: { configMapKeyRef: { name: 'later', key: 'x' } } },
    ];
    await cluster.create(pod);
    const stuck = await cluster.until(
      'waiting',
      'a reason',
      (each) => main(each).state?.waiting?.reason === 'CreateContainerConfigError',
    );
    expect(main(stuck).state!.waiting!.message).toBe('configmap "later" not found');
    expect(stuck.status!.phase).toBe('Pending');
    await configMap('later', { x: '1' });
    await cluster.running('waiting');
    await cluster.delete('waiting');
  });

  it('runs init containers one by one, then the rest, and says how it ended', async () => {
    const pod = cluster.pod('steps', {
      restartPolicy: 'Never',
      volumes: [{ name: 'v', emptyDir: {} }],
      command: sh('cat /v/order; echo done >/dev/termination-log; exit 0'),
    });
    const volumeMounts = [{ name: 'v', mountPath: '/v' }];
    pod.spec!.containers[0]!.volumeMounts = volumeMounts;
    pod.spec!.initContainers = ['one', 'two'].map((name) => ({
      name,
      image: cluster.image,
      command: sh(`sleep 0.1; echo ${name} >>/v/order`),
      volumeMounts,
    }));
    await cluster.create(pod);
    const ended = await cluster.until(
      'steps',
      'Succeeded',
      ({ status }) =>
        status?.phase === 'Succeeded' &&
        status.containerStatuses?.[0]?.state?.terminated?.message !== undefined,
    );
    expect(await cluster.logs(ended)).toBe('one\ntwo\n');
    expect(main(ended).state!.terminated).toMatchObject({
      exitCode: 0,
      reason: 'Completed',
      message: 'done\n',
    });
    expect(
      ended.status!.initContainerStatuses!.map(({ ready, state }) => [ready, state!.terminated!.reason]),
    ).toEqual([
      [true, 'Completed'],
      [true, 'Completed'],
    ]);
    expect(ended.status!.conditions).toContainEqual(
      expect.objectContaining({ type: 'Ready', status: 'False', reason: 'PodCompleted' }),
    );
    await cluster.delete('steps');
  });

  it('restarts what fails, keeps the log of before, and backs off', async () => {
    await cluster.create(
      cluster.pod('crash', { command: sh('echo run $(cat /proc/sys/kernel/random/uuid); exit 3') }),
    );
    const crashed = await cluster.until(
      'crash',
      'CrashLoopBackOff',
      (each) => main(each).state?.waiting?.reason === 'CrashLoopBackOff',
    );
    expect(main(crashed)).toMatchObject({
      restartCount: 1,
      ready: false,
      lastState: { terminated: { exitCode: 3, reason: 'Error' } },
    });
    expect(main(crashed).state!.waiting!.message).toContain(
      'back-off 10s restarting failed container=main pod=crash_default(',
    );
    expect(crashed.status!.phase).toBe('Running');
    const [now, before] = [await cluster.logs(crashed), await cluster.logs(crashed, { previous: true })];
    expect(now).toMatch(/^run \S+\n$/);
    expect(before).toMatch(/^run \S+\n$/);
    expect(now).not.toBe(before);
    await cluster.delete('crash');
  });

  it('says why an image cannot be had', async () => {
    const present = { metadata: { namespace: 'default', name: 'present' }, data: {} };
    await cluster.state.create(kinds.secret, present);
    const bad = cluster.pod('badimage', {
      imagePullSecrets: [{ name: 'present' }, { name: 'absent' }, { name: 'gone' }],
    });
    bad.spec!.containers[0]!.image = cluster.image.replace('busybox:1', 'nothing:1');
    await cluster.create(bad);
    const failed = await cluster.until(
      'badimage',
      'ErrImagePull',
      (each) => main(each).state?.waiting?.reason === 'ErrImagePull',
    );
    expect(main(failed).state!.waiting!.message).toContain('nothing');
    const complaint = await eventually(async () =>
      (await eventsOf('badimage')).find(({ reason }) => reason === 'FailedToRetrieveImagePullSecret'),
    );
    expect(complaint).toMatchObject({
      type: 'Warning',
      message:
        'Unable to retrieve some image pull secrets (absent, gone); attempting to pull the image may not succeed.',
    });
    await cluster.until(
      'badimage',
      'ImagePullBackOff',
      (each) => main(each).state?.waiting?.reason === 'ImagePullBackOff',
    );
    await cluster.delete('badimage');
    const name = cluster.pod('badname');
    name.spec!.containers[0]!.image = 'UPPER/Case:!';
    await cluster.create(name);
    await cluster.until(
      'badname',
      'InvalidImageName',
      (each) => main(each).state?.waiting?.reason === 'InvalidImageName',
    );
    await cluster.delete('badname');
  });

  it('says that a program is not there', async () => {
    await cluster.create(cluster.pod('noprogram', { restartPolicy: 'Never', command: ['/no/such'] }));
    const failed = await cluster.until('noprogram', 'Failed', ({ status }) => status?.phase === 'Failed');
    expect(main(failed).state!.terminated).toMatchObject({ exitCode: 128, reason: 'StartError' });
    expect(main(failed).state!.terminated!.message).toContain('/no/such');
    await cluster.delete('noprogram');
  });

  it('gates readiness and restarts on a failing liveness probe', async () => {
    const pod = cluster.pod('probed', { command: sh('sleep 3600; true') });
    // It lives from the start, not from when its process has done something; and a probe may take its time on a busy machine.
    const patient = { periodSeconds: 1, timeoutSeconds: 60 };
    Object.assign(pod.spec!.containers[0]!, {
      readinessProbe: { exec: { command: ['test', '-f', '/ready'] }, ...patient },
      livenessProbe: { exec: { command: ['test', '!', '-f', '/dead'] }, ...patient, failureThreshold: 1 },
    });
    await cluster.create(pod);
    const started = await cluster.until('probed', 'Running', ({ status }) => status?.phase === 'Running');
    expect(main(started).ready).toBe(false);
    expect(started.status!.conditions).toContainEqual(
      expect.objectContaining({
        type: 'Ready',
        status: 'False',
        reason: 'ContainersNotReady',
        message: 'containers with unready status: [main]',
      }),
    );
    await cluster.exec(started, 'touch', '/ready');
    const ready = await cluster.running('probed');
    await cluster.exec(ready, 'touch', '/dead');
    const again = await cluster.until(
      'probed',
      'a restart',
      (each) => main(each).restartCount === 1 && Boolean(main(each).state?.running),
    );
    expect(main(again).lastState!.terminated!.exitCode).toBe(137);
    const messages = await eventually(async () => {
      const found = (await eventsOf('probed')).map(({ message }) => message);
      return found.some((each) => each?.includes('liveness')) ? found : undefined;
    });
    expect(messages).toContain('Container main failed liveness probe, will be restarted');
    await cluster.delete('probed');
  });

  it('tells why it ends or cannot start something, in the words of the kubelet', async () => {
    const pod = cluster.pod('told');
    Object.assign(pod.spec!.containers[0]!, {
      livenessProbe: {
        exec: { command: ['sleep', '3600'] },
        timeoutSeconds: 1,
        periodSeconds: 1,
        failureThreshold: 1000,
      },
    });
    pod.spec!.containers.push(
      { name: 'never', image: `${cluster.image}-none`, imagePullPolicy: 'Never' },
      { name: 'invalid', image: 'UPPER:x', imagePullPolicy: 'IfNotPresent' },
    );
    await cluster.create(pod);
    const tells = async (...starts: string[]) => {
      const said = async () => (await eventsOf('told')).map(({ message }) => message ?? '');
      const missing = async () => {
        const messages = await said();
        return starts.filter((start) => !messages.some((message) => message.startsWith(start)));
      };
      await eventually(async () => (await missing()).length === 0).catch(async () =>
        expect({ missing: await missing(), said: await said() }).toBe('complete'),
      );
    };
    await tells(
      'Liveness probe failed: command "sleep 3600" timed out',
      'Error: ErrImageNeverPull',
      'Failed to apply default image tag "UPPER:x": couldn\'t parse image name "UPPER:x"',
      'Error: InvalidImageName',
    );
    // Only now, for a busy machine may need longer for that than the deadline is.
    const { object } = await cluster.state.get(kinds.pod, { namespace: 'default', name: 'told' });
    await cluster.state.update(kinds.pod, { ...object, spec: { ...object.spec, activeDeadlineSeconds: 1 } });
    await cluster.until('told', 'failed', ({ status }) => status?.phase === 'Failed');
    await tells('Pod was active on the node longer than the specified deadline');
    await cluster.delete('told');
  });

  it('applies requests and limits, users and capabilities', async () => {
    const pod = cluster.pod('limited', {
      restartPolicy: 'Never',
      command: sh('until test -e /v/end; do sleep 0.05; done; echo bye >/dev/termination-log'),
      securityContext: { runAsUser: 1000, runAsGroup: 1001, fsGroup: 2000 },
      volumes: [
        { name: 'v', emptyDir: {} },
        { name: 'w', emptyDir: {} },
      ],
    });
    Object.assign(pod.spec!.containers[0]!, {
      resources: { requests: { cpu: '100m', memory: '16Mi' }, limits: { cpu: '200m', memory: '32Mi' } },
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [
        { name: 'v', mountPath: '/v' },
        { name: 'w', mountPath: '/w', subPath: 'a/b' },
      ],
    });
    await cluster.create(pod);
    const running = await cluster.running('limited');
    expect(running.status!.qosClass).toBe('Burstable');
    const { output } = await cluster.exec(
      running,
      ...sh(
        'id; touch /x; touch /v/y /w/y; stat -c %g /v/y /w/y; grep -E "CapEff|NoNewPrivs" /proc/1/status; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/memory.max 2>/dev/null',
      ),
    );
    expect(output).toMatch(/uid=1000.* gid=1001/);
    expect(output).toContain('Read-only file system');
    expect(output).toMatch(/^2000\n2000$/m);
    expect(output).toMatch(/CapEff:\s+0000000000000000/);
    expect(output).toMatch(/NoNewPrivs:\s+1/);
    expect(output).toContain(String(32 << 20));
    await cluster.exec(running, 'touch', '/v/end');
    const ended = await cluster.until('limited', 'ended', ({ status }) => status?.phase !== 'Running');
    expect(main(ended).state!.terminated).toMatchObject({ exitCode: 0, message: 'bye\n' });
    await cluster.delete('limited');
  });

  it('is not ready while its Node has another pod CIDR than its network, and says which', async () => {
    const node = { name: cluster.nodeName };
    const recreate = async (cidr: string) => {
      await cluster.state.delete(kinds.node, node);
      await cluster.state.create(kinds.node, {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: node,
        spec: { podCIDR: cidr, podCIDRs: [cidr] },
      });
    };
    const ready = (status: string) =>
      eventually(
        async () => {
          const { object } = await cluster.state.get(kinds.node, node);
          const found = object.status?.conditions?.find(({ type }) => type === 'Ready');
          return found?.status === status ? found : undefined;
        },
        { what: `a node whose Ready is ${status}` },
      );
    await recreate('10.42.8.0/24');
    const { reason, message } = await ready('False');
    expect(reason).toBe('KubeletNotReady');
    expect(message).toContain('10.42.8.0/24');
    expect(message).toContain(podCidr);
    await recreate(podCidr);
    await ready('True');
  });

  it('killed with -9, takes its pods over: nothing restarts, no exit code is lost, what was deleted goes', async () => {
    const endFile = `/end-${process.pid}`;
    await cluster.create(cluster.pod('stays', { command: sh('echo kept; sleep 3600') }));
    await cluster.create(
      cluster.pod('ends', {
        restartPolicy: 'Never',
        command: sh(`while ! test -f ${endFile}; do sleep 0.05; done; exit 42`),
      }),
    );
    await cluster.create(cluster.pod('goes'));
    // Its containers leave nothing but their logs.
    await cluster.create(cluster.pod('never-starts', { command: ['/no/such'] }));
    const tried = await cluster.until(
      'never-starts',
      'a second try',
      (pod) => pod.status?.containerStatuses?.[0]?.restartCount === 1,
    );
    const [stays, ends] = [
      await cluster.running('stays'),
      await cluster.running('ends'),
      await cluster.running('goes'),
    ];
    const { output: pidBefore } = await cluster.exec(stays, ...sh('cut -d" " -f22 /proc/1/stat'));
    const loop = `test -f ${endFile};`;
    expect(isRunning(loop)).toBe(true);
    // It ends in a moment, when nobody is there to see it.
    await cluster.exec(ends, ...sh(`(sleep 0.3; touch ${endFile}) >/dev/null 2>&1 &`));
    await cluster.stopAgent('SIGKILL');
    await cluster.state.delete(kinds.pod, { namespace: 'default', name: 'goes' }, { gracePeriodSeconds: 0 });
    await eventually(() => !isRunning(loop), { what: 'the container to have ended' });
    // Left by an agent that died between a pod's containers and its cgroup.
    const orphan = cluster.makePodCgroup('burstable', '00000000-dead-4000-8000-000000000000');
    expect(orphan.exists()).toBe(true);
    await cluster.startAgent();
    await eventually(() => !orphan.exists(), { what: "the orphan's cgroup to be gone" });
    const failed = await cluster.until('ends', 'Failed', ({ status }) => status?.phase === 'Failed');
    expect(main(failed).state!.terminated!.exitCode).toBe(42);
    const kept = await cluster.running('stays');
    expect(main(kept)).toEqual(main(stays));
    expect(kept.status).toEqual(stays.status);
    expect((await cluster.exec(kept, ...sh('cut -d" " -f22 /proc/1/stat'))).output).toBe(pidBefore);
    expect(await cluster.logs(kept)).toBe('kept\n');
    await eventually(async () => {
      const { items } = JSON.parse((await cluster.http('/pods')).body) as { items: V1Pod[] };
      return items.every(({ metadata }) => metadata.name !== 'goes');
    });
    const triedAgain = await cluster.until(
      'never-starts',
      'another try',
      (pod) => main(pod).lastState?.terminated?.finishedAt !== main(tried).lastState?.terminated?.finishedAt,
    );
    expect(main(triedAgain).restartCount).toBeGreaterThan(1);
    for (const name of ['stays', 'ends', 'never-starts']) await cluster.delete(name);
  });
});
