// From the POST of a pod until a watcher sees it Running: 20, one after the other, the image present.
import { withCpuShare } from './load.mjs';
import { path, sleeper, warmUp, withPods } from './pods.mjs';

export async function run({ client, image, report }) {
  await warmUp(client, image);
  await withPods(client, { count: 20, label: 'start' }, async (times, names) => {
    const samples = { bound: [], running: [] };
    const { clientCpu } = await withCpuShare(async () => {
      for (const name of names) {
        const begin = performance.now();
        await client.bytes('POST', path, sleeper(name, image));
        const [running] = await times.all([name], 'running');
        const [bound] = await times.all([name], 'bound');
        samples.running.push(running - begin);
        samples.bound.push(bound - begin);
      }
    });
    const goal = { atMost: 150 };
    report({
      name: 'pod POST → Running, in sequence',
      unit: 'ms',
      samples: samples.running,
      goal,
      clientCpu,
    });
    report({ name: 'pod POST → bound, in sequence', unit: 'ms', samples: samples.bound });
  });
}
