import type { Stored, V1Node } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { evictionRate, zoneOf, Zones, zoneState } from './zones.ts';

const options = {
  nodeEvictionRate: 0.1,
  secondaryNodeEvictionRate: 0.01,
  unhealthyZoneThreshold: 0.55,
  largeClusterSizeThreshold: 50,
};
const node = (name: string, labels: Record<string, string> = {}): Stored<V1Node> => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, uid: name, resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z', labels },
  spec: {},
});
const inZone = (name: string, zone: string) => node(name, { 'topology.kubernetes.io/zone': zone });

describe('a zone', () => {
  it.each([
    [1, 1, 'full'],
    [9, 9, 'full'],
    [3, 2, 'normal'],
    [4, 3, 'partial'],
    [5, 3, 'partial'],
    [6, 3, 'normal'],
    [0, 0, 'normal'],
  ])('of %i nodes, %i of them unready, is %s', (nodes, unready, expected) => {
    expect(zoneState(nodes, unready, options)).toBe(expected);
  });

  it.each([
    ['normal', 10, 0.1],
    ['full', 10, 0.1],
    ['partial', 50, 0],
    ['partial', 51, 0.01],
  ] as const)('that is %s, of %i nodes, is evicted at %f nodes a second', (state, nodes, rate) => {
    expect(evictionRate(state, nodes, options)).toBe(rate);
  });

  it('is named by region and zone, by the older labels, too', () => {
    expect(zoneOf(node('a'))).toBe('');
    expect(zoneOf(inZone('a', 'z'))).toBe(':z');
    expect(zoneOf(node('a', { 'failure-domain.beta.kubernetes.io/region': 'r' }))).toBe('r:');
  });
});

describe('several zones', () => {
  it('go on being evicted where one is wholly down, and not at all where all are', () => {
    const zones = new Zones(options);
    zones.put(inZone('a', '1'), false);
    zones.put(inZone('b', '2'), true);
    expect([zones.allDown, ...zones.rates()]).toEqual([false, [':1', 0.1], [':2', 0.1]]);
    zones.put(inZone('b', '2'), false);
    expect([zones.allDown, ...zones.rates()]).toEqual([true, [':1', 0], [':2', 0]]);
    zones.remove('b');
    zones.put(inZone('a', '3'), true);
    expect([zones.allDown, ...zones.rates()]).toEqual([false, [':3', 0.1]]);
    expect([zones.members(':3'), zones.isUnready('a'), zones.isUnready('b')]).toEqual([['a'], false, false]);
  });
});
