import { StatusError, isStatus, type Clock } from '@gantry/base';
import {
  kinds,
  type KubeObject,
  type ObjectName,
  type Stored,
  type V1Pod,
  type V1ServiceAccount,
  type V1Toleration,
} from '@gantry/api';
import { podReferences } from '@gantry/link';
import { waitFor, type AdmissionAttributes, type AdmissionPlugin, type State } from '@gantry/state';
import { isMirror } from './mirror-pod.ts';

/** The pod that is being created, or undefined. */
function newPod({ kind, operation, subresource, object }: AdmissionAttributes): V1Pod | undefined {
  return (kind as unknown) === kinds.pod && operation === 'CREATE' && !subresource
    ? (object as KubeObject as V1Pod)
    : undefined;
}

/** Upstream's `admission.NewForbidden`; a generated name is not there yet. */
function forbiddenPod({ name }: AdmissionAttributes, pod: V1Pod, why: string): StatusError {
  const told = name.name || pod.metadata.generateName || 'Unknown';
  return new StatusError('Forbidden', `pods ${JSON.stringify(told)} is forbidden: ${why}`, {
    details: { name: told, kind: 'pods' },
  });
}

/** So long a pod waits for the account that every namespace gets; upstream looks ten times, 100 to 200 ms apart. */
const defaultAccountWithinMs = 1500;

/**
 * Every pod runs as a service account that exists, `default` where it names none, and pulls with the account's secrets where it has
 * none of its own. Pods that a node tells of (mirrors) stay as they are and name nothing (upstream `plugin/pkg/admission/serviceaccount`).
 */
export function serviceAccountAdmission(state: State, clock: Clock): AdmissionPlugin {
  return {
    name: 'ServiceAccount',
    async admit(attributes) {
      const pod = newPod(attributes);
      if (!pod) return;
      const { spec } = pod;
      if (isMirror(pod)) {
        const why = wrongInMirror(pod);
        if (why) throw forbiddenPod(attributes, pod, `a mirror pod may not ${why}`);
        return;
      }
      spec.serviceAccountName ||= spec.serviceAccount || 'default';
      // The old name of the field is kept equal to the new one.
      spec.serviceAccount = spec.serviceAccountName;
      const name = { namespace: pod.metadata.namespace ?? '', name: spec.serviceAccountName };
      const account = await accountOf(state, clock, name);
      if (!account)
        throw forbiddenPod(
          attributes,
          pod,
          `error looking up service account ${name.namespace}/${name.name}: serviceaccount ${JSON.stringify(name.name)} not found`,
        );
      if (!spec.imagePullSecrets?.length && account.imagePullSecrets?.length)
        spec.imagePullSecrets = account.imagePullSecrets.map((each) => ({ ...each }));
    },
  };
}

function wrongInMirror(pod: V1Pod): string | undefined {
  if (pod.spec.serviceAccountName || pod.spec.serviceAccount) return 'reference service accounts';
  if (podReferences(pod).some(({ resource }) => resource === 'secrets')) return 'reference secrets';
  return pod.spec.volumes?.some(({ projected }) =>
    projected?.sources?.some((each) => each.serviceAccountToken),
  )
    ? 'use ServiceAccountToken volume projections'
    : undefined;
}

async function accountOf(
  state: State,
  clock: Clock,
  name: ObjectName,
): Promise<Stored<V1ServiceAccount> | undefined> {
  try {
    return (await state.get(kinds.serviceAccount, name)).object;
  } catch (error) {
    if (!isStatus(error, 'NotFound')) throw error;
  }
  if (name.name !== 'default') return undefined;
  // The namespace may be so new that its account is still being made.
  const late = new AbortController();
  using _timer = clock.after(defaultAccountWithinMs, () => late.abort());
  try {
    return await waitFor(state, kinds.serviceAccount, name, (account) => account !== undefined, late.signal);
  } catch (error) {
    if (late.signal.aborted) return undefined;
    throw error;
  }
}

const tolerationSeconds = 300;

/** Pods stay five minutes on a node that is not ready or cannot be reached (upstream `defaulttolerationseconds`). */
export const defaultTolerationSeconds: AdmissionPlugin = {
  name: 'DefaultTolerationSeconds',
  admit(attributes) {
    const pod = newPod(attributes);
    if (!pod) return;
    for (const key of ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']) {
      const tolerations = (pod.spec.tolerations ??= []);
      if (!tolerations.some((each) => tolerates(each, key)))
        tolerations.push({ key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds });
    }
  },
};

const tolerates = ({ key, effect }: V1Toleration, taint: string): boolean =>
  (key === taint || !key) && (effect === 'NoExecute' || !effect);

/** The two classes that exist in every cluster (scheduling.k8s.io). */
const systemClasses: Readonly<Record<string, number>> = {
  'system-cluster-critical': 2_000_000_000,
  'system-node-critical': 2_000_001_000,
};

/** A pod's priority is its class's; without one, 0 (upstream `plugin/pkg/admission/priority`). */
export const priorityAdmission: AdmissionPlugin = {
  name: 'Priority',
  admit(attributes) {
    const pod = newPod(attributes);
    if (!pod) return;
    const { priorityClassName } = pod.spec;
    const priority = !priorityClassName
      ? 0
      : Object.hasOwn(systemClasses, priorityClassName)
        ? systemClasses[priorityClassName]
        : undefined;
    const refuse = (why: string) => forbiddenPod(attributes, pod, why);
    if (priority === undefined) throw refuse(`no PriorityClass with name ${priorityClassName} was found`);
    if (pod.spec.priority !== undefined && pod.spec.priority !== priority)
      throw refuse(
        `the integer value of priority (${pod.spec.priority}) must not be provided in pod spec; priority admission controller computed ${priority} from the given PriorityClass name`,
      );
    pod.spec.priority = priority;
    pod.spec.preemptionPolicy ??= 'PreemptLowerPriority';
  },
};
