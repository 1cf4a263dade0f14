import { StatusError } from '@gantry/base';
import type { KubeObject, V1Pod } from '@gantry/api';
import type { AdmissionAttributes, AdmissionPlugin } from '@gantry/state';
import { isOwnLabel, podReferences } from '@gantry/link';
import { nodeOf } from '../auth/authenticator.ts';

const leaseNamespace = 'kube-node-lease';

/**
 * What a node's credential may write is limited to what is its own: its Node, its Lease, the status and the end of its pods
 * (upstream `plugin/pkg/admission/noderestriction`). Which kinds it may write at all the node authorizer has decided before.
 */
export const nodeRestriction: AdmissionPlugin = {
  name: 'NodeRestriction',
  validate(attributes) {
    const { user, kind } = attributes;
    const node = user && nodeOf(user);
    if (node === undefined) return;
    const group = kind.group;
    if (group === '' && kind.plural === 'pods') restrictPod(attributes, node);
    else if (group === '' && kind.plural === 'nodes') restrictNode(attributes, node);
    else if (group === 'coordination.k8s.io' && kind.plural === 'leases') restrictLease(attributes, node);
  },
};

function refuse({ kind, name }: AdmissionAttributes, why: string): StatusError {
  const resource = kind.group ? `${kind.plural}.${kind.group}` : kind.plural;
  return new StatusError('Forbidden', `${resource} ${JSON.stringify(name.name)} is forbidden: ${why}`, {
    details: { name: name.name, ...(kind.group ? { group: kind.group } : {}), kind: kind.plural },
  });
}

function restrictPod(attributes: AdmissionAttributes, node: string): void {
  const { operation, subresource, object, old } = attributes;
  const before = old as KubeObject as V1Pod | undefined;
  const after = object as KubeObject as V1Pod | undefined;
  const named = JSON.stringify(node);
  if (operation === 'CREATE') {
    if (!after?.metadata.annotations?.['kubernetes.io/config.mirror'])
      throw refuse(
        attributes,
        `pod does not have "kubernetes.io/config.mirror" annotation, node ${named} can only create mirror pods`,
      );
    if (after.spec.nodeName !== node)
      throw refuse(attributes, `node ${named} can only create pods with spec.nodeName set to itself`);
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
    if (JSON.stringify(before.metadata.labels ?? {}) !== JSON.stringify(after?.metadata.labels ?? {}))
      throw refuse(attributes, `node ${named} cannot update labels through pod status`);
  }
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
  const beforeTaints = (old as { spec?: { taints?: unknown } } | undefined)?.spec?.taints;
  const afterTaints = (object as { spec?: { taints?: unknown } } | undefined)?.spec?.taints;
  if (
    operation === 'UPDATE' &&
    attributes.subresource === undefined &&
    JSON.stringify(beforeTaints ?? []) !== JSON.stringify(afterTaints ?? [])
  )
    throw refuse(attributes, `node ${named} is not allowed to modify taints`);
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
