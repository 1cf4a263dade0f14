import { connect as connectHttp2 } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '@gantry/base';
import { Authority, createAuthority, type ClusterPki } from '@gantry/pki';
import { ApiServer, mastersAuthorizer } from '@gantry/serving';
import { MemoryState } from '@gantry/state';
import { createHttpsServer } from './https-server.ts';

let ca: string;
let port: number;
let server: ReturnType<typeof createHttpsServer>;
beforeAll(async () => {
  const authority = await createAuthority('kubernetes', Date.now());
  ca = authority.certificate;
  const serving = await new Authority(authority, () => Date.now()).issue({
    commonName: 'kube-apiserver',
    usages: ['server'],
    ipAddresses: ['127.0.0.1'],
  });
  const metrics = createMetrics();
  const api = new ApiServer({
    state: new MemoryState(),
    authorizer: mastersAuthorizer,
    metrics,
    version: '0',
  });
  const times = { headersMs: 200, requestMs: 400, checkMs: 50, idleMs: 300 };
  const pki = { serving, ca: { certificate: ca } } as ClusterPki;
  server = createHttpsServer(pki, api, (req, res) => api.handle(req, res), times);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => server.close());

/** Sends the text and resolves with all that comes back until the server hangs up. */
async function answerTo(text: string): Promise<string> {
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const made = connect({ host: '127.0.0.1', port, ca }, () => resolve(made)).on('error', reject);
  });
  socket.write(text);
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) answer += chunk.toString();
  return answer;
}

describe('a client', () => {
  it('that never comes to the end of its headers is cut off', async () => {
    expect(await answerTo('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408 /);
  });

  it('with endless headers is told so', async () => {
    expect(await answerTo(`GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 /,
    );
  });

  it('that speaks something else is told so', async () => {
    expect(await answerTo('HELO\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  });

  it('of HTTP/2 that asks for nothing is let go', async () => {
    const session = connectHttp2(`https://127.0.0.1:${port}`, { ca });
    await new Promise((resolve) => session.once('close', resolve));
    expect(session.destroyed).toBe(true);
  });
});
