import { counter, createMetrics } from './index.ts';
import { describe, expect, it } from 'vitest';
import { StatusServer } from './status-server.ts';

describe('the status server', () => {
  it('serves metrics and health, and nothing else', async () => {
    const metrics = createMetrics({ processMetrics: false });
    counter(metrics, 'things_total', 'Things.').inc();
    await using server = await StatusServer.listen({ host: '127.0.0.1', port: 0, metrics });
    const at = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init);
    expect(await (await at('/metrics')).text()).toContain('things_total 1');
    for (const path of ['/healthz', '/livez', '/readyz?verbose'])
      expect(await (await at(path)).text()).toBe('ok');
    expect((await at('/other')).status).toBe(404);
    expect((await at('/healthz', { method: 'POST', body: 'x' })).status).toBe(405);
  });
});
