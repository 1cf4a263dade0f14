import type { V1ContainerStateTerminated, V1Pod } from '@gantry/api';
import { describe, expect, it } from 'vitest';
import { podStatus, type ContainerView, type PodView } from './pod-status.ts';

const ended = (exitCode: number): V1ContainerStateTerminated => ({ exitCode, reason: 'Completed' });
const container = (more: Partial<ContainerView>): ContainerView => ({
  name: 'main',
  kind: 'app',
  state: 'running',
  started: true,
  ready: true,
  image: 'web:1',
  restartCount: 0,
  ...more,
});
const view = (restartPolicy: string, more: Partial<ContainerView>): PodView => ({
  pod: {
    metadata: { name: 'web', uid: 'u' },
    spec: { restartPolicy, containers: [{ name: 'main', image: 'web:1' }] },
  } as V1Pod,
  containers: [container(more)],
  nodeIp: '10.0.0.1',
  podIps: ['10.1.0.1'],
  sandboxReady: true,
  initialized: true,
  deleting: false,
  startedAtMs: 0,
  nowMs: 1_000,
  before: undefined,
});
const shown = (at: PodView) => {
  const { phase, containerStatuses } = podStatus(at);
  const { state, lastState } = containerStatuses![0]!;
  return { phase, state, lastState };
};

describe('podStatus', () => {
  it.each<[string, PodView, object]>([
    [
      'has ended',
      view('Never', { state: 'exited', exitCode: 0, terminated: ended(0), last: ended(3) }),
      { phase: 'Succeeded', state: { terminated: ended(0) }, lastState: { terminated: ended(3) } },
    ],
    [
      'waits to run again',
      view('Always', {
        state: 'exited',
        exitCode: 3,
        terminated: ended(3),
        waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' },
      }),
      {
        phase: 'Running',
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 10s' } },
        lastState: { terminated: ended(3) },
      },
    ],
    [
      'is being started again',
      view('OnFailure', { state: 'starting', exitCode: 3, terminated: ended(3) }),
      {
        phase: 'Running',
        state: { waiting: { reason: 'ContainerCreating' } },
        lastState: { terminated: ended(3) },
      },
    ],
    [
      'was ended to get another image, which no policy forbids',
      view('Never', { state: 'exited', exitCode: 0, terminated: ended(0), outdated: true }),
      {
        phase: 'Running',
        state: { waiting: { reason: 'ContainerCreating' } },
        lastState: { terminated: ended(0) },
      },
    ],
    [
      'gets its other image',
      view('Never', { state: 'starting', exitCode: 0, terminated: ended(0), outdated: true }),
      {
        phase: 'Running',
        state: { waiting: { reason: 'ContainerCreating' } },
        lastState: { terminated: ended(0) },
      },
    ],
    [
      'has never run',
      view('Always', { state: 'starting', waiting: { reason: 'ContainerCreating' } }),
      { phase: 'Pending', state: { waiting: { reason: 'ContainerCreating' } }, lastState: {} },
    ],
  ])('of a container that %s', (_what, at, expected) => expect(shown(at)).toEqual(expected));

  it('says of containers that wait for others in initializing that they do, as of those that initialize', () => {
    const init = container({
      name: 'i',
      kind: 'init',
      state: 'starting',
      waiting: { reason: 'ContainerCreating' },
    });
    const app = container({ state: 'none', started: false, ready: false });
    const status = podStatus({ ...view('Always', {}), containers: [init, app], initialized: false });
    expect([status.initContainerStatuses![0]!.state, status.containerStatuses![0]!.state]).toEqual(
      Array(2).fill({ waiting: { reason: 'PodInitializing' } }),
    );
  });

  it('says of a pod that the node did not take why, and nothing else', () => {
    const rejected = {
      over: 'Failed',
      reason: 'OutOfpods',
      message: 'Pod was rejected: …',
      rejected: true,
    } as const;
    expect(podStatus({ ...view('Always', { state: 'none' }), ...rejected })).toEqual({
      phase: 'Failed',
      reason: 'OutOfpods',
      message: 'Pod was rejected: …',
      startTime: '1970-01-01T00:00:00Z',
      qosClass: 'BestEffort',
    });
  });

  it('stays ready while its containers end, as its readiness probes say', () => {
    const conditions = (more: Partial<ContainerView>) =>
      podStatus({ ...view('Always', { state: 'stopping', ...more }), deleting: true })
        .conditions!.filter(({ type }) => type === 'Ready' || type === 'ContainersReady')
        .map(({ status }) => status);
    expect(conditions({})).toEqual(['True', 'True']);
    expect(conditions({ ready: false })).toEqual(['False', 'False']);
  });
});
