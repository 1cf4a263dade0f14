import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '@gantry/api';
import { TestClient } from '../testing/client.ts';
import { serveOnLoopback, type LoopbackServer } from '../testing/loopback-server.ts';
import { memoryRegistry } from '../testing/memory-registry.ts';

describe('options of a log', () => {
  let server: LoopbackServer;
  let client: TestClient;
  beforeAll(async () => {
    const { state } = memoryRegistry();
    server = await serveOnLoopback(state);
    client = await TestClient.connect(server);
    await state.create(kinds.pod, {
      metadata: { name: 'p', namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'i' }] },
    });
  });
  afterAll(async () => {
    client[Symbol.dispose]();
    await server[Symbol.asyncDispose]();
  });

  it.each([
    ['tailLines=-1', 'tailLines: Invalid value: -1: must be greater than or equal to 0'],
    ['limitBytes=0', 'limitBytes: Invalid value: 0: must be greater than 0'],
    [
      'limitBytes=0&sinceSeconds=0',
      '[limitBytes: Invalid value: 0: must be greater than 0, sinceSeconds: Invalid value: 0: must be greater than 0]',
    ],
    [
      'sinceSeconds=1&sinceTime=2026-01-01T00:00:00Z',
      'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    ],
  ])('%s: %s', async (query, why) => {
    const { status, json } = await client.request('GET', `/api/v1/namespaces/default/pods/p/log?${query}`);
    expect([status, json.message]).toEqual([422, `PodLogOptions "p" is invalid: ${why}`]);
  });
});
