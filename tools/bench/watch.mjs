// 1,000 updates of pods of about 4 KB, seen by 100 watchers: from the first write until the last watcher has the last event. The
// watchers live in two worker threads, which count lines and parse nothing.
import { once } from 'node:events';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Client, inParallel } from './client.mjs';
import { ensureStock, stockName, stockPath, withCpuShare } from './load.mjs';

const watchers = 100;
const updates = 1000;
const threads = 2;
const newline = 10;

export async function run({ client, kubeconfig, report, log }) {
  await ensureStock(client, log);
  const { metadata } = await client.get(`${stockPath}?limit=1`);
  const path = `${stockPath}?watch=1&resourceVersion=${metadata.resourceVersion}`;
  const workers = Array.from(
    { length: threads },
    () =>
      new Worker(new URL(import.meta.url), { workerData: { kubeconfig, path, count: watchers / threads } }),
  );
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message'))); // all watches have begun
    let spanMs;
    const { clientCpu } = await withCpuShare(async () => {
      const begin = performance.now();
      const signal = AbortSignal.timeout(120_000);
      const complete = workers.map((worker) => once(worker, 'message', { signal }));
      await inParallel(updates, 16, (i) =>
        client.patch(`${stockPath}/${stockName(i)}`, {
          metadata: { annotations: { 'bench/at': `${Date.now()}` } },
        }),
      );
      await Promise.all(complete);
      spanMs = performance.now() - begin;
    });
    const samples = [(watchers * updates * 1000) / spanMs];
    const name = `${watchers} watchers × ${updates.toLocaleString('en-US')} updates`;
    report({ name, unit: 'events/s', samples, goal: { atLeast: 35_000 }, clientCpu });
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function watchInThread({ kubeconfig, path, count }) {
  const client = new Client(kubeconfig, count);
  let missing = count * updates;
  const onData = (chunk) => {
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) missing--;
    if (missing === 0) parentPort.postMessage('complete');
  };
  await inParallel(count, 10, () => client.stream(path, onData, new AbortController().signal));
  parentPort.postMessage('begun');
}

if (!isMainThread) await watchInThread(workerData);
