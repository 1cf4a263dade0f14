import type {
  V1Container,
  V1NodeSelectorTerm,
  V1Pod,
  V1PodSpec,
  V1PodStatus,
  V1Toleration,
} from '../gen/types.ts';
import { equal } from '../json.ts';
import { duplicate, forbidden, goStruct, immutable, invalid } from '../validation/causes.ts';
import { dnsSubdomain, ipAddress, qualifiedName } from '../validation/names.ts';
import { check, type Causes } from '../validation/numbers.ts';
import { isMirror, validatePodAnnotationsUpdate } from './validate-annotations.ts';

const onlyThese =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** What is wrong with a change of a pod. Source: `pkg/apis/core/validation/validation.go` ValidatePodUpdate, …StatusUpdate. */
export function validatePodUpdate(pod: V1Pod, old: V1Pod, subresource: string | undefined): Causes {
  if (subresource === 'binding') return validateBinding(pod, old);
  const causes: Causes = [];
  if (subresource === 'ephemeralcontainers' && isMirror(old.metadata.annotations))
    return [forbidden('[]', 'static pods do not support ephemeral containers')];
  validatePodAnnotationsUpdate(
    causes,
    pod.metadata.annotations,
    old.metadata.annotations,
    'metadata.annotations',
  );
  if (subresource === 'status') validateStatusUpdate(causes, pod, old);
  else if (subresource === 'ephemeralcontainers') validateEphemeral(causes, pod, old);
  else validateSpecUpdate(causes, pod.spec, old.spec);
  return causes;
}

function validateSpecUpdate(causes: Causes, spec: V1PodSpec, before: V1PodSpec): void {
  for (const list of ['containers', 'initContainers'] as const)
    if ((spec[list]?.length ?? 0) !== (before[list]?.length ?? 0))
      return void causes.push(forbidden(`spec.${list}`, 'pod updates may not add or remove containers'));
  if (!validateDeadline(causes, spec, before)) return;
  if (before.tolerations?.length && !tolerationsAdded(spec.tolerations ?? [], before.tolerations))
    causes.push(
      forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
    );
  const had = new Set((before.schedulingGates ?? []).map(({ name }) => name));
  for (const [index, { name }] of (spec.schedulingGates ?? []).entries())
    if (!had.has(name))
      causes.push(
        forbidden(
          `spec.schedulingGates[${index}].name`,
          `only deletion is allowed, but found new scheduling gate '${name}'`,
        ),
      );
  const gated = had.size > 0;
  if (gated) validateNarrowing(causes, spec, before);
  if (!equal(fixed(spec, before, gated), fixed(before, before, gated)))
    causes.push(forbidden('spec', onlyThese));
}

/** While gates hold a pod, where it may go can still be narrowed (KEP-3838), but not widened. */
function validateNarrowing(causes: Causes, spec: V1PodSpec, before: V1PodSpec): void {
  const { nodeSelector = {} } = spec;
  const old = before.nodeSelector ?? {};
  if (Object.keys(old).some((key) => nodeSelector[key] !== old[key]))
    causes.push(
      invalid(
        'spec.nodeSelector',
        nodeSelector,
        'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
      ),
    );
  const had = before.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const has = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const oldTerms = had?.nodeSelectorTerms ?? [];
  const terms = has?.nodeSelectorTerms ?? [];
  const field = 'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms';
  if (oldTerms.length > 0 && oldTerms.length !== terms.length)
    return void causes.push(
      invalid(field, terms, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'),
    );
  for (const [index, term] of oldTerms.entries())
    if (!onlyAdds(terms[index]!, term))
      causes.push(
        invalid(`${field}[${index}]`, terms[index], 'only additions are allowed (no mutations or deletions)'),
      );
}

function onlyAdds(term: V1NodeSelectorTerm, old: V1NodeSelectorTerm): boolean {
  const empty = (each: V1NodeSelectorTerm) => !each.matchExpressions?.length && !each.matchFields?.length;
  // A term without requirements selects nothing: any would widen it.
  if (empty(old)) return empty(term);
  return (['matchExpressions', 'matchFields'] as const).every((list) => {
    const kept = old[list] ?? [];
    return equal((term[list] ?? []).slice(0, kept.length), kept);
  });
}

/** The part of a spec that stays: `spec` with everything that may change taken from `from`. */
function fixed(spec: V1PodSpec, from: V1PodSpec, gated: boolean): V1PodSpec {
  const same: V1PodSpec = {
    ...spec,
    containers: spec.containers.map((container, index) => ({
      ...container,
      image: from.containers[index]!.image ?? '',
    })),
    ...(spec.initContainers
      ? {
          initContainers: spec.initContainers.map((container, index) => ({
            ...container,
            image: from.initContainers?.[index]?.image ?? '',
          })),
        }
      : {}),
  };
  delete same.activeDeadlineSeconds;
  delete same.tolerations;
  delete same.schedulingGates;
  if ((from.terminationGracePeriodSeconds ?? 0) < 0 && same.terminationGracePeriodSeconds === 1)
    same.terminationGracePeriodSeconds = from.terminationGracePeriodSeconds!;
  if (gated) {
    delete same.nodeSelector;
    // Of affinities it is that to nodes alone.
    const { nodeAffinity, ...others } = same.affinity ?? {};
    void nodeAffinity;
    if (Object.keys(others).length) same.affinity = others;
    else delete same.affinity;
  }
  return same;
}

/** Returns false where nothing else is worth saying. */
function validateDeadline(causes: Causes, spec: V1PodSpec, before: V1PodSpec): boolean {
  const deadline = spec.activeDeadlineSeconds;
  const old = before.activeDeadlineSeconds;
  const field = 'spec.activeDeadlineSeconds';
  if (deadline !== undefined && !(deadline >= 0 && deadline <= 2147483647)) {
    causes.push(invalid(field, deadline, 'must be between 0 and 2147483647, inclusive'));
    return false;
  }
  if (old === undefined) return true;
  if (deadline === undefined)
    causes.push(invalid(field, null, 'must not update from a positive integer to nil value'));
  else if (deadline > old) {
    causes.push(invalid(field, deadline, 'must be less than or equal to previous value'));
    return false;
  }
  return true;
}

function tolerationsAdded(now: readonly V1Toleration[], before: readonly V1Toleration[]): boolean {
  const kept = (toleration: V1Toleration) =>
    [toleration.key ?? '', toleration.operator ?? '', toleration.value ?? '', toleration.effect ?? ''].join(
      '\0',
    );
  const present = new Set(now.map(kept));
  return before.every((toleration) => present.has(kept(toleration)));
}

function validateBinding(pod: V1Pod, old: V1Pod): Causes {
  const causes: Causes = [];
  if (old.spec.nodeName && pod.spec.nodeName !== old.spec.nodeName)
    causes.push(
      forbidden('spec.nodeName', `pod is already assigned to node ${JSON.stringify(old.spec.nodeName)}`),
    );
  if (old.spec.schedulingGates?.length)
    causes.push(forbidden('spec.nodeName', 'cannot be set until all schedulingGates have been cleared'));
  return causes;
}

function validateEphemeral(causes: Causes, pod: V1Pod, old: V1Pod): void {
  const now = new Map((pod.spec.ephemeralContainers ?? []).map((container) => [container.name, container]));
  for (const container of old.spec.ephemeralContainers ?? []) {
    const kept = now.get(container.name);
    if (kept && equal(kept, container)) continue;
    causes.push(
      forbidden(
        'spec.ephemeralContainers',
        `existing ephemeral containers ${JSON.stringify(container.name)} may not be ${kept ? 'changed' : 'removed'}\n`,
      ),
    );
  }
}

const systemConditions = new Set(['PodScheduled', 'Ready', 'Initialized']);

/** A container that is not to be restarted and has ended stays ended; what was promised to a pod stays, too. */
function validateStatusUpdate(causes: Causes, pod: V1Pod, old: V1Pod): void {
  const status: V1PodStatus = pod.status ?? {};
  const before: V1PodStatus = old.status ?? {};
  for (const [index, { type }] of (status.conditions ?? []).entries())
    if (!systemConditions.has(type))
      check(causes, `status.conditions[${index}].Type`, type ?? '', qualifiedName);
  const nominated = status.nominatedNodeName;
  if (nominated && nominated !== before.nominatedNodeName) {
    check(causes, 'status.nominatedNodeName', nominated, dnsSubdomain);
    if (old.spec.nodeName)
      causes.push(
        forbidden('status.nominatedNodeName', 'may not be set on pods that are already bound to a node'),
      );
  }
  if ((status.observedGeneration ?? 0) < 0)
    causes.push(
      invalid('status.observedGeneration', status.observedGeneration, 'must be a non-negative integer'),
    );
  if ((status.qosClass ?? '') !== (before.qosClass ?? ''))
    causes.push(immutable('status.qosClass', status.qosClass ?? ''));
  const { spec } = old;
  staysEnded(causes, 'containerStatuses', status, before, spec.containers, spec.restartPolicy);
  staysEnded(causes, 'initContainerStatuses', status, before, spec.initContainers ?? [], spec.restartPolicy);
  // Nobody restarts an ephemeral container.
  staysEnded(causes, 'ephemeralContainerStatuses', status, before, [], 'Never');
  validateAddresses(causes, status, before);
}

type StatusList = 'containerStatuses' | 'initContainerStatuses' | 'ephemeralContainerStatuses';

function staysEnded(
  causes: Causes,
  list: StatusList,
  status: V1PodStatus,
  before: V1PodStatus,
  containers: readonly V1Container[],
  restartPolicy: string | undefined,
): void {
  for (const [index, { name, state }] of (before[list] ?? []).entries()) {
    const ended = state?.terminated;
    if (!ended) continue;
    const container = containers.find((each) => each.name === name);
    if (mayRestart(ended.exitCode, container, restartPolicy)) continue;
    for (const now of status[list] ?? [])
      if (now.name === name && !now.state?.terminated)
        causes.push(
          forbidden(`status.${list}[${index}].state`, 'may not be transitioned to non-terminated state'),
        );
  }
}

/** A container's own rules come before its own policy, and that before the pod's (KEP-5307). */
function mayRestart(
  exitCode: number,
  container: V1Container | undefined,
  ofPod: string | undefined,
): boolean {
  for (const { exitCodes } of container?.restartPolicyRules ?? []) {
    const named = exitCodes?.values?.includes(exitCode) ?? false;
    if (exitCodes && named === (exitCodes.operator === 'In')) return true;
  }
  const policy = container?.restartPolicy ?? ofPod;
  return policy === 'Always' || (policy === 'OnFailure' && exitCode !== 0);
}

/** At most one address of each family. What was there before passes as it is. */
function validateAddresses(causes: Causes, status: V1PodStatus, before: V1PodStatus): void {
  const { hostIP = '', hostIPs = [] } = status;
  for (const [list, old] of [
    ['podIPs', before.podIPs],
    ['hostIPs', before.hostIPs],
  ] as const) {
    const addresses = status[list] ?? [];
    if (list === 'hostIPs' && hostIPs[0] && hostIPs[0].ip !== hostIP)
      causes.push(invalid('status.hostIPs[0].ip', hostIPs[0].ip, 'must be equal to `hostIP`'));
    if (equal(addresses, old ?? [])) continue;
    const seen = new Set<string>();
    const families = new Set<boolean>();
    for (const [index, { ip }] of addresses.entries()) {
      check(causes, `status.${list}[${index}]`, ip ?? '', ipAddress);
      if (seen.has(ip)) causes.push(duplicate(`status.${list}[${index}]`, goStruct({ ip }, { IP: 'ip' })));
      seen.add(ip);
      families.add((ip ?? '').includes(':'));
    }
    if (addresses.length > 1 && (families.size < 2 || addresses.length > 2))
      causes.push(
        invalid(
          `status.${list}`,
          addresses.map((each) => goStruct(each, { IP: 'ip' })),
          'may specify no more than one IP for each IP family',
        ),
      );
  }
}
