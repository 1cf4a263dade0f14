import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { writeFileSync, chmodSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLogger, systemClock } from '@gantry/base';
import { eventually } from '@gantry/base/testing';
import { kinds, type V1Pod } from '@gantry/api';
import {
  CachedState,
  EtcdState,
  MemoryState,
  modify,
  namespaceLifecycle,
  RegistryState,
  type State,
} from '@gantry/state';
import { startEtcd } from '@gantry/state/testing';
import { Kubectl } from './testing/kubectl.ts';
import { serveOnLoopback, type LoopbackServer } from './testing/loopback-server.ts';
import { ProcessStreams } from './testing/process-streams.ts';

interface Below extends AsyncDisposable {
  state: State;
}

const stores: [string, () => Promise<Below>][] = [
  [
    'memory',
    () => Promise.resolve({ state: new MemoryState(), [Symbol.asyncDispose]: () => Promise.resolve() }),
  ],
  [
    'etcd',
    async () => {
      const etcd = await startEtcd();
      const options = { clock: systemClock, log: silentLogger };
      const store = await EtcdState.open({ endpoints: [etcd.endpoint] }, options);
      const state = new CachedState(store, options);
      const stop = new AbortController();
      const running = state.run(stop.signal);
      await state.ready;
      return {
        state,
        async [Symbol.asyncDispose]() {
          stop.abort();
          await running;
          store[Symbol.dispose]();
          await etcd[Symbol.asyncDispose]();
        },
      };
    },
  ],
];

const configMap = (name: string, data: string, extra = '') =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}${extra}}\ndata: ${data}\n`;

describe.each(stores)('kubectl, over %s,', (_, open) => {
  let below: Below;
  let server: LoopbackServer;
  let kubectl: Kubectl;
  let web: Server;
  let webPort: number;
  const nodeStreams = new ProcessStreams('n1');

  beforeAll(async () => {
    below = await open();
    const state = new RegistryState(below.state, {
      clock: systemClock,
      random: Math.random,
      admission: [namespaceLifecycle(below.state)],
    });
    server = await serveOnLoopback(state, { nodeStreams });
    kubectl = new Kubectl(server.kubeconfig);
    web = createServer((request, response) => response.end(`hello ${request.url}`));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    webPort = (web.address() as AddressInfo).port;
    const pod = (name: string, ...containers: string[]): V1Pod => ({
      metadata: { name, namespace: 'default' },
      spec: { nodeName: 'n1', containers: containers.map((each) => ({ name: each, image: 'x' })) },
    });
    for (const each of [pod('web', 'main'), pod('two', 'a', 'b')]) {
      await state.create(kinds.pod, each);
      await modify(
        state,
        kinds.pod,
        { namespace: 'default', name: each.metadata.name! },
        (object) => {
          object.status = { ...object.status, phase: 'Running' };
        },
        { subresource: 'status' },
      );
    }
    nodeStreams.logs.set('main', 'line 1\nline 2\n');
  });
  afterAll(async () => {
    web.close();
    web.closeAllConnections();
    await server[Symbol.asyncDispose]();
    await below[Symbol.asyncDispose]();
  });

  it('applies, sees no change, merges three ways, prunes what was dropped', async () => {
    expect(await kubectl.run(['apply', '-f', '-'], configMap('c', '{a: "1", b: "2"}'))).toContain('created');
    expect(await kubectl.run(['apply', '-f', '-'], configMap('c', '{a: "1", b: "2"}'))).toContain(
      'unchanged',
    );
    await kubectl.run(['patch', 'cm', 'c', '--type=merge', '-p', '{"data":{"z":"9"}}']);
    expect(await kubectl.run(['apply', '-f', '-'], configMap('c', '{a: "7"}'))).toContain('configured');
    expect(JSON.parse(await kubectl.run(['get', 'cm', 'c', '-o', 'jsonpath={.data}']))).toEqual({
      a: '7',
      z: '9',
    });
  });

  it('applies lists with merge keys by them', async () => {
    const deployment = (images: string[]) =>
      JSON.stringify({
        ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } },
        spec: {
          selector: { matchLabels: { a: 'b' } },
          template: {
            metadata: { labels: { a: 'b' } },
            spec: { containers: images.map((image, i) => ({ name: `c${i}`, image })) },
          },
        },
      });
    await kubectl.run(['apply', '-f', '-'], deployment(['x', 'y']));
    await kubectl.run(['set', 'env', 'deploy/d', '-c', 'c0', 'COLOR=green']);
    await kubectl.run(['apply', '-f', '-'], deployment(['x', 'z']));
    const read = await kubectl.run([
      'get',
      'deploy',
      'd',
      '-o',
      'jsonpath={.spec.template.spec.containers[*].image} {.spec.template.spec.containers[0].env[0].value}',
    ]);
    expect(read).toBe('x z green');
    await kubectl.run(['scale', 'deploy/d', '--replicas=5']);
    expect(await kubectl.run(['get', 'deploy', 'd'])).toMatch(/^d +0\/5 /m);
  });

  it('makes objects by its own commands', async () => {
    await kubectl.run(['create', 'ns', 'made']);
    await kubectl.run(['-n', 'made', 'create', 'secret', 'generic', 's', '--from-literal=user=ann']);
    expect(await kubectl.run(['-n', 'made', 'get', 'secret', 's', '-o', 'jsonpath={.data.user}'])).toBe(
      'YW5u',
    );
    await kubectl.run(['-n', 'made', 'create', 'deploy', 'app', '--image=x']);
    await kubectl.run(['-n', 'made', 'expose', 'deploy', 'app', '--port=80', '--type=NodePort']);
    expect(await kubectl.run(['-n', 'made', 'get', 'svc', 'app'])).toMatch(/^app +NodePort/m);
    await kubectl.run(['-n', 'made', 'run', 'p', '--image=x']);
    expect(await kubectl.run(['-n', 'made', 'get', 'pod', 'p'])).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\np +0\/1 +Pending/,
    );
    expect(await kubectl.run(['-n', 'made', 'delete', 'pod', 'p'])).toContain('deleted');
  });

  it('explains, validates, tries and tells differences', async () => {
    expect(await kubectl.run(['explain', 'deployment.spec.strategy'])).toContain('rollingUpdate');
    expect(await kubectl.run(['explain', 'pod'])).toMatch(/^KIND: +Pod/m);
    const refused = await kubectl.try(
      ['apply', '-f', '-'],
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: s}\ndatum: {a: b}\n',
    );
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/unknown field .*datum/);
    expect(
      await kubectl.run(['create', 'cm', 'dry', '--from-literal=a=1', '--dry-run=server', '-o', 'name']),
    ).toBe('configmap/dry\n');
    expect((await kubectl.try(['get', 'cm', 'dry'])).stderr).toContain('NotFound');
    await kubectl.run(['apply', '-f', '-'], configMap('diffed', '{a: "1"}'));
    const diff = await kubectl.try(['diff', '-f', '-'], configMap('diffed', '{a: "2"}'));
    expect(diff.stdout).toMatch(/^\+ +a: "2"/m);
  });

  it('edits and replaces; a stale revision conflicts', async () => {
    await kubectl.run(['apply', '-f', '-'], configMap('edited', '{a: "1"}'));
    const editor = `${server.kubeconfig}.editor`;
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/a: .*/a: edited/" "$1"\n');
    chmodSync(editor, 0o755);
    await new Kubectl(server.kubeconfig, { KUBE_EDITOR: editor }).run(['edit', 'cm', 'edited']);
    const stale = await kubectl.run(['get', 'cm', 'edited', '-o', 'json']);
    expect(stale).toContain('"a": "edited"');
    await kubectl.run(['label', 'cm', 'edited', 'x=y']);
    expect((await kubectl.try(['replace', '-f', '-'], stale)).stderr).toContain(
      'the object has been modified',
    );
  });

  it('watches additions, changes and deletions in order', async () => {
    const watching = kubectl.start([
      'get',
      'cm',
      '-w',
      '--output-watch-events',
      '--field-selector=metadata.name=w',
    ]);
    let seen = '';
    watching.stdout!.on('data', (chunk: Buffer) => (seen += chunk.toString()));
    try {
      await eventually(async () => (await metric('apiserver_longrunning_requests')) > 0);
      await kubectl.run(['create', 'cm', 'w', '--from-literal=a=1']);
      await kubectl.run(['patch', 'cm', 'w', '-p', '{"data":{"a":"2"}}']);
      await kubectl.run(['delete', 'cm', 'w']);
      await eventually(() => seen.includes('DELETED'));
      expect(seen.match(/ADDED|MODIFIED|DELETED/g)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
    } finally {
      watching.kill();
    }
  });

  const metric = async (name: string) => {
    const text = await kubectl.run(['get', '--raw', '/metrics']);
    return Number(
      new RegExp(`^${name}\\{[^}]*resource="configmaps"[^}]*\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0,
    );
  };

  it('holds what has finalizers, lists in pages, deletes by selector', async () => {
    await kubectl.run(['create', '-f', '-'], configMap('held', '{}', ', finalizers: [example.com/hold]'));
    await kubectl.run(['delete', 'cm', 'held', '--wait=false']);
    expect(await kubectl.run(['get', 'cm', 'held', '-o', 'jsonpath={.metadata.deletionTimestamp}'])).toMatch(
      /^20/,
    );
    await kubectl.run(['patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":null}}']);
    expect((await kubectl.try(['get', 'cm', 'held'])).code).toBe(1);
    const many = Array.from({ length: 12 }, (_, i) =>
      configMap(`many-${i}`, '{}', ', labels: {many: "1"}'),
    ).join('---\n');
    await kubectl.run(['apply', '-f', '-'], many);
    expect(
      (await kubectl.run(['get', 'cm', '-l', 'many=1', '--chunk-size=5', '-o', 'name'])).trim().split('\n'),
    ).toHaveLength(12);
    await kubectl.run(['delete', 'cm', '-l', 'many=1']);
    expect(await kubectl.run(['get', 'cm', '-l', 'many=1', '-o', 'name'])).toBe('');
  });

  it('is told what it may not do', async () => {
    const ann = new Kubectl(await server.kubeconfigFor({ commonName: 'ann' }));
    expect((await ann.try(['get', 'pods'])).stderr).toContain(
      'pods is forbidden: User "ann" cannot list resource "pods" in API group "" in the namespace "default"',
    );
    expect((await ann.try(['auth', 'can-i', 'get', 'pods'])).stdout).toContain('no');
    expect(await kubectl.run(['auth', 'can-i', '*', '*'])).toContain('yes');
  });

  // kubectl takes WebSocket from 1.31 on unless told otherwise; older ones speak SPDY whatever is set.
  describe.each([
    ['WebSocket', {}],
    ['SPDY', { KUBECTL_REMOTE_COMMAND_WEBSOCKETS: 'false', KUBECTL_PORT_FORWARD_WEBSOCKETS: 'false' }],
  ])('over %s', (_, env) => {
    const into = () => new Kubectl(server.kubeconfig, env);

    it('runs commands: output, input, errors, exit code', async () => {
      expect(await into().run(['exec', 'web', '--', 'echo', 'hi'])).toBe('hi\n');
      expect((await into().try(['exec', 'web', '--', 'sh', '-c', 'exit 7'])).code).toBe(7);
      expect(await into().run(['exec', '-i', 'web', '--', 'cat'], 'piped')).toBe('piped');
      const both = await into().try(['exec', 'web', '--', 'sh', '-c', 'echo err >&2; echo out']);
      expect([both.stdout, both.stderr]).toEqual(['out\n', 'err\n']);
      expect((await into().try(['exec', 'web', '-c', 'nope', '--', 'true'])).stderr).toContain(
        'container nope is not valid for pod web',
      );
    });

    it('carries megabytes both ways', async () => {
      const text = randomBytes(3 * 1024 * 1024).toString('base64');
      expect((await into().run(['exec', '-i', 'web', '--', 'cat'], text)) === text).toBe(true);
    });

    it('attaches', async () => {
      expect(await into().run(['attach', '-i', 'web'], 'one\n')).toContain('one');
    });

    it('forwards ports, one connection after the other', async () => {
      const forwarding = into().start(['port-forward', 'pod/web', `:${webPort}`]);
      let said = '';
      forwarding.stdout!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      try {
        const port = await eventually(() => /Forwarding from 127\.0\.0\.1:(\d+)/.exec(said)?.[1]);
        for (const path of ['/1', '/2', '/3']) {
          const answer = await fetch(`http://127.0.0.1:${port}${path}`);
          expect(await answer.text()).toBe(`hello ${path}`);
        }
      } finally {
        forwarding.kill();
      }
    });
  });

  it('reads logs', async () => {
    expect(await kubectl.run(['logs', 'web'])).toBe('line 1\nline 2\n');
    expect(await kubectl.run(['logs', 'web', '--tail=1'])).toBe('line 2\n');
    expect((await kubectl.try(['logs', 'web', '-c', 'nope'])).stderr).toContain(
      'container nope is not valid for pod web',
    );
    expect((await kubectl.try(['logs', 'two', '-c', 'a'])).stderr).toContain(
      'container "a" in pod "two" is waiting to start',
    );
    expect((await kubectl.try(['get', '--raw', '/api/v1/namespaces/default/pods/two/log'])).stderr).toContain(
      'a container name must be specified for pod two, choose one of: [a b]',
    );
  });

  it('reaches a pod through the proxy', async () => {
    expect(
      await kubectl.run(['get', '--raw', `/api/v1/namespaces/default/pods/web:${webPort}/proxy/a/b?c=d`]),
    ).toBe('hello /a/b?c=d');
  });

  it('is not disturbed by clients that connect and say nothing', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write('rubbish\r\n\r\n');
    expect(await kubectl.run(['get', '--raw', '/readyz'])).toBe('ok');
    socket.destroy();
  });
});
