import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kindList, kinds, type Kind } from '@gantry/api';
import { objectsOf, text } from '@gantry/api/testing';
import { defaultTolerationSeconds, priorityAdmission } from './admission/pod-defaults.ts';
import { TestClient } from './testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from './testing/loopback-server.ts';
import { memoryRegistry } from './testing/memory-registry.ts';

// Whatever is sent, the answer is the client's fault or a success: no request finds a way to a 500, to silence or to a crash.

let server: LoopbackServer;
let admin: TestClient;
beforeAll(async () => {
  const { state } = memoryRegistry(() => [priorityAdmission, defaultTolerationSeconds]);
  for (const name of ['default', 'a']) await state.create(kinds.namespace, { metadata: { name }, spec: {} });
  server = await serveOnLoopback(state);
  admin = await TestClient.connect(server);
});
afterAll(async () => {
  admin[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const parameter = fc.constantFrom(
  ...[
    'limit',
    'continue',
    'resourceVersion',
    'resourceVersionMatch',
    'labelSelector',
    'fieldSelector',
    'timeout',
  ],
  ...[
    'timeoutSeconds',
    'dryRun',
    'fieldManager',
    'fieldValidation',
    'force',
    'pretty',
    'includeObject',
    'watch',
  ],
  ...[
    'sendInitialEvents',
    'allowWatchBookmarks',
    'gracePeriodSeconds',
    'propagationPolicy',
    'orphanDependents',
  ],
  ...['container', 'tailLines', 'sinceTime', 'follow', 'command', 'ports', 'exclude', 'verbose'],
);
const query = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(fc.tuple(parameter, text), { maxLength: 3 }) },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'));

const subresource = fc.constantFrom(
  ...[
    'status',
    'scale',
    'binding',
    'eviction',
    'log',
    'exec',
    'proxy',
    'proxy/a/b',
    'finalize',
    'ephemeralcontainers',
  ],
  ...['nope', 'portforward', 'attach'],
);
const segment = text.map((each) => each.replace(/[\s\u0000-\u001f?#\\]|[^\x00-\x7f]/g, '-'));
const pathOf = ({ group, version, plural, namespaced }: Kind) =>
  fc
    .record({
      namespace: fc.oneof(
        { weight: 9, arbitrary: fc.constant(namespaced ? 'default' : null) },
        { weight: 1, arbitrary: segment },
      ),
      name: fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(null, 'a', 'b') },
        { weight: 1, arbitrary: segment },
      ),
      subresource: fc.option(subresource, { freq: 3 }),
    })
    .map(({ namespace, name, subresource: below }) =>
      [
        group ? `/apis/${group}/${version}` : `/api/${version}`,
        ...(namespace === null ? [] : ['namespaces', namespace]),
        plural,
        ...(name === null ? [] : [name, ...(below === null ? [] : [below])]),
      ].join('/'),
    );

const member = fc.constantFrom(
  ...[
    '',
    '/',
    '/metadata',
    '/metadata/name',
    '/metadata/labels',
    '/spec',
    '/spec/containers',
    '/spec/containers/0',
  ],
  ...['/spec/template/spec', '/spec/selector', '/spec/-', '/a~1b', '/status', '/__proto__/x', '/kind'],
);
const operations = (kind: Kind) =>
  fc.array(
    fc.record({
      op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test', 'x'),
      path: member,
      from: member,
      value: fc.oneof(text, objectsOf(kind), fc.constantFrom<unknown>(null, [], 5, {})),
    }),
    { maxLength: 3 },
  );

const accept = fc.constantFrom(
  ...[
    'application/json',
    'application/yaml',
    '*/*',
    'text/html',
    'application/json;as=Table;v=v1;g=meta.k8s.io',
  ],
  'application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io',
);

interface Sent {
  method: string;
  path: string;
  query: string;
  body: string;
  contentType: string;
  accept: string;
}

const patchTypes = ['merge-patch+json', 'strategic-merge-patch+json', 'apply-patch+yaml', 'json-patch+json'];
const request: fc.Arbitrary<Sent> = fc.constantFrom<Kind>(...kindList).chain((kind) =>
  fc
    .record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'PATCH', 'DELETE', 'HEAD'),
      type: fc.constantFrom(...patchTypes),
    })
    .chain(({ method, type }) =>
      fc.record({
        method: fc.constant(method),
        path: pathOf(kind),
        query,
        body: fc
          .tuple(
            method === 'PATCH' && type.startsWith('json-patch') ? operations(kind) : objectsOf(kind),
            fc.nat({ max: 20 }),
          )
          .map(([value, cut]) => JSON.stringify(value).slice(cut === 20 ? 9 : 0)),
        contentType: fc.constant(method === 'PATCH' ? `application/${type}` : 'application/json'),
        accept,
      }),
    ),
);

/** Reads are cut short where they would last as long as we like. */
async function answerTo({ method, path, query, body, contentType, accept }: Sent) {
  const bodiless = method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
  const response = await admin.open(method, `${path}?${query}`, {
    ...(bodiless ? {} : { body }),
    headers: { accept, ...(bodiless ? {} : { 'content-type': contentType }) },
  });
  const code = response.statusCode!;
  const endless = code === 200 && response.headers['content-length'] === undefined;
  let text = '';
  if (endless) response.destroy();
  else for await (const chunk of response as AsyncIterable<Buffer>) text += chunk.toString();
  return { code, text };
}

/** No node is connected here (503), and there is no revision of the future (504). */
const mayBe = new Set([503, 504]);

it('no request finds a way to a 500, to silence or to a crash', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const { code, text } = await answerTo(sent);
      if (code >= 500 && !mayBe.has(code)) expect.fail(`${code} ${text}`);
    }),
    { seed: 20261126, numRuns: 500 },
  );
  expect((await admin.request('GET', '/livez')).text).toBe('ok');
}, 120_000);
