import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually, freePorts } from '@gantry/base/testing';
import { startEtcd, type EtcdProcess } from '@gantry/state/testing';
import { Kubectl } from '@gantry/serving/testing';

const main = fileURLToPath(new URL('main.ts', import.meta.url));

/** The app as a process of its own. */
class Server {
  readonly kubeconfig: string;
  readonly kubectl: Kubectl;
  readonly #directory: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  output = '';

  constructor(directory: string, args: readonly string[]) {
    this.#directory = directory;
    this.#args = args;
    this.kubeconfig = join(directory, 'admin.conf');
    this.kubectl = new Kubectl(this.kubeconfig);
  }

  async start(): Promise<void> {
    const [port, nodePort] = await freePorts(2);
    const child = spawn(
      process.execPath,
      [
        ...[main, '--bind-address=127.0.0.1', `--secure-port=${port}`, `--node-service-port=${nodePort}`],
        ...[`--data-dir=${join(this.#directory, 'server')}`, `--admin-kubeconfig=${this.kubeconfig}`],
        ...this.#args,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    await eventually(
      async () => {
        if (child.exitCode !== null)
          throw new Error(`the server exited with ${child.exitCode}: ${this.output}`);
        return (await this.readiness()) === 'ok';
      },
      { everyMs: 100, what: 'the server’s readiness' },
    );
  }

  async readiness(): Promise<string> {
    const { stdout, stderr } = await this.kubectl.try(['get', '--raw', '/readyz']);
    return stdout || stderr;
  }

  /** Resolves with the exit code, or the signal. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | string | null> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const gone = new Promise<number | string | null>((resolve) =>
      child.once('exit', (code, by) => resolve(code ?? by)),
    );
    child.kill(signal);
    return gone;
  }
}

describe('the API server as a process', () => {
  let directory: string;
  let server: Server | undefined;
  afterEach(async () => {
    await server?.stop('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  it('serves from memory, with scheduler and controllers, and ends by itself when asked', async () => {
    directory = mkdtempSync(join(tmpdir(), 'gantry-apiserver-'));
    server = new Server(directory, ['--store=memory', '--components=apiserver,scheduler,controller-manager']);
    await server.start();
    const { kubectl } = server;
    expect(statSync(server.kubeconfig).mode & 0o777).toBe(0o600);
    expect((await kubectl.run(['get', 'ns', '-o', 'name'])).trim().split('\n')).toEqual(
      ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map((each) => `namespace/${each}`),
    );
    expect(await kubectl.run(['get', 'svc', 'kubernetes'])).toMatch(
      /^kubernetes +ClusterIP +10\.43\.0\.1 +<none> +443\/TCP/m,
    );
    await kubectl.run(['create', 'ns', 'team']);
    await eventually(() => kubectl.run(['-n', 'team', 'get', 'sa', 'default']));
    await kubectl.run(['-n', 'team', 'create', 'deploy', 'web', '--image=x', '--replicas=2']);
    await eventually(
      async () => (await kubectl.run(['-n', 'team', 'get', 'pods', '-o', 'name'])).split('\n').length === 3,
    );
    await eventually(async () => /FailedScheduling/.test(await kubectl.run(['-n', 'team', 'get', 'events'])));
    expect(await server.stop()).toBe(0);
  });

  describe('over etcd', () => {
    let etcd: EtcdProcess;
    beforeAll(async () => {
      etcd = await startEtcd();
    });
    afterAll(() => etcd[Symbol.asyncDispose]());

    it('keeps everything over a kill, and over the loss of etcd for a while', async () => {
      directory = mkdtempSync(join(tmpdir(), 'gantry-apiserver-'));
      server = new Server(directory, [`--etcd-servers=${etcd.endpoint}`]);
      await server.start();
      await server.kubectl.run(['create', 'cm', 'kept', '--from-literal=a=1']);
      const ca = readFileSync(join(directory, 'server/pki/ca.crt'), 'utf8');
      expect(await server.stop('SIGKILL')).toBe('SIGKILL');

      await server.start();
      const { kubectl } = server;
      expect(readFileSync(join(directory, 'server/pki/ca.crt'), 'utf8')).toBe(ca);
      expect(await kubectl.run(['get', 'cm', 'kept', '-o', 'jsonpath={.data.a}'])).toBe('1');

      await etcd.kill();
      await eventually(async () =>
        (await kubectl.try(['get', '--raw', '/readyz?verbose'])).stderr.includes('[-]etcd failed'),
      );
      expect(await kubectl.run(['get', '--raw', '/livez'])).toBe('ok');
      expect(
        await kubectl.run(['get', '--raw', '/api/v1/namespaces/default/configmaps?resourceVersion=0']),
      ).toContain('"kept"');
      // Long before a client gives up, or is given up here.
      const write = await kubectl.try(['create', 'cm', 'lost']);
      expect(write.code).toBe(1);
      expect(write.stderr).toMatch(/ServiceUnavailable|etcd/);

      await etcd.start();
      await eventually(async () => (await server!.readiness()) === 'ok');
      await eventually(() => kubectl.run(['create', 'cm', 'again']));
      expect(await kubectl.run(['get', 'cm', 'kept', '-o', 'name'])).toBe('configmap/kept\n');
    });

    it('begins anew where etcd lost everything', async () => {
      directory = mkdtempSync(join(tmpdir(), 'gantry-apiserver-'));
      server = new Server(directory, [`--etcd-servers=${etcd.endpoint}`]);
      await server.start();
      const { kubectl } = server;
      await kubectl.run(['create', 'ns', 'team']);
      await etcd.kill();
      const { pathname } = new URL(etcd.socketEndpoint);
      rmSync(join(dirname(pathname), 'data'), { recursive: true });
      await etcd.start();
      const all = ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map(
        (each) => `namespace/${each}`,
      );
      // Until it has seen the loss, the server answers as it was before.
      await eventually(
        async () => {
          const said = await kubectl.try(['get', 'ns,svc', '-o', 'name']);
          return said.stdout.trim() === [...all, 'service/kubernetes'].join('\n');
        },
        { everyMs: 500 },
      );
      await kubectl.run(['create', 'cm', 'again']);
    });
  });
});
