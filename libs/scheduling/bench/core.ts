// How many decisions a second the pure core makes on a snapshot, without an API: node libs/scheduling/bench/core.ts [nodes] [pods] [shape]
import { seededRandom } from '@gantry/base';
import { defaultPlugins, podInfoOf, schedule } from '../src/index.ts';
import { testCluster, testNode, testPod } from '../src/testing/index.ts';

const [nodes = 1000, pods = 10_000] = process.argv.slice(2, 4).map(Number);
const only = process.argv[4];
const app = { app: 'x' };
const spread = {
  topologyKey: 'zone',
  maxSkew: 1,
  whenUnsatisfiable: 'DoNotSchedule',
  labelSelector: { matchLabels: app },
};
const shapes: Record<string, (i: number) => Parameters<typeof testPod>[1]> = {
  plain: () => ({}),
  owned: (i) => ({ owner: `rs-${i % 50}` }),
  selector: (i) => ({ spec: { nodeSelector: { shard: String(i % 10) } } }),
  spread: () => ({ labels: app, spec: { topologySpreadConstraints: [spread] } }),
  // No two alike: nothing that was found for one helps another.
  distinct: (i) => ({ requests: { cpu: `${10 + (i % 1000)}m` } }),
};
for (const [shape, options] of Object.entries(shapes)) {
  if (only !== undefined && only !== shape) continue;
  const cluster = testCluster(
    Array.from({ length: nodes }, (_, i) =>
      testNode(`n${i}`, {
        allocatable: { cpu: '64', memory: '256Gi', pods: '500' },
        labels: { shard: String(i % 10), zone: String(i % 8) },
      }),
    ),
  );
  const waiting = Array.from({ length: pods }, (_, i) =>
    podInfoOf(testPod(`p${i}`, { requests: { cpu: '10m', memory: '16Mi' }, ...options(i) })),
  );
  const random = seededRandom(1);
  let startAt = 0;
  const before = process.cpuUsage();
  const beganMs = performance.now();
  for (const info of waiting) {
    const decision = schedule(info, cluster, { plugins: defaultPlugins, random, startAt });
    if (decision.nodeName === undefined) throw new Error(`${info.key} fits nowhere`);
    startAt += decision.evaluated;
    cluster.putPod(info, decision.nodeName);
  }
  const tookMs = performance.now() - beganMs;
  const { user, system } = process.cpuUsage(before);
  console.log(
    JSON.stringify({
      bench: 'scheduling-core',
      shape,
      nodes,
      pods,
      decisionsPerSecond: Math.round((pods / tookMs) * 1000),
      cpuMicrosPerDecision: Number(((user + system) / pods).toFixed(1)),
    }),
  );
}
