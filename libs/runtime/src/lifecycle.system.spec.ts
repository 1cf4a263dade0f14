import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRuntime } from './open.ts';
import type { Container, ContainerConfig } from './runtime.ts';
import { exited, logText, openTestRuntime, runToEnd, type TestRuntime } from './testing/index.ts';

const metrics = createMetrics({ processMetrics: false });
let test: TestRuntime;
beforeAll(async () => {
  test = await openTestRuntime({ metrics });
});
afterAll(async () => {
  for (const { id } of test.runtime.list()) await test.runtime.remove(id);
  await eventually(() => test.leftovers().length === 0, {
    what: `nothing left over: ${test.leftovers().join('\n')}`,
  });
  await test[Symbol.asyncDispose]();
});

const sh = (script: string) => ['sh', '-c', script];
let count = 0;
const config = (change: Partial<ContainerConfig> = {}) => test.config(`life-${++count}`, change);

describe('a container', () => {
  it('is created, runs, ends and is removed, telling each change', async () => {
    const seen: string[] = [];
    using _listening = test.runtime.onChange(({ id, state }) => void seen.push(`${id} ${state}`));
    const wanted = config({ args: sh('echo out; echo err >&2; exit 42'), labels: { pod: 'a' } });
    const created = await test.runtime.create(wanted);
    expect(created).toMatchObject({ state: 'created', labels: { pod: 'a' }, pid: expect.any(Number) });
    expect(readFileSync(`/proc/${created.pid}/cmdline`, 'utf8')).toContain('init');
    expect(await test.runtime.start(wanted.id)).toMatchObject({ startedAtMs: expect.any(Number) });
    const ended = await exited(test.runtime, wanted.id);
    expect(ended).toMatchObject({ exitCode: 42, oomKilled: false, finishedAtMs: expect.any(Number) });
    expect(ended.pid).toBeUndefined();
    expect(ended.finishedAtMs).toBeGreaterThanOrEqual(ended.startedAtMs ?? Infinity);
    expect(await logText(wanted.logPath)).toBe('out\nerr\n');
    await test.runtime.remove(wanted.id);
    expect(test.runtime.get(wanted.id)).toBeUndefined();
    expect(readFileSync(wanted.logPath, 'utf8')).toMatch(/^\S+ stdout F out\n\S+ stderr F err\n$/);
    expect(seen).toEqual(['created', 'running', 'exited'].map((state) => `${wanted.id} ${state}`));
  });

  it('that is to be spared most runs, also where we may not spare it so', async () => {
    const { id } = await test.runtime.create(test.config('spared', { resources: { oomScoreAdj: -997 } }));
    expect((await test.runtime.start(id)).state).toBe('running');
    await test.runtime.remove(id);
  });

  it.each([
    ['true', 0],
    ['exit 7', 7],
    ['kill -9 $$; sleep 9', 137],
    ['kill -TERM $$; sleep 9', 143],
  ])('that does "%s" ends with %i', async (script, code) => {
    // The first process of a namespace is immune to its own signals, so the shell that kills itself is its child.
    const { exitCode } = await runToEnd(test.runtime, config({ args: sh(`sh -c '${script}'; exit $?`) }));
    expect(exitCode).toBe(code);
  });

  it('that is killed ends with 137, all of its processes with it', async () => {
    const wanted = config({ args: sh('sleep 1000 & sleep 1001; :') });
    await test.runtime.create(wanted);
    await test.runtime.start(wanted.id);
    await eventually(async () => ((await test.runtime.stats(wanted.id))?.pids ?? 0) >= 3);
    await test.runtime.kill(wanted.id, 'KILL');
    expect((await exited(test.runtime, wanted.id)).exitCode).toBe(137);
    expect((await test.runtime.cgroupStats(wanted.cgroup))?.pids).toBe(0);
    await test.runtime.kill(wanted.id, 'SIGKILL');
  });

  it('can be killed and removed before it was started', async () => {
    const wanted = config();
    await test.runtime.create(wanted);
    await test.runtime.kill(wanted.id, 'SIGKILL');
    expect(await exited(test.runtime, wanted.id)).toMatchObject({ exitCode: 137 });
    const other = config();
    await test.runtime.create(other);
    await test.runtime.remove(other.id);
    await test.runtime.remove(other.id);
    expect(test.runtime.get(other.id)).toBeUndefined();
  });

  it('is created, started and removed only once, however often it is asked for', async () => {
    const wanted = config();
    const [first, second] = await Promise.all([test.runtime.create(wanted), test.runtime.create(wanted)]);
    expect(second).toEqual(first);
    await Promise.all([test.runtime.start(wanted.id), test.runtime.start(wanted.id)]);
    await Promise.all([test.runtime.remove(wanted.id), test.runtime.remove(wanted.id)]);
    await expect(test.runtime.start(wanted.id)).rejects.toMatchObject({ reason: 'gone' });
  });

  it('that needs more memory than its limit is killed, and it is told why', async () => {
    const greedy = config({
      args: sh('x=$(head -c 200000000 /dev/zero | tr "\\0" x); echo $x'),
      resources: { memoryLimitBytes: 16 << 20 },
    });
    expect(await runToEnd(test.runtime, greedy)).toMatchObject({ oomKilled: true });
    const alone = config({ args: ['tail', '/dev/zero'], resources: { memoryLimitBytes: 16 << 20 } });
    expect(await runToEnd(test.runtime, alone)).toMatchObject({ oomKilled: true, exitCode: 137 });
  });

  it('runs as who it is told to, with the groups of the image', async () => {
    const wanted = config({
      args: sh(
        'id; cat /proc/self/oom_score_adj; grep -E "NoNewPrivs|Seccomp:|CapBnd" /proc/self/status; pwd; echo $PATH $HOSTNAME; hostname',
      ),
      user: 'web',
      supplementalGroups: [777],
      cwd: '/data',
      hostname: 'here',
      noNewPrivileges: true,
      resources: { oomScoreAdj: 500 },
      capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] },
    });
    await runToEnd(test.runtime, wanted);
    const text = (await logText(wanted.logPath)).replaceAll('\t', ' ');
    expect(text).toContain('uid=1000(web) gid=1000(web) groups=50(staff),777');
    expect(text).toContain('\n500\n');
    expect(text).toContain('CapBnd: 0000000000000400\nNoNewPrivs: 1\nSeccomp: 2\n');
    expect(text).toContain(
      '\n/data\n/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin here\nhere\n',
    );
  });

  it('sees its mounts, its limits, and neither the host nor what is masked', async () => {
    const folder = join(test.folder, 'volume');
    mkdirSync(folder);
    writeFileSync(join(folder, 'file'), 'from outside');
    const wanted = config({
      args: sh(
        'exec 2>/dev/null; cat /data/v/file; echo; touch /data/v/x || echo ro; touch /y || echo ro-root; wc -c </proc/keys; cat /proc/sys/net/ipv4/ip_unprivileged_port_start; echo 1 >/proc/sys/kernel/domainname || echo masked; ls -d /proc/[0-9]* | head -1; mount -t tmpfs t /tmp || echo no-mount; df /scratch | tail -1; cat /sys/fs/cgroup/memory/memory.limit_in_bytes /sys/fs/cgroup/pids/pids.max',
      ),
      mounts: [
        { target: '/scratch', type: 'tmpfs', source: 'tmpfs', options: ['size=1m'] },
        { target: '/data/v', type: 'bind', source: folder, options: ['ro'] },
      ],
      sysctls: { 'net.ipv4.ip_unprivileged_port_start': '80' },
      readonlyRoot: true,
      resources: { memoryLimitBytes: 64 << 20, pidsLimit: 40, cpuRequestMilli: 100, cpuLimitMilli: 500 },
    });
    await runToEnd(test.runtime, wanted);
    const text = await logText(wanted.logPath);
    for (const part of [
      'from outside',
      '\nro\n',
      'ro-root',
      '\n0\n80\n',
      'masked',
      '/proc/1\n',
      'no-mount',
      '/scratch',
      '67108864\n40\n',
    ])
      expect(text).toContain(part);
  });

  it('has every capability, device and system call when it is privileged', async () => {
    const wanted = config({
      args: sh(
        'grep -E "CapEff|Seccomp:" /proc/self/status; mount -t tmpfs t /tmp && echo mounted; wc -c </proc/keys >/dev/null && echo seen; ls /dev | wc -l',
      ),
      privileged: true,
    });
    await runToEnd(test.runtime, wanted);
    const text = (await logText(wanted.logPath)).replaceAll('\t', ' ');
    const [, own] = /^CapBnd:\t(\S+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    expect(text).toContain(`CapEff: ${own}\nSeccomp: 0\nmounted\nseen\n`);
  });

  it('changes its limits while it runs', async () => {
    const wanted = config({ resources: { memoryLimitBytes: 32 << 20, cpuLimitMilli: 100 } });
    await test.runtime.create(wanted);
    await test.runtime.start(wanted.id);
    await test.runtime.update(wanted.id, {
      memoryLimitBytes: 64 << 20,
      cpuLimitMilli: 250,
      cpuRequestMilli: 500,
      pidsLimit: 9,
    });
    const session = await test.runtime.exec(wanted.id, {
      args: sh(
        'cd /sys/fs/cgroup; cat memory/memory.limit_in_bytes cpu/cpu.cfs_quota_us cpu/cpu.shares pids/pids.max',
      ),
    });
    let text = '';
    session.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
    await session.exit;
    expect(text).toBe('67108864\n25000\n512\n9\n');
  });

  it('runs beside nineteen others', async () => {
    const all = Array.from({ length: 20 }, (_, index) =>
      config({ args: sh(`echo ${index}; exit ${index}`) }),
    );
    const ended = await Promise.all(all.map((each) => runToEnd(test.runtime, each)));
    expect(ended.map(({ exitCode }) => exitCode)).toEqual(all.map((_, index) => index));
    await Promise.all(all.map(({ id }) => test.runtime.remove(id)));
  });
});

describe('a cgroup for several containers', () => {
  it('is made with its limits, counts, and is removed', async () => {
    const path = `${test.cgroup}/pod1`;
    await test.runtime.ensureCgroup(path, {
      memoryLimitBytes: 100 << 20,
      cpuLimitMilli: 1500,
      cpuRequestMilli: 250,
    });
    await test.runtime.ensureCgroup(path, { memoryLimitBytes: 90 << 20 });
    const wanted = config({ cgroup: `${path}/inside`, args: ['tail', '/dev/zero'] });
    const ended: Container = await runToEnd(test.runtime, wanted);
    expect(ended).toMatchObject({ exitCode: 137, oomKilled: true });
    await test.runtime.remove(wanted.id);
    expect(await test.runtime.cgroupStats(path)).toMatchObject({ pids: 0, cpuUsageNs: expect.any(BigInt) });
    await test.runtime.removeCgroup(path);
    await test.runtime.removeCgroup(path);
    expect(await test.runtime.cgroupStats(path)).toBeUndefined();
    await expect(test.runtime.ensureCgroup('../etc', {})).rejects.toThrow('invalid cgroup path');
  });
});

describe('a creation that fails', () => {
  const overlay = (source: string): Partial<ContainerConfig> => ({
    root: { type: 'bind', source, options: ['rbind'] },
  });
  it.each<[string, () => Partial<ContainerConfig>, object]>([
    ['has no command', () => ({ args: [] }), { reason: 'failed', message: 'no command specified' }],
    [
      'has a program that is nowhere',
      () => ({ args: ['nope'] }),
      { reason: 'notFound', message: 'exec: "nope": executable file not found in $PATH' },
    ],
    [
      'has a path that is nowhere',
      () => ({ args: ['/nope'] }),
      { reason: 'notFound', message: 'exec: "/nope": stat /nope: no such file or directory' },
    ],
    [
      'has a file that is no program',
      () => ({ args: ['/etc/passwd'] }),
      { reason: 'denied', message: 'exec: "/etc/passwd": permission denied' },
    ],
    [
      'has a root that is nowhere',
      () => overlay('/nowhere'),
      { reason: 'failed', message: expect.stringContaining('mount: ENOENT') },
    ],
    [
      'has a mount from nowhere',
      () => ({ mounts: [{ target: '/x', source: '/nowhere', type: 'bind', options: [] }] }),
      { reason: 'failed', message: expect.stringContaining('/nowhere') },
    ],
    [
      'has a user that nobody knows',
      () => ({ user: 'who' }),
      { reason: 'failed', message: 'unable to find user who: no matching entries in passwd file' },
    ],
    [
      'joins a namespace that is nowhere',
      () => ({ namespaces: { network: '/nowhere' } }),
      { reason: 'failed', message: expect.stringContaining('/nowhere') },
    ],
    [
      'asks for a capability that is none',
      () => ({ capabilities: { add: ['FLY'] } }),
      { reason: 'failed', message: expect.stringContaining('FLY') },
    ],
  ])('because it %s leaves nothing', async (_, change, error) => {
    const wanted = config(change());
    await expect(test.runtime.create(wanted)).rejects.toMatchObject(error);
    expect(test.runtime.get(wanted.id)).toBeUndefined();
    const left = await eventually(() => {
      const found = test.leftovers().filter((each) => each.includes(wanted.id));
      return found.length === 0 ? [true] : undefined;
    });
    expect(left).toEqual([true]);
    expect(await test.runtime.cgroupStats(wanted.cgroup)).toBeUndefined();
  });

  it('refuses names that would lead elsewhere', async () => {
    for (const id of ['../x', '', '.exits', 'a/b', 'x'.repeat(65)])
      await expect(test.runtime.create({ ...config(), id })).rejects.toThrow('invalid container id');
    await expect(test.runtime.create(config({ cgroup: '/../x' }))).rejects.toThrow('invalid cgroup path');
  });

  it('for want of the programs says which to install', async () => {
    const elsewhere = {
      ...test.options,
      root: join(test.folder, 'other'),
      runDir: join(test.folder, 'other-run'),
    };
    await expect(openRuntime({ ...elsewhere, runtimePath: '/no/runc' })).rejects.toThrow(
      '/no/runc is not installed',
    );
    await expect(openRuntime({ ...elsewhere, shimPath: 'no-conmon' })).rejects.toThrow('install conmon');
    await using broken = await openTestRuntime({ shimPath: '/bin/false' });
    await expect(broken.runtime.create(broken.config('x'))).rejects.toThrow('the shim /bin/false failed');
    expect(broken.leftovers()).toEqual([]);
  });

  it('is counted, as what succeeds is', async () => {
    const text = await metrics.metrics();
    expect(text).toMatch(/kubelet_runtime_operations_errors_total\{operation_type="create_container"\} \d+/);
    expect(text).toMatch(
      /kubelet_runtime_operations_duration_seconds_count\{operation_type="remove_container"\} \d+/,
    );
  });
});
