import { isStatus, microTimestamp, type Clock } from '@gantry/base';
import { kinds, type V1Lease, type V1Node } from '@gantry/api';
import type { Entry, State } from '@gantry/state';
import { nodeUser } from './registration.ts';

const namespace = 'kube-node-lease';
/** As the kubelet's default: after so long without renewal the node counts as lost. */
const leaseDurationSeconds = 40;

/** Renews a node's Lease (KEP-589). `before` is what this wrote last, so that a renewal is one write. */
export async function renewNodeLease(
  state: State,
  clock: Clock,
  node: Entry<V1Node>,
  before: Entry<V1Lease> | undefined,
): Promise<Entry<V1Lease>> {
  const { name, uid } = node.object.metadata;
  const user = nodeUser(name);
  let entry = before;
  for (let tries = 1; ; tries++) {
    const spec = { holderIdentity: name, leaseDurationSeconds, renewTime: microTimestamp(clock.now()) };
    try {
      if (entry) {
        const lease = structuredClone(entry.object);
        lease.spec = { ...lease.spec, ...spec };
        return await state.update(kinds.lease, lease, { user });
      }
      return await state.create(
        kinds.lease,
        {
          apiVersion: 'coordination.k8s.io/v1',
          kind: 'Lease',
          metadata: { namespace, name, ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name, uid }] },
          spec,
        },
        { user },
      );
    } catch (error) {
      if (tries >= 3) throw error;
      if (isStatus(error, 'Conflict', 'AlreadyExists'))
        entry = await state.get(kinds.lease, { namespace, name });
      else if (isStatus(error, 'NotFound') && entry) entry = undefined;
      else throw error;
    }
  }
}
