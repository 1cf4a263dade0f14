// How long the controllers take to bring up many Deployments, in one process over memory with pretended nodes: no network, no
// containers. Usage: node libs/controllers/bench/deployments.ts [deployments] [replicas]
import { kinds } from '@gantry/api';
import { exampleDeployment, Simulation } from '@gantry/controllers/testing';

const deployments = Number(process.argv[2] ?? 1_000);
const replicas = Number(process.argv[3] ?? 3);

using simulation = new Simulation();
await simulation.createNamespace('default');
const life = simulation.start();
const startMs = performance.now();
for (let i = 0; i < deployments; i++)
  await simulation.state.create(kinds.deployment, exampleDeployment(`web-${i}`, { replicas }));
const createdMs = performance.now();
await simulation.until(async () => {
  const all = await simulation.list(kinds.deployment);
  return all.every(({ status }) => status?.availableReplicas === replicas);
}, 'all Deployments are available');
const seconds = (fromMs: number) => Math.round(performance.now() - fromMs) / 1000;
console.log(
  JSON.stringify({
    deployments,
    replicas,
    createSeconds: Math.round(createdMs - startMs) / 1000,
    totalSeconds: seconds(startMs),
    writesPerDeployment: Math.round((life.state.writes / deployments) * 10) / 10,
    rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
  }),
);
