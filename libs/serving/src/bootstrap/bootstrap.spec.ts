import { expect, it } from 'vitest';
import { silentLogger } from '@gantry/base';
import { FakeClock } from '@gantry/base/testing';
import { kinds, type Kind, type KubeObject } from '@gantry/api';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { bootstrapCluster, keepBootstrapped, systemNamespaces } from './bootstrap.ts';

const name = { namespace: 'default', name: 'kubernetes' };

it.each([
  ['is where it says', '192.0.2.1', ['192.0.2.1']],
  ['has no endpoint that would be another machine on each machine', '127.0.0.1', []],
])('the Service kubernetes %s, also when that has changed', async (_what, advertiseAddress, addresses) => {
  const { state } = memoryRegistry();
  const common = { securePort: 6443, serviceAddress: '10.43.0.1' };
  for (const each of ['192.0.2.9', advertiseAddress])
    await bootstrapCluster(state, { ...common, advertiseAddress: each });
  const { subsets = [] } = (await state.get(kinds.endpoints, name)).object;
  expect(subsets.flatMap((each) => each.addresses!.map(({ ip }) => ip))).toEqual(addresses);
  const { endpoints = [] } = (await state.get(kinds.endpointSlice, name)).object;
  expect(endpoints.flatMap((each) => each.addresses)).toEqual(addresses);
});

it('what a store lost, or somebody changed, comes back, and what is as it should be is not written', async () => {
  const clock = new FakeClock();
  const { state, below } = memoryRegistry(() => [], clock);
  const options = { advertiseAddress: '192.0.2.1', securePort: 6443, serviceAddress: '10.43.0.1' };
  await bootstrapCluster(state, options);
  const versionsOf = async <T extends KubeObject>(kind: Kind<T>) =>
    (await state.list(kind)).entries.map(({ object }) => object.metadata.resourceVersion);
  const versions = async () => [
    await versionsOf(kinds.namespace),
    await versionsOf(kinds.service),
    await versionsOf(kinds.endpoints),
    await versionsOf(kinds.endpointSlice),
  ];
  const atFirst = await versions();
  const stop = new AbortController();
  const keeping = keepBootstrapped(state, options, { clock, log: silentLogger }, stop.signal);
  await clock.advance(30_000);
  expect(await versions()).toEqual(atFirst);

  for (const each of systemNamespaces) await below.delete(kinds.namespace, { name: each });
  await below.delete(kinds.service, name);
  await below.delete(kinds.endpointSlice, name);
  const endpoints = structuredClone((await below.get(kinds.endpoints, name)).object);
  endpoints.subsets![0]!.addresses = [{ ip: '192.0.2.66' }];
  await below.update(kinds.endpoints, endpoints);
  await clock.advance(10_000);
  const namespaces = (await state.list(kinds.namespace)).entries.map(({ object }) => object.metadata.name);
  expect(namespaces.sort()).toEqual([...systemNamespaces].sort());
  expect((await state.get(kinds.service, name)).object.spec.clusterIP).toBe('10.43.0.1');
  expect((await state.get(kinds.endpoints, name)).object.subsets![0]!.addresses).toEqual([
    { ip: '192.0.2.1' },
  ]);
  expect((await state.get(kinds.endpointSlice, name)).object.endpoints).toHaveLength(1);
  stop.abort();
  await keeping;
});
