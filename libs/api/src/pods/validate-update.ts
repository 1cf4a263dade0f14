import type { V1Pod, V1PodSpec, V1PodStatus, V1Toleration } from '../gen/types.ts';
import { equal } from '../json.ts';
import { forbidden, immutable, invalid } from '../validation/causes.ts';
import type { Causes } from '../validation/numbers.ts';

const onlyThese =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** What is wrong with a change of a pod. Source: `pkg/apis/core/validation/validation.go` ValidatePodUpdate, …StatusUpdate. */
export function validatePodUpdate(pod: V1Pod, old: V1Pod, subresource: string | undefined): Causes {
  if (subresource === 'status') return validateStatusUpdate(pod, old);
  if (subresource === 'binding') return validateBinding(pod, old);
  const causes: Causes = [];
  if (subresource === 'ephemeralcontainers') return validateEphemeral(pod, old);
  const { spec } = pod;
  const before = old.spec;
  if (spec.containers?.length !== before.containers.length) {
    causes.push(forbidden('spec.containers', 'pod updates may not add or remove containers'));
    return causes;
  }
  if ((spec.initContainers?.length ?? 0) !== (before.initContainers?.length ?? 0)) {
    causes.push(forbidden('spec.initContainers', 'pod updates may not add or remove containers'));
    return causes;
  }
  validateDeadline(causes, spec, before);
  if (before.tolerations?.length && !tolerationsAdded(spec.tolerations ?? [], before.tolerations))
    causes.push(
      forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds'),
    );
  const gates = (spec.schedulingGates ?? []).map(({ name }) => name);
  const had = new Set((before.schedulingGates ?? []).map(({ name }) => name));
  for (const gate of gates)
    if (!had.has(gate))
      causes.push(
        forbidden(
          'spec.schedulingGates',
          "only deletion is allowed, but found new scheduling gate '" + gate + "'",
        ),
      );
  if (!equal(fixed(spec, before, had.size > 0), fixed(before, before, had.size > 0)))
    causes.push(forbidden('spec', onlyThese));
  return causes;
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
  // While gates hold a pod, where it may go can still be narrowed.
  if (gated) {
    delete same.nodeSelector;
    delete same.affinity;
  }
  return same;
}

function validateDeadline(causes: Causes, spec: V1PodSpec, before: V1PodSpec): void {
  const deadline = spec.activeDeadlineSeconds;
  const old = before.activeDeadlineSeconds;
  if (old === undefined) return;
  if (deadline === undefined)
    causes.push(
      invalid('spec.activeDeadlineSeconds', null, 'must not update from a positive integer to nil value'),
    );
  else if (deadline > old)
    causes.push(
      invalid('spec.activeDeadlineSeconds', deadline, 'must be less than or equal to previous value'),
    );
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

function validateEphemeral(pod: V1Pod, old: V1Pod): Causes {
  const causes: Causes = [];
  const now = new Map((pod.spec.ephemeralContainers ?? []).map((container) => [container.name, container]));
  for (const container of old.spec.ephemeralContainers ?? []) {
    const kept = now.get(container.name);
    if (!kept)
      causes.push(
        forbidden(
          'spec.ephemeralContainers',
          `existing ephemeral containers ${JSON.stringify(container.name)} may not be removed\n`,
        ),
      );
    else if (!equal(kept, container))
      causes.push(
        forbidden(
          'spec.ephemeralContainers',
          `existing ephemeral containers ${JSON.stringify(container.name)} may not be changed\n`,
        ),
      );
  }
  return causes;
}

const statusLists = ['containerStatuses', 'initContainerStatuses'] as const;

/** A container that is not to be restarted and has ended stays ended; a node once named stays. */
function validateStatusUpdate(pod: V1Pod, old: V1Pod): Causes {
  const causes: Causes = [];
  const status: V1PodStatus = pod.status ?? {};
  if (old.spec.nodeName && pod.spec.nodeName !== old.spec.nodeName)
    causes.push(immutable('spec.nodeName', pod.spec.nodeName ?? ''));
  if (old.spec.restartPolicy === 'Always') return causes;
  for (const list of statusLists) {
    for (const [index, before] of (old.status?.[list] ?? []).entries()) {
      const ended = before.state?.terminated;
      if (!ended || (old.spec.restartPolicy === 'OnFailure' && ended.exitCode !== 0)) continue;
      const template = [...old.spec.containers, ...(old.spec.initContainers ?? [])].find(
        ({ name }) => name === before.name,
      );
      if (template?.restartPolicy) continue;
      const now = status[list]?.find(({ name }) => name === before.name);
      if (now && !now.state?.terminated)
        causes.push(
          forbidden(`status.${list}[${index}].state`, 'may not be transitioned to non-terminated state'),
        );
    }
  }
  return causes;
}
