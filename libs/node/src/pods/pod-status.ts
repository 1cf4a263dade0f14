import { timestamp } from '@gantry/base';
import {
  qosClass,
  type V1ContainerState,
  type V1ContainerStateTerminated,
  type V1ContainerStatus,
  type V1Pod,
  type V1PodCondition,
  type V1PodStatus,
} from '@gantry/api';
import { restarts, type ContainerFacts } from './plan.ts';

/** What is known of one container, as far as its status needs it. */
export interface ContainerView extends ContainerFacts {
  image: string;
  imageId?: string | undefined;
  containerId?: string | undefined;
  restartCount: number;
  startedAtMs?: number | undefined;
  /** When `exited`. */
  terminated?: V1ContainerStateTerminated | undefined;
  last?: V1ContainerStateTerminated | undefined;
  /** Why it does not run yet or again. */
  waiting?: { reason: string; message?: string | undefined } | undefined;
  /** Its readiness probe succeeds, or it has none. */
  ready: boolean;
}

export interface PodView {
  pod: V1Pod;
  containers: readonly ContainerView[];
  nodeIp: string;
  podIps: readonly string[];
  sandboxReady: boolean;
  initialized: boolean;
  over?: 'Succeeded' | 'Failed' | undefined;
  reason?: string | undefined;
  message?: string | undefined;
  /** The node never meant to run it: nothing is said of its containers, conditions and addresses. */
  rejected?: boolean | undefined;
  deleting: boolean;
  startedAtMs: number;
  nowMs: number;
  /** What was said before: times of conditions that have not changed are taken from it. */
  before: V1PodStatus | undefined;
}

/** The status of a pod, in the words of the kubelet (pkg/kubelet/status/generate.go, kubelet_pods.go). */
export function podStatus(view: PodView): V1PodStatus {
  const { pod, containers, before, nowMs } = view;
  const generation = pod.metadata.generation;
  const common = {
    ...(generation !== undefined ? { observedGeneration: generation } : {}),
    ...(view.reason ? { reason: view.reason } : {}),
    ...(view.message ? { message: view.message } : {}),
    startTime: before?.startTime ?? timestamp(view.startedAtMs),
    qosClass: qosClass(pod),
  };
  if (view.rejected) return { phase: 'Failed', ...common };
  const apps = containers.filter(({ kind }) => kind === 'app');
  const inits = containers.filter(({ kind }) => kind !== 'app');
  const phase = podPhase(view);
  const statuses = (list: readonly ContainerView[]) => list.map((each) => containerStatus(each, view, phase));
  const conditions: V1PodCondition[] = [];
  const condition = (type: string, ok: boolean, reason?: string, message?: string) => {
    const status = ok ? 'True' : 'False';
    const old = before?.conditions?.find((each) => each.type === type);
    conditions.push({
      type,
      status,
      ...(reason && !(ok && reason !== 'PodCompleted') ? { reason } : {}),
      ...(message && !ok ? { message } : {}),
      lastTransitionTime: (old?.status === status && old.lastTransitionTime) || timestamp(nowMs),
    });
  };

  condition('PodReadyToStartContainers', view.sandboxReady);
  const completed = phase === 'Succeeded';
  const unfinished = inits.filter((each) =>
    each.kind === 'sidecar' ? !each.started : !(each.state === 'exited' && each.exitCode === 0),
  );
  if (completed) condition('Initialized', true, 'PodCompleted');
  else if (view.initialized || unfinished.length === 0) condition('Initialized', true);
  else
    condition(
      'Initialized',
      false,
      'ContainersNotInitialized',
      `containers with incomplete status: [${unfinished.map(({ name }) => name).join(' ')}]`,
    );
  const counted = [...inits.filter(({ kind }) => kind === 'sidecar'), ...apps];
  // One that was told to end still serves until it has.
  const unready = counted.filter((each) => !(isUp(each) && each.ready));
  const unreadyMessage = `containers with unready status: [${unready.map(({ name }) => name).join(' ')}]`;
  const containersReady = unready.length === 0 && phase !== 'Failed' && !completed;
  const gates = pod.spec?.readinessGates ?? [];
  const missing = gates
    .map(({ conditionType }) => ({
      conditionType,
      status: pod.status?.conditions?.find(({ type }) => type === conditionType)?.status,
    }))
    .filter(({ status }) => status !== 'True');
  const terminal = completed ? 'PodCompleted' : phase === 'Failed' ? 'PodFailed' : undefined;
  if (!containersReady)
    condition('Ready', false, terminal ?? 'ContainersNotReady', terminal ? undefined : unreadyMessage);
  else if (missing.length > 0)
    condition(
      'Ready',
      false,
      'ReadinessGatesNotReady',
      missing
        .map(({ conditionType, status }) =>
          status === undefined
            ? `corresponding condition of pod readiness gate "${conditionType}" does not exist.`
            : `the status of pod readiness gate "${conditionType}" is not "True", but ${status}`,
        )
        .join(', '),
    );
  else condition('Ready', true);
  condition(
    'ContainersReady',
    containersReady,
    terminal ?? 'ContainersNotReady',
    terminal ? undefined : unreadyMessage,
  );
  condition('PodScheduled', true);
  const addresses = [...view.podIps];
  return {
    phase,
    ...common,
    conditions,
    hostIP: view.nodeIp,
    hostIPs: [{ ip: view.nodeIp }],
    ...(addresses[0] !== undefined ? { podIP: addresses[0], podIPs: addresses.map((ip) => ({ ip })) } : {}),
    ...(inits.length > 0 ? { initContainerStatuses: statuses(inits) } : {}),
    containerStatuses: statuses(apps),
  };
}

/** The kubelet's getPhase. */
export function podPhase(view: PodView): NonNullable<V1PodStatus['phase']> {
  if (view.over) return view.over;
  const apps = view.containers.filter(({ kind }) => kind === 'app');
  const policy = (view.pod.spec?.restartPolicy ?? 'Always') as 'Always' | 'OnFailure' | 'Never';
  const neverRan = apps.filter(
    (each) => !each.last && !each.terminated && (each.state === 'none' || each.state === 'starting'),
  ).length;
  const running = apps.filter(isUp).length;
  if (!view.initialized) return 'Pending';
  if (view.deleting && running === 0 && apps.every(({ state }) => state === 'exited' || state === 'none'))
    return apps.every((each) => each.state === 'exited' && each.exitCode === 0)
      ? 'Succeeded'
      : apps.some(({ state }) => state === 'exited')
        ? 'Failed'
        : 'Pending';
  if (neverRan > 0) return 'Pending';
  if (running > 0) return 'Running';
  if (apps.some((each) => restarts(policy, each))) return 'Running';
  return apps.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed';
}

/** Why a container that is on its way does not run yet. As upstream: with init containers, all wait for the pod to be initialized. */
export function creatingReason(containers: readonly Pick<ContainerFacts, 'kind'>[]): string {
  return containers.some(({ kind }) => kind !== 'app') ? 'PodInitializing' : 'ContainerCreating';
}

const isUp = ({ state }: ContainerView) => state === 'running' || state === 'stopping';

function containerStatus(container: ContainerView, view: PodView, phase: string): V1ContainerStatus {
  const { state, waiting, terminated, restartCount } = container;
  const ended = phase === 'Succeeded' || phase === 'Failed' || view.deleting;
  // Of one that is to run again it is not said that it has ended: how it did is its last state.
  const again = state === 'exited' && !ended && (waiting !== undefined || container.outdated);
  const last = terminated ?? container.last;
  let lastState: V1ContainerState = last ? { terminated: last } : {};
  let now: V1ContainerState;
  if (isUp(container)) now = { running: { startedAt: timestamp(container.startedAtMs ?? view.nowMs) } };
  else if (state === 'exited' && terminated && !again) {
    now = { terminated };
    lastState = container.last ? { terminated: container.last } : {};
  } else {
    const said = waiting?.reason === 'ContainerCreating' ? undefined : waiting?.reason;
    const reason = said ?? (last && state === 'none' ? 'CrashLoopBackOff' : creatingReason(view.containers));
    now = { waiting: waiting?.message ? { ...waiting } : { reason } };
  }
  const up = isUp(container);
  const done = container.kind === 'init' && state === 'exited' && container.exitCode === 0;
  return {
    name: container.name,
    state: now,
    lastState,
    ready: done || (up && container.ready),
    restartCount,
    image: container.image,
    imageID: container.imageId ?? '',
    ...(container.containerId ? { containerID: container.containerId } : {}),
    started: up && container.started,
  };
}
