// What the idle cluster holds in memory, by PSS: pages that several processes share are counted once, each with its part.
import { readFileSync } from 'node:fs';
import { processes } from './cluster.mjs';
import { sleep } from './load.mjs';
import { onNode, path, realNodes, sleeper, withPods } from './pods.mjs';

const pssMiB = (pid) =>
  Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))[1]) / 1024;

const total = (matching) => matching.reduce((sum, { pid }) => sum + pssMiB(pid), 0);

const parts = {
  server: /\/apiserver\.js /,
  etcd: /\/etcd --name/,
  agent: (node) => new RegExp(`/agent\\.js .*--node-name=${node} `),
  shims: (node) => new RegExp(`/conmon .*/${node}/`),
};

const measure = (pattern) => total(processes().filter(({ command }) => pattern.test(command)));

export async function run({ client, image, report, log }) {
  const [node] = await realNodes(client);
  await withPods(client, { count: 10, label: 'memory' }, async (times, names) => {
    for (const name of names) await client.bytes('POST', path, sleeper(name, image, onNode(node)));
    await times.all(names, 'running');
    log('waiting 20 s for the cluster to settle');
    await sleep(20_000);
    const found = {
      server: measure(parts.server),
      agent: measure(parts.agent(node)),
      shims: measure(parts.shims(node)),
    };
    const sum = found.server + found.agent + found.shims;
    for (const [what, value] of Object.entries(found)) {
      if (value === 0) throw new Error(`found no process of the ${what}`);
      report({ name: `idle memory: ${what}`, unit: 'MiB', samples: [value] });
    }
    report({ name: 'idle memory: these three', unit: 'MiB', samples: [sum], goal: { atMost: 250 } });
    report({ name: 'idle memory: etcd', unit: 'MiB', samples: [measure(parts.etcd)] });
  });
}
