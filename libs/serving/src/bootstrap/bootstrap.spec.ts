import { expect, it } from 'vitest';
import { kinds } from '@gantry/api';
import { memoryRegistry } from '../testing/memory-registry.ts';
import { bootstrapCluster } from './bootstrap.ts';

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
