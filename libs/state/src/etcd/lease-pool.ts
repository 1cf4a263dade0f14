import type { Clock } from '@gantry/base';
import type { EtcdClient } from './etcd-client.ts';

interface Lease {
  readonly id: Promise<string>;
  readonly untilMs: number;
  keys: number;
}

/** As upstream's lease manager (apiserver `pkg/storage/etcd3/lease_manager.go`). */
const windowSeconds = 60;
const keysPerLease = 1_000;

/**
 * Leases shared by the keys that are written within a minute, so that a flood of Events does not cost a lease each. A key
 * lives up to that minute longer than asked.
 */
export class LeasePool {
  readonly #client: EtcdClient;
  readonly #clock: Clock;
  readonly #leases = new Map<number, Lease>();

  constructor(client: EtcdClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  take(ttlSeconds: number): Promise<string> {
    let lease = this.#leases.get(ttlSeconds);
    if (!lease || this.#clock.monotonicMs() >= lease.untilMs || lease.keys >= keysPerLease) {
      const id = this.#client.grantLease(ttlSeconds + windowSeconds);
      const granted = { id, untilMs: this.#clock.monotonicMs() + windowSeconds * 1000, keys: 0 };
      id.catch(() => {
        if (this.#leases.get(ttlSeconds) === granted) this.#leases.delete(ttlSeconds);
      });
      this.#leases.set(ttlSeconds, (lease = granted));
    }
    lease.keys++;
    return lease.id;
  }
}
