import { isStatus, StatusError } from '@gantry/base';
import { kinds, type Stored, type V1Pod, type V1PodCondition, type V1PodStatus } from '@gantry/api';
import type { Entry, State } from '@gantry/state';
import { nodeUser } from './registration.ts';
import { maxStatusBytes, readObject } from './wire-object.ts';

/** Conditions that a node says of a pod. All others (readiness gates, DisruptionTarget …) belong to somebody else. */
const nodeConditions = new Set([
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodResizePending',
  'PodResizeInProgress',
]);

const phases: readonly (string | undefined)[] = [
  undefined,
  'Pending',
  'Running',
  'Succeeded',
  'Failed',
  'Unknown',
];

/** A pod's status as its node sent it. Invalid or BadRequest when it is none, see {@link readObject}. */
export function readPodStatus(bytes: Uint8Array | null | undefined): V1PodStatus {
  const said = readObject<V1PodStatus>('V1PodStatus', bytes, 'the pod status', maxStatusBytes);
  const invalid = (what: string) => new StatusError('Invalid', `the pod status: ${what}`);
  if (!phases.includes(said.phase)) throw invalid('phase is none that a pod can be in');
  if (said.conditions?.some(({ type, status }) => !type || !status))
    throw invalid('a condition has no type or no status');
  for (const list of [said.containerStatuses, said.initContainerStatuses, said.ephemeralContainerStatuses])
    if (list?.some(({ name }) => !name)) throw invalid('a container status names no container');
  return said;
}

/**
 * What a pod's status becomes when its node says `said`. PodScheduled stays as the scheduler wrote it; a pod that is over stays over.
 */
export function mergePodStatus(present: V1PodStatus | undefined, said: V1PodStatus): V1PodStatus {
  const conditions: V1PodCondition[] = [];
  const known = new Set<string>();
  for (const each of said.conditions ?? []) {
    const old = present?.conditions?.find((other) => other.type === each.type);
    if (nodeConditions.has(each.type)) conditions.push(each);
    else if (each.type === 'PodScheduled') conditions.push(old?.status === 'True' ? old : each);
    else continue;
    known.add(each.type);
  }
  for (const old of present?.conditions ?? []) if (!known.has(old.type)) conditions.push(old);
  const over = present?.phase === 'Succeeded' || present?.phase === 'Failed';
  return {
    ...said,
    ...(present?.nominatedNodeName !== undefined ? { nominatedNodeName: present.nominatedNodeName } : {}),
    ...(present?.resourceClaimStatuses !== undefined
      ? { resourceClaimStatuses: present.resourceClaimStatuses }
      : {}),
    ...(over ? { phase: present.phase } : {}),
    conditions,
  };
}

/** NotFound when the pod is not there, is another of the same name, or is not this node's: a node learns no more than that. */
function checkOwner(pod: Stored<V1Pod>, nodeName: string, uid: string): void {
  if (pod.metadata.uid !== uid || pod.spec?.nodeName !== nodeName)
    throw StatusError.notFound({ group: '', resource: 'pods' }, pod.metadata.name);
}

/** Writes the status a node says of its pod; `known` saves a read when it is still current. */
export async function writePodStatus(
  state: State,
  nodeName: string,
  pod: { namespace: string; name: string; uid: string },
  said: V1PodStatus,
  known: Entry<V1Pod> | undefined,
): Promise<void> {
  let entry = known ?? (await state.get(kinds.pod, pod));
  for (let tries = 1; ; tries++) {
    checkOwner(entry.object, nodeName, pod.uid);
    const next = { ...entry.object, status: mergePodStatus(entry.object.status, said) };
    try {
      await state.update(kinds.pod, next, { subresource: 'status', user: nodeUser(nodeName) });
      return;
    } catch (error) {
      if (!isStatus(error, 'Conflict') || tries >= 5) throw error;
      entry = await state.get(kinds.pod, pod);
    }
  }
}

/** Removes the object of a pod that its node has brought to an end. Conflict when nobody asked for its deletion. */
export async function removeTerminatedPod(
  state: State,
  nodeName: string,
  pod: { namespace: string; name: string; uid: string },
): Promise<void> {
  const { object } = await state.get(kinds.pod, pod);
  checkOwner(object, nodeName, pod.uid);
  if (object.metadata.deletionTimestamp === undefined)
    throw new StatusError('Conflict', `pod "${pod.name}" is not being deleted`);
  await state.delete(
    kinds.pod,
    { namespace: pod.namespace, name: pod.name },
    { gracePeriodSeconds: 0, preconditions: { uid: pod.uid }, user: nodeUser(nodeName) },
  );
}
