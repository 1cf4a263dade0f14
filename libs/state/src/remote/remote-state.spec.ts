import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics, isStatus } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type V1ConfigMap } from '@gantry/api';
import { Recorder } from '../testing/state-contract.ts';
import { jsonLines } from './json-lines.ts';
import { loadKubeconfig } from './kubeconfig.ts';
import { RemoteClient } from './remote-client.ts';
import { RemoteState, resourcePath } from './remote-state.ts';

// The answers are transcripts of what a kube-apiserver sends.
const item = (name: string, resourceVersion: string, v = '1') => ({
  metadata: {
    name,
    namespace: 'one',
    uid: `u-${name}`,
    resourceVersion,
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  data: { v },
});
const list = {
  kind: 'ConfigMapList',
  apiVersion: 'v1',
  metadata: { resourceVersion: '10' },
  items: [item('a', '7')],
};
const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const metrics = createMetrics({ processMetrics: false });

async function serve(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      asked.push(`${request.method} ${request.url}`);
      answer(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const state = new RemoteState(
    new RemoteClient(
      { server: `http://127.0.0.1:${port}`, token: 'secret', namespace: 'default' },
      { metrics },
    ),
  );
  cleanups.push(
    () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
    () => state[Symbol.asyncDispose](),
  );
  return { state, asked, host: `127.0.0.1:${port}` };
}

describe('RemoteState', () => {
  it('lists, watches from there, and takes the watch up where the server ended it', async () => {
    const streams = [
      [
        event('ADDED', item('b', '11')),
        event('BOOKMARK', { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: '20' } }),
      ],
      [event('MODIFIED', item('b', '21', '2')), event('DELETED', item('b', '22', '2'))],
      [
        event('ERROR', {
          kind: 'Status',
          status: 'Failure',
          reason: 'Expired',
          code: 410,
          message: 'too old',
        }),
      ],
    ];
    const { state, asked } = await serve((request, response) => {
      if (!request.url!.includes('watch=true')) return response.end(JSON.stringify(list));
      response.end((streams.shift() ?? []).join(''));
    });
    const seen = new Recorder<V1ConfigMap>();
    const watch = state.watch(kinds.configMap, { namespace: 'one', labelSelector: 'a=b' }, seen.receive);
    await expect(watch.done).rejects.toSatisfy((error) => isStatus(error, 'Expired'));
    expect(seen.lines).toEqual(['init a=1', 'initDone', 'added b=1', 'modified b=2', 'deleted b=2']);
    const path = '/api/v1/namespaces/one/configmaps?labelSelector=a%3Db';
    const from = (revision: string) =>
      `GET ${path}&watch=true&allowWatchBookmarks=true&resourceVersion=${revision}`;
    expect(asked).toEqual([`GET ${path}`, from('10'), from('20'), from('22')]);
  });

  it('says what the server refused, in its own words', async () => {
    const { state } = await serve((request, response) => {
      expect(request.headers.authorization).toBe('Bearer secret');
      response.statusCode = request.url!.endsWith('proxy') ? 502 : 404;
      response.end(
        request.url!.endsWith('proxy')
          ? '<html>bad gateway</html>'
          : JSON.stringify({
              kind: 'Status',
              reason: 'NotFound',
              code: 404,
              message: 'configmaps "x" not found',
            }),
      );
    });
    await expect(state.get(kinds.configMap, { namespace: 'one', name: 'x' })).rejects.toMatchObject({
      reason: 'NotFound',
      message: 'configmaps "x" not found',
    });
    await expect(state.client.json({ path: '/proxy' })).rejects.toMatchObject({ code: 502 });
  });

  it('writes, patches and deletes by the verbs of the API', async () => {
    const bodies: unknown[] = [];
    const { state, asked } = await serve((request, response, body) => {
      if (body) bodies.push(JSON.parse(body));
      if (request.method === 'DELETE') response.end(JSON.stringify({ kind: 'Status', status: 'Success' }));
      else response.end(JSON.stringify(item('a', '7')));
    });
    const name = { namespace: 'one', name: 'a' };
    const object = { metadata: name, data: { v: '1' } };
    const created = await state.create(kinds.configMap, object, { dryRun: true, fieldManager: 'me' });
    expect(created.revision).toBe(7n);
    expect(JSON.parse(Buffer.from(created.bytes).toString())).toMatchObject({
      kind: 'ConfigMap',
      apiVersion: 'v1',
    });
    await state.update(kinds.configMap, object, { subresource: 'status' });
    await state.patch(kinds.configMap, name, { data: { v: '2' } }, 'merge');
    const { gone, entry } = await state.delete(kinds.configMap, name, { gracePeriodSeconds: 0 });
    expect(gone).toBe(true);
    expect(entry.object.data).toEqual({ v: '1' });
    const path = '/api/v1/namespaces/one/configmaps';
    expect(asked).toEqual([
      `POST ${path}?dryRun=All&fieldManager=me`,
      `PUT ${path}/a/status`,
      `PATCH ${path}/a`,
      `GET ${path}/a`,
      `DELETE ${path}/a`,
    ]);
    expect(bodies.at(-1)).toEqual({ kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 });
  });

  it('says ServiceUnavailable when nobody answers, and ends quietly when disposed', async () => {
    const nowhere = new RemoteState(
      new RemoteClient({ server: 'http://127.0.0.1:1', namespace: 'default' }, { metrics }),
    );
    cleanups.push(() => nowhere[Symbol.asyncDispose]());
    await expect(nowhere.list(kinds.configMap)).rejects.toSatisfy((error) =>
      isStatus(error, 'ServiceUnavailable'),
    );
    const { state, host } = await serve((request, response) => {
      if (request.url!.includes('watch=true')) response.write('\n');
      else response.end(JSON.stringify(list));
    });
    const seen = new Recorder<V1ConfigMap>();
    const watch = state.watch(kinds.configMap, {}, seen.receive);
    await eventually(() => seen.lines.length === 2);
    watch[Symbol.dispose]();
    await watch.done;
    const text = await metrics.metrics();
    expect(text).toContain('rest_client_requests_total{code="<error>",method="GET",host="127.0.0.1:1"} 1');
    expect(text).toMatch(
      new RegExp(`rest_client_requests_total\\{code="200",method="GET",host="${host}"\\} \\d`),
    );
    expect(text).toContain(`rest_client_request_duration_seconds_count{verb="GET",host="${host}"}`);
  });

  it('names resources as the API does', () => {
    expect(resourcePath(kinds.deployment, 'one', 'a', 'scale')).toBe(
      '/apis/apps/v1/namespaces/one/deployments/a/scale',
    );
    expect(resourcePath(kinds.node)).toBe('/api/v1/nodes');
    expect(resourcePath(kinds.pod, 'a/b', '../x')).toBe('/api/v1/namespaces/a%2Fb/pods/..%2Fx');
  });
});

describe('jsonLines', () => {
  const read = async (chunks: string[], max?: number) => {
    const source = (async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    })();
    const values: unknown[] = [];
    for await (const value of jsonLines(source, max)) values.push(value);
    return values;
  };

  it('finds lines wherever the chunks are cut', async () => {
    expect(await read(['{"a"', ':1}\n\n{"b":2}\n{"c', '":3}', '\n', '{"cut'])).toEqual([
      { a: 1 },
      { b: 2 },
      { c: 3 },
    ]);
  });

  it('bounds a line and refuses what is no JSON', async () => {
    await expect(read(['x'.repeat(60), 'x'.repeat(60)], 100)).rejects.toThrow('more than 100 bytes');
    await expect(read(['nonsense\n'])).rejects.toThrow('no JSON');
  });
});

describe('loadKubeconfig', () => {
  const write = async (text: string) => {
    const folder = await mkdtemp(join(tmpdir(), 'gantry-kubeconfig-'));
    cleanups.push(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, 'ca.crt'), 'CA');
    await writeFile(join(folder, 'config'), text);
    return join(folder, 'config');
  };
  const config = (user: string) => `
apiVersion: v1
kind: Config
current-context: main
contexts: [{ name: main, context: { cluster: c, user: u, namespace: team } }, { name: bad, context: { cluster: x } }]
clusters: [{ name: c, cluster: { server: 'https://10.0.0.1:6443/', certificate-authority: ca.crt, tls-server-name: n } }]
users: [{ name: u, user: ${user} }]
`;

  it('reads files, inline data and tokens of the current context', async () => {
    const kubeconfig = await loadKubeconfig(await write(config('{ client-key-data: S0VZ, token: t }')));
    const access = await kubeconfig.access();
    expect(access).toMatchObject({
      server: 'https://10.0.0.1:6443',
      namespace: 'team',
      token: 't',
      tlsServerName: 'n',
    });
    expect(String(access.ca)).toBe('CA');
    expect(String(access.key)).toBe('KEY');
  });

  it('reads JSON, and YAML that begins like it', async () => {
    for (const written of [
      '{"current-context": "main", "contexts": [{"name": "main", "context": {"namespace": "team"}}]}',
      '{ current-context: main, contexts: [{ name: main, context: { namespace: team } }] }',
    ])
      expect(await loadKubeconfig(await write(written))).toMatchObject({
        currentContext: 'main',
        contexts: [{ name: 'main', namespace: 'team' }],
      });
    await expect(loadKubeconfig(await write('{"a": '))).rejects.toThrow('cannot be read');
  });

  it('says what is missing, in which file', async () => {
    const path = await write(config('{ exec: { command: aws } }'));
    const kubeconfig = await loadKubeconfig(path);
    await expect(kubeconfig.access()).rejects.toThrow('credential plugins are not supported');
    await expect(kubeconfig.access('bad')).rejects.toThrow(`${path} has no cluster "x"`);
    await expect(kubeconfig.access('none')).rejects.toThrow('no context "none"');
    await expect(loadKubeconfig('/nowhere/config')).rejects.toThrow('/nowhere/config cannot be read');
  });
});
