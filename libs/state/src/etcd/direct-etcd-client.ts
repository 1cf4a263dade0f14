import type { Clock } from '@gantry/base';
import type {
  EtcdClientOptions,
  EtcdRange,
  EtcdRangeResult,
  EtcdWatch,
  EtcdWatchReceiver,
  EtcdWrite,
  EtcdWriteResult,
} from './etcd-client.ts';
import { Etcd3Client } from './etcd3-client.ts';
import { GrpcConnection, GrpcError } from './grpc-call.ts';
import { etcdError, watchCanceled } from './grpc-errors.ts';
import {
  decodeRange,
  decodeWatch,
  decodeWrite,
  encodeRange,
  encodeWatch,
  encodeWrite,
} from './kv-messages.ts';

/** How long a member that failed is passed over: at first, and at most when it fails again and again. */
const avoidMs = { first: 1_000, most: 60_000 };

interface Member {
  readonly connection: GrpcConnection;
  /** On the monotonic clock, as `failedAtMs`. */
  avoidedUntilMs: number;
  failedAtMs: number;
  /** In a row; of calls that were under way together the first alone counts. */
  failures: number;
}

/**
 * An {@link Etcd3Client} whose hot calls, the reads and writes of keys and the watch that follows them, take a connection of their own:
 * `etcd3` is left with what happens every few minutes. Of several members the first that is well is used, so a socket named first is
 * what calls take, and what stands behind it takes over while there is none.
 */
export class DirectEtcdClient extends Etcd3Client {
  readonly #members: readonly Member[];
  readonly #clock: Clock;

  constructor(options: EtcdClientOptions, clock: Clock) {
    const { endpoints, tls, deadlineMs = 5_000 } = options;
    // A socket speaks no TLS, and etcd3 knows credentials only for all of its hosts or none.
    const remote = endpoints.filter((each) => !each.startsWith('unix:'));
    super({ ...options, endpoints: remote.length > 0 ? remote : endpoints }, clock);
    this.#clock = clock;
    this.#members = endpoints.map((endpoint) => ({
      connection: new GrpcConnection({ endpoint, deadlineMs, ...(tls ? { tls } : {}) }, clock),
      avoidedUntilMs: 0,
      failedAtMs: -Infinity,
      failures: 0,
    }));
  }

  override async range(request: EtcdRange): Promise<EtcdRangeResult> {
    const what = `range of ${request.key}`;
    return decodeRange(await this.#ask('/etcdserverpb.KV/Range', encodeRange(request), true, what));
  }

  override async write(request: EtcdWrite): Promise<EtcdWriteResult> {
    const what = `write of ${request.key}`;
    return decodeWrite(await this.#ask('/etcdserverpb.KV/Txn', encodeWrite(request), false, what));
  }

  override watch(request: EtcdWatch, receiver: EtcdWatchReceiver): Disposable {
    const member = this.#pick(this.#members);
    const beganMs = this.#clock.monotonicMs();
    let isOver = false;
    const fail = (error: unknown): void => {
      if (isOver) return;
      isOver = true;
      stream?.[Symbol.dispose]();
      const status = etcdError(error, `watch of ${request.key}`);
      if (status.reason === 'ServiceUnavailable') this.#avoid(member, beganMs);
      receiver.failed(status);
    };
    const message = (bytes: Buffer): void => {
      member.failures = 0;
      const { revision, created, canceled, compactRevision, cancelReason, events } = decodeWatch(bytes);
      if (canceled) fail(watchCanceled(compactRevision !== 0, cancelReason));
      else if (created) receiver.created(revision);
      else if (events.length === 0) receiver.progress(revision);
      else receiver.events(events);
    };
    let stream: Disposable | undefined;
    try {
      stream = member.connection.open('/etcdserverpb.Watch/Watch', encodeWatch(request), {
        message,
        ended: fail,
      });
    } catch (error) {
      // The caller has the watch in hand before it hears of its end.
      queueMicrotask(() => fail(error));
    }
    return {
      [Symbol.dispose]: () => {
        isOver = true;
        stream?.[Symbol.dispose]();
      },
    };
  }

  /** The first that is well, or the one whose turn comes first. */
  #pick(members: readonly Member[]): Member {
    if (members.length === 1) return members[0]!;
    const nowMs = this.#clock.monotonicMs();
    const well = members.find(({ avoidedUntilMs }) => avoidedUntilMs <= nowMs);
    return well ?? members.reduce((a, b) => (b.avoidedUntilMs < a.avoidedUntilMs ? b : a));
  }

  /** A call that began then has failed. One that began before the member was known to fail tells nothing new. */
  #avoid(member: Member, beganMs: number): void {
    if (beganMs <= member.failedAtMs) return;
    member.failedAtMs = this.#clock.monotonicMs();
    member.avoidedUntilMs = member.failedAtMs + Math.min(avoidMs.first * 2 ** member.failures, avoidMs.most);
    member.failures++;
  }

  /** Each member is asked once, as long as asking again does no harm: what was not sent did nothing, and reading never does. */
  async #ask(method: string, message: Uint8Array, harmless: boolean, what: string): Promise<Buffer> {
    let left = this.#members;
    for (;;) {
      const member = this.#pick(left);
      const beganMs = this.#clock.monotonicMs();
      try {
        const answer = await member.connection.call(method, message);
        member.failures = 0;
        return answer;
      } catch (error) {
        const status = etcdError(error, what);
        if (status.reason !== 'ServiceUnavailable') throw status;
        this.#avoid(member, beganMs);
        const again = harmless || (error instanceof GrpcError && !error.sent);
        left = left.filter((each) => each !== member);
        if (!again || left.length === 0) throw status;
      }
    }
  }

  override [Symbol.dispose](): void {
    for (const { connection } of this.#members) connection[Symbol.dispose]();
    super[Symbol.dispose]();
  }
}
