import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '@gantry/base';
import type { Stored, V1Node, V1Pod } from '@gantry/api';
import { podInfoOf, type Cluster } from './cluster.ts';
import { describeRefusals, enoughNodes, schedule, wakingEvents } from './cycle.ts';
import { defaultPlugins } from './plugins/index.ts';
import { testCluster, testNode, testPod } from './testing/index.ts';

function place(pod: Stored<V1Pod>, cluster: Cluster, seed = 1) {
  return schedule(podInfoOf(pod), cluster, { plugins: defaultPlugins, random: seededRandom(seed) });
}

function why(pod: Stored<V1Pod>, nodes: Stored<V1Node>[], placed: [Stored<V1Pod>, string][] = []): string {
  const decision = place(pod, testCluster(nodes, placed));
  return decision.nodeName === undefined
    ? describeRefusals(decision.refusals)
    : `placed on ${decision.nodeName}`;
}

describe('a pod that fits nowhere is told why, in upstream words', () => {
  const affinity = (key: string, values: string[]) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator: 'In', values }] }],
      },
    },
  });
  const named = (...values: string[]) => ({
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', operator: 'In', values }] }],
      },
    },
  });
  const taint = { key: 'dedicated', value: 'db', effect: 'NoSchedule' };
  const sidecar = {
    name: 's',
    restartPolicy: 'Always',
    ports: [{ containerPort: 80, hostPort: 80 }],
  };
  const busy = testPod('busy', {
    spec: { containers: [{ name: 'c', ports: [{ containerPort: 80, hostPort: 80 }] }] },
  });

  it.each<[string, Stored<V1Pod>, Stored<V1Node>[], string, [Stored<V1Pod>, string][]?]>([
    ['no nodes', testPod('p'), [], 'no nodes available to schedule pods'],
    [
      'too large for both',
      testPod('p', { requests: { cpu: '400' } }),
      [testNode('a'), testNode('b')],
      '0/2 nodes are available: 2 Insufficient cpu. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    ],
    [
      'several shortages at once, sorted',
      testPod('p', { requests: { cpu: '5', memory: '9Gi', 'example.com/gpu': '1' } }),
      [testNode('a'), testNode('b', { allocatable: { cpu: '8' } })],
      '0/2 nodes are available: 1 Insufficient cpu, 2 Insufficient example.com/gpu, 2 Insufficient memory. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.',
    ],
    [
      'cordoned',
      testPod('p'),
      [testNode('a', { unschedulable: true })],
      '0/1 nodes are available: 1 node(s) were unschedulable. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ],
    [
      'tainted',
      testPod('p'),
      [testNode('a', { taints: [taint] })],
      '0/1 nodes are available: 1 node(s) had untolerated taint(s). preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    ],
    [
      'a selector nobody has, and a taint',
      testPod('p', { spec: { nodeSelector: { disk: 'ssd' } } }),
      [testNode('a'), testNode('b', { taints: [taint] })],
      "0/2 nodes are available: 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s). preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
    ],
    [
      'affinity',
      testPod('p', { spec: { affinity: affinity('zone', ['x']) } }),
      [testNode('a', { labels: { zone: 'y' } })],
      "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
    ],
    [
      'one node named, which is full',
      testPod('p', { requests: { cpu: '400' }, spec: { affinity: named('a') } }),
      [testNode('a'), testNode('b'), testNode('c')],
      "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
    ],
    [
      'a node named that does not exist',
      testPod('p', { spec: { affinity: named('nowhere') } }),
      [testNode('a')],
      "0/1 nodes are available: 1 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.",
    ],
    [
      'none where one of the nodes named fits',
      testPod('p', { spec: { affinity: named('nowhere', 'b') } }),
      [testNode('a'), testNode('b')],
      'placed on b',
    ],
    [
      'too many pods',
      testPod('p'),
      [testNode('a', { allocatable: { pods: '1' } })],
      '0/1 nodes are available: 1 Too many pods. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
      [[testPod('q'), 'a']],
    ],
    [
      'a host port that is taken',
      testPod('p', {
        spec: {
          containers: [{ name: 'c', ports: [{ containerPort: 1, hostPort: 80, hostIP: '10.0.0.1' }] }],
        },
      }),
      [testNode('a')],
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
      [[busy, 'a']],
    ],
    [
      'a host port of a sidecar, taken by a sidecar',
      testPod('p', { spec: { initContainers: [sidecar] } }),
      [testNode('a')],
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.",
      [[testPod('q', { spec: { initContainers: [sidecar] } }), 'a']],
    ],
    [
      'none for a host port of an init container, which is gone when others come',
      testPod('p', { spec: { initContainers: [{ name: sidecar.name, ports: sidecar.ports }] } }),
      [testNode('a')],
      'placed on a',
      [[testPod('q', { spec: { initContainers: [sidecar] } }), 'a']],
    ],
  ])('%s', (_name, pod, nodes, expected, placed = []) => {
    expect(why(pod, nodes, placed)).toBe(expected);
  });
});

describe('what is said about preemption', () => {
  const node = testNode('a', { allocatable: { cpu: '2' } });
  const asking = (cpu: string, priority: number, spec = {}) =>
    testPod('p', { requests: { cpu }, spec: { priority, ...spec } });
  const there = (priority: number, cpu = '1'): [Stored<V1Pod>, string] => [
    testPod('q', { requests: { cpu }, spec: { priority } }),
    'a',
  ];
  const refused = '0/1 nodes are available: 1 Insufficient cpu.';

  it.each([
    [
      'nobody of lower priority is in the way',
      asking('2', 5),
      [there(5)],
      ' preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    ],
    [
      'those of lower priority are not enough',
      asking('2', 5),
      [there(0, '500m'), there(9)],
      ' preemption: 0/1 nodes are available: 1 Insufficient cpu.',
    ],
    ['those of lower priority are enough', asking('2', 5), [there(0)], ''],
    [
      'the pod may not',
      asking('2', 5, { preemptionPolicy: 'Never' }),
      [there(0)],
      ' preemption: not eligible due to preemptionPolicy=Never.',
    ],
  ])('when %s', (_name, pod, placed, said) => {
    const distinct = placed.map(([each, where], i): [Stored<V1Pod>, string] => [
      { ...each, metadata: { ...each.metadata, name: `q${i}` } },
      where,
    ]);
    expect(why(pod, [node], distinct)).toBe(`${refused}${said}`);
  });
});

describe('what wakes a pod that was refused', () => {
  const wakers = (pod: Stored<V1Pod>, nodes: Stored<V1Node>[], placed: [Stored<V1Pod>, string][] = []) => {
    const decision = place(pod, testCluster(nodes, placed));
    return decision.nodeName === undefined
      ? [...wakingEvents(decision.refusals, defaultPlugins)].sort()
      : undefined;
  };
  const node = testNode('a', { allocatable: { cpu: '2' } });

  it('another pod going, when others are in the way', () => {
    const placed: [Stored<V1Pod>, string][] = [[testPod('q', { requests: { cpu: '1' } }), 'a']];
    expect(wakers(testPod('p', { requests: { cpu: '2' } }), [node], placed)).toEqual([
      'nodeAdded',
      'nodeAllocatable',
      'podGone',
    ]);
  });

  it('not that, when it is too large for an empty node', () => {
    expect(wakers(testPod('p', { requests: { cpu: '3' } }), [node])).toEqual([
      'nodeAdded',
      'nodeAllocatable',
    ]);
  });

  it('a node, when there is none', () => {
    expect(wakers(testPod('p'), [])).toEqual(['nodeAdded']);
  });
});

describe('a pod that fits', () => {
  it('goes where it tolerates the taint', () => {
    const pod = testPod('p', {
      spec: { tolerations: [{ key: 'dedicated', operator: 'Exists' }], nodeSelector: { pool: 'db' } },
    });
    const nodes = [
      testNode('a'),
      testNode('b', {
        labels: { pool: 'db' },
        taints: [{ key: 'dedicated', value: 'db', effect: 'NoExecute' }],
      }),
    ];
    expect(why(pod, nodes)).toBe('placed on b');
  });

  it('prefers the node with most left', () => {
    const nodes = [testNode('a'), testNode('b')];
    expect(
      why(testPod('p', { requests: { cpu: '1' } }), nodes, [
        [testPod('q', { requests: { cpu: '2', memory: '4Gi' } }), 'a'],
      ]),
    ).toBe('placed on b');
  });

  it('prefers what it wishes for over what is emptier', () => {
    const pod = testPod('p', {
      spec: {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              { weight: 100, preference: { matchExpressions: [{ key: 'disk', operator: 'Exists' }] } },
            ],
          },
        },
      },
    });
    const nodes = [testNode('a', { labels: { disk: 'ssd' } }), testNode('b')];
    expect(why(pod, nodes, [[testPod('q', { requests: { cpu: '1' } }), 'a']])).toBe('placed on a');
  });

  it('wishes for nothing by a term without requirements, however heavy', () => {
    const term = (weight: number, preference: object) => ({ weight, preference });
    const pod = testPod('p', {
      spec: {
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [
              term(100, {}),
              term(1, { matchExpressions: [{ key: 'disk', operator: 'Exists' }] }),
            ],
          },
        },
      },
    });
    const nodes = [testNode('a', { labels: { disk: 'ssd' } }), testNode('b')];
    expect(why(pod, nodes, [[testPod('q', { requests: { cpu: '2' } }), 'a']])).toBe('placed on a');
  });

  it('is spread over the nodes with the other pods of its controller', () => {
    const nodes = ['a', 'b', 'c'].map((name) => testNode(name));
    const cluster = testCluster(nodes);
    for (let i = 0; i < 6; i++) {
      const pod = testPod(`p${i}`, { owner: 'rs', requests: { cpu: '10m' } });
      const decision = place(pod, cluster, i);
      cluster.putPod(podInfoOf(pod), decision.nodeName!);
    }
    expect(cluster.nodes.map((node) => node.pods.size)).toEqual([2, 2, 2]);
  });

  it('keeps to a hard spread constraint, and is refused when no node can', () => {
    const spread = {
      maxSkew: 1,
      topologyKey: 'zone',
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'x' } },
    };
    const pod = (name: string) =>
      testPod(name, { labels: { app: 'x' }, spec: { topologySpreadConstraints: [spread] } });
    const zoned = [testNode('a', { labels: { zone: '1' } }), testNode('b', { labels: { zone: '2' } })];
    expect(why(pod('p'), zoned, [[pod('q'), 'a']])).toBe('placed on b');
    const cordoned = [zoned[0]!, testNode('b', { labels: { zone: '2' }, unschedulable: true })];
    expect(why(pod('p'), cordoned, [[pod('q'), 'a']])).toBe(
      "0/2 nodes are available: 1 node(s) didn't match pod topology spread constraints, 1 node(s) were unschedulable. preemption: 0/2 nodes are available: 1 No preemption victims found for incoming pod, 1 Preemption is not helpful for scheduling.",
    );
  });

  it('is spread over nodes only that have the keys of all its hard constraints', () => {
    const spread = (topologyKey: string) => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'DoNotSchedule',
      labelSelector: { matchLabels: { app: 'x' } },
    });
    const pod = (name: string) =>
      testPod(name, {
        labels: { app: 'x' },
        spec: { topologySpreadConstraints: [spread('zone'), spread('rack')] },
      });
    // Zone 2 is empty, but for want of a rack it takes no part: it must not hold zone 1 down.
    const nodes = [
      testNode('a', { labels: { zone: '1', rack: '1' } }),
      testNode('b', { labels: { zone: '2' } }),
    ];
    expect(why(pod('p'), nodes, [[pod('q'), 'a']])).toBe('placed on a');
  });

  it('looks at all of a small cluster and at a share of a large one', () => {
    expect([10, 99, 100, 1000, 5000, 20000].map(enoughNodes)).toEqual([10, 99, 100, 420, 500, 1000]);
  });
});

describe('over random clusters', () => {
  const cpu = fc.integer({ min: 1, max: 8 });
  const clusters = fc.record({
    nodes: fc.array(
      fc.record({
        cpu,
        pods: fc.integer({ min: 1, max: 6 }),
        tainted: fc.boolean(),
        zone: fc.integer({ min: 0, max: 2 }),
      }),
      {
        minLength: 1,
        maxLength: 8,
      },
    ),
    pods: fc.array(
      fc.record({ cpu, tolerant: fc.boolean(), zone: fc.option(fc.integer({ min: 0, max: 2 })) }),
      { maxLength: 30 },
    ),
    seed: fc.integer(),
  });
  type Shape = typeof clusters extends fc.Arbitrary<infer T> ? T : never;

  function run({ nodes, pods, seed }: Shape) {
    const taints = [{ key: 't', effect: 'NoSchedule' }];
    const cluster = testCluster(
      nodes.map((each, i) =>
        testNode(`n${i}`, {
          allocatable: { cpu: String(each.cpu), pods: String(each.pods) },
          labels: { zone: String(each.zone) },
          ...(each.tainted ? { taints } : {}),
        }),
      ),
    );
    const random = seededRandom(seed);
    const placed = pods.map((each, i) => {
      const pod = testPod(`p${i}`, {
        requests: { cpu: String(each.cpu) },
        spec: {
          ...(each.tolerant ? { tolerations: [{ operator: 'Exists' }] } : {}),
          ...(each.zone === null ? {} : { nodeSelector: { zone: String(each.zone) } }),
        },
      });
      const info = podInfoOf(pod);
      // The plain reference of the same rules.
      const couldFit = cluster.nodes.filter((node, n) => {
        const shape = nodes[n]!;
        const used = [...node.pods.values()].reduce((sum, other) => sum + other.requests.cpuMilli, 0);
        return (
          used + each.cpu * 1000 <= shape.cpu * 1000 &&
          node.pods.size < shape.pods &&
          (!shape.tainted || each.tolerant) &&
          (each.zone === null || each.zone === shape.zone)
        );
      });
      const decision = schedule(info, cluster, { plugins: defaultPlugins, random });
      if (decision.nodeName !== undefined) cluster.putPod(info, decision.nodeName);
      return { nodeName: decision.nodeName, couldFit: couldFit.map((node) => node.name) };
    });
    return placed;
  }

  it('a pod is placed exactly when a plain reading of the rules finds a node, and onto one of those', () => {
    fc.assert(
      fc.property(clusters, (shape) => {
        for (const { nodeName, couldFit } of run(shape)) {
          if (couldFit.length === 0) expect(nodeName).toBeUndefined();
          else expect(couldFit).toContain(nodeName);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('the same seed gives the same placement', () => {
    fc.assert(
      fc.property(clusters, (shape) => {
        expect(run(shape)).toEqual(run(shape));
      }),
      { numRuns: 50 },
    );
  });
});
