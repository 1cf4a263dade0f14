import { afterEach, describe, expect, it } from 'vitest';
import { TestClient } from '../testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from '../testing/loopback-server.ts';
import { memoryRegistry } from '../testing/memory-registry.ts';

let server: LoopbackServer;
afterEach(() => server[Symbol.asyncDispose]());

describe('health', () => {
  it('is told to everybody, check by check, and says when something is wrong', async () => {
    let broken = false;
    server = await serveOnLoopback(memoryRegistry().state, {
      healthChecks: [
        {
          name: 'etcd',
          readinessOnly: true,
          check: () => (broken ? Promise.reject(new Error('gone')) : undefined),
        },
      ],
    });
    using client = await TestClient.connect(server, null);
    const ask = async (path: string) => {
      const { status, text } = await client.request('GET', path);
      return [status, text];
    };
    expect(await ask('/readyz')).toEqual([200, 'ok']);
    expect(await ask('/readyz?verbose')).toEqual([200, '[+]ping ok\n[+]etcd ok\nreadyz check passed\n']);
    expect(await ask('/livez?verbose')).toEqual([200, '[+]ping ok\nlivez check passed\n']);
    expect(await ask('/readyz/etcd')).toEqual([200, 'ok']);
    expect((await ask('/readyz/nope'))[0]).toBe(404);
    broken = true;
    expect(await ask('/readyz')).toEqual([
      500,
      '[+]ping ok\n[-]etcd failed: reason withheld\nreadyz check failed\n',
    ]);
    expect(await ask('/readyz?exclude=etcd')).toEqual([200, 'ok']);
    expect(await ask('/livez?exclude=x&verbose')).toEqual([
      200,
      '[+]ping ok\nwarn: some health checks cannot be excluded: no matches for "x"\nlivez check passed\n',
    ]);
    expect(await ask('/livez')).toEqual([200, 'ok']);
  });
});
