import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { request as httpRequest } from 'node:http';
import { StatusError } from '@gantry/base';
import type { NodeStream, NodeStreams, StreamChunk, StreamRequest } from '@gantry/link';
import { channel } from '../streams/channels.ts';
import { Inbox } from '../streams/inbox.ts';

/**
 * A node of one's own process: commands run as local processes, ports are the loopback's, the logs are what `logs` holds by
 * container. For tests of the streams' server end.
 */
export class ProcessStreams implements NodeStreams {
  readonly logs = new Map<string, string>();
  readonly #nodeName: string;

  constructor(nodeName: string) {
    this.#nodeName = nodeName;
  }

  connected(nodeName: string): boolean {
    return nodeName === this.#nodeName;
  }

  open(nodeName: string, request: StreamRequest, signal: AbortSignal): Promise<NodeStream> {
    if (!this.connected(nodeName))
      return Promise.reject(StatusError.unavailable(`node ${nodeName} is not connected`));
    const stream = new LocalStream();
    signal.addEventListener('abort', () => void stream[Symbol.asyncDispose](), { once: true });
    if (request.exec) runCommand(stream, request.exec.command ?? []);
    else if (request.attach) runCommand(stream, ['cat']);
    else if (request.logs) {
      const text = this.logs.get(request.logs.target?.container ?? '');
      if (text === undefined)
        return Promise.reject(
          StatusError.badRequest(
            `container "${request.logs.target?.container}" in pod "${request.logs.target?.pod}" is waiting to start: ContainerCreating`,
          ),
        );
      const lines = text.split(/(?<=\n)/);
      const { tailLines } = request.logs;
      const shown = tailLines === null || tailLines === undefined ? lines : lines.slice(-Number(tailLines));
      stream.emit(channel.stdout, Buffer.from(shown.join('')));
      stream.done();
    } else if (request.portForward) forwardPort(stream, request.portForward.port ?? 0);
    else if (request.http) exchangeHttp(stream, request.http.path ?? '/', request.http.port ?? 0);
    return Promise.resolve(stream);
  }
}

class LocalStream implements NodeStream {
  readonly #inbox = new Inbox<StreamChunk>(1024 * 1024, ({ data }) => data.length);
  receive: (chunk: StreamChunk) => Promise<void> | void = () => {};
  dispose: () => void = () => {};

  get incoming(): AsyncIterable<StreamChunk> {
    return this.#inbox;
  }

  emit(from: number, data: Uint8Array): void {
    this.#inbox.push({ channel: from, data });
  }

  paused(pause: () => void, resume: () => void): void {
    this.#inbox.onFull = pause;
    this.#inbox.onDrained = resume;
  }

  done(): void {
    this.#inbox.close();
  }

  async send(chunk: StreamChunk): Promise<void> {
    await this.receive(chunk);
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.dispose();
    this.#inbox.close();
    return Promise.resolve();
  }
}

function runCommand(stream: LocalStream, [program = '', ...args]: readonly string[]): void {
  const child = spawn(program, args, { stdio: 'pipe' });
  stream.dispose = () => child.kill('SIGKILL');
  for (const [from, output] of [
    [channel.stdout, child.stdout],
    [channel.stderr, child.stderr],
  ] as const)
    output.on('data', (data: Buffer) => stream.emit(from, data));
  stream.paused(
    () => child.stdout.pause(),
    () => child.stdout.resume(),
  );
  child.stdin.on('error', () => {});
  stream.receive = ({ channel: to, data, end }) => {
    if (to !== channel.stdin) return;
    if (end) return void child.stdin.end();
    if (!child.stdin.write(data)) return new Promise((resolve) => child.stdin.once('drain', resolve));
  };
  const finish = (status: object) => {
    stream.emit(channel.status, Buffer.from(JSON.stringify(status)));
    stream.done();
  };
  child.on('error', (error) =>
    finish({ metadata: {}, status: 'Failure', reason: 'InternalError', message: error.message, code: 500 }),
  );
  child.on('close', (code) =>
    finish(
      code === 0
        ? { metadata: {}, status: 'Success' }
        : {
            metadata: {},
            status: 'Failure',
            reason: 'NonZeroExitCode',
            message: `command terminated with non-zero exit code: exit status ${code}`,
            details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
          },
    ),
  );
}

function forwardPort(stream: LocalStream, port: number): void {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  stream.dispose = () => socket.destroy();
  socket.on('data', (data) => stream.emit(channel.stdout, data));
  socket.on('end', () => stream.done());
  socket.on('error', (error) => {
    stream.emit(channel.status, Buffer.from(JSON.stringify({ status: 'Failure', message: error.message })));
    stream.done();
  });
  stream.receive = ({ data, end }) => void (end ? socket.end() : socket.write(data));
}

function exchangeHttp(stream: LocalStream, path: string, port: number): void {
  const request = httpRequest({ host: '127.0.0.1', port, path }, (response) => {
    const head = { code: response.statusCode, headers: { 'content-type': response.headers['content-type'] } };
    stream.emit(channel.status, Buffer.from(JSON.stringify(head)));
    response.on('data', (data: Buffer) => stream.emit(channel.stdout, data));
    response.on('end', () => stream.done());
  });
  request.on('error', () => stream.done());
  stream.dispose = () => request.destroy();
  request.end();
}
