import { describe, expect, it } from 'vitest';
import type { V1Pod } from '@gantry/api';
import { containerLabels, identityOf, labelsOf, newestAttempts } from './container-labels.ts';

const pod = { metadata: { uid: 'u1', name: 'web', namespace: 'shop' } } as unknown as V1Pod;
const container = (id: string, name: string, attempt: number) => ({
  id,
  labels: labelsOf(pod, { name, attempt }),
});

describe('the labels of a container', () => {
  it('tell a later run of the agent what this one knew', () => {
    const image = { name: 'web:1', id: 'web@sha256:1', stopSignal: 'SIGQUIT' };
    const last = { exitCode: 1, reason: 'Error' };
    const identity = { name: 'main', attempt: 3, image, last };
    expect(identityOf({ labels: labelsOf(pod, identity) })).toEqual(identity);
  });

  it('are believed no further than they make sense', () => {
    const labels = { [containerLabels.image]: '{', [containerLabels.container]: 'main' };
    expect(identityOf({ labels })).toEqual({ name: 'main', attempt: 0, image: undefined, last: undefined });
  });

  it('tell which of a name is the newest, in whatever order they come', () => {
    const [a0, a1, a2, b] = [
      container('a0', 'a', 0),
      container('a1', 'a', 1),
      container('a2', 'a', 2),
      container('b0', 'b', 0),
    ] as const;
    const { newest, older } = newestAttempts([a1, b, a2, a0]);
    expect([...newest.values()].map(({ id }) => id)).toEqual(['a2', 'b0']);
    expect(older.map(({ id }) => id)).toEqual(['a1', 'a0']);
  });
});
