import { timestamp } from '@gantry/base';
import type { V1NamespaceCondition } from '@gantry/api';
import { conditionOf } from '../shared/conditions.ts';

/** What is left of one kind after everything was asked to go. */
export interface Remainder {
  /** As upstream prints it, with its group, also the empty one: `pods.`, `deployments.apps`. */
  resource: string;
  count: number;
  /** How many of them each finalizer holds. */
  finalizers: Record<string, number>;
  /** Why the content could not be deleted. */
  failure?: string;
}

/**
 * The conditions of a namespace that is being emptied, in upstream's words
 * (`pkg/controller/namespace/deletion/status_condition_utils.go`). Those of healthy outcome are shown too.
 */
export function planConditions(
  before: readonly V1NamespaceCondition[],
  remainders: readonly Remainder[],
  nowMs: number,
): V1NamespaceCondition[] {
  const failures = remainders.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const left = remainders.filter(({ count }) => count > 0).sort((a, b) => (a.resource < b.resource ? -1 : 1));
  const finalizers = new Map<string, number>();
  for (const { finalizers: held } of left)
    for (const [name, count] of Object.entries(held))
      finalizers.set(name, (finalizers.get(name) ?? 0) + count);
  const wanted: [
    type: string,
    bad: string | undefined,
    badReason: string,
    goodReason: string,
    good: string,
  ][] = [
    [
      'NamespaceDeletionDiscoveryFailure',
      undefined,
      'DiscoveryFailed',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ],
    [
      'NamespaceDeletionGroupVersionParsingFailure',
      undefined,
      'GroupVersionParsingFailed',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ],
    [
      'NamespaceDeletionContentFailure',
      failures.length > 0
        ? `Failed to delete all resource types, ${failures.length} remaining: ${failures.join(', ')}`
        : undefined,
      'ContentDeletionFailed',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ],
    [
      'NamespaceContentRemaining',
      left.length > 0
        ? `Some resources are remaining: ${left.map(({ resource, count }) => `${resource} has ${count} resource instances`).join(', ')}`
        : undefined,
      'SomeResourcesRemain',
      'ContentRemoved',
      'All content successfully removed',
    ],
    [
      'NamespaceFinalizersRemaining',
      finalizers.size > 0
        ? `Some content in the namespace has finalizers remaining: ${[...finalizers]
            .map(([name, count]) => `${name} in ${count} resource instances`)
            .sort()
            .join(', ')}`
        : undefined,
      'SomeFinalizersRemain',
      'ContentHasNoFinalizers',
      'All content-preserving finalizers finished',
    ],
  ];
  return wanted.map(([type, bad, badReason, goodReason, good]) => {
    const old = conditionOf(before, type);
    const status = bad === undefined ? 'False' : 'True';
    return {
      type,
      status,
      reason: bad === undefined ? goodReason : badReason,
      message: bad ?? good,
      lastTransitionTime:
        old?.status === status && old.lastTransitionTime !== undefined
          ? old.lastTransitionTime
          : timestamp(nowMs),
    };
  });
}
