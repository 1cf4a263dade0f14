import type { V1ContainerRestartRule } from '@gantry/api';

/** What is known of one container of a pod, as far as deciding the next step needs it. */
export interface ContainerFacts {
  name: string;
  /** `sidecar`: an init container with restartPolicy Always (KEP-753). */
  kind: 'init' | 'sidecar' | 'app';
  /** Its own policy, which goes before its pod's, and the rules that go before that (KEP-5307). */
  restartPolicy?: RestartPolicy | undefined;
  restartPolicyRules?: readonly V1ContainerRestartRule[] | undefined;
  /** `starting` and `stopping`: somebody is at it. */
  state: 'none' | 'starting' | 'running' | 'stopping' | 'exited';
  /** When `exited`. */
  exitCode?: number | undefined;
  /** A start may not be tried before, in milliseconds since the epoch. */
  retryAtMs?: number | undefined;
  /** Its startup probe and postStart hook are through (or it has none). */
  started: boolean;
  /** A probe found it dead. */
  unhealthy?: boolean | undefined;
  /** It runs another image than its pod asks for by now; or it was stopped for that reason and has not been started since. */
  outdated?: boolean | undefined;
}

export type RestartPolicy = 'Always' | 'OnFailure' | 'Never';

export interface PodFacts {
  restartPolicy: RestartPolicy;
  /** Init containers and sidecars in their order, then the others. */
  containers: readonly ContainerFacts[];
  /** Its object is being deleted, or is gone. */
  deleting: boolean;
  /** Its containers have been told to end, and their time to do so is over. */
  outOfGrace?: boolean | undefined;
  /** activeDeadlineSeconds, as a time. */
  deadlineAtMs?: number | undefined;
  /** Sandbox, volumes and cgroups stand. */
  prepared: boolean;
  /** Preparing is under way, or may not be tried again yet. */
  preparing: boolean;
  /** It has come to its end before: nothing is started any more. */
  over?: 'Succeeded' | 'Failed' | undefined;
  nowMs: number;
}

export type Step =
  | { do: 'prepare' }
  | { do: 'start'; container: string }
  | { do: 'stop'; container: string; why: 'deleted' | 'unhealthy' | 'outdated' | 'over' | 'deadline' }
  /** Nothing runs any more: sandbox, volumes and cgroups may go. */
  | { do: 'tearDown' };

export interface Plan {
  steps: Step[];
  /** Look again at this time, though nothing may have happened. */
  wakeAtMs?: number;
  /** All init containers are through. */
  initialized: boolean;
  over?: 'Succeeded' | 'Failed';
  /** Why it is over, where the containers do not say. */
  reason?: 'DeadlineExceeded';
}

/** It runs, or somebody is at making or ending it. */
export const isLive = ({ state }: Pick<ContainerFacts, 'state'>) =>
  state === 'starting' || state === 'running' || state === 'stopping';

/**
 * Whether a container that has ended is to run again. One that was stopped to get another image is, whatever the policy says; otherwise its
 * own rules come first, then its own policy, then its pod's (k8s.io/kubernetes pkg/api/v1/pod, ContainerShouldRestart).
 */
export function restarts(
  policy: RestartPolicy,
  container: Pick<ContainerFacts, 'kind' | 'exitCode' | 'outdated' | 'restartPolicy' | 'restartPolicyRules'>,
): boolean {
  const { kind, exitCode = 1, restartPolicy = policy, restartPolicyRules = [] } = container;
  if (kind === 'sidecar' || container.outdated) return true;
  const initDone = kind === 'init' && exitCode === 0;
  if (!initDone && restartPolicyRules.some((rule) => asksForRestart(rule, exitCode))) return true;
  if (restartPolicy === 'Never' || initDone) return false;
  return kind === 'init' || restartPolicy === 'Always' || exitCode !== 0;
}

function asksForRestart({ action, exitCodes }: V1ContainerRestartRule, exitCode: number): boolean {
  const listed = exitCodes?.values?.includes(exitCode) ?? false;
  return action === 'Restart' && exitCodes !== undefined && listed === (exitCodes.operator === 'In');
}

/**
 * Decides what to do next for a pod: pure, so that it can be tried on any state. Steps already under way are not said again.
 *
 *     prepare ─▶ init containers one by one, sidecars beside them ─▶ all others at once ─▶ over ─▶ stop sidecars ─▶ tearDown
 *        any state ──deleted, deadline──▶ stop all but sidecars ─▶ stop sidecars, the last first ─▶ tearDown
 */
export function planPod(facts: PodFacts): Plan {
  const { containers, restartPolicy, nowMs } = facts;
  const apps = containers.filter(({ kind }) => kind === 'app');
  const inits = containers.filter(({ kind }) => kind !== 'app');
  // A container that has run proves that those before it are through, also when they are no longer known.
  const initialized =
    apps.some(({ state }) => state !== 'none') ||
    inits.every((each) =>
      each.kind === 'init'
        ? each.state === 'exited' && each.exitCode === 0
        : each.state === 'running' && each.started,
    );
  const plan: Plan = { steps: [], initialized };
  const wake = (atMs: number) => (plan.wakeAtMs = Math.min(plan.wakeAtMs ?? Infinity, atMs));

  const late = facts.deadlineAtMs !== undefined && nowMs >= facts.deadlineAtMs;
  if (facts.over) plan.over = facts.over;
  else if (late && !facts.deleting) {
    plan.over = 'Failed';
    plan.reason = 'DeadlineExceeded';
  } else if (!facts.deleting) {
    const failedInit = inits.some(
      (each) =>
        each.kind === 'init' &&
        each.state === 'exited' &&
        each.exitCode !== 0 &&
        !restarts(restartPolicy, each),
    );
    const done =
      apps.length > 0 && apps.every((each) => each.state === 'exited' && !restarts(restartPolicy, each));
    if (!initialized && failedInit) plan.over = 'Failed';
    else if (done) plan.over = apps.every(({ exitCode }) => exitCode === 0) ? 'Succeeded' : 'Failed';
  }

  if (facts.deleting || plan.over) {
    const why = facts.deleting ? 'deleted' : plan.reason ? 'deadline' : 'over';
    const stop = (each: ContainerFacts) => {
      if (each.state === 'running' || each.state === 'starting')
        plan.steps.push({ do: 'stop', container: each.name, why });
    };
    const first = containers.filter((each) => each.kind !== 'sidecar' && isLive(each));
    const sidecars = containers.filter((each) => each.kind === 'sidecar' && isLive(each));
    if (first.length > 0) first.forEach(stop);
    // They end in turn as long as there is time for that.
    else if (sidecars.length > 0) (facts.outOfGrace ? sidecars : sidecars.slice(-1)).forEach(stop);
    else if (!facts.preparing) plan.steps.push({ do: 'tearDown' });
    return plan;
  }

  if (facts.deadlineAtMs !== undefined) wake(facts.deadlineAtMs);
  if (!facts.prepared) {
    if (!facts.preparing) plan.steps.push({ do: 'prepare' });
    return plan;
  }
  const start = (each: ContainerFacts) => {
    if (each.retryAtMs !== undefined && each.retryAtMs > nowMs) wake(each.retryAtMs);
    else plan.steps.push({ do: 'start', container: each.name });
  };
  for (const { name, state, unhealthy, outdated } of containers)
    if (state === 'running' && (unhealthy || outdated))
      plan.steps.push({ do: 'stop', container: name, why: outdated ? 'outdated' : 'unhealthy' });
  let blocked = false;
  for (const each of inits) {
    const ended = each.state === 'exited';
    if (each.kind === 'sidecar') {
      // A sidecar is kept running all along; the next in line waits only until it has started once.
      if (!blocked || initialized) {
        if (each.state === 'none' || ended) start(each);
        if (!(each.state === 'running' && each.started)) blocked = true;
      }
      continue;
    }
    if (initialized || blocked) continue;
    if (ended && each.exitCode === 0) continue;
    blocked = true;
    if (each.state === 'none' || (ended && restarts(restartPolicy, each))) start(each);
  }
  if (initialized)
    for (const each of apps)
      if (each.state === 'none' || (each.state === 'exited' && restarts(restartPolicy, each))) start(each);
  return plan;
}
