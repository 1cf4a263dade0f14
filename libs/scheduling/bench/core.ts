// How many decisions a second the pure core makes on a snapshot, without an API: node libs/scheduling/bench/core.ts [nodes] [pods]
import { seededRandom } from '@gantry/base';
import { defaultPlugins, podInfoOf, schedule } from '../src/index.ts';
import { testCluster, testNode, testPod } from '../src/testing/index.ts';

const [nodes = 1000, pods = 10_000] = process.argv.slice(2).map(Number);
const shapes = {
  plain: () => ({}),
  owned: (i: number) => ({ owner: `rs-${i % 50}` }),
  selector: (i: number) => ({ spec: { nodeSelector: { shard: String(i % 10) } } }),
};
for (const [shape, options] of Object.entries(shapes)) {
  const cluster = testCluster(
    Array.from({ length: nodes }, (_, i) =>
      testNode(`n${i}`, {
        allocatable: { cpu: '64', memory: '256Gi', pods: '500' },
        labels: { shard: String(i % 10) },
      }),
    ),
  );
  const waiting = Array.from({ length: pods }, (_, i) =>
    podInfoOf(testPod(`p${i}`, { requests: { cpu: '10m', memory: '16Mi' }, ...options(i) })),
  );
  const random = seededRandom(1);
  let startAt = 0;
  const beganMs = performance.now();
  for (const info of waiting) {
    const decision = schedule(info, cluster, { plugins: defaultPlugins, random, startAt });
    if (decision.nodeName === undefined) throw new Error(`${info.key} fits nowhere`);
    startAt += decision.evaluated;
    cluster.putPod(info, decision.nodeName);
  }
  const tookMs = performance.now() - beganMs;
  console.log(
    JSON.stringify({
      bench: 'scheduling-core',
      shape,
      nodes,
      pods,
      decisionsPerSecond: Math.round((pods / tookMs) * 1000),
    }),
  );
}
