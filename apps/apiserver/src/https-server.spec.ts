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
/** One that is soon tired of slow clients, and one that takes its time with those it is to answer. */
const ports = { hasty: 0, patient: 0 };
const servers: ReturnType<typeof createHttpsServer>[] = [];
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
  const pki = { serving, ca: { certificate: ca } } as ClusterPki;
  for (const [kind, times] of [
    ['hasty', { headersMs: 2_000, requestMs: 3_000, checkMs: 50, idleMs: 1_000 }],
    ['patient', { headersMs: 60_000, requestMs: 60_000, checkMs: 50, idleMs: 60_000 }],
  ] as const) {
    const server = createHttpsServer(pki, api, (req, res) => api.handle(req, res), times);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports[kind] = (server.address() as AddressInfo).port;
  }
});
afterAll(() => servers.forEach((server) => server.close()));

/** Sends the text and resolves with all that comes back until the server hangs up. */
async function answerTo(text: string, kind: keyof typeof ports = 'patient'): Promise<string> {
  const socket = await new Promise<TLSSocket>((resolve, reject) => {
    const made = connect({ host: '127.0.0.1', port: ports[kind], ca }, () => resolve(made));
    made.on('error', reject);
  });
  socket.write(text);
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) answer += chunk.toString();
  return answer;
}

describe('a client', () => {
  it('that never comes to the end of its headers is cut off', async () => {
    expect(await answerTo('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'hasty')).toMatch(/^HTTP\/1.1 408 /);
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
    const session = connectHttp2(`https://127.0.0.1:${ports.hasty}`, { ca });
    await new Promise((resolve) => session.once('close', resolve));
    expect(session.destroyed).toBe(true);
  });
});
