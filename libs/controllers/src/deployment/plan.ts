import {
  labelSelectorMatches,
  type Stored,
  type V1Deployment,
  type V1DeploymentCondition,
  type V1DeploymentStatus,
  type V1ReplicaSet,
} from '@gantry/api';
import { canonicalJson, templateHash, templateHashLabel, templateText } from '../shared/canonical.ts';
import { conditionOf, withCondition } from '../shared/conditions.ts';
import {
  byAge,
  desiredReplicasAnnotation,
  fenceposts,
  integerAnnotation,
  isRolling,
  maxReplicasAnnotation,
  newReplicaCount,
  replicasOf,
  revisionAnnotation,
  revisionHistoryAnnotation,
} from './replica-counts.ts';
import { rollingSizes } from './rollout.ts';
import { isScalingEvent, scaledSizes, type Sizes } from './scaling.ts';
import {
  countedStatus,
  deadlineMs,
  hasProgressDeadline,
  isComplete,
  progressCondition,
  rolloutStatus,
} from './status.ts';

export interface DeploymentView {
  deployment: Stored<V1Deployment>;
  /** Those it owns. */
  replicaSets: readonly Stored<V1ReplicaSet>[];
  /** True while a pod of that ReplicaSet runs or is still ending. Asked for Recreate only. */
  hasRunningPods(replicaSet: Stored<V1ReplicaSet>): boolean;
  nowMs: number;
}

export type DeploymentAction =
  /** `ownerReferences` are the controller's to add. */
  | { readonly type: 'create'; readonly replicaSet: V1ReplicaSet }
  | {
      readonly type: 'update';
      readonly replicaSet: Stored<V1ReplicaSet>;
      /** When the size changes. */
      readonly scaled?: { readonly from: number; readonly to: number };
    }
  | { readonly type: 'delete'; readonly replicaSet: Stored<V1ReplicaSet> };

export interface DeploymentPlan {
  /** In order; a failed one ends the round. */
  readonly actions: readonly DeploymentAction[];
  readonly status: V1DeploymentStatus;
  readonly statusChanged: boolean;
  /** The value that the revision annotation lacks. Written last: it says that the rest was done. */
  readonly revision?: string;
  /** When time alone may change the outcome. */
  readonly recheckAfterMs?: number;
}

/** The next step of a Deployment (upstream `pkg/controller/deployment`). */
export function plan(view: DeploymentView): DeploymentPlan {
  const { deployment, nowMs } = view;
  const newSet = findNewSet(deployment, view.replicaSets);
  const oldSets = view.replicaSets.filter((each) => each !== newSet).sort(byAge);
  const all = newSet ? [...oldSets, newSet] : oldSets;
  const before = deployment.status?.conditions ?? [];
  if (deployment.metadata.deletionTimestamp !== undefined)
    return finish(view, [], countedStatus(deployment, all, newSet, before, nowMs));

  const revision = String(
    Math.max(0, ...oldSets.map((each) => integerAnnotation(each, revisionAnnotation) ?? 0)) + 1,
  );
  const conditions = pausedConditions(deployment, before, nowMs);
  const rescaled =
    deployment.spec.paused || isScalingEvent(deployment, all)
      ? scaledSizes(deployment, newSet, oldSets)
      : new Map();
  if (deployment.spec.paused || rescaled.size > 0) {
    const actions = updates(deployment, newSet, all, rescaled, revision);
    const removals = deployment.spec.paused ? surplusHistory(deployment, oldSets) : [];
    const status = countedStatus(deployment, withActions(all, actions), newSet, conditions, nowMs);
    return finish(view, [...actions, ...removals], status, newSet && revisionOf(newSet, revision));
  }
  if (!newSet) return planWithoutNewSet(view, oldSets, conditions, revision);

  const sizes = isRolling(deployment)
    ? rollingSizes(deployment, newSet, oldSets)
    : recreateSizes(view, newSet, oldSets);
  const actions = updates(deployment, newSet, all, sizes, revision);
  const removals =
    actions.length === 0 && isComplete(deployment, deployment.status ?? {})
      ? surplusHistory(deployment, oldSets)
      : [];
  const status = rolloutStatus(
    deployment,
    withActions(all, actions),
    newSet,
    foundConditions(deployment, newSet, conditions, revision, nowMs),
    nowMs,
  );
  return finish(view, [...actions, ...removals], status, revisionOf(newSet, revision));
}

/** The first, by age, that has the template: after a hash collision in an older version there may be two. */
function findNewSet(
  deployment: Stored<V1Deployment>,
  sets: readonly Stored<V1ReplicaSet>[],
): Stored<V1ReplicaSet> | undefined {
  const wanted = templateText(deployment.spec.template);
  return [...sets].sort(byAge).find((each) => templateText(each.spec.template ?? {}) === wanted);
}

function planWithoutNewSet(
  view: DeploymentView,
  oldSets: readonly Stored<V1ReplicaSet>[],
  conditions: readonly V1DeploymentCondition[],
  revision: string,
): DeploymentPlan {
  const { deployment, nowMs } = view;
  if (!isRolling(deployment)) {
    const sizes: Sizes = new Map(oldSets.filter((each) => replicasOf(each) > 0).map((each) => [each, 0]));
    if (sizes.size > 0 || oldSets.some((each) => view.hasRunningPods(each))) {
      const actions = updates(deployment, undefined, oldSets, sizes, revision);
      return finish(
        view,
        actions,
        rolloutStatus(deployment, withActions(oldSets, actions), undefined, conditions, nowMs),
      );
    }
  }
  const created = newReplicaSet(deployment, oldSets, revision);
  const withProgress = hasProgressDeadline(deployment)
    ? withCondition(
        conditions,
        progressCondition(
          'True',
          'NewReplicaSetCreated',
          `Created new replica set "${created.metadata.name}"`,
          nowMs,
        ),
        nowMs,
      )
    : conditions;
  const status = rolloutStatus(deployment, [...oldSets, created], created, withProgress, nowMs);
  return finish(view, [{ type: 'create', replicaSet: created }], status, revision);
}

function recreateSizes(
  view: DeploymentView,
  newSet: Stored<V1ReplicaSet>,
  oldSets: readonly Stored<V1ReplicaSet>[],
): Sizes {
  const active = oldSets.filter((each) => replicasOf(each) > 0);
  if (active.length > 0) return new Map(active.map((each) => [each, 0]));
  if (oldSets.some((each) => view.hasRunningPods(each))) return new Map();
  return new Map([[newSet, replicasOf(view.deployment)]]);
}

function newReplicaSet(
  deployment: Stored<V1Deployment>,
  oldSets: readonly Stored<V1ReplicaSet>[],
  revision: string,
): V1ReplicaSet {
  const { name, namespace } = deployment.metadata;
  const hash = templateHash(deployment.spec.template, deployment.status?.collisionCount ?? 0);
  const template = structuredClone(deployment.spec.template);
  const labels = { ...template.metadata?.labels, [templateHashLabel]: hash };
  template.metadata = { ...template.metadata, labels };
  const selector = structuredClone(deployment.spec.selector);
  selector.matchLabels = { ...selector.matchLabels, [templateHashLabel]: hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...(namespace ? { namespace } : {}),
      name: `${name}-${hash}`,
      labels,
      annotations: {
        ...inheritedAnnotations(deployment),
        [revisionAnnotation]: revision,
        ...sizeAnnotations(deployment),
      },
    },
    spec: {
      replicas: newReplicaCount(deployment, oldSets, 0),
      ...(deployment.spec.minReadySeconds ? { minReadySeconds: deployment.spec.minReadySeconds } : {}),
      selector,
      template,
    },
  };
}

/** The writes that give the ReplicaSets these sizes, and the new one the annotations it should have. */
function updates(
  deployment: Stored<V1Deployment>,
  newSet: Stored<V1ReplicaSet> | undefined,
  all: readonly Stored<V1ReplicaSet>[],
  sizes: Sizes,
  revision: string,
): DeploymentAction[] {
  const actions: DeploymentAction[] = [];
  for (const set of all) {
    const size = sizes.get(set);
    const from = replicasOf(set);
    const annotations = {
      ...set.metadata.annotations,
      ...(set === newSet
        ? { ...inheritedAnnotations(deployment), ...revisionAnnotations(set, revision) }
        : {}),
      ...(size === undefined ? {} : sizeAnnotations(deployment)),
    };
    const minReadySeconds =
      set === newSet ? (deployment.spec.minReadySeconds ?? 0) : (set.spec.minReadySeconds ?? 0);
    const same =
      (size ?? from) === from &&
      minReadySeconds === (set.spec.minReadySeconds ?? 0) &&
      canonicalJson(annotations) === canonicalJson(set.metadata.annotations ?? {});
    if (same) continue;
    const replicaSet = {
      ...set,
      metadata: { ...set.metadata, annotations },
      spec: { ...set.spec, replicas: size ?? from, minReadySeconds },
    };
    actions.push({
      type: 'update',
      replicaSet,
      ...(size !== undefined && size !== from ? { scaled: { from, to: size } } : {}),
    });
  }
  return actions;
}

/** The sets as they will be after the updates, with the status they have now. */
function withActions(
  all: readonly Stored<V1ReplicaSet>[],
  actions: readonly DeploymentAction[],
): V1ReplicaSet[] {
  const updated = new Map<string, V1ReplicaSet>();
  for (const action of actions)
    if (action.type === 'update') updated.set(action.replicaSet.metadata.uid, action.replicaSet);
  return all.map((each) => updated.get(each.metadata.uid) ?? each);
}

/** Not handed down to ReplicaSets: they say something of the Deployment itself, or of one ReplicaSet only. */
const ownAnnotations = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  revisionHistoryAnnotation,
  desiredReplicasAnnotation,
  maxReplicasAnnotation,
  'deprecated.deployment.rollback.to',
]);

function inheritedAnnotations(deployment: V1Deployment): Record<string, string> {
  return Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(([name]) => !ownAnnotations.has(name)),
  );
}

function sizeAnnotations(deployment: V1Deployment): Record<string, string> {
  const replicas = replicasOf(deployment);
  return {
    [desiredReplicasAnnotation]: String(replicas),
    [maxReplicasAnnotation]: String(replicas + fenceposts(deployment).maxSurge),
  };
}

/** A revision only grows; those that a ReplicaSet had before (it was rolled back to) are kept as its history. */
function revisionAnnotations(set: Stored<V1ReplicaSet>, revision: string): Record<string, string> {
  const before = integerAnnotation(set, revisionAnnotation);
  if (before !== undefined && before >= Number(revision)) return {};
  const history = set.metadata.annotations?.[revisionHistoryAnnotation];
  return {
    [revisionAnnotation]: revision,
    ...(before === undefined
      ? {}
      : { [revisionHistoryAnnotation]: history ? `${history},${before}` : String(before) }),
  };
}

function revisionOf(newSet: Stored<V1ReplicaSet>, revision: string): string {
  return String(Math.max(Number(revision), integerAnnotation(newSet, revisionAnnotation) ?? 0));
}

/** Old ReplicaSets beyond `revisionHistoryLimit`, oldest revision first, that nothing depends on any more. */
function surplusHistory(
  deployment: V1Deployment,
  oldSets: readonly Stored<V1ReplicaSet>[],
): DeploymentAction[] {
  const limit = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === 0x7fffffff) return [];
  const alive = oldSets.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return alive
    .map((replicaSet) => ({ replicaSet, revision: integerAnnotation(replicaSet, revisionAnnotation) ?? 0 }))
    .sort((a, b) => a.revision - b.revision || byAge(a.replicaSet, b.replicaSet))
    .slice(0, Math.max(0, alive.length - limit))
    .filter(
      ({ replicaSet: { metadata, spec, status } }) =>
        spec.replicas === 0 &&
        (status?.replicas ?? 0) === 0 &&
        (status?.observedGeneration ?? 0) >= (metadata.generation ?? 0),
    )
    .map(({ replicaSet }) => ({ type: 'delete', replicaSet }));
}

function pausedConditions(
  deployment: V1Deployment,
  conditions: readonly V1DeploymentCondition[],
  nowMs: number,
): readonly V1DeploymentCondition[] {
  if (!hasProgressDeadline(deployment)) return conditions;
  const progressing = conditionOf(conditions, 'Progressing');
  // A rollout that has failed stays failed until its template changes.
  if (progressing?.reason === 'ProgressDeadlineExceeded') return conditions;
  const wasPaused = progressing?.reason === 'DeploymentPaused';
  if (deployment.spec.paused && !wasPaused)
    return withCondition(
      conditions,
      progressCondition('Unknown', 'DeploymentPaused', 'Deployment is paused', nowMs),
      nowMs,
    );
  if (!deployment.spec.paused && wasPaused)
    return withCondition(
      conditions,
      progressCondition('Unknown', 'DeploymentResumed', 'Deployment is resumed', nowMs),
      nowMs,
    );
  return conditions;
}

/**
 * A ReplicaSet of this template exists already: after a rollback, or when we were stopped between creating it and saying so. While
 * the Deployment's revision lags behind, a condition that speaks of the last rollout must not pass for one of this.
 */
function foundConditions(
  deployment: V1Deployment,
  newSet: Stored<V1ReplicaSet>,
  conditions: readonly V1DeploymentCondition[],
  revision: string,
  nowMs: number,
): readonly V1DeploymentCondition[] {
  if (!hasProgressDeadline(deployment)) return conditions;
  const progressing = conditionOf(conditions, 'Progressing');
  const reasonOfLast =
    progressing?.reason === 'NewReplicaSetAvailable' || progressing?.reason === 'ProgressDeadlineExceeded';
  const lagging = deployment.metadata.annotations?.[revisionAnnotation] !== revisionOf(newSet, revision);
  if (progressing && !(reasonOfLast && lagging)) return conditions;
  return withCondition(
    conditions,
    progressCondition('True', 'FoundNewReplicaSet', `Found new replica set "${newSet.metadata.name}"`, nowMs),
    nowMs,
  );
}

function finish(
  { deployment, nowMs }: DeploymentView,
  actions: readonly DeploymentAction[],
  status: V1DeploymentStatus,
  revision?: string,
): DeploymentPlan {
  const dueMs = deployment.spec.paused ? undefined : deadlineMs(deployment, status);
  return {
    actions,
    status,
    statusChanged: canonicalJson(status) !== canonicalJson(deployment.status ?? {}),
    ...(revision !== undefined && deployment.metadata.annotations?.[revisionAnnotation] !== revision
      ? { revision }
      : {}),
    // A second more: times are kept in whole seconds.
    ...(dueMs !== undefined ? { recheckAfterMs: Math.max(1000, dueMs - nowMs + 1000) } : {}),
  };
}

/** An empty selector selects everything, which no Deployment may. */
export function selectsEverything(deployment: V1Deployment): boolean {
  const { matchLabels, matchExpressions } = deployment.spec.selector;
  return Object.keys(matchLabels ?? {}).length === 0 && (matchExpressions ?? []).length === 0;
}

export function belongsTo(deployment: V1Deployment, replicaSet: V1ReplicaSet): boolean {
  return labelSelectorMatches(deployment.spec.selector, replicaSet.metadata.labels);
}
