import type { V1Node } from '@gantry/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochMs } from '../testing/objects.ts';
import { plannedTaints, silentConditions } from './plan.ts';

const node = (conditions: [type: string, status: string][], spec: V1Node['spec'] = {}): V1Node => ({
  metadata: { name: 'n', creationTimestamp: '2026-01-01T00:00:00Z' },
  spec,
  status: { conditions: conditions.map(([type, status]) => ({ type, status })) },
});
const keys = (of: V1Node, options = {}) =>
  plannedTaints(of, { nowMs: epochMs, mayEvict: true, suspended: false, ...options })
    ?.map(({ key, effect }) => `${key.replace('node.kubernetes.io/', '')}:${effect}`)
    .sort();

describe('the taints of a node', () => {
  it.each<[string, V1Node, string[] | undefined]>([
    ['none when all is well', node([['Ready', 'True']]), undefined],
    ['not-ready', node([['Ready', 'False']]), ['not-ready:NoExecute', 'not-ready:NoSchedule']],
    ['unreachable', node([['Ready', 'Unknown']]), ['unreachable:NoExecute', 'unreachable:NoSchedule']],
    ['unschedulable', node([['Ready', 'True']], { unschedulable: true }), ['unschedulable:NoSchedule']],
    [
      'pressure, one for each',
      node([
        ['Ready', 'True'],
        ['MemoryPressure', 'True'],
        ['DiskPressure', 'True'],
        ['PIDPressure', 'True'],
        ['NetworkUnavailable', 'True'],
      ]),
      [
        'disk-pressure:NoSchedule',
        'memory-pressure:NoSchedule',
        'network-unavailable:NoSchedule',
        'pid-pressure:NoSchedule',
      ],
    ],
  ])('say %s', (_, of, expected) => expect(keys(of)).toEqual(expected));

  it('do not evict before it is the node’s turn, but swap the reason of an eviction at once', () => {
    expect(keys(node([['Ready', 'Unknown']]), { mayEvict: false })).toEqual(['unreachable:NoSchedule']);
    const evicted = node([['Ready', 'False']], {
      taints: [{ key: 'node.kubernetes.io/unreachable', effect: 'NoExecute' }],
    });
    expect(keys(evicted, { mayEvict: false })).toEqual(['not-ready:NoExecute', 'not-ready:NoSchedule']);
  });

  it('are stable, leave other people’s alone, and go when the cause goes', () => {
    const status = fc.constantFrom('True', 'False', 'Unknown');
    fc.assert(
      fc.property(
        status,
        status,
        status,
        fc.boolean(),
        fc.boolean(),
        (ready, memory, disk, unschedulable, suspended) => {
          const foreign = { key: 'dedicated', effect: 'NoExecute', value: 'db' };
          const before = node(
            [
              ['Ready', ready],
              ['MemoryPressure', memory],
              ['DiskPressure', disk],
            ],
            {
              taints: [foreign],
              unschedulable,
            },
          );
          const options = { nowMs: epochMs, mayEvict: true, suspended };
          const taints = plannedTaints(before, options) ?? before.spec.taints!;
          expect(taints).toContainEqual(foreign);
          const after = { ...before, spec: { ...before.spec, taints } };
          expect(plannedTaints(after, options)).toBeUndefined();
          const healthy = { ...node([['Ready', 'True']]), spec: { taints } };
          expect(plannedTaints(healthy, options) ?? taints).toEqual([foreign]);
        },
      ),
    );
  });
});

describe('the conditions of a silent node', () => {
  it('all become unknown, with upstream’s reasons, and then stay', () => {
    const conditions = silentConditions(
      node([
        ['Ready', 'True'],
        ['Custom', 'True'],
      ]),
      epochMs,
    )!;
    expect(conditions.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Ready', 'Unknown', 'NodeStatusUnknown'],
      ['Custom', 'True', undefined],
      ['MemoryPressure', 'Unknown', 'NodeStatusNeverUpdated'],
      ['DiskPressure', 'Unknown', 'NodeStatusNeverUpdated'],
      ['PIDPressure', 'Unknown', 'NodeStatusNeverUpdated'],
    ]);
    expect(silentConditions({ ...node([]), status: { conditions } }, epochMs)).toBeUndefined();
  });
});
