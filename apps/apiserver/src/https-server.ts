import { createSecureServer, type Http2SecureServer, type ServerHttp2Session } from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { ClusterPki } from '@gantry/pki';
import type { ApiServer } from '@gantry/serving';

type Handler = (req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse) => void;

/** How many clients there may be, and how long they are waited for. Watches and streams may take as long as they like. */
export interface ClientLimits {
  /** More are hung up on before anything is read of them. One costs some 60 KiB. */
  connections: number;
  /** Whoever does not finish its request head within this time is cut off. */
  headersMs: number;
  /** And its body within this. */
  requestMs: number;
  /** How often that is looked at. */
  checkMs: number;
  /** Connections without a request are closed after this long; longer than clients keep theirs, so that they close first. */
  idleMs: number;
}

const defaultLimits: ClientLimits = {
  connections: 5_000,
  headersMs: 20_000,
  requestMs: 60_000,
  checkMs: 5_000,
  idleMs: 120_000,
};

/** HTTP/1.1 and HTTP/2 over TLS on one port, asking for client certificates. */
export function createHttpsServer(
  pki: ClusterPki,
  apiServer: ApiServer,
  handler: Handler,
  limits: ClientLimits = defaultLimits,
): Http2SecureServer {
  const server = createSecureServer(
    {
      allowHTTP1: true,
      cert: pki.serving.certificate,
      key: pki.serving.privateKey,
      ca: pki.ca.certificate,
      requestCert: true,
      // Who has none, or a wrong one, is told so by the API server.
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
      maxHeaderSize: 32 * 1024,
      settings: { maxConcurrentStreams: 250, maxHeaderListSize: 32 * 1024, initialWindowSize: 1 << 20 },
      maxSessionInvalidFrames: 100,
    } as Parameters<typeof createSecureServer>[0],
    handler,
  );
  Object.assign(server, {
    maxConnections: limits.connections,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.checkMs,
    keepAliveTimeout: limits.idleMs,
  });
  server.on('session', (session) => closeWhenIdle(session, limits.idleMs));
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) =>
    apiServer.upgrade(req, socket, head),
  );
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const status = statusOfError[error.code ?? ''] ?? '400 Bad Request';
    if (!socket.writable) return void socket.destroy();
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    // Whoever does not hang up, too, would keep the connection and what was read of its request.
    socket.destroySoon();
  });
  server.on('sessionError', () => {});
  // Watches have bytes waiting most of the time; small events must not wait for more.
  server.on('secureConnection', (socket) => socket.setNoDelay(true));
  return server;
}

/** What is wrong with a request that could not be read, where it can be said. */
const statusOfError: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** HTTP/2 has no keep-alive of its own: without this a client that says nothing is kept for ever. */
function closeWhenIdle(session: ServerHttp2Session, idleMs: number): void {
  let streams = 0;
  session.on('stream', (stream) => {
    streams++;
    stream.once('close', () => streams--);
  });
  session.setTimeout(idleMs, () => {
    if (streams === 0) session.close();
  });
}
