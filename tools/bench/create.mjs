// Creation of ConfigMaps of 1 KB, by one client and by 32.
import { ensureNamespace } from './client.mjs';
import { forSeconds } from './load.mjs';

const namespace = 'bench-create';
const path = `/api/v1/namespaces/${namespace}/configmaps`;

export async function run({ client, report }) {
  await ensureNamespace(client, namespace);
  const stamp = Date.now().toString(36);
  const create = (series) => (n) =>
    client.bytes('POST', path, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `c-${stamp}-${series}-${n}` },
      data: { text: 'x'.repeat(1024) },
    });
  await forSeconds(1, 32, create('warm'));
  for (const clients of [1, 32]) {
    const { perSecond, latencies, clientCpu } = await forSeconds(5, clients, create(clients));
    const name = `POST a ConfigMap of 1 KB, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
    const goal = clients === 32 ? { atLeast: 2000 } : undefined;
    report({ name, unit: 'requests/s', samples: [perSecond], goal, clientCpu });
    report({ name: `${name}: latency`, unit: 'ms', samples: latencies });
  }
  await client.bytes('DELETE', path);
}
