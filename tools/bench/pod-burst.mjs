// 100 pods posted at once onto one node: from the first POST until all are Running.
import { inParallel } from './client.mjs';
import { withCpuShare } from './load.mjs';
import { onNode, path, realNodes, sleeper, warmUp, withPods } from './pods.mjs';

const count = 100;

export async function run({ client, image, report }) {
  await warmUp(client, image);
  const [node] = await realNodes(client);
  await withPods(client, { count, label: 'burst' }, async (times, names) => {
    const begin = performance.now();
    const { value: running, clientCpu } = await withCpuShare(async () => {
      await inParallel(count, 50, (i) => client.bytes('POST', path, sleeper(names[i], image, onNode(node))));
      return times.all(names, 'running');
    });
    const perSecond = (count * 1000) / (Math.max(...running) - begin);
    report({ name: `${count} pods at once on one node`, unit: 'pods/s', samples: [perSecond], clientCpu });
  });
}
