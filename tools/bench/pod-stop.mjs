// From the DELETE of a running pod until a watcher sees it gone: 10, one after the other, grace 1 s, which the process uses up.
import { withCpuShare } from './load.mjs';
import { path, sleeper, withPods } from './pods.mjs';

export async function run({ client, image, report }) {
  await withPods(client, { count: 10, label: 'stop' }, async (times, names) => {
    for (const name of names) await client.bytes('POST', path, sleeper(name, image));
    await times.all(names, 'running');
    const { value: samples, clientCpu } = await withCpuShare(async () => {
      const seconds = [];
      for (const name of names) {
        const begin = performance.now();
        await client.bytes('DELETE', `${path}/${name}`);
        const [gone] = await times.all([name], 'gone');
        seconds.push((gone - begin) / 1000);
      }
      return seconds;
    });
    report({ name: 'pod DELETE → gone, grace 1 s', unit: 's', samples, clientCpu });
  });
}
