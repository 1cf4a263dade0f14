import { describe, expect, it } from 'vitest';
import { kinds, type V1Node, type V1Pod } from '@gantry/api';
import type { AdmissionAttributes } from '@gantry/state';
import { nodeRestriction } from './node-restriction.ts';

const user = { name: 'system:node:a', groups: ['system:nodes', 'system:authenticated'] };
const verdict = (attributes: Partial<AdmissionAttributes>) => () =>
  nodeRestriction.validate!({
    user,
    dryRun: false,
    subresource: undefined,
    ...attributes,
  } as AdmissionAttributes);

describe('a node that makes pods', () => {
  const pod = (
    spec: Partial<V1Pod['spec']>,
    annotations = { 'kubernetes.io/config.mirror': 'x' },
  ): V1Pod => ({
    metadata: { name: 'p', namespace: 'kube-system', annotations },
    spec: { nodeName: 'a', containers: [{ name: 'c', image: 'i' }], ...spec },
  });
  const creates = (object: V1Pod) =>
    verdict({
      operation: 'CREATE',
      kind: kinds.pod as never,
      name: { namespace: 'kube-system', name: 'p' },
      object: object as never,
    });

  it('may make a mirror of a static pod of its own', () => expect(creates(pod({}))).not.toThrow());

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
  ])('may not make one %s', (_what, object, why) => expect(creates(object)).toThrow(why));
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
    (label) => expect(labels({ [label]: 'x' })).not.toThrow(),
  );

  it.each(['node-role.kubernetes.io/control-plane', 'node-restriction.kubernetes.io/tier', 'k8s.io/any'])(
    'may not set %s',
    (label) => expect(labels({ [label]: 'x' })).toThrow('is not allowed to modify labels'),
  );
});
