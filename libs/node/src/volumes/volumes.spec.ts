import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { V1Pod, V1Volume } from '@gantry/api';
import { dockerCredentials } from '../images/puller.ts';
import type { Host } from '@gantry/host';
import { PodVolumes } from './pod-volumes.ts';
import { writeAtomically } from './atomic-writer.ts';
import { bindSubPath } from './sub-path.ts';
import { volumePayload, type Payload } from './payload.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'gantry-volume-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = (content: Record<string, string>): Payload =>
  new Map(Object.entries(content).map(([path, text]) => [path, { data: Buffer.from(text), mode: 0o640 }]));

describe('a volume made of files', () => {
  it('is swapped as a whole: one link changes, old files go', () => {
    expect(writeAtomically(folder, files({ a: '1', 'deep/b': '2' }), undefined)).toBe(true);
    expect(readFileSync(join(folder, 'deep/b'), 'utf8')).toBe('2');
    expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o640);
    const first = readlinkSync(join(folder, '..data'));
    expect(writeAtomically(folder, files({ a: '1', 'deep/b': '2' }), undefined)).toBe(false);
    expect(readlinkSync(join(folder, '..data'))).toBe(first);
    expect(writeAtomically(folder, files({ c: '3' }), undefined)).toBe(true);
    expect(readdirSync(folder).filter((name) => !name.startsWith('..'))).toEqual(['c']);
    expect(readdirSync(folder)).toHaveLength(3);
    expect(readdirSync(join(folder, '..')).filter((name) => name.startsWith('..'))).toEqual([]);
  });

  it('is its group’s to read, with all folders in it', () => {
    const secret: Payload = new Map([['deep/er/a', { data: Buffer.from('1'), mode: 0o400 }]]);
    writeAtomically(folder, secret, 4242);
    const seen = ['..data', 'deep', 'deep/er', 'deep/er/a'].map((path) => {
      const { mode, gid } = statSync(join(folder, path));
      return [path, (mode & 0o7777).toString(8), gid];
    });
    expect(seen).toEqual([
      ['..data', '2755', 4242],
      ['deep', '2755', 4242],
      ['deep/er', '2755', 4242],
      ['deep/er/a', '440', 4242],
    ]);
    expect(writeAtomically(folder, secret, 4242)).toBe(false);
  });

  const pod = { metadata: { namespace: 'd', name: 'p' }, spec: { containers: [{ name: 'm' }] } } as V1Pod;
  const node = {
    nodeName: 'n',
    nodeIp: '',
    podIps: [],
    allocatable: { cpuMilli: 1, memoryBytes: 2 ** 30, ephemeralBytes: 1 },
  };
  const source = {
    configMap: () => ({ metadata: {}, data: { k: 'v' } }),
    secret: () => undefined,
    services: () => [],
  };
  const payload = (volume: Partial<V1Volume>) => volumePayload({ name: 'v', ...volume }, pod, source, node);

  it.each(['../x', '/x', 'a/../../x', '..data', ''])('refuses the path %j', (path) =>
    expect(() => payload({ configMap: { name: 'm', items: [{ key: 'k', path }] } })).toThrow('invalid path'),
  );

  it.each(['$(NOPE)', 'x-$(EMPTY)'])('refuses the subPathExpr %s, whose variable says nothing', (expr) => {
    const volumes = new PodVolumes({
      diskDir: join(folder, 'disk'),
      memoryDir: '/dev/shm',
      host: {} as Host,
      source,
    });
    const mounted = {
      metadata: { uid: 'u' },
      spec: { volumes: [{ name: 'v', emptyDir: {} }] },
    } as unknown as V1Pod;
    const container = { name: 'm', volumeMounts: [{ name: 'v', mountPath: '/v', subPathExpr: expr }] };
    const valueOf = (name: string) => (name === 'EMPTY' ? '' : undefined);
    expect(() => volumes.mounts(mounted, container, 0, valueOf)).toThrow(/^missing value for (NOPE|EMPTY)$/);
  });

  it('mounts an emptyDir in memory again when only its folder is left, and leaves one on disk as it is', () => {
    const mounts: unknown[][] = [];
    const volumes = new PodVolumes({
      diskDir: join(folder, 'disk'),
      memoryDir: '/dev/shm',
      host: { syscalls: { mount: (...each: unknown[]) => mounts.push(each) } } as unknown as Host,
      source,
    });
    const emptied = {
      metadata: { uid: 'u' },
      spec: {
        containers: [{ name: 'm' }],
        volumes: [
          { name: 'disk', emptyDir: {} },
          { name: 'memory', emptyDir: { medium: 'Memory', sizeLimit: '1Ki' } },
        ],
      },
    } as unknown as V1Pod;
    volumes.prepare(emptied, node);
    const path = (name: string) => join(folder, 'disk/u/volumes', name);
    expect(readdirSync(path('.')).sort()).toEqual(['disk', 'memory']);
    expect(statSync(path('disk')).mode & 0o7777).toBe(0o777);
    writeFileSync(join(path('disk'), 'kept'), '');
    volumes.prepare(emptied, node);
    expect(readdirSync(path('disk'))).toEqual(['kept']);
    expect(mounts.map(([, target, , , data]) => [target, data])).toEqual(
      Array(2).fill([path('memory'), 'mode=777,size=1024']),
    );
  });

  it.each([
    [undefined, undefined, 2 ** 30],
    [undefined, '1Mi', 2 ** 20],
    ['1Ki', '1Mi', 1024],
    ['2Mi', '1Mi', 2 ** 20],
    ['2Gi', undefined, 2 ** 30],
    ['0', undefined, 2 ** 30],
  ])('lets an emptyDir in memory of %s grow in a pod of %s to %i bytes', (sizeLimit, memory, size) => {
    const options: unknown[] = [];
    const volumes = new PodVolumes({
      diskDir: join(folder, 'disk'),
      memoryDir: '/dev/shm',
      host: { syscalls: { mount: (...each: unknown[]) => options.push(each[4]) } } as unknown as Host,
      source,
    });
    const limited = {
      metadata: { uid: 'u' },
      spec: {
        containers: [{ name: 'm', resources: memory ? { limits: { memory } } : {} }],
        volumes: [{ name: 'v', emptyDir: { medium: 'Memory', sizeLimit } }],
      },
    } as unknown as V1Pod;
    volumes.prepare(limited, node);
    expect(options).toEqual([`mode=777,size=${size}`]);
  });

  it('takes chosen keys under chosen names, and says what is missing', () => {
    const chosen = payload({
      projected: {
        sources: [
          { configMap: { name: 'm', items: [{ key: 'k', path: 'x/y', mode: 0o400 }] } },
          { serviceAccountToken: { path: 'token' } },
        ],
      },
    });
    expect([...chosen].map(([path, { mode }]) => [path, mode])).toEqual([['x/y', 0o400]]);
    expect(() => payload({ secret: { secretName: 's' } })).toThrow('secret "s" not found');
    expect(() => payload({ configMap: { name: 'm', items: [{ key: 'x', path: 'y' }] } })).toThrow(
      /^references non-existent config key: x$/,
    );
    expect(payload({ secret: { secretName: 's', optional: true } }).size).toBe(0);
    expect(() => payload({ configMap: { name: 'm', items: [{ key: 'no', path: 'x' }] } })).toThrow(
      'references non-existent config key: no',
    );
  });
});

describe('a subPath', () => {
  /** What would be bound, or why not. */
  const bound = (subPath: string) => {
    let found = '';
    const syscalls = {
      mount: (source: string) => (found = readlinkSync(source).slice(join(folder, 'v').length)),
    } as unknown as Host['syscalls'];
    bindSubPath(syscalls, join(folder, 'v'), subPath, join(folder, 'target'));
    return found;
  };
  beforeEach(() => {
    mkdirSync(join(folder, 'v/real/in'), { recursive: true });
    writeFileSync(join(folder, 'v/file'), '');
    writeFileSync(join(folder, 'outside'), '');
    const links = {
      current: 'real/in',
      chain: 'real/../current',
      'real/up': '../file',
      absolute: '/etc',
      out: '../outside',
      'real/out': '../../outside',
      round: 'around',
      around: 'round',
    };
    for (const [path, to] of Object.entries(links)) symlinkSync(to, join(folder, 'v', path));
  });

  it.each([
    ['real', '/real'],
    ['./real//in', '/real/in'],
    ['file', '/file'],
    ['current', '/real/in'],
    ['chain', '/real/in'],
    ['current/new/deep', '/real/in/new/deep'],
    ['real/up', '/file'],
  ])('%s is %s of the volume', (subPath, path) => expect(bound(subPath)).toBe(path));

  it.each([
    ['../v', 'must not leave the volume'],
    ['/etc', 'must not leave the volume'],
    ['absolute', 'leads out of the volume'],
    ['absolute/passwd', 'leads out of the volume'],
    ['out', 'leads out of the volume'],
    ['real/out', 'leads out of the volume'],
    ['round', 'too many links'],
    ['file/x', 'not a folder'],
  ])('%s is refused: it %s', (subPath, why) => {
    expect(() => bound(subPath)).toThrow(why);
    expect(readdirSync(folder).sort()).toEqual(['outside', 'v']);
  });
});

describe('pull secrets', () => {
  const auth = Buffer.from('ann:pw:x').toString('base64');
  it.each([
    ['registry.example:5000/a/b:1', [{ username: 'ann', password: 'pw:x' }]],
    ['registry.example:5000.evil/a', []],
    ['busybox', [{ username: 'hub', password: 'p' }]],
  ])('for %s are %j', (image, found) => {
    const text = JSON.stringify({
      auths: {
        'https://registry.example:5000/v2/': { auth },
        'https://index.docker.io/v1/': { username: 'hub', password: 'p' },
      },
    });
    expect(dockerCredentials(text, image)).toEqual(found);
  });
  it('that are no JSON are none', () => expect(dockerCredentials('{', 'x')).toEqual([]));
});
