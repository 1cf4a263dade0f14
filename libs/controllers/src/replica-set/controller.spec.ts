import { kinds, type Stored, type V1Pod, type V1ReplicaSet } from '@gantry/api';
import type { State } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { Simulation, type SimulationOptions } from '../testing/index.ts';

const template = {
  metadata: { labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'web:1' }] },
};
const web: V1ReplicaSet = {
  metadata: { namespace: 'default', name: 'web' },
  spec: { replicas: 1, selector: { matchLabels: { app: 'web' } }, template },
};

async function started(options: SimulationOptions) {
  const simulation = new Simulation({ only: ({ name }) => name === 'replicaset', ...options });
  await simulation.createNamespace('default');
  simulation.start();
  const made: string[] = [];
  simulation.state.watch(kinds.pod, {}, (event) => {
    if (event.type === 'added' && event.entry.object.metadata.name.startsWith('web-'))
      made.push(event.entry.object.metadata.name);
  });
  const own = async () =>
    (await simulation.list(kinds.pod)).filter(({ metadata }) => metadata.name.startsWith('web-'));
  return { simulation, own, made };
}

describe('the ReplicaSet controller', () => {
  it('does not take the pods of a ReplicaSet of before for those that it has asked for', async () => {
    const { simulation, made } = await started({ lagMs: () => 400 });
    using _ = simulation;
    await simulation.clock.advance(1_000);
    await simulation.state.create(kinds.replicaSet, web);
    await simulation.clock.advance(10);
    const owner = {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      name: 'web',
      uid: 'of-before',
      controller: true,
    };
    await simulation.state.create(kinds.pod, {
      metadata: { namespace: 'default', name: 'old', ownerReferences: [owner] },
      spec: template.spec,
    });
    await simulation.clock.advance(3_000);
    expect(made).toHaveLength(1);
  });

  it('makes up for a pod that came and went unseen, when it has waited for it in vain', async () => {
    let lost = 0;
    const losing = (below: State): State =>
      new Proxy(below, {
        get(target, name) {
          if (name !== 'create') return (Reflect.get(target, name) as () => unknown).bind(target);
          return async (...[kind, object, options]: Parameters<State['create']>) => {
            if (kind.kind !== 'Pod' || lost++ > 0) return target.create(kind, object, options);
            const metadata = { ...object.metadata, name: 'web-lost', uid: 'lost' };
            return { object: { ...object, metadata } as Stored<V1Pod>, revision: '1' };
          };
        },
      });
    const { simulation, own } = await started({ through: losing });
    using _ = simulation;
    await simulation.state.create(kinds.replicaSet, web);
    await simulation.clock.advance(60_000);
    expect([lost, (await own()).length]).toEqual([1, 0]);
    await simulation.until(async () => (await own()).length === 1, 'another pod is made', 300_000);
  });
});
