import type { Stored, V1EndpointSlice } from '@gantry/api';
import { deepFreeze } from '@gantry/state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examplePod, exampleService } from '../testing/objects.ts';
import type { SlicePlan } from '../shared/slice-writer.ts';
import { plan } from './plan.ts';

/** Carries a plan out on a list of slices. */
function applied(slices: readonly Stored<V1EndpointSlice>[], next: SlicePlan): Stored<V1EndpointSlice>[] {
  const updated = new Map(next.update.map((slice) => [slice.metadata.uid, slice]));
  const removed = new Set(next.delete.map(({ metadata }) => metadata.uid));
  const kept = slices
    .filter(({ metadata }) => !removed.has(metadata.uid))
    .map((slice) => updated.get(slice.metadata.uid) ?? slice);
  const made = next.create.map((slice, index) => {
    const name = `${slice.metadata.generateName}${slices.length}-${index}`;
    return {
      ...slice,
      metadata: {
        ...slice.metadata,
        name,
        uid: `${name}-${Math.max(0, ...slices.map((_, i) => i))}-${counter++}`,
        resourceVersion: '1',
        creationTimestamp: '',
      },
    };
  });
  return [...kept, ...made];
}
let counter = 0;

const pods = (indexes: Iterable<number>, looks = {}) =>
  [...indexes].map((index) => ({
    ...examplePod(`pod-${index}`, { ip: `10.42.${index >> 8}.${index & 255}`, node: 'n1', ...looks }),
  }));
const stable = new Map<number, ReturnType<typeof examplePod>>();
const pod = (index: number) => {
  if (!stable.has(index)) stable.set(index, pods([index])[0]!);
  return stable.get(index)!;
};
const addresses = (slices: readonly V1EndpointSlice[]) =>
  slices.flatMap(({ endpoints = [] }) => endpoints.flatMap((endpoint) => endpoint.addresses)).sort();

describe('the plan of EndpointSlices', () => {
  it('makes the slices say exactly where the pods are, in slices that are never too long, and then rests', () => {
    const service = exampleService();
    const sets = fc.array(fc.uniqueArray(fc.nat(60), { maxLength: 50 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sets, (rounds) => {
        let slices: Stored<V1EndpointSlice>[] = [];
        for (const round of rounds) {
          const view = () => ({
            service,
            pods: round.map(pod),
            slices,
            node: () => undefined,
            maxEndpoints: 8,
          });
          slices = applied(slices, plan(view()));
          expect(addresses(slices)).toEqual(round.map((index) => pod(index).status!.podIP!).sort());
          for (const { endpoints = [] } of slices) expect(endpoints.length).toBeLessThanOrEqual(8);
          expect(slices.length).toBeGreaterThan(0);
          if (round.length > 0) expect(slices.every(({ endpoints = [] }) => endpoints.length > 0)).toBe(true);
          expect(plan(view())).toEqual({ create: [], update: [], delete: [] });
        }
      }),
    );
  });

  it('writes one slice only when one pod changes', () => {
    const service = exampleService();
    const all = Array.from({ length: 30 }, (_, index) => pod(index));
    const slices = applied(
      [],
      plan({ service, pods: all, slices: [], node: () => undefined, maxEndpoints: 10 }),
    );
    expect(slices).toHaveLength(3);
    const changed = all.map((each, index) =>
      index === 15
        ? { ...each, status: { ...each.status, conditions: [{ type: 'Ready', status: 'False' }] } }
        : each,
    );
    const next = plan({ service, pods: changed, slices, node: () => undefined, maxEndpoints: 10 });
    expect([next.create.length, next.update.length, next.delete.length]).toEqual([0, 1, 0]);
  });

  it('tells ready, serving and terminating apart', () => {
    const view = (looks: object, spec = {}) =>
      plan({
        service: exampleService(spec),
        pods: pods([1], looks),
        slices: [],
        node: () => undefined,
      }).create[0]?.endpoints?.[0]?.conditions;
    expect(view({})).toEqual({ ready: true, serving: true, terminating: false });
    expect(view({ ready: false })).toEqual({ ready: false, serving: false, terminating: false });
    expect(view({ deleting: true })).toEqual({ ready: false, serving: true, terminating: true });
    expect(view({ ready: false }, { publishNotReadyAddresses: true })).toEqual({
      ready: true,
      serving: false,
      terminating: false,
    });
    expect(view({ phase: 'Failed' })).toBeUndefined();
  });

  it('names the pod, its node and zone, and resolves ports by name per pod', () => {
    const service = exampleService({ ports: [{ name: 'http', port: 80, targetPort: 'web' }] });
    const node = { metadata: { labels: { 'topology.kubernetes.io/zone': 'z1' } }, spec: {} };
    const a = pods([1], { ports: [{ name: 'web', containerPort: 8080 }] });
    const b = pods([2], { ports: [{ name: 'web', containerPort: 9090 }] });
    const { create } = plan({ service, pods: [...a, ...b], slices: [], node: () => node });
    expect(
      create.map(({ ports, endpoints }) => [ports?.[0]?.port, endpoints?.[0]?.addresses]).sort(),
    ).toEqual([
      [8080, ['10.42.0.1']],
      [9090, ['10.42.0.2']],
    ]);
    expect(create[0]?.endpoints?.[0]).toMatchObject({
      nodeName: 'n1',
      zone: 'z1',
      targetRef: { kind: 'Pod', namespace: 'default', name: 'pod-1' },
    });
    expect(create[0]?.metadata.labels).toEqual({
      team: 'a',
      'kubernetes.io/service-name': 'web',
      'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
    });
  });

  it('follows the zone of the node, though service and pod are the same as before', () => {
    const [service, pod] = [
      deepFreeze(exampleService()),
      deepFreeze(examplePod('p', { ip: '10.42.0.9', node: 'n1' })),
    ];
    const zonesWith = (zone: string) =>
      plan({
        service,
        pods: [pod],
        slices: [],
        node: () => ({ metadata: { labels: { 'topology.kubernetes.io/zone': zone } }, spec: {} }),
      }).create.flatMap(({ endpoints = [] }) => endpoints.map((endpoint) => endpoint.zone));
    expect([zonesWith('a'), zonesWith('b'), zonesWith('b')]).toEqual([['a'], ['b'], ['b']]);
  });
});
