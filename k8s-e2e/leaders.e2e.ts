import { afterAll, beforeAll, expect, it } from 'vitest';
import type { V1Lease } from '@gantry/api';
import { eventually, useCluster } from './src/cluster.ts';
import { SplitControlPlane } from './src/control-plane.ts';
import { isAlive } from './src/kernel.ts';
import { webDeployment } from './src/manifests.ts';
import { isPodReady, type TestNamespace } from './src/test-namespace.ts';

const cluster = useCluster();

const parts = ['scheduler', 'controller-manager'] as const;

let plane: SplitControlPlane;
beforeAll(async () => {
  // Nodes are heard of every ten seconds. One that is not for 25 s is lost, instead of 40: the test should not take minutes.
  plane = await SplitControlPlane.split(cluster, ['--node-monitor-grace-period=25s']);
  await eventually(() => parts.every((part) => leading(part).length === 1), {
    what: 'one of each two leads',
  });
});
afterAll(() => plane?.[Symbol.asyncDispose]());

const leaderOf = async (part: 'scheduler' | 'controller-manager') => {
  const lease = await cluster.api.json<V1Lease>(
    `/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/kube-${part}`,
  );
  return lease.spec?.holderIdentity ?? '';
};

/** Which of the two processes has said that it leads. */
const leading = (part: 'scheduler' | 'controller-manager') =>
  ['a', 'b']
    .map((each) => `${part}-${each}`)
    .filter((name) => plane.runs(name) && plane.log(name).includes('became leader'));

async function deploy(namespace: TestNamespace, name: string, replicas: number): Promise<void> {
  await namespace.apply(
    webDeployment(
      name,
      cluster.image,
      replicas,
      {},
      {
        // Pods of a lost node go after two seconds instead of five minutes.
        tolerations: ['not-ready', 'unreachable'].map((what) => ({
          key: `node.kubernetes.io/${what}`,
          operator: 'Exists',
          effect: 'NoExecute',
          tolerationSeconds: 2,
        })),
      },
    ),
  );
  await namespace.kubectl(['rollout', 'status', `deployment/${name}`, '--timeout=180s']);
}

it('lets one of two work and the other take over when it is killed', async () => {
  await using namespace = await cluster.namespace();
  await deploy(namespace, 'before', 2);
  for (const part of parts) expect(leading(part)).toHaveLength(1);
  const leaders = await Promise.all(parts.map(leaderOf));
  await Promise.all(parts.map((part) => plane.kill(leading(part)[0]!, 'SIGKILL')));
  await namespace.kubectl(['scale', 'deployment/before', '--replicas=3']);
  await eventually(
    async () => {
      const now = await Promise.all(parts.map(leaderOf));
      return now.every((each, index) => each !== leaders[index]);
    },
    { what: 'both leases have another holder', timeoutMs: 120_000, everyMs: 200 },
  );
  await namespace.kubectl(['rollout', 'status', 'deployment/before', '--timeout=180s']);
  expect((await namespace.pods('app=before')).filter(isPodReady)).toHaveLength(3);
  await deploy(namespace, 'after', 2);
});

it('runs the pods of a node that is gone for good on another one', async () => {
  await using namespace = await cluster.namespace();
  await deploy(namespace, 'web', 3);
  const lost = (await namespace.pods('app=web')).filter((each) => each.spec.nodeName === 'node-2');
  expect(lost.length).toBeGreaterThan(0);
  const startAgain = await plane.killAgent('node-2');
  await eventually(async () => !(await cluster.isReady('node-2')), {
    what: 'node-2 is not Ready',
    timeoutMs: 120_000,
    everyMs: 100,
  });
  expect(await cluster.kubectl(['get', 'node', 'node-2'])).toMatch(/node-2 +NotReady/);
  const node = (await cluster.nodes()).find((each) => each.metadata.name === 'node-2')!;
  expect(node.status!.conditions!.find((each) => each.type === 'Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
  await eventually(
    async () => {
      const ready = (await namespace.pods('app=web')).filter(
        (each) => isPodReady(each) && each.spec.nodeName === 'node-1' && !each.metadata.deletionTimestamp,
      );
      return ready.length === 3;
    },
    { what: 'all replicas run on node-1', timeoutMs: 120_000, everyMs: 100 },
  );
  // They are gone from the Service too, and the node that comes back ends what it should no longer run.
  const pids = lost.flatMap((each) => Object.values(cluster.pidsOf(each)));
  expect(pids.every(isAlive)).toBe(true);
  startAgain();
  await eventually(() => cluster.isReady('node-2'), { what: 'node-2 is Ready again' });
  await eventually(() => !pids.some(isAlive), { what: 'the evicted pods have ended' });
  await eventually(async () => (await namespace.pods('app=web')).length === 3);
});
