// GET of one pod of about 4 KB, by one client and by 32.
import { ensureStock, forSeconds, stockName, stockPath } from './load.mjs';

export async function run({ client, report, log }) {
  await ensureStock(client, log);
  const path = `${stockPath}/${stockName(42)}`;
  await forSeconds(1, 32, () => client.bytes('GET', path)); // the first calls compile
  for (const clients of [1, 32]) {
    const { perSecond, latencies, clientCpu } = await forSeconds(5, clients, () => client.bytes('GET', path));
    const name = `GET a pod, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
    const goal = clients === 32 ? { atLeast: 4000 } : undefined;
    report({ name, unit: 'requests/s', samples: [perSecond], goal, clientCpu });
    report({ name: `${name}: latency`, unit: 'ms', samples: latencies });
  }
}
