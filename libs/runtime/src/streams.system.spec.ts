import { randomBytes } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { aborted } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLog } from './logs/read-log.ts';
import {
  exited,
  logText,
  openTestRuntime,
  runToEnd,
  sessionOutput,
  type TestRuntime,
} from './testing/index.ts';

let test: TestRuntime;
const sh = (script: string) => ['sh', '-c', script];
beforeAll(async () => {
  test = await openTestRuntime({ logMaxBytes: 20_000, logMaxFiles: 3, logCheckMs: 50 });
  await test.runtime.create(test.config('host', { env: ['FROM=container'] }));
  await test.runtime.start('host');
});
afterAll(async () => {
  for (const { id } of test.runtime.list()) await test.runtime.remove(id);
  await eventually(() => test.leftovers().length === 0, {
    what: `nothing left over: ${test.leftovers().join('\n')}`,
  });
  await test[Symbol.asyncDispose]();
});

describe('exec', () => {
  it('gives both streams and the exit code', async () => {
    const session = await test.runtime.exec('host', {
      args: sh('echo "$FROM $MORE $(pwd) $(id -u)"; echo bad >&2; exit 3'),
      env: ['MORE=exec'],
      cwd: '/tmp',
      user: 'web',
    });
    expect(await sessionOutput(session)).toEqual({
      stdout: 'container exec /tmp 1000\n',
      stderr: 'bad\n',
      code: 3,
    });
  });

  it('passes five megabytes through and back unchanged', async () => {
    const data = randomBytes(5 << 20);
    const session = await test.runtime.exec('host', { args: ['cat'], stdin: true });
    session.stdin.end(data);
    const chunks: Buffer[] = [];
    for await (const chunk of session.stdout) chunks.push(chunk as Buffer);
    session.stderr.resume();
    expect(Buffer.concat(chunks).equals(data)).toBe(true);
    expect(await session.exit).toBe(0);
  });

  it('has a terminal of the size it is given, in the container', async () => {
    const session = await test.runtime.exec('host', {
      args: sh('tty; read a; stty size; read b; stty size; echo "$a$b"; exit 9'),
      terminal: true,
      stdin: true,
    });
    let text = '';
    session.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
    await eventually(() => text.includes('/dev/pts/'));
    session.resize({ columns: 91, rows: 17 });
    // The size goes by way of a signal: ask until it has arrived.
    await eventually(async () => {
      const probe = await test.runtime.exec('host', { args: sh('stty size </dev/pts/0') });
      return (await sessionOutput(probe)).stdout === '17 91\n';
    });
    session.stdin.write('one\n');
    await eventually(() => text.includes('17 91'));
    session.stdin.write('two\n');
    expect(await session.exit).toBe(9);
    expect(text).toContain('onetwo\r\n');
  });

  it('has a terminal of the size it starts with from its first step on', async () => {
    for (let count = 0; count < 10; count++) {
      const session = await test.runtime.exec('host', {
        args: ['stty', 'size'],
        terminal: true,
        size: { columns: 97, rows: 31 },
      });
      expect((await sessionOutput(session)).stdout).toBe('31 97\r\n');
    }
  });

  it('loses nothing of what a terminal shows before its end', async () => {
    const session = await test.runtime.exec('host', { args: sh('seq 1 20000'), terminal: true });
    const { stdout, code } = await sessionOutput(session);
    expect(code).toBe(0);
    expect(stdout.endsWith('19999\r\n20000\r\n')).toBe(true);
    expect(stdout.split('\r\n')).toHaveLength(20_001);
  });

  it.each([
    [['nope'], 'notFound', 'exec: "nope": executable file not found in $PATH'],
    [['/nope'], 'notFound', 'exec: "/nope": stat /nope: no such file or directory'],
    [['/etc/passwd'], 'denied', 'exec: "/etc/passwd": permission denied'],
  ])('of %j says %s', async (args, reason, message) => {
    await expect(test.runtime.exec('host', { args })).rejects.toMatchObject({ reason, message });
    await expect(test.runtime.exec('host', { args, terminal: true })).rejects.toMatchObject({
      reason,
      message,
    });
  });

  it('tells a program that itself ends with 255 from one that could not run', async () => {
    const session = await test.runtime.exec('host', { args: sh('exit 255') });
    expect(await sessionOutput(session)).toEqual({ stdout: '', stderr: '', code: 255 });
  });

  it('kills its process when it is closed', async () => {
    const running = async () => (await test.runtime.stats('host'))?.pids;
    const before = await running();
    const session = await test.runtime.exec('host', { args: ['sleep', '1000'], stdin: true });
    session.close();
    await session.exit;
    await eventually(async () => (await running()) === before);
  });

  it('is refused where nothing runs', async () => {
    await expect(test.runtime.exec('nobody', { args: ['true'] })).rejects.toMatchObject({ reason: 'gone' });
  });
});

describe('attach', () => {
  it('leads to the standard streams of a container', async () => {
    const config = test.config('attached', {
      args: sh('cat; echo err >&2; sleep 0.1; exit 4'),
      stdin: true,
      stdinOnce: true,
    });
    await test.runtime.create(config);
    const session = await test.runtime.attach('attached');
    await test.runtime.start('attached');
    const data = 'line of input\n'.repeat(20_000);
    const output = sessionOutput(session);
    session.stdin.end(data);
    const { stdout, stderr, code } = await output;
    expect(stdout.length).toBe(data.length);
    expect(stdout === data).toBe(true);
    expect({ stderr, code }).toEqual({ stderr: 'err\n', code: 4 });
  });

  it('leads to its terminal, which can be resized', async () => {
    await test.runtime.create(test.config('screen', { args: ['sh'], terminal: true, stdin: true }));
    await test.runtime.start('screen');
    const session = await test.runtime.attach('screen');
    let text = '';
    session.stdout.on('data', (chunk: Buffer) => (text += String(chunk)));
    session.resize({ columns: 71, rows: 13 });
    await eventually(() => {
      session.stdin.write('stty size\n');
      return text.includes('13 71');
    });
    session.stdin.write('exit 6\n');
    expect(await session.exit).toBe(6);
    expect(text).toContain('stty size\r\n');
  });

  it('can be left without an end to the container', async () => {
    await test.runtime.create(test.config('left', { args: ['cat'], stdin: true }));
    await test.runtime.start('left');
    const first = await test.runtime.attach('left');
    first.stdin.write('a\n');
    await new Promise((resolve) => first.stdout.once('data', resolve));
    first.close();
    const second = await test.runtime.attach('left');
    second.stdin.write('b\n');
    expect(String(await new Promise((resolve) => second.stdout.once('data', resolve)))).toBe('b\n');
    await test.runtime.kill('left', 'KILL');
    second.stdout.resume();
    second.stderr.resume();
    expect(await second.exit).toBe(137);
    await expect(test.runtime.attach('left')).rejects.toMatchObject({ reason: 'gone' });
  });
});

describe('logs', () => {
  it('are followed to the container’s end', async () => {
    const config = test.config('talk', {
      args: sh('for i in 1 2 3; do echo $i; sleep 0.05; done; printf last'),
    });
    await test.runtime.create(config);
    const until = exited(test.runtime, 'talk');
    const text = (async () => {
      let all = '';
      for await (const chunk of readLog(
        config.logPath,
        { follow: true, until },
        new AbortController().signal,
      ))
        all += Buffer.from(chunk).toString();
      return all;
    })();
    await test.runtime.start('talk');
    expect(await text).toBe('1\n2\n3\nlast');
  });

  it('join what the shim had to cut', async () => {
    const config = test.config('long', { args: sh('head -c 19000 /dev/zero | tr "\\0" x; echo') });
    await runToEnd(test.runtime, config);
    expect(await logText(config.logPath)).toBe('x'.repeat(19_000) + '\n');
  });

  it('are rotated, and followed across it without a gap', async () => {
    const config = test.config('much', {
      args: sh(
        'i=0; while [ $i -lt 3000 ]; do echo line $i; i=$((i+1)); [ $((i % 100)) = 0 ] && sleep 0.02; done; sleep 0.2',
      ),
    });
    await test.runtime.create(config);
    const until = exited(test.runtime, 'much');
    const lines: string[] = [];
    const reading = (async () => {
      let all = '';
      for await (const chunk of readLog(
        config.logPath,
        { follow: true, until },
        new AbortController().signal,
      ))
        all += Buffer.from(chunk).toString();
      lines.push(...all.trimEnd().split('\n'));
    })();
    await test.runtime.start('much');
    await reading;
    expect(lines).toEqual(Array.from({ length: 3000 }, (_, index) => `line ${index}`));
    const files = readdirSync(dirname(config.logPath));
    expect(files.length).toBeGreaterThan(1);
    expect(files.length).toBeLessThanOrEqual(3);
    expect(statSync(config.logPath).size).toBeLessThan(150_000);
  });

  it('stop being followed on demand', async () => {
    const stop = new AbortController();
    const ended = aborted(stop.signal);
    const config = test.config('quiet', { args: sh('echo x; sleep 1000') });
    await test.runtime.create(config);
    await test.runtime.start('quiet');
    for await (const chunk of readLog(config.logPath, { follow: true }, stop.signal)) {
      expect(Buffer.from(chunk).toString()).toBe('x\n');
      stop.abort();
    }
    await ended;
  });
});
