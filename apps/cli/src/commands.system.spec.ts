import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import {
  memoryRegistry,
  ProcessStreams,
  serveOnLoopback,
  type LoopbackServer,
} from '@gantry/serving/testing';
import { buildGantry, gantryCommand, runProgram, type Outcome } from './testing/run-gantry.ts';

// The program as a process, against an API server in this one: what it prints, where, and its exit code.

let server: LoopbackServer;
let folder: string;
const streams = new ProcessStreams('node-1');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  const { state } = memoryRegistry();
  server = await serveOnLoopback(state, { nodeStreams: streams });
  await state.create(kinds.node, { metadata: { name: 'node-1' }, spec: {} });
  await state.create(kinds.pod, {
    metadata: { name: 'web', namespace: 'default', labels: { app: 'web' } },
    spec: {
      nodeName: 'node-1',
      containers: [
        { name: 'main', image: 'r/app:1' },
        { name: 'side', image: 'r/app:1' },
      ],
    },
  });
  streams.logs.set('main', 'one\ntwo\n').set('side', 'three\n');
  await buildGantry();
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  if (folder) rmSync(folder, { recursive: true });
});

const gantry = (...args: string[]): Promise<Outcome> => gantryWith({}, ...args);
const gantryWith = (
  options: { input?: string; env?: NodeJS.ProcessEnv; until?: string },
  ...args: string[]
) =>
  runProgram(gantryCommand[0], [...gantryCommand.slice(1), ...args], {
    ...options,
    env: { KUBECONFIG: server.kubeconfig, ...options.env },
  });

const configMap = (name: string, data: object) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });
const ok = (stdout: string): Outcome => ({ code: 0, stdout, stderr: '' });
const failed = (stderr: string, code = 1): Outcome => ({ code, stdout: '', stderr });

describe('apply and delete', () => {
  it('creates, leaves alone, configures, and drops what the file no longer has', async () => {
    const apply = (data: object) => gantryWith({ input: configMap('three', data) }, 'apply', '-f', '-');
    expect(await apply({ a: '1', b: '2' })).toEqual(ok('configmap/three created\n'));
    expect(await apply({ a: '1', b: '2' })).toEqual(ok('configmap/three unchanged\n'));
    expect(await gantry('patch', 'cm', 'three', '--type=merge', '-p', '{"data":{"z":"9"}}')).toEqual(
      ok('configmap/three patched\n'),
    );
    expect(await apply({ a: '7' })).toEqual(ok('configmap/three configured\n'));
    expect((await gantry('get', 'cm', 'three', '-o=jsonpath={.data}')).stdout).toContain('{"a":"7","z":"9"}');
  });

  it('remembers the manifest byte for byte as kubectl does', async () => {
    const manifest = {
      kind: 'ConfigMap',
      metadata: { name: 'last' },
      data: { b: '<&>', a: '1' },
      apiVersion: 'v1',
    };
    await gantryWith({ input: JSON.stringify(manifest) }, 'apply', '-f', '-');
    const path = "jsonpath={.metadata.annotations['kubectl\\.kubernetes\\.io/last-applied-configuration']}";
    expect((await gantry('get', 'cm', 'last', '-o', path)).stdout).toBe(
      String.raw`{"apiVersion":"v1","data":{"a":"1","b":"\u003c\u0026\u003e"},"kind":"ConfigMap","metadata":{"annotations":{},"name":"last","namespace":"default"}}` +
        '\n',
    );
  });

  it('tries every object of a folder, and fails when one did', async () => {
    writeFileSync(join(folder, 'a.json'), configMap('folder-a', {}));
    writeFileSync(join(folder, 'b.json'), configMap('Not_A_Name', {}));
    writeFileSync(join(folder, 'c.json'), configMap('folder-c', {}));
    const { code, stdout, stderr } = await gantry('apply', '-f', folder);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'configmap/folder-a created\nconfigmap/folder-c created\n',
    });
    expect(stderr).toMatch(/^The ConfigMap "Not_A_Name" is invalid: metadata\.name: Invalid value/);
  });

  it('tries without doing', async () => {
    expect(await gantry('create', 'cm', 'dry', '--dry-run=server')).toEqual(
      ok('configmap/dry created (server dry run)\n'),
    );
    expect((await gantry('create', 'deploy', 'd', '--image=x', '--dry-run=client', '-oyaml')).stdout).toMatch(
      /^apiVersion: apps\/v1\nkind: Deployment\n/,
    );
    expect(await gantry('get', 'cm', 'dry')).toEqual(
      failed('Error from server (NotFound): configmaps "dry" not found\n'),
    );
  });

  it('makes an entry of each file of a folder', async () => {
    const entries = join(folder, 'entries');
    mkdirSync(join(entries, 'below'), { recursive: true });
    for (const name of ['a.txt', 'b.txt', 'below/c.txt']) writeFileSync(join(entries, name), name);
    await gantry('create', 'cm', 'entries', `--from-file=${entries}`);
    expect((await gantry('get', 'cm', 'entries', '-o', 'jsonpath={.data}')).stdout).toBe(
      '{"a.txt":"a.txt","b.txt":"b.txt"}',
    );
    expect(await gantry('create', 'cm', 'x', `--from-file=k=${entries}`)).toEqual(
      failed('error: cannot give a key name for a directory path\n'),
    );
  });

  it('says why a URL cannot be read', async () => {
    expect(await gantry('apply', '-f', 'http://127.0.0.1:1/x.yaml')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^error: unable to read URL "http:\/\/127\.0\.0\.1:1\/x\.yaml": .+\n$/,
      ) as string,
    });
  });

  it('deletes by name, by label and by file', async () => {
    for (const name of ['d1', 'd2', 'd3']) await gantry('create', 'cm', name);
    await gantry('label', 'cm', 'd2', 'd3', 'group=x');
    expect(await gantry('delete', 'cm', 'd1', 'nope')).toEqual({
      code: 1,
      stdout: 'configmap "d1" deleted\n',
      stderr: 'Error from server (NotFound): configmaps "nope" not found\n',
    });
    expect((await gantry('delete', 'cm', '-l', 'group=x')).stdout).toBe(
      'configmap "d2" deleted\nconfigmap "d3" deleted\n',
    );
    expect(await gantry('delete', 'cm', 'd1', '--ignore-not-found')).toEqual(ok(''));
    expect(await gantry('delete', 'cm')).toEqual(
      failed('error: resource(s) were provided, but no name was specified\n'),
    );
  });

  it('waits for what is deleted, but not for ever', async () => {
    const held = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'held', finalizers: ['example.com/hold'] },
    };
    await gantryWith({ input: JSON.stringify(held) }, 'create', '-f', '-');
    expect(await gantry('delete', 'cm', 'held', '--timeout=1s')).toEqual({
      code: 1,
      stdout: 'configmap "held" deleted\n',
      stderr: 'error: timed out waiting for the condition on configmaps/held\n',
    });
    await gantry('patch', 'cm', 'held', '--type=merge', '-p', '{"metadata":{"finalizers":null}}');
    expect(await gantry('wait', 'cm/held', '--for=delete', '--timeout=60s')).toMatchObject({ code: 0 });
  });

  it('shows the difference and says by its exit code that there is one', async () => {
    await gantryWith({ input: configMap('diff', { a: '1' }) }, 'apply', '-f', '-');
    const { code, stdout } = await gantryWith({ input: configMap('diff', { a: '2' }) }, 'diff', '-f', '-');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^- {2}a: "1"\n\+ {2}a: "2"$/m);
    expect(await gantryWith({ input: configMap('diff', { a: '1' }) }, 'diff', '-f', '-')).toEqual(ok(''));
  });

  it('edits in the person’s editor', async () => {
    await gantryWith({ input: configMap('edit', { a: '1' }) }, 'apply', '-f', '-');
    const editor = join(folder, 'editor');
    writeFileSync(editor, '#!/bin/sh\nsed -i "s/  a: .*/  a: edited/" "$1"\n');
    chmodSync(editor, 0o755);
    expect(await gantryWith({ env: { KUBE_EDITOR: editor } }, 'edit', 'cm', 'edit')).toEqual(
      ok('configmap/edit edited\n'),
    );
    expect(await gantryWith({ env: { KUBE_EDITOR: 'true' } }, 'edit', 'cm', 'edit')).toEqual(
      ok('Edit cancelled, no changes made.\n'),
    );
    expect((await gantryWith({ env: { KUBE_EDITOR: 'false' } }, 'edit', 'cm', 'edit')).code).toBe(1);
  });
});

describe('get', () => {
  it.each([
    ['name', 'pod/web'],
    ['jsonpath={.metadata.name}', 'web'],
    ['go-template={{.metadata.name}}', 'web'],
    ['custom-columns=N:.metadata.name,A:.metadata.labels.app', 'N     A\nweb   web'],
  ])('prints -o %s', async (format, text) => {
    // Templates say themselves where lines end.
    const end = /^(jsonpath|go-template)=/.test(format) ? '' : '\n';
    expect(await gantry('get', 'pod', 'web', '-o', format)).toEqual(ok(`${text}${end}`));
  });

  it('prints tables, JSON and YAML', async () => {
    expect((await gantry('get', 'pods')).stdout).toMatch(
      /^NAME +READY +STATUS +RESTARTS +AGE\nweb +0\/2 +Pending +0 +(\d+[ms])+\n$/,
    );
    expect((await gantry('get', 'pods', '-A', '--no-headers')).stdout).toMatch(/^default +web /);
    expect(JSON.parse((await gantry('get', 'pod', 'web', '-o', 'json')).stdout)).toMatchObject({
      kind: 'Pod',
      apiVersion: 'v1',
    });
    expect((await gantry('get', 'pod', 'web', '-o', 'yaml')).stdout).toMatch(
      /^apiVersion: v1\nkind: Pod\nmetadata:\n {2}creationTimestamp: /,
    );
    expect(JSON.parse((await gantry('get', 'pods', '-o', 'json')).stdout)).toMatchObject({
      kind: 'List',
      items: [{ kind: 'Pod' }],
    });
  });

  it('says when there is nothing, and fails when it does not know', async () => {
    expect(await gantry('-n', 'kube-system', 'get', 'pods')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No resources found in kube-system namespace.\n',
    });
    expect(await gantry('get', 'gizmos')).toEqual(
      failed(`error: the server doesn't have a resource type "gizmos"\n`),
    );
    expect(await gantry('get', 'pods', '--field-selector=spec.nonsense=1')).toMatchObject({ code: 1 });
    expect((await gantry('get', 'pods', '-o', 'xml')).stderr).toMatch(
      /^error: unable to match a printer suitable for the output format "xml"/,
    );
    expect((await gantry('get', '--raw', '/nope')).stderr).toMatch(/^Error from server \(NotFound\): /);
  });

  it('goes on showing changes with -w', async () => {
    const watching = gantryWith({ until: 'watched ' }, 'get', 'ns', '-w');
    // The watch may begin before or after: both show the namespace.
    const [{ stdout, stderr, code }] = await Promise.all([watching, gantry('create', 'ns', 'watched')]);
    // Ctrl-C ends it as it ends other programs.
    expect({ stderr, code }).toEqual({ stderr: '', code: 130 });
    expect(stdout).toMatch(/^NAME +STATUS +AGE\n/);
    expect(stdout.match(/^NAME/gm)).toHaveLength(1);
  });

  it('describes', async () => {
    expect((await gantry('describe', 'pod', 'web')).stdout).toMatch(/^Name: +web\n/);
    expect(await gantry('describe', 'pod', 'nope')).toEqual(
      failed('Error from server (NotFound): pods "nope" not found\n'),
    );
  });

  it('explains', async () => {
    expect((await gantry('explain', 'pod.spec.containers.image')).stdout).toMatch(
      /^KIND: +Pod\nVERSION: +v1\n\nFIELD: image <string>\n/,
    );
    expect(await gantry('explain', 'pod.nope')).toEqual(failed('error: field "nope" does not exist\n'));
  });
});

describe('changes', () => {
  it('refuses names beside selectors, and changes nothing then', async () => {
    await gantryWith({ input: configMap('kept', {}) }, 'apply', '-f', '-');
    expect(await gantry('delete', 'cm', 'kept', '-l', 'a=b')).toEqual(
      failed('error: name cannot be provided when a selector is specified\n'),
    );
    expect(await gantry('delete', 'cm/kept', '--all')).toEqual(
      failed('error: selectors and the all flag cannot be used when passing resource/name arguments\n'),
    );
    expect(await gantry('delete', 'cm', 'kept', '--now', '--grace-period=5')).toEqual(
      failed('error: --now and --grace-period cannot be specified together\n'),
    );
    expect((await gantry('get', 'cm', 'kept', '-o', 'name')).stdout).toBe('configmap/kept\n');
  });

  it('shows what is there and says what is not', async () => {
    await gantryWith({ input: configMap('there', {}) }, 'apply', '-f', '-');
    const missing = ['a', 'b'].map(
      (name) => `Error from server (NotFound): configmaps "${name}" not found\n`,
    );
    expect(await gantry('get', 'cm', 'a', 'there', 'b', '-o', 'name')).toEqual({
      code: 1,
      stdout: 'configmap/there\n',
      stderr: missing.join(''),
    });
    const { code, stdout, stderr } = await gantry('describe', 'cm', 'a', 'ther');
    expect({ code, stderr }).toEqual({ code: 1, stderr: missing[0] });
    expect(stdout).toMatch(/^Name: +there\n/);
  });

  it('pauses and resumes once, and restarts nothing that is paused', async () => {
    await gantry('create', 'deployment', 'held', '--image=r/app:1');
    const rollout = (verb: string) => gantry('rollout', verb, 'deployment/held');
    expect(await rollout('resume')).toEqual(failed('error: deployments.apps "held" is not paused\n'));
    expect(await rollout('pause')).toEqual(ok('deployment.apps/held paused\n'));
    expect(await rollout('pause')).toEqual(failed('error: deployments.apps "held" is already paused\n'));
    expect((await rollout('restart')).stderr).toContain("can't restart paused deployment");
    expect((await gantry('get', 'deploy', 'held', '--subresource=scale')).stdout).toMatch(
      /^NAME +DESIRED +AVAILABLE +AGE\nheld +1 +0 /,
    );
  });

  it('labels, once, and again only when told', async () => {
    await gantry('create', 'cm', 'labelled');
    expect(await gantry('label', 'cm', 'labelled', 'tier=front')).toEqual(ok('configmap/labelled labeled\n'));
    expect(await gantry('label', 'cm', 'labelled', 'tier=back')).toEqual(
      failed(`error: 'tier' already has a value (front), and --overwrite is false\n`),
    );
    expect(await gantry('label', 'cm', 'labelled', 'tier=back', '--overwrite')).toEqual(
      ok('configmap/labelled labeled\n'),
    );
    expect(await gantry('label', 'cm', 'labelled', 'tier-')).toEqual(ok('configmap/labelled unlabeled\n'));
    expect(await gantry('annotate', 'cm', 'labelled', 'note=a b')).toEqual(
      ok('configmap/labelled annotated\n'),
    );
  });

  it('scales, sets images and variables, exposes', async () => {
    expect(
      await gantry(
        'create',
        'deploy',
        'app',
        '--image=r/app:1',
        '--replicas=2',
        '--port=80',
        '--',
        'sleep',
        '9',
      ),
    ).toEqual(ok('deployment.apps/app created\n'));
    expect(await gantry('scale', 'deploy/app', '--replicas=4')).toEqual(ok('deployment.apps/app scaled\n'));
    expect(await gantry('scale', 'deploy', 'app', '--current-replicas=9', '--replicas=1')).toEqual(
      failed('error: Expected replicas to be 9, was 4\n'),
    );
    expect(await gantry('set', 'image', 'deploy/app', 'app=r/app:2')).toEqual(
      ok('deployment.apps/app image updated\n'),
    );
    expect(await gantry('set', 'env', 'deploy/app', 'COLOR=green')).toEqual(
      ok('deployment.apps/app env updated\n'),
    );
    expect(await gantry('expose', 'deploy', 'app', '--target-port=8080')).toEqual(
      ok('service/app exposed\n'),
    );
    const path =
      '{.spec.replicas} {.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].value} {.spec.template.spec.containers[0].command}';
    expect((await gantry('get', 'deploy', 'app', '-o', `jsonpath=${path}`)).stdout).toBe(
      '4 r/app:2 green ["sleep","9"]',
    );
    expect(
      (await gantry('get', 'svc', 'app', '-o', 'jsonpath={.spec.ports[0].port}:{.spec.ports[0].targetPort}'))
        .stdout,
    ).toBe('80:8080');
  });

  it('taints and cordons nodes', async () => {
    expect(await gantry('taint', 'node', 'node-1', 'a=b:NoSchedule')).toEqual(ok('node/node-1 tainted\n'));
    expect(await gantry('taint', 'node', 'node-1', 'a-')).toEqual(ok('node/node-1 untainted\n'));
    expect(await gantry('cordon', 'node-1')).toEqual(ok('node/node-1 cordoned\n'));
    expect((await gantry('get', 'nodes', '--no-headers')).stdout).toContain('SchedulingDisabled');
    expect(await gantry('uncordon', 'node-1')).toEqual(ok('node/node-1 uncordoned\n'));
  });

  it('refuses a stale object', async () => {
    await gantry('create', 'cm', 'stale', '--from-literal=a=1');
    const { stdout } = await gantry('get', 'cm', 'stale', '-o', 'json');
    await gantry('patch', 'cm', 'stale', '-p', '{"data":{"a":"2"}}');
    const { code, stderr } = await gantryWith({ input: stdout }, 'replace', '-f', '-');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^Error from server \(Conflict\): error when replacing "STDIN": Operation cannot be fulfilled on configmaps "stale"/,
    );
  });
});

describe('wait', () => {
  it('ends with the condition, or with its time', async () => {
    expect(await gantry('wait', 'pod/web', '--for=jsonpath={.spec.nodeName}=node-1')).toEqual(
      ok('pod/web condition met\n'),
    );
    expect(await gantry('wait', 'pod/web', '--for=condition=Ready', '--timeout=300ms')).toEqual(
      failed('error: timed out waiting for the condition on pods/web\n'),
    );
    expect(await gantry('wait', 'pod/nope', '--for=condition=Ready')).toEqual(
      failed('Error from server (NotFound): pods "nope" not found\n'),
    );
    expect(await gantry('rollout', 'status', 'deploy/nope')).toMatchObject({ code: 1 });
  });
});

describe('into containers', () => {
  it('carries output, errors, input and the exit code', async () => {
    expect(
      await gantry('exec', 'web', '-c', 'main', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7'),
    ).toEqual({
      code: 7,
      stdout: 'out\n',
      stderr: 'err\ncommand terminated with exit code 7\n',
    });
    const big = 'x'.repeat(300_000);
    expect(await gantryWith({ input: big }, 'exec', '-ic', 'main', 'web', '--', 'cat')).toEqual(ok(big));
    expect(await gantry('exec', 'web')).toEqual(
      failed('error: you must specify at least one command for the container\n'),
    );
    expect(await gantry('exec', 'web', '-c', 'nope', '--', 'true')).toEqual(
      failed('error: container nope is not valid for pod web\n'),
    );
  });

  it('copies files both ways', async () => {
    const [there, back] = [join(folder, 'there'), join(folder, 'back')];
    writeFileSync(join(folder, 'in, with & odd name'), 'copied');
    expect(
      await gantry('cp', '-c', 'main', join(folder, 'in, with & odd name'), `web:${there}`),
    ).toMatchObject({ code: 0 });
    expect(await gantry('cp', '-c', 'main', `web:${there}`, back)).toMatchObject({ code: 0 });
    expect((await runProgram('cat', [back])).stdout).toBe('copied');
  });

  it('prints logs, of one container and of all', async () => {
    expect(await gantry('logs', 'web', '-c', 'main')).toEqual(ok('one\ntwo\n'));
    expect(await gantry('logs', 'web', '--all-containers', '--prefix')).toEqual(
      ok('[pod/web/main] one\n[pod/web/main] two\n[pod/web/side] three\n'),
    );
    expect(await gantry('logs', 'web', '--tail=1')).toEqual({
      code: 0,
      stdout: 'two\n',
      stderr: 'Defaulted container "main" out of: main, side\n',
    });
    expect(await gantry('logs', 'nope')).toMatchObject({ code: 1 });
  });
});

describe('files in several places', () => {
  const manifest = (namespace: string) =>
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'placed', namespace },
      data: {},
    });

  it('are looked for in their own namespaces', async () => {
    await gantry('create', 'ns', 'elsewhere');
    await gantryWith({ input: manifest('elsewhere') }, 'apply', '-f', '-');
    expect(await gantryWith({ input: manifest('elsewhere') }, 'get', '-f', '-', '-o', 'name')).toEqual(
      ok('configmap/placed\n'),
    );
    expect(await gantryWith({ input: manifest('elsewhere') }, 'apply', '-n', 'default', '-f', '-')).toEqual(
      failed(
        'error: the namespace from the provided object "elsewhere" does not match the namespace "default". You must pass \'--namespace=elsewhere\' to perform this operation.\n',
      ),
    );
  });

  it('may be a kustomization', async () => {
    const root = join(folder, 'kustomized');
    mkdirSync(root, { recursive: true });
    writeFileSync(join(root, 'a.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kz}\n');
    writeFileSync(
      join(root, 'kustomization.yaml'),
      'resources: [a.yaml]\nnamePrefix: p-\nlabels: [{pairs: {via: kz}}]\n',
    );
    expect(await gantry('kustomize', root)).toEqual(
      ok('apiVersion: v1\nkind: ConfigMap\nmetadata:\n  labels:\n    via: kz\n  name: p-kz\n'),
    );
    expect(await gantry('apply', '-k', root)).toEqual(ok('configmap/p-kz created\n'));
    expect(await gantry('delete', '-k', root)).toEqual(ok('configmap "p-kz" deleted\n'));
    expect(await gantry('apply', '-k', folder)).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('config', () => {
  it('shows the kubeconfig without its secrets, and changes contexts', async () => {
    const file = join(folder, 'kubeconfig');
    writeFileSync(
      file,
      'apiVersion: v1\nkind: Config\ncurrent-context: a\ncontexts: [{name: a, context: {cluster: c, user: u}}, {name: b, context: {cluster: d}}]\nclusters: [{name: c, cluster: {server: "https://c"}}, {name: d, cluster: {server: "https://d"}}]\nusers: [{name: u, user: {token: secret}}]\n',
    );
    const config = (...args: string[]) => gantryWith({ env: { KUBECONFIG: file } }, 'config', ...args);
    const minified = await config('view', '--minify');
    expect(minified.stdout).toContain('    token: REDACTED\n');
    expect(minified.stdout).not.toContain('https://d');
    expect(await config('use-context', 'b')).toEqual(ok('Switched to context "b".\n'));
    expect(await config('set-context', '--current', '-n', 'web')).toEqual(ok('Context "b" modified.\n'));
    expect((await config('get-contexts', '--no-headers')).stdout).toMatch(/^ +a +c +u +\n\* +b +d +web\n$/);
    expect(await config('use-context', 'x')).toEqual(failed('error: no context exists with the name: "x"\n'));
    expect((await config('view', '--raw')).stdout).toContain('token: secret\n');
  });
});

describe('the program', () => {
  it('takes the last word on a switch', async () => {
    expect((await gantry('get', 'cm', '-w', '-w=false', '-o', 'name')).code).toBe(0);
  });

  it('says what is wrong with a command line', async () => {
    expect(await gantry('get', 'pods', '--nope')).toEqual(
      failed("Error: unknown flag: --nope\nSee 'gantry get --help' for usage.\n"),
    );
    expect((await gantry('gte', 'pods')).stderr).toMatch(
      /^Error: unknown command "gte" for "gantry"\n\nDid you mean this\?\n\tget\n/,
    );
    expect(await gantry('apply')).toMatchObject({ code: 1, stdout: '' });
    expect((await gantry('up', '--nodes=0')).stderr).toContain('It must be a number from 1 to 50.');
  });

  it('names the server it cannot reach', async () => {
    expect(await gantry('-s', 'https://127.0.0.1:1', 'get', 'pods')).toEqual(
      failed(
        'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?\n',
      ),
    );
    expect((await gantry('--kubeconfig=/nowhere', 'get', 'pods')).stderr).toMatch(
      /^error: the kubeconfig \/nowhere cannot be read/,
    );
  });

  it.each(['', 'get', 'apply', 'create', 'create secret', 'up', 'rollout', 'completion', 'exec'])(
    'has help: %s',
    async (words) => {
      const { code, stdout } = await gantry(...words.split(' ').filter(Boolean), '--help');
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: gantry/);
    },
  );

  it('ends quietly when its reader goes away', async () => {
    const { stderr } = await runProgram(
      'bash',
      ['-c', `set -o pipefail; ${gantryCommand.join(' ')} get pods -o yaml | true`],
      { env: { KUBECONFIG: server.kubeconfig } },
    );
    expect(stderr).toBe('');
  });

  it('tells versions', async () => {
    expect(await gantry('version', '--client')).toEqual(ok('Client Version: v0.1.0\n'));
    expect(JSON.parse((await gantry('version', '-o', 'json')).stdout)).toHaveProperty(
      'serverVersion.gitVersion',
    );
  });

  it('joins machines by a token that the cluster keeps', async () => {
    const { code, stdout } = await gantry('token', 'create', '--ttl=1h');
    expect(code).toBe(0);
    const [, id] = /^\S*?([a-z0-9]{6})\.[a-z0-9]{16}\n$/.exec(stdout) ?? [];
    expect(
      (await gantry('-n', 'kube-system', 'get', 'secret', `bootstrap-token-${id}`, '-o', 'jsonpath={.type}'))
        .stdout,
    ).toBe('bootstrap.kubernetes.io/token');
  });
});

describe('completion', () => {
  /** What a real bash offers after these words. */
  async function complete(...words: string[]): Promise<string[]> {
    const script = `
      gantry() { ${gantryCommand.join(' ')} "$@"; }
      source <(gantry completion bash)
      COMP_WORDS=(gantry "$@"); COMP_CWORD=$#
      _gantry
      printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout } = await runProgram('bash', ['-c', script, 'bash', ...words], {
      env: { KUBECONFIG: server.kubeconfig },
    });
    return stdout.split('\n').filter(Boolean);
  }

  it.each([
    [['de'], ['delete', 'describe']],
    [
      ['rollout', 're'],
      ['restart', 'resume'],
    ],
    [['get', 'po'], ['pods']],
    [['get', 'pod', 'w'], ['web']],
    [['get', 'pod/w'], ['pod/web']],
    [['logs', 'po/'], ['po/web']],
    [['logs', ''], ['web']],
    [['-n', 'kube-system', 'logs', ''], []],
    [['get', '-o', 'ya'], ['yaml']],
    [['get', '--show-l'], ['--show-labels']],
    [['exec', '-n', 'def'], ['default']],
  ])('after %j offers %j', async (words, offered) => {
    let last: string[] = [];
    // Who types does not wait long: of a server that is slow to answer nothing is offered.
    await eventually(async () => {
      last = await complete(...words);
      return last.join() === offered.join();
    }).catch(() => expect(last).toEqual(offered));
  });

  it.each(['bash', 'zsh', 'fish'])('has a script for %s', async (shell) => {
    expect((await gantry('completion', shell)).stdout).toContain(' __complete');
    expect((await gantry('completion', 'tcsh')).stderr).toMatch(/^error: unsupported shell type "tcsh"/);
  });
});
