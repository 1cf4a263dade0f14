import { readdirSync, readFileSync } from 'node:fs';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, freePorts } from '@gantry/base/testing';

export interface EtcdProcessOptions {
  /** PEM files; with them etcd speaks TLS and asks clients for certificates of that authority. */
  tls?: { caFile: string; certFile: string; keyFile: string };
  /** More flags for etcd. */
  args?: readonly string[];
}

/** Made in etcd's working folder; etcd 3.4 wants it to look like `host:port`. */
const socketName = 'client.sock:0';

/** A real etcd on a free port of 127.0.0.1 with its data in a folder of its own. Dispose it to be rid of both. */
export class EtcdProcess implements AsyncDisposable {
  readonly endpoint: string;
  /** The same etcd by a socket, without TLS. */
  readonly socketEndpoint: string;
  readonly #folder: string;
  readonly #peer: string;
  readonly #options: EtcdProcessOptions;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(folder: string, clientPort: number, peerPort: number, options: EtcdProcessOptions) {
    this.#folder = folder;
    this.#options = options;
    this.endpoint = `${options.tls ? 'https' : 'http'}://127.0.0.1:${clientPort}`;
    this.socketEndpoint = `unix://${join(folder, socketName)}`;
    this.#peer = `http://127.0.0.1:${peerPort}`;
  }

  /** Starts it over its data, if it does not run, and waits until it answers. */
  async start(): Promise<void> {
    const { tls, args = [] } = this.#options;
    this.#output = '';
    // Left behind by a kill; etcd does not take it over.
    await rm(join(this.#folder, socketName), { force: true });
    const child = spawn(
      'etcd',
      [
        ...['--name', 'test', '--data-dir', join(this.#folder, 'data'), '--unsafe-no-fsync=true'],
        ...['--listen-client-urls', `${this.endpoint},unix://${socketName}`],
        ...['--advertise-client-urls', this.endpoint],
        ...['--listen-peer-urls', this.#peer, '--initial-advertise-peer-urls', this.#peer],
        ...['--initial-cluster', `test=${this.#peer}`, '--log-level', 'error', '--logger', 'zap'],
        ...['--experimental-watch-progress-notify-interval', '1s'],
        ...(tls
          ? [
              ...['--cert-file', tls.certFile, '--key-file', tls.keyFile],
              ...['--trusted-ca-file', tls.caFile, '--client-cert-auth'],
            ]
          : []),
        ...args,
      ],
      { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: process.env['PATH'] } },
    );
    this.#child = child;
    // A test or benchmark that dies must not leave it behind.
    const killChild = () => child.kill('SIGKILL');
    process.once('exit', killChild);
    child.once('exit', () => process.removeListener('exit', killChild));
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (this.#output = (this.#output + String(chunk)).slice(-4096)));
    await eventually(
      async () => {
        if (child.exitCode !== null) throw new Error(`etcd exited with ${child.exitCode}: ${this.#output}`);
        return answers(this.endpoint);
      },
      { what: `etcd at ${this.endpoint}` },
    );
  }

  /** SIGKILL, as a power cut would; resolves when it is gone. `start` brings it back with its data. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Holds it still: it keeps its connections and answers nothing. Resolves when each of its threads stands. */
  async stand(): Promise<void> {
    const child = this.#child;
    if (!child?.pid) return;
    child.kill('SIGSTOP');
    const tasks = `/proc/${child.pid}/task`;
    const stands = (task: string) => /\) T /.test(readFileSync(`${tasks}/${task}/stat`, 'utf8'));
    await eventually(() => readdirSync(tasks).every(stands), { what: 'etcd stands still', everyMs: 1 });
  }

  /** Lets it go on. */
  proceed(): void {
    this.#child?.kill('SIGCONT');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Starts an {@link EtcdProcess} and waits until it answers. Needs the `etcd` program in the PATH. */
export async function startEtcd(options: EtcdProcessOptions = {}): Promise<EtcdProcess> {
  for (let tries = 1; ; tries++) {
    const [clientPort, peerPort] = await freePorts(2);
    const folder = await mkdtemp(join(tmpdir(), 'gantry-etcd-'));
    const etcd = new EtcdProcess(folder, clientPort!, peerPort!, options);
    try {
      await etcd.start();
      return etcd;
    } catch (error) {
      await etcd[Symbol.asyncDispose]();
      // Another process may have taken a port between our looking and etcd's.
      if (tries === 3) throw error;
    }
  }
}

async function answers(endpoint: string): Promise<boolean> {
  // With TLS the handshake already tells: etcd listens when it serves.
  const { port } = new URL(endpoint);
  if (endpoint.startsWith('http:')) {
    const response = await fetch(`${endpoint}/health`);
    return response.ok && ((await response.json()) as { health: string }).health === 'true';
  }
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });
}
