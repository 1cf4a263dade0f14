import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { connect } from 'node:net';
import { Client, credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import type { V1Container, V1GRPCAction, V1HTTPGetAction, V1TCPSocketAction } from '@gantry/api';
import type { ContainerRuntime } from '@gantry/runtime';

export interface CheckResult {
  ok: boolean;
  /** The check itself could not be made (no such program or port): of the container it says nothing. */
  errored?: boolean;
  /** What was seen, for the event. */
  message: string;
}

export interface CheckTarget {
  container: V1Container;
  containerId: string;
  /** Where HTTP, TCP and gRPC checks go unless they name a host. */
  address: string;
  runtime: Pick<ContainerRuntime, 'exec'>;
}

/** What probes and lifecycle hooks have in common. */
export interface Action {
  exec?: { command?: string[] };
  httpGet?: V1HTTPGetAction;
  tcpSocket?: V1TCPSocketAction;
  grpc?: V1GRPCAction;
}

const maxBodyBytes = 10 << 10;

/** Performs one check and says what came of it; never throws. */
export async function check(action: Action, target: CheckTarget, timeoutMs: number): Promise<CheckResult> {
  try {
    if (action.exec) return await checkExec(action.exec.command ?? [], target, timeoutMs);
    if (action.httpGet) return await checkHttp(action.httpGet, target, timeoutMs);
    if (action.tcpSocket)
      return await checkTcp(
        action.tcpSocket.host || target.address,
        portOf(action.tcpSocket.port, target.container),
        timeoutMs,
      );
    if (action.grpc) return await checkGrpc(action.grpc, target, timeoutMs);
    return { ok: true, message: '' };
  } catch (error) {
    return { ok: false, errored: true, message: error instanceof Error ? error.message : String(error) };
  }
}

/** A number, or the name of one of the container's ports. */
export function portOf(port: number | string, container: V1Container): number {
  const number = Number(port);
  const found = Number.isInteger(number)
    ? number
    : container.ports?.find(({ name }) => name === port)?.containerPort;
  if (found === undefined || found < 1 || found > 65535) throw new Error(`invalid port: ${port}`);
  return found;
}

async function checkExec(command: string[], target: CheckTarget, timeoutMs: number): Promise<CheckResult> {
  const session = await target.runtime.exec(target.containerId, { args: command });
  let output = '';
  const collect = (chunk: Buffer) => {
    if (output.length < maxBodyBytes) output += chunk.toString('utf8');
  };
  session.stdout.on('data', collect);
  session.stderr.on('data', collect);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    const code = await Promise.race([session.exit, late]);
    if (code !== undefined) return { ok: code === 0, message: output };
    session.exit.catch(() => undefined);
    session.close();
    return { ok: false, message: `command ${JSON.stringify(command.join(' '))} timed out` };
  } finally {
    clearTimeout(timer);
  }
}

function checkHttp(action: V1HTTPGetAction, target: CheckTarget, timeoutMs: number): Promise<CheckResult> {
  const secure = action.scheme === 'HTTPS';
  const host = action.host || target.address;
  const port = portOf(action.port as number | string, target.container);
  const path = action.path?.startsWith('/') ? action.path : `/${action.path ?? ''}`;
  const headers: Record<string, string> = {
    'User-Agent': 'kube-probe/1.36',
    Accept: '*/*',
    Connection: 'close',
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name] = value;
  const url = `${secure ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  return new Promise((resolve) => {
    const fail = (message: string) => resolve({ ok: false, message: `Get "${url}": ${message}` });
    const request = (secure ? httpsGet : httpGet)(
      // As upstream: a probe proves that something answers, not who it is.
      { host, port, path, headers, agent: false, ...(secure ? { rejectUnauthorized: false } : {}) },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          if (body.length < maxBodyBytes) body += chunk.toString('utf8');
          else response.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', () => {
          const code = response.statusCode ?? 0;
          if (code >= 200 && code < 400) resolve({ ok: true, message: body });
          else resolve({ ok: false, message: `HTTP probe failed with statuscode: ${code}` });
        });
      },
    );
    const timer = setTimeout(() => {
      fail('context deadline exceeded (Client.Timeout exceeded while awaiting headers)');
      request.destroy();
    }, timeoutMs);
    request.on('error', (error: NodeJS.ErrnoException) => fail(dialError(error, host, port)));
    request.on('close', () => clearTimeout(timer));
  });
}

function checkTcp(host: string, port: number, timeoutMs: number): Promise<CheckResult> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (result: CheckResult) => {
      socket.destroy();
      resolve(result);
    };
    socket.on('connect', () => end({ ok: true, message: '' }));
    socket.on('timeout', () => end({ ok: false, message: `dial tcp ${host}:${port}: i/o timeout` }));
    socket.on('error', (error: NodeJS.ErrnoException) =>
      end({ ok: false, message: dialError(error, host, port) }),
    );
  });
}

function dialError(error: NodeJS.ErrnoException, host: string, port: number): string {
  const words: Record<string, string> = {
    ECONNREFUSED: 'connect: connection refused',
    EHOSTUNREACH: 'connect: no route to host',
    ECONNRESET: 'read: connection reset by peer',
    ETIMEDOUT: 'i/o timeout',
  };
  return `dial tcp ${host}:${port}: ${words[error.code ?? ''] ?? error.message}`;
}

/** grpc.health.v1.Health/Check: one string in, one enum out, so its two messages are written by hand. */
function checkGrpc(action: V1GRPCAction, target: CheckTarget, timeoutMs: number): Promise<CheckResult> {
  const host = target.address.includes(':') ? `[${target.address}]` : target.address;
  const client = new Client(`${host}:${action.port}`, credentials.createInsecure(), {
    'grpc.enable_http_proxy': 0,
  });
  const service = Buffer.from(action.service ?? '');
  const request =
    service.length === 0
      ? Buffer.alloc(0)
      : Buffer.concat([Buffer.from([0x0a, ...varint(service.length)]), service]);
  return new Promise<CheckResult>((resolve) => {
    client.makeUnaryRequest<Buffer, Buffer>(
      '/grpc.health.v1.Health/Check',
      (message) => message,
      (bytes) => bytes,
      request,
      new Metadata(),
      { deadline: Date.now() + timeoutMs },
      (error, response) => {
        if (error)
          return resolve({ ok: false, message: grpcProblem(error, `${host}:${action.port}`, timeoutMs) });
        const serving = response?.[0] === 0x08 && response[1] === 1;
        resolve({ ok: serving, message: serving ? '' : 'service unhealthy (responded with "NOT_SERVING")' });
      },
    );
  }).finally(() => client.close());
}

/** In the kubelet's words (pkg/probe/grpc). */
function grpcProblem(error: ServiceError, address: string, timeoutMs: number): string {
  const within = `${timeoutMs / 1000}s`;
  switch (error.code) {
    case status.UNIMPLEMENTED:
      return `error: this server does not implement the grpc health protocol (grpc.health.v1.Health): ${error.details}`;
    case status.DEADLINE_EXCEEDED:
      return `timeout: health rpc did not complete within ${within}`;
    case status.UNAVAILABLE:
      return `timeout: failed to connect service "${address}" within ${within}: context deadline exceeded`;
    default:
      return `error: health rpc probe failed: ${error.details || error.message}`;
  }
}

/** A number as protobuf writes it: seven bits at a time, the lowest first. */
function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
