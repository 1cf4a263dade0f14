import { describe, expect, it } from 'vitest';
import { heardSince } from './up.ts';

const node = (lastHeartbeatTime?: string) => ({
  metadata: { name: 'node-1' },
  spec: {},
  status: {
    conditions: [{ type: 'Ready', status: 'True', ...(lastHeartbeatTime ? { lastHeartbeatTime } : {}) }],
  },
});
const beganMs = Date.parse('2026-01-01T00:00:10.700Z');

describe('heardSince', () => {
  it.each([
    ['2026-01-01T00:00:09Z', false],
    ['2026-01-01T00:00:10Z', true],
    ['2026-01-01T00:00:11Z', true],
    [undefined, false],
  ])('a heartbeat at %s: %s', (time, heard) => {
    expect(heardSince(node(time), beganMs)).toBe(heard);
  });
});
