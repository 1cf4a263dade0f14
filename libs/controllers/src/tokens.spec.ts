import { kinds, type V1Secret } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { Simulation } from './testing/index.ts';

describe('bootstrap tokens', () => {
  it('are deleted when they expire, and nothing else is', async () => {
    using simulation = new Simulation({ only: ({ name }) => name === 'token_cleaner' });
    for (const namespace of ['kube-system', 'default']) await simulation.createNamespace(namespace);
    const create = async (namespace: string, name: string, expiresInMs?: number, more = {}) => {
      const secret: V1Secret = {
        metadata: { namespace, name },
        type: 'bootstrap.kubernetes.io/token',
        data:
          expiresInMs === undefined
            ? {}
            : {
                expiration: Buffer.from(
                  new Date(simulation.clock.now() + expiresInMs).toISOString(),
                ).toString('base64'),
              },
        ...more,
      };
      await simulation.state.create(kinds.secret, secret);
    };
    await create('kube-system', 'expired', -1000);
    await create('kube-system', 'soon', 60_000);
    await create('kube-system', 'in-months', 90 * 24 * 3_600_000);
    await create('kube-system', 'for-ever');
    await create('kube-system', 'opaque', -1000, { type: 'Opaque' });
    await create('default', 'elsewhere', -1000);
    simulation.start();
    const names = async () =>
      (await simulation.list(kinds.secret)).map(({ metadata }) => metadata.name).sort();
    const rest = ['elsewhere', 'for-ever', 'in-months', 'opaque'];
    await simulation.until(async () => !(await names()).includes('expired'), 'the expired one is gone', 5000);
    expect(await names()).toEqual([...rest, 'soon']);
    await simulation.until(async () => !(await names()).includes('soon'), 'the next one is gone', 62_000);
    expect(await names()).toEqual(rest);
    await create('kube-system', 'late', -1000);
    await simulation.until(
      async () => !(await names()).includes('late'),
      'one that came expired is gone',
      5000,
    );
    expect(await names()).toEqual(rest);
  });
});
