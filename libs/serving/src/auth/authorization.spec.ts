import { impersonated } from './impersonation.ts';
import { describe, expect, it } from 'vitest';
import type { UserInfo } from '@gantry/state';
import { kinds, type V1Pod } from '@gantry/api';
import { MemoryState } from '@gantry/state';
import { anonymous } from './authenticator.ts';
import { authorizerChain, forbidden, mastersAuthorizer, type AccessRequest } from './authorizer.ts';
import { nodeAuthorizer } from './node-authorizer.ts';
import { ruleAuthorizer } from './rules.ts';
import { systemGrants } from './system-grants.ts';

const user = (name: string, ...groups: string[]): UserInfo => ({
  name,
  groups: [...groups, 'system:authenticated'],
});
const resource = (
  who: UserInfo,
  verb: string,
  path: string,
  more: Partial<AccessRequest> = {},
): AccessRequest => {
  const [group = '', plural = ''] = path.includes('/') ? path.split('/') : ['', path];
  const [name = '', subresource = ''] = plural.split(':');
  return {
    ...{
      user: who,
      verb,
      isResource: true,
      group,
      resource: name,
      subresource,
      namespace: '',
      name: '',
      path: '',
    },
    ...more,
  };
};

const state = new MemoryState();
await state.create<V1Pod>(kinds.pod, {
  metadata: { name: 'mine', namespace: 'a' },
  spec: {
    nodeName: 'n1',
    containers: [{ name: 'c', envFrom: [{ configMapRef: { name: 'settings' } }] }],
    imagePullSecrets: [{ name: 'registry' }],
  },
});
await state.create<V1Pod>(kinds.pod, {
  metadata: { name: 'other', namespace: 'a' },
  spec: { nodeName: 'n2', containers: [{ name: 'c', envFrom: [{ secretRef: { name: 'theirs' } }] }] },
});
const authorizer = authorizerChain([mastersAuthorizer, nodeAuthorizer(state), ruleAuthorizer(systemGrants)]);
const allowed = async (request: AccessRequest) => (await authorizer.authorize(request)).verdict === 'allow';

describe('who may do what', () => {
  const node = user('system:node:n1', 'system:nodes');
  const scheduler = user('system:kube-scheduler');
  const controllers = user('system:kube-controller-manager');
  const ann = user('ann');

  it.each<[string, AccessRequest, boolean]>([
    ['masters everything', resource(user('root', 'system:masters'), 'delete', 'secrets'), true],
    ['a user nothing', resource(ann, 'get', 'pods'), false],
    [
      'a user may ask about itself',
      resource(ann, 'create', 'authorization.k8s.io/selfsubjectaccessreviews'),
      true,
    ],
    ['a user discovery', { ...resource(ann, 'get', ''), isResource: false, path: '/apis/apps/v1' }, true],
    ['a user no metrics', { ...resource(ann, 'get', ''), isResource: false, path: '/metrics' }, false],
    ['nobody health', { ...resource(anonymous, 'get', ''), isResource: false, path: '/readyz/etcd' }, true],
    ['nobody no discovery', { ...resource(anonymous, 'get', ''), isResource: false, path: '/api' }, false],
    [
      'the scheduler binds',
      resource(scheduler, 'create', 'pods:binding', { namespace: 'a', name: 'x' }),
      true,
    ],
    ['the scheduler reads no secrets', resource(scheduler, 'list', 'secrets'), false],
    ['the scheduler makes no pods', resource(scheduler, 'create', 'pods', { namespace: 'a' }), false],
    [
      'the scheduler holds its lease',
      resource(scheduler, 'update', 'coordination.k8s.io/leases', {
        namespace: 'kube-system',
        name: 'kube-scheduler',
      }),
      true,
    ],
    [
      'the scheduler holds no other lease',
      resource(scheduler, 'update', 'coordination.k8s.io/leases', {
        namespace: 'kube-system',
        name: 'kube-controller-manager',
      }),
      false,
    ],
    ['controllers make pods', resource(controllers, 'create', 'pods', { namespace: 'a' }), true],
    ['controllers make no nodes', resource(controllers, 'create', 'nodes'), false],
    [
      'controllers enter no pods',
      resource(controllers, 'create', 'pods:exec', { namespace: 'a', name: 'x' }),
      false,
    ],
    ['a node reads services', resource(node, 'list', 'services'), true],
    ['a node changes itself', resource(node, 'patch', 'nodes:status', { name: 'n1' }), true],
    ['a node changes no other', resource(node, 'patch', 'nodes:status', { name: 'n2' }), false],
    ['a node lists its pods', resource(node, 'list', 'pods', { fieldSelector: 'spec.nodeName=n1' }), true],
    ['a node lists not all pods', resource(node, 'list', 'pods'), false],
    [
      'a node lists no other’s pods',
      resource(node, 'watch', 'pods', { fieldSelector: 'spec.nodeName=n2' }),
      false,
    ],
    ['a node reads its pod', resource(node, 'get', 'pods', { namespace: 'a', name: 'mine' }), true],
    ['a node reads no other’s pod', resource(node, 'get', 'pods', { namespace: 'a', name: 'other' }), false],
    [
      'a node writes the status of its pod',
      resource(node, 'update', 'pods:status', { namespace: 'a', name: 'mine' }),
      true,
    ],
    [
      'a node does not change its pod',
      resource(node, 'update', 'pods', { namespace: 'a', name: 'mine' }),
      false,
    ],
    [
      'a node reads what its pod names',
      resource(node, 'get', 'configmaps', { namespace: 'a', name: 'settings' }),
      true,
    ],
    [
      'a node reads its pod’s pull secret',
      resource(node, 'watch', 'secrets', { namespace: 'a', fieldSelector: 'metadata.name=registry' }),
      true,
    ],
    [
      'a node reads no secret of others',
      resource(node, 'get', 'secrets', { namespace: 'a', name: 'theirs' }),
      false,
    ],
    [
      'a node reads no such secret elsewhere',
      resource(node, 'get', 'secrets', { namespace: 'b', name: 'registry' }),
      false,
    ],
    [
      'a node reads no secret of that name in all namespaces',
      resource(node, 'list', 'secrets', { fieldSelector: 'metadata.name=registry' }),
      false,
    ],
    [
      'a node lists no pods by what only looks like its name',
      resource(node, 'list', 'pods', { fieldSelector: 'metadata.name!=x\\,spec.nodeName=n1' }),
      false,
    ],
    ['a node lists no secrets', resource(node, 'list', 'secrets', { namespace: 'a' }), false],
    [
      'a node changes no secret',
      resource(node, 'update', 'secrets', { namespace: 'a', name: 'registry' }),
      false,
    ],
    [
      'a node renews its lease',
      resource(node, 'update', 'coordination.k8s.io/leases', { namespace: 'kube-node-lease', name: 'n1' }),
      true,
    ],
    [
      'a node renews no other lease',
      resource(node, 'update', 'coordination.k8s.io/leases', { namespace: 'kube-node-lease', name: 'n2' }),
      false,
    ],
    ['a node without its group is nobody', resource(user('system:node:n1'), 'list', 'services'), false],
    [
      'a name like a prototype’s grants nothing',
      resource(user('constructor', '__proto__'), 'get', 'pods'),
      false,
    ],
  ])('%s', async (_, request, expected) => {
    expect(await allowed(request)).toBe(expected);
  });

  it('is refused in upstream’s words', () => {
    expect(forbidden(resource(ann, 'list', 'pods', { namespace: 'y' })).message).toBe(
      'pods is forbidden: User "ann" cannot list resource "pods" in API group "" in the namespace "y"',
    );
    expect(forbidden(resource(ann, 'get', 'apps/deployments:scale', { name: 'd' }), 'no').message).toBe(
      'deployments.apps "d" is forbidden: User "ann" cannot get resource "deployments/scale" in API group "apps" at the cluster scope: no',
    );
    expect(forbidden({ ...resource(ann, 'get', ''), isResource: false, path: '/x' }).message).toBe(
      'forbidden: User "ann" cannot get path "/x"',
    );
  });
});

describe('impersonation', () => {
  const admin = { name: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'] };
  const as = (headers: Record<string, string>, user = admin) => impersonated(user, { headers } as never);

  it('leaves a request without its headers alone', () => {
    expect(as({ accept: '*/*' })).toBe(admin);
  });

  it('gives an administrator the name and the groups asked for, and none of its own', () => {
    expect(as({ 'impersonate-user': 'ann', 'impersonate-group': 'devs, ops' })).toEqual({
      name: 'ann',
      groups: ['devs', 'ops', 'system:authenticated'],
    });
    expect(as({ 'impersonate-user': 'system:serviceaccount:a:b' }).groups).toContain(
      'system:serviceaccounts:a',
    );
  });

  it('refuses whoever is none', () => {
    const node = { name: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] };
    expect(() => as({ 'impersonate-user': 'ann' }, node)).toThrow('cannot impersonate resource "users"');
  });

  it('refuses what it does not know rather than ignoring it', () => {
    expect(() => as({ 'impersonate-uid': '1', 'impersonate-user': 'ann' })).toThrow(
      'impersonate-uid is not supported',
    );
    expect(() => as({ 'impersonate-group': 'devs' })).toThrow('without impersonating a user');
  });
});
