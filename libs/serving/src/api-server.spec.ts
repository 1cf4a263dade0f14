import { parse as parseYaml } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '@gantry/base';
import { kinds } from '@gantry/api';
import type { State } from '@gantry/state';
import { serviceAccountAdmission } from './admission/pod-defaults.ts';
import { StaticTokenAuthenticator } from './auth/authenticator.ts';
import { TestClient, type RequestOptions } from './testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from './testing/loopback-server.ts';
import { memoryRegistry } from './testing/memory-registry.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const table = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' };

let server: LoopbackServer;
let state: State;
let admin: TestClient;
beforeAll(async () => {
  ({ state } = memoryRegistry());
  server = await serveOnLoopback(state, {
    authenticators: [new StaticTokenAuthenticator({ sesame: { name: 'ann', groups: [] } })],
  });
  admin = await TestClient.connect(server);
});
afterAll(async () => {
  admin[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const configMap = (name: string, data: Record<string, string> = { a: '1' }) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name },
  data,
});
const make = async (name: string, data?: Record<string, string>) => {
  const { status, json } = await admin.request('POST', configMaps, { body: configMap(name, data) });
  expect(status).toBe(201);
  return json as { metadata: { resourceVersion: string; uid: string } };
};

describe('objects', () => {
  it('are made, read, listed, replaced and deleted', async () => {
    const made = await make('life');
    expect(made).toMatchObject({ kind: 'ConfigMap', metadata: { name: 'life', namespace: 'default' } });
    expect((await admin.request('GET', `${configMaps}/life`)).json).toEqual(made);
    expect((await admin.request('GET', configMaps)).json).toMatchObject({
      kind: 'ConfigMapList',
      apiVersion: 'v1',
    });
    const replaced = await admin.request('PUT', `${configMaps}/life`, {
      body: { ...configMap('life'), data: { b: '2' } },
    });
    expect([replaced.status, replaced.json['data']]).toEqual([200, { b: '2' }]);
    const deleted = await admin.request('DELETE', `${configMaps}/life`);
    expect(deleted.json).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'life', kind: 'configmaps', uid: made.metadata.uid },
    });
    expect((await admin.request('GET', `${configMaps}/life`)).json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'configmaps "life" not found',
      reason: 'NotFound',
      details: { name: 'life', kind: 'configmaps' },
      code: 404,
    });
  });

  it('come as YAML, as tables and as metadata alone, and go as YAML', async () => {
    const yaml = { 'content-type': 'application/yaml', accept: 'application/yaml' };
    const body = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: forms}\ndata: {a: "1"}\n';
    const made = await admin.request('POST', configMaps, { body, headers: yaml });
    expect([made.status, made.headers['content-type']]).toEqual([201, 'application/yaml']);
    expect(made.text).toContain('name: forms\n');
    const one = await admin.request('GET', `${configMaps}/forms`, { headers: table });
    expect(one.json).toMatchObject({
      kind: 'Table',
      rows: [{ cells: ['forms', 1, expect.any(String)], object: { kind: 'PartialObjectMetadata' } }],
    });
    const bare = await admin.request('GET', `${configMaps}/forms?includeObject=None`, { headers: table });
    expect((bare.json as unknown as { rows: object[] }).rows[0]).not.toHaveProperty('object');
    const partial = { accept: 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io' };
    const list = (await admin.request('GET', configMaps, { headers: partial })).json;
    expect(list['kind']).toBe('PartialObjectMetadataList');
    expect(list.items!.every((each) => !('data' in each))).toBe(true);
  });

  it('are not made for who could not read the answer', async () => {
    const answer = await admin.request('POST', configMaps, {
      body: configMap('unreadable'),
      headers: { accept: 'text/html' },
    });
    expect(answer.status).toBe(406);
    expect((await admin.request('GET', `${configMaps}/unreadable`)).status).toBe(404);
  });

  it('of which nothing was said but a name lack what they lack', async () => {
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const labels = { app: 'bare' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }] } };
    const body = { metadata: { name: 'bare' }, spec: { selector: { matchLabels: labels }, template } };
    expect((await admin.request('POST', deployments, { body })).status).toBe(201);
    const { json } = await admin.request('PUT', `${deployments}/bare`, {
      body: { metadata: { name: 'bare' } },
    });
    expect(json).toMatchObject({
      code: 422,
      message: expect.stringContaining('spec.selector: Required value') as string,
    });
  });

  it('are the same list as YAML', async () => {
    await make('alike-a', { text: 'a: [b\n' });
    await make('alike-b');
    const query = `${configMaps}?fieldSelector=metadata.name!%3Dx`;
    const { text } = await admin.request('GET', query, { headers: { accept: 'application/yaml' } });
    const { json } = await admin.request('GET', query);
    expect(parseYaml(text)).toEqual(json);
    const nothing = `${configMaps}?labelSelector=no%3Dsuch`;
    const empty = await admin.request('GET', nothing, { headers: { accept: 'application/yaml' } });
    expect((parseYaml(empty.text) as { items: unknown }).items).toEqual([]);
  });

  it.each([
    ['?pretty=true', {}, true],
    ['?pretty=false', { 'user-agent': 'curl/8.0' }, false],
    ['', { 'user-agent': 'curl/8.0' }, true],
    ['', { 'user-agent': 'kubectl/1.36' }, false],
  ])('are indented for people: %s %j', async (query, headers, indented) => {
    for (const path of [configMaps, '/version', `${configMaps}/nope`]) {
      const { text, json } = await admin.request('GET', `${path}${query}`, { headers });
      expect(text).toBe(JSON.stringify(json, undefined, indented ? 2 : undefined));
    }
  });

  it('are listed in pages and compressed when they are many', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, i) => make(`page-${i}`, { text: 'x'.repeat(10_000) })));
    const names: string[] = [];
    let token = '';
    do {
      const { json } = await admin.request(
        'GET',
        `${configMaps}?limit=7${token && `&continue=${encodeURIComponent(token)}`}`,
      );
      names.push(...json.items!.map(({ metadata }) => metadata.name));
      token = (json.metadata!['continue'] as string | undefined) ?? '';
    } while (token);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(30);
    const response = await admin.open('GET', configMaps, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers['content-encoding']).toBe('gzip');
    const { createGunzip } = await import('node:zlib');
    let text = '';
    for await (const chunk of response.pipe(createGunzip())) text += String(chunk);
    expect((JSON.parse(text) as { items: object[] }).items.length).toBe(names.length);
    const removed = await admin.request('DELETE', configMaps);
    expect(removed.json.items!.length).toBe(names.length);
    expect((await admin.request('GET', configMaps)).json.items).toEqual([]);
  });

  it('written as YAML are read as the same again', async () => {
    const data = { a: 'yes', b: '0400', c: '2026-01-01', d: 'n', e: '1_000', f: '~', g: 'a: b\n', y: 'on' };
    const created = await admin.request('POST', configMaps, { body: { metadata: { name: 'words' }, data } });
    const headers = { accept: 'application/yaml', 'content-type': 'application/yaml' };
    const written = await admin.request('GET', `${configMaps}/words`, { headers });
    expect(written.text).toMatch(/creationTimestamp: "/);
    const again = await admin.request('PUT', `${configMaps}/words`, { headers, body: written.text });
    expect(again.status).toBe(200);
    expect((await admin.request('GET', `${configMaps}/words`)).json).toEqual(created.json);
    await admin.request('DELETE', `${configMaps}/words`);
  });

  it('of some kinds are made by a PUT that finds none, and of some only replaced by their revision', async () => {
    const leases = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
    const put = (body: object) => admin.request('PUT', `${leases}/put`, { body });
    const lease = { metadata: { name: 'put' }, spec: { holderIdentity: 'a' } };
    const created = await put(lease);
    expect(created.status).toBe(201);
    const refused = await put(lease);
    expect(refused.status).toBe(422);
    expect(refused.json.message).toBe(
      'Lease.coordination.k8s.io "put" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update',
    );
    expect((await put(created.json)).status).toBe(200);
    expect((await put({ metadata: { name: 'put', uid: 'other' } })).status).toBe(409);
    await admin.request('DELETE', `${leases}/put`);
    expect((await put({ metadata: { name: 'put', uid: 'other' } })).status).toBe(404);
  });

  it('are only tried with dryRun', async () => {
    const { status } = await admin.request('POST', `${configMaps}?dryRun=All`, { body: configMap('dry') });
    expect(status).toBe(201);
    expect((await admin.request('GET', `${configMaps}/dry`)).status).toBe(404);
    expect(
      (await admin.request('POST', `${configMaps}?dryRun=Some`, { body: configMap('dry') })).status,
    ).toBe(422);
  });

  it('with unknown or doubled fields are warned of, refused or taken, as asked', async () => {
    const body =
      '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"fields"},"datum":{},"data":{"a":"1","a":"2"}}';
    const post = (query: string) => admin.request('POST', `${configMaps}?dryRun=All${query}`, { body });
    expect((await post('')).headers['warning']).toBe(
      '299 - "duplicate field \\"data.a\\"", 299 - "unknown field \\"datum\\""',
    );
    expect((await post('&fieldValidation=Ignore')).headers['warning']).toBeUndefined();
    expect((await post('&fieldValidation=Strict')).json).toMatchObject({
      code: 400,
      message:
        'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.a", unknown field "datum"',
    });
    expect((await post('&fieldValidation=Other')).status).toBe(422);
  });
});

describe('writes', () => {
  it('that are allowed and yet unwise are warned of', async () => {
    const env = ['1', '2'].map((value) => ({ name: 'a', value }));
    const containers = [{ name: 'c', image: 'i', env }];
    const body = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'unwise' }, spec: { containers } };
    const answer = await admin.request('POST', '/api/v1/namespaces/default/pods?dryRun=All', { body });
    expect([answer.status, answer.headers['warning']]).toEqual([
      201,
      '299 - "spec.containers[0].env[1]: hides previous definition of \\"a\\", which may be dropped when using apply"',
    ]);
  });
});

describe('patches', () => {
  const patch = (name: string, type: string, body: unknown, query = '') =>
    admin.request('PATCH', `${configMaps}/${name}${query}`, {
      body,
      headers: { 'content-type': `application/${type}` },
    });

  it('of three kinds change what is there', async () => {
    await make('patched', { a: '1', b: '2' });
    expect((await patch('patched', 'merge-patch+json', { data: { a: null, c: '3' } })).json['data']).toEqual({
      b: '2',
      c: '3',
    });
    expect(
      (await patch('patched', 'json-patch+json', [{ op: 'replace', path: '/data/b', value: 'x' }])).json[
        'data'
      ],
    ).toEqual({ b: 'x', c: '3' });
    expect((await patch('patched', 'strategic-merge-patch+json', { data: { d: '4' } })).json['data']).toEqual(
      { b: 'x', c: '3', d: '4' },
    );
  });

  it('at once all get their way', async () => {
    await make('busy', {});
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, i) => patch('busy', 'merge-patch+json', { data: { [`k${i}`]: '1' } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(
      Object.keys((await admin.request('GET', `${configMaps}/busy`)).json['data'] as object),
    ).toHaveLength(5);
  });

  it('that name a stale revision conflict', async () => {
    const { metadata } = await make('stale');
    await patch('stale', 'merge-patch+json', { data: { b: '2' } });
    const answer = await patch('stale', 'merge-patch+json', {
      metadata: { resourceVersion: metadata.resourceVersion },
      data: { c: '3' },
    });
    expect(answer.json).toMatchObject({
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "stale": the object has been modified; please apply your changes to the latest version and try again',
    });
  });

  it('are applied by the server, with conflicts and force', async () => {
    const apply = (manager: string, data: object, force = false) =>
      patch(
        'applied',
        'apply-patch+yaml',
        { ...configMap('applied'), data },
        `?fieldManager=${manager}${force ? '&force=true' : ''}`,
      );
    expect((await apply('one', { a: '1', b: '2' })).status).toBe(201);
    const conflict = await apply('two', { a: '2' });
    expect([conflict.status, conflict.json['message']]).toEqual([
      409,
      'Apply failed with 1 conflict: conflict with "one": .data.a',
    ]);
    expect((await apply('two', { a: '2' }, true)).json['data']).toEqual({ a: '2', b: '2' });
    expect((await apply('one', {})).json['data']).toEqual({ a: '2' });
    expect((await patch('applied', 'apply-patch+yaml', configMap('applied'))).status).toBe(422);
    // Who writes what was applied owns it, by their name or else their program's.
    const taken = await patch('applied', 'merge-patch+json', { data: { a: '3' } }, '?fieldManager=editor');
    expect(taken.json['data']).toEqual({ a: '3' });
    expect((await apply('two', { a: '2' })).json['message']).toBe(
      'Apply failed with 1 conflict: conflict with "editor" using v1: .data.a',
    );
    const replaced = await admin.request('PUT', `${configMaps}/applied`, {
      body: { ...configMap('applied'), data: { a: '4' } },
      headers: { 'user-agent': 'kubectl/v1.36.0 (linux/amd64)' },
    });
    expect(replaced.json.metadata).toMatchObject({
      managedFields: [{ manager: 'one' }, { manager: 'kubectl', operation: 'Update' }],
    });
  });

  it('are not applied when they do not say what they are, or mean what is gone', async () => {
    const apply = async (body: object) => {
      const { json } = await patch('nothing', 'apply-patch+yaml', body, '?fieldManager=one');
      return [json['code'], json['message']];
    };
    expect(await apply({})).toEqual([
      400,
      'Incorrect version specified in apply patch. Specified patch version: , expected: v1',
    ]);
    expect(await apply({ apiVersion: 'v1' })).toEqual([400, "error decoding YAML: Object 'Kind' is missing"]);
    expect(await apply({ ...configMap('nothing'), metadata: { name: 'nothing', uid: 'gone' } })).toEqual([
      409,
      'Operation cannot be fulfilled on configmaps "nothing": uid mismatch: the provided object specified uid gone, and no existing object was found',
    ]);
    const forced = await patch('nothing', 'merge-patch+json', {}, '?force=true');
    expect([forced.status, forced.json['message']]).toEqual([
      422,
      'PatchOptions.meta.k8s.io "" is invalid: force: Forbidden: may not be specified for non-apply patch',
    ]);
  });

  it.each([
    ['text/plain', '{}', 415],
    ['application/merge-patch+json', '[]', 400],
    ['application/merge-patch+json', '{', 400],
    ['application/json-patch+json', '[{"op":"remove","path":"/data/none"}]', 422],
    ['application/merge-patch+json', '{"metadata":{"name":"other"}}', 400],
    ['application/merge-patch+json', '{"data":7}', 400],
    ['application/merge-patch+json', '{"kind":"Secret"}', 400],
  ])('%s %s is answered with %s', async (type, body, code) => {
    await state
      .create(kinds.configMap, { metadata: { name: 'victim', namespace: 'default' } })
      .catch(() => {});
    const answer = await admin.request('PATCH', `${configMaps}/victim`, {
      body,
      headers: { 'content-type': type },
    });
    expect([answer.status, answer.json['code']]).toEqual([code, code]);
  });
});

describe('bad requests', () => {
  const deep = '['.repeat(1000) + ']'.repeat(1000);
  it.each<[string, string, RequestOptions, number, string]>([
    ['GET', '/nope', {}, 404, 'the server could not find the requested resource'],
    ['GET', '/api/v1/gizmos', {}, 404, 'the server could not find the requested resource'],
    ['GET', '/apis/apps/v9/deployments', {}, 404, 'could not find'],
    ['GET', '/api/v1/namespaces/default/nodes', {}, 404, 'could not find'],
    ['GET', `${configMaps}/x/nothing`, {}, 404, 'could not find'],
    ['PUT', configMaps, { body: {} }, 405, 'does not allow this method'],
    ['POST', `${configMaps}/x`, { body: {} }, 405, 'does not allow this method'],
    ['POST', '/api/v1/configmaps', { body: {} }, 405, 'does not allow this method'],
    ['DELETE', '/version', {}, 405, 'does not allow this method'],
    ['PROPFIND', configMaps, {}, 405, 'does not allow this method'],
    ['GET', configMaps, { headers: { accept: 'text/html' } }, 406, 'only the following media types'],
    ['POST', configMaps, { body: 'x'.repeat(3 * 1024 * 1024 + 1) }, 413, 'limit is 3145728'],
    [
      'POST',
      configMaps,
      { body: 'a', headers: { 'content-type': 'text/html' } },
      415,
      'accepted media types include',
    ],
    [
      'POST',
      configMaps,
      { body: '{' },
      400,
      'the object provided is unrecognized (must be of type ConfigMap)',
    ],
    ['POST', configMaps, { body: '' }, 400, 'the object provided is unrecognized'],
    ['POST', configMaps, { body: '[]' }, 400, 'cannot unmarshal array'],
    ['POST', configMaps, { body: `{"metadata":{"name":"x"},"data":${deep}}` }, 400, 'nested too deeply'],
    [
      'POST',
      configMaps,
      { body: { ...configMap('x'), kind: 'Secret' } },
      400,
      'Secret in version "v1" cannot be handled as a ConfigMap',
    ],
    [
      'POST',
      configMaps,
      { body: { ...configMap('x'), apiVersion: 'v2' } },
      400,
      'the API version in the data (v2) does not match the expected API version (v1)',
    ],
    [
      'POST',
      configMaps,
      { body: { ...configMap('x'), metadata: { name: 'x', namespace: 'other' } } },
      400,
      'does not match the namespace',
    ],
    [
      'POST',
      configMaps,
      { body: { ...configMap('x'), data: { a: 1 } } },
      400,
      'json: cannot unmarshal number into Go struct field ConfigMap.data',
    ],
    ['POST', configMaps, { body: configMap('Not A Name') }, 422, 'metadata.name: Invalid value'],
    [
      'POST',
      '/api/v1/namespaces/nope/configmaps',
      { body: configMap('x') },
      404,
      'namespaces "nope" not found',
    ],
    [
      'PUT',
      `${configMaps}/x`,
      { body: configMap('y') },
      400,
      'the name of the object (y) does not match the name on the URL (x)',
    ],
    ['PUT', `${configMaps}/absent`, { body: configMap('absent') }, 404, 'configmaps "absent" not found'],
    ['GET', `${configMaps}?labelSelector=a%20b`, {}, 400, ''],
    ['GET', `${configMaps}?fieldSelector=spec.x=1`, {}, 400, '"spec.x" is not a known field selector'],
    ['GET', `${configMaps}?limit=many`, {}, 400, 'strconv.ParseInt'],
    ['GET', `${configMaps}?continue=rubbish`, {}, 400, ''],
    ['GET', `${configMaps}?resourceVersion=x`, {}, 422, 'strconv.ParseUint'],
    [
      'GET',
      `${configMaps}?resourceVersionMatch=Exact`,
      {},
      422,
      'forbidden unless resourceVersion is provided',
    ],
    ['GET', `${configMaps}?watch=1&sendInitialEvents=true`, {}, 422, 'resourceVersionMatch'],
    [
      'GET',
      `${configMaps}?watch=1&resourceVersionMatch=NotOlderThan`,
      {},
      422,
      'resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided',
    ],
    [
      'GET',
      `${configMaps}?sendInitialEvents=true`,
      {},
      422,
      'sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
    ],
    [
      'GET',
      `${configMaps}?resourceVersionMatch=Exact&resourceVersion=1&continue=x`,
      {},
      422,
      'resourceVersionMatch is forbidden when continue is provided',
    ],
    [
      'GET',
      `${configMaps}?watch=1&fieldSelector=spec.x=1`,
      {},
      400,
      '"spec.x" is not a known field selector',
    ],
    ...[
      { dryRun: 'All' },
      { preconditions: { uid: 5 } },
      { propagationPolicy: 1 },
      { orphanDependents: 'no' },
    ].map((body): [string, string, { body: object }, number, string] => [
      'DELETE',
      `${configMaps}/x`,
      { body },
      400,
      'cannot be handled as a DeleteOptions: json: cannot unmarshal',
    ]),
    [
      'DELETE',
      `${configMaps}/x`,
      { body: { kind: 'ConfigMap', apiVersion: 'v1' } },
      400,
      'cannot be converted to DeleteOptions',
    ],
    [
      'DELETE',
      `${configMaps}/x?orphanDependents=true`,
      { body: { propagationPolicy: 'Foreground' } },
      422,
      'orphanDependents and deletionPropagation cannot be both set',
    ],
    [
      'DELETE',
      `${configMaps}/x`,
      { body: { propagationPolicy: 'Sideways' } },
      422,
      'Unsupported value: "Sideways"',
    ],
    [
      'POST',
      '/api/v1/namespaces/default/pods/x/exec?command=a&stdout=1',
      {},
      400,
      'Upgrade request required',
    ],
    ['DELETE', '/api/v1/namespaces/default', {}, 403, 'this namespace may not be deleted'],
  ])('%s %s %o is answered with %s', async (method, path, options, code, message) => {
    const answer = await admin.request(method, path, options);
    expect([answer.status, answer.json]).toEqual([
      code,
      expect.objectContaining({
        kind: 'Status',
        status: 'Failure',
        code,
        message: expect.stringContaining(message) as string,
      }),
    ]);
  });

  it('leave no object behind', async () => {
    expect((await admin.request('GET', `${configMaps}/x`)).status).toBe(404);
  });

  it('that end in the middle of a body do no harm', async () => {
    const { connect } = await import('node:tls');
    const identity = await server.issue({
      commonName: 'kubernetes-admin',
      organizations: ['system:masters'],
    });
    const socket = connect({
      port: Number(new URL(server.url).port),
      host: '127.0.0.1',
      ca: server.ca,
      cert: identity.certificate,
      key: identity.privateKey,
    });
    await new Promise((resolve) => socket.once('secureConnect', resolve));
    socket.write(
      `POST ${configMaps} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"kind"`,
    );
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    expect((await admin.request('GET', '/readyz')).text).toBe('ok');
  });
});

describe('identities', () => {
  it('without proof get a 401 but for health', async () => {
    using nobody = await TestClient.connect(server, null);
    expect((await nobody.request('GET', '/healthz')).text).toBe('ok');
    for (const path of [configMaps, '/version', '/api'])
      expect((await nobody.request('GET', path)).json).toMatchObject({
        code: 401,
        reason: 'Unauthorized',
        message: 'Unauthorized',
      });
  });

  it('are told by a token, and a wrong one is no one', async () => {
    using client = await TestClient.connect(server, null);
    const ask = (token: string, path: string) =>
      client.request('GET', path, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask('sesame', '/version')).json).toMatchObject({
      major: '1',
      minor: '36',
      gitVersion: 'v1.36.0+gantry.0.0.0',
    });
    expect((await ask('sesame', configMaps)).json).toMatchObject({
      code: 403,
      message:
        'configmaps is forbidden: User "ann" cannot list resource "configmaps" in API group "" in the namespace "default"',
      details: { kind: 'configmaps' },
    });
    expect((await ask('guess', '/healthz')).status).toBe(401);
  });

  it('that another authority has signed are nobody', async () => {
    await using other = await serveOnLoopback(memoryRegistry().state);
    const identity = await other.issue({ commonName: 'kubernetes-admin', organizations: ['system:masters'] });
    const { request, Agent } = await import('node:https');
    const agent = new Agent({ ca: server.ca, cert: identity.certificate, key: identity.privateKey });
    const status = await new Promise((resolve, reject) =>
      request(`${server.url}${configMaps}`, { agent }, (response) => resolve(response.resume().statusCode))
        .on('error', reject)
        .end(),
    );
    expect(status).toBe(401);
    agent.destroy();
  });

  it('can ask what they may', async () => {
    using ann = await TestClient.connect(server, 'ann', ['staff']);
    const review = (resource: string) =>
      ann.request('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { resourceAttributes: { verb: 'list', resource } },
        },
      });
    expect((await review('secrets')).json['status']).toEqual({ allowed: false });
    const who = await ann.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', { body: {} });
    expect(who.json['status']).toEqual({
      userInfo: { username: 'ann', groups: ['staff', 'system:authenticated'] },
    });
  });

  it.each<[string, string, object, number, string]>([
    [
      'subjectaccessreviews',
      'nobody',
      { resourceAttributes: { verb: 'get' } },
      422,
      'spec.user: Invalid value: "": at least one of user or group must be specified',
    ],
    [
      'subjectaccessreviews',
      'nothing',
      { user: 'a' },
      422,
      'spec.resourceAttributes: Invalid value: null: exactly one',
    ],
    [
      'subjectaccessreviews',
      'two things',
      { user: 'a', resourceAttributes: {}, nonResourceAttributes: { path: '/' } },
      422,
      'cannot be specified in combination with resourceAttributes',
    ],
    [
      'namespaces/default/localsubjectaccessreviews',
      'another namespace',
      { user: 'a', resourceAttributes: { verb: 'get', namespace: 'other' } },
      400,
      'spec.resourceAttributes.namespace must match namespace: default',
    ],
  ])('%s about %s is refused', async (path, _what, spec, code, why) => {
    const answer = await admin.request('POST', `/apis/authorization.k8s.io/v1/${path}`, { body: { spec } });
    expect(answer.json).toMatchObject({ code, message: expect.stringContaining(why) as string });
  });
});

describe('answers', () => {
  it('carry the request’s id, a client’s own only when it is harmless', async () => {
    const id = async (own?: string) =>
      (await admin.request('GET', '/version', own === undefined ? {} : { headers: { 'audit-id': own } }))
        .headers['audit-id'];
    expect(await id('abc-1')).toBe('abc-1');
    expect(await id('a b')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await id()).not.toBe(await id());
  });

  it('are counted by what is known, not by what clients make up', async () => {
    await admin.request('GET', '/api/v1/nodes');
    await admin.request('GET', '/api/v1/made-up');
    await admin.request('GET', '/made-up');
    const { text } = await admin.request('GET', '/metrics');
    expect(text).toMatch(
      /apiserver_request_total\{verb="LIST",dry_run="",group="",version="v1",resource="nodes",subresource="",scope="cluster",component="apiserver",code="200"\} \d+/,
    );
    const nodes =
      'verb="LIST",group="",version="v1",resource="nodes",subresource="",scope="cluster",component="apiserver"';
    expect(text).toMatch(
      /apiserver_request_duration_seconds_bucket\{le="0\.025",verb="LIST",dry_run="",.*resource="nodes"/,
    );
    expect(text).toContain(`apiserver_request_sli_duration_seconds_bucket{le="1",${nodes}}`);
    expect(text).toContain(`apiserver_response_sizes_bucket{le="10000",${nodes}}`);
    expect(text).not.toMatch(/apiserver_response_sizes_count\{verb="POST"/);
    expect(text).toMatch(/apiserver_client_certificate_expiration_seconds_bucket\{le="31104000"\} \d/);
    expect(text).not.toContain('made-up');
  });

  it('to discovery are whole: every group version lists its resources', async () => {
    const { json } = await admin.request('GET', '/apis');
    for (const group of json['groups'] as { name: string; preferredVersion: { groupVersion: string } }[]) {
      const { json: list } = await admin.request('GET', `/apis/${group.preferredVersion.groupVersion}`);
      expect(list).toMatchObject({
        kind: 'APIResourceList',
        groupVersion: group.preferredVersion.groupVersion,
      });
      expect((list['resources'] as object[]).length).toBeGreaterThan(0);
    }
    const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    const aggregated = await admin.request('GET', '/api', { headers: { accept } });
    expect(aggregated.json).toMatchObject({
      kind: 'APIGroupDiscoveryList',
      apiVersion: 'apidiscovery.k8s.io/v2',
    });
    const again = await admin.request('GET', '/api', {
      headers: { accept, 'if-none-match': aggregated.headers['etag']! },
    });
    expect(again.status).toBe(304);
  });
});

describe('subresources', () => {
  const pods = '/api/v1/namespaces/default/pods';
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name },
    spec: { containers: [{ name: 'c', image: 'i' }] },
  });

  it('bind a pod once', async () => {
    await admin.request('POST', pods, { body: pod('bound') });
    const bind = (node: string) =>
      admin.request('POST', `${pods}/bound/binding`, {
        body: {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { name: 'bound' },
          target: { kind: 'Node', name: node },
        },
      });
    expect((await bind('n1')).status).toBe(201);
    expect((await admin.request('GET', `${pods}/bound`)).json).toMatchObject({ spec: { nodeName: 'n1' } });
    expect((await bind('n2')).json).toMatchObject({
      code: 409,
      message:
        'Operation cannot be fulfilled on pods/binding "bound": pod bound is already assigned to node "n1"',
    });
  });

  it('evict a pod', async () => {
    await admin.request('POST', pods, { body: pod('evicted') });
    const tries = (query: string, deleteOptions = {}) =>
      admin.request('POST', `${pods}/evicted/eviction?${query}`, {
        body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'evicted' }, deleteOptions },
      });
    // What is not understood is no eviction.
    expect((await tries('dryRun=all')).status).toBe(422);
    expect((await tries('', { dryRun: ['all'] })).status).toBe(422);
    expect((await tries('dryRun=All')).status).toBe(201);
    expect((await admin.request('GET', `${pods}/evicted`)).status).toBe(200);
    const answer = await admin.request('POST', `${pods}/evicted/eviction`, {
      body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name: 'evicted' } },
    });
    expect(answer.status).toBe(201);
    expect((await admin.request('GET', `${pods}/evicted`)).status).toBe(404);
  });

  it('scale a deployment, and its status is its own', async () => {
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const labels = { app: 'd' };
    const body = {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: pod('').spec } },
    };
    expect((await admin.request('POST', deployments, { body })).status).toBe(201);
    const scale = (value: object, type = 'merge-patch+json') =>
      admin.request('PATCH', `${deployments}/d/scale`, {
        body: value,
        headers: { 'content-type': `application/${type}` },
      });
    expect((await scale({ spec: { replicas: 7 } })).json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 7 },
      status: { selector: 'app=d' },
    });
    const table = await admin.request('GET', `${deployments}/d/scale`, {
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    });
    expect(table.json).toMatchObject({
      kind: 'Table',
      columnDefinitions: [{ name: 'Name' }, { name: 'Desired' }, { name: 'Available' }, { name: 'Age' }],
      rows: [{ cells: ['d', 7, 0, expect.any(String)], object: { kind: 'PartialObjectMetadata' } }],
    });
    expect((await scale({ spec: { replicas: -1 } })).json).toMatchObject({ code: 422 });
    const apply = (query: string, spec: object) =>
      admin.request('PATCH', `${deployments}/d/scale?${query}`, {
        body: { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'd' }, spec },
        headers: { 'content-type': 'application/apply-patch+yaml' },
      });
    expect((await apply('fieldManager=a&force=true', { replicas: 5 })).json).toMatchObject({
      spec: { replicas: 5 },
    });
    expect((await apply('fieldManager=b', { replicas: 6 })).json).toMatchObject({
      code: 409,
      message: 'Apply failed with 1 conflict: conflict with "a" with subresource "scale": .spec.replicas',
    });
    expect((await apply('fieldManager=b&force=true', { replicas: 6 })).json).toMatchObject({
      kind: 'Scale',
      spec: { replicas: 6 },
    });
    expect((await apply('', { replicas: 6 })).json).toMatchObject({ code: 422 });
    const whole = (await admin.request('GET', `${deployments}/d/scale`)).json;
    const misnamed = { ...whole, metadata: { ...whole.metadata, name: 'e' } };
    expect((await admin.request('PUT', `${deployments}/d/scale`, { body: misnamed })).json).toMatchObject({
      code: 400,
      message: 'the name of the object (e) does not match the name on the URL (d)',
    });
    expect(
      (await admin.request('PUT', `${deployments}/d/scale`, { body: { ...whole, spec: { replicas: 2 } } }))
        .status,
    ).toBe(200);
    expect(
      (await admin.request('PUT', `${deployments}/d/scale`, { body: { ...whole, spec: { replicas: 3 } } }))
        .status,
    ).toBe(409);
    const status = await admin.request('PATCH', `${deployments}/d/status`, {
      body: { spec: { replicas: 9 }, status: { replicas: 2 } },
      headers: { 'content-type': 'application/merge-patch+json' },
    });
    expect(status.json).toMatchObject({ spec: { replicas: 2 }, status: { replicas: 2 } });
  });
});

it('a request that takes longer than its client wants to wait is answered all the same', async () => {
  // Pods wait for the account of their namespace, which nobody makes here.
  const { state: slow } = memoryRegistry((below) => [serviceAccountAdmission(below, systemClock)]);
  await slow.create(kinds.namespace, { metadata: { name: 'default' }, spec: {} });
  await using server = await serveOnLoopback(slow);
  using client = await TestClient.connect(server);
  const answer = await client.request('POST', '/api/v1/namespaces/default/pods?timeout=20ms', {
    body: { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'i' }] } },
  });
  expect(answer.json).toMatchObject({
    code: 504,
    reason: 'Timeout',
    message: 'Timeout: request did not complete within requested timeout - context deadline exceeded',
  });
  expect((await client.request('GET', '/api/v1/namespaces?timeout=1x')).status).toBe(400);
});
