import type { V1ContainerState, V1ContainerStatus, V1Pod } from '../gen/types.ts';

/** What `kubectl get pods` says of a pod in few words. */
export interface PodSummary {
  readyContainers: number;
  totalContainers: number;
  /** `Running`, `Init:0/2`, `CrashLoopBackOff`, `Completed`, `Terminating` … */
  status: string;
  restarts: number;
  /** When the last restart was due: the end of the run before. */
  lastRestart: string | undefined;
}

// Three columns ask for the same; stored objects do not change.
const known = new WeakMap<V1Pod, PodSummary>();

/** Source: `pkg/printers/internalversion/printers.go` printPod. The pod must not change afterwards. */
export function podSummary(pod: V1Pod): PodSummary {
  let summary = known.get(pod);
  if (!summary) known.set(pod, (summary = summarize(pod)));
  return summary;
}

function summarize(pod: V1Pod): PodSummary {
  const { spec, status = {} } = pod;
  const sidecars = new Set(
    (spec.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  const summary: PodSummary = {
    readyContainers: 0,
    totalContainers: spec.containers.length + sidecars.size,
    status: status.reason || status.phase || '',
    restarts: 0,
    lastRestart: undefined,
  };
  const conditions = status.conditions ?? [];
  if (conditions.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated'))
    summary.status = 'SchedulingGated';

  const initializing = initialize(summary, pod, sidecars);
  const holds = (type: string) => conditions.some((each) => each.type === type && each.status === 'True');
  if (!initializing || holds('Initialized')) {
    summary.restarts = 0;
    summary.lastRestart = undefined;
    for (const container of status.initContainerStatuses ?? [])
      if (sidecars.has(container.name)) countRestarts(summary, container);
    let running = false;
    for (const container of (status.containerStatuses ?? []).toReversed()) {
      countRestarts(summary, container);
      const { waiting, terminated } = container.state ?? {};
      if (waiting?.reason) summary.status = waiting.reason;
      else if (terminated) summary.status = terminated.reason || ending(terminated);
      else if (container.ready && container.state?.running) {
        running = true;
        summary.readyContainers++;
      }
    }
    if (summary.status === 'Completed' && running) summary.status = holds('Ready') ? 'Running' : 'NotReady';
  }
  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') summary.status = 'Unknown';
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') summary.status = 'Terminating';
  }
  return summary;
}

/** Goes through the init containers up to the one that holds the pod; true when one does. */
function initialize(summary: PodSummary, pod: V1Pod, sidecars: ReadonlySet<string>): boolean {
  for (const [index, container] of (pod.status?.initContainerStatuses ?? []).entries()) {
    countRestarts(summary, container);
    const { waiting, terminated } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecars.has(container.name) && container.started) {
      if (container.ready) summary.readyContainers++;
      continue;
    }
    if (terminated) summary.status = `Init:${terminated.reason || ending(terminated)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing')
      summary.status = `Init:${waiting.reason}`;
    else summary.status = `Init:${index}/${pod.spec.initContainers?.length ?? 0}`;
    return true;
  }
  return false;
}

function countRestarts(summary: PodSummary, container: V1ContainerStatus): void {
  summary.restarts += container.restartCount;
  const finished = container.lastState?.terminated?.finishedAt;
  if (finished && (!summary.lastRestart || Date.parse(summary.lastRestart) < Date.parse(finished)))
    summary.lastRestart = finished;
}

function ending({ signal, exitCode }: NonNullable<V1ContainerState['terminated']>): string {
  return signal ? `Signal:${signal}` : `ExitCode:${exitCode}`;
}
