import { readdirSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { messageOf, StatusError, type Clock } from '@gantry/base';
import type { NodeStream, OpenStream } from '@gantry/link';
import { readLog, RuntimeError, type ContainerRuntime, type ExecSession } from '@gantry/runtime';
import type { ContainerRunner } from '../pods/container-runner.ts';
import type { PodRunner } from '../pods/pod-runner.ts';
import { creatingReason } from '../pods/pod-status.ts';
import type { NamespaceDialer } from './netns-dial.ts';
import { firstSize, parseSize, sizeChannel } from './terminal-size.ts';

/** What is said in place of some reasons to wait (pkg/kubelet/kubelet_pods.go, validateContainerLogStatus). */
const waitingWords: Readonly<Record<string, string>> = {
  ErrImagePull: "image can't be pulled",
  ImagePullBackOff: 'trying and failing to pull image',
};

export interface HttpAnswer {
  code: number;
  headers: Record<string, string>;
  body: string;
}

export interface StreamServerOptions {
  runtime: ContainerRuntime;
  clock: Clock;
  dialer: NamespaceDialer;
  pod(uid: string): PodRunner | undefined;
  /** The node's own endpoints. */
  http(path: string): Promise<HttpAnswer>;
}

type Target =
  | { uid?: string | null; pod?: string | null; namespace?: string | null; container?: string | null }
  | null
  | undefined;

/** How long a command with a terminal waits for the size of its client's: more than a client's next message takes. */
const terminalSizeMs = 150;

/** Serves what the server asks of a node's containers. Throws before `accept` to refuse. */
export class StreamServer {
  readonly #options: StreamServerOptions;

  constructor(options: StreamServerOptions) {
    this.#options = options;
  }

  async serve(request: OpenStream, accept: () => NodeStream): Promise<void> {
    if (request.logs) return this.#logs(request.logs, accept);
    if (request.exec) return this.#exec(request.exec, accept);
    if (request.attach) return this.#attach(request.attach, accept);
    if (request.portForward) return this.#portForward(request.portForward, accept);
    if (request.http) return this.#http(request.http, accept);
    throw StatusError.badRequest('this node does not know this kind of stream');
  }

  #podOf(target: Target): PodRunner {
    const pod = target?.uid ? this.#options.pod(target.uid) : undefined;
    if (!pod) throw StatusError.notFound({ group: '', resource: 'pods' }, target?.pod ?? '');
    return pod;
  }

  #containerOf(target: Target): { pod: PodRunner; container: ContainerRunner } {
    const pod = this.#podOf(target);
    const name = target?.container || pod.pod.spec!.containers[0]?.name;
    const container = pod.containers.find(({ spec }) => spec.name === name);
    if (!container) throw StatusError.badRequest(`container ${name} is not valid for pod ${target?.pod}`);
    return { pod, container };
  }

  #running(target: Target): ContainerRunner {
    const { container } = this.#containerOf(target);
    if (container.current?.state !== 'running') {
      const reason = container.view().waiting?.reason;
      throw StatusError.badRequest(
        `container ${container.spec.name} is not running${reason ? ` (${reason})` : ''}`,
      );
    }
    return container;
  }

  async #logs(request: NonNullable<OpenStream['logs']>, accept: () => NodeStream): Promise<void> {
    const { pod, container } = this.#containerOf(request.target);
    const view = container.view();
    const name = container.spec.name;
    const attempt = request.previous ? view.restartCount - 1 : view.restartCount;
    const folder = join(pod.logDir, name);
    const file = `${attempt}.log`;
    // While it waits to be started again, its last run is still the current one for a reader.
    const present = logFiles(folder);
    const chosen = present.includes(file)
      ? file
      : !request.previous && present.includes(`${attempt - 1}.log`)
        ? `${attempt - 1}.log`
        : undefined;
    if (request.previous && chosen === undefined)
      throw StatusError.badRequest(
        `previous terminated container "${name}" in pod "${pod.pod.metadata.name}" not found`,
      );
    if (chosen === undefined) {
      if (view.state === 'exited' && view.containerId !== undefined)
        throw StatusError.badRequest(`unable to retrieve container logs for ${view.containerId}`);
      const reason = view.waiting?.reason ?? 'ContainerCreating';
      const words =
        waitingWords[reason] ?? (reason === 'ContainerCreating' ? creatingReason(pod.containers) : reason);
      throw StatusError.badRequest(
        `container "${name}" in pod "${pod.pod.metadata.name}" is waiting to start: ${words}`,
      );
    }
    const ended = new AbortController();
    const live = chosen === `${view.restartCount}.log` && container.current?.state !== 'exited';
    const until = live ? this.#exitOf(container.current?.id, ended.signal) : Promise.resolve();
    const stream = accept();
    void drain(stream).then(() => ended.abort());
    const number = (value: unknown) => (value === undefined || value === null ? undefined : Number(value));
    const tailLines = number(request.tailLines);
    const sinceSeconds = number(request.sinceSeconds);
    const limitBytes = number(request.limitBytes);
    const lines = readLog(
      join(folder, chosen),
      {
        follow: request.follow ?? false,
        timestamps: request.timestamps ?? false,
        ...(tailLines !== undefined ? { tailLines } : {}),
        ...(sinceSeconds !== undefined ? { sinceSeconds } : {}),
        ...(limitBytes !== undefined ? { limitBytes } : {}),
        ...(request.sinceTime ? { sinceTime: request.sinceTime } : {}),
        until,
        clock: this.#options.clock,
      },
      ended.signal,
    );
    try {
      for await (const data of lines) await stream.send({ channel: 1, data });
      await stream.send({ channel: 1, data: new Uint8Array(), end: true });
    } finally {
      ended.abort();
    }
  }

  /** Resolves when the container has ended, or the signal aborts. */
  #exitOf(id: string | undefined, signal: AbortSignal): Promise<void> {
    if (id === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      const listening = this.#options.runtime.onChange((container) => {
        if (container.id !== id || container.state !== 'exited') return;
        listening[Symbol.dispose]();
        resolve();
      });
      signal.addEventListener('abort', () => {
        listening[Symbol.dispose]();
        resolve();
      });
      if (this.#options.runtime.get(id)?.state !== 'running') {
        listening[Symbol.dispose]();
        resolve();
      }
    });
  }

  async #exec(request: NonNullable<OpenStream['exec']>, accept: () => NodeStream): Promise<void> {
    const container = this.#running(request.target);
    const { command = [], stdin = false, tty = false } = request;
    if (!command || command.length === 0)
      throw StatusError.badRequest('you must specify at least 1 command for the container');
    const stream = accept();
    const { size, rest } = tty
      ? await firstSize(stream.incoming, this.#options.clock, terminalSizeMs)
      : { size: undefined, rest: stream.incoming };
    let session: ExecSession;
    try {
      session = await this.#options.runtime.exec(container.current!.id, {
        args: command,
        terminal: tty ?? false,
        stdin: stdin ?? false,
        ...(size ? { size } : {}),
      });
    } catch (error) {
      const code =
        error instanceof RuntimeError ? { notFound: 127, denied: 126, gone: 0, failed: 0 }[error.reason] : 0;
      // With an exit code clients show only that: the reason goes where the program's own words would.
      if (code) await stream.send({ channel: tty ? 1 : 2, data: Buffer.from(`${messageOf(error)}\n`) });
      await stream.send({ channel: 3, data: closing(code || undefined, messageOf(error)), end: true });
      return;
    }
    await this.#carry(stream, rest, session, true);
  }

  async #attach(request: NonNullable<OpenStream['attach']>, accept: () => NodeStream): Promise<void> {
    const container = this.#running(request.target);
    const session = await this.#options.runtime.attach(container.current!.id);
    const stream = accept();
    await this.#carry(stream, stream.incoming, session, false);
  }

  async #carry(
    stream: NodeStream,
    chunks: NodeStream['incoming'],
    session: ExecSession,
    reportsExit: boolean,
  ): Promise<void> {
    const incoming = (async () => {
      try {
        for await (const { channel, data, end } of chunks) {
          if (channel === 0) {
            if (data.length > 0 && session.stdin.writable && !session.stdin.write(data))
              await writable(session.stdin);
            if (end) session.stdin.end();
          } else if (channel === sizeChannel) {
            const size = parseSize(data);
            if (size) session.resize(size);
          }
        }
      } catch {
        // The other end has gone: the same as its having closed.
      }
      session.close();
    })();
    session.stdin.on('error', () => undefined);
    const pump = async (channel: number, from: AsyncIterable<Buffer>) => {
      for await (const data of from) await stream.send({ channel, data });
    };
    try {
      await Promise.all([pump(1, session.stdout), pump(2, session.stderr)]);
      const code = await session.exit;
      await stream.send({ channel: 3, data: closing(reportsExit ? code : 0), end: true });
    } catch {
      session.close();
    }
    void incoming;
  }

  async #portForward(
    request: NonNullable<OpenStream['portForward']>,
    accept: () => NodeStream,
  ): Promise<void> {
    const pod = this.#podOf(request.target);
    const namespace = pod.network?.network;
    const port = request.port ?? 0;
    if (namespace === undefined) throw StatusError.badRequest(`pod ${pod.pod.metadata.name} is not running`);
    if (port < 1 || port > 65535) throw StatusError.badRequest(`invalid port ${port}`);
    const stream = accept();
    try {
      const socket = this.#options.dialer.dial(namespace, port);
      socket.on('error', () => undefined);
      const up = (async () => {
        for await (const data of socket as AsyncIterable<Buffer>) await stream.send({ channel: 1, data });
        await stream.send({ channel: 1, data: new Uint8Array(), end: true });
      })();
      const down = (async () => {
        for await (const { data, end } of stream.incoming) {
          if (data.length > 0 && !socket.write(data)) await writable(socket);
          if (end) socket.end();
        }
        socket.destroy();
      })();
      down.catch(() => socket.destroy());
      await up;
    } catch (error) {
      const message = `error forwarding port ${port} to pod ${pod.uid}: ${messageOf(error)}`;
      await stream.send({ channel: 3, data: closing(undefined, message), end: true }).catch(() => undefined);
    }
  }

  /** One exchange with a port of a pod: the body comes on channel 0, the answer goes on channel 1 after its head on channel 3. */
  async #podHttp(request: NonNullable<OpenStream['http']>, accept: () => NodeStream): Promise<void> {
    const pod = this.#podOf(request.target);
    const host = pod.network?.addresses[0];
    const port = request.port ?? 0;
    if (host === undefined) throw StatusError.unavailable(`pod ${pod.pod.metadata.name} is not running`);
    if (port < 1 || port > 65535) throw StatusError.badRequest(`invalid port ${port}`);
    const stream = accept();
    const outgoing = httpRequest({
      host,
      port,
      method: request.method || 'GET',
      path: request.path || '/',
      agent: false,
    });
    const down = (async () => {
      for await (const { data, end } of stream.incoming) {
        if (data.length > 0 && !outgoing.write(data)) await writable(outgoing);
        if (end) outgoing.end();
      }
      outgoing.destroy();
    })();
    down.catch(() => outgoing.destroy());
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        outgoing.on('response', resolve);
        outgoing.on('error', reject);
        outgoing.on('close', () => reject(new Error('the request was given up')));
        if (['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(request.method || 'GET')) outgoing.flushHeaders();
      });
      const headers = Object.fromEntries(
        Object.entries(response.headers).filter(([name]) => !hopHeaders.has(name)),
      );
      await stream.send({
        channel: 3,
        data: Buffer.from(JSON.stringify({ code: response.statusCode, headers })),
      });
      for await (const data of response as AsyncIterable<Buffer>) await stream.send({ channel: 1, data });
      await stream.send({ channel: 1, data: new Uint8Array(), end: true });
    } catch (error) {
      await stream
        .send({ channel: 3, data: Buffer.from(JSON.stringify({ code: 502, headers: {} })) })
        .then(() => stream.send({ channel: 1, data: Buffer.from(`${messageOf(error)}\n`), end: true }))
        .catch(() => undefined);
    } finally {
      outgoing.destroy();
    }
  }

  async #http(request: NonNullable<OpenStream['http']>, accept: () => NodeStream): Promise<void> {
    if (request.target?.uid) return this.#podHttp(request, accept);
    if (request.method && request.method !== 'GET')
      throw new StatusError('MethodNotAllowed', `${request.method} is not allowed on a node`);
    const { code, headers, body } = await this.#options.http(request.path ?? '/');
    const stream = accept();
    void drain(stream);
    await stream.send({ channel: 3, data: Buffer.from(JSON.stringify({ code, headers })) });
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 64 << 10)
      await stream.send({ channel: 1, data: bytes.subarray(at, at + (64 << 10)) });
    await stream.send({ channel: 1, data: new Uint8Array(), end: true });
  }
}

/** Resolves when a stream takes more, or is closed; leaves no listener behind, for this is asked once a chunk. */
function writable(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    if (stream.closed) return resolve();
    const done = () => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
  });
}

/** Headers that are about one connection only (RFC 9110, 7.6.1). */
const hopHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'trailer']);

/** The Status that ends an exec, as remotecommand's error channel has it: `reason: NonZeroExitCode` with the code as a cause. */
export function closing(code: number | undefined, message?: string): Uint8Array {
  const metadata = {};
  if (code === 0) return Buffer.from(JSON.stringify({ metadata, status: 'Success' }));
  if (code === undefined)
    return Buffer.from(
      JSON.stringify({
        kind: 'Status',
        apiVersion: 'v1',
        metadata,
        status: 'Failure',
        reason: 'InternalError',
        message,
        code: 500,
      }),
    );
  return Buffer.from(
    JSON.stringify({
      metadata,
      status: 'Failure',
      reason: 'NonZeroExitCode',
      message:
        message ?? `command terminated with non-zero exit code: error executing command, exit code ${code}`,
      details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
    }),
  );
}

/** Reads and forgets what comes, until the other end closes. */
async function drain(stream: NodeStream): Promise<void> {
  try {
    for await (const _chunk of stream.incoming);
  } catch {
    // gone is gone
  }
}

function logFiles(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
