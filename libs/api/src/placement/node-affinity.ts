import type { V1NodeSelectorRequirement, V1NodeSelectorTerm, V1Pod } from '../gen/types.ts';

/** What of a node a pod can ask for. */
export interface NodeIdentity {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What a pod demands of its node: `spec.nodeSelector` and required node affinity. */
export interface NodeDemand {
  /** Labels, all of which must be there. */
  readonly selector: readonly (readonly [string, string])[];
  /** One of them must hold; absent when the pod asks for nothing. */
  readonly required: readonly V1NodeSelectorTerm[] | undefined;
}

/** Why a node is none for a pod that demands another (upstream `nodeaffinity.ErrReasonPod`). */
export const nodeAffinityMismatch = "node(s) didn't match Pod's node affinity/selector";

export function nodeDemand({ spec }: Pick<V1Pod, 'spec'>): NodeDemand {
  return {
    selector: Object.entries(spec.nodeSelector ?? {}),
    required: spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms,
  };
}

/** Whether the demand admits the node. */
export function admitsNode({ selector, required }: NodeDemand, node: NodeIdentity): boolean {
  return (
    selector.every(([key, value]) => node.labels[key] === value) &&
    (required === undefined || required.some((term) => matchesNodeTerm(term, node)))
  );
}

/** All expressions of the term hold; a term without any matches no node (k8s.io/component-helpers `scheduling/corev1/nodeaffinity`). */
export function matchesNodeTerm(term: V1NodeSelectorTerm, node: NodeIdentity): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every((each) => holds(each, node.labels[each.key])) &&
    matchFields.every((each) => holds(each, each.key === 'metadata.name' ? node.name : undefined))
  );
}

function holds({ operator, values = [] }: V1NodeSelectorRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
    case 'Lt': {
      const [limit = ''] = values;
      if (value === undefined || !/^-?\d+$/.test(value) || !/^-?\d+$/.test(limit)) return false;
      return operator === 'Gt' ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
    }
    default:
      return false;
  }
}
