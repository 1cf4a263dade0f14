// A small client of any Kubernetes API: HTTP/1.1 over kept-alive connections, JSON, a client certificate out of a kubeconfig that is JSON.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';

const decode = (text) => (text === undefined ? undefined : Buffer.from(text, 'base64'));

function credentials(kubeconfig) {
  const config = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const context = config.contexts.find(({ name }) => name === config['current-context']).context;
  const { cluster } = config.clusters.find(({ name }) => name === context.cluster);
  const { user } = config.users.find(({ name }) => name === context.user);
  return {
    server: new URL(cluster.server),
    tls: {
      ca: decode(cluster['certificate-authority-data']),
      cert: decode(user['client-certificate-data']),
      key: decode(user['client-key-data']),
    },
  };
}

export class Client {
  #server;
  #agent;

  /** At most `connections` requests are under way; watches count as one each. */
  constructor(kubeconfig, connections = 64) {
    const { server, tls } = credentials(kubeconfig);
    this.#server = server;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, ...tls });
  }

  close() {
    this.#agent.destroy();
  }

  #open(method, path, body, contentType = 'application/json') {
    const data = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    return new Promise((resolve, reject) => {
      const headers = { accept: 'application/json' };
      if (data) Object.assign(headers, { 'content-type': contentType, 'content-length': data.length });
      const { hostname, port } = this.#server;
      const outgoing = request({ agent: this.#agent, hostname, port, method, path, headers }, resolve);
      outgoing.on('error', reject);
      outgoing.end(data);
    });
  }

  /** The answer's bytes; an unexpected status is an error. `accept` lists statuses that are fine besides success. */
  async bytes(method, path, body, { contentType, accept = [] } = {}) {
    const response = await this.#open(method, path, body, contentType);
    const chunks = [];
    for await (const chunk of response) chunks.push(chunk);
    const data = Buffer.concat(chunks);
    const { statusCode } = response;
    if (statusCode >= 300 && !accept.includes(statusCode))
      throw new Error(`${method} ${path}: ${statusCode} ${data.toString().slice(0, 300)}`);
    return data;
  }

  async json(method, path, body, options) {
    return JSON.parse(await this.bytes(method, path, body, options));
  }

  get(path) {
    return this.json('GET', path);
  }

  patch(path, body) {
    return this.json('PATCH', path, body, { contentType: 'application/merge-patch+json' });
  }

  /** Hands every piece of a streamed answer to `onData` until `signal` aborts; resolves when the stream has begun. */
  async stream(path, onData, signal) {
    const response = await this.#open('GET', path);
    if (response.statusCode !== 200) throw new Error(`GET ${path}: ${response.statusCode}`);
    response.on('data', onData).on('error', () => {});
    signal.addEventListener('abort', () => response.destroy());
  }

  /** The events of a watch, parsed. */
  watch(path, onEvent, signal) {
    let rest = '';
    return this.stream(
      path,
      (chunk) => {
        const lines = (rest + chunk.toString()).split('\n');
        rest = lines.pop();
        for (const line of lines) if (line !== '') onEvent(JSON.parse(line));
      },
      signal,
    );
  }
}

/** Calls `work(0) … work(count - 1)`, `width` of them at a time. */
export async function inParallel(count, width, work) {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(width, count) }, lane));
}

/** A namespace in which pods may be created: its default service account is there. */
export async function ensureNamespace(client, name) {
  await client.json(
    'POST',
    '/api/v1/namespaces',
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    { accept: [409] },
  );
  for (const end = Date.now() + 30_000; ;) {
    const account = await client.json(
      'GET',
      `/api/v1/namespaces/${name}/serviceaccounts/default`,
      undefined,
      {
        accept: [404],
      },
    );
    if (account.kind === 'ServiceAccount') return;
    if (Date.now() > end) throw new Error(`namespace ${name} has had no default service account for 30 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
