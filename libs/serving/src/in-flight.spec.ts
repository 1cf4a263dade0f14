import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, type Metrics } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import type { UserInfo } from '@gantry/state';
import { InFlight, isLongRunning } from './in-flight.ts';
import { parseRequestInfo } from './request/request-info.ts';
import { TestClient } from './testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from './testing/loopback-server.ts';
import { memoryRegistry } from './testing/memory-registry.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const somebody: UserInfo = { name: 'ann', groups: ['system:authenticated'] };
const administrator: UserInfo = { name: 'root', groups: ['system:masters'] };
const get = parseRequestInfo('GET', `${configMaps}/a`);
const post = parseRequestInfo('POST', configMaps);

async function inFlightNow(metrics: Metrics, kind: string): Promise<number> {
  const text = await metrics.getSingleMetricAsString('apiserver_current_inflight_requests');
  return Number(new RegExp(`request_kind="${kind}"} (\\d+)`).exec(text)?.[1]);
}

describe('slots', () => {
  const metrics = createMetrics({ processMetrics: false });
  let nowMs = 0;
  const slots = new InFlight({ readOnly: 2, mutating: 1 }, metrics, () => nowMs);

  it('are counted apart for reads and all others, and free again when disposed of', () => {
    const held = [slots.enter(get, somebody, 0), slots.enter(get, somebody, 0)];
    expect(() => slots.enter(get, somebody, 0)).toThrow('Too many requests, please try again later.');
    {
      using _slot = slots.enter(post, somebody, 0);
      expect(() => slots.enter(post, somebody, 0)).toThrow('Too many requests');
    }
    slots.enter(post, somebody, 0)![Symbol.dispose]();
    held.pop()![Symbol.dispose]();
    held.push(slots.enter(get, somebody, 0));
    for (const each of held) each![Symbol.dispose]();
  });

  it('are not needed by administrators', () => {
    using _slot = slots.enter(post, somebody, 0);
    expect(slots.enter(post, administrator, 0)).toBeUndefined();
    expect(() => slots.enter(post, somebody, 0)).toThrow('Too many requests');
  });

  it('tell the most that were taken in the last second', async () => {
    nowMs = 10_000;
    const held = [slots.enter(get, somebody, nowMs), slots.enter(get, somebody, nowMs)];
    for (const each of held) each![Symbol.dispose]();
    for (const [at, most] of [
      [10_900, 2],
      [11_900, 2],
      [13_000, 0],
    ] as const) {
      nowMs = at;
      expect(await inFlightNow(metrics, 'readOnly')).toBe(most);
    }
  });

  it('are without number where the limit is 0', () => {
    const endless = new InFlight(
      { readOnly: 0, mutating: 0 },
      createMetrics({ processMetrics: false }),
      () => 0,
    );
    for (let i = 0; i < 1000; i++) expect(endless.enter(post, somebody, 0)).toBeDefined();
  });
});

it.each([
  ['GET', '/api/v1/pods?watch=true', true],
  ['GET', '/api/v1/watch/pods', true],
  ['GET', '/api/v1/namespaces/a/pods/p/log', true],
  ['POST', '/api/v1/namespaces/a/pods/p/exec', true],
  ['POST', '/api/v1/namespaces/a/pods/p/attach', true],
  ['POST', '/api/v1/namespaces/a/pods/p/portforward', true],
  ['PUT', '/api/v1/namespaces/a/services/s/proxy/any/where', true],
  ['GET', '/api/v1/namespaces/a/pods/log', false],
  ['POST', '/api/v1/namespaces/a/pods/p/binding', false],
  ['GET', '/readyz', false],
])('%s %s is long-running: %s', (method, url, longRunning) => {
  expect(isLongRunning(parseRequestInfo(method, url))).toBe(longRunning);
});

/** A request that never sends the end of its body. */
interface SlowRequest {
  /** All that was answered so far. */
  readonly answer: string;
  leave(): void;
}

const slowHead = 'content-type: application/json\r\ncontent-length: 3000000\r\n\r\n';

describe('a server with all slots taken by slow bodies', () => {
  let metrics: Metrics;
  let server: LoopbackServer;
  let ann: TestClient;
  let admin: TestClient;
  let identity: { certificate: string; privateKey: string };
  let slow: SlowRequest[];
  beforeEach(async () => {
    metrics = createMetrics({ processMetrics: false });
    const allow = { authorize: () => ({ verdict: 'allow' as const }) };
    const { state } = memoryRegistry();
    const limits = { inFlight: { readOnly: 2, mutating: 3 }, requestTimeoutMs: 60_000 };
    server = await serveOnLoopback(state, { ...limits, metrics, authorizer: allow });
    ann = await TestClient.connect(server, 'ann', []);
    admin = await TestClient.connect(server);
    identity = await server.issue({ commonName: 'ann' });
    slow = [];
  });
  afterEach(async () => {
    for (const each of slow) each.leave();
    ann[Symbol.dispose]();
    admin[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  async function slowHttp1(query = ''): Promise<SlowRequest> {
    const { port } = new URL(server.url);
    const socket = await new Promise<TLSSocket>((resolve) => {
      const { certificate: cert, privateKey: key } = identity;
      const made = connect({ host: '127.0.0.1', port: Number(port), ca: server.ca, cert, key }, () =>
        resolve(made),
      );
    });
    const made = { answer: '', leave: () => socket.destroy() };
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => (made.answer += chunk.toString()));
    socket.write(`POST ${configMaps}${query} HTTP/1.1\r\nhost: x\r\n${slowHead}{"a":`);
    slow.push(made);
    return made;
  }

  function slowHttp2(session: ClientHttp2Session, query = ''): SlowRequest {
    const stream = session.request({
      ':method': 'POST',
      ':path': `${configMaps}${query}`,
      'content-type': 'application/json',
    });
    const made = { answer: '', leave: () => stream.destroy() };
    stream.on('error', () => undefined);
    stream.on('response', (headers) => (made.answer += `${headers[':status']} `));
    stream.on('data', (chunk: Buffer) => (made.answer += chunk.toString()));
    stream.write('{"a":');
    slow.push(made);
    return made;
  }

  function http2Session(): ClientHttp2Session {
    const { certificate: cert, privateKey: key } = identity;
    const session = connectHttp2(server.url, { ca: server.ca, cert, key });
    session.on('error', () => undefined);
    return session;
  }

  const make = (client: TestClient, name: string) =>
    client.request('POST', configMaps, { body: { metadata: { name } } });
  const mutating = () => inFlightNow(metrics, 'mutating');
  const taken = () => eventually(async () => (await mutating()) === 3);
  let names = 0;
  const recovered = () => eventually(async () => (await make(ann, `again-${names++}`)).status === 201);

  it('answers 429 to others, and all the same reads, health checks and administrators; and recovers when they go', async () => {
    for (let i = 0; i < 3; i++) await slowHttp1();
    await taken();
    const refused = await make(ann, 'refused');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json).toMatchObject({
      kind: 'Status',
      code: 429,
      reason: 'TooManyRequests',
      message: 'Too many requests, please try again later.',
      details: { retryAfterSeconds: 1 },
    });
    // One of them sends more than its share, and is not read.
    const late = await slowHttp1();
    await eventually(() => late.answer.startsWith('HTTP/1.1 429 '));
    expect((await ann.request('GET', configMaps)).status).toBe(200);
    expect((await ann.request('GET', '/readyz')).text).toBe('ok');
    expect((await make(admin, 'by-an-administrator')).status).toBe(201);
    const counted = await metrics.getSingleMetricAsString('apiserver_request_total');
    expect(counted).toMatch(/verb="POST".*resource="configmaps".*code="429"} 2/);
    for (const each of slow) each.leave();
    await recovered();
  });

  it('gets slots back from clients of HTTP/2 that go, one by one or with their connection', async () => {
    const session = http2Session();
    for (let i = 0; i < 3; i++) slowHttp2(session);
    await taken();
    expect((await make(ann, 'refused')).status).toBe(429);
    slow[0]!.leave();
    await recovered();
    slowHttp2(session);
    await eventually(async () => (await make(ann, 'refused')).status === 429);
    session.destroy();
    await recovered();
    expect((await make(ann, 'and-another')).status).toBe(201);
  });

  it.each(['HTTP/1.1', 'HTTP/2'])(
    'gets slots back from clients of %s that take too long',
    async (version) => {
      const session = version === 'HTTP/2' ? http2Session() : undefined;
      // What the client wants to wait at most ends its body, too: otherwise nobody would be left to pay for it.
      for (let i = 0; i < 3; i++)
        if (session) slowHttp2(session, '?timeout=300ms');
        else await slowHttp1('?timeout=300ms');
      await eventually(() =>
        slow.every(({ answer }) => answer.includes('504') && answer.includes('"Timeout"')),
      );
      await recovered();
      session?.destroy();
    },
  );

  it('gives a slot back whatever becomes of the request', async () => {
    for (const [method, path, body, code] of [
      ['POST', configMaps, 'no JSON', 400],
      ['POST', configMaps, '{"metadata":{"name":"A B"}}', 422],
      ['POST', configMaps, `"${'x'.repeat(4 << 20)}"`, 413],
      ['POST', '/api/v1/nothing', '{}', 404],
      ['PUT', configMaps, '{}', 405],
      ['DELETE', `${configMaps}/missing`, undefined, 404],
    ] as const)
      for (let i = 0; i < 4; i++) expect((await ann.request(method, path, { body })).status).toBe(code);
    await recovered();
  });

  it('gets slots back from readers that go before they have read it all', async () => {
    const data = { a: 'x'.repeat(900_000) };
    for (let i = 0; i < 20; i++)
      await admin.request('POST', configMaps, { body: { metadata: { name: `long-${i}` }, data } });
    const headers: Record<string, string>[] = [{}, { 'accept-encoding': 'gzip' }];
    for (const each of headers) {
      const session = http2Session();
      for (let i = 0; i < 2; i++) session.request({ ':path': configMaps, ...each }).pause();
      await eventually(async () => (await ann.request('GET', `${configMaps}/long-0`)).status === 429);
      session.destroy();
      await eventually(async () => (await ann.request('GET', `${configMaps}/long-0`)).status === 200);
      const going = new AbortController();
      const unread = [1, 2].map(() => ann.open('GET', configMaps, { headers: each }));
      for (const response of await Promise.all(unread))
        going.signal.addEventListener('abort', () => response.destroy());
      await eventually(async () => (await ann.request('GET', `${configMaps}/long-0`)).status === 429);
      going.abort();
      await eventually(async () => (await ann.request('GET', `${configMaps}/long-0`)).status === 200);
    }
  });
});
