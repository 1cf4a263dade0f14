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
  /** It counts as well, but somebody should know. */
  warned?: boolean;
  /** The status that an HTTP server answered with, whatever is thought of it. */
  statusCode?: number;
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

const redirects = new Set([301, 302, 303, 307, 308]);
const mostRedirects = 10;

/** A redirect to the same host is followed, to another one it is a warning (pkg/probe/http, RedirectChecker). */
async function checkHttp(
  action: V1HTTPGetAction,
  target: CheckTarget,
  timeoutMs: number,
): Promise<CheckResult> {
  const host = action.host || target.address;
  const port = portOf(action.port as number | string, target.container);
  const path = action.path?.startsWith('/') ? action.path : `/${action.path ?? ''}`;
  const headers: Record<string, string> = {
    'User-Agent': 'kube-probe/1.36',
    Accept: '*/*',
    Connection: 'close',
  };
  for (const { name, value } of action.httpHeaders ?? []) headers[name] = value;
  const scheme = action.scheme === 'HTTPS' ? 'https' : 'http';
  let url = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}${path}`;
  const first = new URL(url);
  const timeout = AbortSignal.timeout(timeoutMs);
  for (let hops = 0; ; hops++) {
    const answer = await httpAnswer(url, headers, timeout);
    if (typeof answer === 'string') return { ok: false, message: `Get "${url}": ${answer}` };
    const { statusCode, location, body } = answer;
    if (redirects.has(statusCode) && location !== undefined && URL.canParse(location, url)) {
      const next = new URL(location, url);
      if (next.hostname === first.hostname) {
        url = next.href;
        if (hops < mostRedirects - 1) continue;
        return { ok: false, message: `Get "${url}": stopped after ${mostRedirects} redirects` };
      }
    }
    if (statusCode >= 200 && statusCode < 300) return { ok: true, statusCode, message: body };
    if (statusCode >= 300 && statusCode < 400)
      return {
        ok: true,
        warned: true,
        statusCode,
        message: `Probe terminated redirects, Response body: ${body}`,
      };
    return { ok: false, statusCode, message: `HTTP probe failed with statuscode: ${statusCode}` };
  }
}

/** The answer, or why there is none. */
function httpAnswer(
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
): Promise<{ statusCode: number; location: string | undefined; body: string } | string> {
  const { protocol, hostname, port } = new URL(url);
  const secure = protocol === 'https:';
  return new Promise((resolve) => {
    const request = (secure ? httpsGet : httpGet)(
      url,
      // As upstream: a probe proves that something answers, not who it is.
      { headers, agent: false, signal, ...(secure ? { rejectUnauthorized: false } : {}) },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => {
          if (body.length < maxBodyBytes) body += chunk.toString('utf8');
          else response.destroy();
        });
        response.on('error', () => undefined);
        response.on('close', () =>
          resolve(
            signal.aborted
              ? 'context deadline exceeded (Client.Timeout exceeded while reading body)'
              : { statusCode: response.statusCode ?? 0, location: response.headers.location, body },
          ),
        );
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(
        signal.aborted
          ? 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
          : dialError(error, hostname.replace(/^\[|\]$/g, ''), Number(port) || (secure ? 443 : 80)),
      ),
    );
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
