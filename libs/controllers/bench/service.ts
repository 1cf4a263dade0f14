// What the controllers cost while the pods of one Deployment behind one Service become ready one after the other, as nodes start them:
// in one process over memory with pretended nodes, on a clock that is turned, so that every change of a pod may be acted on by itself.
// Usage: node libs/controllers/bench/service.ts [pods] [pods ready per second] [controllers, by name, with commas]
import { kinds } from '@gantry/api';
import { exampleDeployment, Simulation } from '@gantry/controllers/testing';

const pods = Number(process.argv[2] ?? 1_000);
const perSecond = Number(process.argv[3] ?? 50);
const only = process.argv[4]?.split(',');

let started = 0;
using simulation = new Simulation({
  kubelet: { readyAfterMs: () => (++started * 1000) / perSecond },
  ...(only ? { only: ({ name }) => only.includes(name) } : {}),
});
const { state, clock } = simulation;
await simulation.createNamespace('default');
const life = simulation.start();
const name = { namespace: 'default', name: 'web' };
const before = process.cpuUsage();
await state.create(kinds.service, {
  metadata: name,
  spec: { selector: { app: 'web' }, clusterIP: '10.43.0.5', ports: [{ port: 80, targetPort: 8080 }] },
});
await state.create(kinds.deployment, exampleDeployment('web', { replicas: pods }));
await simulation.until(
  async () => (await state.get(kinds.deployment, name)).object.status?.availableReplicas === pods,
  'all pods are available',
  (pods / perSecond) * 1000 + 60_000,
);
await clock.advance(5_000);
const { user, system } = process.cpuUsage(before);

const writes: Record<string, number> = {};
for (const line of life.state.journal) {
  const what = line.slice(0, line.lastIndexOf(' '));
  writes[what] = (writes[what] ?? 0) + 1;
}
const endpoints = (await simulation.list(kinds.endpointSlice)).flatMap((slice) => slice.endpoints ?? []);
console.log(
  JSON.stringify({
    pods,
    cpuSeconds: Math.round((user + system) / 1e4) / 100,
    readyEndpoints: endpoints.filter(({ conditions }) => conditions?.ready).length,
    writes,
  }),
);
