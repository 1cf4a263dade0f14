import { Etcd3, type IKeyValue, type IOptions, type IWatchResponse } from 'etcd3';
import type { Clock } from '@gantry/base';
import { asBuffer } from '../entry.ts';
import type {
  EtcdClient,
  EtcdClientOptions,
  EtcdKeyValue,
  EtcdRange,
  EtcdRangeResult,
  EtcdWatch,
  EtcdWatchReceiver,
  EtcdWrite,
  EtcdWriteResult,
} from './etcd-client.ts';
import { etcdError, watchCanceled } from './grpc-errors.ts';

const mebibyte = 1024 * 1024;

/** Lets calls through. etcd3's own would repeat writes whose outcome nobody knows and keep a host out for five seconds. */
const passThrough = {
  execute: async (call: (context: object) => unknown) => call({}),
} as unknown as NonNullable<NonNullable<IOptions['faultHandling']>['global']>;

/** In grpc-js's message when there was no connection to send the call on. */
const notSent = 'No connection established';
/** A member that failed is passed over for so long, unless all have failed. */
const avoidMs = 1_000;

type HostPolicy = typeof passThrough;

/** `etcd3` draws a member for each call, and another one when the member's policy refuses before calling. */
function hostPolicies(clock: Clock): () => HostPolicy {
  const failedAtMs: number[] = [];
  const isAvoided = (index: number): boolean => clock.monotonicMs() - failedAtMs[index]! < avoidMs;
  return () => {
    const own = failedAtMs.push(-Infinity) - 1;
    const execute = async (call: (context: object) => unknown): Promise<unknown> => {
      if (isAvoided(own) && !failedAtMs.every((_, index) => isAvoided(index)))
        throw new Error('14 UNAVAILABLE: this member failed a moment ago');
      try {
        const result = await call({});
        failedAtMs[own] = -Infinity;
        return result;
      } catch (error) {
        if (etcdError(error, '').reason === 'ServiceUnavailable') failedAtMs[own] = clock.monotonicMs();
        throw error;
      }
    };
    return { execute } as unknown as HostPolicy;
  };
}

/** An {@link EtcdClient} on the RPC clients of `etcd3`; its builders, retries and watch manager are left out. */
export class Etcd3Client implements EtcdClient {
  readonly #etcd: Etcd3;
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #members: number;
  #closed = false;

  constructor(options: EtcdClientOptions, clock: Clock) {
    this.#clock = clock;
    this.#deadlineMs = options.deadlineMs ?? 5_000;
    this.#members = options.endpoints.length > 1 ? options.endpoints.length : 0;
    const { ca, cert, key } = options.tls ?? {};
    this.#etcd = new Etcd3({
      hosts: [...options.endpoints],
      ...(ca
        ? {
            credentials: {
              rootCertificate: ca,
              ...(key ? { privateKey: key } : {}),
              ...(cert ? { certChain: cert } : {}),
            },
          }
        : {}),
      grpcOptions: {
        'grpc.max_receive_message_length': 256 * mebibyte,
        'grpc.max_send_message_length': 16 * mebibyte,
        'grpc.keepalive_time_ms': 10_000,
        'grpc.keepalive_timeout_ms': 5_000,
        'grpc.initial_reconnect_backoff_ms': 100,
        'grpc.min_reconnect_backoff_ms': 100,
        'grpc.max_reconnect_backoff_ms': 1_000,
      },
      faultHandling: { global: passThrough, host: hostPolicies(clock) },
    });
  }

  async range(request: EtcdRange): Promise<EtcdRangeResult> {
    const { kvs, count, header } = await this.#call(`range of ${request.key}`, true, () =>
      this.#etcd.kv.range(
        {
          key: Buffer.from(request.key),
          ...(request.end === undefined ? {} : { range_end: Buffer.from(request.end) }),
          ...(request.limit ? { limit: request.limit } : {}),
          ...(request.revision === undefined ? {} : { revision: String(request.revision) }),
          ...(request.countOnly ? { count_only: true } : {}),
        },
        this.#callOptions(),
      ),
    );
    return { kvs: kvs.map(keyValue), count: Number(count), revision: BigInt(header.revision) };
  }

  async write(request: EtcdWrite): Promise<EtcdWriteResult> {
    const key = Buffer.from(request.key);
    const { succeeded, header, responses } = await this.#call(`write of ${request.key}`, false, () =>
      this.#etcd.kv.txn(
        {
          compare: [{ key, target: 'Mod', result: 'Equal', mod_revision: String(request.expected) }],
          success: [
            request.value === undefined
              ? { request_delete_range: { key } }
              : {
                  request_put: {
                    key,
                    value: asBuffer(request.value),
                    ...(request.lease === undefined ? {} : { lease: request.lease }),
                  },
                },
          ],
          failure: [{ request_range: { key } }],
        },
        this.#callOptions(),
      ),
    );
    const kv = succeeded ? undefined : responses[0]?.response_range?.kvs[0];
    return { done: succeeded, revision: BigInt(header.revision), current: kv && keyValue(kv) };
  }

  watch(request: EtcdWatch, receiver: EtcdWatchReceiver): Disposable {
    let ended = false;
    let cancel = (): void => undefined;
    const fail = (error: unknown): void => {
      if (ended) return;
      ended = true;
      cancel();
      receiver.failed(etcdError(error, `watch of ${request.key}`));
    };
    this.#etcd.watchClient.watch().then((stream) => {
      cancel = () => stream.cancel();
      // An `error` comes after `cancel` too: there must be a listener to the end.
      stream.on('error', fail);
      stream.on('end', () => fail(new Error('the stream ended')));
      stream.on('data', (response) => {
        if (ended) return;
        if (response.canceled) fail(watchCanceled(response.compact_revision !== '0', response.cancel_reason));
        else deliver(response, receiver);
      });
      if (ended) return cancel();
      stream.write({
        create_request: {
          key: Buffer.from(request.key),
          range_end: Buffer.from(request.end),
          start_revision: String(request.from),
          progress_notify: true,
          prev_kv: request.previous,
        },
      });
    }, fail);
    return {
      [Symbol.dispose]: () => {
        ended = true;
        cancel();
      },
    };
  }

  async compact(revision: bigint): Promise<void> {
    await this.#call('compaction', true, () =>
      this.#etcd.kv.compact({ revision: String(revision) }, this.#callOptions()),
    );
  }

  async grantLease(ttlSeconds: number): Promise<string> {
    const { ID } = await this.#call('lease', true, () =>
      this.#etcd.leaseClient.leaseGrant({ TTL: ttlSeconds }, this.#callOptions()),
    );
    return ID;
  }

  async status(): Promise<{ version: string; dbSizeBytes: number }> {
    const { version, dbSize } = await this.#call('status', true, () =>
      this.#etcd.maintenance.status(this.#callOptions()),
    );
    return { version, dbSizeBytes: Number(dbSize) };
  }

  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#etcd.close();
  }

  /**
   * With several members: a call that failed for lack of one is made again with the next, when it is `harmless` to do
   * twice or was not sent at all.
   */
  async #call<R>(what: string, harmless: boolean, call: () => Promise<R>): Promise<R> {
    for (let tries = 1; ; tries++) {
      try {
        return await call();
      } catch (error) {
        const status = etcdError(error, what);
        const again = harmless || status.message.includes(notSent);
        if (status.reason !== 'ServiceUnavailable' || !again || tries >= this.#members * 2) throw status;
      }
    }
  }

  #callOptions(): { deadline: number } {
    return { deadline: this.#clock.now() + this.#deadlineMs };
  }
}

function keyValue({ key, value, mod_revision }: IKeyValue): EtcdKeyValue {
  return { key: key.toString('utf8'), value, modRevision: BigInt(mod_revision) };
}

function deliver(response: IWatchResponse, receiver: EtcdWatchReceiver): void {
  const revision = BigInt(response.header.revision);
  if (response.created) receiver.created(revision);
  else if (response.events.length === 0) receiver.progress(revision);
  else
    receiver.events(
      response.events.map((event) => ({
        type: (event.type as unknown) === 'DELETE' || (event.type as unknown) === 'Delete' ? 'delete' : 'put',
        kv: keyValue(event.kv),
        previous: event.prev_kv ? keyValue(event.prev_kv) : undefined,
      })),
    );
}
