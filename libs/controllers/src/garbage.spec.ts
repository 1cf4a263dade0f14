import { kinds, type V1ConfigMap, type V1OwnerReference } from '@gantry/api';
import { modify } from '@gantry/state';
import { describe, expect, it } from 'vitest';
import { Simulation } from './testing/index.ts';

async function started() {
  const simulation = new Simulation({ only: ({ name }) => name === 'garbage_collector' });
  for (const name of ['default', 'other']) await simulation.createNamespace(name);
  simulation.start();
  const create = async (name: string, owners: Partial<V1OwnerReference>[] = [], namespace = 'default') => {
    const object: V1ConfigMap = {
      metadata: {
        namespace,
        name,
        ownerReferences: owners.map((owner) => ({
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: '',
          uid: '',
          ...owner,
        })),
      },
    };
    return (await simulation.state.create(kinds.configMap, object)).object;
  };
  const owner = ({ metadata }: { metadata: { name: string; uid: string } }, more = {}) => ({
    name: metadata.name,
    uid: metadata.uid,
    ...more,
  });
  const names = async () =>
    (await simulation.list(kinds.configMap)).map(({ metadata }) => metadata.name).sort();
  const gone = (name: string) =>
    simulation.until(async () => !(await names()).includes(name), `${name} is gone`, 10_000);
  return { simulation, create, owner, names, gone };
}

describe('the garbage collector', () => {
  it('deletes what its last owner left behind, all the way down', async () => {
    const { simulation, create, owner, names, gone } = await started();
    using _ = simulation;
    const [a, b] = [await create('a'), await create('b')];
    const child = await create('child', [owner(a), owner(b)]);
    await create('grandchild', [owner(child)]);
    await simulation.state.delete(kinds.configMap, { namespace: 'default', name: 'a' });
    await simulation.clock.advance(1_000);
    expect(await names()).toEqual(['b', 'child', 'grandchild']);
    expect(
      (await simulation.find(kinds.configMap, { namespace: 'default', name: 'child' }))?.metadata
        .ownerReferences,
    ).toHaveLength(1);
    await simulation.state.delete(kinds.configMap, { namespace: 'default', name: 'b' });
    await gone('grandchild');
    expect(await names()).toEqual([]);
  });

  it('deletes dependents before an owner that is deleted in the foreground', async () => {
    const { simulation, create, owner, names, gone } = await started();
    using _ = simulation;
    const a = await create('a');
    await create('held', [owner(a, { blockOwnerDeletion: true })]);
    await modify(
      simulation.state,
      kinds.configMap,
      { namespace: 'default', name: 'held' },
      ({ metadata }) => {
        metadata.finalizers = ['example.com/hold'];
      },
    );
    await simulation.clock.advance(100);
    await simulation.state.delete(
      kinds.configMap,
      { namespace: 'default', name: 'a' },
      { propagationPolicy: 'Foreground' },
    );
    await simulation.clock.advance(5_000);
    expect(await names()).toEqual(['a', 'held']);
    await modify(
      simulation.state,
      kinds.configMap,
      { namespace: 'default', name: 'held' },
      ({ metadata }) => {
        delete metadata.finalizers;
      },
    );
    await gone('a');
    expect(await names()).toEqual([]);
  });

  it('leaves orphans alone, without the reference', async () => {
    const { simulation, create, owner, names, gone } = await started();
    using _ = simulation;
    const a = await create('a');
    await create('child', [owner(a)]);
    await simulation.clock.advance(100);
    await simulation.state.delete(
      kinds.configMap,
      { namespace: 'default', name: 'a' },
      { propagationPolicy: 'Orphan' },
    );
    await gone('a');
    await simulation.clock.advance(5_000);
    expect(await names()).toEqual(['child']);
    expect((await simulation.list(kinds.configMap))[0]?.metadata.ownerReferences ?? []).toEqual([]);
  });

  it('goes by the uid: an owner of the same name, or in another namespace, is none', async () => {
    const { simulation, create, owner, gone, names } = await started();
    using _ = simulation;
    const a = await create('a');
    await create('of-another', [owner(a, { uid: 'someone-else' })]);
    await gone('of-another');
    await create('across', [owner(a)], 'other');
    await gone('across');
    expect(await names()).toEqual(['a']);
    const events = async () =>
      (await simulation.list(kinds.event)).map(({ reason, message }) => `${reason}: ${message}`);
    await simulation.until(async () => (await events()).length > 0, 'it is said why', 5_000);
    expect(await events()).toEqual([
      `OwnerRefInvalidNamespace: ownerRef [v1/ConfigMap, namespace: other, name: a, uid: ${a.metadata.uid}] does not exist in namespace "other"`,
    ]);
  });

  it('does not touch what names an owner of a kind that it does not know', async () => {
    const { simulation, create, names } = await started();
    using _ = simulation;
    await create('mine', [{ apiVersion: 'example.com/v1', kind: 'Widget', name: 'w', uid: 'u' }]);
    await simulation.clock.advance(60_000);
    expect(await names()).toEqual(['mine']);
  });

  it('frees owners that wait for each other in a ring', async () => {
    const { simulation, create, owner, names } = await started();
    using _ = simulation;
    const a = await create('a');
    const b = await create('b', [owner(a, { blockOwnerDeletion: true })]);
    await modify(simulation.state, kinds.configMap, { namespace: 'default', name: 'a' }, ({ metadata }) => {
      metadata.ownerReferences = [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'b', uid: b.metadata.uid, blockOwnerDeletion: true },
      ];
    });
    await simulation.clock.advance(100);
    await simulation.state.delete(
      kinds.configMap,
      { namespace: 'default', name: 'a' },
      { propagationPolicy: 'Foreground' },
    );
    await simulation.until(async () => (await names()).length === 0, 'both are gone', 30_000);
  });
});
