import { describe, expect, it } from 'vitest';
import type { V1Container, V1Pod, V1PodSpec } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import { exampleOf, examplePod } from '../testing/index.ts';

type Change = (spec: V1PodSpec, main: V1Container, pod: V1Pod) => unknown;

// Source of every row: `pkg/api/pod/warnings.go`.
describe('what the writer of a pod is told', () => {
  it.each<[string[], Change]>([
    [[], () => undefined],
    [
      [
        "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]",
      ],
      (_, __, pod) => (pod.metadata.name = 'a.b'),
    ],
    [
      ['spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "kubernetes.io/os" instead'],
      (spec) => (spec.nodeSelector = { 'beta.kubernetes.io/os': 'linux' }),
    ],
    [
      ['spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in matching no pod'],
      (spec) =>
        (spec.topologySpreadConstraints = [
          { maxSkew: 1, topologyKey: 'a', whenUnsatisfiable: 'DoNotSchedule' },
        ]),
    ],
    [
      [
        'metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: non-functional in v1.16+; use the "priorityClassName" field instead',
      ],
      (_, __, pod) => (pod.metadata.annotations = { 'scheduler.alpha.kubernetes.io/critical-pod': '' }),
    ],
    [
      ['spec.volumes[1].gitRepo: deprecated in v1.11'],
      (spec) => spec.volumes!.push({ name: 'g', gitRepo: { repository: 'a' } }),
    ],
    [
      ['spec.hostAliases[1].ip: duplicate ip "10.0.0.1"'],
      (spec) => (spec.hostAliases = [{ ip: '10.0.0.1' }, { ip: '10.0.0.1' }]),
    ],
    [
      [
        'spec.imagePullSecrets[1].name: duplicate name ""',
        'spec.imagePullSecrets[0].name: invalid empty name ""',
        'spec.imagePullSecrets[1].name: invalid empty name ""',
      ],
      (spec) => (spec.imagePullSecrets = [{}, {}]),
    ],
    [
      [
        'spec.containers[0].resources.limits[memory]: fractional byte value "64m" is invalid, must be an integer',
      ],
      (_, main) => (main.resources = { limits: { memory: '64m' }, requests: { memory: '1' } }),
    ],
    [
      ['spec.containers[0].env[1]: hides previous definition of "A", which may be dropped when using apply'],
      (_, main) =>
        (main.env = [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ]),
    ],
    [
      [],
      (_, main) =>
        (main.env = [
          { name: 'A', value: '1' },
          { name: 'A', value: '$(A)2' },
        ]),
    ],
    [
      ['spec.containers[0].ports[1]: duplicate port definition with spec.containers[0].ports[0]'],
      (_, main) => main.ports!.push({ containerPort: 8080 }),
    ],
    [
      ['spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]'],
      (_, main) => main.ports!.push({ containerPort: 8080, hostPort: 80 }),
    ],
    [
      [
        'spec.containers[0].ports[1]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:1 Protocol:TCP HostIP:10.0.0.1}',
      ],
      (_, main) => main.ports!.push({ containerPort: 1, hostIP: '10.0.0.1' }),
    ],
    [
      [
        'spec.terminationGracePeriodSeconds: must be >= 0; negative values are invalid and will be treated as 1',
      ],
      (spec) => (spec.terminationGracePeriodSeconds = -1),
    ],
    [
      [
        'spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].podAffinityTerm.labelSelector: a null labelSelector results in matching no pod',
      ],
      (spec) =>
        (spec.affinity = {
          podAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 1, podAffinityTerm: { topologyKey: 'a' } },
            ],
          },
        }),
    ],
  ])('%j', (expected, change) => {
    const pod = examplePod();
    change(pod.spec, pod.spec.containers[0]!, pod);
    kinds.pod.defaults(pod);
    expect(kinds.pod.warnings(pod, undefined, undefined)).toEqual(expected);
    expect(kinds.pod.warnings(pod, pod as never, undefined)).toEqual([]);
  });

  it('is told of templates when they are new', () => {
    const deployment = exampleOf(kinds.deployment, 'a.b');
    deployment.metadata.generation = 1;
    deployment.spec.template.spec!.nodeSelector = { 'beta.kubernetes.io/arch': 'amd64' };
    const warning =
      'spec.template.spec.nodeSelector[beta.kubernetes.io/arch]: deprecated since v1.14; use "kubernetes.io/arch" instead';
    expect(kinds.deployment.warnings(deployment, undefined, undefined)).toEqual([
      'metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [must not contain dots]',
      warning,
    ]);
    const next = structuredClone(deployment);
    expect(kinds.deployment.warnings(next, deployment as never, 'status')).toEqual([]);
    next.metadata.generation = 2;
    expect(kinds.deployment.warnings(next, deployment as never, undefined)).toEqual([warning]);
  });
});
