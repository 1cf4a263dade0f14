import { createMetrics, seededRandom, silentLogger } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import { MemoryState, modify, RegistryState, type State } from '@gantry/state';
import { beforeEach, describe, expect, it } from 'vitest';
import { createEventRecorder } from './event-recorder.ts';
import { LeaderElection, LeadershipLost } from './leader-election.ts';
import { UnsteadyState } from './testing/index.ts';

const name = { namespace: 'kube-system', name: 'kube-controller-manager' };

describe('leader election', () => {
  let clock: FakeClock;
  let store: State;
  const working = new Set<string>();
  const mostAtOnce: number[] = [];

  beforeEach(() => {
    clock = new FakeClock();
    store = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) });
    working.clear();
    mostAtOnce.length = 0;
  });

  function candidate(identity: string, state: State = store) {
    const stop = new AbortController();
    const metrics = createMetrics({ processMetrics: false });
    const common = { state, clock, log: silentLogger, random: seededRandom(identity.length) };
    const recorder = createEventRecorder({ ...common, component: name.name });
    const election = new LeaderElection({
      ...common,
      recorder,
      metrics,
      name: name.name,
      identity,
    });
    const outcome = election
      .run(async (signal) => {
        working.add(identity);
        mostAtOnce.push(working.size);
        await new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => resolve(), { once: true }),
        );
        working.delete(identity);
      }, stop.signal)
      .then(
        () => 'ended',
        (error: unknown) => error,
      );
    return { election, stop, outcome, metrics };
  }

  it('lets one of two work, and the other when that one ends', async () => {
    const a = candidate('a');
    await clock.advance(100);
    const b = candidate('b');
    await clock.advance(60_000);
    expect([...working]).toEqual(['a']);
    expect(b.election.leader).toBe('a');
    expect(await a.metrics.metrics()).toContain(
      'leader_election_master_status{name="kube-controller-manager"} 1',
    );
    a.stop.abort();
    expect(await a.outcome).toBe('ended');
    await clock.advance(5_000);
    expect([...working]).toEqual(['b']);
    expect(b.election.isLeader).toBe(true);
    expect(b.election.transitions).toBe(1);
    b.stop.abort();
    await b.outcome;
    expect(Math.max(...mostAtOnce)).toBe(1);
  });

  it('takes over from a leader that vanished, but not before its lease has run out', async () => {
    const dead = new UnsteadyState(store);
    const a = candidate('a', dead);
    await clock.advance(100);
    const b = candidate('b');
    // Its process is gone: it neither renews nor releases.
    dead.failure = () => new Error('gone');
    await clock.advance(13_000);
    expect(b.election.isLeader).toBe(false);
    await clock.advance(8_000);
    expect(b.election.isLeader).toBe(true);
    expect(await a.outcome).toBeInstanceOf(LeadershipLost);
    b.stop.abort();
    await b.outcome;
  });

  it('stops the work when it cannot renew for ten seconds, before anyone else may start', async () => {
    const unsteady = new UnsteadyState(store);
    const a = candidate('a', unsteady);
    await clock.advance(100);
    const b = candidate('b');
    await clock.advance(3_000);
    unsteady.goAway();
    await clock.advance(7_000);
    expect([...working]).toEqual(['a']);
    await clock.advance(4_000);
    expect(working.has('a')).toBe(false);
    const lost = await a.outcome;
    expect(lost).toBeInstanceOf(LeadershipLost);
    expect(String(lost)).toContain('the server is away');
    await clock.advance(20_000);
    expect([...working]).toEqual(['b']);
    expect(Math.max(...mostAtOnce)).toBe(1);
    b.stop.abort();
    await b.outcome;
  });

  it('survives a server that is away for less than the deadline', async () => {
    const unsteady = new UnsteadyState(store);
    const a = candidate('a', unsteady);
    await clock.advance(5_000);
    unsteady.goAway();
    await clock.advance(6_000);
    unsteady.failure = undefined;
    await clock.advance(60_000);
    expect([...working]).toEqual(['a']);
    a.stop.abort();
    expect(await a.outcome).toBe('ended');
  });

  it('stops at once when it sees that somebody else holds the lease', async () => {
    const a = candidate('a');
    await clock.advance(3_000);
    await modify(store, kinds.lease, name, (lease) => {
      lease.spec.holderIdentity = 'thief';
    });
    await clock.advance(2_100);
    expect(working.size).toBe(0);
    expect(String(await a.outcome)).toContain('held by thief');
  });

  it('tells of its beginning and its end in events of the lease', async () => {
    const a = candidate('a');
    await clock.advance(100);
    a.stop.abort();
    await a.outcome;
    candidate('b');
    await clock.advance(100);
    const { entries } = await store.list(kinds.event, { namespace: name.namespace });
    expect(entries.map(({ object: { reason, message } }) => `${reason}: ${message}`).sort()).toEqual([
      'LeaderElection: a became leader',
      'LeaderElection: a stopped leading',
      'LeaderElection: b became leader',
    ]);
    expect(entries[0]?.object).toMatchObject({
      type: 'Normal',
      source: { component: name.name },
      involvedObject: { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', ...name },
    });
  });

  it('gives the lease back when the work ends or fails by itself', async () => {
    const options = {
      state: store,
      clock,
      log: silentLogger,
      random: seededRandom(1),
      name: 'x',
      identity: 'a',
    };
    await new LeaderElection(options).run(async () => undefined, new AbortController().signal);
    const failing = new LeaderElection(options).run(async () => {
      throw new Error('broken');
    }, new AbortController().signal);
    await expect(failing).rejects.toThrow('broken');
    const { object } = await store.get(kinds.lease, { namespace: 'kube-system', name: 'x' });
    expect(object.spec.holderIdentity ?? '').toBe('');
  });

  it('refuses times that cannot work', () => {
    const options = {
      state: store,
      clock,
      log: silentLogger,
      random: seededRandom(1),
      name: 'x',
      identity: 'a',
    };
    expect(() => new LeaderElection({ ...options, renewDeadlineMs: 20_000 })).toThrow(RangeError);
  });
});
