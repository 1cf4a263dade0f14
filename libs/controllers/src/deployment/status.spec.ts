import type { Stored, V1Deployment } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { epochMs, exampleReplicaSet } from '../testing/objects.ts';
import { countedStatus } from './status.ts';

describe('the status of a Deployment', () => {
  const { metadata, spec } = exampleReplicaSet(0);
  const deployment: Stored<V1Deployment> = {
    metadata,
    spec: { replicas: 2, selector: spec.selector, template: {} },
  };
  const set = (terminatingReplicas?: number) => ({
    ...exampleReplicaSet(1),
    status: { replicas: 1, ...(terminatingReplicas === undefined ? {} : { terminatingReplicas }) },
  });

  it.each([
    ['the pods of all its ReplicaSets that are ending', [set(2), set(1)], 3],
    ['none without ReplicaSets', [], 0],
    ['nothing of them while one does not say', [set(2), set()], undefined],
  ])('counts %s', (_name, sets, count) => {
    const status = countedStatus(deployment, sets, sets[0], [], epochMs);
    expect(status.terminatingReplicas).toBe(count);
  });
});
