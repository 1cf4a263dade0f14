import {
  counter,
  gauge,
  isStatus,
  LinkedAbort,
  messageOf,
  microTimestamp,
  type Clock,
  type Logger,
  type Metrics,
  type Random,
} from '@gantry/base';
import { kinds, type Stored, type V1Lease } from '@gantry/api';
import type { Entry, State } from '@gantry/state';
import type { EventRecorder } from './control.ts';

export interface LeaderElectionOptions {
  state: State;
  clock: Clock;
  log: Logger;
  random: Random;
  metrics?: Metrics;
  /** Told, as events of the Lease, when leadership begins and ends. Default: nobody. */
  recorder?: EventRecorder;
  /** Name of the Lease: `kube-controller-manager`. */
  name: string;
  /** Namespace of the Lease. Default `kube-system`. */
  namespace?: string;
  /** Who we are, different for every process: `host_3f2a…`. */
  identity: string;
  /** For how long the others respect a lease that is not renewed. Default 15,000. */
  leaseDurationMs?: number;
  /** A leader that could not renew for so long stops. Must be less than `leaseDurationMs`. Default 10,000. */
  renewDeadlineMs?: number;
  /** Pause between tries, by candidates and by the leader. Default 2,000. */
  retryPeriodMs?: number;
}

/** The lease was lost while work was going on; the work was stopped. A process usually ends with it. */
export class LeadershipLost extends Error {
  override readonly name = 'LeadershipLost';
}

/**
 * Leadership by a `coordination.k8s.io/v1` Lease, as client-go's `tools/leaderelection` does it, so that both may contend
 * for one lease.
 *
 *     waiting ──lease free, or not renewed for its duration──▶ leading ──renew fails for renewDeadline, or taken──▶ lost
 *                                                                └── signal ──▶ work stops, lease released
 *
 * Expiry is measured on our own monotonic clock from when we saw the lease change, so clocks may differ between hosts.
 */
export class LeaderElection {
  readonly identity: string;
  readonly #options: Required<Omit<LeaderElectionOptions, 'metrics' | 'recorder'>>;
  readonly #recorder: EventRecorder | undefined;
  readonly #metrics: { leading(is: boolean): void; slow(): void } | undefined;
  #observed: Entry<V1Lease> | undefined;
  #observedAtMs = 0;
  #leading = false;

  constructor(options: LeaderElectionOptions) {
    const { metrics, recorder, ...rest } = options;
    this.#recorder = recorder;
    this.#options = {
      namespace: 'kube-system',
      leaseDurationMs: 15_000,
      renewDeadlineMs: 10_000,
      retryPeriodMs: 2_000,
      ...rest,
    };
    const { leaseDurationMs, renewDeadlineMs, retryPeriodMs } = this.#options;
    if (leaseDurationMs <= renewDeadlineMs || renewDeadlineMs <= retryPeriodMs)
      throw new RangeError('leader election needs leaseDuration > renewDeadline > retryPeriod');
    this.identity = options.identity;
    if (metrics) {
      const status = gauge(metrics, 'leader_election_master_status', '1 while this process is the leader.', [
        'name',
      ]);
      const lost = counter(metrics, 'leader_election_slowpath_total', 'Renewals that failed.', ['name']);
      status.labels(options.name).set(0);
      this.#metrics = {
        leading: (is) => status.labels(options.name).set(is ? 1 : 0),
        slow: () => lost.labels(options.name).inc(),
      };
    }
  }

  get isLeader(): boolean {
    return this.#leading;
  }

  /** Who holds the lease, as last seen. */
  get leader(): string | undefined {
    return this.#observed?.object.spec.holderIdentity || undefined;
  }

  /** How often the lease has changed hands, as last seen. */
  get transitions(): number {
    return this.#observed?.object.spec.leaseTransitions ?? 0;
  }

  /**
   * Waits for leadership, then runs `onStarted` once with a signal that aborts when the lease is lost or `signal` aborts.
   * Resolves when the work has ended and the lease was given back. Rejects with {@link LeadershipLost} when the lease was
   * lost (after the work has stopped), or with what the work threw.
   */
  async run(onStarted: (signal: AbortSignal) => Promise<void>, signal: AbortSignal): Promise<void> {
    const heldSinceMs = await this.#acquire(signal);
    if (heldSinceMs === undefined) return;
    const { log, name } = this.#options;
    log.info('became leader', { lease: name, identity: this.identity, transitions: this.transitions });
    this.#setLeading(true);
    this.#tell('became leader');
    using working = new LinkedAbort(signal);
    using renewing = new LinkedAbort(signal);
    const work = Promise.resolve()
      .then(() => onStarted(working.signal))
      .finally(() => renewing.abort());
    // Its outcome is awaited below, after the lease is settled.
    work.catch(() => undefined);
    const lost = await this.#renew(heldSinceMs, renewing.signal);
    this.#setLeading(false);
    this.#tell('stopped leading');
    if (lost !== undefined) {
      working.abort(new LeadershipLost(lost));
      log.error('lost the lease, stopping', { lease: name, identity: this.identity, cause: lost });
      await work.catch(() => undefined);
      throw new LeadershipLost(`lost the lease ${name}: ${lost}`);
    }
    try {
      await work;
    } finally {
      await this.#release();
    }
  }

  #setLeading(is: boolean): void {
    this.#leading = is;
    this.#metrics?.leading(is);
  }

  /** In the words of client-go's `resourcelock.LeaseLock`. */
  #tell(what: string): void {
    const lease = this.#observed?.object;
    if (lease) this.#recorder?.event(lease, 'Normal', 'LeaderElection', `${this.identity} ${what}`);
  }

  /** When the lease was asked for, or undefined when the signal came first. */
  async #acquire(signal: AbortSignal): Promise<number | undefined> {
    const { clock, retryPeriodMs, random, log, name } = this.#options;
    let told: string | undefined;
    while (!signal.aborted) {
      const askedAtMs = clock.monotonicMs();
      try {
        if (await this.#tryAcquireOrRenew())
          return signal.aborted ? (await this.#release(), undefined) : askedAtMs;
        if (this.leader !== told)
          log.info('waiting for the lease', { lease: name, holder: (told = this.leader) });
      } catch (error) {
        if (!isStatus(error, 'Conflict', 'AlreadyExists'))
          log.warn('could not ask for the lease', { lease: name, cause: messageOf(error) });
      }
      // Up to 1.2 times longer, as upstream (JitterFactor), so that candidates do not stay in step.
      await clock.sleep(retryPeriodMs * (1 + 1.2 * random()), signal).catch(() => undefined);
    }
    return undefined;
  }

  /** Renews until the signal aborts (then undefined) or the lease is lost (then why). */
  async #renew(heldSinceMs: number, signal: AbortSignal): Promise<string | undefined> {
    const { clock, retryPeriodMs, renewDeadlineMs } = this.#options;
    let renewedAtMs = heldSinceMs;
    let trouble = 'the renewal was not answered in time';
    for (;;) {
      // The deadline counts from when the last good renewal was asked for: that is the time the lease bears.
      const remainingMs = renewedAtMs + renewDeadlineMs - clock.monotonicMs();
      if (remainingMs <= 0) return trouble;
      const slept = await clock.sleep(Math.min(retryPeriodMs, remainingMs), signal).then(
        () => true,
        () => false,
      );
      if (!slept) return undefined;
      const askedAtMs = clock.monotonicMs();
      const leftMs = renewedAtMs + renewDeadlineMs - askedAtMs;
      if (leftMs <= 0) return trouble;
      const outcome = await this.#within(leftMs, signal);
      if (signal.aborted) return undefined;
      if (outcome === 'renewed') renewedAtMs = askedAtMs;
      else {
        this.#metrics?.slow();
        if (outcome === 'taken') return `it is held by ${this.leader ?? 'nobody'} now`;
        trouble = outcome;
      }
    }
  }

  async #within(timeoutMs: number, signal: AbortSignal): Promise<string> {
    const attempt = this.#tryAcquireOrRenew().then(
      (held) => (held ? 'renewed' : 'taken'),
      (error: unknown) => messageOf(error),
    );
    const timeout = new AbortController();
    const stop = () => timeout.abort();
    signal.addEventListener('abort', stop, { once: true });
    const late = this.#options.clock.sleep(timeoutMs, timeout.signal).then(
      () => 'the renewal was not answered in time',
      () => 'stopped',
    );
    try {
      return await Promise.race([attempt, late]);
    } finally {
      signal.removeEventListener('abort', stop);
      timeout.abort();
    }
  }

  /** True when the lease is ours now. Conflict and AlreadyExists say that somebody else was quicker. */
  async #tryAcquireOrRenew(): Promise<boolean> {
    const { state, clock, namespace, name, leaseDurationMs } = this.#options;
    const now = microTimestamp(clock.now());
    const leaseDurationSeconds = Math.ceil(leaseDurationMs / 1000);
    let entry: Entry<V1Lease>;
    try {
      entry = await state.get(kinds.lease, { namespace, name });
    } catch (error) {
      if (!isStatus(error, 'NotFound')) throw error;
      const lease: V1Lease = {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { namespace, name },
        spec: {
          holderIdentity: this.identity,
          leaseDurationSeconds,
          acquireTime: now,
          renewTime: now,
          leaseTransitions: 0,
        },
      };
      this.#observe(await state.create(kinds.lease, lease));
      return true;
    }
    this.#observe(entry);
    const { spec } = entry.object;
    const ours = spec.holderIdentity === this.identity;
    const expiresAtMs = this.#observedAtMs + (spec.leaseDurationSeconds ?? leaseDurationSeconds) * 1000;
    if (!ours && spec.holderIdentity && expiresAtMs > clock.monotonicMs()) return false;
    const lease = structuredClone(entry.object) as Stored<V1Lease>;
    lease.spec = {
      ...lease.spec,
      holderIdentity: this.identity,
      leaseDurationSeconds,
      renewTime: now,
      ...(ours ? {} : { acquireTime: now, leaseTransitions: (spec.leaseTransitions ?? 0) + 1 }),
    };
    this.#observe(await state.update(kinds.lease, lease));
    return true;
  }

  #observe(entry: Entry<V1Lease>): void {
    if (this.#observed?.revision === entry.revision) return;
    this.#observed = entry;
    this.#observedAtMs = this.#options.clock.monotonicMs();
  }

  /** Lets the next candidate in at once. Failing to is no harm: the lease runs out by itself. */
  async #release(): Promise<void> {
    const { state, clock, log, name } = this.#options;
    const held = this.#observed?.object;
    if (held?.spec.holderIdentity !== this.identity) return;
    const lease = structuredClone(held) as Stored<V1Lease>;
    const now = microTimestamp(clock.now());
    lease.spec = {
      ...lease.spec,
      holderIdentity: '',
      leaseDurationSeconds: 1,
      acquireTime: now,
      renewTime: now,
    };
    try {
      this.#observe(await state.update(kinds.lease, lease));
      log.info('released the lease', { lease: name, identity: this.identity });
    } catch (error) {
      log.debug('could not release the lease', { lease: name, cause: messageOf(error) });
    }
  }
}
