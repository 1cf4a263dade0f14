import { describe, expect, it } from 'vitest';
import type { V1Container } from './gen/types.ts';
import { podLimits, podRequests, qosClass } from './pod-resources.ts';

const asks = (cpu: string, memory: string, restartPolicy?: string): V1Container => ({
  name: 'x',
  resources: { requests: { cpu, memory } },
  ...(restartPolicy ? { restartPolicy } : {}),
});

describe('what a pod asks for', () => {
  it('is the sum of its containers and its overhead', () => {
    expect(
      podRequests({
        spec: {
          containers: [
            asks('100m', '1Gi'),
            {
              name: 'y',
              resources: { requests: { cpu: '1', 'ephemeral-storage': '1k', 'example.com/gpu': '2' } },
            },
          ],
          overhead: { cpu: '10m' },
        },
      }),
    ).toEqual({
      cpuMilli: 1110,
      memoryBytes: 2 ** 30,
      ephemeralBytes: 1000,
      extended: { 'example.com/gpu': 2 },
    });
  });

  it('is at least what the largest init container asks for, not their sum', () => {
    expect(
      podRequests({
        spec: { containers: [asks('1', '10')], initContainers: [asks('2', '1'), asks('3', '5')] },
      }),
    ).toMatchObject({ cpuMilli: 3000, memoryBytes: 10 });
  });

  it('counts sidecars with the containers, and with the init containers that start after them', () => {
    const spec = {
      containers: [asks('1', '0')],
      initContainers: [asks('3', '0'), asks('1', '0', 'Always'), asks('2500m', '0')],
    };
    expect(podRequests({ spec }).cpuMilli).toBe(3500);
    spec.containers = [asks('3', '0')];
    expect(podRequests({ spec }).cpuMilli).toBe(4000);
  });

  it('is what the pod itself names, where it does, and the overhead on top', () => {
    expect(
      podRequests({
        spec: { containers: [asks('1', '7')], resources: { requests: { cpu: '5' } }, overhead: { cpu: '1' } },
      }),
    ).toMatchObject({ cpuMilli: 6000, memoryBytes: 7 });
  });

  it('has no limit where no container has one, whatever the overhead', () => {
    const limited = {
      containers: [{ name: 'x', resources: { limits: { cpu: '1' } } }],
      overhead: { cpu: '1', memory: '5' },
    };
    expect(podLimits({ spec: limited })).toEqual({
      cpuMilli: 2000,
      memoryBytes: 0,
      ephemeralBytes: 0,
      extended: {},
    });
  });

  it('is not taken in by the name of a prototype', () => {
    const requests = JSON.parse('{"__proto__":"5","cpu":"1"}') as Record<string, string>;
    const found = podRequests({ spec: { containers: [{ name: 'x', resources: { requests } }] } });
    expect(Object.getPrototypeOf(found.extended)).toBe(Object.prototype);
    expect(found.cpuMilli).toBe(1000);
  });
});

describe('the class of a pod', () => {
  const of = (...resources: V1Container['resources'][]) =>
    qosClass({
      spec: { containers: resources.map((each) => ({ name: 'x', ...(each ? { resources: each } : {}) })) },
    });
  const both = { cpu: '1', memory: '1Gi' };

  it.each([
    ['BestEffort', of(undefined, {})],
    ['BestEffort', of({ requests: { 'example.com/gpu': '1' } })],
    ['Burstable', of({ requests: { cpu: '1' } })],
    ['Burstable', of({ limits: both }, {})],
    ['Burstable', of({ limits: both, requests: { ...both, cpu: '500m' } })],
    ['Guaranteed', of({ limits: both })],
    ['Guaranteed', of({ limits: both, requests: { cpu: '1000m', memory: '1024Mi' } })],
  ])('%s', (expected, found) => {
    expect(found).toBe(expected);
  });
});
