import { FakeClock } from '@gantry/base/testing';
import { describe, expect, it } from 'vitest';
import type { V1Probe } from '@gantry/api';
import type { CheckResult } from './check.ts';
import { ContainerProbes } from './container-probes.ts';

/** A container with all three probes, each told apart by its port, and what is said of it. */
function probed(answers: Partial<Record<number, CheckResult>> = {}) {
  const clock = new FakeClock();
  const said: string[] = [];
  const probe = (port: number): V1Probe => ({ tcpSocket: { port }, periodSeconds: 1, failureThreshold: 1 });
  const spec = { startupProbe: probe(1), livenessProbe: probe(2), readinessProbe: probe(3) };
  const probes = new ContainerProbes({
    clock,
    metrics: {
      probed: ({ probe_type }, result) => said.push(`${probe_type} ${result}`),
      forgetProbe: ({ probe_type }) => said.push(`forgot ${probe_type}`),
    },
    labels: () => ({ container: 'main', pod: 'web', namespace: 'shop', pod_uid: 'u1' }),
    check: ({ tcpSocket }) => Promise.resolve(answers[Number(tcpSocket?.port)] ?? { ok: true, message: '' }),
    warn: (reason, message) => said.push(`${reason}: ${message}`),
    onVerdict: (kind, ok) => said.push(`${kind} is ${ok}`),
  });
  return { clock, probes, spec, said };
}

describe('the probes of a container', () => {
  it('begin with the startup probe alone', async () => {
    const { clock, probes, spec, said } = probed();
    probes.begin(spec, clock.now(), false);
    await clock.advance(0);
    expect(said).toEqual(['Startup successful', 'startup is true']);
    probes.stop();
  });

  it('go on with the others', async () => {
    const { clock, probes, spec, said } = probed({ 2: { ok: false, message: 'refused' } });
    probes.begin(spec, clock.now(), true);
    await clock.advance(0);
    expect(said).toEqual([
      'Liveness failed',
      'Unhealthy: Liveness probe failed: refused',
      'liveness is false',
      'Readiness successful',
      'readiness is true',
    ]);
    probes.stop();
  });

  it.each<[string, CheckResult, string]>([
    [
      'a check that could not be made',
      { ok: false, errored: true, message: 'no such port' },
      'Unhealthy: Startup probe errored and resulted in unknown state: no such port',
    ],
    [
      'a warning',
      { ok: true, warned: true, message: 'redirected' },
      'ProbeWarning: Startup probe warning: redirected',
    ],
  ])('tell of %s', async (_what, answer, event) => {
    const { clock, probes, spec, said } = probed({ 1: answer });
    probes.begin(spec, clock.now(), false);
    await clock.advance(0);
    expect(said).toContain(event);
    probes.stop();
  });

  it('can be stopped one by one, and forgotten', async () => {
    const { clock, probes, spec, said } = probed();
    probes.begin(spec, clock.now(), true);
    probes.stop(['liveness']);
    await clock.advance(1_000);
    expect(said.some((each) => each.startsWith('Liveness'))).toBe(false);
    expect(said).toContain('Readiness successful');
    said.length = 0;
    probes.forget();
    await clock.advance(5_000);
    expect(said).toEqual(['forgot Startup', 'forgot Liveness', 'forgot Readiness']);
  });
});
