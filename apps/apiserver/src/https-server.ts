import { createSecureServer, type Http2SecureServer } from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Socket } from 'node:net';
import type { ClusterPki } from '@gantry/pki';
import type { ApiServer } from '@gantry/serving';

type Handler = (req: IncomingMessage | Http2ServerRequest, res: ServerResponse | Http2ServerResponse) => void;

/** Whoever does not finish its request head within this time is cut off. */
const headersTimeoutMs = 20_000;
/** And its body within this. Answers, watches among them, may take as long as they like. */
const requestTimeoutMs = 60_000;
/** Connections without a request are closed after this long; longer than clients keep theirs, so that they close first. */
const keepAliveTimeoutMs = 120_000;

/** HTTP/1.1 and HTTP/2 over TLS on one port, asking for client certificates. */
export function createHttpsServer(
  pki: ClusterPki,
  apiServer: ApiServer,
  handler: Handler,
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
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveTimeoutMs,
  });
  server.on('upgrade', (req: IncomingMessage, socket: Socket, head: Buffer) =>
    apiServer.upgrade(req, socket, head),
  );
  server.on('clientError', (_error: Error, socket: Socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    else socket.destroy();
  });
  server.on('sessionError', () => {});
  // Watches have bytes waiting most of the time; small events must not wait for more.
  server.on('secureConnection', (socket) => socket.setNoDelay(true));
  return server;
}
