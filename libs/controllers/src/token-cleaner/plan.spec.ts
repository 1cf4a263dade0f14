import { describe, expect, it } from 'vitest';
import type { V1Secret } from '@gantry/api';
import { expiresAtMs, isBootstrapToken } from './plan.ts';

const token = (expiration?: string): V1Secret => ({
  metadata: { namespace: 'kube-system', name: 'bootstrap-token-abcdef' },
  type: 'bootstrap.kubernetes.io/token',
  ...(expiration === undefined ? {} : { data: { expiration: Buffer.from(expiration).toString('base64') } }),
});

describe('a bootstrap token', () => {
  it.each([
    ['2026-01-02T03:04:05Z', Date.UTC(2026, 0, 2, 3, 4, 5)],
    ['2026-01-02T03:04:05.5+01:00', Date.UTC(2026, 0, 2, 2, 4, 5, 500)],
    ['', Infinity],
    [undefined, Infinity],
    ['tomorrow', -Infinity],
    ['2026', -Infinity],
    ['2026-13-45T00:00:00Z', -Infinity],
  ])('with the expiration %j is good until %d', (text, atMs) => {
    expect(expiresAtMs(token(text))).toBe(atMs);
  });

  it('is a Secret of its type in kube-system, whatever its name', () => {
    expect(isBootstrapToken(token())).toBe(true);
    expect(isBootstrapToken({ ...token(), type: 'Opaque' })).toBe(false);
    expect(isBootstrapToken({ ...token(), metadata: { namespace: 'default', name: 'x' } })).toBe(false);
  });
});
