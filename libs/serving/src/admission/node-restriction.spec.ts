import { describe, expect, it } from 'vitest';
import { kinds, type V1Node, type V1Pod } from '@gantry/api';
import { MemoryState, type AdmissionAttributes } from '@gantry/state';
import { nodeRestriction } from './node-restriction.ts';

const user = { name: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] };
const state = new MemoryState();
const { uid } = (await state.create<V1Node>(kinds.node, { metadata: { name: 'a' }, spec: {} })).object
  .metadata;
const plugin = nodeRestriction(state);
const verdict = (attributes: Partial<AdmissionAttributes>) =>
  plugin.validate!({
    user,
    dryRun: false,
    subresource: undefined,
    ...attributes,
  } as AdmissionAttributes) as Promise<void>;

describe('a node that makes pods', () => {
  const owner = { apiVersion: 'v1', kind: 'Node', name: 'a', uid, controller: true };
  const pod = (
    spec: Partial<V1Pod['spec']>,
    annotations = { 'kubernetes.io/config.mirror': 'x' },
    ownerReferences = [owner],
  ): V1Pod => ({
    metadata: { name: 'p', namespace: 'kube-system', annotations, ownerReferences },
    spec: { nodeName: 'a', containers: [{ name: 'c', image: 'i' }], ...spec },
  });
  const creates = (object: V1Pod) =>
    verdict({
      operation: 'CREATE',
      kind: kinds.pod as never,
      name: { namespace: 'kube-system', name: 'p' },
      object: object as never,
    });

  it('may make a mirror of a static pod of its own', () => expect(creates(pod({}))).resolves.toBeUndefined());

  it.each<[string, V1Pod, string]>([
    ['that is no mirror', pod({}, {} as never), 'can only create mirror pods'],
    ['on another node', pod({ nodeName: 'b' }), 'spec.nodeName set to itself'],
    [
      'that names a Secret',
      pod({ volumes: [{ name: 'v', secret: { secretName: 's' } }] }),
      'can not create pods that reference secrets',
    ],
    [
      'that names a ConfigMap',
      pod({ containers: [{ name: 'c', envFrom: [{ configMapRef: { name: 'x' } }] }] }),
      'reference configmaps',
    ],
    ['of a service account', pod({ serviceAccountName: 'admin' }), 'reference serviceaccounts'],
    [
      'with a claim',
      pod({ volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }] }),
      'reference persistentvolumeclaims',
    ],
    ['that nobody owns', pod({}, undefined, []), 'an owner reference set to itself'],
    ['of two owners', pod({}, undefined, [owner, owner]), 'a single owner reference set to itself'],
    ['of another node', pod({}, undefined, [{ ...owner, name: 'b' }]), 'an owner reference set to itself'],
    [
      'that it does not control',
      pod({}, undefined, [{ ...owner, controller: false }]),
      'a controller owner reference set to itself',
    ],
    [
      'of a node before it',
      pod({}, undefined, [{ ...owner, uid: 'gone' }]),
      'node a UID mismatch: expected gone',
    ],
  ])('may not make one %s', (_what, object, why) => expect(creates(object)).rejects.toThrow(why));
});

describe('a node that labels itself', () => {
  const labels = (after: Record<string, string>) => {
    const node = (of: Record<string, string>): V1Node => ({ metadata: { name: 'a', labels: of }, spec: {} });
    return verdict({
      operation: 'UPDATE',
      kind: kinds.node as never,
      name: { name: 'a' },
      object: node(after) as never,
      old: node({}) as never,
    });
  };

  it.each(['example.com/disk', 'kubernetes.io/hostname', 'node.kubernetes.io/instance-type'])(
    'may set %s',
    (label) => expect(labels({ [label]: 'x' })).resolves.toBeUndefined(),
  );

  it.each(['node-role.kubernetes.io/control-plane', 'node-restriction.kubernetes.io/tier', 'k8s.io/any'])(
    'may not set %s',
    (label) => expect(labels({ [label]: 'x' })).rejects.toThrow('is not allowed to modify labels'),
  );
});

it('a node gives itself no owner, by which it would be collected', () =>
  expect(
    verdict({
      operation: 'UPDATE',
      kind: kinds.node as never,
      name: { name: 'a' },
      object: {
        metadata: {
          name: 'a',
          ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'gone' }],
        },
        spec: {},
      } as never,
      old: { metadata: { name: 'a' }, spec: {} } as never,
    }),
  ).rejects.toThrow('node "a" is not allowed to modify ownerReferences'));
