import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics, isStatus, silentLogger, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { Authority, createAuthority } from '@gantry/pki';
import { kindList, kinds, type V1ConfigMap } from '@gantry/api';
import { CachedState } from '../cached/cached-state.ts';
import { startEtcd, type EtcdProcess } from '../testing/etcd-process.ts';
import { Recorder, stateContract } from '../testing/state-contract.ts';
import { runCompactor } from './compactor.ts';
import type { EtcdClient } from './etcd-client.ts';
import { DirectEtcdClient } from './direct-etcd-client.ts';
import { Etcd3Client } from './etcd3-client.ts';
import { EtcdState } from './etcd-state.ts';

let etcd: EtcdProcess;
beforeAll(async () => {
  etcd = await startEtcd();
});
afterAll(() => etcd[Symbol.asyncDispose]());

const common = { clock: systemClock, log: silentLogger };
/** By default a deadline that no busy machine reaches. */
const clients: Record<string, (deadlineMs?: number) => EtcdClient> = {
  etcd3: (deadlineMs = 60_000) => new Etcd3Client({ endpoints: [etcd.endpoint], deadlineMs }, systemClock),
  'etcd3 and calls on HTTP/2': (deadlineMs = 60_000) =>
    new DirectEtcdClient({ endpoints: [etcd.endpoint], deadlineMs }, systemClock),
  'etcd3 and calls on HTTP/2, by a socket': (deadlineMs = 60_000) =>
    new DirectEtcdClient({ endpoints: [etcd.socketEndpoint], deadlineMs }, systemClock),
};
const etcdctl = async (...args: string[]): Promise<string> => {
  const { stdout } = await promisify(execFile)('etcdctl', ['--endpoints', etcd.endpoint, ...args], {
    env: { ...process.env, ETCDCTL_API: '3' },
  });
  return stdout;
};
const config = (name: string, v = '1'): V1ConfigMap => ({
  metadata: { namespace: 'one', name },
  data: { v },
});

for (const [name, makeClient] of Object.entries(clients)) {
  const open = (deadlineMs?: number) => new EtcdState(makeClient(deadlineMs), common);
  const openCached = async (below = open()) => {
    const cached = new CachedState(below, { ...common, kinds: kindList });
    const stop = new AbortController();
    const running = cached.run(stop.signal);
    await cached.ready;
    return {
      below,
      cached,
      state: cached,
      [Symbol.asyncDispose]: async () => {
        stop.abort();
        await running;
        below[Symbol.dispose]();
      },
    };
  };
  const empty = () => etcdctl('del', '--prefix', '/registry/');

  stateContract(`EtcdState over ${name}`, async () => {
    await empty();
    const state = open();
    return { state, [Symbol.asyncDispose]: async () => state[Symbol.dispose]() };
  });

  stateContract(`CachedState over EtcdState over ${name}`, async () => {
    await empty();
    return openCached();
  });

  describe(`EtcdState over ${name}`, () => {
    afterEach(empty);

    it('lays keys and values out as kube-apiserver does', async () => {
      using state = open();
      const { revision } = await state.create(kinds.configMap, config('a'));
      const written = JSON.parse(await etcdctl('get', '-w', 'json', '/registry/configmaps/one/a')) as {
        kvs: { value: string; mod_revision: number }[];
      };
      const value = Buffer.from(written.kvs[0]!.value, 'base64').toString();
      expect(value).toMatch(/^\{"kind":"ConfigMap","apiVersion":"v1","metadata":\{"/);
      expect(value).not.toContain('resourceVersion');
      expect(BigInt(written.kvs[0]!.mod_revision)).toBe(revision);
      await state.create(kinds.service, {
        metadata: { namespace: 'one', name: 's' },
        spec: {},
      });
      expect(await etcdctl('get', '--keys-only', '--prefix', '/registry/services/')).toContain(
        '/registry/services/specs/one/s',
      );
    });

    it('reads more than one gRPC message holds', async () => {
      using state = open();
      const value = 'y'.repeat(64 * 1024);
      await Promise.all(
        Array.from({ length: 100 }, (_, i) => state.create(kinds.configMap, config(`big-${i}`, value))),
      );
      expect((await state.list(kinds.configMap)).entries).toHaveLength(100);
    });

    it('refuses an object that is too large for etcd, and works on', async () => {
      using state = open();
      await expect(
        state.create(kinds.configMap, config('huge', 'y'.repeat(3 * 1024 * 1024))),
      ).rejects.toSatisfy((error) => isStatus(error, 'RequestEntityTooLarge'));
      await state.create(kinds.configMap, config('a'));
    });

    it('says Expired for what was compacted away, and a cache reads it all again', async () => {
      await using subject = await openCached();
      const { below, cached } = subject;
      const { revision } = await cached.create(kinds.configMap, config('a'));
      const page = await below.list(kinds.configMap, { limit: 1, namespace: 'one' });
      expect(page.continue).toBeUndefined();
      const last = await cached.update(kinds.configMap, config('a', '2'));
      await etcdctl('compact', String(last.revision));
      await expect(
        below.list(kinds.configMap, { resourceVersion: String(revision), resourceVersionMatch: 'Exact' }),
      ).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
      const watch = below.watch(kinds.configMap, { resourceVersion: String(revision - 1n) }, () => undefined);
      await expect(watch.done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
    });

    it('gives Events a lease that ends after an hour', async () => {
      using state = open();
      for (const name of ['a', 'b'])
        await state.create(kinds.event, { metadata: { namespace: 'one', name }, involvedObject: {} });
      await state.create(kinds.configMap, config('a'));
      const kvs = async (key: string) =>
        (JSON.parse(await etcdctl('get', '-w', 'json', '--prefix', key)) as { kvs: { lease?: number }[] })
          .kvs;
      const events = await kvs('/registry/events/');
      expect(events[0]!.lease).toBeGreaterThan(0);
      expect(events[0]!.lease).toBe(events[1]!.lease);
      expect((await kvs('/registry/configmaps/'))[0]!.lease).toBeUndefined();
    });

    it('compacts to where the round before was, by one of two', async () => {
      using client = makeClient();
      using state = new EtcdState(makeClient(), common);
      await etcdctl('del', 'compact_rev_key');
      const { revision } = await state.create(kinds.configMap, config('a'));
      await state.update(kinds.configMap, config('a', '2'));
      const stop = new AbortController();
      const options = { client, ...common, intervalMs: 20 };
      const running = [runCompactor(options, stop.signal), runCompactor(options, stop.signal)];
      await eventually(() =>
        state
          .list(kinds.configMap, { resourceVersion: String(revision), resourceVersionMatch: 'Exact' })
          .then(
            () => false,
            (error) => isStatus(error, 'Expired'),
          ),
      );
      stop.abort();
      await Promise.all(running);
    });

    it('counts and times what it asks of etcd', async () => {
      const metrics = createMetrics({ processMetrics: false });
      using state = new EtcdState(makeClient(), { ...common, metrics });
      await state.create(kinds.configMap, config('a'));
      const text = await metrics.metrics();
      expect(text).toContain('etcd_requests_total{operation="create",type="configmaps",status="success"} 1');
      expect(text).toContain('etcd_request_duration_seconds_count{operation="create",type="configmaps"} 1');
    });

    it('survives a kill of etcd: quick failures, reads from the cache, nothing lost, no restart', async () => {
      await using subject = await openCached();
      const { below, cached } = subject;
      await cached.create(kinds.configMap, config('a'));
      const seen = new Recorder<V1ConfigMap>();
      using _watch = cached.watch(kinds.configMap, { namespace: 'one' }, seen.receive);
      await eventually(() => seen.lines.length === 2);
      await etcd.kill();
      const started = performance.now();
      await expect(cached.create(kinds.configMap, config('b'))).rejects.toSatisfy((error) =>
        isStatus(error, 'ServiceUnavailable'),
      );
      expect(performance.now() - started).toBeLessThan(30_000); // not what the deadline is there for
      await eventually(() => !cached.healthy);
      await expect(below.probe()).rejects.toSatisfy((error) => isStatus(error, 'ServiceUnavailable'));
      expect((await cached.get(kinds.configMap, { namespace: 'one', name: 'a' })).object.data).toEqual({
        v: '1',
      });
      await etcd.start();
      await etcdctl('put', '/registry/configmaps/one/c', JSON.stringify(config('c')));
      await eventually(() => cached.create(kinds.configMap, config('d')));
      await eventually(() => seen.lines.length === 4);
      expect(seen.lines).toEqual(['init a=1', 'initDone', 'added c=1', 'added d=1']);
      await eventually(() => cached.healthy);
      await below.probe();
    });

    it('does not wait for ever for an etcd that hangs', async () => {
      using state = open();
      using hasty = open(2_000);
      await state.create(kinds.configMap, config('a'));
      await eventually(() => hasty.get(kinds.configMap, { namespace: 'one', name: 'a' }));
      await etcd.stand();
      try {
        await expect(hasty.update(kinds.configMap, config('a', '2'))).rejects.toSatisfy((error) =>
          isStatus(error, 'ServiceUnavailable'),
        );
      } finally {
        etcd.proceed();
      }
      await eventually(() => state.update(kinds.configMap, config('a', '3')));
    });
  });
}

it('goes by another endpoint while the socket is gone, and by the socket again when there is one', async () => {
  await using own = await startEtcd();
  const { pathname } = new URL(own.socketEndpoint);
  using state = await EtcdState.open({ endpoints: [own.socketEndpoint, own.endpoint] }, common);
  const cached = new CachedState(state, { ...common, kinds: kindList });
  const stop = new AbortController();
  const running = cached.run(stop.signal);
  try {
    await cached.ready;
    await cached.create(kinds.configMap, config('a'));
    // As if it had been started again in another folder: it comes back without the socket.
    await own.kill();
    await own.start();
    await rm(pathname);
    await eventually(() => cached.create(kinds.configMap, config('b')));
    await eventually(async () => (await cached.list(kinds.configMap)).entries.length === 2);
    await own.kill();
    await own.start();
    await eventually(() => cached.create(kinds.configMap, config('c')));
    await eventually(async () => (await cached.list(kinds.configMap)).entries.length === 3);
  } finally {
    stop.abort();
    await running;
  }
});

it('speaks TLS with a certificate of its own to one of several endpoints', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gantry-etcd-tls-'));
  try {
    const ca = await createAuthority('etcd-ca', Date.now());
    const authority = new Authority(ca, () => Date.now());
    const file = async (name: string, text: string): Promise<string> => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const pair = async (name: string) => {
      const { certificate, privateKey } = await authority.issue({
        commonName: name,
        usages: ['server', 'client'],
        ipAddresses: ['127.0.0.1'],
      });
      return {
        certFile: await file(`${name}.crt`, certificate),
        keyFile: await file(`${name}.key`, privateKey),
      };
    };
    const caFile = await file('ca.crt', ca.certificate);
    await using secured = await startEtcd({ tls: { caFile, ...(await pair('server')) } });
    const { certFile, keyFile } = await pair('client');
    const nobody = 'https://127.0.0.1:1';
    using state = await EtcdState.open(
      { endpoints: [nobody, secured.endpoint], caFile, certFile, keyFile },
      common,
    );
    for (let i = 0; i < 20; i++) {
      await state.create(kinds.configMap, config(`a-${i}`));
      await state.get(kinds.configMap, { namespace: 'one', name: `a-${i}` });
    }
    using stranger = await EtcdState.open({ endpoints: [secured.endpoint], caFile }, common);
    await expect(stranger.probe()).rejects.toSatisfy((error) => isStatus(error, 'ServiceUnavailable'));
  } finally {
    await rm(folder, { recursive: true });
  }
});
