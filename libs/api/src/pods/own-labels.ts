import type { V1LabelSelector, V1Pod, V1PodAffinityTerm } from '../gen/types.ts';

/**
 * Terms of a pod that name keys of its own labels (`matchLabelKeys`, `mismatchLabelKeys`: KEP-3633, KEP-3243) get what they
 * mean as requirements of their selector when the pod is made, for labels may change later. To be called once, on
 * creation. Source: `pkg/registry/core/pod/strategy.go` mutatePodAffinity, mutateTopologySpreadConstraints.
 */
export function selectByOwnLabels({ metadata, spec }: V1Pod): void {
  const { labels = {} } = metadata;
  for (const affinity of [spec.affinity?.podAffinity, spec.affinity?.podAntiAffinity]) {
    for (const term of affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) extend(term, labels);
    for (const { podAffinityTerm } of affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      extend(podAffinityTerm, labels);
  }
  for (const { labelSelector, matchLabelKeys } of spec.topologySpreadConstraints ?? [])
    if (labelSelector) add(labelSelector, matchLabelKeys, 'In', labels);
}

/** No selector matches nothing, with or without more requirements. */
function extend(term: V1PodAffinityTerm | undefined, labels: Record<string, string>): void {
  if (!term?.labelSelector) return;
  add(term.labelSelector, term.matchLabelKeys, 'In', labels);
  add(term.labelSelector, term.mismatchLabelKeys, 'NotIn', labels);
}

function add(
  selector: V1LabelSelector,
  keys: readonly string[] | undefined,
  operator: 'In' | 'NotIn',
  labels: Record<string, string>,
): void {
  for (const key of keys ?? [])
    if (Object.hasOwn(labels, key))
      (selector.matchExpressions ??= []).push({ key, operator, values: [labels[key]!] });
}
