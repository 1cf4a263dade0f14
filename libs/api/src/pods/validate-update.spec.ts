import { describe, expect, it } from 'vitest';
import type { V1ContainerStatus, V1Pod, V1PodSpec, V1PodStatus } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import type { Stored } from '../object.ts';
import { examplePod } from '../testing/index.ts';

interface Case {
  old?: (pod: V1Pod) => unknown;
  now: (pod: V1Pod) => unknown;
  subresource?: string;
}

/** All that is wrong with a write of a pod that `old` has been done to, as `now` has it. */
function faults({ old: before, now, subresource }: Case): string[] {
  const old = examplePod() as Stored<V1Pod>;
  before?.(old);
  kinds.pod.defaults(old);
  const pod = structuredClone(old);
  now(pod);
  kinds.pod.defaults(pod);
  kinds.pod.prepareForUpdate(pod, old, subresource);
  return kinds.pod.validateUpdate(pod, old, subresource).map(({ field, message }) => `${field}: ${message}`);
}

const onlyThese = expect.stringContaining(
  'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,',
) as string;
const spec =
  (change: (spec: V1PodSpec) => unknown) =>
  ({ spec }: V1Pod) =>
    change(spec);
const nodes = (...values: string[][]): V1PodSpec['affinity'] => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: values.map((each) => ({
        matchExpressions: each.map((value) => ({ key: value, operator: 'Exists' })),
      })),
    },
  },
});
const gated = (more: Partial<V1PodSpec>) =>
  spec((each) => Object.assign(each, { schedulingGates: [{ name: 'a.b/c' }] }, more));

// Source of every row: `pkg/apis/core/validation/validation.go` ValidatePodUpdate.
describe('a change of a pod', () => {
  it.each<[string, string[], Case]>([
    [
      'deadline longer',
      ['spec.activeDeadlineSeconds: Invalid value: 6: must be less than or equal to previous value'],
      {
        old: spec((each) => (each.activeDeadlineSeconds = 5)),
        now: spec((each) => (each.activeDeadlineSeconds = 6)),
      },
    ],
    [
      'deadline gone',
      [
        'spec.activeDeadlineSeconds: Invalid value: null: must not update from a positive integer to nil value',
      ],
      {
        old: spec((each) => (each.activeDeadlineSeconds = 5)),
        now: spec((each) => delete each.activeDeadlineSeconds),
      },
    ],
    [
      'grace once negative',
      [],
      {
        old: spec((each) => (each.terminationGracePeriodSeconds = -1)),
        now: spec((each) => (each.terminationGracePeriodSeconds = 1)),
      },
    ],
    ['grace shorter', [onlyThese], { now: spec((each) => (each.terminationGracePeriodSeconds = 1)) }],
    [
      'another gate',
      [
        "spec.schedulingGates[1].name: Forbidden: only deletion is allowed, but found new scheduling gate 'd/e'",
      ],
      { old: gated({}), now: spec((each) => each.schedulingGates!.push({ name: 'd/e' })) },
    ],
    ['gate gone', [], { old: gated({}), now: spec((each) => delete each.schedulingGates) }],
    [
      'node selector more, while gated',
      [],
      { old: gated({ nodeSelector: { a: '1' } }), now: spec((each) => (each.nodeSelector!['b'] = '2')) },
    ],
    [
      'node selector other, while gated',
      [
        'spec.nodeSelector: Invalid value: {"a":"2"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      ],
      { old: gated({ nodeSelector: { a: '1' } }), now: spec((each) => (each.nodeSelector!['a'] = '2')) },
    ],
    ['node selector, not gated', [onlyThese], { now: spec((each) => (each.nodeSelector = { a: '1' })) }],
    [
      'node affinity first, while gated',
      [],
      { old: gated({}), now: spec((each) => (each.affinity = nodes(['a'], ['b'])!)) },
    ],
    [
      'node affinity narrower, while gated',
      [],
      { old: gated({ affinity: nodes(['a'])! }), now: spec((each) => (each.affinity = nodes(['a', 'b'])!)) },
    ],
    [
      'node affinity of more terms, while gated',
      [
        expect.stringMatching(
          /nodeSelectorTerms: Invalid value: .*: no additions\/deletions to non-empty NodeSelectorTerms list are allowed$/,
        ) as string,
      ],
      {
        old: gated({ affinity: nodes(['a'])! }),
        now: spec((each) => (each.affinity = nodes(['a'], ['b'])!)),
      },
    ],
    [
      'node affinity other, while gated',
      [
        expect.stringMatching(
          /nodeSelectorTerms\[0\]: Invalid value: .*: only additions are allowed \(no mutations or deletions\)$/,
        ) as string,
      ],
      { old: gated({ affinity: nodes(['a'])! }), now: spec((each) => (each.affinity = nodes(['b'])!)) },
    ],
    [
      'pod affinity, while gated',
      [onlyThese],
      {
        old: gated({}),
        now: spec(
          (each) =>
            (each.affinity = {
              podAffinity: {
                requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'a', labelSelector: {} }],
              },
            }),
        ),
      },
    ],
    [
      'mirror annotation',
      [
        'metadata.annotations[kubernetes.io/config.mirror]: Invalid value: "x": must set spec.nodeName if mirror pod annotation is set',
        'metadata.annotations[kubernetes.io/config.mirror]: Forbidden: may not add mirror pod annotation',
      ],
      { now: ({ metadata }) => (metadata.annotations = { 'kubernetes.io/config.mirror': 'x' }) },
    ],
    [
      'ephemeral container of a static pod',
      ['[]: Forbidden: static pods do not support ephemeral containers'],
      {
        old(pod) {
          pod.spec.nodeName = 'n';
          pod.metadata.annotations = { 'kubernetes.io/config.mirror': 'x' };
        },
        now: spec((each) => (each.ephemeralContainers = [{ name: 'e', image: 'x' }])),
        subresource: 'ephemeralcontainers',
      },
    ],
    [
      'ephemeral container gone',
      ['spec.ephemeralContainers: Forbidden: existing ephemeral containers "e" may not be removed\n'],
      {
        old: spec((each) => (each.ephemeralContainers = [{ name: 'e', image: 'x' }])),
        now: spec((each) => (each.ephemeralContainers = [])),
        subresource: 'ephemeralcontainers',
      },
    ],
    [
      'ephemeral container added, and nothing else',
      [],
      {
        now(pod) {
          pod.metadata.labels = {};
          pod.spec = { containers: [], ephemeralContainers: [{ name: 'e', image: 'x' }] };
        },
        subresource: 'ephemeralcontainers',
      },
    ],
  ])('%s', (_, expected, change) => {
    expect(faults(change)).toEqual(expected);
  });

  it('by way of its ephemeral containers leaves its labels, annotations, finalizers and owners', () => {
    const old = examplePod() as Stored<V1Pod>;
    old.metadata.labels = { a: 'b' };
    const pod = structuredClone(old);
    Object.assign(pod.metadata, { labels: {}, annotations: { x: 'y' }, finalizers: ['a/b'] });
    kinds.pod.prepareForUpdate(pod, old, 'ephemeralcontainers');
    expect(pod.metadata).toEqual(old.metadata);
  });
});

describe('a change of the status of a pod', () => {
  const ended = (exitCode: number): V1ContainerStatus => ({
    name: 'main',
    image: '',
    imageID: '',
    ready: false,
    restartCount: 0,
    state: { terminated: { exitCode } },
  });
  const running = { ...ended(0), state: { running: {} } };
  const status = (before: V1PodStatus, now: V1PodStatus, more: Partial<V1PodSpec> = {}): Case => ({
    old(pod) {
      pod.status = before;
      Object.assign(pod.spec, more);
    },
    now: (pod) => (pod.status = now),
    subresource: 'status',
  });
  const restart = (exitCode: number, policy: string, main: object = {}): Case => {
    const change = status(
      { containerStatuses: [ended(exitCode)] },
      { containerStatuses: [running] },
      { restartPolicy: policy },
    );
    return {
      ...change,
      old(pod) {
        change.old!(pod);
        Object.assign(pod.spec.containers[0]!, main);
      },
    };
  };
  const stays =
    'status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state';
  const rule = (...values: number[]) => ({
    restartPolicy: 'Never',
    restartPolicyRules: [{ action: 'Restart', exitCodes: { operator: 'In', values } }],
  });

  it.each<[string, string[], Case]>([
    ['ended for good', [stays], restart(0, 'OnFailure')],
    ['failed', [], restart(1, 'OnFailure')],
    ['failed, never to restart', [stays], restart(1, 'Never')],
    ['failed, with a policy of its own', [], restart(1, 'Never', { restartPolicy: 'Always' })],
    ['failed, and its own policy says no', [stays], restart(1, 'Always', { restartPolicy: 'Never' })],
    ['failed as a rule says', [], restart(3, 'Never', rule(3))],
    ['failed otherwise than a rule says', [stays], restart(4, 'Never', rule(3))],
    [
      'ephemeral',
      [stays.replace('containerStatuses', 'ephemeralContainerStatuses')],
      status({ ephemeralContainerStatuses: [ended(0)] }, { ephemeralContainerStatuses: [running] }),
    ],
    [
      'another promise',
      ['status.qosClass: Invalid value: "Guaranteed": field is immutable'],
      status({ qosClass: 'Burstable' }, { qosClass: 'Guaranteed' }),
    ],
    ['promise left out', [], status({ qosClass: 'Burstable' }, {})],
    [
      'two addresses of a family',
      [
        'status.podIPs: Invalid value: [{"IP":"10.0.0.1"},{"IP":"10.0.0.2"}]: may specify no more than one IP for each IP family',
      ],
      status({}, { podIPs: [{ ip: '10.0.0.1' }, { ip: '10.0.0.2' }] }),
    ],
    ['an address of each', [], status({}, { podIPs: [{ ip: '10.0.0.1' }, { ip: 'fd00::1' }] })],
    [
      'no address',
      ['status.podIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'],
      status({}, { podIPs: [{ ip: 'x' }] }),
    ],
    [
      'host address',
      ['status.hostIPs[0].ip: Invalid value: "10.0.0.2": must be equal to `hostIP`'],
      status({}, { hostIP: '10.0.0.1', hostIPs: [{ ip: '10.0.0.2' }] }),
    ],
    [
      'condition of no name',
      [expect.stringContaining('status.conditions[0].Type: Invalid value: "a b": name part must') as string],
      status({}, { conditions: [{ type: 'a b', status: 'True' }] }),
    ],
    ['a spec that would be refused today', [], status({}, { phase: 'Running' }, { dnsPolicy: 'Strange' })],
  ])('%s', (_, expected, change) => {
    expect(faults(change)).toEqual(expected);
  });

  it('keeps which generation was observed', () => {
    const old = examplePod() as Stored<V1Pod>;
    old.status = {
      observedGeneration: 2,
      conditions: [{ type: 'Ready', status: 'True', observedGeneration: 2 }],
    };
    const pod = structuredClone(old);
    pod.status = { conditions: [{ type: 'Ready', status: 'False' }] };
    kinds.pod.prepareForUpdate(pod, old, 'status');
    expect(pod.status).toEqual({
      observedGeneration: 2,
      conditions: [{ type: 'Ready', status: 'False', observedGeneration: 2 }],
    });
  });
});
