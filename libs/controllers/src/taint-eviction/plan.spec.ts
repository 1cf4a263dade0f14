import type { V1Taint, V1Toleration } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { epochMs, examplePod } from '../testing/objects.ts';
import { evictionTimeMs } from './plan.ts';

const taint = (key: string, more: Partial<V1Taint> = {}): V1Taint => ({
  key,
  effect: 'NoExecute',
  timeAdded: '2026-01-01T00:00:00Z',
  ...more,
});
const podWith = (tolerations: V1Toleration[]) => {
  const pod = examplePod('p');
  return { ...pod, spec: { ...pod.spec, tolerations } };
};
const nowMs = epochMs + 60_000;

describe('the eviction of a pod', () => {
  it.each<[string, V1Toleration[], V1Taint[], number | undefined]>([
    [
      'does not come from taints that only keep others away',
      [],
      [taint('a', { effect: 'NoSchedule' })],
      undefined,
    ],
    ['is due at once when a taint is not tolerated', [{ key: 'b', operator: 'Exists' }], [taint('a')], 0],
    ['never comes for who tolerates for ever', [{ operator: 'Exists' }], [taint('a'), taint('b')], undefined],
    [
      'waits from when the taint was added',
      [{ key: 'a', operator: 'Exists', tolerationSeconds: 300 }],
      [taint('a')],
      epochMs + 300_000,
    ],
    [
      'comes with the shortest toleration',
      [
        { key: 'a', operator: 'Exists', tolerationSeconds: 300 },
        { key: 'b', operator: 'Exists', tolerationSeconds: 10 },
      ],
      [taint('a'), taint('b')],
      epochMs + 10_000,
    ],
    [
      'is due at once when tolerated for no time',
      [{ operator: 'Exists', tolerationSeconds: 0 }],
      [taint('a')],
      0,
    ],
  ])('%s', (_, tolerations, taints, expected) => {
    expect(evictionTimeMs(podWith(tolerations), taints, nowMs)).toBe(expected);
  });
});
