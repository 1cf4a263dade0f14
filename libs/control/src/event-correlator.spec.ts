import { FakeClock } from '@gantry/base/testing';
import { describe, expect, it } from 'vitest';
import { EventCorrelator } from './event-correlator.ts';

const about = (message: string, name = 'web') => ({
  regarding: { kind: 'Pod', namespace: 'default', name, uid: name },
  type: 'Warning' as const,
  reason: 'BackOff',
  message,
});

describe('the event correlator', () => {
  it('gives the same key to the same event', () => {
    const correlator = new EventCorrelator(new FakeClock());
    expect(correlator.correlate(about('a'))!.key).toBe(correlator.correlate(about('a'))!.key);
    expect(correlator.correlate(about('a'))!.key).not.toBe(correlator.correlate(about('a', 'db'))!.key);
  });

  it('combines from the tenth different message on', () => {
    const correlator = new EventCorrelator(new FakeClock());
    const all = Array.from({ length: 14 }, (_, i) => correlator.correlate(about(`message ${i}`))!);
    expect(new Set(all.slice(0, 9).map(({ key }) => key)).size).toBe(9);
    expect(all[8]!.message).toBe('message 8');
    expect(new Set(all.slice(9).map(({ key }) => key)).size).toBe(1);
    expect(all[13]!.message).toBe('(combined from similar events): message 13');
  });

  it('counts similar events afresh after ten quiet minutes', async () => {
    const clock = new FakeClock();
    const correlator = new EventCorrelator(clock);
    for (let i = 0; i < 12; i++) correlator.correlate(about(`message ${i}`));
    await clock.advance(600_001);
    expect(correlator.correlate(about('message 99'))!.message).toBe('message 99');
  });

  it('lets an object cause 25 events at once, then one every five minutes', async () => {
    const clock = new FakeClock();
    const correlator = new EventCorrelator(clock);
    for (let i = 0; i < 25; i++) expect(correlator.correlate(about('same'))).toBeDefined();
    expect(correlator.correlate(about('same'))).toBeUndefined();
    expect(correlator.correlate(about('same', 'db'))).toBeDefined();
    await clock.advance(300_000);
    expect(correlator.correlate(about('same'))).toBeDefined();
    expect(correlator.correlate(about('same'))).toBeUndefined();
  });
});
