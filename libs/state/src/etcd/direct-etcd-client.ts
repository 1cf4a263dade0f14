import type { Clock } from '@gantry/base';
import type {
  EtcdClientOptions,
  EtcdRange,
  EtcdRangeResult,
  EtcdWrite,
  EtcdWriteResult,
} from './etcd-client.ts';
import { Etcd3Client } from './etcd3-client.ts';
import { GrpcConnection, GrpcError } from './grpc-call.ts';
import { etcdError } from './grpc-errors.ts';
import { decodeRange, decodeWrite, encodeRange, encodeWrite } from './kv-messages.ts';

/**
 * An {@link Etcd3Client} whose reads and writes of keys, which every request to the API server waits for, take a connection of their own.
 * It stays with one member until that fails.
 */
export class DirectEtcdClient extends Etcd3Client {
  readonly #members: readonly GrpcConnection[];
  #member = 0;

  constructor(options: EtcdClientOptions, clock: Clock) {
    super(options, clock);
    const { endpoints, tls, deadlineMs = 5_000 } = options;
    this.#members = endpoints.map(
      (endpoint) => new GrpcConnection({ endpoint, deadlineMs, ...(tls ? { tls } : {}) }, clock),
    );
  }

  override async range(request: EtcdRange): Promise<EtcdRangeResult> {
    const what = `range of ${request.key}`;
    return decodeRange(await this.#ask('/etcdserverpb.KV/Range', encodeRange(request), true, what));
  }

  override async write(request: EtcdWrite): Promise<EtcdWriteResult> {
    const what = `write of ${request.key}`;
    return decodeWrite(await this.#ask('/etcdserverpb.KV/Txn', encodeWrite(request), false, what));
  }

  /** Each member is asked once, as long as asking again does no harm: what was not sent did nothing, and reading never does. */
  async #ask(method: string, message: Uint8Array, harmless: boolean, what: string): Promise<Buffer> {
    for (let tries = 1; ; tries++) {
      const member = this.#member;
      try {
        return await this.#members[member]!.call(method, message);
      } catch (error) {
        const status = etcdError(error, what);
        if (status.reason !== 'ServiceUnavailable') throw status;
        if (this.#member === member) this.#member = (member + 1) % this.#members.length;
        const again = harmless || (error instanceof GrpcError && !error.sent);
        if (!again || tries >= this.#members.length) throw status;
      }
    }
  }

  override [Symbol.dispose](): void {
    for (const each of this.#members) each[Symbol.dispose]();
    super[Symbol.dispose]();
  }
}
