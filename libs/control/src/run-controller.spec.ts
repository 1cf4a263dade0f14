import { createMetrics, seededRandom, silentLogger, StatusError } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds } from '@gantry/api';
import { MemoryState, RegistryState } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { TerminalError, type Controller } from './control.ts';
import { createInformers } from './informers.ts';
import { runController } from './run-controller.ts';

function harness(reconcile: (key: string, signal: AbortSignal) => Promise<void>) {
  const clock = new FakeClock();
  const log = silentLogger;
  const state = new RegistryState(new MemoryState(), { clock, random: seededRandom(1) });
  const informers = createInformers(state, { clock, log, random: seededRandom(1) });
  const metrics = createMetrics({ processMetrics: false });
  const stop = new AbortController();
  const controller: Controller = {
    name: 'test',
    workers: 3,
    setup(enqueue) {
      informers.of(kinds.configMap).onChange(({ object }) => enqueue(object.metadata.name));
    },
    reconcile,
  };
  const running = runController(controller, { informers, clock, log, metrics }, stop.signal);
  void informers.run(stop.signal);
  const create = (name: string) =>
    state.create(kinds.configMap, {
      metadata: { namespace: 'default', name },
      apiVersion: 'v1',
      kind: 'ConfigMap',
    });
  return { clock, informers, stop, running, create, metrics };
}

describe('a controller that is run', () => {
  it('reconciles what its informers show, once they have synced', async () => {
    const seen: string[] = [];
    const { create, clock, stop, running, informers } = harness(async (key) => {
      expect(informers.of(kinds.configMap).hasSynced).toBe(true);
      seen.push(key);
    });
    await create('a');
    await clock.advance(10);
    await create('b');
    await clock.advance(10);
    expect(seen).toEqual(['a', 'b']);
    stop.abort();
    await running;
  });

  it('tries again what failed, later each time, and starts over after a success', async () => {
    const attempts: number[] = [];
    const { create, clock, stop, running, metrics } = harness(async () => {
      attempts.push(clock.now());
      if (attempts.length < 5) throw StatusError.unavailable('not now');
    });
    await create('a');
    await clock.advance(10_000);
    expect(attempts.slice(1).map((atMs, i) => atMs - attempts[i]!)).toEqual([5, 10, 20, 40]);
    expect(await metrics.metrics()).toContain(
      'controller_reconcile_errors_total{controller="test",reason="ServiceUnavailable"} 4',
    );
    stop.abort();
    await running;
  });

  it('does not try again what cannot work until the object changes', async () => {
    let attempts = 0;
    const { create, clock, stop, running } = harness(async () => {
      attempts++;
      throw new TerminalError('never');
    });
    await create('a');
    await clock.advance(60_000);
    expect(attempts).toBe(1);
    stop.abort();
    await running;
  });

  it('is not stalled by one object that hangs', async () => {
    const seen: string[] = [];
    const { create, clock, stop, running } = harness(async (key, signal) => {
      if (key === 'hangs')
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      seen.push(key);
    });
    await create('hangs');
    await clock.advance(10);
    for (const name of ['b', 'c', 'd']) await create(name);
    await clock.advance(10);
    expect(seen.sort()).toEqual(['b', 'c', 'd']);
    stop.abort();
    await running;
  });
});
