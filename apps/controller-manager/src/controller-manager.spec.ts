import { createMetrics, seededRandom, silentLogger } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import { LeadershipLost } from '@gantry/control';
import { UnsteadyState } from '@gantry/control/testing';
import { exampleDeployment } from '@gantry/controllers/testing';
import { MemoryState, namespaceLifecycle, RegistryState } from '@gantry/state';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ControllerManager } from './controller-manager.ts';

const deployments = (name: string) => ({ namespace: 'default', name });

describe('two controller managers over one state', () => {
  let clock: FakeClock;
  let state: RegistryState;
  const stops: AbortController[] = [];

  beforeEach(async () => {
    clock = new FakeClock();
    const memory = new MemoryState();
    const random = seededRandom(1);
    state = new RegistryState(memory, { clock, random, admission: [namespaceLifecycle(memory)] });
    for (const name of ['default', 'kube-system'])
      await state.create(kinds.namespace, {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
        spec: {},
      });
  });
  afterEach(() => stops.splice(0).forEach((stop) => stop.abort()));

  function start(identity: string) {
    const stop = new AbortController();
    stops.push(stop);
    const own = new UnsteadyState(state);
    const metrics = createMetrics({ processMetrics: false });
    const manager = new ControllerManager({
      state: own,
      clock,
      metrics,
      random: seededRandom(2),
      log: silentLogger,
      identity,
    });
    const outcome = manager.run(stop.signal).then(
      () => 'ended',
      (error: unknown) => error,
    );
    const leading = async () =>
      (await metrics.metrics()).includes('leader_election_master_status{name="kube-controller-manager"} 1');
    return { stop, own, outcome, leading };
  }

  const podsOf = async (app: string) =>
    (await state.list(kinds.pod, { labelSelector: `app=${app}` })).entries.length;

  it('work one at a time, and hand over when the leader ends', async () => {
    const a = start('a');
    await clock.advance(100);
    const b = start('b');
    await clock.advance(10_000);
    expect([await a.leading(), await b.leading()]).toEqual([true, false]);
    await state.create(kinds.deployment, exampleDeployment('first'));
    await clock.advance(1_000);
    expect(await podsOf('first')).toBe(3);
    a.stop.abort();
    expect(await a.outcome).toBe('ended');
    await clock.advance(6_000);
    expect(await b.leading()).toBe(true);
    await state.create(kinds.deployment, exampleDeployment('second'));
    await clock.advance(1_000);
    expect([await podsOf('first'), await podsOf('second')]).toEqual([3, 3]);
    expect(
      (await state.get(kinds.deployment, deployments('second'))).object.metadata.annotations,
    ).toMatchObject({
      'deployment.kubernetes.io/revision': '1',
    });
  });

  it('hand over when the leader is cut off, which then stops by itself', async () => {
    const a = start('a');
    await clock.advance(100);
    const b = start('b');
    await clock.advance(5_000);
    a.own.goAway();
    await clock.advance(40_000);
    expect(await a.outcome).toBeInstanceOf(LeadershipLost);
    expect(await b.leading()).toBe(true);
    await state.create(kinds.deployment, exampleDeployment('late'));
    await clock.advance(1_000);
    expect(await podsOf('late')).toBe(3);
  });
});
