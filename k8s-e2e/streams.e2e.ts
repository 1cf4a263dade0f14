import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { eventually, useCluster } from './src/cluster.ts';
import { run } from './src/command.ts';
import { sleeper } from './src/manifests.ts';
import type { TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

// One pod is enough for all of these: they only look into it.
let namespace: TestNamespace;
beforeAll(async () => {
  namespace = await cluster.namespace();
  await namespace.runPod('web', `for i in $(seq 5); do echo line $i; done; echo oops >&2; ${sleeper}`);
});

it('shows what a container has written, whole or the end of it', async () => {
  const lines = ['line 1', 'line 2', 'line 3', 'line 4', 'line 5', 'oops'];
  await eventually(async () => (await namespace.kubectl(['logs', 'web'])).includes('oops'));
  // Standard output and error are two pipes: how their lines interleave is nobody's promise.
  const whole = (await namespace.kubectl(['logs', 'web'])).trimEnd().split('\n');
  expect(whole.sort()).toEqual(lines);
  expect((await namespace.gantry(['logs', 'web'])).trimEnd().split('\n').sort()).toEqual(lines);
  expect((await namespace.kubectl(['logs', 'web', '--tail=2'])).trimEnd().split('\n')).toHaveLength(2);
  expect(await namespace.kubectl(['logs', 'web', '--tail=0'])).toBe('');
  expect(await namespace.kubectl(['logs', 'web', '--limit-bytes=5'])).toHaveLength(5);
  const stamped = await namespace.kubectl(['logs', 'web', '--timestamps', '--tail=1']);
  expect(stamped).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:\d\d) /);
  expect(await namespace.kubectl(['logs', 'web', '--since=1h'])).toContain('line 1');
  expect(await namespace.kubectl(['logs', '-l', 'app=web', '--prefix'])).toContain('[pod/web/main] line 1');
  const future = new Date(Date.now() + 3600_000).toISOString();
  expect(await namespace.kubectl(['logs', 'web', `--since-time=${future}`])).toBe('');
});

it('follows what a container writes until it ends', async () => {
  await namespace.createPod('talker', 'for i in 1 2 3; do echo say $i; sleep 0.3; done; exit 0', {
    restartPolicy: 'Never',
  });
  await namespace.podWhen('talker', (each) => each.status?.phase !== 'Pending', 'has started');
  const followed = await namespace.kubectl(['logs', '-f', 'talker']);
  expect(followed).toBe('say 1\nsay 2\nsay 3\n');
});

it('says which container has no log', async () => {
  const missing = await namespace.tryKubectl(['logs', 'web', '-c', 'nobody']);
  expect(missing.code).toBe(1);
  expect(missing.stderr).toMatch(/container nobody is not valid for pod web/);
  const previous = await namespace.tryKubectl(['logs', 'web', '--previous']);
  expect(previous.code).toBe(1);
  expect(previous.stderr).toContain('previous terminated container "main" in pod "web" not found');
});

it('runs a command in a container: its output, errors and exit code come back', async () => {
  for (const client of [
    (args: string[]) => namespace.tryKubectl(args),
    (args: string[]) =>
      namespace.gantry(args).then(
        (stdout) => ({ code: 0, stdout, stderr: '' }),
        (error: Error) => ({
          code: Number(/ended with (\d+)/.exec(error.message)?.[1]),
          stdout: '',
          stderr: error.message,
        }),
      ),
  ]) {
    expect(await client(['exec', 'web', '--', 'hostname'])).toMatchObject({ code: 0, stdout: 'web\n' });
    const failed = await client(['exec', 'web', '--', 'sh', '-c', 'echo wrong >&2; exit 42']);
    expect(failed.code).toBe(42);
    expect(failed.stderr).toContain('wrong');
  }
  const missing = await namespace.tryKubectl(['exec', 'web', '--', 'no-such-program']);
  expect(missing.code).not.toBe(0);
  expect(missing.stderr).toMatch(/no-such-program/);
  const nobody = await namespace.tryKubectl(['exec', 'nobody', '--', 'true']);
  expect(nobody.stderr).toContain('pods "nobody" not found');
});

it('carries 5 MB in and out unchanged', async () => {
  const bytes = randomBytes(5_000_000);
  const { stdout, bytes: echoed } = await run(
    'kubectl',
    ['-n', namespace.name, 'exec', '-i', 'web', '--', 'cat'],
    {
      input: bytes,
      env: cluster.environment,
    },
  );
  expect(stdout.length).toBeGreaterThan(0);
  const digest = (data: Buffer) => createHash('sha256').update(data).digest('hex');
  expect(echoed.length).toBe(bytes.length);
  expect(digest(echoed)).toBe(digest(bytes));
});

it('gives a terminal to a command that asks for one', async () => {
  // A client tells its size when it is connected, which may be a moment after the command has started.
  const sized = 'until stty size | grep "31 97"; do sleep 0.1; done';
  const command = `kubectl -n ${namespace.name} exec -it web -- sh -c 'tty; read line; ${sized}; echo got $line'`;
  const { stdout } = await run('script', ['-qec', `stty cols 97 rows 31; ${command}`, '/dev/null'], {
    input: 'hello\n',
    env: { ...cluster.environment, TERM: 'xterm' },
  });
  expect(stdout).toMatch(/\/dev\/(pts\/\d+|console)/);
  expect(stdout).toContain('31 97');
  expect(stdout).toContain('got hello');
});

it('ends the process of a client that goes away', async () => {
  const command = ['exec', '-i', 'web', '--', 'sh', '-c', 'echo here; exec cat'];
  const client = spawn('kubectl', ['-n', namespace.name, ...command], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: cluster.environment,
  });
  await new Promise((resolve) => client.stdout.once('data', resolve));
  expect(await namespace.exec('web', 'ps')).toMatch(/ cat$/m);
  client.kill('SIGKILL');
  await eventually(async () => !/ cat$/m.test(await namespace.exec('web', 'ps')), { what: 'cat has ended' });
});

it('attaches to a container that waits for input', async () => {
  await namespace.runPod('reader', 'while read line; do echo "read $line"; done', {
    restartPolicy: 'Never',
    container: { stdin: true, stdinOnce: true },
  });
  const said = await namespace.kubectl(['attach', '-i', 'reader'], {
    input: 'one\ntwo\n',
  });
  expect(said).toContain('read one\nread two');
  await namespace.podWhen('reader', (each) => each.status?.phase === 'Succeeded', 'has ended with its input');
});

it('forwards a local port to a pod', async () => {
  await namespace.runPod(
    'served',
    'mkdir /www; echo forwarded >/www/index.html; exec httpd -f -p 8080 -h /www',
    // A connection to a port where nobody listens yet would end the client.
    { container: { readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 } } },
  );
  const client = spawn('kubectl', ['-n', namespace.name, 'port-forward', 'pod/served', ':8080'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: cluster.environment,
  });
  try {
    let said = '';
    client.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [, port] = await eventually(() => /127\.0\.0\.1:(\d+) ->/.exec(said), {
      what: 'port-forward listens',
    });
    for (let i = 0; i < 5; i++) {
      const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(60_000) });
      expect(await answer.text()).toBe('forwarded\n');
    }
  } finally {
    client.kill();
  }
});
