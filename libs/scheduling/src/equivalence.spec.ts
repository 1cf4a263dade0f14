import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seededRandom } from '@gantry/base';
import type { Stored, V1Affinity, V1Node, V1Pod, V1TopologySpreadConstraint } from '@gantry/api';
import { Cluster, podInfoOf } from './cluster.ts';
import { schedule } from './cycle.ts';
import { defaultPlugins } from './plugins/index.ts';
import { naiveSchedule } from './testing/naive.ts';
import { testNode, testPod } from './testing/index.ts';

const few = fc.integer({ min: 0, max: 2 }).map(String);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Nodes that differ in all that the rules look at, by one of a few names. */
const nodes: fc.Arbitrary<Stored<V1Node>> = fc
  .record({
    name: fc.integer({ min: 0, max: 7 }),
    cpu: fc.integer({ min: 1, max: 6 }),
    pods: fc.integer({ min: 1, max: 8 }),
    zone: maybe(few),
    rack: maybe(few),
    taint: maybe(fc.constantFrom('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
    unschedulable: fc.boolean(),
    image: fc.boolean(),
  })
  .map(({ name, cpu, pods, zone, rack, taint, unschedulable, image }) => {
    const node = testNode(`n${name}`, {
      allocatable: { cpu: String(cpu), pods: String(pods) },
      labels: {
        ...(zone === undefined ? {} : { 'topology.kubernetes.io/zone': zone }),
        ...(rack === undefined ? {} : { rack }),
      },
      ...(taint ? { taints: [{ key: 't', effect: taint }] } : {}),
      unschedulable: unschedulable && name === 0,
    });
    const images = image ? [{ names: ['example/app:1'], sizeBytes: 500 * 2 ** 20 }] : [];
    return { ...node, status: { ...node.status, images } };
  });

const topologyKeys = fc.constantFrom('topology.kubernetes.io/zone', 'rack', 'kubernetes.io/hostname');

const spreads: fc.Arbitrary<V1TopologySpreadConstraint> = fc.record({
  topologyKey: topologyKeys,
  maxSkew: fc.integer({ min: 1, max: 2 }),
  whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
  labelSelector: fc.constantFrom({}, { matchLabels: { app: '1' } }),
  minDomains: maybe(fc.constant(2)),
  matchLabelKeys: maybe(fc.constant<string[]>(['app'])),
  nodeAffinityPolicy: maybe(fc.constantFrom('Honor', 'Ignore')),
  nodeTaintsPolicy: maybe(fc.constantFrom('Honor', 'Ignore')),
});

/** Pods' templates: few, so that they come again, and alike but for a little, as are those that might be taken for each other. */
const templates = fc
  .record({
    spread: fc.array(spreads, { maxLength: 2 }),
    owner: maybe(few),
    variants: fc.array(
      fc.record({
        selector: maybe(few),
        wished: maybe(few),
        tolerant: fc.boolean(),
        port: fc.boolean(),
        cpu: fc.constantFrom(undefined, undefined, '1', '2'),
        app: few,
        firstSpreadOnly: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4, size: 'max' },
    ),
  })
  .map(({ spread, owner, variants }) =>
    variants.map(({ selector, wished, tolerant, port, cpu, app, firstSpreadOnly }) => ({
      ...(cpu === undefined ? {} : { requests: { cpu } }),
      labels: { app },
      ...(owner === undefined ? {} : { owner }),
      spec: {
        ...(selector === undefined ? {} : { nodeSelector: { rack: selector } }),
        ...(wished === undefined ? {} : { affinity: wishing(wished) }),
        ...(tolerant ? { tolerations: [{ operator: 'Exists' }] } : {}),
        ...(spread.length > 0
          ? { topologySpreadConstraints: firstSpreadOnly ? spread.slice(0, 1) : spread }
          : {}),
        ...(port ? { containers: holdingPort } : {}),
      },
    })),
  );

const wishing = (rack: string): V1Affinity => ({
  nodeAffinity: {
    preferredDuringSchedulingIgnoredDuringExecution: [
      { weight: 7, preference: { matchExpressions: [{ key: 'rack', operator: 'In', values: [rack] }] } },
      { weight: 3, preference: { matchExpressions: [{ key: 'rack', operator: 'Exists' }] } },
    ],
  },
});

const holdingPort = [
  { name: 'main', image: 'example/app:1', ports: [{ containerPort: 80, hostPort: 80 }] },
  { name: 'more', image: 'example/app:1' },
];

type Event =
  | { type: 'decide'; template: number; seed: number; startAt: number; enough: number; stays: number }
  | { type: 'node'; node: Stored<V1Node> }
  | { type: 'nodeGone'; name: number }
  | { type: 'podGone' | 'podEnding'; pod: number };

const events: fc.Arbitrary<Event[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('decide' as const),
        template: fc.nat(3),
        seed: fc.nat(),
        startAt: fc.nat(80),
        enough: fc.integer({ min: 1, max: 12 }),
        /** 0: only asked. */
        stays: fc.nat(4),
      }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('node' as const), node: nodes }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('nodeGone' as const), name: fc.nat(7) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        type: fc.constantFrom('podGone' as const, 'podEnding' as const),
        pod: fc.nat(30),
      }),
    },
  ),
  { maxLength: 60, size: 'max' },
);

it('a decision is what the rules come to when nothing is remembered, whatever has happened since the last', () => {
  fc.assert(
    fc.property(
      fc.array(nodes, { maxLength: 12, size: 'max' }),
      // Enough at times that what is kept by node spans several words.
      fc.constantFrom(0, 0, 0, 0, 60),
      templates,
      events,
      (first, more, shapes, happened) => {
        const cluster = new Cluster();
        for (let i = 0; i < more; i++)
          cluster.putNode(
            testNode(`more${i}`, { allocatable: { pods: '2' }, labels: { rack: String(i % 3) } }),
          );
        for (const node of first) cluster.putNode(node);
        const placed: Stored<V1Pod>[] = [];
        for (const [i, event] of happened.entries()) {
          switch (event.type) {
            case 'node':
              cluster.putNode(event.node);
              break;
            case 'nodeGone':
              cluster.removeNode(`n${event.name}`);
              break;
            case 'podGone':
            case 'podEnding': {
              const pod = placed[event.pod % placed.length];
              const at = pod && cluster.placeOf(`default/${pod.metadata.name}`);
              if (!at) break;
              if (event.type === 'podGone') cluster.removePod(`default/${pod.metadata.name}`);
              else {
                const metadata = { ...pod.metadata, deletionTimestamp: '2026-01-01T00:00:01Z' };
                cluster.putPod(podInfoOf({ ...pod, metadata }), at);
              }
              break;
            }
            case 'decide': {
              const { seed, startAt, enough, stays } = event;
              const pod = testPod(`p${i}`, shapes[event.template % shapes.length]!);
              const info = podInfoOf(pod);
              const options = { plugins: defaultPlugins, startAt, enough };
              const naive = naiveSchedule(info, cluster, { ...options, random: seededRandom(seed) });
              const decision = schedule(info, cluster, { ...options, random: seededRandom(seed) });
              if (decision.nodeName === undefined) {
                expect(decision.refusals).toMatchObject(naive);
                break;
              }
              expect(decision).toEqual(naive);
              if (stays === 0) break;
              cluster.putPod(info, decision.nodeName);
              placed.push(pod);
            }
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});
