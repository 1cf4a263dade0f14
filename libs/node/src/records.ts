import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { V1Pod } from '@gantry/api';
import type { ClusterNames } from './containers/files.ts';

/** What a node knew of its cluster when it was last told. */
export interface NodeRecord extends ClusterNames {
  podCidr?: string | undefined;
}

/**
 * What the agent has to know again after a restart while the server cannot be reached: its pods, and its place in the cluster's network.
 * Everything else is read off the runtime. One file each, replaced as a whole, readable by root only.
 */
export class Records {
  readonly #directory: string;
  readonly #nodeFile: string;
  /** The last write of each pod that is not done: they are done in order. */
  readonly #writes = new Map<string, Promise<void>>();

  constructor(dataDir: string) {
    this.#directory = join(dataDir, 'pod-records');
    this.#nodeFile = join(dataDir, 'node.json');
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
  }

  pods(): V1Pod[] {
    return readdirSync(this.#directory)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const pod = readJson<V1Pod>(join(this.#directory, name));
        return pod?.metadata?.uid && pod.spec ? [pod] : [];
      });
  }

  /** Not waited for by whoever starts a pod: without it a restart only has to wait for the server. */
  async write(pod: V1Pod): Promise<void> {
    const uid = pod.metadata.uid!;
    const before = this.#writes.get(uid) ?? Promise.resolve();
    const write = before.catch(() => undefined).then(() => replace(this.#file(uid), JSON.stringify(pod)));
    this.#writes.set(uid, write);
    try {
      await write;
    } finally {
      if (this.#writes.get(uid) === write) this.#writes.delete(uid);
    }
  }

  remove(uid: string): void {
    rmSync(this.#file(uid), { force: true });
  }

  node(): NodeRecord | undefined {
    return readJson<NodeRecord>(this.#nodeFile);
  }

  writeNode(record: NodeRecord): void {
    writeFileSync(`${this.#nodeFile}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${this.#nodeFile}.new`, this.#nodeFile);
  }

  #file(uid: string): string {
    return join(this.#directory, `${uid.replaceAll(/[^A-Za-z0-9-]/g, '_')}.json`);
  }
}

async function replace(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}
