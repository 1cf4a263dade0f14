import { describe, expect, it } from 'vitest';
import { readTargets } from './arguments.ts';
import type { Connection } from './connection.ts';
import { Discovery, objectLabel, pathOf } from './discovery.ts';

const lists: Record<string, object> = {
  '/apis': {
    groups: [
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { version: 'v1' },
      },
    ],
  },
  '/api/v1': {
    groupVersion: 'v1',
    resources: [
      {
        name: 'pods',
        singularName: 'pod',
        namespaced: true,
        kind: 'Pod',
        verbs: ['list'],
        shortNames: ['po'],
        categories: ['all'],
      },
      { name: 'pods/log', namespaced: true, kind: 'Pod', verbs: ['get'] },
      {
        name: 'endpoints',
        singularName: 'endpoints',
        namespaced: true,
        kind: 'Endpoints',
        verbs: ['list'],
        shortNames: ['ep'],
      },
    ],
  },
  '/apis/apps/v1': {
    groupVersion: 'apps/v1',
    resources: [
      {
        name: 'statefulsets',
        singularName: 'statefulset',
        namespaced: true,
        kind: 'StatefulSet',
        verbs: ['list'],
        shortNames: ['sts'],
        categories: ['all'],
      },
    ],
  },
};

/** A server of recorded discovery answers. */
function discovery(): { discovery: Discovery; asked: string[] } {
  const asked: string[] = [];
  const request = ({ path }: { path: string }) => {
    asked.push(path);
    return Promise.resolve({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(lists[path])) });
  };
  return { discovery: new Discovery({ request } as unknown as Connection), asked };
}

const read = async (...args: string[]) =>
  (await readTargets(discovery().discovery, args)).map(({ resource, names }) => [resource.name, names]);

describe('readTargets', () => {
  it.each([
    [['pods'], [['pods', undefined]]],
    [['po', 'web', 'db'], [['pods', ['web', 'db']]]],
    [['Pod', 'web'], [['pods', ['web']]]],
    [
      ['pod/web', 'pods/db', 'deploy/app'],
      [
        ['pods', ['web', 'db']],
        ['deployments', ['app']],
      ],
    ],
    [
      ['pods,svc'],
      [
        ['pods', undefined],
        ['services', undefined],
      ],
    ],
    [['sts.apps'], [['statefulsets', undefined]]],
    [['deployments.v1.apps', 'a'], [['deployments', ['a']]]],
    [['ep'], [['endpoints', undefined]]],
    [
      ['all'],
      [
        ['pods', undefined],
        ['statefulsets', undefined],
      ],
    ],
  ])('reads %j', async (args, targets) => {
    expect(await read(...args)).toEqual(targets);
  });

  it('refuses what is no kind, and mixtures', async () => {
    await expect(read('gizmos')).rejects.toThrow(`the server doesn't have a resource type "gizmos"`);
    await expect(read('pod/web', 'db')).rejects.toThrow('there is no need to specify a resource type');
    await expect(read('pod/')).rejects.toThrow('must have a single resource and name');
    await expect(read('pod/a/b')).rejects.toThrow('may not have more than one slash');
    await expect(read()).rejects.toThrow('You must specify the type of resource');
  });

  it('asks the server nothing for kinds that every server has', async () => {
    const { discovery: known, asked } = discovery();
    await readTargets(known, ['pods,deployments', 'web']);
    expect(asked).toEqual([]);
    await readTargets(known, ['sts']);
    await readTargets(known, ['ep']);
    expect(asked).toEqual(['/apis', '/api/v1', '/apis/apps/v1']);
  });
});

describe('paths and labels', () => {
  it('encodes what a name must not be', async () => {
    const resource = await discovery().discovery.find('pods');
    expect(pathOf(resource, 'a', '../x', 'log')).toBe('/api/v1/namespaces/a/pods/..%2Fx/log');
    expect(objectLabel(await discovery().discovery.find('deploy'), 'web')).toBe('deployment.apps/web');
  });
});
