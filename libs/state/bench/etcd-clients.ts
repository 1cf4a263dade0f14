// Writes per second and cost per write of the clients behind the seam, over a real etcd. Another client is a line below.
//   node libs/state/bench/etcd-clients.ts
import { systemClock } from '@gantry/base';
import { DirectEtcdClient } from '../src/etcd/direct-etcd-client.ts';
import { Etcd3Client } from '../src/etcd/etcd3-client.ts';
import type { EtcdClient } from '../src/etcd/etcd-client.ts';
import { startEtcd } from '../src/testing/etcd-process.ts';

// As in production: every write is on the disk before etcd answers (tests leave that out).
await using etcd = await startEtcd({ args: ['--unsafe-no-fsync=false'] });
const value = Buffer.from(JSON.stringify({ data: 'y'.repeat(1024) }));
const makers: Record<string, () => EtcdClient> = {
  etcd3: () => new Etcd3Client({ endpoints: [etcd.endpoint] }, systemClock),
  direct: () => new DirectEtcdClient({ endpoints: [etcd.endpoint] }, systemClock),
};

for (const [name, make] of Object.entries(makers)) {
  using client = make();
  for (const concurrency of [1, 32, 64]) {
    let count = 0;
    const run = async (untilMs: number) => {
      await Promise.all(
        Array.from({ length: concurrency }, async () => {
          while (performance.now() < untilMs)
            await client.write({ key: `/bench/${name}/${concurrency}/${count++}`, expected: 0n, value });
        }),
      );
    };
    await run(performance.now() + 1000);
    const before = count;
    const cpu = process.cpuUsage();
    const started = performance.now();
    await run(started + 4000);
    const seconds = (performance.now() - started) / 1000;
    const used = process.cpuUsage(cpu);
    console.log(
      JSON.stringify({
        client: name,
        concurrency,
        writesPerSecond: Math.round((count - before) / seconds),
        microsecondsOfCpuPerWrite: Math.round((used.user + used.system) / (count - before)),
      }),
    );
  }
  const started = performance.now();
  const { kvs } = await client.range({ key: '/bench/', end: '/bench0' });
  console.log(
    JSON.stringify({ client: name, rangeKeys: kvs.length, rangeMs: Math.round(performance.now() - started) }),
  );
}
