import { readFile } from 'node:fs/promises';
import type { Clock, Logger, Metrics } from '@gantry/base';
import { StoreState } from '../store/store-state.ts';
import { runCompactor } from './compactor.ts';
import type { EtcdClient } from './etcd-client.ts';
import { DirectEtcdClient } from './direct-etcd-client.ts';
import { EtcdStore } from './etcd-store.ts';

export interface EtcdStateOptions {
  clock: Clock;
  log: Logger;
  metrics?: Metrics;
  /** Default 5 minutes. */
  compactionIntervalMs?: number;
}

export interface EtcdEndpoints {
  /** `http://127.0.0.1:2379` or `unix:///path/of/socket`; several are members of one etcd. */
  endpoints: readonly string[];
  /** PEM files, with https endpoints. */
  caFile?: string;
  certFile?: string;
  keyFile?: string;
  /** How long one call may take. Default 5,000. */
  deadlineMs?: number;
}

/**
 * A {@link StoreState} in etcd, with kube-apiserver's layout: `/registry/pods/<namespace>/<name>`, JSON without
 * `resourceVersion`, which is etcd's mod revision. Nothing is tried twice here: while etcd is gone calls fail with
 * ServiceUnavailable, and when it is back they succeed. `run` compacts.
 */
export class EtcdState extends StoreState implements Disposable {
  readonly #client: EtcdClient;
  readonly #options: EtcdStateOptions;

  constructor(client: EtcdClient, options: EtcdStateOptions) {
    super(new EtcdStore(client, options.clock, options.metrics), options);
    this.#client = client;
    this.#options = options;
  }

  /** Reads the files; does not wait for etcd. */
  static async open(where: EtcdEndpoints, options: EtcdStateOptions): Promise<EtcdState> {
    const pem = async (name: 'ca' | 'cert' | 'key', file: string | undefined) =>
      file === undefined ? {} : { [name]: await readFile(file) };
    const tls = {
      ...(await pem('ca', where.caFile)),
      ...(await pem('cert', where.certFile)),
      ...(await pem('key', where.keyFile)),
    };
    const { endpoints, deadlineMs } = where;
    return new EtcdState(
      new DirectEtcdClient({ endpoints, tls, ...(deadlineMs ? { deadlineMs } : {}) }, options.clock),
      options,
    );
  }

  /** Compacts etcd's history every few minutes until the signal aborts. Never rejects. */
  run(signal: AbortSignal): Promise<void> {
    const { clock, log, compactionIntervalMs } = this.#options;
    return runCompactor(
      {
        client: this.#client,
        clock,
        log,
        ...(compactionIntervalMs ? { intervalMs: compactionIntervalMs } : {}),
      },
      signal,
    );
  }

  /** Resolves when a quorum answers; rejects with ServiceUnavailable. For `/readyz`. */
  probe(): Promise<void> {
    return this.store.probe();
  }

  [Symbol.dispose](): void {
    this.#client[Symbol.dispose]();
  }
}
