import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { V1Status } from '@gantry/api';
import type { ApiClient, ApiRequest } from './src/api-client.ts';
import { eventually, useCluster } from './src/cluster.ts';
import { isAlive } from './src/kernel.ts';
import { sleeper } from './src/manifests.ts';
import type { TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

let namespace: TestNamespace;
let configMaps: string;
let server: number;
beforeAll(async () => {
  namespace = await cluster.namespace();
  // It comes by itself, and is to be there before anybody counts.
  await eventually(() => namespace.get('configmaps/kube-root-ca.crt'), { what: 'the root certificate' });
  configMaps = namespace.path('configmaps');
  server = cluster.pid('server');
});

/** Sends it, expects a Status with that code and reason, and that the server lives and has stored nothing. */
async function refused(
  expected: { code: number; reason?: string; message?: RegExp },
  method: string,
  path: string,
  options: ApiRequest = {},
  api: ApiClient = cluster.api,
): Promise<V1Status> {
  const stored = await cluster.api.json<{ items: unknown[] }>(configMaps);
  const { status, text } = await api.request(method, path, options);
  expect(status, text.slice(0, 500)).toBe(expected.code);
  const answer = JSON.parse(text) as V1Status;
  expect(answer).toMatchObject({ kind: 'Status', apiVersion: 'v1', status: 'Failure', code: expected.code });
  if (expected.reason !== undefined) expect(answer.reason).toBe(expected.reason);
  if (expected.message) expect(answer.message).toMatch(expected.message);
  expect((await cluster.api.json<{ items: unknown[] }>(configMaps)).items).toHaveLength(stored.items.length);
  expect(isAlive(server)).toBe(true);
  return answer;
}

const configMap = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});

it.each([
  { what: 'is not JSON', body: '{"apiVersion": "v1", kind', type: 'application/json' },
  { what: 'is not YAML', body: 'a: [1, 2\nb: }', type: 'application/yaml' },
  { what: 'is empty', body: '', type: 'application/json' },
  { what: 'is a list', body: '[1,2]', type: 'application/json' },
  { what: 'is null', body: 'null', type: 'application/json' },
  { what: 'has text where a number belongs', body: { metadata: { name: 'x', generation: 'many' } } },
  { what: 'has a list where an object belongs', body: { metadata: [] } },
])('refuses a body that $what', async ({ body, type }) => {
  await refused({ code: 400, reason: 'BadRequest' }, 'POST', configMaps, { body, ...(type ? { type } : {}) });
});

it('refuses a body of 4 MB', async () => {
  const body = configMap('large', { large: 'x'.repeat(4 << 20) });
  await refused({ code: 413, reason: 'RequestEntityTooLarge' }, 'POST', configMaps, { body });
});

it('refuses values that are nested too deeply, without running out of stack or memory', async () => {
  const depth = 100_000;
  for (const body of [
    `{"metadata":{"name":"deep"},"data":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    `{"metadata":{"name":"deep"},"data":${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
  ])
    await refused({ code: 400, reason: 'BadRequest' }, 'POST', configMaps, { body });
});

it('refuses YAML that unfolds to more than it says', async () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const before = level === 0 ? '"lol"' : `*l${level - 1}`;
    return `l${level}: &l${level} [${Array(10).fill(before).join(', ')}]`;
  });
  const body = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\n${levels.join('\n')}\n`;
  // Unfolded, it would keep the server busy far longer than a request may take, if it had the memory.
  await refused({ code: 400, reason: 'BadRequest' }, 'POST', configMaps, { body, type: 'application/yaml' });
});

it('refuses paths, kinds and verbs it does not have', async () => {
  await refused({ code: 404, reason: 'NotFound' }, 'GET', '/nope');
  await refused({ code: 404, reason: 'NotFound' }, 'GET', '/api/v1/gizmos');
  await refused({ code: 404, reason: 'NotFound' }, 'GET', '/apis/nope.example.com/v1/things');
  await refused({ code: 404, reason: 'NotFound' }, 'GET', `${configMaps}/none`);
  await refused({ code: 405, reason: 'MethodNotAllowed' }, 'POST', `${configMaps}/none`, {
    body: configMap('none'),
  });
  await refused({ code: 405, reason: 'MethodNotAllowed' }, 'DELETE', '/api/v1/nodes/node-1/status');
  await refused({ code: 400, reason: 'BadRequest' }, 'POST', configMaps, {
    body: { ...configMap('x'), kind: 'Secret' },
  });
  await refused({ code: 415 }, 'POST', configMaps, {
    body: 'name=x',
    type: 'application/x-www-form-urlencoded',
  });
});

it.each(['Bad_Name', '-a', 'a..b', 'a/b', '', 'x'.repeat(254), 'ä'])('refuses the name %j', async (name) => {
  await refused({ code: 422, reason: 'Invalid', message: /metadata\.name/ }, 'POST', configMaps, {
    body: configMap(name),
  });
});

it.each(['..%2f..%2fetc', '%00', 'a%2fb', '.', '..'])(
  'finds nothing under the path segment %s',
  async (segment) => {
    const { status } = await cluster.api.request('GET', `${configMaps}/${segment}`);
    // "." and ".." may be resolved by the client before they are sent.
    expect([200, 400, 404]).toContain(status);
    if (!segment.startsWith('.') || segment.includes('%')) expect(status).not.toBe(200);
  },
);

it('lists every cause when an object is invalid in several ways', async () => {
  const answer = await refused({ code: 422, reason: 'Invalid' }, 'POST', namespace.path('pods'), {
    body: {
      metadata: { name: 'bad' },
      spec: { restartPolicy: 'Sometimes', containers: [{ name: 'A_b', image: '' }] },
    },
  });
  const fields = answer.details!.causes!.map((each) => each.field);
  expect(fields).toEqual(
    expect.arrayContaining(['spec.restartPolicy', 'spec.containers[0].name', 'spec.containers[0].image']),
  );
});

it('refuses a write that is based on an older version', async () => {
  const stale = await cluster.api.json<object>(configMaps, 'POST', { body: configMap('race') });
  await cluster.api.json(`${configMaps}/race`, 'PATCH', {
    body: { data: { a: '1' } },
    type: 'application/merge-patch+json',
  });
  const answer = await refused({ code: 409, reason: 'Conflict' }, 'PUT', `${configMaps}/race`, {
    body: stale,
  });
  expect(answer.message).toBe(
    'Operation cannot be fulfilled on configmaps "race": the object has been modified; please apply your changes to the latest version and try again',
  );
  await refused({ code: 409, reason: 'AlreadyExists' }, 'POST', configMaps, { body: configMap('race') });
  await refused({ code: 409, reason: 'Conflict' }, 'DELETE', `${configMaps}/race`, {
    body: { preconditions: { uid: '00000000-0000-0000-0000-000000000000' } },
  });
  const now = await cluster.api.json<{ data: object }>(`${configMaps}/race`);
  expect(now.data).toEqual({ a: '1' });
});

it('refuses patches that cannot be applied', async () => {
  await cluster.api.json(configMaps, 'POST', { body: configMap('patched', { a: '1' }) });
  const path = `${configMaps}/patched`;
  await refused({ code: 415 }, 'PATCH', path, { body: {}, type: 'application/json' });
  await refused({ code: 400, reason: 'BadRequest' }, 'PATCH', path, {
    body: '{"op":',
    type: 'application/json-patch+json',
  });
  await refused({ code: 422, reason: 'Invalid' }, 'PATCH', path, {
    body: [{ op: 'remove', path: '/data/none' }],
    type: 'application/json-patch+json',
  });
  await refused({ code: 422, reason: 'Invalid' }, 'PATCH', path, {
    body: [{ op: 'test', path: '/data/a', value: '2' }],
    type: 'application/json-patch+json',
  });
  const polluting = await cluster.api.request('PATCH', path, {
    body: '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}',
    type: 'application/merge-patch+json',
  });
  expect(polluting.status).toBeLessThan(500);
  expect(JSON.stringify(await cluster.api.json(path))).not.toContain('polluted');
});

it('refuses lists and watches that ask for what there is not', async () => {
  await refused({ code: 422, reason: 'Invalid' }, 'GET', `${configMaps}?resourceVersion=later`);
  await refused({ code: 400, reason: 'BadRequest' }, 'GET', `${configMaps}?continue=rubbish`);
  await refused({ code: 400, reason: 'BadRequest' }, 'GET', `${configMaps}?labelSelector=a%20in`);
  await refused({ code: 400, reason: 'BadRequest' }, 'GET', `${configMaps}?fieldSelector=spec.nonsense%3D1`);
});

it('shows nobody anything but its health', async () => {
  const nobody = cluster.api.as({});
  for (const path of ['/healthz', '/livez', '/readyz'])
    expect((await nobody.request('GET', path)).status, path).toBe(200);
  for (const path of [
    '/api/v1/namespaces',
    '/api/v1/secrets',
    '/metrics',
    '/apis/apps/v1/deployments',
    '/nope',
  ]) {
    const answer = await nobody.request('GET', path);
    expect([401, 403], path).toContain(answer.status);
    expect(answer.text).toContain('Status');
  }
  const posted = await nobody.request('POST', configMaps, { body: configMap('anonymous') });
  expect([401, 403]).toContain(posted.status);
  await refused(
    { code: 401, reason: 'Unauthorized' },
    'GET',
    '/api/v1/pods',
    {},
    cluster.api.as({ token: 'junk' }),
  );
});

it('lets a node see and change only what is its own', async () => {
  const folder = join(cluster.data, 'nodes/node-1');
  const node = cluster.api.as(nodeCredentials(folder));
  await cluster.api.json(namespace.path('secrets'), 'POST', {
    body: { metadata: { name: 'on-1' }, stringData: { a: 'b' } },
  });
  await cluster.api.json(namespace.path('secrets'), 'POST', {
    body: { metadata: { name: 'on-2' }, stringData: { a: 'b' } },
  });
  const using = (secret: string, nodeName: string) => ({
    nodeSelector: { 'kubernetes.io/hostname': nodeName },
    container: { envFrom: [{ secretRef: { name: secret } }] },
  });
  await namespace.runPod('one', sleeper, using('on-1', 'node-1'));
  await namespace.runPod('two', sleeper, using('on-2', 'node-2'));

  const secret = (name: string) => namespace.path(`secrets/${name}`);
  await eventually(async () => (await node.request('GET', secret('on-1'))).status === 200, {
    what: 'node-1 reads the Secret of its pod',
  });
  await refused({ code: 403, reason: 'Forbidden' }, 'GET', secret('on-2'), {}, node);
  await refused({ code: 403, reason: 'Forbidden' }, 'GET', namespace.path('secrets'), {}, node);
  await refused({ code: 403, reason: 'Forbidden' }, 'PUT', secret('on-1'), { body: {} }, node);
  await refused(
    { code: 403, reason: 'Forbidden' },
    'PATCH',
    '/api/v1/nodes/node-2/status',
    { body: { status: {} }, type: 'application/merge-patch+json' },
    node,
  );
  await refused({ code: 403, reason: 'Forbidden' }, 'DELETE', namespace.path('pods/two'), {}, node);
  await refused(
    { code: 403, reason: 'Forbidden' },
    'PATCH',
    `${namespace.path('pods/two')}/status`,
    { body: { status: { phase: 'Failed' } }, type: 'application/merge-patch+json' },
    node,
  );
  await refused(
    { code: 403, reason: 'Forbidden' },
    'POST',
    namespace.path('pods'),
    {
      body: {
        metadata: { name: 'x' },
        spec: { nodeName: 'node-2', containers: [{ name: 'a', image: 'a' }] },
      },
    },
    node,
  );
  await refused(
    { code: 403, reason: 'Forbidden' },
    'POST',
    '/apis/apps/v1/namespaces/default/deployments',
    { body: {} },
    node,
  );
  expect((await node.request('GET', '/api/v1/nodes/node-1')).status).toBe(200);
});

it('is still the same process, and answers', async () => {
  expect(cluster.pid('server')).toBe(server);
  expect(await cluster.kubectl(['get', '--raw', '/readyz'])).toBe('ok');
});

/** Certificate and key that a node got when it joined. */
function nodeCredentials(folder: string): { certificate: string; key: string } {
  return {
    certificate: readFileSync(join(folder, 'pki/node.crt'), 'utf8'),
    key: readFileSync(join(folder, 'pki/node.key'), 'utf8'),
  };
}
