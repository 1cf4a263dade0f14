import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session, type Http2SecureServer } from 'node:http2';
import { request } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import { Authority, createAuthority, type ClusterPki } from '@gantry/pki';
import { ApiServer, mastersAuthorizer } from '@gantry/serving';
import { MemoryState } from '@gantry/state';
import { createHttpsServer, type ClientLimits } from './https-server.ts';

const state = new MemoryState();
const api = new ApiServer({ state, authorizer: mastersAuthorizer, metrics: createMetrics(), version: '0' });
const servers: Http2SecureServer[] = [];
const sessions: ClientHttp2Session[] = [];
let pki: ClusterPki;
let admin: { ca: string; cert: string; key: string };
/** Of one that is soon tired of slow clients, and of one that takes its time with those it is to answer. */
const ports = { hasty: 0, patient: 0 };

/** Resolves with its port. */
async function serve(limits: ClientLimits): Promise<number> {
  const server = createHttpsServer(pki, api, (req, res) => api.handle(req, res), limits);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

beforeAll(async () => {
  const material = await createAuthority('kubernetes', Date.now());
  const authority = new Authority(material, () => Date.now());
  const serving = await authority.issue({
    commonName: 'kube-apiserver',
    usages: ['server'],
    ipAddresses: ['127.0.0.1'],
  });
  pki = { serving, ca: { certificate: material.certificate } } as ClusterPki;
  const identity = await authority.issue({
    commonName: 'kubernetes-admin',
    organizations: ['system:masters'],
    usages: ['client'],
  });
  admin = { ca: material.certificate, cert: identity.certificate, key: identity.privateKey };
  const often = { connections: 1_000, checkMs: 50 };
  ports.hasty = await serve({ ...often, headersMs: 2_000, requestMs: 3_000, idleMs: 1_000 });
  ports.patient = await serve({ ...often, headersMs: 60_000, requestMs: 60_000, idleMs: 60_000 });
});
afterAll(async () => {
  for (const session of sessions) session.destroy();
  await api.close();
  for (const server of servers) server.close();
});

async function secureSocket(to = ports.hasty): Promise<TLSSocket> {
  const socket = connect({ host: '127.0.0.1', port: to, ...admin });
  await once(socket, 'secureConnect');
  return socket;
}

/** Sends the text and resolves with all that comes back until the server hangs up. */
async function answerTo(text: string, to = ports.hasty): Promise<string> {
  const socket = await secureSocket(to);
  socket.write(text);
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) answer += chunk.toString();
  return answer;
}

const watchPath = '/api/v1/namespaces?watch=true';
const slowBody = 'POST /api/v1/namespaces HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{';

describe('a client', () => {
  it('that never comes to the end of its headers is cut off', async () => {
    expect(await answerTo('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that never says anything is cut off', async () => {
    expect(await answerTo('')).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that never comes to the end of its body is cut off', async () => {
    expect(await answerTo(slowBody)).toMatch(/^HTTP\/1.1 408 /);
  });

  it('that is cut off and does not hang up itself is not waited for', async () => {
    const socket = await secureSocket();
    socket.write(slowBody);
    socket.on('error', () => undefined);
    // It keeps its side open and reads nothing.
    socket.allowHalfOpen = true;
    const server = servers[0]!;
    const open = () =>
      new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)));
    await eventually(async () => (await open()) === 0);
    socket.destroy();
  });

  it('with endless headers is told so', async () => {
    const endless = `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`;
    expect(await answerTo(endless, ports.patient)).toMatch(/^HTTP\/1.1 431 /);
  });

  it('that speaks something else is told so', async () => {
    expect(await answerTo('HELO\r\n\r\n', ports.patient)).toMatch(/^HTTP\/1.1 400 /);
  });

  it('of HTTP/2 that asks for nothing is let go', async () => {
    const session = connectHttp2(`https://127.0.0.1:${ports.hasty}`, admin);
    await new Promise((resolve) => session.once('close', resolve));
    expect(session.destroyed).toBe(true);
  });

  it('more than there may be is hung up on, until another one goes', async () => {
    const few = await serve({
      connections: 2,
      headersMs: 60_000,
      requestMs: 60_000,
      checkMs: 60_000,
      idleMs: 60_000,
    });
    const first = await secureSocket(few);
    const second = await secureSocket(few);
    await expect(secureSocket(few)).rejects.toThrow();
    first.destroy();
    const third = await eventually(() => secureSocket(few));
    for (const each of [second, third]) each.destroy();
  });
});

it.each(['HTTP/1.1', 'HTTP/2'])('a watch over %s lasts longer than a request may take', async (version) => {
  let watch: Readable;
  if (version === 'HTTP/2') {
    const session = connectHttp2(`https://127.0.0.1:${ports.hasty}`, admin);
    sessions.push(session);
    watch = session.request({ ':path': watchPath });
  } else {
    const asked = request({
      host: '127.0.0.1',
      port: ports.hasty,
      path: watchPath,
      agent: false,
      ...admin,
    }).end();
    [watch] = (await once(asked, 'response')) as [IncomingMessage];
  }
  let seen = '';
  watch.on('data', (chunk: Buffer) => (seen += chunk.toString()));
  watch.on('error', () => undefined);
  // As long as it takes until others are cut off, twice.
  for (let i = 0; i < 2; i++) expect(await answerTo(slowBody)).toMatch(/^HTTP\/1.1 408 /);
  const name = version === 'HTTP/2' ? 'two' : 'one';
  await state.create(kinds.namespace, { metadata: { name }, spec: {} });
  await eventually(() => seen.includes(`"name":"${name}"`));
  watch.destroy();
});
