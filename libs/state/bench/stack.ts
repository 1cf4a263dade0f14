// What the stack does in one process, without HTTP: creates, gets, lists, watch fan-out.
//   node libs/state/bench/stack.ts [etcd|memory] [--cpu-prof as a node flag for a profile]
import { silentLogger, systemClock } from '@gantry/base';
import { kindList, kinds, type V1Pod } from '@gantry/api';
import { EtcdState } from '../src/etcd/etcd-state.ts';
import { DirectEtcdClient } from '../src/etcd/direct-etcd-client.ts';
import {
  CachedState,
  listFrame,
  MemoryState,
  namespaceLifecycle,
  RegistryState,
  watchFrame,
} from '../src/index.ts';
import { startEtcd } from '../src/testing/index.ts';

const below = process.argv[2] ?? 'etcd';
// As in production: every write is on the disk before etcd answers (tests leave that out).
await using etcd = await startEtcd({ args: ['--unsafe-no-fsync=false'] });
const common = { clock: systemClock, log: silentLogger };
const where = { endpoints: [etcd.endpoint] };
const store =
  below === 'memory' ? new MemoryState() : new EtcdState(new DirectEtcdClient(where, systemClock), common);
const cached = new CachedState(store, { ...common, kinds: kindList });
const stop = new AbortController();
const running = cached.run(stop.signal);
await cached.ready;
const state = new RegistryState(cached, {
  clock: systemClock,
  random: Math.random,
  admission: [namespaceLifecycle(cached)],
});
const namespace = 'bench';
await state.create(kinds.namespace, { metadata: { name: namespace } } as never);

function report(what: string, count: number, startedMs: number, cpu: NodeJS.CpuUsage): void {
  const ms = performance.now() - startedMs;
  const used = process.cpuUsage(cpu);
  console.log(
    JSON.stringify({
      below,
      what,
      count,
      ms: Math.round(ms * 10) / 10,
      perSecond: Math.round((count / ms) * 1000),
      cpuUsEach: Math.round(((used.user + used.system) / count) * 10) / 10,
    }),
  );
}

async function pool(count: number, width: number, work: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

async function measure(what: string, count: number, work: () => Promise<unknown> | unknown): Promise<void> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await work();
  report(what, count, started, cpu);
}

for (const width of [1, 32, 64]) {
  const count = width === 1 ? 3000 : 20_000;
  await measure(`create ConfigMap 1 KB, ${width} at once`, count, () =>
    pool(count, width, (index) =>
      state.create(kinds.configMap, {
        metadata: { name: `cm-${width}-${index}`, namespace },
        data: { payload: 'y'.repeat(1024) },
      }),
    ),
  );
}

const pod = (index: number): V1Pod => ({
  metadata: {
    name: `pod-${String(index).padStart(5, '0')}`,
    namespace,
    labels: { app: 'web', shard: `s${index % 10}` },
  },
  spec: { containers: [{ name: 'web', image: 'registry.example/web:1.2.3', command: ['x'.repeat(3600)] }] },
});
await measure('create Pod 4 KB, 32 at once', 5000, () =>
  pool(5000, 32, (index) => state.create(kinds.pod, pod(index))),
);
await measure('get', 200_000, async () => {
  for (let i = 0; i < 200_000; i++) await state.get(kinds.pod, { namespace, name: 'pod-00042' });
});
await measure('list 5000 pods and assemble', 50, async () => {
  for (let i = 0; i < 50; i++) listFrame(await state.list(kinds.pod), kinds.pod);
});
await measure('list 5000 pods by label', 20, async () => {
  for (let i = 0; i < 20; i++) await state.list(kinds.pod, { labelSelector: 'shard=s3' });
});
await measure('list page of 500 and assemble', 200, async () => {
  for (let i = 0; i < 200; i++) listFrame(await state.list(kinds.pod, { limit: 500 }), kinds.pod);
});

const { revision } = await state.list(kinds.pod, { limit: 1 });
let seen = 0;
const watches = Array.from({ length: 100 }, () =>
  state.watch(kinds.pod, { namespace, resourceVersion: String(revision) }, (event) => {
    seen += watchFrame(event, kinds.pod).length > 0 ? 1 : 0;
  }),
);
const single = Array.from({ length: 5000 }, (_, index) =>
  state.watch(
    kinds.pod,
    {
      namespace,
      fieldSelector: `metadata.name=pod-${String(index).padStart(5, '0')}`,
      resourceVersion: String(revision),
    },
    () => seen++,
  ),
);
await new Promise((resolve) => setImmediate(resolve));
await measure(
  'events to 100 watchers of 1000 updates (and 5000 watchers of single pods)',
  101_000,
  async () => {
    await pool(1000, 16, async (index) => {
      const { object } = await state.get(kinds.pod, { namespace, name: pod(index).metadata.name! });
      await state.update(kinds.pod, {
        ...object,
        metadata: { ...object.metadata, annotations: { update: `${index}` } },
      });
    });
    while (seen < 101_000) await new Promise((resolve) => setImmediate(resolve));
  },
);
for (const watch of [...watches, ...single]) watch[Symbol.dispose]();
console.log(JSON.stringify({ below, rssMiB: Math.round(process.memoryUsage().rss / 1048576) }));
stop.abort();
await running;
if (store instanceof EtcdState) store[Symbol.dispose]();
