// What several measures share: timed requests, and the pods the API is loaded with.
import { ensureNamespace, inParallel } from './client.mjs';

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What this process, threads included, used of one core while `work` ran; and what it returned. */
export async function withCpuShare(work) {
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { value, clientCpu: (user + system) / 1000 / (performance.now() - begin) };
}

/** Calls `work(n)` from `clients` lanes for `seconds`; how often per second, and how long each took in ms. */
export async function forSeconds(seconds, clients, work) {
  const latencies = [];
  let n = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const lane = async () => {
    for (let start; (start = performance.now()) < end; latencies.push(performance.now() - start))
      await work(n++);
  };
  const { clientCpu } = await withCpuShare(() => Promise.all(Array.from({ length: clients }, lane)));
  return { perSecond: (latencies.length * 1000) / (performance.now() - begin), latencies, clientCpu };
}

export async function timesMs(count, work) {
  const samples = [];
  for (let i = 0; i < count; i++) {
    const begin = performance.now();
    await work(i);
    samples.push(performance.now() - begin);
  }
  return samples;
}

export const stockNamespace = 'bench-stock';
export const stockSize = 5000;
export const stockPath = `/api/v1/namespaces/${stockNamespace}/pods`;
export const stockName = (i) => `pod-${String(i).padStart(5, '0')}`;

/** A pod as people write them, which with the defaults filled in comes to about 4 KB. No scheduler feels addressed. */
const stockPod = (i) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name: stockName(i),
    labels: { app: 'shop', tier: 'front', shard: `s${i % 10}` },
    annotations: {
      'example.com/owner': 'the shop team, shop@example.com',
      'example.com/notes': 'A note of the length notes have. '.repeat(60).trim(),
    },
  },
  spec: {
    schedulerName: 'nobody',
    automountServiceAccountToken: false,
    volumes: [
      { name: 'settings', configMap: { name: 'shop' } },
      { name: 'scratch', emptyDir: {} },
    ],
    containers: [
      {
        name: 'shop',
        image: 'registry.example.com/shop:1.4.2',
        args: ['--listen=:8080', '--level=info'],
        ports: [{ name: 'http', containerPort: 8080 }],
        env: [
          { name: 'REGION', value: 'north' },
          { name: 'NODE_IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
        ],
        resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { cpu: '1', memory: '256Mi' } },
        volumeMounts: [
          { name: 'settings', mountPath: '/etc/shop', readOnly: true },
          { name: 'scratch', mountPath: '/scratch' },
        ],
        readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 5 },
        livenessProbe: { httpGet: { path: '/live', port: 'http' }, initialDelaySeconds: 5 },
      },
    ],
  },
});

/** Creates the pods the API measures read, unless an earlier measure has. */
export async function ensureStock(client, log) {
  const page = await client.json('GET', `${stockPath}?limit=1`);
  if (page.items.length + (page.metadata.remainingItemCount ?? 0) >= stockSize) return;
  log(`creating ${stockSize} pods to read`);
  await ensureNamespace(client, stockNamespace);
  await inParallel(stockSize, 32, (i) => client.bytes('POST', stockPath, stockPod(i), { accept: [409] }));
  await sleep(3000);
}
