import { StatusError } from '@gantry/base';
import { kinds, type KubeObject, type V1Node, type V1Pod } from '@gantry/api';
import { equalJson, type AdmissionAttributes, type AdmissionPlugin, type State } from '@gantry/state';
import { isOwnLabel, podReferences } from '@gantry/link';
import { nodeOf } from '../auth/authenticator.ts';
import { isMirror, mirrorAnnotation } from './mirror-pod.ts';

const leaseNamespace = 'kube-node-lease';

/**
 * What a node's credential may write is limited to what is its own: its Node, its Lease, the status and the end of its pods
 * (upstream `plugin/pkg/admission/noderestriction`). Which kinds it may write at all the node authorizer has decided before.
 */
export function nodeRestriction(state: Pick<State, 'get'>): AdmissionPlugin {
  return {
    name: 'NodeRestriction',
    async validate(attributes) {
      const { user, kind } = attributes;
      const node = user && nodeOf(user);
      if (node === undefined) return;
      const group = kind.group;
      if (group === '' && kind.plural === 'pods') await restrictPod(state, attributes, node);
      else if (group === '' && kind.plural === 'nodes') restrictNode(attributes, node);
      else if (group === 'coordination.k8s.io' && kind.plural === 'leases') restrictLease(attributes, node);
    },
  };
}

function refuse({ kind, name }: AdmissionAttributes, why: string): StatusError {
  const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
  return new StatusError('Forbidden', `${resource} ${JSON.stringify(name.name)} is forbidden: ${why}`, {
    details: { name: name.name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural },
  });
}

async function restrictPod(
  state: Pick<State, 'get'>,
  attributes: AdmissionAttributes,
  node: string,
): Promise<void> {
  const { operation, subresource, object, old } = attributes;
  const before = old as KubeObject as V1Pod | undefined;
  const after = object as KubeObject as V1Pod | undefined;
  const named = JSON.stringify(node);
  if (operation === 'CREATE') {
    if (!after || !isMirror(after))
      throw refuse(
        attributes,
        `pod does not have "${mirrorAnnotation}" annotation, node ${named} can only create mirror pods`,
      );
    if (after.spec.nodeName !== node)
      throw refuse(attributes, `node ${named} can only create pods with spec.nodeName set to itself`);
    await checkOwner(state, attributes, after, node);
    // What a pod names its node may read: a node that could make pods that name things could read everything.
    const [reference] = podReferences(after);
    if (reference)
      throw refuse(attributes, `node ${named} can not create pods that reference ${reference.resource}`);
    if (after.spec.volumes?.some((volume) => volume.persistentVolumeClaim))
      throw refuse(attributes, `node ${named} can not create pods that reference persistentvolumeclaims`);
  } else if (operation === 'DELETE') {
    if (before?.spec.nodeName !== node)
      throw refuse(attributes, `node ${named} can only delete pods with spec.nodeName set to itself`);
  } else {
    if (subresource !== 'status')
      throw refuse(attributes, `node ${named} can only update the status of pods`);
    if (before?.spec.nodeName !== node)
      throw refuse(
        attributes,
        `node ${named} can only update pod status for pods with spec.nodeName set to itself`,
      );
    if (!equalJson(before.metadata.labels ?? {}, after?.metadata.labels ?? {}))
      throw refuse(attributes, `node ${named} cannot update labels through pod status`);
    if (!equalJson(before.status?.resourceClaimStatuses ?? [], after?.status?.resourceClaimStatuses ?? []))
      throw refuse(attributes, `node ${named} cannot update resource claim statuses`);
  }
}

/** A mirror pod belongs to its Node, and ends with it. */
async function checkOwner(
  state: Pick<State, 'get'>,
  attributes: AdmissionAttributes,
  { metadata }: V1Pod,
  node: string,
): Promise<void> {
  const named = JSON.stringify(node);
  const owners = metadata.ownerReferences ?? [];
  const [owner] = owners;
  if (owners.length > 1)
    throw refuse(
      attributes,
      `node ${named} can only create pods with a single owner reference set to itself`,
    );
  if (owner?.apiVersion !== 'v1' || owner.kind !== 'Node' || owner.name !== node)
    throw refuse(attributes, `node ${named} can only create pods with an owner reference set to itself`);
  if (!owner.controller)
    throw refuse(
      attributes,
      `node ${named} can only create pods with a controller owner reference set to itself`,
    );
  if (owner.blockOwnerDeletion)
    throw refuse(attributes, `node ${named} must not set blockOwnerDeletion on an owner reference`);
  const { uid } = (await state.get(kinds.node, { name: node })).object.metadata;
  if (owner.uid !== uid)
    throw refuse(attributes, `node ${node} UID mismatch: expected ${owner.uid} got ${uid}`);
}

function restrictNode(attributes: AdmissionAttributes, node: string): void {
  const { operation, name, object, old } = attributes;
  const named = JSON.stringify(node);
  if (name.name !== node)
    throw refuse(attributes, `node ${named} is not allowed to modify node ${JSON.stringify(name.name)}`);
  if (operation === 'DELETE') throw refuse(attributes, `node ${named} is not allowed to delete itself`);
  const before = (old as KubeObject | undefined)?.metadata.labels ?? {};
  const after = (object as KubeObject | undefined)?.metadata.labels ?? {};
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (label) => !isOwnLabel(label) && before[label] !== after[label],
  );
  if (changed.length > 0)
    throw refuse(attributes, `node ${named} is not allowed to modify labels: ${changed.join(', ')}`);
  if (operation !== 'UPDATE') return;
  const now = object as KubeObject as V1Node;
  const was = old as KubeObject as V1Node;
  if (!equalJson(was.spec?.taints ?? [], now.spec?.taints ?? []))
    throw refuse(attributes, `node ${named} is not allowed to modify taints`);
  // Whose owner is gone is collected: a node would be rid of itself, and could come back without its taints.
  if (!equalJson(was.metadata.ownerReferences ?? [], now.metadata.ownerReferences ?? []))
    throw refuse(attributes, `node ${named} is not allowed to modify ownerReferences`);
}

function restrictLease(attributes: AdmissionAttributes, node: string): void {
  const { namespace, name } = attributes.name;
  if (namespace !== leaseNamespace)
    throw refuse(
      attributes,
      `can only access leases in the ${JSON.stringify(leaseNamespace)} system namespace`,
    );
  if (name !== node)
    throw refuse(attributes, 'can only access node lease with the same name as the requesting node');
}
