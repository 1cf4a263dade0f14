// Pods that run, and a watcher that notes when it saw what become of them.
import { ensureNamespace } from './client.mjs';

const namespace = 'bench-pods';
export const path = `/api/v1/namespaces/${namespace}/pods`;

/** One container that sleeps; as process 1 it takes no notice of SIGTERM, so that a stop lasts the whole grace period. */
export const sleeper = (name, image, spec = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    restartPolicy: 'Never',
    terminationGracePeriodSeconds: 1,
    containers: [{ name: 'sleep', image, command: ['sleep', '3600'] }],
    ...spec,
  },
});

export const onNode = (node) => ({ nodeSelector: { 'kubernetes.io/hostname': node } });

/** The nodes an agent stands behind. */
export async function realNodes(client) {
  const { items } = await client.get('/api/v1/nodes?labelSelector=bench%21%3Dfake');
  return items.map(({ metadata }) => metadata.name);
}

/** When each pod of a namespace was first seen `bound`, `running` and `gone`, in ms of performance.now(). */
export class PodTimes {
  #seen = new Map();
  #waiting = new Set();
  #end = new AbortController();

  static async open(client, podsPath) {
    const times = new PodTimes();
    const { metadata } = await client.get(`${podsPath}?limit=1`);
    const query = `watch=1&resourceVersion=${metadata.resourceVersion}`;
    await client.watch(`${podsPath}?${query}`, (event) => times.#note(event), times.#end.signal);
    return times;
  }

  #note({ type, object }) {
    const now = performance.now();
    const { name } = object.metadata;
    const seen = this.#seen.get(name) ?? {};
    this.#seen.set(name, seen);
    if (type === 'DELETED') seen.gone ??= now;
    if (object.spec.nodeName !== undefined) seen.bound ??= now;
    if (object.status?.phase === 'Running') seen.running ??= now;
    for (const check of this.#waiting) check();
  }

  /** Waits until all of `names` were seen `what`; the times, in the order of the names. */
  async all(names, what, seconds = 180) {
    const missing = new Set(names);
    const { promise, resolve, reject } = Promise.withResolvers();
    const check = () => {
      for (const name of missing) {
        if (this.#seen.get(name)?.[what] === undefined) return;
        missing.delete(name);
      }
      resolve();
    };
    const timer = setTimeout(() => {
      const late = [...missing].filter((name) => this.#seen.get(name)?.[what] === undefined);
      reject(
        new Error(`after ${seconds} s ${late.length} pods are not ${what}: ${late.slice(0, 5).join(', ')}…`),
      );
    }, seconds * 1000);
    this.#waiting.add(check);
    check();
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting.delete(check);
    }
    return names.map((name) => this.#seen.get(name)[what]);
  }

  close() {
    this.#end.abort();
  }
}

/** Runs `work(times, names)` with names no earlier call has used; every pod of the namespace is gone afterwards. */
export async function withPods(client, { count, label }, work) {
  await ensureNamespace(client, namespace);
  const times = await PodTimes.open(client, path);
  const stamp = Date.now().toString(36);
  const names = Array.from({ length: count }, (_, i) => `${label}-${stamp}-${i}`);
  try {
    return await work(times, names);
  } finally {
    const { items } = await client.get(path);
    await client.bytes('DELETE', path);
    await times.all(
      items.map(({ metadata }) => metadata.name),
      'gone',
    );
    times.close();
  }
}

/** Has every node run the image once, so that none needs to pull it later. */
export async function warmUp(client, image) {
  const nodes = await realNodes(client);
  await withPods(client, { count: nodes.length * 2, label: 'warm' }, async (times, names) => {
    for (const [i, name] of names.entries()) {
      await client.bytes('POST', path, sleeper(name, image, onNode(nodes[i % nodes.length])));
      await times.all([name], 'running');
    }
  });
}
