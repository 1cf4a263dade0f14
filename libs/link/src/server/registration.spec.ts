import { describe, expect, it } from 'vitest';
import { isOwnLabel } from './registration.ts';

// As NodeRestriction of upstream has it (plugin/pkg/admission/noderestriction, k8s.io/kubelet/pkg/apis/well_known_labels.go).
describe('labels that a node may set on itself', () => {
  it.each([
    'disk',
    'example.com/disk',
    'notkubernetes.io/x',
    'notk8s.io/x',
    'kubernetes.io.example.com/x',
    'kubernetes.io/hostname',
    'kubernetes.io/os',
    'kubernetes.io/arch',
    'beta.kubernetes.io/os',
    'beta.kubernetes.io/arch',
    'beta.kubernetes.io/instance-type',
    'node.kubernetes.io/instance-type',
    'failure-domain.beta.kubernetes.io/zone',
    'failure-domain.beta.kubernetes.io/region',
    'topology.kubernetes.io/zone',
    'topology.kubernetes.io/region',
    'kubelet.kubernetes.io/anything',
    'sub.kubelet.kubernetes.io/anything',
    'node.kubernetes.io/anything',
    'sub.node.kubernetes.io/anything',
  ])('include %s', (name) => {
    expect(isOwnLabel(name)).toBe(true);
  });

  it.each([
    'node-restriction.kubernetes.io/x',
    'sub.node-restriction.kubernetes.io/x',
    'node-role.kubernetes.io/control-plane',
    'node-role.kubernetes.io/worker',
    'kubernetes.io/role',
    'kubernetes.io/hostname2',
    'topology.kubernetes.io/rack',
    'k8s.io/x',
    'sub.k8s.io/x',
    'sub.kubernetes.io/x',
    'kubelet.k8s.io/x',
    'notnode.kubernetes.io/x',
    'node.kubernetes.io.k8s.io/x',
  ])('do not include %s', (name) => {
    expect(isOwnLabel(name)).toBe(false);
  });
});
