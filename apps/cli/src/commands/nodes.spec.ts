import type { Stored, V1Pod } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { changeTaints, drainVerdict, readTaint } from './nodes.ts';

describe('taints', () => {
  it.each([
    ['a=b:NoSchedule', { key: 'a', value: 'b', effect: 'NoSchedule', remove: false }],
    ['a:NoExecute', { key: 'a', effect: 'NoExecute', remove: false }],
    ['a:NoExecute-', { key: 'a', effect: 'NoExecute', remove: true }],
    ['a-', { key: 'a', remove: true }],
  ])('reads %s', (text, change) => {
    expect(readTaint(text)).toEqual(change);
  });

  it.each(['a', 'a=b', ':NoSchedule', 'a:Sometimes'])('refuses %s', (text) => {
    expect(() => readTaint(text)).toThrow('invalid taint spec');
  });

  it('adds, replaces when told, and removes', () => {
    const there = [{ key: 'a', value: '1', effect: 'NoSchedule' }];
    const added = { key: 'b', effect: 'NoExecute' };
    expect(changeTaints(there, [{ ...added, remove: false }], false)).toEqual([...there, added]);
    const changed = { key: 'a', value: '2', effect: 'NoSchedule' };
    expect(() => changeTaints(there, [{ ...changed, remove: false }], false)).toThrow('--overwrite is false');
    expect(changeTaints(there, [{ ...changed, remove: false }], true)).toEqual([changed]);
    expect(changeTaints(there, [{ key: 'a', remove: true }], false)).toEqual([]);
    expect(() => changeTaints(there, [{ key: 'c', remove: true }], false)).toThrow('not found');
  });
});

const pod = (change: { owner?: string; phase?: string; emptyDir?: boolean } = {}) =>
  ({
    metadata: {
      name: 'web',
      ...(change.owner
        ? {
            ownerReferences: [
              { kind: change.owner, name: 'x', uid: 'y', apiVersion: 'v1', controller: true },
            ],
          }
        : {}),
    },
    spec: { containers: [], ...(change.emptyDir ? { volumes: [{ name: 'w', emptyDir: {} }] } : {}) },
    status: { phase: change.phase ?? 'Running' },
  }) as unknown as Stored<V1Pod>;

describe('drain', () => {
  it('evicts pods that a controller will replace', () => {
    expect(drainVerdict(pod({ owner: 'ReplicaSet' }), {})).toEqual({ evict: true });
  });

  it.each([
    ['a bare pod', pod(), 'force' as const],
    ['a pod with an emptyDir', pod({ owner: 'ReplicaSet', emptyDir: true }), 'deleteEmptydirData' as const],
    ['a pod of a DaemonSet', pod({ owner: 'DaemonSet' }), 'ignoreDaemonsets' as const],
  ])('wants permission for %s', (_what, each, flag) => {
    expect(drainVerdict(each, {})).toHaveProperty('problem');
    expect(drainVerdict(each, { [flag]: true })).not.toHaveProperty('problem');
  });

  it('takes finished pods as no obstacle', () => {
    expect(drainVerdict(pod({ phase: 'Succeeded', emptyDir: true }), {})).toEqual({ evict: true });
  });
});
