import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '@gantry/base/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findProgram } from './choose.ts';
import type { Container } from './runtime.ts';
import { exited, logText, openTestRuntime, sessionOutput, type TestRuntime } from './testing/index.ts';

let test: TestRuntime;
const sh = (script: string) => ['sh', '-c', script];
beforeAll(async () => {
  test = await openTestRuntime();
});
afterAll(async () => {
  for (const { id } of test.runtime.list()) await test.runtime.remove(id);
  await eventually(() => test.leftovers().length === 0, {
    what: `nothing left over: ${test.leftovers().join('\n')}`,
  });
  await test[Symbol.asyncDispose]();
});

/** Has another process open the runtime, which must be closed here, and do something with it and `config`. */
function elsewhere(config: object, work: string): ChildProcess {
  const script = `
    import { openRuntime } from ${JSON.stringify(new URL('./open.ts', import.meta.url).href)};
    import { systemClock, silentLogger } from '@gantry/base';
    import { linuxHost } from '@gantry/host';
    const { config, root, runDir } = JSON.parse(process.argv[1]);
    setInterval(() => {}, 1000);
    const runtime = await openRuntime({ root, runDir, host: linuxHost, log: silentLogger, clock: systemClock });
    ${work}`;
  const { root, runDir } = test.options;
  return spawn(
    process.execPath,
    ['--input-type=module', '-e', script, JSON.stringify({ config, root, runDir })],
    {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
}

/** Starts a container from another process, which is killed with -9 as soon as that step is reached. */
async function fromProcessThatDies(config: object, until: 'created' | 'started'): Promise<void> {
  await test.runtime[Symbol.asyncDispose]();
  const start = until === 'started' ? 'await runtime.start(config.id);' : '';
  const child = elsewhere(config, `await runtime.create(config); ${start} process.stdout.write('done');`);
  if (child.stdout) await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
}

it.each([0, 3, 6, 10, 14, 18, 22, 26, 30, 40])(
  'a process killed %i ms into a creation leaves a container or nothing',
  async (delayMs) => {
    await test.runtime[Symbol.asyncDispose]();
    const config = test.config(`cut-${delayMs}`);
    const child = elsewhere(config, `process.stdout.write('now'); await runtime.create(config);`);
    if (child.stdout) await once(child.stdout, 'data');
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    child.kill('SIGKILL');
    await once(child, 'exit');
    const runtime = await test.reopen();
    if (runtime.get(config.id)) {
      await runtime.start(config.id);
      expect(runtime.get(config.id)).toMatchObject({ state: 'running' });
    }
    await runtime.remove(config.id);
    // A shim that was only just being started when its parent was killed may leave a link after that: the next start clears it away.
    await eventually(
      async () => {
        if (test.leftovers().length === 0) return true;
        await test.runtime[Symbol.asyncDispose]();
        await test.reopen();
        return test.leftovers().length === 0;
      },
      { what: 'nothing left over' },
    );
    expect(await test.runtime.cgroupStats(config.cgroup)).toBeUndefined();
  },
);

it('a container outlives the process that started it, and its exit code is seen by the next', async () => {
  const config = test.config('outlives', {
    args: sh('echo before; while ! [ -e /data/go ]; do sleep 0.02; done; echo after; exit 42'),
    labels: { of: 'me' },
  });
  await fromProcessThatDies(config, 'started');
  const runtime = await test.reopen();
  const found = runtime.get('outlives');
  expect(found).toMatchObject({ state: 'running', labels: { of: 'me' }, startedAtMs: expect.any(Number) });
  expect(existsSync(`/proc/${found?.pid}`)).toBe(true);
  const { code } = await sessionOutput(await runtime.exec('outlives', { args: ['touch', '/data/go'] }));
  expect(code).toBe(0);
  expect(await exited(runtime, 'outlives')).toMatchObject({ exitCode: 42 });
  expect(await logText(config.logPath)).toBe('before\nafter\n');
});

it('a container that ends while nobody is here has its exit code, its time and its log kept', async () => {
  const config = test.config('absent', { args: sh('echo started; sleep 0.3; echo ended; exit 43') });
  await fromProcessThatDies(config, 'started');
  await eventually(() => existsSync(join(test.options.root, '.exits', 'absent')));
  const endedMs = Date.now();
  const seen: Container[] = [];
  const runtime = await test.reopen();
  using _listening = runtime.onChange((container) => void seen.push(container));
  expect(runtime.get('absent')).toMatchObject({ state: 'exited', exitCode: 43, oomKilled: false });
  await eventually(() => seen.length > 0);
  expect(seen).toMatchObject([{ id: 'absent', state: 'exited', exitCode: 43 }]);
  // When it ended, not when that was found out.
  expect(seen[0]?.finishedAtMs).toBeGreaterThanOrEqual(seen[0]?.startedAtMs ?? Infinity);
  expect(seen[0]?.finishedAtMs).toBeLessThanOrEqual(endedMs);
  expect(await logText(config.logPath)).toBe('started\nended\n');
  const again = await test.reopen();
  expect(again.get('absent')).toEqual(seen[0]);
});

it('that it was killed for want of memory is known even so', async () => {
  const config = test.config('hungry', {
    args: sh('sleep 0.2; exec tail /dev/zero'),
    resources: { memoryLimitBytes: 16 << 20 },
  });
  await fromProcessThatDies(config, 'started');
  await eventually(() => existsSync(join(test.options.root, '.exits', 'hungry')));
  expect((await test.reopen()).get('hungry')).toMatchObject({ exitCode: 137, oomKilled: true });
});

it('a container that was only created can be started by another process', async () => {
  await fromProcessThatDies(test.config('waiting', { args: sh('echo here; exit 5') }), 'created');
  const runtime = await test.reopen();
  expect(runtime.get('waiting')).toMatchObject({ state: 'created' });
  await runtime.start('waiting');
  expect(await exited(runtime, 'waiting')).toMatchObject({ exitCode: 5 });
});

it('everything works on a container that was taken over', async () => {
  await fromProcessThatDies(test.config('taken', { args: ['cat'], stdin: true }), 'started');
  const runtime = await test.reopen();
  expect(await sessionOutput(await runtime.exec('taken', { args: sh('echo x; exit 2') }))).toEqual({
    stdout: 'x\n',
    stderr: '',
    code: 2,
  });
  const attached = await runtime.attach('taken');
  attached.stdin.write('y\n');
  expect(String(await new Promise((resolve) => attached.stdout.once('data', resolve)))).toBe('y\n');
  attached.close();
  expect(await runtime.stats('taken')).toMatchObject({ pids: 1 });
  await runtime.remove('taken');
  expect(runtime.list().map(({ id }) => id)).not.toContain('taken');
});

it('a creation that was cut off is cleared away', async () => {
  const config = test.config('half');
  await test.runtime.create(config);
  await test.runtime[Symbol.asyncDispose]();
  const path = join(test.options.root, 'half', 'record.json');
  const record = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  delete record.process;
  writeFileSync(path, JSON.stringify(record));
  const runtime = await test.reopen();
  expect(runtime.get('half')).toBeUndefined();
  await eventually(() => test.leftovers().every((each) => !each.includes('half')));
});

it('a container of a time before the machine was restarted has ended, with the code for not known', async () => {
  const config = test.config('earlier');
  await test.runtime.create(config);
  await test.runtime.start('earlier');
  await test.runtime.kill('earlier', 'SIGKILL');
  await exited(test.runtime, 'earlier');
  await test.runtime[Symbol.asyncDispose]();
  const path = join(test.options.root, 'earlier', 'record.json');
  const {
    exitCode: _code,
    finishedAtMs: _at,
    oomKilled: _oom,
    ...record
  } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  writeFileSync(path, JSON.stringify({ ...record, bootId: 'another' }));
  rmSync(join(test.options.root, '.exits', 'earlier'));
  expect((await test.reopen()).get('earlier')).toMatchObject({ state: 'exited', exitCode: 255 });
});

function killShim(pid: number | undefined): void {
  const [, shim] = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  expect(readFileSync(`/proc/${shim}/cmdline`, 'utf8')).toContain('conmon');
  process.kill(Number(shim), 'SIGKILL');
}

it('a container whose shim is killed ends, with the code for not known', async () => {
  const config = test.config('shimless');
  const { pid } = await test.runtime.create(config);
  await test.runtime.start('shimless');
  killShim(pid);
  expect(await exited(test.runtime, 'shimless')).toMatchObject({ exitCode: 255 });
  await eventually(() => !existsSync(`/proc/${pid}/root/bin`));
});

it.each(['while nobody is here', 'after it was taken over'])(
  'so does one whose shim is killed %s',
  async (when) => {
    const id = when.replaceAll(' ', '-');
    await fromProcessThatDies(test.config(id), 'started');
    const path = join(test.options.root, id, 'record.json');
    const { pid } = (JSON.parse(readFileSync(path, 'utf8')) as { process: { pid: number } }).process;
    if (when.startsWith('while')) killShim(pid);
    const runtime = await test.reopen();
    if (when.startsWith('after')) {
      expect(runtime.get(id)).toMatchObject({ state: 'running' });
      killShim(pid);
    }
    expect(await exited(runtime, id)).toMatchObject({ exitCode: 255 });
    await eventually(() => !existsSync(`/proc/${pid}/root/bin`));
  },
);

it.each(['runc', 'conmon'])(
  'goes on when %s is there again after it was missing, and keeps nothing of the time between',
  async (name) => {
    const path = join(test.folder, name);
    copyFileSync(findProgram(name)!, path);
    await test.reopen(name === 'runc' ? { runtimePath: path } : { shimPath: path });
    const before = await test.runtime.create(test.config(`before-${name}`));
    await test.runtime.start(before.id);
    const left = () => test.leftovers().filter((each) => each.includes(`without-${name}`));
    renameSync(path, `${path}.gone`);
    await expect(test.runtime.create(test.config(`without-${name}`))).rejects.toThrow(name);
    expect(left()).toEqual([]);
    expect(test.runtime.get(before.id)!.state).toBe('running');
    // What runs is ended without it.
    await test.runtime.kill(before.id, 'SIGKILL');
    await exited(test.runtime, before.id);
    renameSync(`${path}.gone`, path);
    const after = await test.runtime.create(test.config(`without-${name}`));
    expect((await test.runtime.start(after.id)).state).toBe('running');
    for (const { id } of [before, after]) await test.runtime.remove(id);
    await test.reopen();
  },
);
