import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMetrics, isStatus, seededRandom, silentLogger, StatusError, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type KubeObject, type V1Node, type V1Pod } from '@gantry/api';
import { Authority, createAuthority, publicKeyHash } from '@gantry/pki';
import { MemoryState } from '@gantry/state';
import {
  bootstrapTokenVerifier,
  fetchAuthority,
  joinCluster,
  NodeLinkClient,
  NodeLinkServer,
  nodeSubject,
  renewCertificate,
  type LinkHandlers,
  type NodeCredentials,
} from './index.ts';
import { openClient } from './client/join.ts';
import { nodeService, type AgentMessage, type ServerMessage } from './service.ts';

const token = 'abcdef.0123456789abcdef';

/** A server over memory on a port of its own, as an apiserver would have it. */
async function startServer() {
  const state = new MemoryState();
  const ca = new Authority(await createAuthority('kubernetes', Date.now()), Date.now);
  const serving = await ca.issue({
    commonName: 'kube-apiserver',
    usages: ['server'],
    dnsNames: ['kubernetes'],
  });
  const server = new NodeLinkServer({
    state,
    signer: ca,
    verifyToken: bootstrapTokenVerifier(state, systemClock),
    clusterInfo: {
      serverVersion: 'v1.36.0+gantry',
      clusterCidr: '10.42.0.0/16',
      serviceCidr: '10.43.0.0/16',
      clusterDomain: 'cluster.local',
    },
    clock: systemClock,
    log: silentLogger,
    metrics: createMetrics({ processMetrics: false }),
    random: seededRandom(2),
  });
  const stop = new AbortController();
  const running = server.run(stop.signal);
  const { port } = await server.listen({
    address: '127.0.0.1',
    port: 0,
    tls: { ca: ca.certificate, ...serving },
  });
  return { state, ca, server, address: `127.0.0.1:${port}`, running, stop };
}

/** A node that writes down what it is told. */
class Recorder implements LinkHandlers {
  readonly nodeName: string;
  readonly objects = new Map<string, KubeObject>();
  readonly order: string[] = [];
  node: V1Node;
  synced = 0;
  serve: LinkHandlers['onOpenStream'] = () => Promise.reject(new StatusError('NotFound', 'nothing here'));

  constructor(nodeName: string) {
    this.nodeName = nodeName;
    this.node = {
      metadata: { name: nodeName, labels: { 'kubernetes.io/hostname': nodeName } },
      status: { capacity: { cpu: '2' }, conditions: [{ type: 'Ready', status: 'True' }] },
    } as unknown as V1Node;
  }
  hello = () => this.node;
  onWelcome = () => this.order.push('welcome');
  onObject = (resource: string, object: KubeObject) => {
    this.objects.set(`${resource}/${object.metadata.name}`, object);
    this.order.push(`${resource}/${object.metadata.name}`);
  };
  onGone = (resource: string, { name }: { name: string }) => {
    this.objects.delete(`${resource}/${name}`);
    this.order.push(`-${resource}/${name}`);
  };
  onSynced = () => {
    this.synced++;
    this.order.push('synced');
  };
  onOpenStream: LinkHandlers['onOpenStream'] = (request, accept) => this.serve(request, accept);
}

const pod = (name: string, nodeName: string, secret?: string): V1Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { namespace: 'default', name, uid: `uid-${name}` },
  spec: {
    nodeName,
    containers: [{ name: 'main', image: 'x' }],
    ...(secret ? { volumes: [{ name: 'v', secret: { secretName: secret } }] } : {}),
  },
});
const secret = (name: string): KubeObject =>
  ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { namespace: 'default', name },
    data: { k: 'dg==' },
  }) as KubeObject;

describe('the connection between a node and the server', () => {
  let on: Awaited<ReturnType<typeof startServer>>;
  const stop: AbortController[] = [];

  beforeEach(async () => {
    on = await startServer();
    await on.state.create(kinds.secret, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { namespace: 'kube-system', name: 'bootstrap-token-abcdef' },
      type: 'bootstrap.kubernetes.io/token',
      data: Object.fromEntries(
        Object.entries({
          'token-id': 'abcdef',
          'token-secret': '0123456789abcdef',
          'usage-bootstrap-authentication': 'true',
          expiration: new Date(Date.now() + 60_000).toISOString(),
        }).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
      ),
    });
  });
  afterEach(async () => {
    for (const each of stop.splice(0)) each.abort();
    on.stop.abort();
    await on.running;
  });

  const credentialsOf = async (nodeName: string): Promise<NodeCredentials> => {
    const pair = await on.ca.issue({ ...nodeSubject(nodeName), usages: ['client'] });
    return { ca: on.ca.certificate, ...pair };
  };
  const connect = async (nodeName: string, recorder = new Recorder(nodeName), servers = [on.address]) => {
    const credentials = await credentialsOf(nodeName);
    const client = new NodeLinkClient({
      servers,
      credentials: () => credentials,
      agentVersion: 'test',
      clock: systemClock,
      log: silentLogger,
      random: seededRandom(3),
    });
    const abort = new AbortController();
    stop.push(abort);
    void client.run(recorder, abort.signal);
    await eventually(() => recorder.synced > 0, { what: 'the first sync' });
    return { client, recorder, abort };
  };

  /** An agent that says whatever it likes. */
  const hostile = async (nodeName: string) => {
    const client = openClient(on.address, await credentialsOf(nodeName));
    const { path, requestSerialize, responseDeserialize } = nodeService.session;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    call.on('error', () => undefined);
    const json = (value: unknown) => Buffer.from(JSON.stringify(value));
    const acks = new Map<number, string>();
    const welcomed = Promise.withResolvers<void>();
    call.on('data', ({ ack, welcome }: ServerMessage) => {
      if (ack) acks.set(Number(ack.sequence ?? 0), ack.reason ?? '');
      if (welcome) welcomed.resolve();
    });
    call.write({ hello: { node: json({ metadata: { name: nodeName }, status: {} }) } });
    await welcomed.promise;
    return { call, json, acks, [Symbol.dispose]: () => client.close() };
  };

  it('gives a certificate for a valid token, and checks the CA by the hash in it', async () => {
    const ca = await fetchAuthority(on.address, publicKeyHash(on.ca.certificate));
    const joined = await joinCluster({ servers: [on.address], token, nodeName: 'n1', ca });
    expect(joined.certificate).toContain('BEGIN CERTIFICATE');
    const renewed = await renewCertificate([on.address], 'n1', joined);
    expect(renewed.certificate).not.toBe(joined.certificate);
  });

  it('does not believe a server whose CA has another key', async () => {
    await expect(fetchAuthority(on.address, '0'.repeat(64))).rejects.toMatchObject({ reason: 'Forbidden' });
  });

  it.each([
    ['a wrong secret', 'abcdef.0123456789abcdeX'.toLowerCase()],
    ['an unknown id', 'zzzzzz.0123456789abcdef'],
    ['something else', 'hello'],
  ])('refuses to join with %s', async (_what, wrong) => {
    await expect(
      joinCluster({ servers: [on.address], token: wrong, nodeName: 'n1', ca: on.ca.certificate }),
    ).rejects.toMatchObject({ reason: 'Unauthorized' });
  });

  it('refuses an expired token, and one not meant for authentication', async () => {
    for (const change of [
      { expiration: Buffer.from('2020-01-01T00:00:00Z').toString('base64') },
      { 'usage-bootstrap-authentication': Buffer.from('false').toString('base64') },
    ]) {
      const name = { namespace: 'kube-system', name: 'bootstrap-token-abcdef' };
      const { object } = await on.state.get(kinds.secret, name);
      await on.state.update(kinds.secret, {
        ...object,
        data: { ...object.data, ...(change as unknown as Record<string, string>) },
      });
      await expect(
        joinCluster({ servers: [on.address], token, nodeName: 'n1', ca: on.ca.certificate }),
      ).rejects.toMatchObject({ reason: 'Unauthorized' });
      const { object: now } = await on.state.get(kinds.secret, name);
      await on.state.update(kinds.secret, { ...object, metadata: now.metadata });
    }
  });

  it('refuses to join under the name of a connected node, and lets a disconnected one join anew', async () => {
    const join = () => joinCluster({ servers: [on.address], token, nodeName: 'n1', ca: on.ca.certificate });
    const { abort, recorder } = await connect('n1');
    await expect(join()).rejects.toMatchObject({
      reason: 'AlreadyExists',
      message: expect.stringContaining('node "n1" is connected'),
    });
    // Nobody learns without a token who is connected.
    await expect(
      joinCluster({
        servers: [on.address],
        token: 'zzzzzz.0123456789abcdef',
        nodeName: 'n1',
        ca: on.ca.certificate,
      }),
    ).rejects.toMatchObject({ reason: 'Unauthorized' });
    expect(on.server.connected('n1')).toBe(true);
    expect(recorder.synced).toBe(1);
    abort.abort();
    await eventually(() => !on.server.connected('n1'));
    expect((await join()).certificate).toContain('BEGIN CERTIFICATE');
  });

  it('slows down who tries to join over and over', async () => {
    const tries = Array.from({ length: 40 }, () =>
      joinCluster({
        servers: [on.address],
        token: 'aaaaaa.aaaaaaaaaaaaaaaa',
        nodeName: 'n1',
        ca: on.ca.certificate,
      }).catch((error: StatusError) => error.reason),
    );
    expect(await Promise.all(tries)).toContain('TooManyRequests');
  });

  it('answers nothing but Join without a certificate, nor to certificates that are not of nodes', async () => {
    const call = (
      credentials: { ca: string; certificate?: string; privateKey?: string },
      method: 'session' | 'stream',
    ) =>
      new Promise<number>((resolve) => {
        const client = openClient(on.address, credentials);
        const { path, requestSerialize, responseDeserialize } = nodeService[
          method
        ] as typeof nodeService.session;
        const stream = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
        stream.on('data', () => undefined);
        stream.on('error', () => undefined);
        stream.on('status', ({ code }) => {
          client.close();
          resolve(code);
        });
        stream.write({});
      });
    const admin = await on.ca.issue({
      commonName: 'kubernetes-admin',
      organizations: ['system:masters'],
      usages: ['client'],
    });
    const impostor = new Authority(await createAuthority('kubernetes', Date.now()), Date.now);
    const forged = await impostor.issue({ ...nodeSubject('n1'), usages: ['client'] });
    const ca = on.ca.certificate;
    for (const method of ['session', 'stream'] as const) {
      expect(await call({ ca }, method)).toBe(16);
      expect(await call({ ca, ...forged }, method)).toBe(16);
      expect(await call({ ca, ...admin }, method)).toBe(7);
    }
  });

  it('registers the node and sends it what it needs, Secrets before the pods that name them', async () => {
    await on.state.create(kinds.secret, secret('s1'));
    await on.state.create(kinds.secret, secret('unused'));
    await on.state.create(kinds.pod, pod('p1', 'n1', 's1'));
    await on.state.create(kinds.pod, pod('other', 'n2'));
    const { recorder } = await connect('n1');
    expect([...recorder.objects.keys()].sort()).toEqual(['nodes/n1', 'pods/p1', 'secrets/s1']);
    expect(recorder.order.indexOf('secrets/s1')).toBeLessThan(recorder.order.indexOf('pods/p1'));
    expect((await on.state.get(kinds.node, { name: 'n1' })).object.status?.capacity).toEqual({ cpu: '2' });

    await on.state.create(kinds.secret, secret('s2'));
    await on.state.create(kinds.pod, pod('p2', 'n1', 's2'));
    await eventually(() => recorder.objects.has('pods/p2'));
    expect(recorder.order.slice(-2)).toEqual(['secrets/s2', 'pods/p2']);
    await on.state.delete(kinds.pod, { namespace: 'default', name: 'p2' }, { gracePeriodSeconds: 0 });
    await eventually(() => !recorder.objects.has('secrets/s2') && !recorder.objects.has('pods/p2'));
  });

  it('renews the lease of the node with each heartbeat', async () => {
    const { client } = await connect('n1');
    const name = { namespace: 'kube-node-lease', name: 'n1' };
    const first = await eventually(() => on.state.get(kinds.lease, name).catch(() => undefined));
    client.heartbeat();
    await eventually(async () => (await on.state.get(kinds.lease, name)).revision > first.revision);
    expect(first.object.metadata.ownerReferences?.[0]?.name).toBe('n1');
  });

  it('writes the status of a pod of the node and keeps the conditions of others', async () => {
    await on.state.create(kinds.pod, {
      ...pod('p1', 'n1'),
      status: {
        conditions: [
          { type: 'PodScheduled', status: 'True' },
          { type: 'example.com/gate', status: 'True' },
        ],
      },
    });
    const { client } = await connect('n1');
    client.sendPodStatus(
      { namespace: 'default', name: 'p1', uid: 'uid-p1' },
      {
        phase: 'Running',
        conditions: [
          { type: 'Ready', status: 'True' },
          { type: 'example.com/gate', status: 'False' },
        ],
      },
    );
    await eventually(() => client.unacknowledged === 0);
    const { status } = (await on.state.get(kinds.pod, { namespace: 'default', name: 'p1' })).object;
    expect(status?.phase).toBe('Running');
    expect(Object.fromEntries(status!.conditions!.map(({ type, status }) => [type, status]))).toEqual({
      Ready: 'True',
      PodScheduled: 'True',
      'example.com/gate': 'True',
    });
  });

  it.each([
    ['a phase that is a number', { phase: 7, containerStatuses: 'x' }],
    ['a phase that is none', { phase: 'Dancing' }],
    ['conditions without a status', { conditions: [{ type: 'Ready' }] }],
    ['a container status without a name', { containerStatuses: [{ restartCount: 1 }] }],
    ['a time that is none', { startTime: 'yesterday' }],
    ['more than half a MiB', { message: 'x'.repeat(600 << 10) }],
    ['a list in place of a status', []],
  ])('refuses a pod status with %s, and goes on with the session', async (_what, wrong) => {
    await on.state.create(kinds.pod, { ...pod('p1', 'n1'), status: { phase: 'Pending' } });
    using agent = await hostile('n1');
    const of = { namespace: 'default', name: 'p1', uid: 'uid-p1' };
    const name = { namespace: 'default', name: 'p1' };
    agent.call.write({ podStatus: { ...of, sequence: 1, status: agent.json(wrong) } });
    await eventually(() => agent.acks.has(1));
    expect(agent.acks.get(1)).toBe('Invalid');
    expect((await on.state.get(kinds.pod, name)).object.status).toEqual({ phase: 'Pending' });
    const right = { phase: 'Running', notOfTheModel: 1, hostIP: null };
    agent.call.write({ podStatus: { ...of, sequence: 2, status: agent.json(right) } });
    await eventually(() => agent.acks.has(2));
    expect(agent.acks.get(2)).toBe('');
    expect((await on.state.get(kinds.pod, name)).object.status).toEqual({ phase: 'Running', conditions: [] });
  });

  it('stores neither a node status nor an event of wrong types', async () => {
    using agent = await hostile('n1');
    const involvedObject = { kind: 'Node', name: 'n1' };
    for (const status of [{ capacity: { cpu: [] } }, { addresses: 'here' }, { images: [{ names: 1 }] }])
      agent.call.write({ nodeStatus: { status: agent.json(status) } });
    agent.call.write({ event: { event: agent.json({ involvedObject, reason: ['x'] }) } });
    let deep: object = { involvedObject, reason: 'Deep' };
    for (let level = 0; level < 100; level++) deep = { series: deep };
    agent.call.write({ event: { event: agent.json(deep) } });
    agent.call.write({ event: { event: agent.json({ involvedObject, reason: 'Right' }) } });
    agent.call.write({ nodeStatus: { status: agent.json({ capacity: { cpu: 0.5 } }) } });
    await eventually(async () => (await on.state.list(kinds.event)).entries.length > 0);
    const { status } = await eventually(async () => {
      const { object } = await on.state.get(kinds.node, { name: 'n1' });
      return object.status?.capacity ? object : undefined;
    });
    expect(status).toEqual({ capacity: { cpu: '500m' }, conditions: [] });
    const { entries } = await on.state.list(kinds.event);
    expect(entries.map(({ object }) => object.reason)).toEqual(['Right']);
  });

  it('does not listen to an agent that reports and does not read, until it reads', async () => {
    // HTTP/2 by hand: gRPC's own client stops by itself when what it has sent is not answered.
    const { ca, certificate: cert, privateKey: key } = await credentialsOf('n1');
    const agent = connectHttp2(`https://${on.address}`, { ca, cert, key, servername: 'kubernetes' });
    const { path, requestSerialize } = nodeService.session;
    const call = agent.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const write = async (message: AgentMessage) => {
      const body = requestSerialize(message);
      const head = Buffer.alloc(5);
      head.writeUInt32BE(body.length, 1);
      if (!call.write(Buffer.concat([head, body]))) await once(call, 'drain');
    };
    try {
      await write({ hello: { node: Buffer.from(JSON.stringify({ metadata: { name: 'n1' } })) } });
      await eventually(() => on.server.connected('n1'));
      const total = 30_000;
      const status = Buffer.from(`"${'x'.repeat(200)}"`);
      let sent = 0;
      const sending = (async () => {
        for (const of = { namespace: 'default', name: 'p1', uid: 'u' }; sent < total; sent++)
          await write({ podStatus: { ...of, sequence: sent + 1, status } });
      })();
      let before = -1;
      await eventually(() => before === (before = sent) && sent > 4_096, { everyMs: 500 });
      expect(sent).toBeLessThan(total / 2);
      call.resume();
      await sending;
      expect(on.server.connected('n1')).toBe(true);
    } finally {
      agent.destroy();
    }
  });

  it('lets a node touch nothing that is not its own', async () => {
    await on.state.create(kinds.pod, pod('mine', 'n1'));
    await on.state.create(kinds.pod, pod('theirs', 'n2'));
    const { client, recorder } = await connect('n1');
    const before = (await on.state.list(kinds.pod)).revision;
    client.sendPodStatus({ namespace: 'default', name: 'theirs', uid: 'uid-theirs' }, { phase: 'Failed' });
    client.sendPodStatus({ namespace: 'default', name: 'mine', uid: 'another' }, { phase: 'Failed' });
    client.podTerminated({ namespace: 'default', name: 'theirs', uid: 'uid-theirs' });
    // Its own, but nobody asked for its deletion.
    client.podTerminated({ namespace: 'default', name: 'mine', uid: 'uid-mine' });
    for (const involvedObject of [
      { kind: 'Pod', namespace: 'default', name: 'theirs', uid: 'uid-theirs' },
      { kind: 'Node', name: 'n2' },
      { kind: 'Secret', namespace: 'kube-system', name: 'bootstrap-token-abcdef' },
    ])
      client.event({ involvedObject, reason: 'Fake', message: 'm' });
    client.event({
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'mine', uid: 'uid-mine' },
      reason: 'True',
      message: 'm',
    });
    await eventually(() => client.unacknowledged === 0);
    const events = await eventually(async () => {
      const { entries } = await on.state.list(kinds.event);
      return entries.length > 0 ? entries : undefined;
    });
    expect(events.map(({ object }) => object.reason)).toEqual(['True']);
    const pods = await on.state.list(kinds.pod);
    for (const { object, revision } of pods.entries) {
      expect(object.status?.phase).toBeUndefined();
      expect(revision).toBeLessThanOrEqual(before);
    }
    expect(recorder.synced).toBe(1);
  });

  it.each([
    ['another name', { metadata: { name: 'n2' } }],
    [
      'a label it may not take',
      { metadata: { name: 'n1', labels: { 'node-restriction.kubernetes.io/x': 'y' } } },
    ],
    ['a role', { metadata: { name: 'n1', labels: { 'node-role.kubernetes.io/control-plane': '' } } }],
  ])('does not register a node under %s', async (_what, node) => {
    const credentials = await credentialsOf('n1');
    const client = openClient(on.address, credentials);
    const { path, requestSerialize, responseDeserialize } = nodeService.session;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    const code = new Promise((resolve) =>
      call.on('error', (error) => resolve((error as { code?: number }).code)),
    );
    call.on('data', () => undefined);
    call.write({ hello: { node: Buffer.from(JSON.stringify(node)) } });
    expect(await code).toBe(7);
    client.close();
    expect((await on.state.list(kinds.node)).entries).toEqual([]);
  });

  it('counts up an event that is said again', async () => {
    await on.state.create(kinds.pod, pod('p1', 'n1'));
    const { client } = await connect('n1');
    const event = {
      involvedObject: { kind: 'Pod', namespace: 'default', name: 'p1', uid: 'uid-p1' },
      reason: 'BackOff',
      message: 'again',
    };
    client.event(event);
    await eventually(async () => (await on.state.list(kinds.event)).entries.length === 1);
    client.event(event);
    await eventually(async () => (await on.state.list(kinds.event)).entries[0]?.object.count === 2);
  });

  it('removes the object of a pod being deleted when the node says it is gone', async () => {
    await on.state.create(kinds.pod, {
      ...pod('p1', 'n1'),
      metadata: { ...pod('p1', 'n1').metadata, deletionTimestamp: '2026-01-01T00:00:00Z' },
    } as V1Pod);
    const { client, recorder } = await connect('n1');
    client.podTerminated({ namespace: 'default', name: 'p1', uid: 'uid-p1' });
    await eventually(() => !recorder.objects.has('pods/p1'));
    expect((await on.state.list(kinds.pod)).entries).toEqual([]);
  });

  it('says again after a broken connection what was not acknowledged, and tells what went meanwhile', async () => {
    await on.state.create(kinds.pod, pod('p1', 'n1'));
    await on.state.create(kinds.pod, pod('p2', 'n1'));
    const { client, recorder } = await connect('n1');
    client.reconnect();
    await on.state.delete(kinds.pod, { namespace: 'default', name: 'p2' }, { gracePeriodSeconds: 0 });
    client.sendPodStatus({ namespace: 'default', name: 'p1', uid: 'uid-p1' }, { phase: 'Pending' });
    client.sendPodStatus({ namespace: 'default', name: 'p1', uid: 'uid-p1' }, { phase: 'Running' });
    await eventually(() => recorder.synced >= 2 && client.unacknowledged === 0);
    expect(recorder.objects.has('pods/p2')).toBe(false);
    expect((await on.state.get(kinds.pod, { namespace: 'default', name: 'p1' })).object.status?.phase).toBe(
      'Running',
    );
  });

  it('goes on to the next server when one does not answer', async () => {
    const { recorder } = await connect('n1', new Recorder('n1'), ['127.0.0.1:1', on.address]);
    expect(recorder.synced).toBe(1);
  });

  it('carries a stream both ways, in order, with its back-pressure', async () => {
    const recorder = new Recorder('n1');
    let sent = 0;
    const total = 400;
    recorder.serve = async (request, accept) => {
      expect(request.exec?.command).toEqual(['cat']);
      const stream = accept();
      for await (const { data } of stream.incoming) {
        expect(Buffer.from(data).toString()).toBe('go');
        break;
      }
      for (let i = 0; i < total; i++) {
        await stream.send({ channel: 1, data: Buffer.alloc(64 << 10, i % 251) });
        sent++;
      }
      await stream.send({ channel: 3, data: Buffer.from('{}'), end: true });
    };
    await connect('n1', recorder);
    expect(on.server.connected('n1')).toBe(true);
    const stream = await on.server.open('n1', { exec: { command: ['cat'] } }, AbortSignal.timeout(60_000));
    await stream.send({ channel: 0, data: Buffer.from('go') });
    const incoming = stream.incoming[Symbol.asyncIterator]();
    expect((await incoming.next()).value.data[0]).toBe(0);
    // Nobody reads: what is under way is bounded, whatever the sender has left to say.
    let before = -1;
    await eventually(() => before === (before = sent), { everyMs: 100 });
    expect(sent).toBeLessThan(total / 2);
    let received = 1;
    for (let next = await incoming.next(); !next.done; next = await incoming.next())
      if (next.value.channel === 1) expect(next.value.data[0]).toBe(received++ % 251);
    expect(received).toBe(total);
    await stream[Symbol.asyncDispose]();
  });

  it('ends the stream of the node when the server leaves, and the other way round', async () => {
    const recorder = new Recorder('n1');
    const over = Promise.withResolvers<string>();
    recorder.serve = async (_request, accept) => {
      try {
        for await (const _chunk of accept().incoming);
        over.resolve('ended');
      } catch (error) {
        over.resolve((error as Error).message);
      }
    };
    const { client } = await connect('n1', recorder);
    const stream = await on.server.open('n1', { logs: {} }, AbortSignal.timeout(60_000));
    await stream[Symbol.asyncDispose]();
    await over.promise;
    recorder.serve = (_request, accept) => {
      accept();
      return new Promise(() => undefined);
    };
    const second = await on.server.open('n1', { logs: {} }, AbortSignal.timeout(60_000));
    client.reconnect();
    const last = await (async () => {
      for await (const _chunk of second.incoming);
      return 'ended';
    })().catch((error: unknown) => isStatus(error) && error.reason);
    expect(last).toBe('ServiceUnavailable');
  });

  it('passes on the refusal of a node with its code', async () => {
    await connect('n1');
    await expect(on.server.open('n1', { logs: {} }, AbortSignal.timeout(60_000))).rejects.toMatchObject({
      reason: 'NotFound',
      message: 'nothing here',
    });
    await expect(on.server.open('n9', { logs: {} }, AbortSignal.timeout(60_000))).rejects.toMatchObject({
      reason: 'ServiceUnavailable',
    });
  });

  it('binds the id of a stream to the node that was asked', async () => {
    const first = new Recorder('n1');
    const asked = Promise.withResolvers<string>();
    first.serve = (request) => {
      asked.resolve(request.id!);
      return new Promise(() => undefined);
    };
    await connect('n1', first);
    const abort = new AbortController();
    const opening = on.server.open('n1', { logs: {} }, abort.signal).catch((error: unknown) => error);
    const id = await asked.promise;
    const credentials = await credentialsOf('n2');
    const client = openClient(on.address, credentials);
    const { Metadata } = await import('@grpc/grpc-js');
    const metadata = new Metadata();
    metadata.set('gantry-stream-id', id);
    const { path, requestSerialize, responseDeserialize } = nodeService.stream;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize, metadata);
    call.on('data', () => undefined);
    expect(
      await new Promise((resolve) => call.on('error', (error) => resolve((error as { code?: number }).code))),
    ).toBe(5);
    client.close();
    abort.abort();
    expect(await opening).toMatchObject({ reason: 'ServiceUnavailable' });
  });
});
