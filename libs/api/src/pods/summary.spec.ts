import { expect, it } from 'vitest';
import type { V1ContainerStatus, V1Pod } from '../gen/types.ts';
import { kinds } from '../kinds/index.ts';
import type { Stored } from '../object.ts';
import { podSummary } from './summary.ts';

const run = (part: Partial<V1ContainerStatus> = {}): V1ContainerStatus => ({
  name: 'main',
  image: '',
  imageID: '',
  ready: true,
  restartCount: 0,
  state: { running: {} },
  ...part,
});
const waits = (reason: string, part: Partial<V1ContainerStatus> = {}) =>
  run({ ready: false, state: { waiting: { reason } }, ...part });
const ended = (exitCode: number, reason?: string, signal?: number) =>
  run({
    ready: false,
    state: { terminated: { exitCode, ...(reason ? { reason } : {}), ...(signal ? { signal } : {}) } },
  });

interface Given {
  phase?: string;
  reason?: string;
  containers?: V1ContainerStatus[];
  init?: V1ContainerStatus[];
  sidecar?: boolean;
  deleted?: boolean;
  conditions?: { type: string; status: string; reason?: string }[];
}

function podOf({ containers = [run()], init, sidecar, deleted, ...status }: Given): Stored<V1Pod> {
  return {
    metadata: { name: 'p', ...(deleted ? { deletionTimestamp: 'x' } : {}) },
    spec: {
      containers: containers.map(() => ({ name: 'main' })),
      ...(init
        ? {
            initContainers: init.map(({ name }) => ({
              name,
              ...(sidecar ? { restartPolicy: 'Always' } : {}),
            })),
          }
        : {}),
    },
    status: {
      phase: 'Running',
      ...status,
      containerStatuses: containers,
      ...(init ? { initContainerStatuses: init } : {}),
    },
  } as Stored<V1Pod>;
}

it.each<[string, string, Given]>([
  ['1/1', 'Running', {}],
  ['0/1', 'Pending', { phase: 'Pending', containers: [run({ ready: false, state: {} })] }],
  ['0/1', 'ContainerCreating', { phase: 'Pending', containers: [waits('ContainerCreating')] }],
  ['0/1', 'CrashLoopBackOff', { containers: [waits('CrashLoopBackOff')] }],
  ['0/1', 'ErrImagePull', { phase: 'Pending', containers: [waits('ErrImagePull')] }],
  ['1/2', 'Error', { containers: [ended(1, 'Error'), run()] }],
  ['0/1', 'Completed', { phase: 'Succeeded', containers: [ended(0, 'Completed')] }],
  ['0/1', 'ExitCode:3', { phase: 'Failed', containers: [ended(3)] }],
  ['0/1', 'Signal:9', { phase: 'Failed', containers: [ended(137, undefined, 9)] }],
  [
    '1/2',
    'Running',
    { containers: [ended(0, 'Completed'), run()], conditions: [{ type: 'Ready', status: 'True' }] },
  ],
  ['1/2', 'NotReady', { containers: [ended(0, 'Completed'), run()] }],
  [
    '0/1',
    'Init:0/2',
    {
      phase: 'Pending',
      containers: [waits('PodInitializing')],
      init: [run({ name: 'a', ready: false }), waits('PodInitializing', { name: 'b' })],
    },
  ],
  [
    '0/1',
    'Init:1/2',
    {
      phase: 'Pending',
      containers: [waits('PodInitializing')],
      init: [{ ...ended(0), name: 'a' }, waits('PodInitializing', { name: 'b' })],
    },
  ],
  [
    '0/1',
    'Init:CrashLoopBackOff',
    {
      phase: 'Pending',
      containers: [waits('PodInitializing')],
      init: [waits('CrashLoopBackOff', { name: 'a' })],
    },
  ],
  [
    '0/1',
    'Init:Error',
    { phase: 'Pending', containers: [waits('PodInitializing')], init: [{ ...ended(1, 'Error'), name: 'a' }] },
  ],
  [
    '0/1',
    'Init:ExitCode:2',
    { phase: 'Pending', containers: [waits('PodInitializing')], init: [{ ...ended(2), name: 'a' }] },
  ],
  ['2/2', 'Running', { init: [run({ name: 's', started: true })], sidecar: true }],
  ['1/1', 'Terminating', { deleted: true }],
  ['0/1', 'Completed', { phase: 'Succeeded', deleted: true, containers: [ended(0, 'Completed')] }],
  ['1/1', 'Unknown', { deleted: true, reason: 'NodeLost' }],
  ['0/1', 'Evicted', { phase: 'Failed', reason: 'Evicted', containers: [run({ ready: false, state: {} })] }],
  [
    '0/1',
    'SchedulingGated',
    {
      phase: 'Pending',
      containers: [run({ ready: false, state: {} })],
      conditions: [{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' }],
    },
  ],
])('%s %s', (ready, status, given) => {
  const { readyContainers, totalContainers, status: found } = podSummary(podOf(given));
  expect([`${readyContainers}/${totalContainers}`, found]).toEqual([ready, status]);
});

it('counts restarts, and says how long ago the last was', () => {
  const lastState = { terminated: { exitCode: 1, finishedAt: '2026-01-01T00:55:00Z' } };
  const pod = podOf({ containers: [run({ restartCount: 2, lastState }), run({ restartCount: 1 })] });
  const column = kinds.pod.columns.find(({ name }) => name === 'Restarts')!;
  expect(column.value(pod, Date.parse('2026-01-01T01:00:00Z'))).toBe('3 (5m ago)');
  expect(column.value(podOf({}), 0)).toBe('0');
});
