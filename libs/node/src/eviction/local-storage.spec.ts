import { describe, expect, it } from 'vitest';
import type { V1Pod, V1PodSpec } from '@gantry/api';
import { hasStorageLimit, storageExcess } from './local-storage.ts';

const Mi = 2 ** 20;
const limited = (name: string, limit?: string) => ({
  name,
  ...(limit ? { resources: { limits: { 'ephemeral-storage': limit } } } : {}),
});
const pod = (spec: Partial<V1PodSpec>): V1Pod =>
  ({ metadata: { name: 'p' }, spec: { containers: [limited('a')], ...spec } }) as V1Pod;
const use = (volumes: object, containers: object, podBytes: number) => ({
  volumes: new Map(Object.entries(volumes)),
  containers: new Map(Object.entries(containers)),
  podBytes,
});
const volume = (sizeLimit?: string, medium?: string) => ({
  name: 'v',
  emptyDir: { ...(sizeLimit ? { sizeLimit } : {}), ...(medium ? { medium } : {}) },
});

describe('local storage', () => {
  it.each<[string, V1Pod, ReturnType<typeof use>, string | undefined]>([
    ['up to its limit', pod({ volumes: [volume('1Mi')] }), use({ v: Mi }, {}, Mi), undefined],
    [
      'beyond the limit of an emptyDir',
      pod({ volumes: [volume('1024Ki')] }),
      use({ v: Mi + 1 }, {}, Mi + 1),
      'Usage of EmptyDir volume "v" exceeds the limit "1Mi". ',
    ],
    ['of an emptyDir without one', pod({ volumes: [volume()] }), use({ v: 9 * Mi }, {}, 9 * Mi), undefined],
    ['of an emptyDir whose limit is 0', pod({ volumes: [volume('0')] }), use({ v: Mi }, {}, Mi), undefined],
    [
      'beyond the sum of all containers',
      pod({ containers: [limited('a', '1Mi'), limited('b', '1Mi')] }),
      use({}, { a: Mi, b: Mi }, 3 * Mi),
      'Pod ephemeral local storage usage exceeds the total limit of containers 2Mi. ',
    ],
    [
      'beyond the sum, written as it was',
      pod({ containers: [limited('a', '1M'), limited('b')] }),
      use({}, {}, 2 * Mi),
      'Pod ephemeral local storage usage exceeds the total limit of containers 1M. ',
    ],
    [
      'of one container at the cost of the other',
      pod({ containers: [limited('a', '1Mi'), limited('b', '4Mi')] }),
      use({}, { a: 2 * Mi, b: 0 }, 2 * Mi),
      'Container a exceeded its local ephemeral storage limit "1Mi". ',
    ],
    [
      "of the system's own pods",
      pod({ priority: 2_000_001_000, volumes: [volume('1Mi')] }),
      use({ v: 9 * Mi }, {}, 9 * Mi),
      undefined,
    ],
  ])('%s', (_what, of, used, message) => expect(storageExcess(of, used)?.message).toBe(message));

  it.each<[Partial<V1PodSpec>, boolean]>([
    [{}, false],
    [{ volumes: [volume()] }, false],
    [{ volumes: [volume('1Mi')] }, true],
    // The kernel sees to it.
    [{ volumes: [volume('1Mi', 'Memory')] }, false],
    [{ containers: [limited('a', '1Gi')] }, true],
    [{ initContainers: [limited('i', '1Gi')] }, true],
  ])('of %j has to be looked at: %s', (spec, expected) => expect(hasStorageLimit(pod(spec))).toBe(expected));
});
